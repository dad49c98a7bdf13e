"""Kept runs to report: a task that talks, one that gives chances, and one whose model is dead, all played for real."""

import argparse
import json
from contextlib import contextmanager

import pytest

from assistant.llm.scripted import ScriptedEngine
from eval.harness import reducers
from eval.harness.book import RunBook
from eval.harness.metrics import Metric
from eval.harness.running import run
from eval.harness.scores import NoAnswer, Score
from eval.harness.task import Example, Stage, Task

HOSTILE = "</details><script>window.hacked=1</script><img src=http://elsewhere.invalid/x onerror=window.hacked=1>"


def turn(message, text, *, by="model", **given):
    """A turn as `eval.harness.turns` keeps it."""
    absent = dict.fromkeys(("comparison", "question", "cart", "proposed", "handoff"))
    said = [{"text": text, "by": by, "subject": "LAMP-1", "sources": ["product:LAMP-1#price"]}] if text else []
    plan = [{"subject": "LAMP-1", "facts": [["price", "$39.90"]]}]
    trace = {"search_ms": 12.5, "plan": plan, "rejected": ["It is the cheapest of all."], "prompts": ["answer.en"]}
    base = {"message": message, "language": "en", "intent": "find", "constraints": {"price_max": 5000}, "cards": []}
    return base | absent | {"sentences": said, "reply_ms": 123.4, "trace": trace} | given


class Visits(Stage):
    """Visits of two turns. Those of `bad` end wrong; every tenth says nothing at all; the third is hostile."""

    def __init__(self, count, bad):
        self._count, self._bad = count, bad

    @property
    def examples(self):
        return [Example(id=f"visit-{n}", given={"goal": f"lamp {n}"}) for n in range(self._count)]

    async def play(self, example, trial):
        number = int(example.id.partition("-")[2])
        if number % 10 == 9:
            raise NoAnswer("the visit broke off")
        text = HOSTILE if number == 3 else f"The Ember lamp costs $39.90, for the {number}th time."
        said = [turn(f"a lamp, please ({number})", text), turn("我要一盏灯" if number % 2 else HOSTILE, text)]
        return {"turns": said, "right": number not in self._bad, "words": len(text) + number}


def judge(_example, output):
    right = output["right"]
    yield Score("success", float(right), "the lamp was found" if right else f"no lamp came {HOSTILE}")
    yield Score("length", float(output["words"]), "letters said")


VISITS = (
    Metric("success", of="success", bar=0.8),
    Metric("mean_length", of="length", better="less"),
    Metric("turns", of="length", reduce=reducers.total, better=""),
)


class Chances(Stage):
    """Chances that come about as often as they say."""

    @property
    def examples(self):
        return [Example(id=str(n), given={"query": f"customer {n}"}) for n in range(40)]

    async def play(self, example, trial):
        return {"chance": int(example.id) / 40}


def chance(example, output):
    yield Score("buys", output["chance"], "by the model", truth=float(int(example.id) % 3 < 3 * output["chance"]))


def task(name, stage, scorer, metrics):
    @contextmanager
    def opened(_args):
        yield stage

    return Task(name=name, promise=f"how {name} go", opened=opened, scorers=(scorer,), metrics=metrics)


def play(book, *given):
    args = argparse.Namespace(task="x", seed=7, trials=None, fresh=True, runs=None, out=None, limit=None)
    return run(task(*given), args, book)[0]


@pytest.fixture(scope="session")
def book(tmp_path_factory):
    """A run book: `visits` twice, worse the second time; `chances` once; `dead`, whose model says nothing."""
    book = RunBook(tmp_path_factory.mktemp("runs"))
    path = book.of(play(book, "visits", Visits(60, bad={5}), judge, VISITS)) / "run.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"started": "2024-11-20T10:00:00+00:00"}))
    play(book, "visits", Visits(60, bad=set(range(20, 50))), judge, VISITS)
    play(book, "chances", Chances(), chance, (Metric("usual", of="buys", bar=0.3),))
    dead = Visits(3, bad=())
    dead.engine = ScriptedEngine(lambda _request: "")
    play(book, "dead", dead, judge, VISITS)
    return book
