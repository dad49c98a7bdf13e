"""Planted faults, on a toy task: caught where they show, not found where they do not, no alarm without one."""

import argparse
import asyncio
from contextlib import contextmanager
from unittest.mock import patch

import pytest

from eval.faults.fault import Fault
from eval.faults.stage import planting
from eval.harness.metrics import Metric
from eval.harness.scores import Score
from eval.harness.task import Example, Stage, Task
from eval.tasks.faults import FAULTS, TASK, verdict


class Adder:
    """What is judged."""

    bias = 0


class Sums(Stage):
    @property
    def examples(self):
        return [Example(id=str(n), given={"a": n}) for n in range(20)]

    async def play(self, example, trial):
        return {"sum": example.given["a"] + Adder.bias}


def right(example, output):
    yield Score("right", float(output["sum"] == example.given["a"]), f"{output['sum']}")


def asked(name, words):
    @contextmanager
    def opened(_args):
        yield Sums()

    guards = () if "--guard" not in words else (lambda rows: ["worthless"] if Adder.bias else [],)
    metrics = (Metric("accuracy", of="right", bar=0.5),) if "--guard" not in words else ()
    task = Task(name=name, promise="", opened=opened, scorers=(right,), metrics=metrics, guards=guards)
    return task, argparse.Namespace(seed=1, trials=None, fresh=True)


def fault(name, words=(), bias=1):
    return Fault(name=name, harm="", task="sums", words=words, planted=lambda: patch.object(Adder, "bias", bias))


def played(*faults):
    with planting(faults, asked) as stage:
        return {one.id: (one, asyncio.run(stage.play(one, 0))) for one in stage.examples}


def test_a_fault_that_makes_a_figure_worse_is_caught_and_gone_afterwards():
    found = played(fault("wrong"))
    example, output = found["wrong"]
    assert output["before"] == {"accuracy": 1.0} and output["after"] == {"accuracy": 0.0}
    caught = {score.name: score.value for score in verdict(example, output)}
    assert caught == {"planted": 1.0, "caught": 1.0} and Adder.bias == 0


def test_a_fault_that_a_guard_finds_is_caught():
    _, output = played(fault("worthless", words=("--guard",)))["worthless"]
    assert output["found"][0]["why"] == "worthless"


def test_a_fault_without_effect_is_not_called_caught():
    example, output = played(fault("harmless", bias=0))["harmless"]
    assert {score.name: score.value for score in verdict(example, output)}["caught"] == 0.0


def test_runs_without_a_fault_raise_no_alarm():
    example, output = played(fault("wrong"))["no fault: sums "]
    assert [(score.name, score.value) for score in verdict(example, output)] == [("false_alarm", 0.0)]


def test_there_are_twenty_faults_and_each_can_be_switched_on_and_off():
    assert len(FAULTS) >= 20 and len({one.name for one in FAULTS}) == len(FAULTS)
    for one in FAULTS:
        with one.planted():
            pass
    assert TASK.metrics[2].bar == 1.0


@pytest.mark.parametrize("one", FAULTS, ids=lambda one: one.name)
def test_every_fault_is_judged_by_a_command_that_the_parser_takes(one):
    from eval.__main__ import parser

    assert parser(one.task).parse_args([one.task, *one.words]).task == one.task
