"""Figures are written so that other code can compute them again."""

import json

from eval.__main__ import main
from eval.result import Result, write


def test_figures_and_rows_are_written(tmp_path):
    rows = [{"what": "纸", "score": 1.0}]
    path = write(Result(task="t", data="demo", metrics={"a": 0.5}, intervals={"a": (0.4, 0.6)}, rows=rows), tmp_path)
    report = json.loads(path.read_text(encoding="utf-8"))
    assert report["metrics"] == {"a": 0.5} and report["intervals"] == {"a": [0.4, 0.6]}
    assert set(report) == {"task", "data", "metrics", "intervals", "settings", "commit", "seconds"}
    assert [json.loads(line) for line in (tmp_path / "t.rows.jsonl").read_text(encoding="utf-8").splitlines()] == rows


def test_a_folder_that_is_not_there_is_named(capsys):
    assert main(["retrieval", "--data", "/nowhere/at/all"]) == 2
    assert "/nowhere/at/all" in capsys.readouterr().err
