"""Importing: only what differs is touched, a cut-off feed empties no shop, and a killed run leaves no trace."""

from __future__ import annotations

import csv
import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import StaticPool, create_engine, select

from index import schema
from index.catalogue import Catalogue
from index.errors import BadFeed, BadProduct, TooManyWithdrawn
from index.feeds.jsonlines import parse, render
from index.importing import import_feed, import_products
from index.place import Place
from index.product import Availability, Product, Variant, Words


class Shop:
    """A catalogue whose index counts what it would embed, as the real one does."""

    def __init__(self, engine):
        self.catalogue = Catalogue(engine)
        self.catalogue.create()

    def sync(self, progress=None):
        pending = self.catalogue.pending()
        self.catalogue.mark_indexed([*pending.changed, *pending.withdrawn], hashes=pending.hashes)
        return SimpleNamespace(embedded=len(pending.changed))


@pytest.fixture
def shop():
    made = Shop(create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}))
    yield made
    made.catalogue.engine.dispose()


def lamp(number, **changes):
    words = {"en": Words(title=f"Lamp {number}")}
    variant = Variant(id=f"v{number}", price_minor=100 + number)
    return dataclasses.replace(Product(id=f"p{number}", words=words, variants=(variant,)), **changes)


def counts(report):
    names = ["read", "added", "changed", "unchanged", "withdrawn", "rejected", "embedded"]
    return {name: value for name in names if (value := getattr(report, name))}


def test_counts_what_differs(shop):
    lamps = [lamp(n) for n in range(10)]
    assert counts(import_products(shop, lamps, feed="f")) == {"read": 10, "added": 10, "embedded": 10}
    assert counts(import_products(shop, lamps, feed="f")) == {"read": 10, "unchanged": 10}
    dearer = dataclasses.replace(lamps[0], variants=(Variant(id="v0", price_minor=9900, stock=2),))
    renamed = dataclasses.replace(lamps[1], words={"en": Words(title="Torch")})
    report = import_products(shop, [dearer, renamed, *lamps[2:9], lamp(11)], feed="f")
    assert counts(report) == {"read": 10, "added": 1, "changed": 2, "unchanged": 7, "withdrawn": 1, "embedded": 2}
    assert shop.catalogue.get(["p0"])["p0"].variants[0].price_minor == 9900
    assert "p9" not in shop.catalogue.ids()


def test_a_feed_that_is_cut_off_is_refused_and_changes_nothing(shop):
    import_products(shop, [lamp(n) for n in range(10)], feed="f")
    changed = [lamp(n, brand="New") for n in range(7)]
    with pytest.raises(TooManyWithdrawn, match="3 of its 10"):
        import_products(shop, changed, feed="f")
    assert shop.catalogue.count() == 10
    assert shop.catalogue.get(["p0"])["p0"].brand is None
    assert counts(import_products(shop, changed, feed="f", force=True))["withdrawn"] == 3


def test_a_fifth_may_go(shop):
    import_products(shop, [lamp(n) for n in range(10)], feed="f")
    assert import_products(shop, [lamp(n) for n in range(8)], feed="f").withdrawn == 2


def test_another_feed_withdraws_nothing(shop):
    import_products(shop, [lamp(n) for n in range(5)], feed="one")
    report = import_products(shop, [lamp(9)], feed="two")
    assert (report.withdrawn, shop.catalogue.count()) == (0, 6)


def test_a_feed_that_breaks_off_changes_nothing(shop):
    def cut():
        yield lamp(1)
        raise BadFeed("f", "it breaks off")

    with pytest.raises(BadFeed):
        import_products(shop, cut(), feed="f")
    assert shop.catalogue.count() == 0


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (lamp(2, id=" "), "id"),
        (lamp(1, variants=(Variant(id="other"),)), "id"),
        (lamp(2, words={"en": Words(title=" ")}), "title"),
        (lamp(2, words={"zh": Words(title="灯")}), "language"),
        (lamp(2, variants=()), "variants"),
        (lamp(2, variants=(Variant(id="x"), Variant(id="x"))), "variants"),
        (lamp(2, variants=(Variant(id="v1"),)), "variants"),
        (lamp(2, variants=(Variant(id="x", price_minor=-1),)), "price"),
        (lamp(2, rating=float("nan")), "rating"),
        (BadProduct(7, "price", "call us", "holds no number"), "price"),
    ],
)
@pytest.mark.parametrize("form", ["jsonl", "tsv"])
def test_rejects_are_written_with_their_reason(shop, tmp_path, bad, field, form):
    path = tmp_path / f"rejects.{form}"
    report = import_products(shop, [lamp(1), bad, lamp(3)], feed="f", rejects=path)
    assert counts(report) == {"read": 3, "added": 2, "rejected": 1, "embedded": 2}
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t")) if form == "tsv" else [json.loads(line) for line in file]
    assert [list(row) for row in rows] == [["row", "field", "value", "reason"]]
    assert rows[0]["field"] == field
    assert rows[0]["reason"] == report.problems[0].reason


def test_progress_is_told(shop):
    told = []
    import_products(shop, [lamp(n) for n in range(600)], feed="f", progress=lambda *said: told.append(said))
    assert ("reading", 600, 600) in told
    assert ("writing", 600, 600) in told


def store(home):
    """Everything that is kept, but for the counters of writes."""
    engine = Place(home=home).engine()
    with engine.connect() as connection:
        kept = {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in schema.metadata.sorted_tables
            if table is not schema.state
        }
    engine.dispose()
    return kept


