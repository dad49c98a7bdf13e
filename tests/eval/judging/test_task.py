"""The command: which judge, by what, and whose turns; what cannot be is said in one sentence."""

import argparse
import json

import pytest

from assistant.errors import SettingError
from eval.__main__ import parser
from eval.harness.book import NoSuchRun, Run, RunBook
from eval.judging.cases import LABELLED
from eval.judging.checks import plain_turn
from eval.tasks.judging import TASK, opened


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SHOP_HOME", str(tmp_path))
    monkeypatch.setenv("SHOP_LLM", "openai:http://127.0.0.1:9#judge")
    return tmp_path


def arguments(**changed):
    known = {"judge": "", "criteria": "helpful", "run": None, "runs": None, "limit": None, "seed": 7}
    return argparse.Namespace(**known | changed)


def test_the_shops_own_model_judges_the_labelled_set(home):
    with opened(arguments()) as court:
        kinds = [example.given["kind"] for example in court.examples]
        assert [kinds.count(kind) for kind in ("reply", "pair", "padded", "identical", "turn")] == [80, 20, 20, 20, 0]
        assert court.engine.info.model == "judge" and court.inputs == (LABELLED,) and court.data == "labelled"


def test_another_model_is_named_as_a_shop_names_its_own(home):
    with opened(arguments(judge="openai:http://127.0.0.1:9#large", limit=5)) as court:
        assert court.settings["judge"] == "large" and len(court.examples) == 20


def test_a_limit_draws_the_same_examples_again(home):
    ids = []
    for _ in range(2):
        with opened(arguments(limit=6)) as court:
            ids.append([example.id for example in court.examples])
    assert ids[0] == ids[1] and len(set(ids[0])) == 24


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"judge": "no such model"}, "--judge='no such model'"),
        ({"criteria": "helpful,taste"}, "helpful,clear,overall"),
        ({"criteria": ""}, "--criteria"),
    ],
)
def test_what_cannot_be_is_said(home, changed, said):
    with pytest.raises(SettingError, match=said), opened(arguments(**changed)):
        pass


def test_the_turns_of_a_kept_run_are_heard_with_their_labels(home, capsys):
    book = RunBook(home / "eval" / "runs")
    run, _ = book.begin(Run(id="", task="talks", data="demo", key="k"))
    turns = [
        plain_turn("hi", "Hello!", "en") | {"trace": {"a": 1}},
        plain_turn("bye", "Bye!", "en") | {"trace": {"a": 1}},
    ]
    book.add(run, {"id": "v1", "trial": 0, "cluster": "", "output": {"turns": turns}})
    book.add(run, {"id": "v1", "trial": 1, "cluster": "", "output": {"turns": turns}})
    folder = home / "eval" / "labels"
    folder.mkdir()
    label = {"run": run.id, "row": "v1", "turn": 1, "labeller": "mei", "criterion": "helpful", "label": "no", "at": ""}
    (folder / "mei.jsonl").write_text(json.dumps(label) + "\n{}\n")
    with opened(arguments(run=run.id)) as court:
        heard = [example.given for example in court.examples if example.given["kind"] == "turn"]
        assert [dict(given["labels"]) for given in heard] == [{}, {"helpful": {"mei": 0.0}}, {}, {}]
        assert court.data == "labelled+talks" and court.inputs[1] == book.of(run) / "rows.jsonl"
    assert "line 2 of mei.jsonl" in capsys.readouterr().out
    with pytest.raises(NoSuchRun), opened(arguments(run="nothing")):
        pass


def test_the_command_knows_the_task():
    args = parser().parse_args(["judging", "--run", "conversations", "--limit", "3"])
    assert args.run == "conversations" and args.criteria == "helpful,clear" and args.runs is None
    assert {metric.name for metric in TASK.metrics} >= {
        "kappa",
        "accuracy_against_labels",
        "flips_share",
        "prefers_first_share",
        "prefers_longer_share",
        "identical_tie_share",
        "helpful_share",
        "trusted",
    }
