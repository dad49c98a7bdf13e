"""Markup is made of records and messages without any of them becoming code."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from assistant.conversation.parts import (
    Card,
    Cards,
    CartLine,
    CartShown,
    Chip,
    Comparison,
    Handoff,
    Question,
    Sentence,
    Suggestions,
    Understood,
    as_json,
)
from assistant.web.rendering import TurnView, fragment, past_turn, reduction, web_url
from assistant.wording.evidence import Citation

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)
NASTY = st.sampled_from(
    [
        "<script>window.hacked=1</script>",
        '"><img src=x onerror=window.hacked=1>',
        "' onclick='window.hacked=1",
        "javascript:window.hacked=1",
        "</textarea><svg onload=window.hacked=1>",
        "{{ 7 * 7 }}",
        "${window.hacked=1}",
    ]
)
ANY = TEXT | NASTY
PLAIN = Card(
    product_id="p",
    variant_id="v",
    title="Lamp",
    brand=None,
    price_minor=100,
    list_price_minor=None,
    currency="USD",
    price_text="$1.00",
    in_stock=True,
    stock_text="In stock",
    rating=None,
    rating_count=None,
    image=None,
    url=None,
)


def tags(html):
    """Return the shape of some markup: its tags and attribute names in order, without any value."""
    return [(node.tag, sorted(node.attributes)) for node in LexborHTMLParser(html).root.traverse()]


def parts(text, language="en"):
    card = replace(
        PLAIN, title=text, brand=text, why=text, options={"color": text}, stock_text=text, image=text, url=text
    )
    line = CartLine("v", "p", text, text, 1, 100, "USD", text, text)
    return [
        Understood(language, "search", (Chip(text, text),)),
        Cards((card,), Comparison((text,), ((text, (text,)),))),
        Sentence(text, text, "model", (Citation(text, text),)),
        Question(text, (text,)),
        CartShown((line,), text, text),
        Handoff(text, text),
        Suggestions((text,)),
    ]


@given(ANY)
def test_no_text_changes_the_shape_of_the_markup(text):
    def shapes(value):
        patches = past_turn(TurnView("t", "en"), map(as_json, parts(value)), "turn")
        return [tags(patch["html"]) for patch in patches]

    linked = "https://shop.example/x" if web_url(text) else "x"
    assert shapes(text) == shapes(linked)


@given(ANY)
def test_no_link_leads_into_code(text):
    html = "".join(p["html"] for p in past_turn(TurnView("t", "en"), map(as_json, parts(text)), "turn"))
    for node in LexborHTMLParser(html).root.traverse():
        attributes = node.attributes
        assert not any(name.startswith("on") for name in attributes)
        for name in ("href", "src"):
            assert re.match(r"(https?://|/(?!/)|#)", attributes.get(name) or "#"), attributes


def test_the_words_of_a_turn_are_in_the_language_it_was_answered_in():
    view = TurnView("t", "en")
    patches = past_turn(view, [as_json(Understood("zh", "search")), as_json(Cards((PLAIN,)))], "turn")
    assert view.language == "zh"
    assert "加入购物车" in patches[1]["html"]


def test_the_same_record_keeps_its_number_among_the_sources():
    view = TurnView("t", "en")
    first = Sentence("One.", "p", "model", (Citation("Price", "product:p#price"),))
    second = Sentence(
        "Two.", "p", "model", (Citation("Stock", "product:p#stock"), Citation("Price", "product:p#price"))
    )
    patches = past_turn(view, map(as_json, (first, second)), "turn")
    assert "#t-source-2" in patches[1]["html"] and "#t-source-1" in patches[1]["html"]
    assert patches[2]["html"].count("<li") == 2


def test_a_reduction_is_shown_with_the_price_before():
    html = fragment("card", as_json_card(replace(PLAIN, price_minor=3000, list_price_minor=4000)), "en")
    assert "−25 %" in html and "<s>$40.00</s>" in html


def test_a_higher_price_than_before_is_no_reduction():
    assert reduction({"price_minor": 5000, "list_price_minor": 4000}) == 0


def test_what_is_out_of_stock_cannot_be_added():
    assert "data-add" not in fragment("card", as_json_card(replace(PLAIN, in_stock=False)), "en")


def as_json_card(card):
    return as_json(Cards((card,)))["cards"][0]
