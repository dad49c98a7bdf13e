import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import vectors as vectors_module
from index.errors import IndexMismatch
from index.mirror import Mirror
from index.vectors import VectorStore


def directions(count, seed=0):
    drawn = np.random.default_rng(seed).normal(size=(count, 16)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


@pytest.fixture
def store(tmp_path):
    opened = VectorStore(tmp_path / "vectors")
    yield opened
    opened.close()


@pytest.fixture
def filled(store):
    collection = store.collection("title-vectors", embedder="e", dimension=16)
    ids = [f"p{n}" for n in range(300)]
    collection.put(ids, directions(300), dict.fromkeys(ids, "h"))
    return collection


@pytest.mark.parametrize("mirrored", [True, False])
def test_the_nearest_are_those_of_a_plain_loop(filled, monkeypatch, mirrored):
    if not mirrored:
        monkeypatch.setattr(vectors_module, "MIRRORED", 0)
    every = directions(300)
    asked = directions(1, seed=9)[0]
    plain = sorted(range(300), key=lambda n: -float(every[n] @ asked))[:10]
    found = filled.nearest(asked, 10)
    assert list(found) == [f"p{n}" for n in plain]
    assert found[f"p{plain[0]}"] == pytest.approx(float(every[plain[0]] @ asked), abs=1e-4)


@pytest.mark.parametrize("mirrored", [True, False])
def test_only_allowed_products_are_found(filled, monkeypatch, mirrored):
    if not mirrored:
        monkeypatch.setattr(vectors_module, "MIRRORED", 0)
    found = filled.nearest(directions(1)[0], 10, within=["p7", "p9"])
    assert set(found) == {"p7", "p9"}


def test_what_is_put_and_deleted_later_is_seen_at_once(filled):
    asked = directions(1, seed=5)[0]
    filled.nearest(asked, 1)
    filled.put(["new"], asked[None], {"new": "h2"})
    assert next(iter(filled.nearest(asked, 1))) == "new"
    assert filled.hashes(["new", "p1"]) == {"new": "h2", "p1": "h"}
    filled.delete(["new", "never there"])
    assert "new" not in filled.nearest(asked, 300)


def test_vectors_survive_a_restart(filled, store, tmp_path):
    store.close()
    again = VectorStore(tmp_path / "vectors")
    assert again.collection("title-vectors", embedder="e", dimension=16).count() == 300
    again.close()


def test_another_embedder_is_refused(filled, store):
    with pytest.raises(IndexMismatch, match="built with 'e' but 'other'"):
        store.collection("title-vectors", embedder="other", dimension=16)


def test_an_empty_collection_finds_nothing(store):
    collection = store.collection("empty-one", embedder="e", dimension=16)
    assert collection.nearest(directions(1)[0], 5) == {}
    collection.put(["a"], directions(1), {"a": "h"})
    assert list(collection.nearest(directions(1)[0], 5)) == ["a"]


@given(st.lists(st.integers(0, 9), max_size=12), st.lists(st.integers(0, 9), max_size=5))
def test_a_mirror_holds_what_was_put_last_and_not_deleted(put, deleted):
    mirror, plain = Mirror([], np.empty((0, 0), np.float32)), {}
    for step, number in enumerate(put):
        vector = directions(1, seed=step)
        mirror, plain[f"p{number}"] = mirror.changed([f"p{number}"], vector), vector[0]
    mirror = mirror.without([f"p{n}" for n in deleted])
    plain = {id_: v for id_, v in plain.items() if int(id_[1:]) not in deleted}
    ids, vectors = mirror.get(list(plain))
    assert ids == list(plain) and len(mirror) == len(plain)
    assert all(np.allclose(vectors[row], plain[id_]) for row, id_ in enumerate(ids))
