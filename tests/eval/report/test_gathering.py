"""What a report tells is what was kept: newest runs, bars with their doubt, changes that stay, worst examples."""

import pytest

from eval.harness.book import RunBook
from eval.report.gathering import NothingKept, _met, gathered


@pytest.fixture(scope="module")
def report(book):
    return gathered(book, worst=5)


def told(report, task):
    return next(one for one in report.tasks if one.run.task == task)


def test_each_task_is_told_by_its_newest_run_the_worthless_first(report, book):
    assert [one.run.task for one in report.tasks] == ["dead", "visits", "chances"]
    assert told(report, "visits").run == book.runs("visits")[0]
    assert [one.run.task for one in report.worthless] == ["dead"]


def test_what_got_worse_is_found_and_outlasts_looking_at_all_figures(report):
    (worse,) = report.changes("worse")
    assert (worse.task, worse.name, worse.stays, worse.met) == ("visits", "success", True, "missed")
    assert worse.change.difference == worse.change.after - worse.change.before < 0
    assert report.changes("better") == []


def test_the_worst_come_first_and_those_without_an_answer_before_them(report, book):
    one = told(report, "visits")
    assert one.short == 6 + 27
    assert [case.judged.answered for case in one.cases] == [False] * 5
    longer = told(gathered(book, worst=40), "visits")
    wrong = [case for case in longer.cases if case.judged.answered]
    assert all(case.judged.short == ("success",) for case in wrong[:27])
    assert all(case.row["id"] == case.judged.id for case in longer.cases)


def test_what_else_changed_is_named(report):
    assert told(report, "visits").changed == ()
    assert told(report, "chances").before is None and not told(report, "chances").compared


@pytest.mark.parametrize(
    ("value", "interval", "bar", "better", "met"),
    [
        (0.95, (0.92, 0.99), 0.9, "more", "met"),
        (0.95, (0.85, 0.99), 0.9, "more", "met_unsure"),
        (0.85, (0.80, 0.92), 0.9, "more", "missed_unsure"),
        (0.85, (0.80, 0.88), 0.9, "more", "missed"),
        (0.0, (0.0, 0.02), 0.0, "less", "met_unsure"),
        (0.0, None, 0.0, "less", "met"),
        (3.0, None, 0.0, "less", "missed"),
        (1.0, (0.5, 1.5), 2.0, "less", "met"),
    ],
)
def test_a_bar_is_told_with_its_doubt(value, interval, bar, better, met):
    assert _met(value, interval, bar, better) == met


def test_only_the_tasks_asked_for_are_told(book, tmp_path):
    assert [one.run.task for one in gathered(book, tasks=["chances"], worst=1).tasks] == ["chances"]
    with pytest.raises(NothingKept, match="python -m eval TASK"):
        gathered(RunBook(tmp_path), worst=1)
    with pytest.raises(NothingKept, match="of nothing"):
        gathered(book, tasks=["nothing"], worst=1)
