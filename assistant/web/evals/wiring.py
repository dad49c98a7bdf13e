"""Composes the evaluators' pages over the folder in which evaluations keep what they found."""

from __future__ import annotations

from fastapi import APIRouter

from assistant.web.desk.access import DeskDoor
from assistant.web.evals.kept import KeptRuns
from assistant.web.evals.label_routes import Labelling, label_routes
from assistant.web.evals.labels import Labels
from assistant.web.evals.pages import EvalPages, eval_routes
from assistant.web.storefront import WebSettings


def all_eval_routes(shop: str, settings: WebSettings, door: DeskDoor) -> APIRouter:
    """Return the pages of runs and of labels; without a folder there is nothing to label."""
    folder, routes = settings.evals, APIRouter()
    runs = KeptRuns(folder / "runs" if folder else None)
    routes.include_router(eval_routes(EvalPages(runs, shop=shop), settings, door))
    if folder:
        routes.include_router(label_routes(Labelling(runs, Labels(folder / "labels"), shop=shop), settings, door))
    return routes
