"""Policy as data: the files are right, agree with the policies they cite, and decide as those say."""

import re
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.demo.build import POLICIES
from assistant.service.actions import (
    CancelOrder,
    ChangeAddress,
    ChangeItems,
    ChangePayment,
    ExchangeItems,
    ReturnItems,
)
from assistant.service.policy_text import read_policies
from assistant.service.retail_world import RULES as WORLD_RULES
from assistant.service.rules import BadRules, Broken, Facts, Good, decide, read_rules
from assistant.service.rules.shop_rules import RULE_IDS, Season, Window
from assistant.service.saying import refusal
from assistant.store.records import Address, OrderChange, OrderStatus, Swap
from index.money import price_text

DEMO = POLICIES / "rules.toml"
DELIVERED = OrderStatus.DELIVERED


@pytest.fixture
def goods(made):
    return {one.id: Good(product, one) for product in made.goods for one in product.variants}


@pytest.fixture
def facts(made, goods):
    def facts(of, **given):
        values = {"customer": made.ada, "now": made.noon, "order": of, "goods": goods}
        return Facts(**values | given)

    return facts


@pytest.fixture
def broken(facts):
    def broken(action, of, rules=None, **given):
        decision = decide(action, facts(of, **given), rules or read_rules(DEMO))
        return decision.rule if isinstance(decision, Broken) else None

    return broken


@pytest.fixture
def order(made):
    return made.order


def back(*units, of="R", to="P-1", reason=""):
    return ReturnItems(order_number=of, variant_ids=units, refund_to=to, reason=reason)


def other(old, new, of="R", by="P-1", reason=""):
    return ExchangeItems(
        order_number=of, variant_ids=(old,), new_variant_ids=(new,), payment_method_id=by, reason=reason
    )


def changed(old, new, by="P-1"):
    return ChangeItems(order_number="R", variant_ids=(old,), new_variant_ids=(new,), payment_method_id=by)


def test_every_rule_of_the_demo_cites_a_paragraph_that_is_there_in_both_languages():
    there = {(text.language, one.id) for text in read_policies(POLICIES) for one in text.paragraphs}
    cited = {rule.cites for rule in read_rules(DEMO).rule.values() if rule.cites}
    assert {(language, one) for language in ("en", "zh") for one in cited} <= there


def test_the_demo_figures_are_those_of_its_policies():
    rules = read_rules(DEMO)
    texts = {one.id: one.text for text in read_policies(POLICIES) if text.language == "en" for one in text.paragraphs}
    window, season = rules.returns.window, rules.returns.window.seasons[0]
    assert f"{window.days} days from the day of delivery" in texts["returns#window"]
    assert "From 1 November to 24 December" in texts["returns#window"] and (season.first, season.last) == (
        "11-01",
        "12-24",
    )
    assert "until 31 January" in texts["returns#window"] and season.until == "01-31"
    assert f"within {window.excused_days} days of delivery" in texts["returns#faulty"]
    assert f"costs {price_text(rules.returns.fee_minor, 'USD', 'en')}" in texts["returns#cost"]
    assert f"within the same {rules.exchange.window.days} days" in texts["returns#exchange"]
    assert "once for each item" in texts["returns#exchange"] and rules.exchange.times_each == 1
    assert "food and tea" in texts["returns#exceptions"] and "seeds" in texts["returns#exceptions"]
    assert "change the address, change the items or cancel it" in texts["shipping#change"]
    assert rules.payment is None


@pytest.mark.parametrize("path", [DEMO, WORLD_RULES])
def test_every_rule_is_said_in_both_languages(path):
    rules = read_rules(path)
    values = {
        "order": "R-1",
        "status": OrderStatus.SHIPPED,
        "reasons": ("a", "b"),
        "item": "Lamp",
        "new": "L-2",
        "method": "Visa",
        "balance_minor": 100,
        "needed_minor": 200,
        "currency": "USD",
        "closed": date(2026, 1, 1),
        "days": 30,
        "country": "FR",
        "problem": "x",
        "product": "P",
    }
    for one in RULE_IDS:
        said = refusal(Broken(one, values), rules).said
        assert said["en"] and re.search("[一-鿿]", said["zh"]) and "{{" not in said["en"] + said["zh"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[identify", "no readable TOML"),
        ("[identify]\nways = ['palm']", "identify.ways.0"),
        ("[identify]\nways = []\nfriends = 1", "identify.friends"),
        ("[identify]\nways = []", "says nothing for the rule"),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(tmp_path, text, reason):
    path = tmp_path / "rules.toml"
    path.write_text(text)
    with pytest.raises(BadRules, match=reason):
        read_rules(path)


def test_a_condition_must_be_worded(tmp_path):
    path = tmp_path / "rules.toml"
    path.write_text(DEMO.read_text(encoding="utf-8").replace("[condition.sealed]", "[condition.shut]"), "utf-8")
    with pytest.raises(BadRules, match="condition 'sealed'"):
        read_rules(path)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 90))
