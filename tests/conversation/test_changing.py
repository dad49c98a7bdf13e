"""Changes of what is in the cart, and what is put into it in few words."""

import pytest

from assistant.conversation.answers.changing import _EVERYTHING
from assistant.conversation.reading.changes import change_in


def _lines(reply):
    return [(line.quantity, line.product_id, line.options_text) for line in reply.cart.lines]


@pytest.mark.parametrize(
    "refusal",
    [
        "不要这个了",
        "不想要了",
        "这个先不要",
        "算了，不买了",
        "帮我拿出来",
        "不要那个台灯了，帮我拿出来",
        "i don't want it anymore",
        "take that one out",
        "actually, drop it",
    ],
)
def test_what_is_refused_is_taken_out(talk, refusal):
    talk.say("台灯" if not refusal.isascii() else "a desk lamp")
    talk.say("add the first one to my cart")
    assert talk.say(refusal).cart.lines == ()


@pytest.mark.parametrize("refusal", ["两个都不要了", "都不要了", "remove both", "i don't want either of them"])
def test_all_that_is_refused_is_taken_out(talk, refusal):
    talk.say("backpacks")
    talk.say("add the first one to my cart")
    talk.say("add the second one to my cart")
    assert talk.say(refusal).cart.lines == ()


@pytest.mark.parametrize(
    ("change", "left"),
    [
        ("减一个", 2), ("少要一个", 2), ("改成两个", 2), ("不要三个，一个就够了", 1), ("再来一个", 4), ("只要一个", 1),
        ("再来一个一样的，一共四个", 4), ("再加一个，凑四个", 4), ("三个太多了，两个吧", 2), ("三个改两个", 2),
        ("one more, so four in total", 4), ("add another one, that's 4 altogether", 4),
        ("hm, one's enough", 1),
        ("one less", 2), ("take one out", 2), ("just two of them", 2), ("one is enough", 1), ("one more", 4),
        ("that's too many, two is fine", 2),
        ("2 pieces please", 2), ("change it to 5", 5),
    ],
)  # fmt: skip
def test_how_many_are_in_the_cart_changes(talk, change, left):
    talk.say("a desk lamp")
    talk.say("add 3 of the first one to my cart")
    (line,) = talk.say(change).cart.lines
    assert line.quantity == left


@pytest.mark.parametrize(
    "swap",
    [
        "换成第一个吧", "不对，我要的是第一个",
        "可以换成第一个吗", "no, the first one", "把它换成第一个", "不要第二个了，要第一个", "还是要第一个吧",
        "swap it for the first one", "the first one instead", "not the second, the first",
        "i'd rather have the first one",
    ],
)  # fmt: skip
def test_a_product_takes_the_place_of_another(talk, swap):
    first, *_ = talk.say("backpacks").ids
    talk.say("add the second one to my cart")
    reply = talk.say(swap)
    assert [line.product_id for line in reply.cart.lines] == [first]


def test_what_shall_be_there_instead_is_asked_before_anything_is_taken_out(talk):
    first, *_ = talk.say("backpacks").ids
    talk.say("add the second one to my cart")
    assert talk.say("第二个换掉").question is not None
    assert [line.product_id for line in talk.say("第一个").cart.lines] == [first]


def test_a_colour_that_a_thing_does_not_come_in_changes_nothing(talk):
    talk.say("a desk lamp")
    talk.say("add the first one to my cart")
    assert talk.say("换成绿色的").question is not None
    assert len(talk.say("what's in my cart").cart.lines) == 1


@pytest.mark.parametrize("more", ["再加一件L的", "also one in L", "and another one in L"])
def test_the_same_in_another_size_is_added_beside_it(talk, more):
    talk.say("rain jacket")
    talk.say("add the first one to my cart in M")
    assert len(talk.say(more).cart.lines) == 2


@pytest.mark.parametrize(
    "instead", ["can i swap that for an L", "L instead", "i need L instead", "还是要L的吧", "sorry, L"]
)
def test_another_size_right_after_takes_the_place(talk, instead):
    talk.say("rain jacket")
    talk.say("add the first one to my cart in M")
    (line,) = talk.say(instead).cart.lines
    assert line.options_text.endswith(("L", "大号"))


@pytest.mark.parametrize(
    "answer", ["红的，大码", "L in red I guess", "红色 L", "the large red one please", "我穿L，红的"]
)
def test_a_loose_answer_names_size_and_colour(talk, answer):
    talk.say("rain jacket")
    talk.say("add the first one to my cart")
    (line,) = talk.say(answer).cart.lines
    assert line.options_text in ("Red, L", "红色, 大号")


@pytest.mark.parametrize(
    ("pick", "quantity"),
    [
        ("第一个就行", 1), ("就第一个吧", 1), ("我要第一款 两个", 2), ("第一个来三件", 3),
        ("three of the first please", 3), ("i'll go for number one", 1), ("the first one, and two of them", 2),
        ("the first one, two please", 2), ("i'll go for the first one", 1), ("the first one will do", 1),
    ],
)  # fmt: skip
def test_few_words_put_one_of_those_shown_into_the_cart(talk, pick, quantity):
    first, *_ = talk.say("backpacks").ids
    (line,) = talk.say(pick).cart.lines
    assert (line.product_id, line.quantity) == (first, quantity)


