"""Draws a product: the shape of its type, from `shapes/`, in one of the shop's colours, as an SVG of 240 by 240.

A shape is a group of plain SVG whose `class` names a tone, not a colour: `b` base (shaded from light to dark), `l`
light, `d` dark, `k` ink, `w` white, `m` metal, `n` wood, `h` a shine, and `s`, `t`, `u`, `r` strokes in dark, light,
ink and base. Knows no products.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

from assistant.demo.vocabulary import vocabulary

FOLDER = Path(__file__).parent / "shapes"
Tone = tuple[int, int, int]
INK, PAPER, WHITE = (43, 42, 48), (244, 241, 235), (255, 255, 255)

ElementTree.register_namespace("", "http://www.w3.org/2000/svg")


def picture(kind: str, color: str) -> str:
    """Return the SVG of a type of product ("backpack") in a colour ("navy").

    Raises:
        KeyError: there is no such type or colour.
    """
    tone = _tone(vocabulary().colors[color][1])
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240" role="img">'
        f'{_background(tone)}<g stroke-width="3">{_painted(_shapes()[kind], tone)}</g></svg>'
    )


def kinds() -> frozenset[str]:
    """Return the types of product that have a shape."""
    return frozenset(_shapes())


@lru_cache(maxsize=1)
def _shapes() -> dict[str, str]:
    """Return the drawn group of each type, as text."""
    groups = (group for file in sorted(FOLDER.glob("*.svg")) for group in ElementTree.parse(file).getroot())
    return {
        group.attrib["id"]: "".join(
            ElementTree.tostring(part, "unicode").replace(' xmlns="http://www.w3.org/2000/svg"', "").strip()
            for part in group
        )
        for group in groups
    }


def _background(tone: Tone) -> str:
    """Return the definitions, a soft ground that lets the tone stand out, and the shadow on the floor."""
    pale = _brightness(tone) > 0.78
    ground = _mix(_mix(tone, PAPER, 0.82), INK, 0.14 if pale else 0.0)
    stops = ((_mix(tone, WHITE, 0.28), 0), (tone, 45), (_mix(tone, INK, 0.22), 100))
    base = "".join(f'<stop offset="{at}%" stop-color="{_hex(one)}"/>' for one, at in stops)
    return (
        f'<defs><linearGradient id="b" x1="0" y1="0" x2="1" y2="1">{base}</linearGradient>'
        '<linearGradient id="m" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#8f969d"/>'
        '<stop offset=".45" stop-color="#eef1f3"/><stop offset="1" stop-color="#9aa1a8"/></linearGradient>'
        '<linearGradient id="n" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#dcb482"/>'
        '<stop offset="1" stop-color="#a97c4c"/></linearGradient>'
        '<radialGradient id="g" cx=".5" cy=".42" r=".75">'
        f'<stop offset="0" stop-color="{_hex(_mix(ground, WHITE, 0.55))}"/>'
        f'<stop offset="1" stop-color="{_hex(ground)}"/></radialGradient></defs>'
        '<rect width="240" height="240" fill="url(#g)"/>'
        f'<ellipse cx="120" cy="206" rx="76" ry="9" fill="{_hex(INK)}" opacity=".13"/>'
    )


def _painted(shape: str, tone: Tone) -> str:
    """Put the colours in the place of the classes."""
    light, dark, ink = _mix(tone, WHITE, 0.45), _mix(tone, INK, 0.36), _mix(tone, INK, 0.78)
    line = 'fill="none" stroke-linecap="round" stroke-linejoin="round" stroke='
    paint = {
        "b": 'fill="url(#b)"',
        "l": f'fill="{_hex(light)}"',
        "d": f'fill="{_hex(dark)}"',
        "k": f'fill="{_hex(ink)}"',
        "w": 'fill="#fdfcf9"',
        "m": 'fill="url(#m)"',
        "n": 'fill="url(#n)"',
        "h": 'fill="#fff" opacity=".22"',
        "s": f'{line}"{_hex(dark)}"',
        "t": f'{line}"{_hex(light)}"',
        "u": f'{line}"{_hex(ink)}"',
        "r": f'{line}"url(#b)"',
    }
    return re.sub(r'class="(\w)"', lambda found: paint[found[1]], shape)


def _tone(text: str) -> Tone:
    red, green, blue = (int(text[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _mix(one: Tone, other: Tone, share: float) -> Tone:
    """Mix two tones; `share` is that of the second, 0 to 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _brightness(tone: Tone) -> float:
    """Return how bright a tone looks, 0 to 1 (weights of ITU-R BT.601)."""
    return (0.299 * tone[0] + 0.587 * tone[1] + 0.114 * tone[2]) / 255


def _hex(tone: Tone) -> str:
    return "#{:02x}{:02x}{:02x}".format(*tone)
