"""Addresses in the forms in which people write them."""

import pytest

from assistant.conversation.reading.addresses import written_address


@pytest.mark.parametrize(
    ("text", "street", "city", "region", "postcode", "country"),
    [
        ("it's 7 Birch Road, Apt 9, Boise, ID 83702", "7 Birch Road, Apt 9", "Boise", "ID", "83702", "US"),
        ("7 Birch Road, Suite 12B, Boise, ID 83702, USA", "7 Birch Road, Suite 12B", "Boise", "ID", "83702", "US"),
        ("Unit 4, 7 Birch Road, Boise, ID 83702", "Unit 4, 7 Birch Road", "Boise", "ID", "83702", "US"),
        ("7 Birch Road, Boise, 83702", "7 Birch Road", "Boise", "", "83702", "US"),
        ("7 Birch Rd Boise Idaho 83702", "7 Birch Rd", "Boise", "ID", "83702", "US"),
        ("street: 7 Birch Road, city: Boise, state: Idaho, zip: 83702", "7 Birch Road", "Boise", "ID", "83702", "US"),
        ("街道：7 Birch Road，城市：Boise，州：ID，邮编：83702", "7 Birch Road", "Boise", "ID", "83702", "US"),
        ("9 Bay Street, Ottawa, ON K1P 1A4, Canada", "9 Bay Street", "Ottawa", "ON", "K1P 1A4", "CA"),
        (
            "新地址：成都市武侯区人民南路四段27号2栋805，610041",
            "武侯区人民南路四段27号2栋805",
            "成都市",
            "",
            "610041",
            "CN",
        ),
        ("天河路12号 广州 510620", "天河路12号", "广州", "", "510620", "CN"),
    ],
)
def test_an_address_is_read_in_its_parts(text, street, city, region, postcode, country):
    found = written_address(text)
    assert (found.street, found.city, found.region, found.postcode, found.country) == (
        street, city, region, postcode, country,
    )  # fmt: skip


@pytest.mark.parametrize("text", ["12 Oak Street", "I want 2 red mugs in size 40", "where is 12 Oak Street, Denver?"])
def test_less_than_a_whole_address_is_none(text):
    assert written_address(text) is None
