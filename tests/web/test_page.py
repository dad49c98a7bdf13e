"""The page in a real browser, by role and label: asking, chips, cart, thumbs, sign-in, keyboard, phone."""

import re

import pytest
from playwright.sync_api import expect

from assistant.behaviour.event import Kind
from assistant.store.principal import GUEST, SYSTEM

pytestmark = pytest.mark.browser


def ask(page, message):
    box = page.get_by_label(re.compile("^(Your question|您的问题)$"))
    box.fill(message)
    box.press("Enter")
    expect(page.locator("#stop")).to_be_hidden()


def turn(page, number=-1):
    return page.get_by_role("region", name=re.compile("^(Conversation|对话)$")).locator(".turn").nth(number)


def test_a_question_in_english_gets_cards_and_sentences_with_their_sources(visit):
    page = visit()
    ask(page, "a warm lamp under $50")
    card = turn(page).get_by_role("article", name="Ember folding desk lamp")
    expect(card).to_contain_text("$39.90")
    expect(card.locator("s")).to_have_text("$49.90")
    expect(card.get_by_role("img", name="4.6 of 5 stars, 132 ratings")).to_be_visible()
    expect(turn(page)).to_contain_text("The Nook reading lamp costs $24.50.")
    turn(page).get_by_role("link", name="Source 2").click()
    expect(turn(page).get_by_role("listitem").filter(has_text="LAMP-1").nth(1)).to_be_focused()
    assert page.problems == []


def test_a_question_in_chinese_is_answered_in_chinese(visit):
    page = visit(locale="zh-CN")
    expect(page.get_by_role("heading", level=1)).to_have_text("您想找点什么？")
    ask(page, "给小书桌配一盏台灯")
    expect(turn(page).get_by_role("article", name="余烬折叠台灯")).to_contain_text("可折叠，适合小书桌")
    expect(turn(page).get_by_role("button", name="将余烬折叠台灯加入购物车")).to_be_visible()


def test_the_language_switch_changes_every_word_and_is_remembered(visit):
    page = visit()
    page.get_by_role("button", name="切换到中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("您想找点什么？")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("您想找点什么？")
    assert page.evaluate("document.documentElement.lang") == "zh"


def test_the_colours_follow_the_system_until_they_are_chosen(visit):
    page = visit(scheme="dark")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.emulate_media(color_scheme="light")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.get_by_role("button", name="Dark colours").click()
    page.reload()
    expect(page.get_by_role("button", name="Light colours")).to_be_visible()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_chip_is_removed_by_keyboard(visit, served):
    page = visit()
    ask(page, "a lamp")
    page.get_by_role("button", name="Remove the condition under $50").press("Enter")
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator("#stop")).to_be_hidden()
    assert served.shop.conversation.asked[-1].drop_chip == "price_max"
    expect(turn(page, 0).get_by_role("button", name=re.compile("Remove the condition"))).to_have_count(0)


def test_a_choice_and_a_suggestion_are_asked_by_clicking(visit, served):
    page = visit()
    ask(page, "a gift")
    turn(page).get_by_role("button", name="A friend").click()
    expect(turn(page).get_by_role("button", name="Something cheaper")).to_be_visible()
    turn(page).get_by_role("button", name="Something cheaper").click()
    expect(page.locator(".turn")).to_have_count(3)
    expect(page.locator("#stop")).to_be_hidden()
    assert [asked.message for asked in served.shop.conversation.asked[-2:]] == ["A friend", "Something cheaper"]


def test_the_cart_is_filled_changed_and_leads_to_the_check_out(visit):
    page = visit()
    ask(page, "a lamp")
    page.get_by_role("button", name="Add Ember folding desk lamp to the cart").click()
    page.get_by_role("button", name="Cart, 1 item").click()
    cart = page.get_by_role("dialog", name="Your cart")
    cart.get_by_role("button", name="One more of Ember folding desk lamp").click()
    expect(cart).to_contain_text("$79.80")
    cart.get_by_label("Quantity of Ember folding desk lamp").fill("50")
    cart.get_by_label("Quantity of Ember folding desk lamp").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The shop has only 9 of this")
    expect(cart.get_by_label("Quantity of Ember folding desk lamp")).to_have_value("2")
    cart.get_by_role("link", name="Go to check-out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check-out")
    expect(page.get_by_text("no payment is taken")).to_be_visible()
    page.get_by_role("link", name="Back to the shop").click()
    page.get_by_role("button", name="Cart, 2 items").click()
    cart.get_by_role("button", name="Remove Ember folding desk lamp from the cart").click()
    expect(cart).to_contain_text("Your cart is empty")