@pytest.mark.parametrize("count", ["5 pieces please", "5 please", "来五个"])
def test_so_many_of_several_are_asked_for_and_kept(talk, count):
    talk.say("backpacks")
    assert talk.say(count).question is not None
    (line,) = talk.say("the second one").cart.lines
    assert line.quantity == 5


def test_each_is_taken_in_the_colour_that_was_said_of_it(talk):
    colours = {"BP1": "Navy", "BP2": "Black", "BP3": "Red"}
    one, other, *_ = talk.say("backpacks").ids
    reply = talk.say(f"add the first one in {colours[one]} and the second in {colours[other]}")
    assert _lines(reply) == [(1, one, colours[one]), (1, other, colours[other])]


def test_the_colour_that_nobody_named_is_told_with_the_others(talk):
    talk.say("a desk lamp")
    reply = talk.say("add the first one to my cart")
    assert "also comes in Red" in reply.text
    talk.say("a red desk lamp")
    assert "also comes in" not in talk.say("add the first one to my cart").text


def test_another_s_colour_is_not_taken_for_the_one_in_question(talk):
    colour = {"BP1": "green", "BP2": "green", "BP3": "black"}
    first, *_ = talk.say("backpacks").ids
    talk.say("is the first one in stock?")
    reply = talk.say(f"{colour[first]} then, add to cart please")
    assert reply.cart is None and "have not added" in reply.text


@pytest.mark.parametrize(
    "said", ["a red bag", "换一批", "不要红色的", "再推荐一个", "two people can use it", "第一个怎么样"]
)
def test_other_wishes_are_no_changes_of_a_cart(said):
    assert change_in(said) is None


def test_another_colour_is_asked_of_the_same_product(talk):
    talk.say("backpacks")
    talk.say("is the first one available in black?")
    title = talk.say("the first one").cards[0].title
    assert talk.say("is it available in black?").cards[0].title == title
    assert talk.say("and in green?").cards[0].title == title


def test_what_was_asked_fewer_of_is_fewer_once_the_size_is_known(talk):
    talk.say("rain jacket")
    talk.say("add 3 of the first one to my cart")
    talk.say("one less")
    (line,) = talk.say("M").cart.lines
    assert line.quantity == 2


@pytest.mark.parametrize("said", ["我要第一件，红色，L，要两件", "the first one in red, L, and two of them please"])
def test_size_colour_and_number_are_taken_in_one_breath(talk, said):
    talk.say("rain jacket")
    (line,) = talk.say(said).cart.lines
    assert (line.quantity, line.options_text) in ((2, "Red, L"), (2, "红色, 大号"))


@pytest.mark.parametrize("answer", ["green", "绿色的"])
def test_an_answer_that_the_thing_does_not_come_in_is_told_so(talk, answer):
    talk.say("rain jacket")
    talk.say("add the first one to my cart")
    reply = talk.say(answer)
    assert reply.cart is None and reply.question is not None and reply.intent == "cart_add"


@pytest.mark.parametrize(
    ("said", "all_"), [("clear my cart", True), ("清空购物车", True), ("drop the clear water bottle", False)]
)
def test_only_the_cart_is_cleared_and_no_clear_bottle(said, all_):
    assert bool(_EVERYTHING.search(said)) is all_


@pytest.mark.parametrize("fewer", ["drop one again", "take one back out", "remove one again please"])
def test_one_is_taken_out_again(talk, fewer):
    talk.say("a desk lamp")
    talk.say("add 3 of the first one to my cart")
    (line,) = talk.say(fewer).cart.lines
    assert line.quantity == 2


def test_the_old_one_stays_until_the_option_of_the_new_one_is_known(talk):
    talk.say("a desk lamp")
    talk.say("add the first one to my cart")
    talk.say("rain jacket")
    asked = talk.say("swap the lamp for the first one")
    assert asked.question is not None
    assert len(talk.say("what's in my cart?").cart.lines) == 1


def test_the_new_one_takes_the_place_once_its_option_is_known(talk):
    talk.say("a desk lamp")
    talk.say("add the first one to my cart")
    jacket, *_ = talk.say("rain jacket").ids
    talk.say("no, the first one instead")
    assert [line.product_id for line in talk.say("M please").cart.lines] == [jacket]


def test_what_was_never_put_in_is_not_taken_out_for_another(talk):
    talk.say("a desk lamp")
    talk.say("add the first one to my cart")
    talk.say("backpacks")
    talk.say("what about the second one?")
    reply = talk.say("nah, i don't want it")
    assert len(reply.cart.lines) == 1 and "not in your cart" in reply.text


