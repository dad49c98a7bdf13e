"""Ways of wearing a wish out keep what is wished, and each does something."""

import random
import unicodedata

import pytest

from eval.robustness.wearing import KINDS, LONG
from eval.robustness.wishes import Wish, wishes
from eval.shops import demo_products
from eval.visits.goals import Shelves
from eval.visits.must_haves import MustHave

WISHES = {
    "en": Wish(
        id="en-00",
        language="en",
        text="do you have a navy wall clock under $40?",
        core="navy wall clock under $40",
        path="",
        musts=(MustHave("budget", "4000"),),
    ),
    "zh": Wish(
        id="zh-00",
        language="zh",
        text="有没有黑色的挂钟，40美元以内？",
        core="黑色的挂钟，40美元以内",
        path="",
        musts=(),
    ),
}
CASES = [(language, kind) for language, kinds in KINDS.items() for kind in kinds]


@pytest.mark.parametrize(("language", "kind"), CASES)
def test_a_worn_wish_is_another_text_that_is_the_same_for_the_same_chance(language, kind):
    wear, wish = KINDS[language][kind], WISHES[language]
    worn = [wear(wish, random.Random(3)) for _ in range(2)]
    assert worn[0] == worn[1] != wish.text


@pytest.mark.parametrize(("language", "kind"), [case for case in CASES if case[1] not in ("typos", "traditional")])
def test_every_letter_of_the_wish_is_still_there(language, kind):
    wish = WISHES[language]
    worn = KINDS[language][kind](wish, random.Random(5))
    plain = "".join(c for c in unicodedata.normalize("NFKC", worn) if c.isalnum()).lower()
    asked = wish.core if kind == "mixed" else wish.text
    assert "".join(c for c in asked if c.isalnum()).lower() in plain


def test_there_are_a_dozen_kinds_in_each_language():
    assert all(len(kinds) >= 12 for kinds in KINDS.values())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_very_long_message_is_very_long(language):
    for kind in ("long_before", "long_after"):
        assert len(KINDS[language][kind](WISHES[language], random.Random(1))) > LONG


def test_wishes_are_of_different_things_and_the_same_for_a_seed():
    shelves = Shelves(demo_products())
    drawn = [wishes(shelves, language="en", count=12, seed=5) for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert len({wish.path for wish in drawn[0]}) == 12
