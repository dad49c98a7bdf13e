"""Every line can be said in every mood and language, and no mood wears what must be so."""

import random

import pytest

from eval.visits.goals import things
from eval.visits.must_haves import MustHave
from eval.visits.phrases import MOODS, Phrases, lines, said

MUSTS = [
    MustHave("budget", "4000"),
    MustHave("colour", "Navy", "藏青色"),
    MustHave("size", "EU39"),
    MustHave("brand", "Nordvik"),
    MustHave("rating", "4"),
    MustHave("stock", "in stock"),
    MustHave("feature", "waterproof", "防水"),
    MustHave("material", "cotton", "棉"),
    MustHave("age", "5"),
    MustHave("without", "brand:Nordvik"),
]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("mood", MOODS)
@pytest.mark.parametrize("must", MUSTS, ids=lambda must: must.kind)
def test_what_must_be_so_is_legible_in_every_mood(language, mood, must):
    value = said(must, language)
    for seed in range(12):
        say = Phrases(language, mood, random.Random(seed))
        for text in (say.opening(things()["Shoes > Sandals"][0], [must], gift=False), say.state([must])):
            kept = say.in_mood(text, keep=[value])
            assert must.kind == "stock" or value in kept
            assert "{" not in kept


def test_both_languages_have_the_same_lines():
    shape = {language: {group: set(kinds) for group, kinds in lines()[language].items()} for language in ("en", "zh")}
    assert shape["en"] == shape["zh"]


def test_the_article_fits_the_word_that_follows():
    say = Phrases("en", "plain", random.Random(1))
    assert say._thing("a wall clock", ["olive"]) == "an olive wall clock"
    assert say._thing("an umbrella", ["navy"]) == "a navy umbrella"
    assert say._thing("sandals", ["olive"]) == "olive sandals"
