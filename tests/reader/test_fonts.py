"""The site's fonts: few and small files for English, and others when a page needs their letters."""

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import Page

from app.core import assets
from tests.reader.papers import running_paper
from tests.support.server import LiveServer

FONTS = Path(__file__).resolve().parents[2] / "app" / "assets" / "fonts"
STORY = "/politics/russian-afghan-defense-talks"
STOPS = {("Stet Display", 400): 300, ("Stet Text", 400): 400, ("Stet Text", 600): 620}
# What every page fetches, so that each arrives in two windows of a slow phone's connection: 20,440 bytes
# with the headers of the answer.
AHEAD = {"stet-sans-latin.woff2", "stet-serif-latin.woff2"}
HEAVIEST = 19_650
WORDS = {
    "latin": "Hamburgefonstiv",
    "latin-1": "ÀÇØßñü©",
    "latin-ext": "ŁĄŞĞĐ",
    "cyrillic": "Широкая",
    "cyrillic-ext": "Ққғӣҳ",
}
# The width of a word at a thousand units to the em, without the kerning that `hmtx` knows nothing of.
WIDTH = """async ([family, weight, word]) => {
    await document.fonts.load(`${weight} 1000px "${family}"`, word);
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `${weight} 1000px "${family}"`;
    pen.fontKerning = "none";
    return pen.measureText(word).width;
}"""


def plain_name(url: str) -> str:
    """The last part of an address, of a built file without its hash."""
    last = url.rsplit("/", 1)[1]
    return next((name for name, built in assets.built().items() if built == last), last)


def file_of(script: str, stop: int) -> str:
    """English has its bold in a separate file. For other scripts, one file has all three cuts."""
    is_apart = (script, stop) == ("latin", 620)
    return f"stet-serif-{script}{'-bold' if is_apart else ''}.woff2"


def width_in_file(script: str, stop: int, word: str) -> float:
    font = TTFont(FONTS / file_of(script, stop))
    at = {"wght": stop} if "fvar" in font else None
    names, cut = font.getBestCmap(), font.getGlyphSet(location=at)
    return sum(float(cut[names[ord(letter)]].width) for letter in word)


@pytest.mark.parametrize("script", WORDS)
def test_a_weight_in_the_style_takes_its_cut(script: str, page: Page, site: LiveServer) -> None:
    asked: list[str] = []
    page.goto(f"{site.url}{STORY}", wait_until="networkidle")
    page.on("request", lambda request: asked.append(plain_name(request.url)))
    widths = set()
    for (family, weight), stop in STOPS.items():
        expected = width_in_file(script, stop, WORDS[script])
        assert page.evaluate(WIDTH, [family, weight, WORDS[script]]) == pytest.approx(
            expected, 0.001
        )
        widths.add(expected)
    assert len(widths) == 3, "the cuts differ"
    assert set(asked) <= {file_of(script, stop) for stop in STOPS.values()}


def test_a_story_in_english_fetches_two_fonts_once_each(page: Page, site: LiveServer) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(plain_name(request.url)))
    page.goto(f"{site.url}{STORY}", wait_until="networkidle")
    fonts = sorted(name for name in asked if name.endswith(".woff2"))
    assert fonts == sorted(AHEAD)
    ahead = page.locator("link[rel=preload][as=font]").evaluate_all("all => all.map((e) => e.href)")
    assert {plain_name(address) for address in ahead} == AHEAD
    # The page, two fonts and its pictures: nothing else stands between a reader and the story.
    others = [name for name in asked if not name.endswith((".woff2", ".svg", ".webp", ".jpg"))]
    assert others == [STORY.rsplit("/", 1)[1]]


def test_a_story_in_russian_fetches_two_fonts_once_each(page: Page, tmp_path: Path) -> None:
    """The two scripts of the serif. The sans has no Cyrillic letters, and is not fetched only for digits."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(plain_name(request.url)))
    with running_paper("ru", tmp_path) as paper:
        for path in ("/", "/politics/talks"):
            asked.clear()
            page.goto(paper.url + path, wait_until="networkidle")
            others = {name for name in asked if not name.endswith((".svg", ".webp", ".jpg"))}
            others.discard("dari")  # the next story, fetched when a reader comes near it
            fonts = {"stet-serif-cyrillic.woff2", "stet-serif-latin.woff2"}
            assert others == {path.rpartition("/")[2], *fonts}


def test_words_in_dari_fetch_no_latin_letters(page: Page, site: LiveServer) -> None:
    """Their invisible characters (a non-joiner, direction marks) are in none of the site's own fonts."""
    page.goto(f"{site.url}{STORY}", wait_until="networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    words = "می\u200cگوید خبر\u200eها \u200f"
    page.locator(".body p").first.evaluate("(p, words) => { p.textContent = words }", words)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_load_state("networkidle")
    assert asked == []


def test_every_font_is_used_light_and_bears_no_reserved_name() -> None:
    served = re.findall(r"/static/build/[\w-]+\.woff2", assets.text_of("reader.css"))
    used = {plain_name(address) for address in served}
    assert used == {path.name for path in FONTS.glob("*.woff2")}
    assert all((FONTS / name).stat().st_size <= HEAVIEST for name in AHEAD)
    for name in used:
        font = TTFont(FONTS / name)
        for number in (1, 2, 3, 4, 6, 16, 17):
            assert "source" not in str(font["name"].getDebugName(number)).lower(), name
