"""What became of a visit: goal, must-haves, what was understood, turns, abandonment, preferences.

Reads a kept visit alone; what is true of the cards was checked against the records while it was played.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eval.harness.scores import Score
from eval.harness.task import Example, Output

REACHED_BY_BUYING = frozenset({"bought", "chose"})
ABANDONED = frozenset({"left", "out_of_patience"})


def goal_reached(example: Example, output: Output) -> Iterator[Score]:
    """Score whether the shopper got what they came for: a thing that meets it all, or the word that there is none."""
    end, kind = output["end"], example.given["goal"]["kind"]
    yield Score("goal_reached", float(_reached(kind, output)), f"{end['ending']}: {end['why']}{_lacks(kind, output)}")


def _reached(kind: str, output: Output) -> bool:
    ending = output["end"]["ending"]
    if kind == "nothing":
        return bool(ending == "told_none")
    return ending in REACHED_BY_BUYING and bool(output["meets"]) and output["settled"] and output["compared"]


def _lacks(kind: str, output: Output) -> str:
    """Return what is missing where something was taken all the same."""
    if kind == "nothing" or output["end"]["ending"] not in REACHED_BY_BUYING:
        return f" (the goal was of the kind {kind})"
    lacks = {
        "it does not meet every must-have": not output["meets"],
        "the worry was not settled": not output["settled"],
        "nothing was compared": not output["compared"],
    }
    missing = [name for name, so in lacks.items() if so]
    return f", but {' and '.join(missing)}" if missing else ""


def course(example: Example, output: Output) -> Iterator[Score]:
    """Score how long the visit was and whether it was broken off."""
    ending, turns = output["end"]["ending"], len(output["turns"])
    yield Score("turns", float(turns), f"{turns} messages, {ending}")
    yield Score("abandoned", float(ending in ABANDONED), f"{ending}: {output['end']['why']}")


def must_haves_honoured(example: Example, output: Output) -> Iterator[Score]:
    """Score each must-have and turn with cards: every card meets it by the record, or it is said that it does not."""
    for number, turn in enumerate(output["turns"], start=1):
        for one in turn["checked"]["must_haves"] if turn["cards"] else ():
            broken = sorted(i for i, so in one["cards"].items() if not so and i not in one["told"])
            what = f"turn {number}, {one['must']}: " + (f"not said of {', '.join(broken)}" if broken else "met or said")
            yield Score("must_haves_honoured", float(not broken), what)
            met = sum(so is True for so in one["cards"].values())
            yield Score("must_haves_met", met / len(one["cards"]), what, weight=len(one["cards"]))


def constraint_recall(example: Example, output: Output) -> Iterator[Score]:
    """Score what share of the stated must-haves is in force in what was understood, or met by every card anyway."""
    for number, turn in enumerate(output["turns"], start=1):
        stated = turn["checked"]["must_haves"]
        kept = [one["must"] for one in stated if _kept(one)]
        if stated:
            lost = sorted({one["must"] for one in stated} - set(kept))
            told = f"turn {number}: {'lost ' + ', '.join(lost) if lost else 'all in force'}"
            yield Score("constraint_recall", len(kept) / len(stated), told, weight=len(stated))


def _kept(one: Mapping[str, Any]) -> bool:
    return bool(one["in_force"] or (one["cards"] and all(one["cards"].values())))


def right_thing(example: Example, output: Output) -> Iterator[Score]:
    """Score how many cards of the turns that looked for the thing are of its category."""
    looked = False
    for number, turn in enumerate(output["turns"], start=1):
        looked = looked or turn["act"] in ("wish", "kind")
        if looked and turn["cards"]:
            right, shown = turn["checked"]["right_thing"], len(turn["cards"])
            yield Score("right_thing", right / shown, f"turn {number}: {right} of {shown} cards", weight=shown)


def recovered(example: Example, output: Output) -> Iterator[Score]:
    """Score whether the portrait shows at the end what a signed-in shopper told of themselves."""
    if "recovered" in output and any(turn["act"] == "told" for turn in output["turns"]):
        told = example.given["goal"]["told"]
        what = f"told {told['kind']}:{told['value']}; the portrait has {output['portrait']}"
        yield Score("recovered_preferences", float(output["recovered"]), what)


SCORERS = (goal_reached, course, must_haves_honoured, constraint_recall, right_thing, recovered)
