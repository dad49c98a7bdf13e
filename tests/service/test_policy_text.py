from pathlib import Path

import pytest

from assistant.service.policy_text import BadPolicy, parse_policy, read_policies

RETURNS = """# Returns

We want you to be happy.

## When the *money* comes back {#refund-time}

We refund within **5 working days**
of the [parcel's](https://shop.example) arrival.

- Card: 5 days
- PayPal: 1 day

## How long

| country | days |
| --- | --- |
| Spain | 30 |

## How long

Always.

## Nothing here
"""


def test_a_policy_is_read_into_paragraphs_that_can_be_quoted():
    text = parse_policy(RETURNS, policy="returns", language="en")
    assert text.title == "Returns"
    assert [(one.id, one.heading, one.text) for one in text.paragraphs] == [
        ("returns#returns", "Returns", "We want you to be happy."),
        (
            "returns#refund-time",
            "When the money comes back",
            "We refund within 5 working days of the parcel's arrival.\nCard: 5 days\nPayPal: 1 day",
        ),
        ("returns#how-long", "How long", "country · days\nSpain · 30"),
        ("returns#how-long-2", "How long", "Always."),
    ]


def test_the_version_follows_the_text():
    first = parse_policy(RETURNS, policy="returns", language="en").version
    assert first == parse_policy(RETURNS, policy="returns", language="en").version
    assert first != parse_policy(RETURNS + "\nMore.\n", policy="returns", language="en").version


def test_a_chinese_heading_without_an_id_makes_one():
    (paragraph,) = parse_policy("# 退货\n\n## 退款 到账\n\n五天。", policy="returns", language="zh").paragraphs
    assert (paragraph.id, paragraph.title) == ("returns#退款-到账", "退货")


def test_text_without_any_heading_goes_by_the_policys_name():
    (paragraph,) = parse_policy("Thirty days.", policy="returns", language="en").paragraphs
    assert (paragraph.id, paragraph.heading) == ("returns#text", "returns")


def test_two_languages_share_the_ids():
    found = read_policies(Path(__file__).parent / "policies")
    ids = {language: {p.id for t in found if t.language == language for p in t.paragraphs} for language in ("en", "zh")}
    assert ids["en"] == ids["zh"] and len(ids["en"]) == 25


@pytest.mark.parametrize(
    ("content", "reason"), [(b"# Only a title\n", "no text"), (b"", "no text"), (b"\xff\xfe\x00", "UTF-8")]
)
def test_a_file_that_says_nothing_is_named(tmp_path, content, reason):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "returns.md").write_bytes(content)
    with pytest.raises(BadPolicy, match=reason) as raised:
        read_policies(tmp_path)
    assert "returns.md" in str(raised.value)


def test_an_empty_folder_is_named(tmp_path):
    with pytest.raises(BadPolicy, match="holds no files"):
        read_policies(tmp_path)
