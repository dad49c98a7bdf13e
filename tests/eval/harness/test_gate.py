"""The gate: lets equal runs through, holds worthless ones, missed bars and real regressions, and forgets no words."""

import gzip
from argparse import Namespace
from functools import partial

import numpy as np
import pytest
from rich.console import Console

from eval.harness.book import Run, RunBook
from eval.harness.everything import planned, run_all
from eval.harness.gate import accept, accepted, findings
from eval.harness.metrics import Metric, measured
from eval.harness.reducers import total

METRICS = (
    Metric("success", of="s", bar=0.8),
    Metric("lies", of="lie", reduce=total, better="less", bar=0),
    Metric("reply_p50_ms", of="ms", better="less"),
)


def played(chance, share=0.9, lies=0, ms=100.0, count=80, status="done"):
    rows = [
        {
            "id": str(n),
            "cluster": "",
            "trial": 0,
            "given": {"message": "my secret wish"},
            "output": {"turns": []},
            "scores": [
                {"name": "s", "value": float(chance.random() < share), "explanation": "said so", "weight": 1.0},
                {"name": "lie", "value": float(n < lies), "explanation": "", "weight": 1.0},
                {"name": "ms", "value": ms * chance.random(), "explanation": "", "weight": 1.0},
            ],
        }
        for n in range(count)
    ]
    metrics, intervals = measured(METRICS, rows, seed=1)
    return Run(id="r", task="t", data="demo", key="k", status=status, metrics=metrics, intervals=intervals), rows


def found(run_and_rows, folder):
    run, rows = run_and_rows
    return [(one.figure, one.task) for one in findings(run, rows, METRICS, before=accepted(run, folder=folder))]


def test_a_run_like_the_accepted_one_passes_and_a_worse_one_does_not(tmp_path):
    chance = np.random.default_rng(1)
    accept(*played(chance, share=0.95), folder=tmp_path)
    assert found(played(chance, share=0.95), tmp_path) == []
    assert found(played(chance, share=0.95, ms=10_000), tmp_path) == []  # the machine's figures are not gated
    assert ("success", "t") in found(played(chance, share=0.7), tmp_path)


def test_noise_alone_hardly_ever_holds_a_run(tmp_path):
    chance = np.random.default_rng(2)
    accept(*played(chance, share=0.9), folder=tmp_path)
    assert sum(bool(found(played(chance, share=0.9), tmp_path)) for _ in range(60)) <= 6


def test_a_bar_is_missed_by_the_interval_and_a_count_by_one(tmp_path):
    chance = np.random.default_rng(3)
    assert found(played(chance, share=0.79, count=30), tmp_path) == []  # perhaps it is 0.8
    assert ("success", "t") in found(played(chance, share=0.5), tmp_path)
    assert ("lies", "t") in found(played(chance, lies=1), tmp_path)


def test_a_bar_that_was_missed_before_holds_nobody_up_until_it_gets_worse(tmp_path):
    chance = np.random.default_rng(6)
    accept(*played(chance, share=0.6, lies=2), folder=tmp_path)
    assert found(played(chance, share=0.6, lies=2), tmp_path) == []
    assert ("lies", "t") in found(played(chance, share=0.6, lies=3), tmp_path)
    assert ("success", "t") in found(played(chance, share=0.3, lies=2), tmp_path)


def test_figures_of_a_part_are_held_against_the_same_part(tmp_path):
    part = Metric("odd", of="s", where=lambda row: row["given"]["message"] == "odd")
    run, rows = played(np.random.default_rng(7), share=1.0)
    rows = [row | {"given": {"message": "odd" if int(row["id"]) % 2 else "even"}} for row in rows]
    accept(run, rows, folder=tmp_path)
    worse = [row | {"scores": [row["scores"][0] | {"value": 0.0}]} if int(row["id"]) % 2 else row for row in rows]
    assert [one.figure for one in findings(run, worse, [part], before=accepted(run, folder=tmp_path))] == ["odd"]
    assert findings(run, rows, [part], before=accepted(run, folder=tmp_path)) == []


def test_a_worthless_run_does_not_pass_whatever_its_figures_say(tmp_path):
    run, rows = played(np.random.default_rng(4), status="failed")
    assert len(findings(run, rows, METRICS, before=[])) == 1


def test_what_is_accepted_holds_scores_and_nothing_that_was_said(tmp_path):
    run, rows = played(np.random.default_rng(5))
    path = accept(run, rows, folder=tmp_path)
    text = gzip.decompress(path.read_bytes()).decode()
    assert "secret" not in text and "said so" not in text
    assert [row["id"] for row in accepted(run, folder=tmp_path)] == [row["id"] for row in rows]
    first = path.read_bytes()
    assert accept(run, rows, folder=tmp_path).read_bytes() == first  # the same scores, the same file
    assert accepted(Run(id="r", task="t", data="other", key="k"), folder=tmp_path) == []


@pytest.mark.parametrize("kind", ["quick", "sampled", "full"])
def test_every_planned_command_is_one_that_the_parser_takes(kind):
    from eval.__main__ import parser

    tasks = planned(kind)
    assert tasks
    for task in tasks:
        args = parser(task.name).parse_args([task.name, *task.words])
        assert args.task == task.name


def test_every_task_is_planned_or_timed_by_the_benchmarks():
    from eval.__main__ import TASKS

    assert {task.name for task in planned("full")} == set(TASKS) - {"bench"}


def test_a_task_whose_data_is_not_there_is_named_and_not_run(tmp_path, monkeypatch, capsys):
    plan = tmp_path / "plan.toml"
    plan.write_text('[[task]]\nname = "retrieval"\ndata = "esci-us"\nquick = []\n', encoding="utf-8")
    monkeypatch.setattr("eval.harness.everything.planned", partial(planned, plan=plan))
    args = Namespace(kind="quick", data_in=tmp_path, out=tmp_path, gate=True)
    assert run_all(args, RunBook(tmp_path / "runs"), Console(width=200), task_named=lambda _name: None) == 0
    assert "it needs the folder 'esci-us'" in capsys.readouterr().out
