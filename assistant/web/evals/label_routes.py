"""The page on which a person judges kept replies one by one, before seeing what anybody or any model says of them."""

from __future__ import annotations

from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.web.desk.access import DeskDoor
from assistant.web.desk.customers import nothing
from assistant.web.evals.kept import KeptRun, KeptRuns
from assistant.web.evals.labels import CRITERIA, BadLabel, Labels, Place, replies
from assistant.web.evals.pages import PLACE
from assistant.web.messages import language_for
from assistant.web.rendering import document
from assistant.web.storefront import WebSettings
from assistant.web.words import say

LABEL = PLACE + "/label"
Word = Annotated[str, Form(max_length=200)]


class Labelling:
    """Draws the page and keeps what is said. Blocks on files: call it from a thread."""

    def __init__(self, runs: KeptRuns, labels: Labels, *, shop: str) -> None:
        self._runs, self._labels, self._shop = runs, labels, shop

    def choose(self, language: str) -> Response:
        """Return the runs whose replies can be judged."""
        runs = [run for run in self._runs.listed() if run.told.get("status") == "done" and self._talks(run)]
        return HTMLResponse(document("desk/evals/choose.html", language=language, shop=self._shop, runs=runs))

    def show(self, name: str, labeller: str, language: str, *, start: int = 0, problem: str = "") -> Response:
        """Return the first reply of a run that this person has not judged, from a place of the order on."""
        run = self._runs.named(name)
        if run is None:
            return nothing(say("evals_no_run", language, name=name[:120]), shop=self._shop, language=language)
        given, order = self._labels.given(labeller), replies(run, self._runs.rows(run))
        left = [(at, one) for at, one in enumerate(order) if one.place not in given]
        following = next(((at, one) for at, one in left if at >= start), None)
        html = document(
            "desk/evals/label.html",
            language=language,
            shop=self._shop,
            run=run,
            labeller=labeller,
            at=following[0] if following else None,
            reply=following[1] if following else None,
            done=len(order) - len(left),
            count=len(order),
            skipped=len(left) if not following else 0,
            criteria=CRITERIA,
            problem=problem,
        )
        return HTMLResponse(html, status_code=409 if problem else 200)

    def keep(self, name: str, place: Place, labeller: str, said: dict[str, str]) -> bool:
        """Keep what somebody says of a reply; return whether there is such a reply.

        Raises:
            BadLabel: something is not said, or not among the labels.
        """
        run = self._runs.named(name)
        if run is None or place not in {one.place for one in replies(run, self._runs.rows(run))}:
            return False
        self._labels.give(labeller, place, said)
        return True

    def _talks(self, run: KeptRun) -> bool:
        """Return whether a run is of conversations: its first example tells."""
        first = self._runs.row(run, 0) if (run.folder / "rows.jsonl").is_file() else None
        return bool(first and first["output"].get("turns"))


def label_routes(labelling: Labelling, settings: WebSettings, door: DeskDoor) -> APIRouter:
    """Return the page on which replies are judged."""
    routes = APIRouter(dependencies=[Depends(door)])

    def language(request: Request) -> str:
        return language_for(request, settings.language)

    @routes.get(LABEL, include_in_schema=False)
    async def choose(request: Request) -> Response:
        return await run_sync(lambda: labelling.choose(language(request)))

    @routes.get(LABEL + "/{task}/{run_id}", include_in_schema=False)
    async def see(request: Request, task: str, run_id: str, start: int = 0) -> Response:
        name = f"{task}/{run_id}"
        return await run_sync(lambda: labelling.show(name, door(request), language(request), start=start))

    @routes.post(LABEL + "/{task}/{run_id}", include_in_schema=False)
    async def give(
        request: Request,
        task: str,
        run_id: str,
        row: Word,
        turn: Annotated[int, Form()],
        at: Annotated[int, Form()] = 0,
        helpful: Word = "",
        clear: Word = "",
        overall: Word = "",
    ) -> Response:
        name, who = f"{task}/{run_id}", door(request)
        said = {"helpful": helpful, "clear": clear, "overall": overall}

        def kept() -> Response:
            try:
                known = labelling.keep(name, (run_id, row, turn), who, said)
            except BadLabel:
                text = say("evals_label_missing", language(request))
                return labelling.show(name, who, language(request), start=at, problem=text)
            if not known:
                return labelling.show(name, who, language(request), problem=say("evals_no_reply", language(request)))
            return RedirectResponse(f"{LABEL}/{task}/{run_id}?start={at + 1}", status_code=303)

        return await run_sync(kept)

    return routes
