"""The catalogues: every message of the code is translated, and every translation is whole and compiled."""

import io
import re
from pathlib import Path

import pytest
from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog, Message

from app.core.localization import SOURCE, SUPPORTED
from scripts.words import CATALOGUES, ROOT, TEMPLATE, extract

LOCALES = sorted(each.locale for code, each in SUPPORTED.items() if code != SOURCE)
PLACEHOLDER = re.compile(r"%\((\w+)\)(.)")
TAG = re.compile(r"<[^>]*>")
HINT = "run `make words`, then translate what is empty and take out “#, fuzzy”"


def catalogue(locale: str) -> Catalog:
    path = ROOT / CATALOGUES / locale / "LC_MESSAGES" / "messages.po"
    return pofile.read_po(io.BytesIO(path.read_bytes()), locale=locale)


def ids(messages: Catalog) -> set[object]:
    return {message.id for message in messages if message.id}


def texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


@pytest.fixture(scope="session")
def said(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What the code says now."""
    target: Path = tmp_path_factory.mktemp("words") / "messages.pot"
    extract(target)
    return pofile.read_po(io.BytesIO(target.read_bytes()))


def test_there_is_a_catalogue_for_every_language_and_no_other() -> None:
    assert sorted(each.name for each in (ROOT / CATALOGUES).glob("*/")) == LOCALES


def test_the_template_is_what_the_code_says(said: Catalog) -> None:
    with (ROOT / TEMPLATE).open("rb") as file:
        assert ids(pofile.read_po(file)) == ids(said), HINT


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_is_missing_and_nothing_left_over(said: Catalog, locale: str) -> None:
    found = catalogue(locale)
    assert ids(found) == ids(said), HINT
    assert not found.obsolete, HINT
    unfinished = [each.id for each in found if each.id and (each.fuzzy or not all(texts(each)))]
    assert unfinished == [], HINT


@pytest.mark.parametrize("locale", LOCALES)
def test_a_translation_keeps_placeholders_and_tags(locale: str) -> None:
    for message in catalogue(locale):
        if not message.id:
            continue
        source = message.id if isinstance(message.id, str) else message.id[1]
        for text in texts(message):
            assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(source)), text
            assert sorted(TAG.findall(text)) == sorted(TAG.findall(source)), text
            # It may stand in an attribute.
            assert not re.search(r"[\"<>&]", TAG.sub("", text)), text


@pytest.mark.parametrize("locale", LOCALES)
def test_every_plural_has_as_many_forms_as_the_language(locale: str) -> None:
    found = catalogue(locale)
    plurals = [each for each in found if each.id and not isinstance(each.id, str)]
    assert plurals
    assert {len(texts(each)) for each in plurals} == {found.num_plurals}


def test_placeholders_are_texts_so_that_numbers_take_the_languages_digits(said: Catalog) -> None:
    sources = " ".join(str(each) for each in ids(said))
    assert {kind for _, kind in PLACEHOLDER.findall(sources)} == {"s"}


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_compiled_is_what_is_translated(locale: str) -> None:
    compiled = io.BytesIO()
    mofile.write_mo(compiled, catalogue(locale))
    kept = ROOT / CATALOGUES / locale / "LC_MESSAGES" / "messages.mo"
    assert kept.read_bytes() == compiled.getvalue(), HINT
