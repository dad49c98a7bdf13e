"""The command names what it cannot use, and every task that it lists is there under its own name and promise."""

import pytest

from eval.__main__ import TASKS, main, task_named
from eval.harness.metrics import Metric


def test_a_folder_that_is_not_there_is_named(capsys):
    assert main(["retrieval", "--data", "/nowhere/at/all"]) == 2
    assert "/nowhere/at/all" in capsys.readouterr().err


@pytest.mark.parametrize("name", TASKS)
def test_a_task_is_what_its_name_says_and_no_figure_is_told_twice(name):
    task = task_named(name)
    assert (task.name, task.promise) == (name, TASKS[name])
    names = [metric.name for metric in task.metrics]
    assert len(names) == len(set(names)) and all(isinstance(metric, Metric) for metric in task.metrics)


def test_a_stand_ins_runs_are_of_the_task_behind_it():
    assert task_named("grounding_liar") is task_named("grounding")
