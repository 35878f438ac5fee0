"""Makes the faces in `app/assets/fonts/` from Source Serif 4 and Public Sans: run by hand, to make them anew.

    npm pack @fontsource-variable/source-serif-4@5.3.1 @fontsource-variable/public-sans@5.3.0
    mkdir drawings; for each in *.tgz; do tar xzf $each; cp package/files/*.woff2 drawings/; done
    python scripts/fonts.py drawings

Needs `fonttools` and `brotli`, which the development packages bring.

The letters of English stand in files of their own, which every page fetches: 34 KB in two requests. Every
other file comes when a page shows a letter or a cut that it has. Upright cuts share one variable font,
because one request is faster than two, and because cuts of one drawing share most of their bytes. Bold is
rare in a newspaper's text, so that plain Latin has it apart. A page chooses the cut by the
`font-weight` of an `@font-face` rule, to which browsers hold the axis (CSS Fonts 4, § 2.4): no page has
to speak of axes. Between the stops nothing is ever shown.

| stop | cut           | Source Serif 4                  |
|------|---------------|---------------------------------|
| 300  | headlines     | optical size 44, weight 560     |
| 400  | text          | optical size 17, weight 400     |
| 620  | bold in text  | optical size 17, weight 620     |

Each cut has the advances of the static font that would be made of it alone, and its outlines to half a
unit in a thousand. The sans is Public Sans in the weights 400-700; it has no Cyrillic. A changed font may not
carry a reserved name (SIL Open Font License, 3), so these are called Stet Serif and Stet Sans.
"""

import sys
from pathlib import Path
from typing import NamedTuple

from fontTools import subset, varLib
from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

TARGET = Path(__file__).resolve().parent.parent / "app" / "assets" / "fonts"
CUTS = {
    300: {"opsz": 44.0, "wght": 560.0},
    400: {"opsz": 17.0, "wght": 400.0},
    620: {"opsz": 17.0, "wght": 620.0},
}
TEXT, BOLD = 400, 620
SANS_WEIGHTS = (400, 700)
ACUTE = 0x301

# As in assets/css/shared/fonts.css, less what the drawings have there and no newspaper writes.
_PLAIN = "20-7E,A0,A3,AB,AD,B7,BB,E9,2013,2014,2018,2019,201C,201D,2026,20AC"
_MORE = (
    "A1,A2,A4-AA,AC,AE-B6,B8-BA,BC-E8,EA-FF,131,152,153,2009,2015,201A,201E,2020-2022,202F,"
    "2030,2032,2033,2039,203A,2044,2122,2190-2193,2212"
)
_EXTENDED = "100-329,1D43-1EFF,2020,20A0-20C0,2113"
_CYRILLIC, _CYRILLIC_MORE = "301,400-45F,490,491,4B0,4B1,2116", "460-52F"


class Part(NamedTuple):
    """A file to make: what it is called, which drawing it is made of, its letters and its cuts."""

    name: str
    drawing: str
    letters: str
    cuts: tuple[int, ...] = tuple(CUTS)


UPRIGHT = (
    Part("latin", "latin", _PLAIN, (300, TEXT)),
    Part("latin-bold", "latin", _PLAIN, (BOLD,)),
    Part("latin-1", "latin", _MORE),
    Part("latin-ext", "latin-ext", _EXTENDED),
    Part("cyrillic", "cyrillic", _CYRILLIC),
    Part("cyrillic-ext", "cyrillic-ext", _CYRILLIC_MORE),
)
ITALIC = (
    Part("latin-italic", "latin", f"{_PLAIN},{_MORE}", (TEXT,)),
    Part("latin-ext-italic", "latin-ext", _EXTENDED, (TEXT,)),
    Part("cyrillic-italic", "cyrillic", _CYRILLIC, (TEXT,)),
    Part("cyrillic-ext-italic", "cyrillic-ext", _CYRILLIC_MORE, (TEXT,)),
)
SANS = (
    Part("latin", "latin", _PLAIN),
    Part("latin-1", "latin", _MORE),
    Part("latin-ext", "latin-ext", _EXTENDED),
)
FEATURES = ["kern", "liga", "locl", "tnum"]
MARKING = ["ccmp", "mark", "mkmk"]  # of use only where the file has marks to set over a letter


def main() -> None:
    """Write every file; print what each weighs."""
    drawings = Path(sys.argv[1])
    for part in UPRIGHT:
        drawing = drawings / f"source-serif-4-{part.drawing}-opsz-normal.woff2"
        _write(_serif(drawing, part), "Serif", "Regular", part)
    for part in ITALIC:
        drawing = drawings / f"source-serif-4-{part.drawing}-opsz-italic.woff2"
        _write(_serif(drawing, part), "Serif", "Italic", part)
    for part in SANS:
        drawing = drawings / f"public-sans-{part.drawing}-wght-normal.woff2"
        font = instancer.instantiateVariableFont(TTFont(drawing), {"wght": SANS_WEIGHTS})
        _write(_limited(font, part.letters), "Sans", "Regular", part)


def _serif(drawing: Path, part: Part) -> TTFont:
    if len(part.cuts) == 1:
        return _cut(drawing, part.letters, part.cuts[0])
    plan = DesignSpaceDocument()
    least, most = part.cuts[0], part.cuts[-1]
    plan.addAxis(AxisDescriptor(tag="wght", name="Cut", minimum=least, default=TEXT, maximum=most))
    for stop in part.cuts:
        font = _cut(drawing, part.letters, stop)
        plan.addSource(SourceDescriptor(font=font, location={"Cut": stop}))
    font, _, _ = varLib.build(plan)
    return font


def _cut(drawing: Path, letters: str, stop: int) -> TTFont:
    font = instancer.instantiateVariableFont(TTFont(drawing), CUTS[stop])
    return _limited(font, letters)


def _limited(font: TTFont, letters: str) -> TTFont:
    characters = subset.parse_unicodes(letters)
    features = FEATURES + (MARKING if ACUTE in characters else [])
    options = subset.Options(layout_features=features, hinting=False, notdef_outline=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


def _write(font: TTFont, kind: str, style: str, part: Part) -> None:
    family = f"Stet {kind}"
    name = f"stet-{kind.lower()}-{part.name}.woff2"
    full = f"{family} {style}"
    words = {1: family, 2: style, 3: full, 4: full, 6: full.replace(" ", "")}
    for number, word in words.items():
        font["name"].setName(word, number, 3, 1, 0x409)
    font["post"].formatType = 3.0
    font.recalcTimestamp = False  # made again, a file is the same
    font.flavor = "woff2"
    font.save(TARGET / name)
    print(f"{(TARGET / name).stat().st_size:>7,}  {name}")


if __name__ == "__main__":
    main()
