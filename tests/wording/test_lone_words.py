"""A word that means one thing in a compound and another alone is held to the one that the record says."""

from assistant.wording.evidence import Fact, Subject
from assistant.wording.verify import verify

LOTION = Subject(
    "lotion",
    "product",
    "Almond Body Lotion",
    (Fact("cruelty-free", "Cruelty-free", "Yes", "p#cruelty-free"),),
    "It makes a gift for many.",
)


def test_cruelty_free_is_no_free_gift():
    assert verify("The Almond Body Lotion comes with a free gift.", LOTION, language="en")
    assert not verify("The Almond Body Lotion is cruelty-free.", LOTION, language="en")
