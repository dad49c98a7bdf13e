"""Which settings suit this shop: every one of a grid, judged by what people chose next. Knows no model by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.recommend.contract import Chosen, Fitted, HeldOut, Recommender, Run, Scores
from assistant.recommend.interactions import Histories, Interactions, Numbers

BATCH_CELLS = 20_000_000
"""Scores are asked for so many cells (people times items) at once: 80 MB."""
JUDGES = 5_000
"""So many people judge the settings of a grid."""
CUT = 10


def best_of_grid(kind: type[Fitted], interactions: Interactions, *, held_out: HeldOut, run: Run) -> Chosen[Fitted]:
    """Fit with each setting and keep the best; of two equal ones the earlier.

    What was judged is noted in the run's folder, so that an interrupted search goes on with the next setting.
    """
    judges = sampled(held_out, seed=run.seed)
    notes = run.folder / f"{kind.name}-{interactions.fingerprint()[:16]}-{run.seed}.json" if run.folder else None
    tried = _noted(notes)
    best: tuple[float, Any, Fitted | None] | None = None
    grid = kind.grid()
    for at, settings in enumerate(grid):
        run.progress(f"choosing {kind.name}", at, len(grid))
        model = None
        if repr(settings) not in tried:
            model = kind.fit(interactions, settings, run)
            tried[repr(settings)] = judged(model, judges)
            _note(notes, tried)
        value = tried[repr(settings)]
        if best is None or value > best[0]:
            best = value, settings, model
    run.progress(f"choosing {kind.name}", len(grid), len(grid))
    if best is None:
        raise ValueError(f"the grid of {kind.name!r} is empty: it needs at least the default settings")
    _value, settings, model = best
    return Chosen(settings=settings, model=model or kind.fit(interactions, settings, run), tried=tried)


def _noted(notes: Path | None) -> dict[str, float]:
    return dict(json.loads(notes.read_text(encoding="utf-8"))) if notes and notes.is_file() else {}


def _note(notes: Path | None, tried: dict[str, float]) -> None:
    if notes:
        notes.parent.mkdir(parents=True, exist_ok=True)
        fresh = notes.with_suffix(".new")
        fresh.write_text(json.dumps(tried, indent=2) + "\n", encoding="utf-8")
        fresh.replace(notes)


def sampled(held_out: HeldOut, *, seed: int, most: int = JUDGES) -> HeldOut:
    """Return at most so many of those held out, drawn by chance."""
    count = len(held_out.targets)
    if count <= most:
        return held_out
    rows = np.sort(np.random.default_rng(seed).choice(count, most, replace=False))
    return HeldOut(histories=held_out.histories.select(rows), targets=held_out.targets[rows])


def judged(model: Recommender, held_out: HeldOut) -> float:
    """Return the nDCG@10 of what was held out, all items ranked and the seen ones masked."""
    gains: list[npt.NDArray[np.float64]] = []
    size = max(1, BATCH_CELLS // max(1, len(model.items)))
    for start in range(0, len(held_out.targets), size):
        histories = held_out.histories.batch(start, min(start + size, len(held_out.targets)))
        targets = held_out.targets[start : start + size]
        gains.append(_gain(unseen(model.scores(histories), histories), targets))
    return float(np.concatenate(gains).mean()) if gains else 0.0


def unseen(scores: Scores, histories: Histories) -> Scores:
    """Return the scores with what each history holds at minus infinity; changes them in place."""
    scores[histories.rows, histories.items] = -np.inf
    return scores


def _gain(scores: Scores, targets: Numbers) -> npt.NDArray[np.float64]:
    """Return each target's discounted gain; of items with the same score it comes last."""
    own = scores[np.arange(len(targets)), targets]
    rank = (scores >= own[:, None]).sum(axis=1)
    return np.where(rank <= CUT, 1 / np.log2(rank + 1.0), 0.0)


def last_held_out(interactions: Interactions, *, least: int = 2) -> tuple[Interactions, HeldOut]:
    """Return the interactions without each person's last, and those last ones; shorter histories stay whole."""
    histories = interactions.histories
    long = histories.lengths >= least
    last = (histories.age == 0) & long[histories.rows]
    before = histories.keep(~last)
    judges = before.select(np.flatnonzero(long))
    return interactions.with_histories(before), HeldOut(histories=judges, targets=histories.items[last])
