"""Several questions in one message, questions of a whole list, and what says how those of before should be."""

import pytest

from assistant.conversation.fitting import check
from assistant.conversation.intention.goingon import describes
from assistant.conversation.reading.comparatives import without_too
from assistant.conversation.reading.conditions import excluded
from assistant.conversation.reading.describing import says_how
from assistant.conversation.reading.errands import errands
from assistant.conversation.reading.extents import extents
from assistant.conversation.reading.intents import Guess
from assistant.conversation.reading.lexicon import Lexicon
from assistant.conversation.reading.message import Reading
from assistant.conversation.reading.must_haves import must_haves
from assistant.conversation.reading.occasions import occasion
from assistant.conversation.reading.references import references
from assistant.conversation.reading.seasons import SEASON, seasonal
from assistant.conversation.reading.sizes import in_centimetres
from assistant.conversation.reading.wished import wish_of
from assistant.conversation.reading.wishing import KNOWN_OF_ME, WHY_SHOWN
from assistant.conversation.state import Measure
from index.catalogue.vocabulary import Vocabulary
from index.product import Product, Words


@pytest.mark.parametrize(
    ("first", "message", "told"),
    [
        ("双肩包", "第一个什么料子的？防水不", ("材质：", "防水")),
        ("backpacks", "what's the first one made of, and does it fit a 15 inch laptop?", ("Material", "inch")),
        ("双肩包", "最贵的那个防水吗，什么材质", ("尼龙", "防水")),
    ],
)
def test_each_question_of_a_message_is_answered(talk, first, message, told):
    talk.say(first)
    reply = talk.say(message)
    assert reply.intent == "ask_product" and len(reply.ids) == 1
    assert all(one in reply.text for one in told)


@pytest.mark.parametrize(
    ("first", "message", "label"), [("双肩包", "防水吗，什么材质", "材质"), ("双肩包", "能防水吗", "防水")]
)
def test_a_question_of_a_list_is_answered_of_each(talk, first, message, label):
    shown = talk.say(first).ids
    reply = talk.say(message)
    assert reply.intent == "ask_product" and reply.ids == shown and label in reply.text


def test_what_none_of_a_list_states_is_said_of_the_list_alone(talk):
    talk.say("双肩包")
    text = talk.say("什么材质，会掉色吗").text
    assert "材质" in text and "都没有提到“会掉色”" in text


@pytest.mark.parametrize("message", ["有防水的吗", "防水的有吗", "有没有尼龙的？下雨天用"])
def test_who_asks_for_ones_that_are_so_narrows_the_list(talk, message):
    talk.say("双肩包")
    reply = talk.say(message)
    assert reply.intent == "refine" and set(reply.ids) == {"BP1", "BP4"}


@pytest.mark.parametrize(
    "message",
    ["有没有亚麻的？夏天穿着不闷", "结实点的，伞面大一点，两个人撑", "要红色系的，酒红也行", "长袖的吧，怕晒"],
)
def test_a_first_clause_that_describes_goes_on(message):
    assert describes(message)


@pytest.mark.parametrize("message", ["便宜点的，再找个书包", "红色的，有没有雨伞", "轻一点的，加入购物车"])
def test_what_looks_for_another_thing_does_not_only_describe(message):
    assert not describes(message)


@pytest.mark.parametrize(
    ("message", "meant"),
    [("不要太长，到膝盖就行", "短一点，到膝盖就行"), ("不能太重", "轻一点"), ("不要太阳帽", "不要太阳帽")],
)
def test_what_must_not_be_too_much_is_to_be_less(message, meant):
    assert without_too(message) == meant


@pytest.mark.parametrize(("message", "kilos"), [("我家猫12斤", 6.0), ("my dog weighs 30 kg", 30.0)])
def test_what_an_animal_weighs_is_what_a_thing_must_bear(message, kilos):
    [(must, _, _)] = must_haves(message)
    words = Words(title="Tree", attributes={"Maximum load": "15 kg"})
    assert must.measure is not None and must.measure.low == kilos
    assert check(must, Product(id="P", words={"en": words}, variants=()), "en").met is (kilos <= 15)


@pytest.mark.parametrize("message", ["最亮的那盏", "第二把", "那把", "这台"])
def test_things_are_pointed_at_with_any_measure_word(message):
    assert references(message)


@pytest.mark.parametrize("message", ["你都记了我什么", "你知道我啥", "关于我你都知道些什么"])
def test_what_is_known_of_somebody_is_asked_in_many_words(message):
    assert KNOWN_OF_ME.search(message)


@pytest.mark.parametrize(
    "message", ["为什么推荐这个", "为啥给我推荐它", "why did you recommend these", "why this one?"]
)
def test_why_something_is_shown_is_asked(message):
    assert WHY_SHOWN.search(message)


