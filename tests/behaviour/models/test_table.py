"""The sparse matrix says what the table says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from assistant.behaviour.models.encoding import Scaled
from assistant.behaviour.models.table import Column, Table, levels_of
from assistant.errors import BadRecord


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1, max_size=20))
def test_a_level_is_one_column_and_an_unknown_one_is_none(said):
    column, places = levels_of("kind", said, ("a", "b", "c"))
    table = Table((Column("n"), column), np.column_stack([np.arange(len(said), dtype=float), places]))
    wanted = [[float(row), *(float(value == level) for level in "abc")] for row, value in enumerate(said)]
    assert table.matrix().toarray().tolist() == wanted
    assert table.spread() == (0, 1, 1, 1)


@given(arrays(np.float64, (12, 2), elements=st.floats(-1e6, 1e6)))
def test_each_number_falls_into_one_bin(values):
    table = Table((Column("x"), Column("y")), values)
    rows = Scaled(bins=4).fit(table).matrix(table).toarray()
    assert rows[:, 2:].sum(axis=1).tolist() == [2.0] * 12


def test_the_learned_scale_is_of_the_rows_it_was_learned_on():
    seen = Table((Column("x"),), np.array([[1.0], [3.0], [9.0]]))
    scaled = Scaled().fit(seen)
    alone = scaled.matrix(Table((Column("x"),), np.array([[3.0]]))).toarray()
    assert alone[0, 0] == pytest.approx(scaled.matrix(seen).toarray()[1, 0])


def test_columns_and_values_must_agree():
    with pytest.raises(BadRecord, match="one each"):
        Table((Column("x"),), np.zeros((2, 2)))


def test_without_and_column():
    table = Table((Column("x"), Column("y")), np.array([[1.0, 2.0]]))
    assert table.without(["x"]).names == ("y",)
    assert table.column("y").tolist() == [2.0]
