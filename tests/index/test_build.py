import dataclasses

import pytest

from index.build import Index
from index.errors import IndexMismatch
from index.product import Words
from index.query import Query


def changed(product, **given):
    return dataclasses.replace(product, **given)


def test_only_what_changed_is_embedded_again(shop, embedder):
    mug = shop.catalogue.get(["mug-red"])["mug-red"]
    embedder.embedded.clear()
    words = dataclasses.replace(mug.words["en"], title="Crimson mug")
    shop.catalogue.put([changed(mug, words={"en": words})], feed="shop")
    report = shop.sync()
    assert embedder.embedded == ["Crimson mug"]
    assert (report.embedded, report.indexed) == (1, 1)


def test_another_description_embeds_nothing_but_is_found(shop, embedder):
    ruler = shop.catalogue.get(["ruler"])["ruler"]
    embedder.embedded.clear()
    words = Words(title=ruler.title, description="made in Solingen")
    shop.catalogue.put([changed(ruler, words={"en": words})], feed="shop")
    report = shop.sync()
    assert embedder.embedded == [] and (report.embedded, report.indexed) == (0, 1)
    assert shop.searcher.search(Query(text="solingen")).hits[0].product.id == "ruler"


def test_syncing_again_does_nothing(shop, embedder):
    embedder.embedded.clear()
    report = shop.sync()
    assert (report.embedded, report.indexed, report.withdrawn, embedder.embedded) == (0, 0, 0, [])


def test_what_is_withdrawn_is_no_longer_found(shop):
    shop.catalogue.withdraw(["mug-red"], feed="shop")
    assert shop.sync().withdrawn == 1
    assert "mug-red" not in {hit.product.id for hit in shop.searcher.search(Query(text="red mug", limit=20)).hits}
    assert "mug-red" not in {hit.product.id for hit in shop.searcher.similar("mug-blue", 9)}


def test_a_second_language_that_goes_takes_its_vector_along(shop):
    coat = shop.catalogue.get(["coat"])["coat"]
    shop.catalogue.put([changed(coat, words={"en": coat.words["en"]})], feed="shop")
    shop.sync()
    hits = {h.product.id: h.score for h in shop.searcher.search(Query(text="大衣", limit=20)).hits}
    assert not shop.searcher.search(Query(text="大衣")).matched and "coat" in hits


def test_an_interrupted_sync_goes_on_to_the_same_index(open_index, embedder, products, monkeypatch):

    from index import build
    from index.lexical import WordIndex

    monkeypatch.setattr(build, "BATCH", 3)
    index, put, calls = open_index(), WordIndex.put, []

    def failing(self, entries):
        calls.append(len(entries))
        if len(calls) == 3:
            raise KeyboardInterrupt
        put(self, entries)

    index.catalogue.put(products, feed="shop")
    monkeypatch.setattr(WordIndex, "put", failing)
    with pytest.raises(KeyboardInterrupt):
        index.sync()
    monkeypatch.setattr(WordIndex, "put", put)
    again = open_index()
    before = len(embedder.embedded)
    assert again.sync().indexed == len(products) - 6
    assert len(embedder.embedded) - before < 8, "what was embedded before the interruption is kept"
    assert again.searcher.search(Query(text="red mug")).hits[0].product.id == "mug-red"
    assert again.searcher.search(Query(text="yoga mat")).hits[0].product.id == "mat"


def test_another_embedder_is_refused_until_the_index_is_cleared(shop, open_index, embedder, tmp_path):
    from sqlalchemy import create_engine

    class Other(type(embedder)):
        name = "other"

    engine = create_engine(f"sqlite:///{tmp_path / 'shop.db'}")
    with pytest.raises(IndexMismatch, match="python -m index build"):
        Index.assemble(tmp_path, engine, [Other()])
    shop.close()
    Index.clear(tmp_path, engine)
    rebuilt = Index.assemble(tmp_path, engine, [Other()])
    assert rebuilt.sync().embedded == 10
    rebuilt.close()
    engine.dispose()
