"""Judges that are scripts: honest, dead, canned, constant, led by place or by length."""

import argparse
import json
import re
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from assistant.llm.scripted import ScriptedEngine
from eval.harness.book import RunBook
from eval.harness.guard import PROBES
from eval.harness.running import run
from eval.harness.task import Task
from eval.judging import cases
from eval.judging.figures import METRICS, notes, of_checks, of_pairs, of_ratings
from eval.judging.guards import GUARDS
from eval.judging.stage import Court
from eval.tasks.judging import trials_of_a_judge

_FIELD = re.compile(r"^(?:(Shopper|顾客)|(Reply|回复)|(First|第一个)|(Second|第二个))[:：]\s*(.*)$", re.MULTILINE)


@dataclass
class Put:
    """What a judge was asked: the texts, and the choices it has."""

    message: str = ""
    reply: str = ""
    first: str = ""
    second: str = ""
    criterion: str = ""
    choices: tuple = ()


def put(request):
    text = request.messages[-1].content
    found = Put(choices=tuple(request.schema["properties"]["verdict"]["enum"]))
    for message, reply, first, second, value in _FIELD.findall(text):
        name = "message" if message else "reply" if reply else "first" if first else "second" if second else ""
        setattr(found, name, value)
    clear, overall = ("clear:", "清楚"), ("from 1", "1 是")
    if any(word in text for word in clear):
        found.criterion = "clear"
    else:
        found.criterion = "overall" if any(word in text for word in overall) else "helpful"
    return found


def answering(decide):
    """An engine that answers probes like a thinking model, and everything else with what `decide` returns of it."""

    def reply(request):
        if request.messages[-1].content in PROBES:
            return request.messages[-1].content[::-1]
        said = decide(put(request))
        return said if isinstance(said, str) else json.dumps({"verdict": said[0], "reason": said[1]})

    return ScriptedEngine(reply)


def word(asked, yes):
    """The choice that means yes or no, in whichever language and order."""
    return next(choice for choice in asked.choices if (choice in ("yes", "是")) == yes)


def place(asked, name):
    return asked.choices[("first", "second", "same").index(name)]


def honest(asked):
    """Says what the labels say; of two replies the one labelled better, the shorter where they are equally good."""
    lines = [one for one in cases.labelled() if one["message"] == asked.message]
    if asked.first:
        return place(asked, _better(asked, lines)), f"because of {asked.message}"
    (line,) = [one for one in lines if one["reply"] == asked.reply]
    label = line["labels"][asked.criterion]
    return (str(label) if asked.criterion == "overall" else word(asked, label == "yes")), f"because of {asked.reply}"


def _better(asked, lines):
    if asked.first == asked.second:
        return "same"
    worth = {one["reply"]: one["labels"]["overall"] for one in lines}
    ranks = [(worth.get(text, 3), -len(text)) for text in (asked.first, asked.second)]
    return "first" if ranks[0] > ranks[1] else "second"


def _longest(asked):
    if asked.first:
        return place(asked, "first" if len(asked.first) > len(asked.second) else "second"), f"{asked.message} is long"
    return honest(asked)


JUDGES = {
    "honest": honest,
    "dead": lambda asked: "",
    "talkative": lambda asked: "I think that both have their merits.",
    "canned": lambda asked: (honest(asked)[0], "It is a good reply."),
    "constant": lambda asked: (place(asked, "same") if asked.first else word(asked, True), f"Why not {asked.reply}"),
    "first": lambda asked: (asked.choices[0], f"{asked.message} {asked.reply} {asked.first}"),
    "place": lambda asked: (place(asked, "first"), f"The first of {asked.first}") if asked.first else honest(asked),
    "longest": _longest,
    "coin": lambda asked: (word(asked, hash_of(asked.reply) % 2 == 0), asked.reply) if asked.reply else honest(asked),
}


def hash_of(text):
    """A number that has nothing to do with how good a reply is, the same in every process."""
    return sum(text.encode()) // 7


@pytest.fixture
def judges():
    return JUDGES


@pytest.fixture
def book(tmp_path):
    return RunBook(tmp_path / "runs")


@pytest.fixture
def judged(book):
    """Return what a run says of the judge that decides so: the run and its rows."""

    def play(decide, *, criteria=("helpful", "clear"), limit=None, turns=(), run_file=None):
        args = argparse.Namespace(seed=7, trials=None, fresh=False, limit=limit)

        @contextmanager
        def opened(_args):
            court = Court(answering(decide), trials_of_a_judge(args), criteria=criteria)
            if turns:
                court.hear(turns, of="talks", rows=run_file)
            yield court

        task = Task(
            name="judging",
            promise="",
            opened=opened,
            scorers=(of_ratings, of_checks, of_pairs),
            metrics=METRICS,
            guards=GUARDS,
            notes=notes,
        )
        return run(task, args, book)

    return play
