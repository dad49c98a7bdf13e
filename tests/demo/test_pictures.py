"""Every type of product has a picture, and it differs by type and colour."""

from xml.etree import ElementTree

import pytest

from assistant.demo.pictures import kinds, picture
from assistant.demo.products import products
from assistant.demo.vocabulary import vocabulary


def test_every_type_is_drawn_and_nothing_else_is():
    assert kinds() == {kind.key for _, kind in vocabulary().kinds()}


def test_every_picture_parses_and_differs_by_type_and_colour():
    drawn = {(kind, color): picture(kind, color) for kind in kinds() for color in ("navy", "white", "red")}
    assert len(set(drawn.values())) == len(drawn)
    for svg in drawn.values():
        root = ElementTree.fromstring(svg)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert 'class="' not in svg


def test_every_picture_that_a_product_names_can_be_drawn():
    for path in {path for product in products() for path in product.images}:
        kind, color = path.removeprefix("/pictures/").removesuffix(".svg").split("/")
        assert picture(kind, color)


def test_a_variant_is_shown_in_its_colour():
    for product in products()[::20]:
        for variant in product.variants:
            if color := variant.options.get("color"):
                key = variant.image.rsplit("/", 1)[1].removesuffix(".svg")
                assert vocabulary().colors[key][0].en == color


def test_what_is_not_drawn_is_named():
    with pytest.raises(KeyError):
        picture("zeppelin", "navy")
