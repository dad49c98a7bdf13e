"""The catalogue: one suite for every database; filters against a plain loop."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import StaticPool, create_engine

from index.catalogue import Catalogue
from index.catalogue.folding import fold, parts
from index.product import Availability, Product, Review, Variant, Words
from index.query import Filters
from index.schema import metadata


@pytest.fixture(params=["sqlite", "postgresql"])
def catalogue(request, tmp_path):
    """An empty catalogue in a database of each kind."""
    if request.param == "sqlite":
        engine = create_engine(f"sqlite:///{tmp_path}/shop.db")
    else:
        engine = create_engine(request.getfixturevalue("postgres_database"))
    metadata.drop_all(engine)
    made = Catalogue(engine)
    made.create()
    yield made
    engine.dispose()


def lamp(identity="LAMP", **changes):
    words = {
        "en": Words(title="Desk lamp", category=("Home", "Lighting"), attributes={"Material": "Steel"}),
        "zh": Words(title="台灯", category=("家居", "灯具"), attributes={"材质": "钢"}, option_values={"Red": "红色"}),
    }
    base = Product(
        id=identity,
        words=words,
        brand="Lumo",
        currency="USD",
        variants=(
            Variant(
                id=f"{identity}-r",
                options={"color": "Red"},
                price_minor=1999,
                availability=Availability.IN_STOCK,
                stock=3,
            ),
            Variant(id=f"{identity}-b", options={"color": "Black/Silver"}, price_minor=2999),
        ),
        rating=4.5,
        rating_count=10,
    )
    return dataclasses.replace(base, **changes)


def test_gives_back_what_was_put_in_the_order_asked(catalogue):
    first, second = lamp("A"), lamp("B", extra={"mpn": "1"}, url="https://shop.example/b")
    catalogue.put([first, second], feed="f")
    assert list(catalogue.get(["B", "nothing", "A"]).items()) == [("B", second), ("A", first)]
    assert catalogue.ids() == ["A", "B"]
    assert catalogue.count() == 2


def test_putting_twice_changes_nothing(catalogue):
    report = catalogue.put([lamp()], feed="f")
    assert (report.added, report.changed, report.unchanged) == (1, 0, 0)
    catalogue.mark_indexed(["LAMP"])
    report = catalogue.put([lamp()], feed="f")
    assert (report.added, report.changed, report.unchanged) == (0, 0, 1)
    assert catalogue.pending().changed == ()


def test_a_price_is_not_indexed_again_but_words_are(catalogue):
    catalogue.put([lamp()], feed="f")
    catalogue.mark_indexed(["LAMP"])
    cheaper = dataclasses.replace(lamp().variants[0], price_minor=999, stock=0)
    assert catalogue.put([lamp(variants=(cheaper, *lamp().variants[1:]), rating=3.0)], feed="f").changed == 1
    assert catalogue.pending().changed == ()
    assert catalogue.vocabulary().price_min_minor == 999
    catalogue.put([lamp(brand="Lumina")], feed="f")
    assert catalogue.pending().changed == ("LAMP",)


def test_what_changes_while_it_is_indexed_stays_pending(catalogue):
    catalogue.put([lamp()], feed="f")
    pending = catalogue.pending()
    catalogue.put([lamp(brand="Lumina")], feed="f")
    catalogue.mark_indexed(pending.changed, hashes=pending.hashes)
    assert catalogue.pending().changed == ("LAMP",)


def test_withdraws_for_one_feed_only(catalogue):
    catalogue.put([lamp("A"), lamp("B")], feed="one")
    catalogue.put([lamp("B", brand="Other")], feed="two")
    catalogue.mark_indexed(["A", "B"])
    assert catalogue.feeds() == {"one": 2, "two": 1}
    assert catalogue.withdraw(["A", "B", "nothing"], feed="two") == 1
    assert catalogue.get(["B"])["B"].brand == "Lumo"
    assert catalogue.pending().changed == ("B",)
    catalogue.withdraw(["A"], feed="one")
    assert catalogue.ids() == ["B"]
    assert catalogue.pending().withdrawn == ("A",)
    catalogue.mark_indexed(["A"])
    assert catalogue.pending().withdrawn == ()
    assert catalogue.variant("A-r") is None


def test_finds_the_product_of_a_variant(catalogue):
    catalogue.put([lamp()], feed="f")
    product, variant = catalogue.variant("LAMP-b")
    assert (product.id, variant.price_minor) == ("LAMP", 2999)
    assert catalogue.variant("nothing") is None


def test_one_variant_meets_all_conditions_together(catalogue):
    catalogue.put([lamp()], feed="f")
    assert catalogue.matching(Filters(price_min_minor=2500)) == {"LAMP": ("LAMP-b",)}
    assert catalogue.matching(Filters(price_min_minor=2500, in_stock=True)) == {}
    assert catalogue.matching(Filters(price_max_minor=2500, options={"color": frozenset({"RED"})})) == {
        "LAMP": ("LAMP-r",)
    }


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(categories=frozenset({"灯具"})), True),
        (Filters(categories=frozenset({"lighting"})), True),
        (Filters(options={"color": frozenset({"红色"})}), True),
        (Filters(options={"color": frozenset({"silver"})}), True),
        (Filters(attributes={"材质": frozenset({"钢"})}), True),
        (Filters(attributes={"material": frozenset({"wood", "STEEL"})}), True),
        (Filters(brands=frozenset({"lumo"})), True),
        (Filters(brands=frozenset({"Lum"})), False),
        (Filters(rating_min=4.5), True),
        (Filters(rating_min=4.6), False),
        (Filters(excluded=frozenset({"desk"})), False),
        (Filters(excluded=frozenset({"des"})), True),
        (Filters(excluded=frozenset({"灯"})), False),
        (Filters(excluded=frozenset({"desk lamp"})), False),
        (Filters(excluded=frozenset({"lamp lumo"})), True),
        (Filters(excluded=frozenset({"Steel"})), False),
        (Filters(excluded=frozenset({"%", "_"})), True),
        (Filters(excluded_ids=frozenset({"LAMP"})), False),
        (Filters(only_ids=frozenset({"OTHER"})), False),
        (Filters(only_ids=frozenset()), False),
    ],
)
def test_each_condition_is_exact(catalogue, filters, found):
    catalogue.put([lamp()], feed="f")
    assert bool(catalogue.matching(filters)) is found


def test_an_excluded_colour_leaves_the_other_variants(catalogue):
    catalogue.put([lamp()], feed="f")
    assert catalogue.matching(Filters(excluded=frozenset({"red"}))) == {"LAMP": ("LAMP-b",)}
    assert catalogue.matching(Filters(excluded=frozenset({"红色", "black"}))) == {}


def test_another_currency_meets_no_price_filter(catalogue):
    euro = lamp("E", currency="EUR", variants=(Variant(id="e", price_minor=100),))
    unnamed = lamp("N", currency=None, variants=(Variant(id="n", price_minor=100),))
    catalogue.put([lamp("A"), lamp("B"), euro, unnamed], feed="f")
    assert catalogue.vocabulary().currency == "USD"
    assert set(catalogue.matching(Filters(price_max_minor=500))) == {"N"}


def test_the_vocabulary_counts_products_and_knows_other_forms(catalogue):
    catalogue.put([lamp("A"), lamp("B", brand="LUMO"), lamp("C", brand="Lumo", rating=None)], feed="f")
    words = catalogue.vocabulary()
    assert words.brands == {"Lumo": 3}
    assert words.categories == {"Home": 3, "Lighting": 3}
    assert words.options == {"color": {"Black": 3, "Black/Silver": 3, "Red": 3, "Silver": 3}}
    assert words.attributes == {"Material": {"Steel": 3}}
    assert words.forms == {"家居": "Home", "灯具": "Lighting", "材质": "Material", "钢": "Steel", "红色": "Red"}
    assert (words.price_min_minor, words.price_max_minor, words.currency) == (1999, 2999, "USD")
    catalogue.withdraw(["A", "B", "C"], feed="f")
    assert catalogue.vocabulary().brands == {}


def test_another_process_sees_new_words_at_once(catalogue):
    other = Catalogue(catalogue.engine)
    assert other.vocabulary().brands == {}
    assert other.matching(Filters()) == {}
    catalogue.put([lamp()], feed="f")
    assert other.vocabulary().brands == {"Lumo": 1}
    assert other.matching(Filters()) == {"LAMP": ("LAMP-r", "LAMP-b")}


def test_keeps_reviews(catalogue):
    def review(identity, stars, day):
        return Review(
            id=identity, product_id="LAMP", rating=stars, title="T", body="B", author="A", language="en", written_on=day
        )

    catalogue.add_reviews([review("1", 5, "2026-01-01"), review("2", 4, "2026-03-01"), review("3", 5, "2026-02-01")])
    catalogue.add_reviews([review("3", 1, "2026-02-01")])
    assert [one.id for one in catalogue.reviews("LAMP", limit=2)] == ["2", "3"]
    assert catalogue.rating_counts("LAMP") == {5: 1, 4: 1, 3: 0, 2: 0, 1: 1}


def test_odd_characters_are_values_like_any_other(catalogue):
    odd = lamp("a'b%_\\", brand='Quote" \\ % _', words={"en": Words(title="\ud83d broken \x00 half")})
    catalogue.put([odd], feed="f")
    assert catalogue.get([odd.id]) == {odd.id: odd}
    assert list(catalogue.matching(Filters(brands=frozenset({'quote" \\ % _'})))) == [odd.id]


# What follows holds the SQL against a plain loop over the products.

WORDS = ["red", "blue", "Black/Silver", "navy blue", "红色", "深红色", "wool", "Wool coat", "x-l"]
texts = st.sampled_from(WORDS)
prices = st.none() | st.integers(0, 9).map(lambda tens: tens * 100)
variants = st.builds(
    Variant,
    id=st.just(""),
    options=st.dictionaries(st.sampled_from(["color", "size"]), texts, max_size=2),
    price_minor=prices,
    stock=st.none() | st.integers(0, 1),
    availability=st.sampled_from(Availability),
)
words = st.builds(
    Words,
    title=texts,
    category=st.lists(texts, max_size=2).map(tuple),
    attributes=st.dictionaries(st.sampled_from(["Material", "材质"]), texts, max_size=2),
    option_values=st.dictionaries(texts, texts, max_size=2),
)
products = st.builds(
    Product,
    id=st.just(""),
    words=st.fixed_dictionaries({"en": words}, optional={"zh": words}),
    brand=st.none() | texts,
    currency=st.sampled_from([None, "USD", "USD", "EUR"]),
    variants=st.lists(variants, min_size=1, max_size=3).map(tuple),
    rating=st.none() | st.sampled_from([1.0, 3.5, 5.0]),
)
some = st.frozensets(texts, max_size=2)
filters = st.builds(
    Filters,
    price_min_minor=prices,
    price_max_minor=prices,
    brands=some,
    categories=some,
    options=st.dictionaries(
        st.sampled_from(["color", "size"]), st.frozensets(texts, min_size=1, max_size=3), max_size=1
    ),
    attributes=st.dictionaries(st.just("material"), st.frozensets(texts, min_size=1, max_size=3), max_size=1),
    rating_min=st.none() | st.sampled_from([3.5, 4.0]),
    in_stock=st.booleans(),
    excluded=some,
    excluded_ids=st.frozensets(st.sampled_from(["p0", "p1"]), max_size=1),
    only_ids=st.none() | st.frozensets(st.sampled_from(["p0", "p1", "p2"])),
)


def numbered(given_products):
    return [
        dataclasses.replace(
            product,
            id=f"p{number}",
            variants=tuple(
                dataclasses.replace(v, id=f"p{number}v{position}") for position, v in enumerate(product.variants)
            ),
        )
        for number, product in enumerate(given_products)
    ]


def carries(text, word):
    """A word in a text: whole words of letters, Chinese anywhere."""
    tokens = "".join(letter if letter.isalnum() else " " for letter in fold(text)).split()
    wanted = "".join(letter if letter.isalnum() else " " for letter in fold(word)).split()
    if any("\u4e00" <= letter <= "\u9fff" for letter in word):
        return "".join(wanted) in "".join(tokens)
    return any(tokens[start : start + len(wanted)] == wanted for start in range(len(tokens)))


def said_of(product, variant):
    yield product.brand or ""
    for one in product.words.values():
        yield one.title
        yield from one.attributes.values()
    for value in variant.options.values():
        yield from forms(product, value)


def forms(product, value):
    return {value} | {one.option_values[value] for one in product.words.values() if value in one.option_values}


def meets(product, variant, asked, currency):
    values = {
        name: {fold(part) for form in forms(product, value) for part in parts(name, form)}
        for name, value in variant.options.items()
    }
    attributes = {(fold(name), fold(value)) for one in product.words.values() for name, value in one.attributes.items()}
    levels = {fold(level) for one in product.words.values() for level in one.category}
    priced = asked.price_min_minor is not None or asked.price_max_minor is not None
    return all(
        [
            not asked.brands or fold(product.brand or "") in map(fold, asked.brands),
            not asked.categories or levels & set(map(fold, asked.categories)),
            asked.rating_min is None or (product.rating is not None and product.rating >= asked.rating_min),
            all(any((fold(n), fold(v)) in attributes for v in some_of) for n, some_of in asked.attributes.items()),
            all(values.get(name, set()) & set(map(fold, some_of)) for name, some_of in asked.options.items()),
            not priced
            or (variant.price_minor is not None and product.currency in (None, currency))
            or currency is None,
            not priced or variant.price_minor is not None,
            asked.price_min_minor is None or (variant.price_minor or 0) >= asked.price_min_minor,
            asked.price_max_minor is None or (variant.price_minor or 0) <= asked.price_max_minor,
            not asked.in_stock or variant.in_stock,
            not any(carries(text, word) for text in said_of(product, variant) for word in asked.excluded),
            product.id not in asked.excluded_ids,
            asked.only_ids is None or product.id in asked.only_ids,
        ]
    )


def selected(given_products, asked, currency):
    found = {
        product.id: tuple(v.id for v in product.variants if meets(product, v, asked, currency))
        for product in given_products
    }
    return {product_id: ids for product_id, ids in found.items() if ids}


@pytest.fixture
def small():
    made = Catalogue(create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}))
    made.create()
    yield made
    made.engine.dispose()


def refill(catalogue, given_products):
    catalogue.withdraw(catalogue.ids(), feed="f")
    catalogue.put(given_products, feed="f")


LAW = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@LAW
@given(st.lists(products, max_size=4).map(numbered), filters)
def test_a_filter_selects_what_a_plain_loop_selects(small, given_products, asked):
    refill(small, given_products)
    assert small.matching(asked) == selected(given_products, asked, small.vocabulary().currency)


@LAW
@given(st.lists(products, max_size=4).map(numbered), filters, filters)
def test_a_tighter_filter_never_adds(small, given_products, asked, more):
    refill(small, given_products)
    added = {name: value for name, value in dataclasses.asdict(more).items() if value not in (None, frozenset(), {})}
    field_names = [name for name in added if getattr(asked, name) == getattr(Filters(), name)]
    tighter = dataclasses.replace(asked, **{name: getattr(more, name) for name in field_names})
    loose, tight = small.matching(asked), small.matching(tighter)
    assert set(tight) <= set(loose)
    assert all(set(ids) <= set(loose[product_id]) for product_id, ids in tight.items())


@LAW
@given(st.lists(products, max_size=4).map(numbered))
def test_what_is_put_comes_back(small, given_products):
    refill(small, given_products)
    assert small.get([product.id for product in given_products]) == {p.id: p for p in given_products}


@LAW
@given(st.lists(products, max_size=4).map(numbered))
def test_every_counted_value_selects_as_many_products(small, given_products):
    refill(small, given_products)
    words_ = small.vocabulary()
    for brand, count in words_.brands.items():
        assert len(small.matching(Filters(brands=frozenset({brand})))) == count
    for name, values in words_.options.items():
        for value, count in values.items():
            assert len(small.matching(Filters(options={name: frozenset({value})}))) >= count
