"""What kinds of thing products are called, as their titles tell."""

from index.catalogue.kinds import kinds
from index.product import Product, Variant, Words


def product(title, *path, chinese=""):
    words = {"en": Words(title=title, category=path)}
    if chinese:
        words["zh"] = Words(title=chinese, category=path)
    return Product(id=title, words=words, variants=(Variant(id="1"),))


MATS = [product(f"Nord {name} Yoga Mat", "Sport", "Yoga", chinese=f"Nord {name}系列 软木瑜伽垫") for name in "ABC"]
PACKS = [product(f"Tarn {name} Canvas Backpack", "Bags", "Backpacks") for name in "ABC"]
PLAIN = [product(f"Tarn {name} Backpack with Rain Cover", "Bags", "Backpacks") for name in "DEF"]


def test_a_name_stands_for_the_category_of_what_is_called_so():
    found = kinds(MATS)
    assert found["yoga mat"] == ("Yoga",) and found["软木瑜伽垫"] == ("Yoga",)


def test_half_of_a_name_that_nothing_is_called_alone_is_none():
    assert "mat" not in kinds(MATS)


def test_what_only_some_of_a_kind_are_called_is_no_name_of_it():
    found = kinds([*PACKS, *PLAIN])
    assert "backpack" in found and "canvas backpack" not in found


def test_what_many_categories_share_says_nothing():
    sets = [product(f"Brand {a}{b} Set", "Home", b) for a in "ABC" for b in ("Beds", "Pans", "Cups")]
    assert "set" not in kinds(sets) and "brand set" not in kinds(sets)


def test_what_follows_with_names_no_kind():
    assert not any("cover" in name for name in kinds(PLAIN))