def test_why_something_is_shown_is_told_by_what_it_meets(talk):
    assert set(talk.say("60以内的双肩包，防水的").ids) == {"BP1"}
    reply = talk.say("为什么推荐这个")
    assert reply.intent == "why_shown" and reply.ids == ["BP1"]
    assert "防水" in reply.text and "双肩包" in reply.text and "$60" in reply.text


def test_two_are_compared_with_each_other_and_none_is_taken(talk):
    talk.say("双肩包")
    reply = talk.say("跟第二个比呢")
    assert reply.intent == "compare" and len(reply.ids) == 2 and reply.cart is None


def test_what_two_differ_in_is_told(talk):
    talk.say("双肩包")
    assert "不同之处" in talk.say("前两个有什么区别").text
    talk.say("backpacks")
    assert "differ" in talk.say("how do the first two differ?").text


@pytest.mark.parametrize("message", ["晚上喝了不会睡不着", "一点都不会失眠"])
def test_what_does_not_keep_awake_tells_no_need_for_sleep(message):
    assert occasion(message) is None


@pytest.mark.parametrize(
    ("first", "second", "ids"),
    [
        ("双肩包", "黑色的不要，太闷了", {"BP1", "BP2", "BP3", "BP4"}),
        ("双肩包", "不要皮的，怕刮", {"BP1", "BP3", "BP4"}),
    ],
)
def test_what_is_refused_with_its_reason_goes_on(talk, first, second, ids):
    talk.say(first)
    reply = talk.say(second)
    assert reply.intent == "refine" and set(reply.ids) <= ids and reply.understood.constraints["excluded"]


@pytest.mark.parametrize(
    ("message", "season"), [("夏天穿的裙子", "夏季"), ("冬天用的", "冬季"), ("适合春天的外套", "春季")]
)
def test_the_season_a_thing_is_for_is_read(message, season):
    [must] = [must for must, _, _ in must_haves(message) if must.names == SEASON]
    assert must.forms[0] == season
    of_it = Words(title="Dress", attributes={"适用季节": season})
    of_all = Words(title="Dress", attributes={"适用季节": "四季"})
    for words in (of_it, of_all):
        assert check(must, Product(id="P", words={"en": words}, variants=()), "zh").met is True


@pytest.mark.parametrize("message", ["夏天的时候去的", "冬天脚冷"])
def test_a_season_that_is_only_told_of_is_none_of_the_thing(message):
    assert not list(seasonal(message))


def test_what_a_record_states_by_an_attribute_may_be_wished_away(talk):
    reply = talk.say("a jacket without a hood")
    assert reply.understood.constraints["must_haves"] == ["without a hood"]
    assert "excluded" not in reply.understood.constraints


@pytest.mark.parametrize("message", ["周末要去露营，四个人，帐篷要大点", "a tent, for four people, not too heavy"])
def test_a_number_of_people_calls_nobody(talk, message):
    assert talk.say(message).handoff is None


@pytest.mark.parametrize("message", ["女的37", "我穿42", "男士的43"])
def test_the_number_of_somebody_is_their_size(message):
    words = Lexicon(Vocabulary(options={"size": {f"EU{n}": 1 for n in (37, 42, 43)}}))
    assert wish_of(Reading(f"拖鞋，{message}", words)).options["size"][0].removeprefix("EU") in message


def test_which_of_two_a_thing_is_is_told(talk):
    talk.say("双肩包 60以内 防水的")
    reply = talk.say("是尼龙的还是皮的")
    assert reply.intent == "ask_product" and "尼龙" in reply.text


def test_what_is_told_of_those_shown_together(talk):
    talk.say("双肩包")
    assert "合计" in talk.say("这俩一起多少钱").text


@pytest.mark.parametrize("message", ["给我来个双肩包，防水的", "整个双肩包，要防水的"])
def test_a_thing_is_asked_for_in_loose_words(talk, message):
    assert set(talk.say(message).ids) == {"BP1", "BP4"}


@pytest.mark.parametrize(
    ("message", "met"),
    [("不要坚果的", True), ("no nuts please", True), ("我对坚果过敏", None), ("i'm allergic to nuts", None)],
)
def test_what_is_not_among_the_declared_is_not_in_it_for_whom_it_does_not_harm(message, met):
    words = Words(title="Granola", category=("Granola",), attributes={"Allergens": "Contains sesame"})
    [(must, _)] = Reading(message, Lexicon(Vocabulary())).needs
    assert check(must, Product(id="P", words={"en": words}, variants=()), "en").met is met


@pytest.mark.parametrize("message", ["两米乘三米", "2米×3米", "2 x 3 metres"])
def test_metres_are_given_in_centimetres_however_they_are_written(message):
    assert in_centimetres(message) == "200 x 300"


