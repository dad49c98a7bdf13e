"""Each format as shops write it, read as products and as rows that cannot be used."""

from __future__ import annotations

import gzip
import json

import pytest

from index.errors import BadFeed, BadProduct
from index.feeds import read_feed, sniff
from index.product import Availability

GOOGLE = [
    ["id", "title", "description", "link", "image_link", "additional_image_link", "availability", "price", "sale_price",
     "brand", "gtin", "item_group_id", "color", "size", "material", "product_type", "product_highlight",
     "product_detail", "custom_label_0", "Battery Life", "cost_of_goods_sold"],
    ["C-R-M", "Wool coat - Red - M", "<p>Warm &amp; soft.</p>", "https://s.example/c", "https://s.example/1.jpg",
     "https://s.example/2.jpg,https://s.example/3.jpg", "in stock", "89.00 EUR", "79.00 EUR", "Acme", "123", "COAT",
     "Red", "M", "Wool", "Clothing > Coats", '"Warm, even in snow","Soft"', "General:Lining:Silk,Care:Wash:30 °C",
     "summer", "", "12.00 EUR"],
    ["LAMP", "Desk lamp", "", "javascript:alert(1)", "", "", "preorder", "15.00 EUR", "", "Lumo", "", "", "", "", "",
     "2045", "", "", "", "10 h", ""],
    ["C-B-L", "Wool coat - Blue - L", "", "", "https://s.example/4.jpg", "", "out of stock", "99.00 EUR", "", "Acme",
     "", "COAT", "Blue", "L", "Cotton", "", "", "", "", "", ""],
]  # fmt: skip


def tsv(rows, path):
    """Google's way: tabs, quotes only where there must be."""
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    return path


def read(path, **asked):
    rows = list(read_feed(path, **asked))
    return [r for r in rows if not isinstance(r, BadProduct)], [r for r in rows if isinstance(r, BadProduct)]


def test_google_joins_the_variants_of_a_group(tmp_path):
    products, problems = read(tsv(GOOGLE, tmp_path / "feed"))
    assert problems == []
    coat, lamp = products
    assert (coat.id, coat.title, coat.brand, coat.currency) == ("COAT", "Wool coat", "Acme", "EUR")
    red, blue = coat.variants
    assert (red.id, red.price_minor, red.list_price_minor, red.barcode) == ("C-R-M", 7900, 8900, "123")
    assert red.options == {"color": "Red", "size": "M", "material": "Wool"}
    assert (blue.options["material"], blue.price_minor, blue.list_price_minor) == ("Cotton", 9900, None)
    assert [v.availability for v in coat.variants] == [Availability.IN_STOCK, Availability.OUT_OF_STOCK]
    assert coat.images == tuple(f"https://s.example/{n}.jpg" for n in (1, 2, 3, 4))
    words = coat.words["en"]
    assert words.description == "Warm & soft."
    assert words.category == ("Clothing", "Coats")
    assert words.highlights == ("Warm, even in snow", "Soft")
    assert "Material" not in words.attributes
    assert (lamp.id, lamp.variants[0].availability, lamp.url) == ("LAMP", Availability.PREORDER, None)
    assert lamp.words["en"].attributes == {"Battery life": "10 h"}
    assert coat.extra["cost_of_goods_sold"] == "12.00 EUR"
    assert not any("Cost" in name for name in words.attributes)


def test_google_details_become_attributes(tmp_path):
    products, _ = read(tsv(GOOGLE[:2], tmp_path / "feed"))
    assert products[0].words["en"].attributes == {"Material": "Wool", "Lining": "Silk", "Wash": "30 °C"}


RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel><title>Shop</title><link>https://s.example</link>
<item><g:id>C-R</g:id><title>Coat red</title><g:description><![CDATA[<b>Warm</b> coat]]></g:description>
<link>https://s.example/c</link><g:image_link>https://s.example/1.jpg</g:image_link>
<g:additional_image_link>https://s.example/2.jpg</g:additional_image_link>
<g:additional_image_link>https://s.example/3.jpg</g:additional_image_link>
<g:price>89.00 EUR</g:price><g:availability>in_stock</g:availability><g:item_group_id>C</g:item_group_id>
<g:color>Red</g:color><g:product_highlight>Warm, really</g:product_highlight>
<g:product_detail><g:section_name>General</g:section_name><g:attribute_name>Lining</g:attribute_name>
<g:attribute_value>Silk</g:attribute_value></g:product_detail>
<g:shipping><g:country>DE</g:country><g:price>4.90 EUR</g:price></g:shipping></item>
<item><g:id>C-B</g:id><title>Coat blue</title><g:price>call us</g:price><g:item_group_id>C</g:item_group_id></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><title>Shop</title>
<entry><g:id>C-R</g:id><title>Coat red</title><link href="https://s.example/c"/><g:price>89.00 EUR</g:price></entry>
</feed>"""


def test_google_xml_as_rss(tmp_path):
    path = tmp_path / "feed"
    path.write_text(RSS)
    assert sniff(path) == "google-xml"
    (coat,), (problem,) = read(path)
    assert (coat.id, coat.url, len(coat.images)) == ("C", "https://s.example/c", 3)
    assert coat.words["en"].description == "Warm coat"
    assert coat.words["en"].highlights == ("Warm, really",)
    assert coat.words["en"].attributes == {"Lining": "Silk"}
    assert (problem.row, problem.field, problem.value) == (2, "price", "call us")


def test_google_xml_as_atom(tmp_path):
    path = tmp_path / "feed"
    path.write_text(ATOM)
    (coat,), problems = read(path)
    assert problems == []
    assert (coat.title, coat.url) == ("Coat red", "https://s.example/c")


@pytest.mark.parametrize("depth", [3, 9])
def test_an_xml_bomb_is_refused(tmp_path, depth):
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(depth))
    path = tmp_path / "bomb.xml"
    path.write_text(f'<!DOCTYPE rss [<!ENTITY a0 "ha">{entities}]><rss><item><id>&a{depth};</id></item></rss>')
    with pytest.raises(BadFeed, match="declares XML entities"):
        read(path)


def test_an_external_entity_is_refused(tmp_path):
    path = tmp_path / "leak.xml"
    path.write_text('<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><item><id>&x;</id></item></rss>')
    with pytest.raises(BadFeed, match="declares XML entities"):
        read(path)


def test_xml_that_breaks_off_is_refused_as_a_whole(tmp_path):
    path = tmp_path / "cut.xml"
    path.write_text(RSS[: RSS.index("call us")])
    with pytest.raises(BadFeed, match="after item 1"):
        read(path)


SHOPIFY = """Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,\
Option2 Name,Option2 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,\
Variant Price,Variant Compare At Price,Variant Barcode,Image Src,Variant Image,Fit (product.metafields.a.fit),Status
coat,Wool coat,"<p>Warm, soft.</p>
<ul><li>Lined</li></ul>",Acme,Apparel > Outerwear,Coats,"winter, wool",true,Colour,Red,Size,M,C-RM,shopify,3,deny,\
89.00,99.00,111,https://s.example/1.jpg,https://s.example/r.jpg,Slim,active
coat,,,,,,,,,Blue,,L,,shopify,-2,continue,89.00,80.00,,,,,
coat,,,,,,,,,,,,,,,,,,,https://s.example/2.jpg,,,
mug,Mug,,Acme,,,,true,Title,Default Title,,,,,,,7.50,,,,,,active
old,Old hat,,Acme,,,,true,Title,Default Title,,,,,,,7.50,,,,,,draft
lamp,Lamp,,Acme,,,,true,Title,Default Title,,,LAMP,shopify,0,deny,free?,,,,,,active
"""


def test_shopify_rows_of_a_handle_are_variants(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text(SHOPIFY)
    assert sniff(path) == "shopify"
    (coat, mug), problems = read(path, currency="EUR")
    assert (coat.id, coat.title, coat.brand, coat.currency) == ("coat", "Wool coat", "Acme", "EUR")
    assert coat.words["en"].description == "Warm, soft.\nLined"
    assert coat.words["en"].category == ("Apparel", "Outerwear", "Coats")
    assert coat.words["en"].attributes == {"Fit": "Slim", "Tags": "winter, wool"}
    red, blue = coat.variants
    assert (red.id, red.options, red.stock) == ("C-RM", {"color": "Red", "size": "M"}, 3)
    assert (red.price_minor, red.list_price_minor, red.image) == (8900, 9900, "https://s.example/r.jpg")
    assert (blue.id, blue.stock, blue.availability) == ("coat-2", 0, Availability.BACKORDER)
    assert blue.list_price_minor is None
    assert coat.images == ("https://s.example/1.jpg", "https://s.example/2.jpg")
    assert (mug.variants[0].options, mug.variants[0].stock) == ({}, None)
    assert mug.in_stock
    assert [(p.field, p.value) for p in problems] == [("Status", "draft"), ("variant_price", "free?")]


AGENTIC = {
    "id": "coat",
    "title": "Wool coat",
    "description": {"html": "<p>Warm</p>"},
    "url": "https://s.example/c",
    "media": [{"type": "image", "url": "https://s.example/1.jpg"}, {"type": "video", "url": "https://s.example/v.mp4"}],
    "variants": [
        {
            "id": "coat-m",
            "title": "Wool coat M",
            "price": {"amount": 8900, "currency": "eur"},
            "list_price": {"amount": 9900, "currency": "EUR"},
            "availability": {"available": True, "status": "in_stock"},
            "categories": [{"value": "Clothing > Coats"}],
            "variant_options": [{"name": "Colour", "value": "Red"}, {"name": "Size", "value": "M"}],
            "barcodes": [{"type": "gtin", "value": "123"}],
            "seller": {"name": "Acme"},
        },
        {
            "id": "coat-l",
            "title": "L",
            "price": {"amount": 99.5, "currency": "EUR"},
            "availability": {"available": False},
        },
        {"id": "coat-x", "title": "X", "price": {"amount": 1, "currency": "ducats"}},
    ],
}


@pytest.mark.parametrize("shape", ["array", "products", "lines", "pretty"])
def test_agentic_commerce_in_every_shape(tmp_path, shape):
    path = tmp_path / "feed"
    other = {**AGENTIC, "id": "other"}
    texts = {
        "array": json.dumps([AGENTIC, other]),
        "products": json.dumps({"target_country": "US", "products": [AGENTIC, other]}),
        "lines": "\n".join(map(json.dumps, [AGENTIC, other])),
        "pretty": json.dumps({"meta": {"n": 2}, "products": [AGENTIC, other]}, indent=2),
    }
    path.write_text(texts[shape])
    assert sniff(path) == "agentic"
    products, problems = read(path)
    assert [one.id for one in products] == ["coat", "other"]
    coat = products[0]
    medium, large = coat.variants
    assert (coat.words["en"].description, coat.words["en"].category) == ("Warm", ("Clothing", "Coats"))
    assert (coat.url, coat.images, coat.currency) == ("https://s.example/c", ("https://s.example/1.jpg",), "EUR")
    assert (medium.price_minor, medium.list_price_minor, medium.barcode) == (8900, 9900, "123")
    assert medium.options == {"color": "Red", "size": "M"}
    assert (medium.availability, large.availability) == (Availability.IN_STOCK, Availability.OUT_OF_STOCK)
    assert large.price_minor == 9950
    assert [(p.field, p.reason) for p in problems] == [("price", "names a currency that is not an ISO 4217 code")] * 2


FLAT = {
    "id": "B1",
    "title": "Reader – 2x storage",
    "bullet_points": "Thin.\nLight.",
    "brand": "Amazon",
    "color": "Black",
    "category": ["Electronics", "Readers"],
    "price": 29.97,
    "rating": 4.6,
    "rating_count": 124969,
    "image": "https://s.example/1.jpg",
    "Screen size": "6 inch",
}


@pytest.mark.parametrize("zipped", [False, True])
def test_flat_objects_import_as_they_are(tmp_path, zipped):
    path = tmp_path / "products.jsonl"
    text = json.dumps(FLAT) + "\n\n{broken\n" + json.dumps({"id": "B2"}) + "\n" + json.dumps([1]) + "\n"
    path.write_bytes(gzip.compress(text.encode()) if zipped else text.encode())
    assert sniff(path) == "jsonl"
    (reader,), problems = read(path)
    assert (reader.variants[0].price_minor, reader.currency) == (2997, None)
    assert reader.variants[0].options == {"color": "Black"}
    assert reader.words["en"].highlights == ("Thin.", "Light.")
    assert reader.words["en"].category == ("Electronics", "Readers")
    assert (reader.rating, reader.rating_count) == (4.6, 124969)
    assert reader.words["en"].attributes == {"Screen size": "6 inch"}
    assert [(p.row, p.field) for p in problems] == [(3, "line"), (4, "title"), (5, "product")]


def test_a_currency_given_makes_bare_prices_so(tmp_path):
    path = tmp_path / "products.json"
    path.write_text(json.dumps([{**FLAT, "price": 1999}]))
    assert read(path, currency="JPY")[0][0].variants[0].price_minor == 1999
    with pytest.raises(BadFeed, match="ISO 4217"):
        read(path, currency="ducats")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is empty"),
        ("\n \n", "it is empty"),
        ("<!DOCTYPE html><html><body>404</body></html>", "it is a web page"),
        ("just a letter to a friend", "no table, XML or JSON"),
        ("sku,price\n1,2\n", "name no id and title"),
        ('{"shops": {"a": {"1": {}}}}\n', "id"),
        ('{"a": [1, 2]}\n{"b"', "id"),
        ('{\n"a": [1, 2]\n}', "holds no list of products"),
        ('[{"id": "1", "title": "T"}, {"id"', "it is no JSON after record 1"),
    ],
)
def test_what_is_no_feed_is_said_to_be_none(tmp_path, text, why):
    path = tmp_path / "feed"
    path.write_text(text)
    try:
        products, problems = read(path)
    except BadFeed as problem:
        assert why in str(problem)
    else:
        assert products == []
        assert problems[0].field == why


def test_a_missing_file_and_damaged_compression_are_named(tmp_path):
    with pytest.raises(BadFeed, match="no such file"):
        read(tmp_path / "nothing")
    path = tmp_path / "cut.gz"
    path.write_bytes(gzip.compress(json.dumps(FLAT).encode() * 9)[:60])
    with pytest.raises(BadFeed, match="compression is damaged"):
        read(path)


def test_a_sale_counts_only_in_its_time(tmp_path):
    header = ["id", "title", "price", "sale_price", "sale_price_effective_date"]
    rows = [
        header,
        ["1", "Past", "9 EUR", "5 EUR", "2020-01-01T00:00+0000/2020-02-01T00:00+0000"],
        ["2", "Now", "9 EUR", "5 EUR", "2020-01-01T00:00Z/2999-01-01T00:00Z"],
        ["3", "Bad", "9 EUR", "5 EUR", "soon"],
    ]
    (past, now), (problem,) = read(tsv(rows, tmp_path / "feed"))
    assert (past.variants[0].price_minor, now.variants[0].price_minor) == (900, 500)
    assert problem.field == "sale_price_effective_date"


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("id", "", "is missing"),
        ("title", "<br>", "is missing"),
        ("price", "10 - 20 EUR", "more than one number"),
        ("availability", "maybe", "is none of"),
        ("currency", "ZZ", "ISO 4217"),
        ("rating", "11", "between 0 and 5"),
        ("rating_count", "many", "whole number"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_the_rest_is_read(tmp_path, field, value, why):
    fields = {
        "id": "1",
        "title": "T",
        "price": "9 EUR",
        "availability": "",
        "currency": "",
        "rating": "",
        "rating_count": "",
    }
    bad = {**fields, field: value}
    rows = [list(fields), list(bad.values()), list({**fields, "id": "2"}.values())]
    (good,), (problem,) = read(tsv(rows, tmp_path / "feed"))
    assert good.id == "2"
    assert (problem.row, problem.field) == (2, field)
    assert why in problem.reason


def test_an_id_twice_in_a_feed_is_named(tmp_path):
    rows = [["id", "title", "price"], ["1", "A", "1 EUR"], ["1", "B", "2 EUR"]]
    (first,), (problem,) = read(tsv(rows, tmp_path / "feed"))
    assert (first.title, problem.row, problem.field) == ("A", 3, "id")
