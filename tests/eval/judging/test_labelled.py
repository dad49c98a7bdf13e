"""The labelled set: what it promises in its header, and what is made of it."""

import json
from collections import Counter

import pytest

from eval.judging import cases
from eval.judging.criteria import CRITERIA
from eval.judging.script import language_of


def test_the_header_says_who_labelled_and_how():
    header = json.loads(cases.LABELLED.read_text(encoding="utf-8").splitlines()[0])
    assert "by the project's authors" in header["written"] and set(header["labels"]) == set(CRITERIA)


def test_every_line_is_labelled_by_every_criterion():
    lines = cases.labelled()
    assert len(lines) == len({line["id"] for line in lines}) == 80
    for line in lines:
        for name, criterion in CRITERIA.items():
            assert criterion.number_of(line["labels"][name]) is not None, (line["id"], name)
        assert language_of(line["message"]) in (line["language"], ""), line["id"]
        assert line["fault"] or line["labels"]["helpful"] == "yes"
    assert Counter(line["language"] for line in lines) == {"en": 40, "zh": 40}
    labels = Counter(line["labels"]["helpful"] for line in lines)
    assert 0.35 <= labels["yes"] / 80 <= 0.65


def test_the_faults_are_of_seven_kinds_in_both_languages():
    faults = {(line["fault"], line["language"]) for line in cases.labelled() if line["fault"]}
    assert len({fault for fault, _ in faults}) == 7 and len(faults) == 14


@pytest.mark.parametrize("kind", [cases.replies, cases.pairs, cases.padded, cases.identical])
def test_examples_of_a_kind_have_ids_of_their_own_and_are_drawn_by_question(kind):
    made = list(kind(cases.labelled()))
    assert len({one.id for one in made}) == len(made) == (80 if kind is cases.replies else 20)
    assert len({one.cluster for one in made}) == 20


def test_pairs_are_of_a_better_and_a_worse_reply_of_every_fault_that_judging_finds():
    worth = {(line["question"], line["reply"]): line["labels"]["overall"] for line in cases.labelled()}
    made = list(cases.pairs(cases.labelled()))
    for one in made:
        assert worth[one.cluster, one.given["reply"]] > worth[one.cluster, one.given["other"]]
    assert len({one.given["fault"] for one in made}) >= 5


def test_padding_adds_nothing_but_length():
    for one in cases.padded(cases.labelled()):
        assert one.given["other"].startswith(one.given["reply"])
        assert len(one.given["other"]) > 1.3 * len(one.given["reply"])
