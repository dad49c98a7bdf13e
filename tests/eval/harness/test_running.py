"""Runs: played, kept row by row, gone on with, told worthless where no model thinks."""

import argparse
import json
from contextlib import contextmanager

import pytest

from assistant.llm.scripted import ScriptedEngine
from eval.harness.book import NoSuchRun, RunBook
from eval.harness.guard import silent_or_canned
from eval.harness.metrics import Metric
from eval.harness.running import run
from eval.harness.scores import NoAnswer, Score
from eval.harness.task import Example, Stage, Task


class Sums(Stage):
    """Adds two numbers, wrongly where the first is 3; says nothing where it is 4; stops at `fails_at`."""

    def __init__(self, count, engine=None, fails_at=None):
        self.played, self._count, self.engine, self._fails_at = [], count, engine, fails_at

    @property
    def examples(self):
        return [Example(id=str(n), given={"a": n, "b": 1}) for n in range(self._count)]

    async def play(self, example, trial):
        if example.id == self._fails_at:
            raise KeyboardInterrupt
        self.played.append(example.id)
        if example.given["a"] == 4:
            raise NoAnswer("nothing was said")
        return {"sum": example.given["a"] + 1 + (example.given["a"] == 3)}


def right(example, output):
    wanted = example.given["a"] + example.given["b"]
    yield Score("right", float(output["sum"] == wanted), f"{output['sum']} where {wanted} is right")


METRICS = (Metric("accuracy", of="right"), Metric("strict", of="right", no_answer=0.0, bar=0.9))


def task(stage, **given):
    @contextmanager
    def opened(_args):
        yield stage

    return Task(name="sums", promise="adding", opened=opened, scorers=(right,), metrics=METRICS, **given)


@pytest.fixture
def book(tmp_path):
    return RunBook(tmp_path / "runs")


def arguments(**changed):
    return argparse.Namespace(**{"seed": 7, "trials": None, "fresh": False, "limit": None, **changed})


def test_no_answer_is_an_outcome_of_its_own(book):
    ended, rows = run(task(Sums(6)), arguments(), book)
    assert ended.metrics["accuracy"] == pytest.approx(4 / 5)
    assert ended.metrics["strict"] == pytest.approx(4 / 6)
    assert ended.metrics["right.no_answer_share"] == pytest.approx(1 / 6)
    (silent,) = [row for row in rows if row["id"] == "4"]
    assert silent["output"] == {"no_answer": "nothing was said"} and silent["scores"][0]["value"] is None
    (wrong,) = [row for row in rows if row["id"] == "3"]
    assert wrong["scores"][0]["explanation"] == "5 where 4 is right" and wrong["output"] == {"sum": 5}


def test_a_run_is_kept_with_what_its_figures_depend_on(book):
    ended, rows = run(task(Sums(6)), arguments(limit=6), book)
    (kept,) = book.runs()
    assert kept == book.named("sums") == book.named(ended.id) == ended
    assert list(book.rows(kept)) == rows
    assert kept.settings["seed"] == "7" and kept.settings["limit"] == "6"
    assert kept.prompts["answer.en"] and kept.machine["cores"] and kept.commit and kept.inputs["examples"]
    assert kept.bars["strict"] == {"better": "more", "bar": 0.9}
    with pytest.raises(NoSuchRun, match="eval runs"):
        book.named("nothing")


def test_a_stopped_run_goes_on_where_it_was(book):
    with pytest.raises(KeyboardInterrupt):
        run(task(Sums(6, fails_at="3")), arguments(), book)
    (stopped,) = book.runs()
    assert stopped.status == "running" and [row["id"] for row in book.rows(stopped)] == ["0", "1", "2"]
    path = book.of(stopped) / "rows.jsonl"
    path.write_text(path.read_text() + '{"id": "3", "half')  # as a killed process leaves it
    stage = Sums(6)
    ended, rows = run(task(stage), arguments(), book)
    assert ended.id == stopped.id and stage.played == ["3", "4", "5"]
    assert [row["id"] for row in book.rows(ended)] == [row["id"] for row in rows] == list("012345")


