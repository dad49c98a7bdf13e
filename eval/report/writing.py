"""Renders a report as one HTML file: every text from rows is escaped, every plot and style is in the file itself.

Knows no task and no run book.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import assistant.web
from assistant.web.rendering import json_line, json_text, source_name
from assistant.web.words import say, words
from eval.harness.commands import number
from eval.report import plots
from eval.report.gathering import Report, TaskReport

LONGEST_JSON = 12_000
"""Letters of a row that are shown; the rest is in the run's rows."""
_HERE = Path(__file__).parent
_WEB = Path(assistant.web.__file__).parent
_GAP = re.compile(r"\{(\w+)\}")


def write_report(report: Report, out: Path, *, language: str = "en") -> Path:
    """Write `report.html` under `out` and return its path."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / "report.html"
    path.write_text(rendered(report, language), encoding="utf-8")
    return path


def rendered(report: Report, language: str) -> str:
    """Return the report as HTML."""
    drawn = {one.run.task: _plots(one, _words(language)) for one in report.tasks}
    styles = [(_HERE / "templates" / "report.css"), (_WEB / "assets" / "evals.css")]
    return (
        _templates()
        .get_template("report.html")
        .render(
            language=language,
            report=report,
            plots=drawn,
            style=Markup("\n".join(path.read_text(encoding="utf-8") for path in styles)),
            script=Markup((_HERE / "templates" / "report.js").read_text(encoding="utf-8")),
        )
    )


def tell(key: str, language: str, **values: object) -> str:
    """Return the report's own words of `key` with its `{names}` filled in; a `count` of 1 may take a form of its own.

    >>> tell("changed_worse", "en", count=2)
    '2 worse'
    """
    known = _words(language)
    form = known[f"{key}.one"] if values.get("count") == 1 and f"{key}.one" in known else known[key]
    return _GAP.sub(lambda gap: str(values[gap[1]]), form)


def shortened(value: object) -> tuple[str, int]:
    """Return a value as JSON, and how many letters of it were left out."""
    text = json_text(value)
    return text[:LONGEST_JSON], max(0, len(text) - LONGEST_JSON)


def rest_of(output: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an output holds beside its conversation."""
    return {name: value for name, value in output.items() if name != "turns"}


def _plots(one: TaskReport, own: Mapping[str, str]) -> list[tuple[str, str, Markup]]:
    """Return the plots of a task, each with its caption and a note on how to read it."""
    drawn = [(own[caption], own["note_forest"], plot) for caption, plot in plots.forest(one.figures, own)]
    for caption, plot in (
        ("plot_spread", plots.spread(one.scores, own)),
        ("plot_seconds", plots.seconds(one.seconds, own)),
    ):
        drawn += [(own[caption], "", plot)] if plot is not None else []
    return drawn + [
        (own["plot_reliability"], own["note_reliability"], plot) for plot in plots.reliability(one.scores, own)
    ]


@cache
def _words(language: str) -> Mapping[str, str]:
    read: dict[str, str] = json.loads((_HERE / "words" / f"{language}.json").read_text(encoding="utf-8"))
    return read


@cache
def _templates() -> Environment:
    """Return the templates: the report's own, and those in which the app's page shows a kept conversation."""
    folders: Any = ChoiceLoader([FileSystemLoader(_HERE / "templates"), FileSystemLoader(_WEB / "templates")])
    environment = Environment(
        loader=folders, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(
        tell=tell,
        number=number,
        shortened=shortened,
        rest_of=rest_of,
        say=say,
        words=words,
        json_line=json_line,
        source_name=source_name,
    )
    return environment
