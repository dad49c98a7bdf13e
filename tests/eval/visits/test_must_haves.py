"""Must-haves against records: met, not met, or not said."""

import pytest

from eval.visits.must_haves import MustHave, features, materials, met, shades


@pytest.mark.parametrize(
    ("kind", "value", "product", "expected"),
    [
        ("budget", "3900", "A", True),
        ("budget", "3800", "A", False),
        ("colour", "Navy", "A", True),
        ("colour", "Blue", "A", True),
        ("colour", "Black", "A", False),
        ("brand", "Nordvik", "A", True),
        ("rating", "4", "A", True),
        ("rating", "4", "C", None),
        ("stock", "in stock", "A", True),
        ("stock", "in stock", "C", False),
        ("feature", "waterproof", "A", True),
        ("feature", "waterproof", "B", False),
        ("feature", "waterproof", "C", None),
        ("material", "cotton", "B", True),
        ("material", "cotton", "A", False),
        ("size", "M", "A", None),
        ("age", "3", "A", None),
        ("without", "brand:Nordvik", "A", False),
        ("without", "brand:Hearthwell", "A", True),
        ("without", "colour:Navy", "A", False),
        ("without", "material:cotton", "B", False),
        ("without", "material:wool", "B", True),
    ],
)
def test_the_record_decides(shelf, kind, value, product, expected):
    assert met(MustHave(kind, value), shelf[product], shelf[product].variants[0]) is expected


def test_leather_is_not_vegan_leather():
    assert materials()["leather"].pattern.search("full-grain leather")
    assert not materials()["leather"].pattern.search("vegan leather")


def test_the_tables_can_be_read():
    assert features()["waterproof"].attributes == ("Waterproof",)
    assert "Navy" in shades()["Blue"]