def test_a_season_only_lengthens_a_window(delivered, days):
    plain = Window(days=days)
    season = replace(plain, seasons=(Season(first="11-01", last="12-24", until="01-31"),))
    assert plain.closes(delivered) == delivered + timedelta(days=days)
    assert season.closes(delivered) >= plain.closes(delivered)
    if (delivered.month, delivered.day) >= (11, 1) and (delivered.month, delivered.day) <= (12, 24):
        assert season.closes(delivered) >= date(delivered.year + 1, 1, 31)


def test_the_window_closes_after_the_last_day(broken, order):
    on_time, late = order("R", DELIVERED, delivered_days_ago=30), order("R", DELIVERED, delivered_days_ago=31)
    assert broken(back("shirt-s"), on_time) is None and broken(back("shirt-s"), late) == "return-window"
    assert broken(other("shirt-s", "shirt-m"), late) == "exchange-window"
    assert broken(back("shirt-s", reason="faulty"), late) is None
    assert broken(back("shirt-s", reason="faulty"), order("R", DELIVERED, delivered_days_ago=61)) == "return-window"


def test_days_are_the_shops_own(broken, order, made):
    late = order("R", DELIVERED, delivered_days_ago=31)
    evening = made.noon - timedelta(hours=10)  # still the thirtieth day in New York
    assert broken(back("shirt-s"), late, now=evening) == "return-window"
    assert broken(back("shirt-s"), late, now=evening, zone=ZoneInfo("America/New_York")) is None


def test_final_sale_and_seals(broken, facts, order):
    of = order("R", DELIVERED, lines=("tea-1", "cream-1"))
    assert broken(back("tea-1"), of) == "final-sale" and broken(other("tea-1", "tea-2"), of) == "final-sale"
    assert broken(back("tea-1", reason="damaged"), of) is None
    assert decide(back("cream-1"), facts(of), read_rules(DEMO)).conditions == ("unused", "sealed")
    assert decide(back("cream-1", reason="faulty"), facts(of), read_rules(DEMO)).conditions == ()


def test_what_a_return_costs(order, facts):
    rules, of = read_rules(DEMO), order("R", DELIVERED, lines=("shirt-s", "shirt-m"), discount_minor=650)

    def terms(**given):
        return decide(back("shirt-s", **given), facts(of), rules)

    assert (terms().refunds[0].amount_minor, terms().fee_minor) == (2700 - 395, 395)
    assert (terms(to="store_credit").refunds[0].amount_minor, terms(to="store_credit").fee_minor) == (2700, 0)
    assert terms(reason="wrong item").fee_minor == 0
    assert terms(to="P-2") == Broken("return-refund-to", {"method": "Gift card"})
    assert terms(to="P-9") == Broken("own-payment", {"method": "P-9"})


def test_where_an_order_may_go(broken, order):
    there = Address(name="A", street="1 Rue", city="Paris", postcode="75001", country="FR")
    go = ChangeAddress(order_number="R", address=there)
    assert broken(go, order("R")) == "address-country"
    assert broken(go, order("R", ship_to=replace(there, city="Lyon"))) is None
    assert broken(go, order("R", OrderStatus.SHIPPED)) == "address-status"


def test_the_demo_changes_items_as_often_as_wanted_and_payment_never(broken, order):
    assert broken(changed("shirt-s", "shirt-m"), order("R")) is None
    assert broken(ChangePayment(order_number="R", payment_method_id="P-2"), order("R")) == "not-offered"
    assert broken(CancelOrder(order_number="R", reason="my cat did it"), order("R")) is None


