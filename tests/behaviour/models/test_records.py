"""What the models read of the shop's events, seen by eye."""

from datetime import UTC, date, datetime, timedelta

from assistant.behaviour.event import Event, EventItem, Kind
from assistant.behaviour.models.records import daily_pieces, purchase_lines, visits_by_person

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def event(kind, *, hours, who="c1", quantity=1, price=500):
    return Event(
        id=f"{who}-{hours}-{kind}",
        kind=kind,
        at=START + timedelta(hours=hours),
        customer_id=who,
        items=(EventItem(product_id="p1", quantity=quantity, price_minor=price),),
        order_number="7",
    )


EVENTS = [
    event(Kind.PURCHASE, hours=48, quantity=2),
    event(Kind.PRODUCT_VIEW, hours=0),
    event(Kind.REFUND, hours=72),
    event(Kind.PURCHASE, hours=0, who="c2", price=None),
]


def test_visits_are_each_persons_in_order():
    mine, other = visits_by_person(EVENTS)
    assert [[one.kind for one in visit] for visit in mine] == [[Kind.PRODUCT_VIEW], [Kind.PURCHASE], [Kind.REFUND]]
    assert len(other) == 1


def test_what_came_back_has_a_minus_and_an_order_of_its_own():
    lines = purchase_lines(EVENTS)
    assert lines["quantity"].to_list() == [2, -1, 1]
    assert lines["money"].to_list() == [1000, -500, 0]
    assert lines["order"].to_list() == ["7", "refund:7", "7"]
    assert lines["customer"].n_unique() == 2


def test_a_day_without_a_sale_is_nought():
    lines = purchase_lines(EVENTS)
    assert daily_pieces(lines, {"p1"}, last=date(2026, 3, 5)).tolist() == [1, 0, 2, 0]
    assert daily_pieces(lines, {"p9"}, last=date(2026, 3, 5)).tolist() == []
