"""Makes the serif in `app/static/fonts/` from Source Serif 4: run by hand, when the serif must be made anew.

    npm pack @fontsource-variable/source-serif-4@5.3.1 && tar xzf fontsource-variable-source-serif-4-5.3.1.tgz
    python scripts/fonts.py package/files

Needs `fonttools` and `brotli`, which the development packages bring. The sans is Public Sans as its makers
publish it, limited to the weights 400–700; it has no Cyrillic.

The upright file is one variable font with three cuts on one axis, because one request is faster than
three, and because three cuts of one drawing share most of their bytes (40 KB against 54 KB). A page
chooses the cut by the `font-weight` of an `@font-face` rule, to which browsers hold the axis (CSS Fonts 4,
§ 2.4): no page has to speak of axes. Between the stops nothing is ever shown.

| stop | cut           | Source Serif 4                  |
|------|---------------|---------------------------------|
| 300  | headlines     | optical size 44, weight 560     |
| 400  | text          | optical size 17, weight 400     |
| 620  | bold in text  | optical size 17, weight 620     |

Each cut has the advances of the static font that would be made of it alone, and its outlines to half a
unit in a thousand. A changed font may not carry a
reserved name (SIL Open Font License, 3), so these are called Stet Serif.
"""

import sys
from pathlib import Path

from fontTools import subset, varLib
from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

TARGET = Path(__file__).resolve().parent.parent / "app" / "static" / "fonts"
CUTS = {
    300: {"opsz": 44.0, "wght": 560.0},
    400: {"opsz": 17.0, "wght": 400.0},
    620: {"opsz": 17.0, "wght": 620.0},
}
TEXT = 400
ACUTE = 0x301
# As in assets/css/shared/fonts.css, less what the drawing has there and no newspaper writes.
SCRIPTS = {
    "latin": "20-7E,A0-FF,131,152,153,2009,2013-2044,20AC,2122,2190-2193,2212",
    "latin-ext": "100-329,1D43-1EFF,2020,20A0-20C0,2113",
    "cyrillic": "301,400-45F,490,491,4B0,4B1,2116",
    "cyrillic-ext": "460-52F",
}
FEATURES = ["kern", "liga", "locl"]
MARKING = ["ccmp", "mark", "mkmk"]  # of use only where the file has marks to set over a letter


def main() -> None:
    """Write each script upright and in italics; print what each file weighs."""
    drawings = Path(sys.argv[1])
    for script in SCRIPTS:
        upright = drawings / f"source-serif-4-{script}-opsz-normal.woff2"
        italic = drawings / f"source-serif-4-{script}-opsz-italic.woff2"
        _write(_variable(upright, script), "Regular", f"stet-serif-{script}.woff2")
        _write(_cut(italic, script, TEXT), "Italic", f"stet-serif-{script}-italic.woff2")


def _variable(drawing: Path, script: str) -> TTFont:
    plan = DesignSpaceDocument()
    stops = sorted(CUTS)
    axis = AxisDescriptor(tag="wght", name="Cut", minimum=stops[0], default=TEXT, maximum=stops[-1])
    plan.addAxis(axis)
    for stop in stops:
        font = _cut(drawing, script, stop)
        plan.addSource(SourceDescriptor(font=font, location={"Cut": stop}))
    font, _, _ = varLib.build(plan)
    return font


def _cut(drawing: Path, script: str, stop: int) -> TTFont:
    font = instancer.instantiateVariableFont(TTFont(drawing), CUTS[stop])
    characters = subset.parse_unicodes(SCRIPTS[script])
    features = FEATURES + (MARKING if ACUTE in characters else [])
    options = subset.Options(layout_features=features, hinting=False, notdef_outline=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


def _write(font: TTFont, style: str, name: str) -> None:
    family = "Stet Serif"
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
