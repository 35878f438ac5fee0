"""Addresses from headlines: what is unknown separates words, and every script can be read aloud."""

import pytest

from app.core.slugs import is_slug, slugify

SEPARATED = {
    "1946–2016": "1946-2016",
    "Obituary: 1946–2016": "obituary-1946-2016",
    "Russia–Ukraine talks": "russia-ukraine-talks",
    "Russia—Ukraine": "russia-ukraine",
    "Paris→London": "paris-london",
    "2½ million": "2-1-2-million",
    "10²": "10-2",
    "A·B•C…D": "a-b-c-d",
    "either|or": "either-or",
    "fire🔥water": "fire-water",
    "a\u2028b\u00a0c\u3000d": "a-b-c-d",
    "5€ and £7": "5-eur-and-gbp-7",
    "№ 7": "no-7",
    "ＮＡＴＯ　２０２６": "nato-2026",
}
JOINED = {
    "Trump’s O'Brien ‘won’": "trumps-obrien-won",
    "Do\u00adnau\u200bdampf": "donaudampf",
    "e\u0301lysée": "elysee",
    "Oʻzbekiston Qoʻqon": "ozbekiston-qoqon",
}
LETTERS = {
    "Київ": "kyiv",
    "Щастя їжака й ґава": "shchastia-yizhaka-y-gava",
    "Єнакієве, Юрій, згода": "yenakiieve-yurii-zghoda",
    "Маленький хлопець: їхав": "malenkyi-khlopets-yikhav",
    "Россия и Объезд": "rossiya-i-obezd",
    "Дом ёлка": "dom-elka",
    "Қазақстан Республикасы, өңір, ұлт, үй": "qazaqstan-respublikasy-ongir-ult-uy",
    "Ўзбекистон, ғалаба, қаҳрамон": "ozbekiston-galaba-qahramon",
    "Љубав, њива, џеп, ђак и ћирилица": "ljubav-njiva-dzep-djak-i-cirilica",
    "Þingvellir í ágúst, ð": "thingvellir-i-agust-d",
    "Azərbaycanda xəbər: ışıq, Gəncə": "azerbaycanda-xeber-isiq-gence",
    "İstanbul’da ışık": "istanbulda-isik",
    "Straße, Müller": "strasse-muller",
    "Đà Nẵng, Việt Nam": "da-nang-viet-nam",
    "Łódź, Škoda, Œuvre, Ærø, Åre": "lodz-skoda-oeuvre-aero-are",
    "Φωτόπουλος: ευρώ και αυτός": "fotopoulos-evro-kai-aftos",
    "中国经济增长": "zhong-guo-jing-ji-zeng-zhang",
    "2026年北京": "2026-nian-bei-jing",
    "서울 정상회담": "seoul-jeongsanghoedam",
    "گفت‌وگو با رئیس جمهور": "gftugu-ba-ris-jmhur",
    "می‌خواهند ۱۴۰۵": "mikhuahnd-1405",
    "المرسوم وزارة": "almrsum-wzara",
    "საქართველო": "sakartvelo",
    "Հայաստան": "hayastan",
}
BY_LANGUAGE = {
    ("de", "Müller in Öl für Ärzte"): "mueller-in-oel-fuer-aerzte",
    ("tr", "Müller"): "muller",
    ("uk", "Мир"): "myr",
    ("ru", "Мир"): "mir",
    ("uz", "Жиззах ва Ҳиндистон"): "jizzax-va-hindiston",
    ("bg", "Търговище, щит"): "targovishte-shtit",
    ("sr", "Живот, цена, час"): "zivot-cena-cas",
}
# Nothing can tell how Chinese signs are read in a Japanese headline: the newsroom writes the address.
UNREADABLE = ("東京オリンピック", "…!?", "", "😀", "'", "\u0301")


@pytest.mark.parametrize(("text", "slug"), [*SEPARATED.items(), *JOINED.items(), *LETTERS.items()])
def test_the_address_of_a_headline(text: str, slug: str) -> None:
    assert slugify(text) == slug
    assert is_slug(slug)


@pytest.mark.parametrize(("given", "slug"), BY_LANGUAGE.items())
def test_the_language_of_the_story_decides_where_languages_differ(
    given: tuple[str, str], slug: str
) -> None:
    language, text = given
    assert slugify(text, language) == slug


@pytest.mark.parametrize("text", UNREADABLE)
def test_no_address_is_made_of_what_cannot_be_read(text: str) -> None:
    assert slugify(text) == ""


def test_a_long_headline_ends_between_words() -> None:
    assert slugify("中" * 200) == "-".join(["zhong"] * 13)
    assert slugify("ß" * 200) == "s" * 80
