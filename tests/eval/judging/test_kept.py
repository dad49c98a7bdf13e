"""A kept run's turns: checked first, judged where no check fails, and held against what people said of them."""

import pytest

from eval.harness.book import Run
from eval.judging.checks import plain_turn
from eval.judging.kept import CARDS_TOLD, NothingSaid, turns_of
from eval.judging.labels import Label, by_place


def kept(message, reply, **changed):
    return plain_turn(message, reply, "en") | {"trace": {"reply_ms": 1}} | changed


RUN = Run(id="R1", task="talks", data="demo", key="k")


def rows(count, reply=lambda n: f"It costs ${n}.50."):
    return [
        {"id": f"v{n}", "trial": 0, "cluster": "", "output": {"turns": [kept(f"how much is number {n}?", reply(n))]}}
        for n in range(count)
    ]


def labels(count, *, by=("mei",), says=lambda n, who: float(n % 2)):
    return by_place(Label(("R1", f"v{n}", 0), who, "helpful", says(n, who)) for n in range(count) for who in by)


def on_labels(judges):
    """A judge that is honest on the labelled set and says yes to odd numbers on the run."""

    def decide(asked):
        if asked.message.startswith("how much is number"):
            return ("yes" if int(asked.message[19:-1]) % 2 else "no"), f"number {asked.message}"
        return judges["honest"](asked)

    return decide


@pytest.fixture
def file(tmp_path):
    (tmp_path / "rows.jsonl").write_text("{}\n")
    return tmp_path / "rows.jsonl"


def test_turns_are_told_with_what_was_shown_and_said_before():
    cards = [{"title": f"Lamp {n}", "price_text": f"${n}.00"} for n in range(9)]
    talk = [kept("a lamp", "", cards=cards), kept("第二个呢？", "有货。"), kept("12?", "有货。", language="zh")]
    found = list(turns_of(RUN, [{"id": "v", "trial": 0, "cluster": "", "output": {"turns": talk}}], {}))
    first, second, third = (example.given for example, _ in found)
    assert first["shown"].count("Lamp") == CARDS_TOLD and "Lamp 0, $0.00" in first["shown"] and first["reply"] == ""
    assert second["earlier"] == "a lamp" and second["language"] == "zh" and third["language"] == "zh"
    assert len({example.id for example, _ in found}) == 3 and {example.cluster for example, _ in found} == {"v"}


def test_what_is_proposed_put_in_the_cart_or_handed_over_is_part_of_the_reply():
    cart = {"lines": [{"title": "Lamp", "quantity": 2}], "total_text": "$20.00"}
    table = {"titles": ["Lamp A", "Lamp B"], "rows": [["Price", ["$5", "$6"]], ["Colour", ["red", "blue"]]]}
    talk = [
        kept("hi", "Done.", cart=cart),
        kept("hi", "", handoff={"text": "A person takes over."}),
        kept("hi", "", comparison=table),
    ]
    found = list(turns_of(RUN, [{"id": "v", "trial": 0, "cluster": "", "output": {"turns": talk}}], {}))
    assert [example.given["reply"] for example, _ in found] == [
        "Done. [$20.00: 2 × Lamp]",
        "A person takes over.",
        "[Lamp A / Lamp B. Price: $5 / $6; Colour: red / blue]",
    ]


def test_a_run_without_conversations_cannot_be_judged():
    with pytest.raises(NothingSaid, match="a task that talks"):
        list(turns_of(RUN, [{"id": "v", "output": {"no_answer": "x"}}], {}))


def test_a_judge_is_held_against_people_and_people_against_each_other(judged, judges, file):
    said = labels(30, by=("jo", "mei"), says=lambda n, who: float(n % 2) if who == "mei" or n < 25 else 0.0)
    turns = list(turns_of(RUN, rows(30), said))
    ended, played = judged(on_labels(judges), turns=turns, run_file=file)
    assert ended.failures == () and ended.data == "labelled+talks"
    assert ended.metrics["helpful_share"] == 0.5 and ended.metrics["labels.this_run"] == 60
    assert 0.85 < ended.metrics["kappa.this_run"] < 1 and 0.7 < ended.metrics["kappa.people"] < 1
    assert ended.metrics["kappa.people"] < ended.metrics["kappa.this_run"]
    assert ended.metrics["checks.format"] == 1 and "kappa.this_run" in ended.intervals
    (score,) = [one for one in played[-1]["scores"] if one["name"] == "helpful"]
    assert "says the judge: number" in score["explanation"] and "held against 60 labels" in score["explanation"]


def test_few_labels_are_said_to_be_not_trusted(judged, judges, file):
    turns = list(turns_of(RUN, rows(12), labels(3)))
    ended, played = judged(on_labels(judges), turns=turns, run_file=file)
    assert "kappa.this_run" not in ended.metrics and "kappa.people" not in ended.metrics
    assert "helpful: not trusted: 3 labels of this run" in ended.notes["remarks"]
    (score,) = [one for one in played[-1]["scores"] if one["name"] == "helpful"]
    assert score["explanation"].endswith("(not trusted: 3 labels)")


def test_what_fails_a_check_is_bad_whatever_a_judge_would_say(judged, judges, file):
    turns = list(turns_of(RUN, rows(12, reply=lambda n: "It costs {price}."), {}))
    asked = []

    def decide(put):
        asked.append(put.message)
        return on_labels(judges)(put)

    ended, played = judged(decide, turns=turns, run_file=file)
    assert ended.metrics["helpful_share"] == 0 and ended.metrics["checks.format"] == 0
    assert not [message for message in asked if message.startswith("how much is number")]
    (score,) = [one for one in played[-1]["scores"] if one["name"] == "helpful"]
    assert "say the checks" in score["explanation"] and "template" in score["explanation"]


def test_a_turn_that_shows_nothing_helps_nobody(judged, judges, file):
    turns = list(turns_of(RUN, rows(12, reply=lambda n: "" if n == 3 else "It costs $1.50."), {}))
    _, played = judged(on_labels(judges), turns=turns, run_file=file)
    (silent,) = [row for row in played if row["given"].get("row") == "v3"]
    (score,) = [one for one in silent["scores"] if one["name"] == "helpful"]
    assert score["value"] == 0 and "nothing was said or shown" in score["explanation"]
