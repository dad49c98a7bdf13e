from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from assistant.errors import NotAllowed
from assistant.store.carts import Carts
from assistant.store.principal import GUEST, SYSTEM, Principal
from assistant.store.records import CartItem, QuantityChange

ADA, BO = Principal("shopper", "c-ada"), Principal("shopper", "c-bo")


def item(variant_id):
    return CartItem(
        variant_id=variant_id, product_id="p", quantity=0, added_at=datetime.now(UTC), titles={"en": "Lamp", "zh": "灯"}
    )


def held(carts, session_id, who):
    return {line.variant_id: line.quantity for line in carts.items(session_id, who)}


def add(carts, session_id, who, variant_id, number=1):
    return carts.change(session_id, who, item=item(variant_id), decide=lambda present: present + number)


def test_a_change_says_what_was_and_what_is(database):
    carts = Carts(database)
    assert add(carts, "s", GUEST, "v", 2) == QuantityChange(0, 2)
    assert add(carts, "s", GUEST, "v", 1) == QuantityChange(2, 3)
    assert carts.change("s", GUEST, item=item("v"), decide=lambda _: 0) == QuantityChange(3, 0)
    assert carts.items("s", GUEST) == ()


def test_lines_keep_the_order_of_adding_and_the_titles(database):
    carts = Carts(database)
    for variant_id in "cab":
        add(carts, "s", GUEST, variant_id)
    add(carts, "s", GUEST, "c")
    lines = carts.items("s", GUEST)
    assert [line.variant_id for line in lines] == ["c", "a", "b"] and lines[0].titles == {"en": "Lamp", "zh": "灯"}


def test_carts_do_not_mix(database):
    carts = Carts(database)
    add(carts, "s1", GUEST, "guest")
    add(carts, "s1", ADA, "ada")
    add(carts, "s1", BO, "bo")
    assert held(carts, "s1", GUEST) == {"guest": 1}
    assert held(carts, "s1", ADA) == held(carts, "elsewhere", ADA) == {"ada": 1}
    assert held(carts, "s2", GUEST) == {}
    carts.clear("s1", ADA)
    assert held(carts, "s1", ADA) == {} and held(carts, "s1", BO) == {"bo": 1}


def test_signing_in_takes_the_guests_cart_along(database):
    carts = Carts(database)
    add(carts, "s", GUEST, "a", 2)
    add(carts, "s", GUEST, "b", 1)
    add(carts, "old", ADA, "a", 3)
    carts.adopt("s", ADA)
    carts.adopt("s", ADA)
    assert held(carts, "s", ADA) == {"a": 5, "b": 1} and held(carts, "s", GUEST) == {}


def test_the_carts_id_tells_neither_session_nor_customer(database):
    carts = Carts(database)
    assert carts.cart_id("secret-session", GUEST) is None
    add(carts, "secret-session", GUEST, "v")
    add(carts, "secret-session", ADA, "v")
    ids = {carts.cart_id("secret-session", GUEST), carts.cart_id("secret-session", ADA)}
    assert len(ids) == 2 and not any("secret" in cart or "ada" in cart for cart in ids)


def test_staff_have_no_cart_and_guests_take_none_over(database):
    with pytest.raises(NotAllowed):
        Carts(database).items("s", SYSTEM)
    with pytest.raises(NotAllowed):
        Carts(database).adopt("s", GUEST)


def test_two_tabs_at_once_lose_nothing(database):
    carts = Carts(database)
    with ThreadPoolExecutor(4) as tabs:
        list(tabs.map(lambda _: add(carts, "s", GUEST, "v"), range(24)))
    assert held(carts, "s", GUEST) == {"v": 24}
