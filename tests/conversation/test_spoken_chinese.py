"""Chinese wishes as they are typed: how a thing should be in any clause, orders, counts, the cart and another thing."""

import pytest

from assistant.conversation.answers.pointing import _MORE_HAN
from assistant.conversation.answers.wanting import BY_THEN, ORDERED, WOULD_COME
from assistant.conversation.intention.correcting import COMPARES
from assistant.conversation.intention.goingon import describes
from assistant.conversation.reading import conditions
from assistant.conversation.reading.changes import change_in, so_many
from assistant.conversation.reading.comparatives import comparatives
from assistant.conversation.reading.describing import says_how
from assistant.conversation.reading.extents import extents
from assistant.conversation.reading.framing import content, core
from assistant.conversation.reading.heads import wishes
from assistant.conversation.reading.letting_go import without_fault
from assistant.conversation.reading.lexicon import Lexicon
from assistant.conversation.reading.must_haves import must_haves
from assistant.conversation.reading.occasions import occasion
from assistant.conversation.reading.order_questions import asks_after
from assistant.conversation.reading.references import references
from assistant.conversation.reading.shorthand import written_out
from assistant.conversation.reading.term import Found, Term
from assistant.conversation.reading.turning import turned
from index.catalogue.vocabulary import Vocabulary


@pytest.mark.parametrize(
    "message", ["要防大雨", "最好不带帽子", "轮子要好推", "跟要高一些", "必须支持快充", "客厅用的", "床头放的"]
)
def test_what_a_thing_must_be_is_read_without_a_word_for_the_thing(message):
    assert says_how(message)


@pytest.mark.parametrize("message", ["要是下雨呢", "我要防水的吗", "他要好好看看吗", "要买一个锅"])
def test_what_says_no_such_thing_is_left(message):
    assert not says_how(message)


@pytest.mark.parametrize("message", ["太吵了，换静音的吧", "浅色一点", "颜色素净一些", "这些太贵了，有没有轻便的"])
def test_what_only_describes_names_nothing(message):
    assert describes(message)


@pytest.mark.parametrize("message", ["加湿器", "太吵了，换个耳机", "还有别的吗"])
def test_what_names_a_thing_does_more_than_describe(message):
    assert not describes(message)


@pytest.mark.parametrize(
    ("message", "order"),
    [("价格从低到高排一下", "price_low"), ("由高到低排列", "price_high"), ("按评分排个序", "rating")],
)
def test_an_order_that_is_asked_for_names_no_thing(talk, message, order):
    talk.say("双肩包")
    reply = talk.say(message)
    assert reply.understood.constraints["sort"] == order and set(reply.ids) >= {"BP1", "BP2", "BP3"}


@pytest.mark.parametrize("message", ["便宜的就行", "越便宜越好", "the cheaper the better"])
def test_what_need_only_be_cheap_is_ordered_by_price(message):
    assert conditions.sort(message) == "price_low"


@pytest.mark.parametrize(
    ("message", "said"),
    [("有没有适合初学者的", []), ("投影仪有卖的吗", []), ("能让它睡的", []), ("有礼盒装的吗", ["礼盒装"])],
)
def test_what_must_be_so_is_told_without_what_leads_to_it(message, said):
    assert [must.text for must, _, _ in must_haves(message)] == said


def test_what_asks_whether_a_thing_is_sold_is_no_part_of_its_name():
    assert core("投影仪有卖的吗") == core("上次看的那个投影仪还有吗") == "投影仪" and content("38码") == []


@pytest.mark.parametrize("message", ["防滑最重要", "声音大一点"])
def test_a_word_inside_another_compares_no_weight_or_size(message):
    assert not {"weight", "capacity"} & {name for one in comparatives(message) for name in one.names}


@pytest.mark.parametrize("message", ["身高95厘米", "180厘米床用的", "she's about 95 cm, a bike for her"])
def test_what_is_measured_of_somebody_or_of_a_bed_is_no_measure_of_the_thing(message):
    assert not [must for must, _, _ in must_haves(message) if must.measure]


def test_what_should_not_be_gaudy_may_hold_flowers():
    assert [span.value for span in conditions.excluded("不要太花哨")] == ["花哨"]


@pytest.mark.parametrize(
    ("message", "first"),
    [
        ("我对象是程序员，生日送啥", "keyboard"),
        ("my brother is a developer, what could I give him", "keyboard"),
        ("老爸爱钓鱼爬山，送点什么", "headlamp"),
        ("生日送她啥好", "scented candle"),
        ("给猫买点吃的", "cat food"),
        ("something to eat for my dog", "dog food"),
    ],
)
def test_a_gift_is_known_from_what_is_told_of_somebody(message, first):
    found = occasion(message)
    assert found is not None and found.fitting[0] == first


