import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.wording.sentences import SentenceBuffer, is_finished, split


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It costs $39.99. It is red.", ("It costs $39.99.", "It is red.")),
        ("It holds 1.5 L. Nice!", ("It holds 1.5 L.", "Nice!")),
        ("Works with U.S. plugs. It is red.", ("Works with U.S. plugs.", "It is red.")),
        ("It is No. 5 of 9. Good.", ("It is No. 5 of 9.", "Good.")),
        ("Use it at home, e.g. in bed. Good.", ("Use it at home, e.g. in bed.", "Good.")),
        ("It weighs 12 oz. It is red.", ("It weighs 12 oz.", "It is red.")),
        ("It is 24 in. wide. Good.", ("It is 24 in. wide.", "Good.")),
        ("很好。它是红色的！要吗？好", ("很好。", "它是红色的！", "要吗？", "好")),
        ("容量 1.5 升。价格 $39.99。", ("容量 1.5 升。", "价格 $39.99。")),
        ("One buyer wrote “It is great.” It is red.", ("One buyer wrote “It is great.”", "It is red.")),
        ("他说“很好。”它是红的。", ("他说“很好。”", "它是红的。")),
        ("It is red; it is not blue. Good.", ("It is red; it is not blue.", "Good.")),
        ("no end", ("no end",)),
        ("", ()),
        ("one\ntwo", ("one", "two")),
    ],
)
def test_split(text, expected):
    assert split(text) == expected


@given(st.text(alphabet="ab .。!5$1\n”“AI", max_size=60), st.data())
def test_pieces_make_no_difference(text, data):
    """However the text arrives, the sentences are the same."""
    buffer, found, at = SentenceBuffer(), [], 0
    while at < len(text):
        step = data.draw(st.integers(1, 7))
        found += buffer.feed(text[at : at + step])
        at += step
    rest = buffer.rest()
    joined = "".join("".join([*found, rest]).split())
    assert joined == "".join(text.split())


@given(st.text(max_size=80))
def test_nothing_is_lost(text):
    assert "".join("".join(split(text)).split()) == "".join(text.split())


def test_a_cut_sentence_is_not_finished():
    assert not is_finished("It is red and")
    assert not is_finished("")
    assert is_finished("“It is red.”")
