"""Plots as inline SVG: figures with their intervals, how scores and times are spread, chances against what came.

Text stays text, drawn by the reader's own fonts (so Chinese needs none here), and colours are the page's CSS variables
(so a plot is light or dark as the page is). Knows no task.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from markupsafe import Markup
from matplotlib.figure import Figure as Canvas
from scipy.stats import binomtest

from eval.report.gathering import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes

WIDTH_IN = 4.6
"""Narrow enough for a phone without the letters becoming too small."""
MOST_ROWS = 14
MOST_SPREADS = 6
DISCRETE = 8
"""Different values up to which a spread is drawn value by value."""
BINS = 10
# Stand-ins that no plot uses otherwise; each becomes a CSS variable of the page.
_COLOURS = {
    "ink": "#010203",
    "soft": "#040506",
    "line": "#070809",
    "accent": "#0a0b0c",
    "leaf": "#0d0e0f",
    "paper": "#101112",
}
_STYLE: Any = {
    "svg.fonttype": "none",
    "font.size": 9,
    "axes.edgecolor": _COLOURS["line"],
    "axes.labelcolor": _COLOURS["soft"],
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": _COLOURS["line"],
    "ytick.color": _COLOURS["line"],
    "xtick.labelcolor": _COLOURS["soft"],
    "ytick.labelcolor": _COLOURS["soft"],
    "text.color": _COLOURS["ink"],
    "figure.constrained_layout.use": True,
}
_numbers = count(1)
Words = Mapping[str, str]
Scores = Sequence[Mapping[str, Any]]


def forest(figures: Sequence[Figure], words: Words) -> list[tuple[str, Markup]]:
    """Return the shares with their intervals on one scale, and other figures each on its own, by their caption."""
    known = [one for one in figures if one.interval is not None]
    shares = [one for one in known if all(0.0 <= value <= 1.0 for value in _values(one))]
    others = [one for one in known if one not in shares]
    plots = [("plot_shares", _on_one_scale(shares[:MOST_ROWS], words))] if shares else []
    return plots + ([("plot_others", _each_on_its_own(others[:MOST_ROWS], words))] if others else [])


def spread(scores: Mapping[str, Scores], words: Words) -> Markup | None:
    """Return how the values of each main score are spread over the examples, those without an answer apart."""
    shown = [(name, found) for name, found in scores.items() if found][:MOST_SPREADS]
    if not shown:
        return None
    with _drawing(1.35 * len(shown), rows=len(shown)) as (canvas, axes):
        for axis, (name, found) in zip(axes, shown, strict=True):
            _bars(axis, found, words)
            axis.set_title(_short(name), loc="left", fontsize=9)
            axis.set_ylabel(words["examples"])
        return _svg(canvas, words["plot_spread"])


def seconds(taken: Sequence[float], words: Words) -> Markup | None:
    """Return how long examples took."""
    if not taken:
        return None
    with _drawing(1.5) as (canvas, (axis,)):
        axis.hist(taken, bins=min(24, max(4, len(taken) // 4)), color=_COLOURS["accent"])
        axis.set_xlabel(words["seconds"])
        axis.set_ylabel(words["examples"])
        return _svg(canvas, words["plot_seconds"])


def reliability(scores: Mapping[str, Scores], words: Words) -> list[Markup]:
    """Return, for each score that is a chance, how often what it was given to came, in ten groups of equal size."""
    plots = []
    for name, found in scores.items():
        pairs = [(s["value"], s["truth"]) for s in found if s["value"] is not None and s.get("truth") in (0.0, 1.0)]
        if len(pairs) >= BINS and all(0.0 <= chance <= 1.0 for chance, _ in pairs):
            plots.append(_curve(name, pairs, words))
    return plots


def _on_one_scale(figures: Sequence[Figure], words: Words) -> Markup:
    least = min(min(_values(one)) for one in figures)
    most = max(max(_values(one)) for one in figures)
    low = max(0.0, np.floor(least * 10 - 0.5) / 10)
    with _drawing(0.45 + 0.4 * len(figures)) as (canvas, (axis,)):
        for row, one in enumerate(reversed(figures)):
            _interval(axis, row, one)
            axis.annotate(_short(one.name), (0, row), (0, 6), xycoords=("axes fraction", "data"), **_ABOVE)
        axis.set_xlim(low, min(1.0, np.ceil(most * 10 + 0.5) / 10) + 0.02)
        axis.set_ylim(-0.5, len(figures) - 0.2)
        axis.set_yticks([])
        axis.spines["left"].set_visible(False)
        return _svg(canvas, words["plot_shares"])


def _each_on_its_own(figures: Sequence[Figure], words: Words) -> Markup:
    with _drawing(0.72 * len(figures), rows=len(figures)) as (canvas, axes):
        for axis, one in zip(axes, figures, strict=True):
            _interval(axis, 0, one)
            axis.annotate(_short(one.name), (0, 0), (0, 6), xycoords=("axes fraction", "data"), **_ABOVE)
            axis.set_ylim(-0.5, 0.9)
            axis.margins(x=0.08)
            axis.set_yticks([])
            axis.spines["left"].set_visible(False)
        return _svg(canvas, words["plot_others"])


_ABOVE: dict[str, Any] = {"textcoords": "offset points", "va": "bottom", "fontsize": 9}


def _interval(axis: Axes, row: float, one: Figure) -> None:
    """Draw a figure: its interval as a line, itself as a dot, the run before as a ring, the bar as a stroke."""
    low, high = one.interval or (one.value, one.value)
    axis.hlines(row, low, high, color=_COLOURS["accent"], linewidth=2)
    if one.before is not None:
        axis.plot(one.before, row, "o", markersize=7, markerfacecolor="none", markeredgecolor=_COLOURS["soft"])
    axis.plot(one.value, row, "o", markersize=5, color=_COLOURS["accent"])
    if one.bar is not None:
        axis.plot(one.bar, row, "|", markersize=13, markeredgewidth=2, color=_COLOURS["ink"])


def _bars(axis: Axes, found: Scores, words: Words) -> None:
    values = [score["value"] for score in found if score["value"] is not None]
    missing = len(found) - len(values)
    distinct = sorted(set(values))
    if len(distinct) > DISCRETE:
        axis.hist(values, bins=20, color=_COLOURS["accent"])
        if missing:
            axis.set_xlabel(f"{words['no_answer']}: {missing}")
        return
    labels = [f"{value:.4g}" for value in distinct] + ([words["no_answer"]] if missing else [])
    heights = [values.count(value) for value in distinct] + ([missing] if missing else [])
    bars = axis.bar(range(len(labels)), heights, width=0.6, color=_COLOURS["accent"])
    axis.bar_label(bars, fontsize=8, color=_COLOURS["soft"])
    axis.margins(y=0.25)
    axis.set_xticks(range(len(labels)), labels)
    axis.set_xlim(-0.6, max(len(labels), 3) - 0.4)


def _curve(name: str, pairs: Sequence[tuple[float, float]], words: Words) -> Markup:
    groups = np.array_split(np.asarray(sorted(pairs), np.float64), BINS)
    given = [float(group[:, 0].mean()) for group in groups]
    came = [float(group[:, 1].mean()) for group in groups]
    bounds = [binomtest(int(group[:, 1].sum()), len(group)).proportion_ci(method="wilson") for group in groups]
    with _drawing(3.4) as (canvas, (axis,)):
        axis.plot([0, 1], [0, 1], color=_COLOURS["line"], linewidth=1, linestyle="--")
        axis.vlines(given, [one.low for one in bounds], [one.high for one in bounds], color=_COLOURS["accent"])
        axis.plot(given, came, "o-", markersize=4, linewidth=1, color=_COLOURS["accent"])
        axis.set_xlabel(words["chance_given"])
        axis.set_ylabel(words["share_came"])
        axis.set_title(_short(name), loc="left", fontsize=9)
        return _svg(canvas, words["plot_reliability"])


def _values(one: Figure) -> list[float]:
    return [v for v in (one.value, *(one.interval or ()), one.before, one.bar) if v is not None]


def _short(name: str) -> str:
    """Return a name as it fits; a dollar would begin a formula."""
    return (name if len(name) <= 48 else name[:47] + "…").replace("$", r"\$")


@contextmanager
def _drawing(height_in: float, *, rows: int = 1) -> Iterator[tuple[Canvas, Sequence[Axes]]]:
    with mpl.rc_context(_STYLE), warnings.catch_warnings():
        # Letters are drawn by the reader's fonts: that the one here has no Chinese only moves a label by a little.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        canvas = Canvas(figsize=(WIDTH_IN, height_in))
        yield canvas, list(canvas.subplots(rows, 1, squeeze=False)[:, 0])


def _svg(canvas: Canvas, name: str) -> Markup:
    """Return a drawing as markup with ids of its own, for a page that holds many."""
    file = io.StringIO()
    canvas.savefig(file, format="svg", transparent=True, metadata={"Date": None})
    svg = file.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>|<style[^>]*>.*?</style>|<!--.*?-->", "", svg, flags=re.DOTALL)
    prefix = f"plot{next(_numbers)}-"
    svg = re.sub(r'(\bid="|href="#|url\(#)', rf"\1{prefix}", svg)
    for variable, colour in _COLOURS.items():
        svg = svg.replace(colour, f"var(--{variable})")
    svg = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", svg, count=1)
    label = Markup.escape(name)
    return Markup(svg.replace("<svg ", f'<svg role="img" aria-label="{label}" class="plot" ', 1))
