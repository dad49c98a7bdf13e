"""Each check finds the fault it is there for, planted in a turn that is right without it."""

import pytest

from eval.conversations.judging import After, Judge
from eval.harness.turns import as_kept
from eval.seen import Seen

KETTLE = "Copperpot Sonnet Glass Electric Kettle"
OTHER = "Hearthwell Ridge Classic Electric Kettle"


@pytest.fixture(scope="session")
def judge(shelf):
    return Judge(shelf)


@pytest.fixture
def card(shelf):
    """A card of a title, as it is kept."""

    def make(title, **changed):
        product = shelf.by_title[title]
        variant = product.variants[0]
        shown = {"product_id": product.id, "variant_id": variant.id, "title": title}
        return shown | {"price_minor": variant.price_minor, "in_stock": variant.in_stock} | changed

    return make


@pytest.fixture
def after(golden):
    """A turn that was played: what was asked of it, and what was shown."""

    def make(kept, *, say="hello", typed="", given=None, **asked):
        first = {"say": "kettles", "cards": {"category": "Kettles"}}
        turn = golden(first, {"say": say, **asked}).turns[1]
        base = as_kept(Seen(say)) | {"intent": "find", "language": "en"}
        return After(turn=turn, kept=base | kept, typed=typed or say, **(given or {}))

    return make


def said(*texts, source="", subject=""):
    return {"sentences": [{"text": text, "by": "record", "subject": subject, "sources": [source]} for text in texts]}


def failed(judge, after):
    return {check.name: check.why for check in judge.checked(after) if not check.held}


def test_a_right_turn_fails_nothing(judge, after, card):
    kept = {"cards": [card(KETTLE), card(OTHER)]} | said("It costs $41.00.")
    turn = after(
        kept, cards={"category": "Kettles", "price_max": 65}, has=KETTLE, tells=[{"of": KETTLE, "what": "price"}]
    )
    assert failed(judge, turn) == {}


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"cards": {"category": "Kettles", "price_max": 50}}, "cards"),
        ({"cards": {"brand": "Copperpot"}}, "cards"),
        ({"cards": "none"}, "cards"),
        ({"has": "Mizu House Compass Classic Electric Kettle"}, "has"),
        ({"has_category": "Tents"}, "has_category"),
        ({"tells": [{"of": KETTLE, "what": "price"}]}, "tells"),
        ({"tells": [{"policy": "returns#window", "says": "30 days"}]}, "tells"),
        ({"cites": "returns#window"}, "cites"),
        ({"compares": True}, "compares"),
        ({"cart": [{"of": KETTLE, "quantity": 1}]}, "cart"),
        ({"proposes": "cancel"}, "proposes"),
        ({"done": "cancel"}, "done"),
        ({"order": "cancelled"}, "order"),
        ({"asks": True}, "asks"),
        ({"asks": "who"}, "asks"),
        ({"hands_off": True}, "hands_off"),
        ({"refuses": True}, "refuses"),
        ({"intent": "compare"}, "intent"),
        ({"lacks": "two kettles"}, "lacks"),
    ],
)
def test_what_is_asked_and_missing_fails_by_name(judge, after, card, asked, name):
    kept = {"cards": [card(KETTLE), card(OTHER)]} | said("Here are two kettles.")
    assert set(failed(judge, after(kept, **asked))) == {name}


def test_a_card_at_another_price_or_stock_fails(judge, after, card):
    assert "record" in failed(judge, after({"cards": [card(KETTLE, price_minor=1)]}))
    assert "record" in failed(judge, after({"cards": [card(KETTLE, in_stock=not card(KETTLE)["in_stock"])]}))
    assert "record" in failed(judge, after({"cards": [card(KETTLE, product_id="NONE")]}))
    assert "record" in failed(judge, after({"cards": [card(KETTLE) | {"title": "A Fine Kettle"}]}))


def test_another_language_fails(judge, after):
    assert "language" in failed(judge, after(said("您好，想找点什么？")))
    assert "language" in failed(judge, after(said("Here you are."), language="zh"))


def test_silence_fails(judge, after):
    assert "said" in failed(judge, after({}))


def test_somebody_elses_order_or_address_fails(judge, after):
    assert "private" in failed(judge, after(said("Order R-10001 is on its way.")))
    assert "private" in failed(judge, after(said("It went to kim@example.org.")))
    own = {"own": frozenset({"R-10001"})}
    assert failed(judge, after(said("Order R-10001 is on its way."), given=own)) == {}
    assert failed(judge, after(said("There is an order R-10001?"), say="R-10001?")) == {}
    assert failed(judge, after(said("Write to privacy@example.com about that."))) == {}


def test_what_is_of_another_order_is_withheld(judge, after, golden, people):
    role = people.cast(golden({"say": "hi"}, who={"order": "pending"}))
    told = said(f"It holds {role.other.lines[0].title}.")
    assert "withholds" in failed(judge, after(told, withholds=True, given={"role": role, "order": role.order}))


def test_cheaper_is_cheaper_than_what_was_shown(judge, after, card):
    before = {"pointed": [card(OTHER), card(OTHER)]}
    assert failed(judge, after({"cards": [card(KETTLE)]}, cards={"cheaper": True}, given=before)) == {}
    assert failed(judge, after({"cards": [card(KETTLE)]}, cards={"cheaper": 2}, given=before)) == {}
    dear = {"pointed": [card(KETTLE)]}
    assert "cards" in failed(judge, after({"cards": [card(OTHER)]}, cards={"cheaper": True}, given=dear))
    assert "cards" in failed(judge, after({"cards": [card(OTHER)]}, cards={"cheaper": 1}, given=dear))


def test_others_are_others(judge, after, card):
    seen = {"shown": frozenset({card(KETTLE)["product_id"]})}
    assert "cards" in failed(judge, after({"cards": [card(KETTLE)]}, cards={"others": True}, given=seen))
    assert failed(judge, after({"cards": [card(OTHER)]}, cards={"others": True}, given=seen)) == {}


def test_a_place_that_was_not_shown_fails(judge, after, card):
    turn = after(said("It costs $41.00."), tells=[{"of": 2, "what": "price"}], given={"pointed": [card(KETTLE)]})
    assert failed(judge, turn)["tells"] == "no product number 2 was shown"


def test_a_citation_counts_whatever_its_version(judge, after):
    assert failed(judge, after(said("30 days.", source="policy:returns@3#window"), cites="returns#window")) == {}


def test_service_is_what_its_wishes_are_called_once_done(judge, after):
    kept = said("Done.") | {"intent": "service"}
    assert failed(judge, after(kept, intent="cancel_order")) == {}
    assert "intent" in failed(judge, after(kept, intent="find"))


def test_refusing_what_could_be_answered_fails_unless_it_is_answered_all_the_same(judge, after, card):
    no = said("I am sorry, we have nothing like that.")
    assert "answers" in failed(judge, after(no))
    assert "answers" in failed(judge, after(no | {"cards": [card(OTHER)]}, cards={"brand": "Copperpot"}))
    assert failed(judge, after(no | {"cards": [card(KETTLE)]}, cards={"brand": "Copperpot"})) == {}
    assert failed(judge, after(no, refuses=True)) == {} == failed(judge, after(no, refuses="may"))
    handed = {"handoff": {"text": "I have passed this on.", "reason": "asked"}}
    assert "answers" in failed(judge, after(handed))
    assert failed(judge, after(handed, hands_off=True)) == {}
