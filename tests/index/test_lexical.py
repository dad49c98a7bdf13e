import pytest

from index.lexical import Entry, WordIndex
from index.product import Product, Variant, Words
from index.ranking.cards import make_card, pack, unpack


@pytest.fixture
def words(tmp_path):
    index = WordIndex(tmp_path / "words")
    index.put({"a": entry("Red running shoes"), "b": entry("Blue dress shoes"), "c": entry("红色连衣裙")})
    return index


def entry(title):
    product = Product(id="any", words={"en": Words(title=title)}, variants=(Variant(id="any"),))
    return Entry(title, title, make_card(product))


def test_the_words_that_are_there_are_found(words):
    assert set(words.reader.best("title", {"shoe": 1.0}, 10)) == {"a", "b"}
    assert next(iter(words.reader.best("title", {"shoe": 1.0, "red": 1.0}, 10))) == "a"
    assert set(words.reader.best("full", {"红色": 1.0}, 10)) == {"c"}


def test_a_search_within_ids_finds_no_other(words):
    assert set(words.reader.best("title", {"shoe": 1.0}, 10, within=["b", "c"])) == {"b"}
    assert words.reader.best("title", {"shoe": 1.0}, 10, within=[]) == {}


def test_strange_tokens_are_no_syntax(words):
    assert words.reader.best("title", {'"red': 1.0, "a:b:c": 1.0, "(": 1.0}, 10) == {}
    assert words.reader.best("title", {}, 10) == {}


def test_putting_again_replaces(words):
    words.put({"a": entry("Green hat")})
    assert words.reader.count == 3
    assert set(words.reader.best("title", {"shoe": 1.0}, 10)) == {"b"}
    assert words.reader.cards(["a"])["a"].title == ("green", "hat")


def test_a_deleted_product_is_gone(words):
    words.delete(["a", "never there"])
    assert words.reader.count == 2 and words.reader.cards(["a", "b"]).keys() == {"b"}


def test_what_was_committed_is_read_after_a_restart(words, tmp_path):
    again = WordIndex(tmp_path / "words")
    assert again.reader.count == 3 and again.reader.spelled["shoes"] == 2


def test_a_reader_goes_on_seeing_what_it_saw(words):
    before = words.reader
    words.delete(["a"])
    assert set(before.best("title", {"shoe": 1.0}, 10)) == {"a", "b"}


def test_a_card_comes_back_as_it_was_packed(words):
    card = words.reader.cards(["c"])["c"]
    again = unpack(pack(card))
    assert again.title == card.title and again.everything.tolist() == card.everything.tolist()
    assert card.carries(["红色", "蓝色"]).tolist() == [True, False]