def test_a_thumb_and_its_reason_are_kept(visit, served):
    page = visit()
    ask(page, "a lamp")
    page.get_by_role("button", name="This did not help").click()
    page.get_by_label("Something is not true").check()
    reasons = page.get_by_role("group", name="What went wrong?").locator("..")
    reasons.get_by_label("In your own words (optional)").fill("It is not brass.")
    reasons.get_by_role("button", name="Send").click()
    expect(turn(page).get_by_role("status")).to_have_text("Thank you. It is noted.")
    asked = served.shop.conversation.asked[-1]
    (kept,) = served.shop.feedback.of(asked.session_id, asked.principal)
    assert (kept.thumb, kept.reason, kept.text) == ("down", "wrong", "It is not brass.")


def test_a_reload_brings_the_conversation_back(visit):
    page = visit()
    ask(page, "a lamp")
    page.get_by_role("button", name="This helped").click()
    expect(page.get_by_role("button", name="This helped")).to_have_attribute("aria-pressed", "true")
    before = turn(page).inner_text()
    page.reload()
    expect(page.locator(".turn")).to_have_count(1)
    assert "a lamp" in turn(page).inner_text()
    assert turn(page).locator(".text").inner_text() in before
    expect(page.get_by_role("button", name="This helped")).to_have_attribute("aria-pressed", "true")


def test_signing_in_keeps_the_conversation_and_signing_out_ends_it(visit):
    page = visit()
    ask(page, "a lamp")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Sign in as Ada").click()
    expect(page.get_by_role("button", name="Account of Ada")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(1)
    page.get_by_role("button", name="Account of Ada").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)


def test_two_shoppers_are_answered_at_once_and_apart(visit, served):
    first, second = visit(), visit()
    served.shop.conversation.pause_s = 0.6
    first.get_by_label("Your question").fill("a lamp")
    first.get_by_label("Your question").press("Enter")
    expect(first.locator("#stop")).to_be_visible()
    ask_without_waiting = second.get_by_label("Your question")
    ask_without_waiting.fill("a gift")
    ask_without_waiting.press("Enter")
    expect(second.get_by_text("Who is it for?").first).to_be_visible(timeout=3000)
    expect(first.locator("#stop")).to_be_visible()
    expect(first.get_by_text("Who is it for?")).to_have_count(0)
    expect(first.locator("#stop")).to_be_hidden()


def test_cards_come_before_the_sentences_and_a_turn_can_be_stopped(visit, served):
    page = visit()
    served.shop.conversation.pause_s = 0.8
    page.get_by_label("Your question").fill("a lamp")
    page.get_by_label("Your question").press("Enter")
    expect(turn(page).get_by_role("article").first).to_be_visible()
    assert turn(page).locator(".sentence").count() == 0
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_visible()
    page.wait_for_timeout(1200)
    assert turn(page).locator(".sentence").count() == 0
    served.shop.conversation.pause_s = 0.0
    ask(page, "a lamp")
    expect(turn(page).locator(".sentence")).to_have_count(3)


def test_products_are_compared_by_their_places(visit, served):
    page = visit()
    ask(page, "a lamp")
    page.get_by_role("button", name="Compare Ember folding desk lamp").click()
    page.get_by_role("button", name="Compare Nook reading lamp").click()
    page.get_by_role("region", name="Compare").get_by_role("button", name="Compare", exact=True).click()
    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader", name="Nook reading lamp")).to_be_visible()
    expect(table.get_by_role("rowheader", name="Price")).to_be_visible()
    assert served.shop.conversation.asked[-1].message == "Compare the first one and the second one"


def test_a_new_turn_begins_at_the_top(visit):
    page = visit()
    for message in ("a lamp", "compare", "a gift"):
        ask(page, message)
        page.wait_for_function("document.querySelector('.turn:last-child').getBoundingClientRect().top < 120")