@pytest.mark.parametrize(
    ("first", "second", "ids"),
    [
        ("双肩包", "要防大雨", {"BP1", "BP4"}),
        ("双肩包", "人造革的，要红色", {"BP3"}),
        ("a backpack", "要不怕雨", {"BP1", "BP4"}),
    ],
)
def test_the_wish_in_force_goes_on(talk, first, second, ids):
    talk.say(first)
    reply = talk.say(second)
    assert reply.intent == "refine" and set(reply.ids) == ids


@pytest.mark.parametrize("message", ["这几个比较一下", "前两个比一比", "these three, compare them"])
def test_those_shown_are_compared(talk, message):
    talk.say("双肩包")
    assert talk.say(message).comparison is not None


@pytest.mark.parametrize("message", ["黑色别要", "黑色款不要"])
def test_what_is_refused_behind_its_name_goes_on_with_the_wish(talk, message):
    talk.say("双肩包")
    reply = talk.say(message)
    assert reply.intent == "refine" and "黑色" in reply.understood.constraints["excluded"]


@pytest.mark.parametrize("message", ["短款", "大概13寸的本子", "翻盖式的", "深色的，显瘦"])
def test_a_style_alone_goes_on_with_the_wish(talk, message):
    talk.say("双肩包")
    reply = talk.say(message)
    assert reply.intent == "refine" and "Backpacks" in reply.understood.constraints["categories"]


@pytest.mark.parametrize("message", ["想买双肩包送领导，体面点的", "台灯太暗了，换成双肩包那种", "想挑个双肩包啥的"])
def test_a_thing_behind_the_word_that_asks_for_it_is_wished_for(talk, message):
    assert set(talk.say(message).ids) <= {"BP1", "BP2", "BP3", "BP4"}


def test_what_a_thing_shall_not_hold_does_not_refuse_the_thing(talk):
    assert "category" not in str(talk.say("不含咖啡因的茶叶").understood.constraints.get("excluded", ""))
    assert "Tea" in talk.say("不含咖啡因的茶叶").understood.constraints["categories"]


@pytest.mark.parametrize("message", ["第一个加到购物车，再看看台灯", "add the first one and show me desk lamps"])
def test_a_thing_is_taken_and_another_looked_for(talk, message):
    talk.say("双肩包" if "台灯" in message else "backpacks")
    reply = talk.say(message)
    assert reply.intent == "cart_add" and reply.cart is not None and reply.ids == ["LMP"]


@pytest.mark.parametrize("message", ["都加购物车", "两件都要", "全部加入购物车"])
def test_all_of_what_was_compared_is_taken(talk, message):
    talk.say("双肩包")
    talk.say("比较前两个")
    reply = talk.say(message)
    assert reply.intent == "cart_add" and reply.cart is not None and len(reply.cart.lines) == 2


def test_what_is_taken_is_settled_before_another_thing_is_looked_for(talk):
    talk.say("双肩包")
    reply = talk.say("加一个到购物车，再看看台灯")
    assert reply.question is not None and reply.cart is None and not reply.ids


def test_what_broke_and_is_bought_anew_is_looked_for(talk):
    reply = talk.say("双肩包坏了，想重新买一个，上学用的")
    assert set(reply.ids) <= {"BP1", "BP2", "BP3", "BP4"} and reply.ids


def test_a_size_behind_a_number_is_another_size(talk):
    talk.say("雨衣")
    assert "L" not in talk.say("3L有吗").understood.constraints.get("options", {}).get("size", ())


@pytest.mark.parametrize(
    ("message", "kind", "number"),
    [
        ("三袋多了，留一袋就行", "set", 1),
        ("买多了，只留两件吧", "set", 2),
        ("有点多，拿一双就够用了", "set", 1),
        ("three is too many, keep two", "set", 2),
        ("leave just one in", "set", 1),
    ],
)
def test_so_many_that_are_kept_are_what_the_cart_shall_hold(message, kind, number):
    change = change_in(message)
    assert change is not None and (change.kind, change.quantity) == (kind, number)


def test_two_are_counted_without_a_word_for_pieces():
    assert so_many("行，就它了，来俩") == 2 and so_many("要仨") == 3 and so_many("夫妻俩用的") is None


WORDS = Lexicon(Vocabulary(categories={"Wine glasses": 3, "Watering cans": 2, "Running shoes": 2, "Cutting boards": 1}))


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("喝红酒的杯子，送人", "红酒杯，送人"),
        ("浇花用的壶有吗", "浇花壶有吗"),
        ("跑步穿的鞋", "跑步鞋"),
        ("切菜的板子", "切菜板"),
        ("喝牛奶的杯子", "喝牛奶的杯子"),
        ("我买的鞋呢", "我买的鞋呢"),
    ],
)
def test_a_thing_told_by_what_it_is_for_is_called_by_its_name(message, said):
    assert turned(message, WORDS) == said


@pytest.mark.parametrize(
    ("message", "said"),
    [("雾蓝色那种呢", "雾蓝色的呢"), ("有没有mint 那种薄荷色", "有没有mint 薄荷色"), ("那种防水的", "那种防水的")],
)
def test_what_only_says_of_that_kind_is_left_out_after_a_colour(message, said):
    assert written_out(message) == said


