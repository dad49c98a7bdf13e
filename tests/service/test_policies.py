import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import NotAllowed, NotFound
from assistant.service.policies import Policies, PolicyImport
from assistant.service.policy_search import Before, PolicySearch
from assistant.service.policy_text import BadPolicy, read_policies
from assistant.service.policy_words import words_of
from assistant.store.principal import GUEST
from index.embed import EmbedSettings
from index.embed.default import open_multilingual

HERE = Path(__file__).parent
FOLDER = HERE / "policies"
DEMO = Path(str(files("assistant.demo"))) / "policies"
QUESTIONS = {
    "policy_questions.tsv": FOLDER,
    "policy_questions_paraphrased.tsv": FOLDER,
    "policy_questions_demo.tsv": DEMO,
    "policy_questions_demo_held_out.tsv": DEMO,
}


def questions(name):
    """Return (language, the paragraphs that answer or none, question) of each line."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(language, frozenset(wanted.split("|")) - {"-"}, question) for language, wanted, question in rows]


def follow_ups():
    """Return (language, the paragraphs that answer, the first question, the second) of each line."""
    lines = (HERE / "policy_follow_ups.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(language, frozenset(wanted.split("|")), first, second) for language, wanted, first, second in rows]


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(FOLDER, tmp_path / "policies"))


@pytest.fixture
def policies(engine, folder):
    policies = Policies(engine)
    policies.import_folder(folder)
    return policies


def build(folder, embed=None):
    texts = read_policies(folder)
    return {
        language: PolicySearch(
            [p for text in texts if text.language == language for p in text.paragraphs], language, embed=embed
        )
        for language in ("en", "zh")
    }


@pytest.fixture(scope="module")
def by_words():
    """Folder → language → its search by words alone."""
    return {folder: build(folder) for folder in (FOLDER, DEMO)}


@pytest.fixture(scope="module")
def by_meaning(weights_dir):
    """The same with the embedder that the shop has; every question is embedded in one batch."""
    embedder = open_multilingual(EmbedSettings(weights=weights_dir, threads=1))
    asked = list(dict.fromkeys(question for name in QUESTIONS for _, _, question in questions(name)))
    known = dict(zip(asked, embedder.queries(asked), strict=True))

    def embed(texts):
        return np.stack([known[text] for text in texts]) if texts[0] in known else embedder.queries(texts)

    return {folder: build(folder, embed) for folder in (FOLDER, DEMO)}


def answers(searches, name):
    """Return (the paragraphs that answer, the one found or none, question) for each question of a file."""
    for language, wanted, question in questions(name):
        found = searches[QUESTIONS[name]][language].find(question, limit=1)
        yield wanted, {one.id for one in found}, question


# What was measured stands behind each floor; how policies are searched was chosen on all files but the last.
@pytest.mark.parametrize(
    ("how", "name", "floor"),
    [
        ("by_words", "policy_questions.tsv", 0.80),  # .836
        ("by_words", "policy_questions_paraphrased.tsv", 0.71),  # .765
        ("by_words", "policy_questions_demo.tsv", 0.75),  # .800
        ("by_words", "policy_questions_demo_held_out.tsv", 0.66),  # .719
        ("by_meaning", "policy_questions.tsv", 0.88),  # .922
        ("by_meaning", "policy_questions_paraphrased.tsv", 0.84),  # .897
        ("by_meaning", "policy_questions_demo.tsv", 0.84),  # .889
        ("by_meaning", "policy_questions_demo_held_out.tsv", 0.81),  # .865
    ],
)
def test_questions_get_the_paragraph_that_answers(how, name, floor, request):
    found = [bool(wanted & ids) for wanted, ids, _ in answers(request.getfixturevalue(how), name) if wanted]
    assert np.mean(found) >= floor


@pytest.mark.parametrize(
    ("how", "name", "most"),
    [
        ("by_words", "policy_questions.tsv", 3),  # 1 of 44
        ("by_words", "policy_questions_paraphrased.tsv", 2),  # 0 of 22
        ("by_words", "policy_questions_demo.tsv", 8),  # 5 of 114
        ("by_words", "policy_questions_demo_held_out.tsv", 7),  # 5 of 42
        ("by_meaning", "policy_questions.tsv", 3),  # 1 of 44
        ("by_meaning", "policy_questions_paraphrased.tsv", 2),  # 0 of 22
        ("by_meaning", "policy_questions_demo.tsv", 9),  # 6 of 114
        ("by_meaning", "policy_questions_demo_held_out.tsv", 2),  # 0 of 42
    ],
)
def test_questions_that_no_policy_answers_get_none(how, name, most, request):
    answered = [question for wanted, ids, question in answers(request.getfixturevalue(how), name) if ids and not wanted]
    assert len(answered) <= most, answered


@pytest.mark.parametrize(
    ("question", "language", "paragraphs"),
    [
        ("which payment methods do you accept?", "en", {"payment#methods"}),
        ("what do you do with my personal data?", "en", {"privacy#use", "privacy#shared"}),
        ("when do i get my money back", "en", {"returns#refund-time"}),
        ("几天能送到？", "zh", {"shipping#time"}),
        ("第一次在你们这买，能便宜点不", "zh", {"payment#codes"}),
        ("收到的杯子碎了，要拍照吗", "zh", {"returns#faulty"}),
        ("你们会把我的信息卖给别人吗", "zh", {"privacy#use"}),
        ("亚马逊会员价算不算", "zh", {"price-match#exclusions"}),
        ("能开发票吗", "zh", set()),
    ],
)
def test_what_was_once_answered_wrongly_of_the_demo_shop(question, language, paragraphs, by_meaning):
    found = by_meaning[DEMO][language].find(question, limit=1)
    assert bool(found) == bool(paragraphs) and {one.id for one in found} <= paragraphs


def test_what_goes_on_with_a_question_is_answered_by_both(by_meaning):
    found = []
    for language, wanted, first, second in follow_ups():
        search = by_meaning[DEMO][language]
        told = search.find(first, limit=1)
        if not told:
            continue
        alone = Before(first, told[0].id)
        best = search.find(second, limit=1, before=alone) or search.find(
            second, limit=1, before=replace(alone, needed=True)
        )
        found.append(bool({one.id for one in best} & wanted))
    assert np.mean(found) >= 0.68  # .72; without the question before .42


def test_how_long_alone_stays_with_what_was_told_where_it_says_so(by_meaning):
    search = by_meaning[DEMO]["en"]
    for told, answers in (("privacy#rights", "privacy#rights"), ("shipping#where", "shipping#time")):
        before = Before("do you deliver to Mexico" if "where" in told else "delete my data", told, needed=True)
        assert search.find("how long does that take?", limit=1, before=before)[0].id == answers


def test_departments_of_things_count_where_a_rule_speaks_of_them(by_meaning):
    search = by_meaning[DEMO]["en"]
    asked = "can I send the espresso back"
    assert search.find(asked, limit=1, kinds=("Food & Tea", "Coffee"))[0].id == "returns#exceptions"
    assert search.find(asked, limit=1, kinds=("Lamps",)) == search.find(asked, limit=1)


def test_importing_says_what_was_found_and_twice_changes_nothing(policies, folder):
    before = policies.find("How long does a refund take?", "en")
    assert policies.import_folder(folder) == PolicyImport(policies=6, paragraphs=50, languages=("en", "zh"))
    assert policies.find("How long does a refund take?", "en") == before


def test_a_changed_policy_answers_anew_and_the_old_citation_still_stands(policies, folder):
    (old,) = policies.find("how long does a refund take", "en", 1)
    file = folder / "en" / "returns.md"
    file.write_text(file.read_text().replace("5 working days", "3 working days"))
    policies.import_folder(folder)
    (new,) = policies.find("how long does a refund take", "en", 1)
    assert new.id == old.id == "returns#refund-time" and "3 working days" in new.text
    assert policies.get(old.id, language="en", version=old.version).text == old.text
    with pytest.raises(NotFound):
        policies.get(old.id, language="en", version="000000000000")


def test_going_back_to_an_earlier_text_makes_it_current_again(policies, folder):
    file = folder / "en" / "returns.md"
    original = file.read_text()
    file.write_text(original.replace("5 working days", "3 working days"))
    policies.import_folder(folder)
    file.write_text(original)
    policies.import_folder(folder)
    assert "5 working days" in policies.find("how long does a refund take", "en", 1)[0].text


def test_an_import_by_another_process_is_noticed(engine, policies, folder):
    assert policies.find("Do you price match?", "en")
    (folder / "en" / "price-match.md").unlink()
    Policies(engine).import_folder(folder)
    assert "price-match" not in {one.policy for one in policies.find("Do you price match?", "en")}


def test_a_bad_file_changes_nothing(policies, folder):
    (folder / "en" / "returns.md").write_text("")
    with pytest.raises(BadPolicy):
        policies.import_folder(folder)
    assert policies.find("how long does a refund take", "en")


def test_a_language_without_policies_is_answered_from_those_there_are(engine, folder):
    shutil.rmtree(folder / "zh")
    policies = Policies(engine)
    policies.import_folder(folder)
    assert [one.language for one in policies.find("PayPal", "zh", 1)] == ["en"]


def test_before_any_import_nothing_fits(engine):
    assert Policies(engine).find("How long does a refund take?", "en") == []


def test_guests_write_no_policies(policies, folder):
    with pytest.raises(NotAllowed):
        policies.import_folder(folder, GUEST)


def test_many_may_ask_at_once(policies):
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: policies.find("refnd time", "en", 1), range(40)))
    assert all(one == found[0] for one in found)


def test_meaning_finds_what_words_do_not():
    """An embedder that knows that bicycles are sent nowhere but by the delivery paragraph."""

    def embed(texts):
        delivery = np.array([[1.0, 0.0] if "bicycle" in t or "Delivery times" in t else [0.0, 1.0] for t in texts])
        return delivery.astype(np.float32)

    paragraphs = [p for text in read_policies(FOLDER) if text.language == "en" for p in text.paragraphs]
    assert PolicySearch(paragraphs, "en").find("bicycle", limit=1) == []
    (found,) = PolicySearch(paragraphs, "en", embed=embed).find("bicycle", limit=1)
    assert found.id == "shipping#delivery-time"


@given(st.text(), st.sampled_from(["en", "zh"]), st.integers(1, 5))
def test_any_text_may_be_asked(by_words, question, language, limit):
    found = by_words[FOLDER][language].find(question, limit=limit)
    assert len(found) <= limit
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


@pytest.mark.parametrize("question", ["How long?", "how much", "多久", "多少钱", "", "???"])
def test_a_question_that_names_no_matter_gets_no_paragraph(policies, question):
    assert policies.find(question, "zh" if "多" in question else "en") == []


@pytest.mark.parametrize(
    ("typed", "language", "words"),
    [
        ("Can I send it back?", "en", ["@return"]),
        ("GIFT CARDS", "en", ["@giftcard"]),
        ("退货要邮费吗", "zh", ["@退货", "@运费"]),
        ("用PayPal付款", "zh", ["用", "paypal", "@支付"]),
    ],
)
def test_each_notion_has_one_name(typed, language, words):
    assert words_of(typed, language) == words


def test_a_notion_is_known_with_other_words_in_between():
    assert words_of("send these shoes back", "en") == words_of("returns", "en")
    assert words_of("钱什么时候能退回来", "zh") == words_of("退款", "zh")


def test_a_mistyped_word_is_mended_towards_known_ones():
    assert words_of("refnd", "en", known=frozenset()) == ["@refund"]
    assert words_of("laptop", "en", known=frozenset({"lamp"})) == ["laptop"]
