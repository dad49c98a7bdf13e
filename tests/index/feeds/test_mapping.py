"""Mapping files, among them every example of the documentation."""

from __future__ import annotations

import importlib
import json
import re

import pytest

from index.errors import BadMapping
from index.feeds import read_feed
from index.feeds.jsonlines import parse, render
from index.feeds.mapping import read_mapping
from index.product import Availability


@pytest.fixture
def examples(request):
    text = (request.config.rootpath / "docs" / "feeds.md").read_text(encoding="utf-8")
    return re.findall(r"```(toml|json)\n(.*?)```", text, re.DOTALL)


PARTS = """Artikelnummer;Bezeichnung;VK brutto;Bestand;Status;Warengruppe;Bild gross;Bild klein;Gewinde;Einkaufspreis
7;Größe M6;1.299,00;12;lieferbar;Schrauben/Metrisch;;https://s.example/k.jpg;M6;3,00
8;Mutter;0,05;;vergriffen;;;;;
9;Nagel;viel;;lieferbar;;;;;
"""


def test_the_documented_mapping_reads_a_table(tmp_path, examples):
    (tmp_path / "parts.toml").write_text(examples[0][1], encoding="utf-8")
    (tmp_path / "parts.csv").write_bytes(PARTS.encode("cp1252"))
    bolt, nut, problem = sorted(
        read_feed(tmp_path / "parts.csv", mapping=tmp_path / "parts.toml"), key=lambda one: getattr(one, "id", "~")
    )
    assert (bolt.title, bolt.brand, bolt.currency) == ("Größe M6", "Schraubenwerk", "EUR")
    assert (bolt.variants[0].price_minor, bolt.variants[0].stock) == (129900, 12)
    assert bolt.words["en"].category == ("Schrauben", "Metrisch")
    assert bolt.words["en"].attributes == {"Thread": "M6"}
    assert bolt.images == ("https://s.example/k.jpg",)
    assert bolt.extra == {}
    assert nut.variants[0].availability is Availability.OUT_OF_STOCK
    assert (problem.row, problem.field, problem.value) == (4, "price", "viel")


def test_the_documented_mapping_is_the_tested_one(request, examples):
    tested = (request.path.parent / "examples" / "jd.toml").read_text(encoding="utf-8")
    assert tested.split("\n", 1)[1] == examples[1][1]


def test_the_documented_product_is_our_own_form(examples):
    line = examples[2][1].strip()
    assert json.loads(render(parse(line))) == json.loads(line)


def test_nested_records_and_yaml(tmp_path):
    (tmp_path / "map.yaml").write_text("records: shops.*.items.*\nfields: {id: sku, title: name, price: offer.price}\n")
    shops = {"shops": {"a": {"items": [{"sku": 1, "name": "A", "offer": {"price": "3.50 USD", "note": "x"}}]}, "b": {}}}
    (tmp_path / "feed").write_text(json.dumps(shops))
    (product,) = read_feed(tmp_path / "feed", mapping=tmp_path / "map.yaml")
    assert (product.id, product.title, product.variants[0].price_minor, product.currency) == ("1", "A", 350, "USD")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("fields = 3", "fields is 3"),
        ('[fields]\nid = "a"', "does not say which column is the title"),
        ('[fields]\nid = "a"\ntitel = "b"', "did you mean title"),
        ('curency = "EUR"', "did you mean currency"),
        ('currency = "ducats"\n[fields]\nid = "a"\ntitle = "b"', "ISO 4217"),
        ("= 3", "cannot use the mapping"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_named(tmp_path, text, why):
    path = tmp_path / "map.toml"
    path.write_text(text)
    with pytest.raises(BadMapping, match=re.escape(why)):
        read_mapping(path)


@pytest.mark.parametrize(
    "module",
    ["money", "record", "importing", "catalogue.folding", "catalogue.vocabulary", "feeds.plain", "feeds.fields",
     "feeds.offers", "feeds.tables"],
)  # fmt: skip
def test_the_examples_in_docstrings_hold(module):
    import doctest

    result = doctest.testmod(importlib.import_module(f"index.{module}"))
    assert result.attempted > 0
    assert result.failed == 0