@pytest.mark.parametrize("swap", ["swap the lamp for a red one", "change that one to a red one", "把台灯换成红色"])
def test_another_colour_takes_the_place_of_the_line_that_is_named(talk, swap):
    talk.say("a desk lamp")
    talk.say("add the first one to my cart in black")
    (line,) = talk.say(swap).cart.lines
    assert line.options_text in ("Red", "红色")


@pytest.mark.parametrize(
    ("message", "left"),
    [("lose the dearer one", "WAL"), ("take out the cheapest", "LMP"), ("drop the other one", "WAL")],
)
def test_a_line_is_meant_by_its_price_or_as_the_other(talk, message, left):
    talk.say("a desk lamp")
    talk.say("add the first one to my cart")
    talk.say("a wallet")
    talk.say("add the first one to my cart")
    kept = {line.product_id: line.price_minor for line in talk.say("what's in my cart?").cart.lines}
    dear = max(kept, key=lambda one: kept[one])
    (line,) = talk.say(message).cart.lines
    other = next(one for one in kept if one != dear)
    assert line.product_id == {"lose the dearer one": other, "take out the cheapest": dear}.get(message, "WAL")


def test_a_change_of_the_cart_and_another_thing_are_both_done(talk):
    talk.say("a desk lamp")
    talk.say("add 3 of the first one to my cart")
    reply = talk.say("actually make it 2, and throw in a wallet")
    assert [line.quantity for line in reply.cart.lines] == [2]
    assert "WAL" in reply.ids and reply.question is not None


@pytest.mark.parametrize("message", ["what have i got in there now", "what's in it so far?"])
def test_the_cart_that_was_just_changed_is_there(talk, message):
    talk.say("a desk lamp")
    talk.say("add the first one to my cart")
    assert talk.say(message).intent == "cart_show"


@pytest.mark.parametrize("message", ["i meant two", "i said 2 pieces"])
def test_how_many_were_meant_is_set_right(talk, message):
    talk.say("a desk lamp")
    talk.say("add the first one to my cart")
    (line,) = talk.say(message).cart.lines
    assert line.quantity == 2


def test_what_is_let_go_of_while_an_option_is_open_is_not_added(talk):
    talk.say("a desk lamp")
    talk.say("add the first one to my cart")
    talk.say("rain jacket")
    talk.say("add the first one")
    reply = talk.say("scrap the first one i added")
    assert reply.cart is None or all(line.product_id != "JKT" for line in reply.cart.lines)


@pytest.mark.parametrize("message", ["put the first one in my basket", "pop the first in the basket please"])
def test_the_basket_is_the_cart(talk, message):
    talk.say("a desk lamp")
    assert [line.product_id for line in talk.say(message).cart.lines] == ["LMP"]
    assert talk.say("what's the damage?").intent == "cart_show"


@pytest.mark.parametrize("message", ["actually make it the first instead", "make that the first one"])
def test_another_of_those_shown_takes_the_place(talk, message):
    first, *_ = talk.say("backpacks").ids
    talk.say("add the second one to my cart")
    assert [line.product_id for line in talk.say(message).cart.lines] == [first]


def test_ten_of_the_one_that_is_pointed_at_are_no_ten_of_all(talk):
    first, *_ = talk.say("backpacks").ids
    lines = talk.say("the first please, ten of them").cart
    assert lines is None or {line.product_id for line in lines.lines} <= {first}


def test_what_several_cost_together_is_asked_of_the_cart(talk):
    talk.say("a desk lamp")
    talk.say("add the first one to my cart")
    assert talk.say("what do they cost together?").intent == "cart_show"


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("the first of these, into my basket please", 0),
        ("The second of those in my cart, thanks", 1),
        ("the first of them, straight into the trolley", 0),
    ],
)
def test_what_is_to_go_into_the_basket_needs_no_verb(talk, said, place):
    shown = talk.say("backpacks").ids
    reply = talk.say(said)
    assert [product for _, product, _ in _lines(reply)] == [shown[place]]


def test_what_is_asked_of_the_basket_puts_nothing_in(talk):
    talk.say("backpacks")
    assert talk.say("is the first of these already in my basket?").cart is None or not _lines(talk.say("my cart"))


@pytest.mark.parametrize(
    ("find", "puts", "changes"),
    [
        ("双肩包", "第一个和第二个都放进购物车", "第二个不要了，第一个改成两件"),
        ("backpacks", "add the first and the second to my cart", "take out the second one and make the first one two"),
    ],
)
def test_two_changes_of_the_cart_are_both_made_and_shown(talk, find, puts, changes):
    talk.say(find)
    first = talk.say(puts).cart.lines[0]
    (line,) = talk.say(changes).cart.lines
    assert (line.product_id, line.quantity) == (first.product_id, 2)


@pytest.mark.parametrize("said", ["put the cheapest lamp in my cart", "把最便宜的台灯加入购物车"])
def test_the_cheapest_of_the_kind_that_is_named_is_meant_among_several_kinds(talk, said):
    talk.say("a backpack and a desk lamp")
    assert [product for _, product, _ in _lines(talk.say(said))] == ["LMP"]