@pytest.mark.parametrize(
    ("message", "number"), [("六只一套的", 6), ("一套四个的", 4), ("8件套", 8), ("a set of 6", 6), ("一双的", None)]
)
def test_how_many_a_set_holds_is_read(message, number):
    held = [must.measure.low for must, _, _ in must_haves(message) if must.measure and must.measure.unit == "piece"]
    assert held == ([number] if number else [])


@pytest.mark.parametrize(
    ("message", "form"),
    [
        ("要能丢洗衣机里洗的", "machine washable"),
        ("something I can throw in the wash", "machine washable"),
        ("亮度能调的", "dimmable"),
        ("one where I can adjust the brightness", "dimmable"),
        ("适合头皮爱出油的人", "oily hair"),
    ],
)
def test_a_feature_is_known_by_what_is_done_with_it(message, form):
    assert any(form in must.forms for must, _, _ in must_haves(message))


@pytest.mark.parametrize(("message", "asks"), [("空壶多重", True), ("本身有多重", True), ("电池多重", False)])
def test_what_a_thing_weighs_by_itself_is_its_weight(message, asks):
    assert ("weight" in extents(message)) is asks


@pytest.mark.parametrize("message", ["陶瓷那个跟玻璃那个差多少钱", "第一款和第二款差在哪"])
def test_how_far_apart_two_are_is_a_comparison(message):
    assert COMPARES.search(message)


@pytest.mark.parametrize(
    ("message", "words"),
    [("陶瓷那个跟玻璃那款差多少钱", ["陶瓷那个", "玻璃那款"]), ("碳纤维那把有多重", ["碳纤维那把"])],
)
def test_one_is_pointed_at_by_what_it_is_made_of(message, words):
    assert [one.words for one in references(message) if one.which == "one"] == words


def test_one_that_has_more_of_something_is_the_one_that_has_most():
    assert (
        _MORE_HAN.sub(r"最\1的", "轻一点的那个") == "最轻的那个" and _MORE_HAN.sub("", "亮黄色的那个") == "亮黄色的那个"
    )


def test_two_things_beside_each_other_are_two_wishes():
    text = "种子来一份，顺便看看洒水壶"
    found = [
        Found(Term("category", "", (form,), form), text.index(form), text.index(form) + len(form), form)
        for form in ("种子", "洒水壶")
    ]
    assert wishes(text, found) == ["种子来一份", "看看洒水壶"]


@pytest.mark.parametrize(
    ("message", "after"),
    [
        ("我申请退货的那单，现在到哪一步了", "return"),
        ("提交了退货，有进展没", "return"),
        ("the return I requested, where is it now", "return"),
        ("申请换货的那单怎么样了", "exchange"),
        ("我要申请退货，多久能好", ""),
    ],
)
def test_who_tells_of_a_return_that_was_asked_for_asks_after_it(message, after):
    assert asks_after(message) == after


@pytest.mark.parametrize(
    ("message", "said"),
    [("带盖的有没", "带盖的有没有"), ("有木有大码", "有没有大码"), ("50倍的", "SPF50的"), ("2.50倍的", "2.50倍的")],
)
def test_what_is_said_in_short_is_read_in_full(message, said):
    assert written_out(message) == said


@pytest.mark.parametrize(
    ("message", "rest"),
    [
        ("大号的那个太贵了，小的有吗", "小的有吗"),
        ("30升的那款有点大，20升左右的呢", "20升左右的呢"),
        ("the 30 litre one is too big, anything around 20?", "anything around 20?"),
        ("第二个太贵了，再便宜点", "第二个太贵了，再便宜点"),
        ("the first one is too dear, cheaper please", "the first one is too dear, cheaper please"),
    ],
)
def test_what_is_said_against_one_of_those_shown_is_no_wish(message, rest):
    assert without_fault(message) == rest


@pytest.mark.parametrize(
    ("message", "soon"),
    [
        ("周六前能到吗，我在德州", True),
        ("明天能到吗", True),
        ("下单的话圣诞前能收到吗", True),
        ("can you get this to Ohio by Friday, will that arrive?", True),
        ("我买的东西周五前能到吗", False),
        ("快递还没发，周六前能到吗", False),
        ("will my order arrive by Monday?", False),
    ],
)
def test_what_is_still_to_be_ordered_is_asked_after_by_the_day(message, soon):
    assert bool(WOULD_COME.search(message) and BY_THEN.search(message) and not ORDERED.search(message)) is soon


@pytest.mark.parametrize("message", ["双肩包买小了，想换个大的", "外套买大了，能换小一号吗"])
def test_what_was_bought_too_small_is_exchanged_and_not_looked_for(talk, message):
    assert not talk.say(message).ids


def test_another_thing_is_looked_for_though_something_is_said_of_it(talk):
    talk.say("双肩包")
    assert talk.say("那台灯呢，亮度别太刺眼").ids != ["BP1", "BP2", "BP3", "BP4"]
