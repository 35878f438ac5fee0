"""Days, times, numbers and plural forms of each language that Stet supports, and `lang` attributes."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import create_app
from app.core.language import localization, use_language
from app.core.localization import SUPPORTED, Localization, direction
from app.core.secrets import make_secrets

MARCH = datetime(2026, 3, 13, 20, 15, tzinfo=UTC)
MINUTE = ("%(num)s minute to read", "%(num)s minutes to read")

Localize = Callable[[str], Localization]


@pytest.fixture
def localized(tmp_path: Path) -> Localize:
    """What a page of a site in Kathmandu's time would say in a language."""
    make_secrets(tmp_path)
    app = create_app({"STET_INSTANCE": str(tmp_path), "STET_TIMEZONE": "Asia/Kathmandu"})

    def localization_of_a_page(code: str) -> Localization:
        with app.test_request_context("/"):
            use_language(code)
            return localization()

    return localization_of_a_page


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "14 March 2026, 02:00"),
        ("ru", "14 марта 2026 г., 02:00"),
        ("prs", "۱۴ مارچ ۲۰۲۶، ساعت ۰۲:۰۰"),
        ("ps", "۱۴ مارچ ۲۰۲۶، ۰۲:۰۰ بجې"),
    ],
)
def test_a_moment_is_said_in_the_sites_zone_as_newspapers_do(
    localized: Localize, code: str, said: str
) -> None:
    assert localized(code).day_and_time(MARCH) == said


def test_months_are_those_of_the_country(localized: Localize) -> None:
    august = datetime(2026, 8, 1, tzinfo=UTC)
    assert [localized(code).day(august) for code in SUPPORTED] == [
        "1 August 2026",
        "۱ اگست ۲۰۲۶",
        "۱ اګست ۲۰۲۶",
        "1 августа 2026 г.",
    ]


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("en", ["1 minute to", "2 minutes to", "5 minutes to", "21 minutes to"]),
        ("ru", ["1 минута ", "2 минуты ", "5 минут ", "21 минута "]),
        ("prs", ["زمان خواندن: ۱ د", "زمان خواندن: ۲ د", "زمان خواندن: ۵ د", "زمان خواندن: ۲۱ د"]),
        ("ps", ["وخت: ۱ دقیقه", "وخت: ۲ دقیقې", "وخت: ۵ دقیقې", "وخت: ۲۱ دقیقې"]),
    ],
)
def test_a_number_takes_the_form_that_it_asks_for(
    localized: Localize, code: str, forms: list[str]
) -> None:
    language = localized(code)
    for num, form in zip((1, 2, 5, 21), forms, strict=True):
        assert form in language.ngettext(*MINUTE, num)
        assert language.plural_markup(*MINUTE, num) == language.ngettext(*MINUTE, num)


def test_one_author_and_several(localized: Localize) -> None:
    said = [localized(code).ngettext("By", "By", num) for code in ("prs", "ru") for num in (1, 2)]
    assert said == ["نویسنده:", "نویسندگان:", "Автор:", "Авторы:"]


def test_long_numbers_are_grouped(localized: Localize) -> None:
    assert [localized(code).number(12345) for code in ("en", "ru", "prs")] == [
        "12,345",
        "12\N{NO-BREAK SPACE}345",
        "۱۲٬۳۴۵",
    ]


def test_what_fills_a_message_is_escaped_and_the_message_is_not(localized: Localize) -> None:
    said = localized("ru").markup("Changes to “%(headline)s”", headline='<b>"&')
    assert said == "Изменения в материале «&lt;b&gt;&#34;&amp;»"
    assert "<del>" in localized("ru").markup("Nothing <del>stands</del> at this address.")


@pytest.mark.parametrize(
    ("asked", "found"), [("en-GB", "en-GB"), ("prs", "prs"), ("de", "en"), ("", "en")]
)
def test_a_language_that_is_not_supported_leaves_the_sites(
    localized: Localize, asked: str, found: str
) -> None:
    assert localized(asked).code == found


def test_a_part_is_marked_only_where_its_language_differs(localized: Localize) -> None:
    english = localized("en-GB")
    assert english.marked("prs") == ' lang="prs" dir="rtl"'
    assert english.marked("de", "prs") == ' lang="de" dir="ltr"'
    assert english.marked("en") == english.marked("prs", "prs") == ""


def test_directions() -> None:
    assert {code for code in ("ar", "fa", "he", "prs", "ps", "ur") if direction(code) == "rtl"} == {
        *("ar", "fa", "he", "prs", "ps", "ur")
    }
    assert {direction(code) for code in ("en", "en-GB", "ru", "uz", "tlh", "zz-nonsense", "")} == {
        "ltr"
    }
