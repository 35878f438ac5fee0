"""Draws neutral pictures for stories whose photograph is not included.

`media/actions` calls `draw`. The drawing depends only on the seed (the story's slug), so a story keeps its
picture. It shows no person, place or event, and has a label that says what it is.
"""

import hashlib
import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from html import escape
from itertools import pairwise
from random import Random
from typing import NamedTuple

WIDTH, HEIGHT = 1600, 900

Point = tuple[float, float]


class Tone(NamedTuple):
    """Four slightly coloured greys, as `#rrggbb`, from the sky down to the nearest shape."""

    sky: str
    haze: str
    far: str
    near: str


TONES = (
    Tone("#d9dde4", "#eef0f2", "#b3bbc9", "#2c3344"),
    Tone("#dcdfdd", "#f0f1ee", "#b6beb9", "#2b3836"),
    Tone("#dedce0", "#f1eff0", "#bcb7c2", "#37323f"),
    Tone("#d6dde2", "#ecf0f2", "#a9b8c2", "#22343f"),
)


def draw(seed: str, label: str = "Photograph not included", size: int = 25) -> str:
    """Draw the placeholder for `seed` as an SVG document of 1600 by 900 units, at most 6 KB.

    Args:
        seed: any text; the same text always gives the same drawing. Use the story's slug.
        label: the words set on the drawing, also its title; empty for a drawing without words.
        size: height of the label's letters in drawing units; 25 suits a page, 54 phones and lists.
    """
    rng = Random(hashlib.sha256(seed.encode("utf-8", "surrogatepass")).digest())
    tone = rng.choice(TONES)
    shapes = rng.choice(MOTIFS)(rng, tone)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" role="img"><title>{escape(label or "Placeholder")}</title>'
        f'<linearGradient id="g" x2="0" y2="1"><stop stop-color="{tone.sky}"/>'
        f'<stop offset=".7" stop-color="{tone.haze}"/></linearGradient>'
        f'<path d="M0 0h{WIDTH}v{HEIGHT}H0z" fill="url(#g)"/>'
        f"{''.join(shapes)}{_tag(label, size)}</svg>\n"
    )


def _ridge(rng: Random, tone: Tone) -> list[str]:
    """Six ranges of hills, one behind the other, under a pale disc."""
    x, y = rng.uniform(0.22, 0.78) * WIDTH, rng.uniform(0.2, 0.32) * HEIGHT
    disc = (
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{rng.randint(58, 92)}" fill="#fff" opacity=".75"/>'
    )
    return [disc, *(_hills(rng, tone, step / 5) for step in range(6))]


def _hills(rng: Random, tone: Tone, depth: float) -> str:
    """One range; `depth` runs from 0 (farthest) to 1 (nearest)."""
    base, height = HEIGHT * (0.40 + 0.54 * depth), HEIGHT * (0.15 - 0.07 * depth)
    waves = [_wave(rng, depth, k) for k in range(5)]
    points = []
    for j in range(-1, 42):
        u = j / 40
        soft = sum(a * math.sin(f * 6.2 * u + p) for f, p, a in waves)
        sharp = sum(a * abs(math.sin(f * 5 * u + p)) for f, p, a in waves) - 1
        jitter = rng.uniform(-5, 5) * (1 - depth)
        points.append((u * WIDTH, base - height * (0.55 * soft + 0.5 * sharp) + jitter))
    return _ground(points, -40, _mix(tone.far, tone.near, depth**1.25))


def _wave(rng: Random, depth: float, k: int) -> tuple[float, float, float]:
    """Frequency, phase and amplitude of the `k`th overtone of a range of hills."""
    frequency = rng.uniform(0.6, 1.3) * (k + 1) * (1 + depth * 0.5)
    return frequency, rng.uniform(0, 6.3), 1 / (k + 1) ** 1.15


def _sheet(rng: Random, tone: Tone) -> list[str]:
    """Nine sheets of paper that lie over each other in slow waves."""
    bend, start = rng.uniform(0.5, 1.1), rng.uniform(0, 6.3)
    shapes = []
    for depth in (step / 8 for step in range(9)):
        rise, top = HEIGHT * 0.16 * (1 - depth * 0.4), HEIGHT * (0.12 + 0.86 * depth)
        swing = [(j / 16, math.sin(bend * j / 16 * 5 + start + depth * 2.2)) for j in range(-1, 18)]
        edge = [(u * WIDTH, top + rise * s) for u, s in swing]
        shapes.append(_ground(edge, -100, _mix(tone.haze, tone.near, depth**1.5 * 0.9)))
    return shapes


