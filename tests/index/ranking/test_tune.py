import json

import pytest

from index.build import RANKING
from index.errors import BadJudgments
from index.ranking.tune import read_judgments, tune

JUDGED = {
    "red mug": {"mug-red": 1.0, "mug-blue": 0.1},
    "blue mug": {"mug-blue": 1.0, "mug-red": 0.1},
    "dress": {"dress": 1.0},
    "winter coat": {"coat": 1.0},
    "headphones": {"phones": 1.0},
    "yoga": {"mat": 1.0, "gone": 1.0},
}


@pytest.fixture
def judgments(tmp_path):
    path = tmp_path / "judgments.jsonl"
    path.write_text("".join(json.dumps({"query": q, "ratings": r}) + "\n" for q, r in JUDGED.items()))
    return path


def test_tuned_weights_are_used_at_the_next_opening(shop, open_index, judgments, tmp_path):
    report = tune(shop, judgments, out=tmp_path / RANKING)
    assert (report.queries, report.unknown_products) == (6, 1)
    assert 0 <= report.after <= 1 and "nDCG@10" in str(report)
    assert open_index().searcher.ranking.trained_on == "judgments.jsonl: 6 queries"


@pytest.mark.parametrize(
    "line", ["{", '{"query": "x"}', '{"query": "", "ratings": {}}', '{"query": "x", "ratings": {"a": 7}}']
)
def test_a_bad_line_is_named(judgments, line):
    with judgments.open("a") as file:
        file.write(line + "\n")
    with pytest.raises(BadJudgments, match="line 7"):
        read_judgments(judgments)


def test_too_few_judgments_are_refused(tmp_path):
    path = tmp_path / "few.jsonl"
    path.write_text('{"query": "x", "ratings": {"a": 1}}\n')
    with pytest.raises(BadJudgments, match="holds 1 queries"):
        read_judgments(path)
    with pytest.raises(BadJudgments, match="cannot be read"):
        read_judgments(tmp_path / "absent.jsonl")
