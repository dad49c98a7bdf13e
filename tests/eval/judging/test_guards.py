"""Judges that are worth nothing fail the run, each for what is wrong with it; an honest one is let through."""

import re
from io import StringIO

import pytest
from rich.console import Console

from eval.harness.commands import show


def test_an_honest_judge_is_let_through(judged, judges):
    ended, _ = judged(judges["honest"], criteria=("helpful", "clear", "overall"))
    assert ended.failures == () and ended.status == "done"
    for name in ("kappa", "kappa.en", "kappa.zh", "kappa.clear", "kappa.overall", "accuracy_against_labels", "trusted"):
        assert ended.metrics[name] == pytest.approx(1.0), name
    assert ended.metrics["flips_share"] == ended.metrics["prefers_longer_share"] == ended.metrics["turned_share"] == 0
    assert ended.metrics["pairs_right_share"] == ended.metrics["identical_tie_share"] == 1
    assert ended.metrics["identical_said_same_share"] == 1 and ended.metrics["prefers_first_share"] == 0.5
    assert ended.metrics["labels"] == 78  # two of eighty are in the wrong language, which is for the checks to say
    assert "κ 1.00" in ended.notes["remarks"][0]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("dead", "gave no verdict on"),
        ("talkative", "gave no verdict on"),
        ("canned", "the same reason for"),
        ("constant", "says 'yes' to 'helpful' of 78 of 78 replies"),
        ("first", "may be chance"),
        ("place", "turned with their order in 20 of 20"),
        ("longest", "empty phrases added in 20 of 20"),
        ("coin", "may be chance"),
    ],
)
def test_a_worthless_judge_fails_the_run(judged, judges, name, found):
    ended, _ = judged(judges[name])
    assert ended.status == "failed" and any(found in sentence for sentence in ended.failures), ended.failures


def test_what_follows_the_order_of_choices_agrees_with_nobody(judged, judges):
    ended, _ = judged(judges["first"])
    assert ended.metrics["turned_share"] == 1 and ended.metrics["accuracy_against_labels"] == 0
    assert ended.metrics["prefers_first_share"] == 1 and ended.metrics["flips_share"] == 1
    assert ended.metrics["identical_tie_share"] == 1 and ended.metrics["identical_said_same_share"] == 0
    assert ended.metrics["trusted"] == 0


def test_a_dead_judge_has_no_figures_of_agreement(judged, judges):
    ended, _ = judged(judges["dead"])
    assert "kappa" not in ended.metrics and "trusted" not in ended.metrics
    assert ended.metrics["helpful.right.no_answer_share"] == 1


def test_few_labels_are_not_trusted_and_fail_nothing(judged, judges):
    ended, _ = judged(judges["coin"], limit=12)
    assert ended.failures == () and "kappa" not in ended.metrics and ended.metrics["trusted"] == 0
    assert "not trusted: " in ended.notes["remarks"][0]


def test_how_far_a_judge_is_trusted_is_printed_under_its_figures(judged, judges):
    ended, _ = judged(judges["coin"], limit=12)
    printed = StringIO()
    show(ended, Console(file=printed, width=200))
    assert re.search(r"^helpful: not trusted: 1\d hand labels of the labelled set$", printed.getvalue(), re.MULTILINE)