@pytest.mark.parametrize("message", ["能烧多久", "能放几本书", "可以用多长时间"])
def test_a_question_says_not_how_a_thing_must_be(message):
    assert not says_how(message)


def test_what_colours_a_list_comes_in_is_told_of_each(talk):
    talk.say("双肩包")
    reply = talk.say("颜色都有啥，有没有红色")
    assert reply.intent == "ask_product" and "绿色" in reply.text and "红色" in reply.text


@pytest.mark.parametrize("message", ["是不是纯素的", "这个是不是红色的"])
def test_who_asks_whether_something_is_so_refuses_nothing(message):
    assert not excluded(message)


@pytest.mark.parametrize("message", ["我的快递在哪呢，换一个", "我的快递在哪呢，换新的", "我的快递在哪呢，收起来小"])
def test_what_reads_like_service_in_a_piece_alone_is_none(message):
    def guessed(texts):
        told = [("track_order", 0.99), ("exchange_item", 0.8)]
        return [
            Guess("order_status", sure, "find", 0.0, exact, sure) for _, (exact, sure) in zip(texts, told, strict=True)
        ]

    assert errands(message, guessed) == ()


@pytest.mark.parametrize(("message", "pieces_"), [("十六件的有哪些", 16.0), ("16件套", 16.0), ("要12件装的", 12.0)])
def test_of_how_many_a_set_is_is_read(message, pieces_):
    [must] = [must for must, _, _ in must_haves(message)]
    assert must.measure == Measure(unit="piece", low=pieces_, high=pieces_)


@pytest.mark.parametrize("message", ["带背光的呢", "带背光的有吗", "带背光的"])
def test_what_only_asks_for_a_thing_is_no_part_of_how_it_must_be(message):
    [must] = [must for must, _, _ in must_haves(message)]
    assert must.forms == ("背光",)


def test_half_the_price_is_half_the_price(talk):
    talk.say("双肩包")
    assert talk.say("有便宜一半的吗").understood.constraints["price_max_minor"] <= 4000


def test_why_a_thing_costs_so_much_is_asked_of_it(talk):
    talk.say("双肩包")
    assert talk.say("为啥这么贵").intent == "ask_product"


@pytest.mark.parametrize(("length", "met"), [("140厘米", True), ("245厘米", True), ("175 cm", False)])
def test_either_side_of_a_size_is_a_length_of_it(length, met):
    [must] = [must for must, _, _ in must_haves(length)]
    words = Words(title="Curtain", attributes={"Size": "140 × 245 cm"})
    assert check(must, Product(id="P", words={"en": words}, variants=()), "en").met is met


@pytest.mark.parametrize(
    ("message", "centimetres"), [("一米四宽", "140厘米宽"), ("两米高", "两米高"), ("1米8", "180厘米")]
)
def test_metres_and_tenths_are_read_as_people_say_them(message, centimetres):
    assert in_centimetres(message) == centimetres


@pytest.mark.parametrize(
    ("message", "name"), [("几瓦", "功率"), ("多长啊", "长度"), ("多少毫升", "容量"), ("几个口", "端口")]
)
def test_a_unit_alone_asks_for_what_is_measured_in_it(message, name):
    assert name in extents(message)


@pytest.mark.parametrize("message", ["多长时间能到", "红色的几瓦灯泡合适卧室"])
def test_more_than_a_unit_asks_for_something_else(message):
    assert not extents(message)


def test_tiles_are_no_material_of_what_is_wished_for():
    assert not must_haves("家里瓷砖凉") and must_haves("瓷碗")


def test_a_kind_that_is_wished_for_stays_where_a_sort_of_it_is_refused():
    words = Lexicon(Vocabulary(categories={"Tea": 3}))
    wish = wish_of(Reading("tea, no tea bags", words))
    assert "Tea" in wish.categories and "Tea" not in wish.excluded


@pytest.mark.parametrize("message", ["能放下A4书和水壶不", "装得下电脑吗", "will it fit a bottle?"])
def test_what_goes_into_a_thing_is_asked_of_it(talk, message):
    talk.say("双肩包")
    assert talk.say(message).intent in ("ask_product", "compare")


@pytest.mark.parametrize(
    ("message", "refused"),
    [("别买白的", ["白"]), ("别选皮的，", ["皮"]), ("没有就算了", []), ("没有的话就看看别的", [])],
)
def test_what_is_not_to_be_bought_is_refused_and_giving_up_refuses_nothing(message, refused):
    assert [one.value for one in excluded(message)] == refused


@pytest.mark.parametrize("message", ["孩子长牙，买点磨牙的", "the baby is teething"])
def test_a_baby_that_teethes_needs_something_to_chew_on(message):
    found = occasion(message)
    assert found is not None and found.fitting[0] == "stacking toy"
