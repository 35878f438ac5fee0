"""The built assets are committed, belong to the present sources, and are small."""

import json
import re
from hashlib import sha256
from pathlib import Path

import brotli

from app.core import assets

READERS = ("reader.js", "worker.js")  # the second only for those who chose to keep stories
SOURCES = Path(__file__).resolve().parents[2] / "app" / "assets"


def hash_of_sources() -> str:
    """The same checksum that app/assets/build.mjs writes into the manifest."""
    files = [path for folder in ("css", "fonts", "src") for path in (SOURCES / folder).rglob("*")]
    files += [SOURCES / "build.mjs", SOURCES / "package-lock.json"]
    lines = []
    for path in sorted(files, key=lambda path: path.relative_to(SOURCES).as_posix()):
        if path.is_file():
            digest = sha256(path.read_bytes()).hexdigest()
            lines.append(f"{digest}  {path.relative_to(SOURCES).as_posix()}\n")
    return sha256("".join(lines).encode()).hexdigest()


def test_the_build_belongs_to_the_sources() -> None:
    manifest = json.loads((assets.BUILD / "manifest.json").read_text("utf-8"))
    assert manifest["sources"] == hash_of_sources(), "run `make assets` and commit what it makes"


def test_names_carry_the_hash_of_what_they_name() -> None:
    for name in assets.built().values():
        digest = sha256((assets.BUILD / name).read_bytes()).hexdigest()[:10]
        assert digest in name
    present = {path.name for path in assets.BUILD.iterdir()}
    assert present == {*assets.built().values(), "manifest.json"}


def test_the_readers_scripts_are_small() -> None:
    sizes = {name: len(brotli.compress(assets.text_of(name).encode())) for name in READERS}
    assert sum(sizes.values()) <= 4400, sizes
    assert sizes["worker.js"] <= 2048


def test_nothing_in_the_script_ends_the_element_that_it_stands_in() -> None:
    """html.spec.whatwg.org, restrictions for contents of script elements."""
    script = assets.text_of("reader.js").lower()
    assert not any(end in script for end in ("</script", "<script", "<!--"))


def test_the_readers_style_leaves_room_for_the_story() -> None:
    assert len(brotli.compress(assets.text_of("reader.css").encode(), quality=5)) <= 6100


def test_lines_under_words_are_drawn_in_every_engine() -> None:
    """WebKit knows `text-decoration` with the line alone: the rest stands in properties of its own."""
    for name in ("reader.css", "story.css", "newsroom.css"):
        lines = re.findall(r"text-decoration:([^;}]+)", assets.text_of(name))
        assert lines
        assert not [each for each in lines if " " in each.strip()], name


def test_styles_ask_for_nothing_from_elsewhere() -> None:
    for name in ("reader.css", "story.css", "newsroom.css"):
        addresses = re.findall(r"url\(([^)]*)\)", assets.text_of(name))
        assert addresses
        for address in addresses:
            assert (assets.BUILD.parents[1] / address.lstrip("/")).is_file(), address


def test_the_lock_file_names_versions_and_hashes_and_no_registry() -> None:
    lock = json.loads((SOURCES / "package-lock.json").read_text("utf-8"))
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert packages
    for name, each in packages.items():
        assert "resolved" not in each, name
        assert each["integrity"].startswith("sha512-"), name
    wanted = json.loads((SOURCES / "package.json").read_text("utf-8"))["devDependencies"]
    for name, version in wanted.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
