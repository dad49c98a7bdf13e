"""What was asked last is made into a vector once, and what comes out is the same."""

import numpy as np

from index.embed.remembering import Remembering


class Counting:
    name, dimension, english_only = "counting", 2, False

    def __init__(self):
        self.asked = []

    def queries(self, texts):
        self.asked += texts
        return np.array([[len(text), 1] for text in texts], dtype=np.float32).reshape(-1, 2)

    def products(self, texts):
        return self.queries(texts)


def test_the_same_words_are_made_into_a_vector_once():
    inner = Counting()
    embedder = Remembering(inner)
    first = embedder.queries(["a lamp", "a lamp", "tea"])
    again = embedder.queries(["tea", "a lamp", "a rug"])
    assert inner.asked == ["a lamp", "tea", "a rug"]
    np.testing.assert_array_equal(first, [[6, 1], [6, 1], [3, 1]])
    np.testing.assert_array_equal(again, [[3, 1], [6, 1], [5, 1]])


def test_what_was_asked_longest_ago_is_let_go():
    inner = Counting()
    embedder = Remembering(inner, most=2)
    for text in ("one", "two", "one", "three", "one", "two"):
        embedder.queries([text])
    assert inner.asked == ["one", "two", "three", "two"]


def test_more_than_is_kept_and_nothing_at_all_are_answered():
    embedder = Remembering(Counting(), most=1)
    assert embedder.queries(["a", "bb", "ccc"])[:, 0].tolist() == [1, 2, 3]
    assert embedder.queries([]).shape == (0, 2)


def test_products_are_not_remembered():
    inner = Counting()
    embedder = Remembering(inner)
    embedder.products(["a lamp"])
    embedder.products(["a lamp"])
    assert inner.asked == ["a lamp", "a lamp"]