def _dots(rng: Random, tone: Tone) -> list[str]:
    """Halftone dots that get smaller with the distance from one point.

    Each dot is a line of zero length with round ends, and dots of one width share a path: 5 KB instead of 24
    KB for circles. One vertical gradient colours all dots.
    """
    centre_x, centre_y, step = rng.uniform(0.3, 0.7), rng.uniform(0.3, 0.6), 64
    by_width: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in range(-1, HEIGHT // step + 2):
        for column in range(-1, WIDTH // step + 2):
            x, y = column * step + row % 2 * step // 2, row * step
            far = math.hypot(x / WIDTH - centre_x, (y / HEIGHT - centre_y) * 0.62)
            by_width[4 * round(step * 0.26 * max(0.06, 1 - far * 1.55))].append((x, y))
    paths = (
        f'<path stroke-width="{w}" d="{_specks(dots)}"/>' for w, dots in sorted(by_width.items())
    )
    top, foot = _mix(tone.far, tone.near, 0.12), _mix(tone.far, tone.near, 0.62)
    gradient = (
        f'<linearGradient id="d" gradientUnits="userSpaceOnUse" x2="0" y2="{HEIGHT}">'
        f'<stop stop-color="{top}"/><stop offset="1" stop-color="{foot}"/></linearGradient>'
    )
    return [
        gradient,
        f'<g stroke="url(#d)" stroke-linecap="round">{"".join(paths)}</g>',
    ]


def _specks(dots: Iterable[tuple[int, int]]) -> str:
    """Path data for dots at these points, each relative to the one before."""
    data, x, y = "", 0, 0
    for to_x, to_y in dots:
        data += f"m{to_x - x} {to_y - y}h0"
        x, y = to_x, to_y
    return data


def _folds(rng: Random, tone: Tone) -> list[str]:
    """A leaning curtain of paper folds."""
    shapes: list[str] = []
    left, lean = -300, rng.choice((-1, 1)) * rng.randint(140, 320)
    while left < WIDTH + 300:
        width, i = rng.randint(150, 330), len(shapes)
        shade = 0.08 + 0.8 * i / 8 if i % 2 else 0.02 + 0.6 * i / 8
        fill = _mix(tone.haze, tone.near, min(0.92, shade))
        shapes.append(
            f'<path d="M{left} {HEIGHT}L{left + lean} 0H{WIDTH + 400}V{HEIGHT}z" fill="{fill}"/>'
        )
        left += width
    return shapes


Motif = Callable[[Random, Tone], list[str]]
MOTIFS: tuple[Motif, ...] = (_ridge, _sheet, _dots, _folds)


def _ground(edge: list[Point], left: int, fill: str) -> str:
    """The area from a smoothed edge down to the foot of the drawing."""
    data = f"M{edge[0][0]:.0f} {edge[0][1]:.0f}"
    for (x, y), (next_x, next_y) in pairwise(edge):
        data += f"Q{x:.0f} {y:.0f} {(x + next_x) / 2:.0f} {(y + next_y) / 2:.0f}"
    return f'<path d="{data}L{edge[-1][0]:.0f} {edge[-1][1]:.0f}V{HEIGHT}H{left}z" fill="{fill}"/>'


def _mix(one: str, other: str, share: float) -> str:
    """A mix of two colours, both `#rrggbb`: with `share` 0 it is `one`, with 1 it is `other`."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _tag(label: str, size: int) -> str:
    """The label on a white background in the lower left corner. Empty for an empty label."""
    if not label:
        return ""
    # The mean width of a letter in Public Sans is .53 of the font size, so the background fits without
    # measuring.
    width, margin = len(label) * size * 0.53 + size * 1.5, size * 1.1
    top, height = HEIGHT - margin - size * 1.9, size * 1.9
    return (
        f'<path d="M{margin:.0f} {top:.0f}h{width:.0f}v{height:.0f}h-{width:.0f}z" fill="#fff"/>'
        f'<text x="{margin + width / 2:.0f}" y="{HEIGHT - margin - size * 0.62:.0f}" '
        f'text-anchor="middle" fill="#22262f" font-family="Public Sans,Helvetica,Arial,sans-serif" '
        f'font-size="{size}">{escape(label)}</text>'
    )
