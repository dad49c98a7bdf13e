"""Every word of the page exists in both languages, with the same gaps, and is used."""

import re
from pathlib import Path

import pytest

from assistant.web import words as module
from assistant.web.words import LANGUAGES, say, words

FOLDER = Path(module.__file__).parent


def gaps(text):
    return set(re.findall(r"\{(\w+)\}", text))


def test_both_languages_say_the_same_things():
    plain = [{key for key in words(language) if not key.endswith(".one")} for language in LANGUAGES]
    assert plain[0] == plain[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_empty(language):
    assert not [key for key, text in words(language).items() if not text.strip()]


def test_a_form_has_the_same_gaps_in_both_languages():
    english, chinese = words("en"), words("zh")
    assert not [key for key in chinese if gaps(chinese[key]) != gaps(english[key])]


def test_chinese_is_chinese():
    latin = {key for key, text in words("zh").items() if not re.search(r"[\u4e00-\u9fff]", text)}
    # The name of the other language, and lines made of names alone.
    names = {"engine_ready", "desk_trait_brand", "desk_trait_category"}
    assert latin == {"switch_language", "switch_language_label", *names}


def test_every_word_is_used():
    code = "".join(p.read_text("utf-8") for p in FOLDER.rglob("*") if p.suffix in (".py", ".html", ".js"))
    # Keys that code puts together, in templates ("desk_rule_" ~ name) and in Python (f"desk_rule_{name}").
    put = re.findall(r'"(\w+_)" ~|f"(\w+_)\{', code)
    made = ("place_", *("".join(one) for one in put))
    unused = [k for k in words("en") if k.removesuffix(".one") not in code and not k.startswith(made)]
    assert unused == []


def test_a_value_that_looks_like_a_gap_stays_as_it_is():
    assert say("about", "en", title="{count}") == "About {count}"


def test_another_language_reads_as_english():
    assert words("tlh") == words("en")
