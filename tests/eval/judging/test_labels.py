"""Labels: read from everybody's file, the last word counts, and what is none is named and left out."""

import json

from eval.judging.criteria import CRITERIA
from eval.judging.labels import by_place, pairs_of, read_labels


def line(**changed):
    known = {"run": "R1", "row": "a", "turn": 0, "labeller": "mei", "criterion": "helpful", "label": "yes", "at": "now"}
    return json.dumps(known | changed)


def test_the_last_word_of_each_person_counts(tmp_path):
    (tmp_path / "mei.jsonl").write_text("\n".join([line(), line(label="no"), line(turn=1)]) + "\n")
    (tmp_path / "jo.jsonl").write_text(line(labeller="jo", label=True) + "\n")
    labels, rejected = read_labels(tmp_path)
    assert rejected == [] and len(labels) == 3
    assert by_place(labels)["R1", "a", 0]["helpful"] == {"mei": 0.0, "jo": 1.0}
    assert list(pairs_of({"mei": 0.0, "jo": 1.0, "ann": 1.0})) == [(1.0, 1.0), (1.0, 0.0), (1.0, 0.0)]


def test_what_is_no_label_is_named_and_left_out(tmp_path):
    bad = [line(criterion="taste"), line(label="maybe"), "{", "[1]", line(turn="x"), json.dumps({"run": "R1"})]
    (tmp_path / "mei.jsonl").write_text("\n".join([*bad, line()]) + "\n")
    labels, rejected = read_labels(tmp_path)
    assert len(labels) == 1 and len(rejected) == len(bad)
    assert "line 1 of mei.jsonl" in rejected[0] and "'taste'" in rejected[0] and "'maybe'" in rejected[1]


def test_nobody_has_labelled_yet(tmp_path):
    assert read_labels(tmp_path / "absent") == ([], [])


def test_labels_have_several_spellings():
    yes_no, stars = CRITERIA["helpful"], CRITERIA["overall"]
    assert [yes_no.number_of(said) for said in ("yes", "Yes", True, "是", "good", 1, 2)] == [1.0] * 6 + [None]
    assert [stars.number_of(said) for said in (1, "5", 3.0, 6, "", None)] == [0.0, 4.0, 2.0, None, None, None]
    assert (
        yes_no.word_of(0.5) == "between no and yes"
        and stars.word_of(4.0) == "5"
        and stars.word_of(2.5) == "between 3 and 4"
    )
