from hypothesis import given, settings
from hypothesis import strategies as st

from index.words.text import folded, is_chinese, measures, stem, tokens, words


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


@settings(deadline=None)  # the first Chinese loads a dictionary
@given(st.text())
def test_any_text_has_tokens_without_spaces(text):
    assert all(token and " " not in token for token in tokens(text))


def test_plurals_and_cases_meet():
    assert stem("dresses") == stem("dress")
    assert tokens("WOMEN'S Shoes") == tokens("women shoe")
    assert stem("knives") == stem("knife")


def test_a_measure_is_the_same_in_every_unit():
    same = ['12"', "12 inch", "12-inch", "1 ft", "1 foot", "30.48 cm"]
    assert {next(measures(words(text))) for text in same} == {"=304.8mm"}
    assert set(measures(words("500ml"))) == set(measures(words("0.5 L"))) == set(measures(words("0.5升"))) == {"=500ml"}
    assert set(measures(words("1/2 inch"))) == set(measures(words("½ inch"))) == {"=12.7mm"}


def test_a_division_by_nothing_is_no_measure():
    assert list(measures(words("1/0 inch"))) == []


def test_chinese_is_segmented():
    assert "连衣裙" in words("红色连衣裙") and "红色" in words("红色连衣裙")
    assert is_chinese("红色") and not is_chinese("café")