SLOW_IMPORT = """
import sys, time
from pathlib import Path
from types import SimpleNamespace
from index.catalogue import Catalogue
from index.importing import import_feed
from index.place import Place

class Slow(Catalogue):
    def put(self, products, *, feed):
        report = super().put(products, feed=feed)
        print("batch", flush=True)
        time.sleep(float(sys.argv[3]))
        return report

engine = Place(home=Path(sys.argv[1])).engine()
catalogue = Slow(engine)
catalogue.create()
shop = SimpleNamespace(catalogue=catalogue, sync=lambda progress: SimpleNamespace(embedded=0))
import_feed(shop, Path(sys.argv[2]), feed="f")
"""


def run_import(home, feed, pause):
    command = [sys.executable, "-c", SLOW_IMPORT, str(home), str(feed), str(pause)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": os.getcwd()})


def finish(home, feed):
    with run_import(home, feed, 0) as running:
        running.communicate()
    assert running.returncode == 0


def test_killed_in_the_middle_and_run_again_leaves_the_store_of_one_run(tmp_path):
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    old.write_text("".join(render(lamp(n)) + "\n" for n in range(2000)))
    kept = [lamp(n, brand="B" if n % 3 else None) for n in range(100, 2000)]
    new.write_text("".join(render(one) + "\n" for one in [*kept, *(lamp(n) for n in range(3000, 3700))]))
    for home in ("once", "killed"):
        finish(tmp_path / home, old)
    finish(tmp_path / "once", new)

    with run_import(tmp_path / "killed", new, 30) as running:
        assert running.stdout.readline() == "batch\n"
        running.send_signal(signal.SIGKILL)
    assert running.returncode == -signal.SIGKILL
    assert store(tmp_path / "killed") != store(tmp_path / "once")
    finish(tmp_path / "killed", new)
    assert store(tmp_path / "killed") == store(tmp_path / "once")


words = st.builds(
    Words,
    title=st.text(min_size=1),
    description=st.text(),
    highlights=st.lists(st.text()).map(tuple),
    category=st.lists(st.text()).map(tuple),
    attributes=st.dictionaries(st.text(), st.text(), max_size=3),
    option_values=st.dictionaries(st.text(), st.text(), max_size=3),
)
maybe_text = st.none() | st.text()
maybe_count = st.none() | st.integers(0, 2**40)
products = st.builds(
    Product,
    id=st.text(min_size=1),
    words=st.dictionaries(st.sampled_from(["en", "zh", "de"]), words, min_size=1),
    language=st.sampled_from(["en", "zh"]),
    brand=maybe_text,
    currency=st.none() | st.sampled_from(["USD", "JPY"]),
    variants=st.lists(
        st.builds(
            Variant,
            id=st.text(),
            options=st.dictionaries(st.text(), st.text(), max_size=3),
            price_minor=maybe_count,
            list_price_minor=maybe_count,
            stock=maybe_count,
            availability=st.sampled_from(Availability),
            sku=maybe_text,
            barcode=maybe_text,
            image=maybe_text,
        ),
        max_size=3,
    ).map(tuple),
    images=st.lists(st.text(), max_size=2).map(tuple),
    url=maybe_text,
    rating=st.none() | st.floats(0, 5),
    rating_count=maybe_count,
    extra=st.dictionaries(st.text(), st.text(), max_size=2),
)


@settings(deadline=None)
@given(products)
def test_what_is_rendered_is_parsed_back(product):
    line = render(product)
    assert "\n" not in line
    assert parse(line) == product


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("{", "line"),
        ('{"id": 1, "words": {"en": {"title": "T"}}, "variants": []}', "id"),
        ('{"id": "1", "words": {"en": {}}, "variants": []}', "words.en.title"),
        ('{"id": "1", "words": {"en": {"title": "T"}}, "variants": [{"id": "1", "stock": "3"}]}', "variants.0.stock"),
    ],
)
def test_a_line_of_another_form_names_the_field(line, place):
    with pytest.raises(BadProduct) as raised:
        parse(line, row=4)
    assert (raised.value.row, raised.value.field) == (4, place)


def test_the_esci_feed_imports_as_it_is(shop, shared_data):
    path = shared_data / "esci-us" / "products.jsonl.gz"
    report = import_feed(shop, path)
    assert counts(report) == {"read": 6764, "added": 6764, "embedded": 6764}
    assert shop.catalogue.vocabulary().currency is None
    prices = sum(one.prices_minor() is not None for one in shop.catalogue.get(shop.catalogue.ids()).values())
    assert prices == 1990
    started = time.monotonic()
    assert counts(import_feed(shop, path)) == {"read": 6764, "unchanged": 6764}
    assert time.monotonic() - started < 30  # the bar of 5 s is measured on a quiet machine


def test_the_appliances_import_through_a_mapping(shop, shared_data, request):
    mapping = request.path.parent / "feeds" / "examples" / "jd.toml"
    report = import_feed(shop, shared_data / "jd-midea" / "products.json", mapping=mapping)
    assert counts(report) == {"read": 52, "added": 52, "embedded": 52}
    heater = shop.catalogue.get(["100112573665"])["100112573665"]
    assert (heater.language, heater.currency, heater.variants[0].price_minor) == ("zh", "CNY", 199900)
    assert heater.in_stock
    assert heater.title.startswith("美的（Midea）60升")
