"""What tests of evaluations share: a task played as the command plays it, and rows made of one output."""

from __future__ import annotations

import argparse
from dataclasses import asdict

import pytest

from eval.__main__ import add_common
from eval.harness.book import RunBook
from eval.harness.metrics import measured
from eval.harness.running import run


@pytest.fixture
def play(tmp_path):
    """Play a task with the arguments that its command has, some of them given; return the run and its rows."""

    def played(task, data=None, **given):
        parser = argparse.ArgumentParser()
        add_common(parser)
        task.add_arguments(parser)
        args = argparse.Namespace(
            **{"task": task.name, **vars(parser.parse_args([])), "data": data, "out": tmp_path / "out", **given}
        )
        return run(task, args, RunBook(tmp_path / "runs"))

    return played


@pytest.fixture
def figures_of():
    """Return the figures of outputs without playing them: pairs of an example and an output."""

    def figures(task, *pairs):
        rows = [
            {"id": example.id, "cluster": example.cluster, "trial": 0, "given": dict(example.given), "output": output}
            | {"scores": [asdict(score) for score in task.scored(example, output)]}
            for example, output in pairs
        ]
        return measured(task.metrics, rows, seed=7)

    return figures
