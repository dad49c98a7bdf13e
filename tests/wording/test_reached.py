import pytest

from assistant.wording.evidence import Fact
from assistant.wording.reached import reached


def holds(key, label, fact, text, language="en"):
    return bool(reached([Fact(key, label, fact, "x")], text, language))


@pytest.mark.parametrize(
    ("key", "label", "fact", "text"),
    [
        ("price", "Price", "$24.50", "It costs $24.50."),
        ("rating", "Rating", "4.6 out of 5", "It is rated 4.6 stars."),
        ("rating_count", "Ratings", "4,340", "It has 4340 ratings."),
        ("weight", "Weight", "340 g", "It weighs 12 oz."),
        ("material", "Material", "Recycled polyester", "It is made from recycled polyester."),
        ("vegan", "Vegan", "Yes", "It is vegan."),
        ("machine_washable", "Machine washable", "No", "It is not machine washable."),
        ("highlight", "Highlight", "Solvent-resistant handle", "It has a solvent-resistant handle."),
    ],
)
def test_a_sentence_holds_the_fact(key, label, fact, text):
    assert holds(key, label, fact, text)


@pytest.mark.parametrize(
    ("key", "label", "fact", "text"),
    [
        ("rating_count", "Ratings", "4", "It is rated 4.6 out of 5 and costs $26.50."),
        ("price", "Price", "$24.50", "It is black."),
        ("vegan", "Vegan", "Yes", "It is red."),
        ("machine_washable", "Machine washable", "No", "It is red."),
        ("material", "Material", "Recycled polyester", "It is a jacket."),
    ],
)
def test_a_sentence_does_not_hold_the_fact(key, label, fact, text):
    assert not holds(key, label, fact, text)


def test_chinese():
    assert holds("light", "光线", "暖白光，可调光", "它是暖白光，还可调光。", "zh")
    assert not holds("light", "光线", "暖白光，可调光", "它是黑色的。", "zh")