@pytest.mark.parametrize(
    ("action", "rule"),
    [
        (changed("shirt-s", "tea-1"), "same-product"),
        (changed("shirt-s", "nothing"), "same-product"),
        (changed("shirt-s", "shirt-s"), "other-option"),
        (changed("shirt-s", "shirt-xl"), "available"),
        (changed("shirt-l", "shirt-m"), "own-items"),
        (changed("shirt-s", "shirt-m", by="P-3"), "own-payment"),
        (changed("shirt-s", "shirt-m", by="P-2"), None),
    ],
)
def test_what_may_replace_an_item(action, rule, broken, order):
    assert broken(action, order("R")) == rule


def test_a_gift_card_pays_what_it_holds(broken, order, made):
    poor = replace(made.ada, payment_methods=(*made.ada.payment_methods[:1], replace(made.gift, balance_minor=499)))
    assert broken(changed("shirt-s", "shirt-m", by="P-2"), order("R"), customer=poor) == "gift-card-balance"
    assert broken(changed("shirt-s", "shirt-l", by="P-2"), order("R"), customer=poor) is None
    world = read_rules(WORLD_RULES)
    pay = ChangePayment(order_number="R", payment_method_id="P-2")
    assert broken(pay, order("R"), world) == "gift-card-balance"
    rich = replace(made.ada, payment_methods=(*made.ada.payment_methods[:1], replace(made.gift, balance_minor=3000)))
    assert broken(pay, order("R"), world, customer=rich) is None


def test_nobody_can_have_more_than_is_on_the_shelf(broken, order, made, goods):
    scarce = {**goods, "shirt-m": Good(made.shirt, replace(made.shirt.variants[1], stock=1))}
    two = ChangeItems(
        order_number="R",
        variant_ids=("shirt-s", "shirt-s"),
        new_variant_ids=("shirt-m", "shirt-m"),
        payment_method_id="P-1",
    )
    assert broken(two, order("R", lines=("shirt-s", "shirt-s")), goods=scarce) == "available"


def test_a_customer_without_the_method_that_paid_is_refunded_to_it_all_the_same(facts, order, made):
    moved = replace(made.ada, payment_methods=(made.paypal,))
    terms = decide(CancelOrder(order_number="R", reason="x"), facts(order("R"), customer=moved), read_rules(DEMO))
    assert [(one.method_id, one.label) for one in terms.refunds] == [("P-1", "Visa ending in 4242")]


def test_what_nobody_noted_does_not_come_back_twice(broken, order, made):
    assert broken(back("shirt-s"), order("R", OrderStatus.RETURN_REQUESTED)) == "return-status"
    noted = OrderChange(
        order_number="R",
        kind="return",
        at=made.noon,
        swaps=(Swap(variant_id="shirt-m", price_minor=3500),),
        method_id="P-1",
    )
    of = order("R", OrderStatus.RETURN_REQUESTED, lines=("shirt-s", "shirt-m"))
    assert broken(back("shirt-s"), of, changes=(noted,)) is None
    assert broken(back("shirt-m"), of, changes=(noted,)) == "own-items"


def test_what_came_in_a_bad_state_is_replaced_by_the_same_for_nothing(facts, broken, order):
    of = order("R", DELIVERED, delivered_days_ago=3)
    assert broken(other("shirt-s", "shirt-s"), of) == "other-option"
    terms = decide(other("shirt-s", "shirt-s", reason="faulty"), facts(of), read_rules(DEMO))
    assert terms.difference_minor == 0 and terms.conditions == ()


def test_the_delivery_fee_comes_back_where_the_whole_order_was_bad(facts, order):
    rules, of = read_rules(DEMO), order("R", DELIVERED, lines=("shirt-s", "shirt-m"), shipping_minor=495)
    whole = decide(back("shirt-s", "shirt-m", reason="damaged"), facts(of), rules)
    assert whole.delivery_minor == 495 and whole.fee_minor == 0
    assert whole.refunds[0].amount_minor == sum(line.price_minor for line in of.lines) + 495
    assert decide(back("shirt-s", "shirt-m"), facts(of), rules).delivery_minor == 0
    assert decide(back("shirt-s", reason="damaged"), facts(of), rules).delivery_minor == 0
