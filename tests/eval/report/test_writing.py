"""The report is one file that fetches nothing, shows everything without a script, and lets no text become code."""

import re

import pytest

from eval.report.gathering import gathered
from eval.report.writing import LONGEST_JSON, rendered, shortened, tell
from eval.report.writing import _words as report_words


@pytest.fixture(scope="module")
def html(book):
    return rendered(gathered(book, worst=40), "en")


def test_nothing_is_fetched(html):
    assert not re.findall(r"""<(?:link|img|iframe|object|embed|base)\b""", html)
    assert not re.findall(r"""<[a-z][^>]*\b(?:src|srcset|href|action|data)\s*=\s*["']?\s*(?:https?:)?//""", html)
    assert not re.findall(r"@import|url\(\s*[\"']?(?!#)", html)
    assert "default-src 'none'" in html


def test_texts_from_rows_stay_texts(html):
    assert html.count("<script") == 1 and "&lt;script&gt;window.hacked=1" in html
    assert "<img" not in html


def test_all_that_was_promised_is_there(html):
    for text in (
        "These runs say nothing",
        "says nothing to",
        "What got worse",
        "stays when all figures",
        "at least 0.8",
        "Chances against what came",
        "It is the cheapest of all.",  # a rejected sentence
        "$39.90",  # the evidence
        "the visit broke off",
        "我要一盏灯",
        "search_ms",
    ):
        assert text in html, text
    assert html.count('<svg role="img"') >= 7


def test_ids_are_unique(html):
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    targets = set(re.findall(r'(?:href="#|url\(#)([^")]+)', html))
    assert targets <= set(ids)


def test_plots_take_their_colours_from_the_page_and_their_letters_from_the_reader(html):
    drawn = re.findall(r"<svg.*?</svg>", html, flags=re.DOTALL)
    assert all("var(--accent)" in one and "<text" in one for one in drawn)
    assert not any(re.search(r"#0[0-9a-f]0[0-9a-f]0[0-9a-f]|<metadata|<style", one) for one in drawn)


def test_it_can_be_read_in_chinese(book):
    html = rendered(gathered(book, worst=2), "zh")
    assert '<html lang="zh">' in html and "评测报告" in html and "变差的指标" in html and "What got worse" not in html


def test_both_languages_have_the_same_words():
    english, chinese = report_words("en"), report_words("zh")
    gaps = {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in english.items()}
    assert {key for key in english if not key.endswith(".one")} == set(chinese)
    assert all(set(re.findall(r"\{(\w+)\}", text)) == gaps[key] for key, text in chinese.items())
    assert tell("no_change", "en", count=1) == "No difference seen in one figure."


def test_a_long_row_is_cut_and_says_so():
    text, cut = shortened({"ids": list(range(10_000))})
    assert len(text) == LONGEST_JSON and cut > 0
    assert shortened({"a": 1}) == ('{\n  "a": 1\n}', 0)


def test_it_is_written_by_the_command(book, tmp_path, capsys):
    from eval.__main__ import main

    words = ["report", "--runs", str(book.folder), "--out", str(tmp_path / "out"), "--task", "chances"]
    assert main(words) == 0
    html = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "chances" in html and "visits" not in html
    assert main(["report", "--runs", str(tmp_path / "none"), "--out", str(tmp_path)]) == 2
    assert "python -m eval TASK" in capsys.readouterr().err
