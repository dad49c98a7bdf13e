from dataclasses import replace

import pytest

from assistant.errors import BadRecord, NotAllowed, NotFound
from assistant.store.customers import Customers
from assistant.store.principal import GUEST, SYSTEM, Principal

AGENT = Principal("agent")


def test_an_account_comes_back_as_it_was_put(database, people):
    customers = Customers(database)
    for person in people:
        kept = customers.get(person.id, Principal("shopper", person.id))
        assert kept == person and kept.joined_at.utcoffset().total_seconds() == 0


def test_putting_again_replaces(database, people):
    customers = Customers(database)
    moved = replace(people[0], address=None, phone="")
    assert customers.put([moved], SYSTEM) == 1
    assert customers.get(moved.id, SYSTEM) == moved and customers.count() == 2


@pytest.mark.parametrize("who", [GUEST, Principal("shopper", "c-bo"), Principal("shopper")])
def test_another_persons_account_reads_as_missing(database, people, who):
    with pytest.raises(NotFound) as theirs:
        Customers(database).get("c-ada", who)
    with pytest.raises(NotFound) as nobodys:
        Customers(database).get("c-zzz", who)
    assert str(theirs.value).replace("c-ada", "") == str(nobodys.value).replace("c-zzz", "")


def test_staff_see_every_account(database, people):
    assert Customers(database).get("c-ada", AGENT) == people[0]


@pytest.mark.parametrize("who", [GUEST, AGENT, Principal("shopper", "c-ada")])
def test_only_the_shop_writes_accounts_and_lists_demo_ones(database, people, who):
    with pytest.raises(NotAllowed):
        Customers(database).put([people[1]], who)
    with pytest.raises(NotAllowed):
        Customers(database).demo(who)


def test_demo_accounts_are_the_marked_ones(database, people):
    assert Customers(database).demo(SYSTEM) == [people[0]]


def test_a_time_without_a_zone_is_refused(database, people):
    naive = replace(people[0], joined_at=people[0].joined_at.replace(tzinfo=None))
    with pytest.raises(BadRecord, match=r"^the record cannot be kept: the time .* has no zone"):
        Customers(database).put([naive], SYSTEM)