def test_a_closer_look_at_a_product_is_written_down(visit, served):
    page = visit()
    ask(page, "a lamp")
    before = len(looks(served))
    page.get_by_role("button", name="Ask about Nook reading lamp").click()
    page.get_by_role("button", name="Add Nook reading lamp to the cart").click()  # acts come one after the other
    expect(page.get_by_role("button", name=re.compile("Cart, 1"))).to_be_visible()
    look = looks(served)[-1]
    assert len(looks(served)) == before + 1 and look.product_ids == ("LAMP-2",) and look.items[0].price_minor == 2450
    kinds = [one.kind for one in served.shop.events.of(look.person, GUEST)]
    assert kinds == [Kind.PRODUCT_VIEW, Kind.CART_ADD]
    assert page.problems == []


def looks(served):
    return list(served.shop.events.all(SYSTEM, kinds=[Kind.PRODUCT_VIEW]))


def test_a_product_is_asked_about_by_its_place(visit, served):
    page = visit()
    ask(page, "a lamp")
    page.get_by_role("button", name="Ask about Nook reading lamp").click()
    expect(page.get_by_label("Your question")).to_be_focused()
    ask(page, "is it bright?")
    assert served.shop.conversation.asked[-1].message == "About the second one: is it bright?"


def test_everything_is_reached_by_keyboard_with_the_focus_seen(visit):
    page = visit()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the question box")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your question")).to_be_focused()
    page.keyboard.type("a lamp")
    page.keyboard.press("Shift+Enter")
    assert page.get_by_label("Your question").input_value() == "a lamp\n"
    page.keyboard.press("Enter")
    expect(turn(page).locator(".sentence")).to_have_count(3)
    expect(page.get_by_label("Your question")).to_be_focused()
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.dataset.add") == "LAMP-1-A":
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    cart = page.get_by_role("button", name="Cart, 1 item")
    cart.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Your cart")).to_be_visible()
    page.keyboard.press("Escape")
    expect(cart).to_be_focused()


def test_streamed_sentences_reach_a_screen_reader(visit):
    page = visit()
    ask(page, "a lamp")
    log = page.locator("#announcer")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log).to_contain_text("3 products shown.")
    expect(log).to_contain_text("The Nook reading lamp costs $24.50.")


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_nothing_scrolls_sideways_on_a_phone(visit, locale):
    page = visit(width=360, height=740, locale=locale)
    for message in ("lamp", "compare", "gift", "attack"):
        ask(page, message)
    page.evaluate("window.scrollBy(400, 0)")
    assert page.evaluate("window.scrollX") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_hostile_products_and_messages_stay_text(visit):
    page = visit()
    ask(page, "attack <img src=x onerror=window.hacked=1>")
    expect(turn(page).locator(".said")).to_contain_text("<img src=x onerror=window.hacked=1>")
    expect(turn(page).get_by_role("heading", level=3).first).to_contain_text("<script>")
    turn(page).get_by_role("button", name=re.compile("^Ask about <img")).click()
    turn(page).locator(".suggestions").get_by_role("button").click()
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator("#stop")).to_be_hidden()
    page.get_by_role("button", name="切换到中文").click()
    expect(page.get_by_role("button", name="Switch to English")).to_be_visible()
    assert page.evaluate("window.hacked") is None
    assert page.locator("#shop a[href^='javascript']").count() == 0


def test_a_broken_picture_is_replaced_by_a_drawn_one(visit):
    page = visit()
    ask(page, "a lamp")
    picture = page.get_by_role("img", name="No picture of Tall arc lamp with a linen shade")
    expect(picture).to_have_attribute("src", "/page/placeholder.svg")
    expect(picture).to_have_attribute("referrerpolicy", "no-referrer")


def test_a_turn_that_fails_says_so_in_one_sentence(visit):
    page = visit()
    ask(page, "fail")
    expect(page.get_by_role("alert")).to_have_text(re.compile("Something went wrong on our side"))


def test_an_action_waits_for_a_yes(visit, served):
    page = visit()
    ask(page, "cancel my order")
    expect(turn(page)).to_contain_text("Cancel order R-1?")
    turn(page).get_by_role("button", name="Yes, do it").click()
    expect(turn(page, 1).get_by_role("article").first).to_be_visible()
    assert served.shop.conversation.asked[-1].message == "Yes, do it"


def test_the_page_asks_nothing_of_other_hosts(visit, served):
    page = visit()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.locator("#shop[data-ready]").wait_for()
    assert [url for url in asked if not url.startswith((served.url, "data:", "blob:"))] == []
