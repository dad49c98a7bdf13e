"""The whole command on a folder of a few messages, and the wear of messages by itself."""

from __future__ import annotations

import csv
import gzip
import random

import pytest

from assistant.conversation.reading.families import services
from assistant.conversation.reading.grammar import drawn
from assistant.conversation.reading.intents import phrases
from assistant.conversation.reading.letters import letters
from assistant.errors import SettingError
from eval.intents.messages import mapping, messages, strange, third
from eval.intents.perturbing import KINDS, SETS, chatter, shape, synonyms, typos
from eval.tasks.intents import TASK

SAID = {
    "cancel_order": "please cancel the order i placed",
    "recover_password": "i forgot my password",
    "track_refund": "where is my refund",
    "delivery_options": "what delivery options do you have",
}


@pytest.fixture
def folder(tmp_path):
    with gzip.open(tmp_path / "customer_support.csv.gz", "wt", newline="") as file:
        table = csv.writer(file)
        table.writerow(["instruction", "intent"])
        table.writerows((said, intent) for intent, said in SAID.items())
    return tmp_path


def test_every_intent_is_mapped_once_to_intents_that_are_ours():
    ours = [name for names in mapping().values() for name in names]
    assert len(mapping()) == 27 and len(ours) == len(set(ours)) >= 27
    assert set(ours) <= set(letters().intents)
    assert len(set(ours) & set(services())) >= 20


def test_messages_beyond_the_shop_are_many_in_both_languages_and_none_is_learned():
    said = [one.message for one in strange()]
    han = [text for text in said if not text.isascii()]
    assert len(said) == len(set(said)) >= 200 and len(han) >= 80 and len(said) - len(han) >= 80
    learned = {phrase for language in ("en", "zh") for source in (phrases, drawn) for _, phrase in source(language)}
    assert not learned & set(said)
    lines = (SETS / "wishes.tsv").read_text(encoding="utf-8").splitlines()
    assert not learned & {line.split("\t")[0] for line in lines}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_wear_follows_its_seed_and_changes_something(kind):
    text = "I want to cancel my order, where is my refund?"
    once, again = (KINDS[kind](text, random.Random(5)) for _ in range(2))
    assert once == again != text


def test_each_wear_does_what_it_says():
    text = "cancel the order"
    assert len(typos(text, random.Random(1)).split()) == 3
    assert text in chatter(text, random.Random(1))
    assert shape("Where's my refund?", random.Random(2)).isascii() and "?" not in shape("a? b!", random.Random(2))
    assert synonyms("the lamp", random.Random(1)) == "the lamp"


def test_a_folder_without_its_file_and_an_unknown_intent_are_named(play, tmp_path, folder):
    with pytest.raises(SettingError, match=r"customer_support\.csv\.gz"):
        list(messages(tmp_path / "nowhere"))
    with gzip.open(folder / "customer_support.csv.gz", "wt") as file:
        file.write("instruction,intent\nhello,dance\n")
    with pytest.raises(SettingError, match="dance"):
        list(messages(folder))
    with pytest.raises(SettingError, match="--data"):
        play(TASK)


def test_a_message_always_belongs_to_the_same_third():
    assert {third(said) for said in SAID.values()} <= {"development", "held_out"}
    assert [third(said) for said in SAID.values()] == [third(said) for said in SAID.values()]


@pytest.mark.model
def test_figures_follow_from_the_rows(play, folder, weights_dir, monkeypatch):
    if not weights_dir.is_dir():
        pytest.skip(f"the embedder is not at {weights_dir}: run `make run` once, or set SHOP_WEIGHTS")
    monkeypatch.setenv("SHOP_WEIGHTS", str(weights_dir))
    ended, rows = play(TASK, folder, threads=1)
    plain = [row for row in rows if row["given"].get("part") == "plain"]
    assert ended.metrics["classes"] == len(plain) == 4
    right = [row["output"]["intent"] in row["given"]["right"] for row in plain]
    assert ended.metrics["accuracy"] == sum(right) / 4 == 1.0
    assert ended.notes["confusion"]["cancel_order"] == {"cancel_order": 1}
    assert set(ended.intervals) <= set(ended.metrics)
    assert ended.metrics["out_of_scope.recall"] >= 0.8
    assert len({row["id"] for row in rows}) == len(rows)
