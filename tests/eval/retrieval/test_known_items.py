"""Known items: what a search by a product's own title is worth."""

import pytest

from eval.harness.task import Example
from eval.tasks.known_items import found


@pytest.mark.parametrize(("ids", "there", "reciprocal"), [(["B", "A"], 1.0, 0.5), (["A"], 1.0, 1.0), (["B"], 0.0, 0.0)])
def test_the_place_of_the_product_itself_counts(ids, there, reciprocal):
    example = Example(id="A en", given={"query": "A kettle", "product": "A", "language": "en"})
    scores = {score.name: score.value for score in found(example, {"ids": ids})}
    assert scores == {"found": there, "reciprocal_rank": reciprocal}
