"""The pages of kept runs: their list, one run, two side by side, one example with its conversation.

Computes no figure: what a run or a comparison says is what `python -m eval` kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from assistant.web.desk.access import DeskDoor
from assistant.web.desk.customers import nothing
from assistant.web.evals.kept import KeptRun, KeptRuns, is_short
from assistant.web.messages import language_for
from assistant.web.rendering import document
from assistant.web.storefront import WebSettings
from assistant.web.words import say

PLACE = "/desk/evals"
PAGE = 100
"""Examples on a page."""
LONGEST_JSON = 40_000
"""Letters of an example that a page shows; the file holds the rest."""
Only = Literal["all", "short"]


class EvalPages:
    """Draws the pages. Blocks on files: call it from a thread."""

    def __init__(self, runs: KeptRuns, *, shop: str) -> None:
        self._runs, self._shop = runs, shop

    def listing(self, language: str) -> Response:
        """Return the runs by task, those of one task ready to be compared."""
        by_task: dict[str, list[KeptRun]] = {}
        for run in self._runs.listed():
            by_task.setdefault(run.task, []).append(run)
        return self._page("runs", language, tasks=dict(sorted(by_task.items())))

    def run(self, name: str, language: str, *, only: Only, page: int) -> Response:
        """Return one run: its figures, what it has been compared with, and its examples, the worst first."""
        listed = self._runs.listed()
        run = next((one for one in listed if one.name == name), None)
        if run is None:
            return self._no_run(name, language)
        examples = self._runs.examples(run)
        shown = _only(examples, only)
        pages = max(1, -(-len(shown) // PAGE))
        here = min(max(page, 1), pages)
        return self._page(
            "run",
            language,
            run=run,
            only=only,
            count=len(examples),
            short=sum(map(is_short, examples)),
            examples=shown[(here - 1) * PAGE : here * PAGE],
            page=here,
            pages=pages,
            compared=self._runs.compared_with(run, listed),
        )

    def comparison(self, before: str, after: str, language: str) -> Response:
        """Return two runs of a task side by side, with the verdicts where somebody has compared them."""
        first, second = self._runs.named(before), self._runs.named(after)
        if first is None or second is None:
            return self._no_run(before if first is None else after, language)
        if first.task != second.task:
            text = say("evals_other_task", language, before=first.task, after=second.task)
            return nothing(text, shop=self._shop, language=language)
        figures = {run.name: {one.name: one for one in run.figures} for run in (first, second)}
        names = dict.fromkeys([*figures[first.name], *figures[second.name]])
        kept = self._runs.comparison(first, second)
        return self._page(
            "compare",
            language,
            before=first,
            after=second,
            rows=[(name, figures[first.name].get(name), figures[second.name].get(name)) for name in names],
            verdicts=None if kept is None else {one["metric"]: one for one in kept},
            turned=_turned(self._runs.examples(first), self._runs.examples(second)),
        )

    def example(self, name: str, at: int, language: str, *, only: Only) -> Response:
        """Return one example: the conversation or what came out, its scores, and the ways to the next ones."""
        run = self._runs.named(name)
        examples = self._runs.examples(run) if run else []
        order = [one["at"] for one in _only(examples, only)]
        judged = next((one for one in examples if one["at"] == at), None)
        row = self._runs.row(run, at) if run and judged else None
        if run is None or judged is None or row is None:
            return self._no_run(f"{name}/{at}", language)
        place = order.index(at) if at in order else -1
        return self._page(
            "example",
            language,
            run=run,
            row=row,
            judged=judged,
            only=only,
            place=place + 1,
            count=len(order),
            previous=order[place - 1] if place > 0 else None,
            next=order[place + 1] if place + 1 < len(order) else None,
            rest={name: value for name, value in row["output"].items() if name != "turns"},
            longest=LONGEST_JSON,
        )

    def _no_run(self, name: str, language: str) -> Response:
        return nothing(say("evals_no_run", language, name=name[:120]), shop=self._shop, language=language)

    def _page(self, template: str, language: str, **values: object) -> Response:
        return HTMLResponse(document(f"desk/evals/{template}.html", language=language, shop=self._shop, **values))


def eval_routes(pages: EvalPages, settings: WebSettings, door: DeskDoor) -> APIRouter:
    """Return the pages of kept runs."""
    routes = APIRouter(dependencies=[Depends(door)])

    def language(request: Request) -> str:
        return language_for(request, settings.language)

    @routes.get(PLACE, include_in_schema=False)
    async def listing(request: Request) -> Response:
        return await run_sync(lambda: pages.listing(language(request)))

    @routes.get(PLACE + "/compare", include_in_schema=False)
    async def compare(request: Request, before: str = "", after: str = "") -> Response:
        return await run_sync(lambda: pages.comparison(before, after, language(request)))

    @routes.get(PLACE + "/runs/{task}/{run_id}", include_in_schema=False)
    async def run(request: Request, task: str, run_id: str, only: Only = "all", page: int = 1) -> Response:
        return await run_sync(lambda: pages.run(f"{task}/{run_id}", language(request), only=only, page=page))

    @routes.get(PLACE + "/runs/{task}/{run_id}/{at}", include_in_schema=False)
    async def example(request: Request, task: str, run_id: str, at: int, only: Only = "all") -> Response:
        return await run_sync(lambda: pages.example(f"{task}/{run_id}", at, language(request), only=only))

    return routes


def _only(examples: Sequence[Mapping[str, Any]], only: Only) -> list[Mapping[str, Any]]:
    return [one for one in examples if only == "all" or is_short(one)]


def _turned(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Return the examples that fall short in one of the runs alone, as the later one lists them."""
    old = {(one["id"], one["trial"]): is_short(one) for one in before}
    both = [(one, old[one["id"], one["trial"]]) for one in after if (one["id"], one["trial"]) in old]
    return {
        "worse": [one for one, was_short in both if is_short(one) and not was_short],
        "better": [one for one, was_short in both if was_short and not is_short(one)],
    }
