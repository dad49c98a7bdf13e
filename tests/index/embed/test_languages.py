import numpy as np

from index.embed.languages import Usual, usual_queries
from index.query import Query
from index.words.text import is_chinese


def test_both_languages_are_asked_alike():
    chinese = [phrase for phrase in usual_queries() if is_chinese(phrase)]
    assert len(chinese) == 40 and len(usual_queries()) == 80


def test_what_a_language_shares_is_taken_away(embedder):
    usual = Usual(embedder)
    phrases = [phrase for phrase in usual_queries() if not is_chinese(phrase)]
    mean = embedder.queries(phrases).mean(axis=0)
    bare = usual.without_language(embedder.queries(["red mug"])[0], chinese=False)
    assert abs(float(np.linalg.norm(bare)) - 1) < 1e-5
    assert float(bare @ mean) < float(embedder.queries(["red mug"])[0] @ mean)


def test_only_a_language_without_a_word_in_the_shop_is_foreign(shop):
    assert not shop.searcher.find("红色").candidates.foreign
    shop.catalogue.withdraw(["dress", "coat", "phones", "mat"], feed="shop")
    shop.sync()
    assert shop.searcher.find("红色").candidates.foreign
    assert not shop.searcher.find("mug").candidates.foreign
    assert shop.searcher.search(Query(text="红色")).hits
