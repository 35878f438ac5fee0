"""Markdown that tries to exhaust the parser: it is refused, or read within two seconds."""

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.body import BodyError, markdown

BOMBS = {
    "nested quotes": ">" * 3000 + " a",
    "nested quotes, spaced": "> " * 3000 + "a",
    "quotes growing": "\n".join(">" * n for n in range(600)),
    "ten megabytes": "a" * 10_000_000,
    "ten megabytes of lines": "a\n" * 5_000_000,
    "brackets": "[" * 50_000,
    "bracket pairs": "[" * 25_000 + "]" * 25_000,
    "links in links": "[a](" * 20_000,
    "a megabyte of brackets": ("[" * 99_999 + "\n") * 9,
    "a megabyte of stars": ("*a **b " * 14_000 + "\n") * 10,
    "stars": "*" * 50_000,
    "stars apart": "*a " * 50_000,
    "stars and lines": "*a _b " * 9_000,
    "tildes": "~a" * 50_000,
    "tildes never closed": "~[" * 9_999,
    "carets and spaces": "^a b" * 15_000,
    "backslashes": "\\" * 50_000,
    "entities": "&amp;" * 50_000,
    "list markers on a line": "- " * 5_000 + "a",
    "deep list": "\n".join("  " * n + "- a" for n in range(400)),
    "deep list, few lines": "\n".join("  " * (n % 14) + "- a" for n in range(9_999)),
    "deep quotes, many lines": "> > > > > > > > > > > > a\n" * 1_600,
    "short items": "- a\n" * 19_000,
    "a megabyte of items": "- a\n" * 249_999,
    "a megabyte of paragraphs": "a\n\n" * 333_333,
    "lazy lines under deep quotes": "> " * 30 + "a\n" + "b\n" * 19_990,
    "lazy items": "- a\nb\n" * 9_000,
    "paragraphs": "a\n\n" * 9_900,
    "open blocks": "::: factbox\n" * 15_000,
    "fences": "````stet\n" * 15_000,
    "closed fences": "````stet\n{}\n````\n" * 5_000,
    "deep JSON": "````stet\n" + "[" * 200_000 + "\n````",
    "long number": "````stet\n" + "9" * 200_000 + "\n````",
    "signs hidden behind a fence": "> ````stet\n" + "[" * 50_000,
    "colons": ":" * 50_000,
    "one long line": "word " * 190_000,
    "numbers that run on": "".join(f"{n}. a\n" for n in range(1, 19_000)),
    "numbers that stop running on": "".join(f"{n}. a\n" for n in range(1, 18_000)) + "9. a",
    "numbers in a paragraph": "a\n" + "1. a\n3. b\n" * 9_000,
    "numbers with text between": "1. a\nb\n" * 9_000 + "3. c",
    "numbers in numbers": "1. 1. 1. 1. 1. 1. 1. a\n2. 3. a\n" * 1_500,
    "stars in a paragraph": "a\n" + "* a\n\n" * 9_000,
    "lone stars": "* a\n\nb\n\n" * 4_900,
    "crossed out": "~~a " * 9_000,
    "broken links": "[a](https://x " * 5_000,
    "pictures": "![a " * 9_000,
    "stars in words": "a*" * 19_000,
    "tabs": "\t" * 100_000 + "a",
    "hashes": "#" * 100_000,
    "dashes": "- - " * 20_000,
}


@pytest.mark.usefixtures("unburdened")
@pytest.mark.parametrize("name", BOMBS)
def test_bombs_do_not_go_off(name: str) -> None:
    start = time.process_time()
    with contextlib.suppress(BodyError):
        markdown.read(BOMBS[name])
    assert time.process_time() - start < 2


@given(st.text(alphabet=st.sampled_from("a b\n\t>-+*#123.)[](){}:`~^_\\&;|<'\"!=\x00\r")))
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_or_refused(source: str) -> None:
    with contextlib.suppress(BodyError):
        story = markdown.read(source)
        assert markdown.read(markdown.write(story)) == story
