from assistant.wording.evidence import Fact, Subject
from assistant.wording.record import sentences, short_name


def test_every_fact_is_said_as_it_stands(things):
    for name, language in (("lamp", "en"), ("lamp_zh", "zh"), ("jacket", "en")):
        facts = list(things[name].facts)
        text = " ".join(said for said, _ in sentences(things[name], facts, language))
        assert all(fact.text in text for fact in facts)


def test_what_a_buyer_or_a_seller_wrote_is_quoted():
    quote = Fact("review_quote", "Review", "Best lamp ever", "review:1")
    highlight = Fact("highlight", "Highlight", "Lifetime warranty.", "x")
    thing = Subject("1", "product", "Lamp", (quote, highlight))
    assert [text for text, _ in sentences(thing, (quote, highlight), "en")] == [
        "One buyer wrote: “Best lamp ever”.",
        "Its description says: “Lifetime warranty”.",
    ]


def test_long_titles_are_cut_where_one_would_stop_speaking():
    def name(title):
        return short_name(Subject("1", "product", title, ()))

    assert name("Red Devil 4218 Flexible Taping Knife, 6 inch") == "Red Devil 4218 Flexible Taping Knife"
    assert name("Kindle Paperwhite – Now Waterproof with 2x the Storage – Ad-Supported") == "Kindle Paperwhite"
    assert name("Mug") == "Mug"
    assert name("美的（Midea）60升超薄双胆扁桶电热水器3300W速热节能") != ""