def test_other_settings_or_examples_begin_anew(book):
    with pytest.raises(KeyboardInterrupt):
        run(task(Sums(6, fails_at="3")), arguments(), book)
    for stage, given in ((Sums(5), {}), (Sums(6), {"seed": 8}), (Sums(6), {"fresh": True})):
        run(task(stage), arguments(**given), book)
        assert stage.played[0] == "0"
    assert len(book.runs()) == 4


def test_trials_play_every_example_again(book):
    _, rows = run(task(Sums(3)), arguments(trials=2), book)
    assert [(row["id"], row["trial"]) for row in rows] == [(i, t) for t in (0, 1) for i in "012"]


def test_examples_are_played_side_by_side_where_the_task_allows_it(book):
    ended, _ = run(task(Sums(6), at_once=4), arguments(), book)
    assert ended.metrics["accuracy"] == pytest.approx(4 / 5)


@pytest.mark.parametrize(
    ("engine", "found"),
    [
        (lambda: ScriptedEngine(lambda _: ""), "says nothing"),
        (lambda: ScriptedEngine(lambda _: "I am happy to help."), "says the same"),
        (lambda: ScriptedEngine([]), "does not answer"),
    ],
)
def test_an_engine_that_does_not_think_fails_the_run(book, engine, found):
    stage = Sums(6, engine=engine())
    ended, rows = run(task(stage), arguments(), book)
    assert ended.status == "failed" and found in ended.failures[0] and not rows and not stage.played


def test_an_engine_that_answers_is_let_through(book):
    stage = Sums(6, engine=ScriptedEngine(lambda request: request.messages[-1].content[::-1]))
    assert run(task(stage), arguments(), book)[0].status == "done"


def sentence(text, by):
    return {"text": text, "by": by, "subject": "P1", "sources": []}


@pytest.mark.parametrize(
    ("sentences", "found"),
    [
        ([sentence(f"It is {n}.", "record") for n in range(12)], "worded none of 12"),
        ([sentence("A fine lamp.", "model")] * 9 + [sentence("Red.", "model")] * 2, "are the same"),
        ([sentence(f"It is {n}.", "model") for n in range(12)], None),
        ([sentence("It is red.", "record")] * 3, None),
    ],
)
def test_silent_and_canned_models_are_found_in_what_was_said(sentences, found):
    rows = [{"output": {"turns": [{"sentences": [one]}]}} for one in sentences]
    told = list(silent_or_canned(rows))
    assert (found in told[0]) if found else told == []


def test_a_run_is_written_for_other_code_to_read(book, tmp_path):
    from eval.harness.commands import write

    ended, rows = run(task(Sums(6)), arguments(), book)
    path = write(ended, rows, tmp_path / "out")
    report = json.loads(path.read_text())
    assert set(report) >= {"task", "data", "metrics", "intervals", "settings", "commit", "seconds"}
    lines = (tmp_path / "out" / "sums.rows.jsonl").read_text().splitlines()
    assert [json.loads(line)["id"] for line in lines] == list("012345")


def test_a_stand_in_names_the_run_and_is_not_asked_whether_it_thinks(book):
    def never(_rows):
        yield "nothing was worded"

    stage = Sums(3)
    stage.stand_in, stage.probed = "liar", False
    ended, _ = run(task(stage, guards=(never,)), arguments(), book)
    assert (ended.task, ended.status) == ("sums_liar", "done") and book.named("sums_liar") == ended
    assert run(task(Sums(3), guards=(never,)), arguments(), book)[0].failures == ("nothing was worded",)


def test_notes_are_kept_and_told_with_the_settings(book, tmp_path):
    from eval.harness.commands import write

    ended, rows = run(task(Sums(3), notes=lambda rows: {"confusion": len(rows)}), arguments(), book)
    assert book.named(ended.id).notes == {"confusion": 3}
    assert json.loads(write(ended, rows, tmp_path).read_text())["settings"]["confusion"] == 3
