"""The whole command on a folder of rings: what it writes can be computed again, and no test item leaks into a fit."""

from __future__ import annotations

import gzip
import json
import math
import random

import numpy as np
import pytest

from assistant.errors import SettingError
from assistant.recommend.items import ItemNeighbours
from eval.recommendation.sequences import read, split
from eval.tasks.recommend import TASK


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    data = tmp_path_factory.mktemp("rings")
    chance = random.Random(1)
    with gzip.open(data / "sequences.txt.gz", "wt") as file:
        for person in range(120):
            kind, start, length = chance.randrange(4), chance.randrange(8), chance.randint(1, 7)
            file.write(f"p{person} " + " ".join(f"{kind}-{(start + step) % 8}" for step in range(length)) + "\n")
    with gzip.open(data / "items.jsonl.gz", "wt") as file:
        for kind in range(4):
            for place in range(8):
                file.write(
                    json.dumps({"item": f"{kind}-{place}", "attributes": [f"kind{kind}", None], "price": 3}) + "\n"
                )
    return data


def lines(data):
    with gzip.open(data / "sequences.txt.gz", "rt") as file:
        return {words[0]: words[1:] for words in map(str.split, file)}


def test_the_split_is_the_protocols(folder):
    parts, people = split(read(folder, seed=7), limit=None, seed=7), lines(folder)
    items = parts.whole.items
    assert len(items) == 32 and parts.judged == tuple(person for person, own in people.items() if len(own) >= 2)

    def ids(row):
        return [items[at] for at in row]

    for row, person in enumerate(parts.judged):
        assert ids(parts.test.histories[row]) == people[person][:-1]
        assert items[parts.test.targets[row]] == people[person][-1]
    judges = [person for person, own in people.items() if len(own) >= 3]
    for row, person in enumerate(judges):
        assert ids(parts.validation.histories[row]) == people[person][:-2]
        assert items[parts.validation.targets[row]] == people[person][-2]
    for row, person in enumerate(parts.train.people):
        kept = people[person]
        assert ids(parts.whole.histories[row]) == (kept[:-1] if len(kept) >= 2 else kept)
        assert ids(parts.train.histories[row]) == (kept[:-2] if len(kept) >= 3 else kept[: max(1, len(kept) - 1)])


def test_items_are_not_numbered_in_the_files_order(folder):
    given = read(folder, seed=7)
    assert list(given.items) != sorted(given.items) and given.items == read(folder, seed=7).items
    assert given.words[given.items.index("2-5")] == "kind2 |  | 3"


def people_of(rows):
    return [(row["given"], row["output"]["lists"]) for row in rows if "person" in row["given"]]


def test_figures_follow_from_the_rows(play, folder):
    ended, rows = play(TASK, folder, models="popular,items,content,users")
    people, figures = people_of(rows), ended.metrics
    assert figures["people"] == len(people) == len([own for own in lines(folder).values() if len(own) >= 2])
    for name in ("popular", "items", "content", "users"):
        ranks = []
        for given, lists in people:
            assert not set(lists[name]) & set(given["history"]) and len(set(lists[name])) == 10
            ranks.append(lists[name].index(given["chosen"]) + 1 if given["chosen"] in lists[name] else math.inf)
        hits = [rank < math.inf for rank in ranks]
        assert figures[f"{name}.ndcg@10"] == pytest.approx(np.mean([1 / math.log2(rank + 1) for rank in ranks]))
        assert figures[f"{name}.hr@10"] == figures[f"{name}.recall@10"] == pytest.approx(np.mean(hits))
        assert figures[f"{name}.map@10"] == pytest.approx(np.mean([1 / rank for rank in ranks]))
        assert figures[f"{name}.precision@10"] == pytest.approx(np.mean(hits) / 10)
        shown = {item for _, lists in people for item in lists[name]}
        assert figures[f"{name}.coverage"] == pytest.approx(len(shown) / 32)
        low, high = ended.intervals[f"{name}.ndcg@10"]
        assert low <= figures[f"{name}.ndcg@10"] <= high
    assert figures["items.ndcg@10"] > 0.9 > figures["popular.ndcg@10"]


def test_what_was_fitted_is_not_fitted_again_where_a_run_goes_on(play, folder, tmp_path, monkeypatch):
    def stopped(*_args):
        raise KeyboardInterrupt

    whole, _ = play(TASK, folder, models="items,users")
    with monkeypatch.context() as stopping, pytest.raises(KeyboardInterrupt):
        stopping.setattr("eval.recommendation.lists.ListBook.of", stopped)  # asked for the first person
        play(TASK, folder, models="items,users", fresh=True)
    monkeypatch.setattr("eval.recommendation.fitting.Bench.fitted", stopped)
    again, _ = play(TASK, folder, models="items,users")
    assert again.metrics["users.ndcg@10"] == whole.metrics["users.ndcg@10"]
    assert not list((tmp_path / "out").rglob("*.npy"))


def test_no_fit_sees_what_it_is_judged_by(play, folder, monkeypatch):
    given, fit = [], ItemNeighbours.fit.__func__

    def watched(cls, interactions, *rest):
        given.append([interactions.items[at] for at in interactions.histories[0]])
        return fit(cls, interactions, *rest)

    monkeypatch.setattr(ItemNeighbours, "fit", classmethod(watched))
    play(TASK, folder, models="items")
    whole = next(iter(lines(folder).values()))
    assert len(whole) >= 3 and given[-1] == whole[:-1] and all(own == whole[:-2] for own in given[:-1])


def test_the_blend_is_made_of_the_models_that_were_fitted(play, folder, monkeypatch):
    from assistant.recommend import models

    few = {name: models.PARTS[name] for name in ("popular", "content", "items")}
    monkeypatch.setattr("eval.recommendation.fitting.PARTS", few)
    ended, _ = play(TASK, folder, models="items,blend", limit=50)
    assert ended.metrics["people"] == 50 and set(ended.notes["blend"]["weights"]) == set(few)
    assert ended.metrics["blend.hr@10"] > 0.9
    assert ended.metrics["blend.fit_s"] >= ended.metrics["items.fit_s"]


def test_what_cannot_be_fitted_is_left_out_and_said_so(play, folder, tmp_path):
    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / "sequences.txt.gz").write_bytes((folder / "sequences.txt.gz").read_bytes())
    ended, _ = play(TASK, bare, models="items,content")
    assert "items.hr@10" in ended.metrics and "content.hr@10" not in ended.metrics
    assert "content needs a text" in ended.notes["content"]


@pytest.mark.parametrize(("models", "named"), [("items,deepest", "deepest"), ("blend ,x", "x")])
def test_a_model_that_there_is_not_is_named(play, folder, models, named):
    with pytest.raises(SettingError, match=f"'{named}'.*popular, content"):
        play(TASK, folder, models=models)


def test_a_folder_that_lacks_sequences_is_named(play, tmp_path):
    with pytest.raises(SettingError, match=r"sequences\.txt\.gz"):
        play(TASK, tmp_path)


def test_a_line_without_items_is_named(play, tmp_path):
    with gzip.open(tmp_path / "sequences.txt.gz", "wt") as file:
        file.write("ann 1 2\nbob\n")
    with pytest.raises(SettingError, match="line 2"):
        play(TASK, tmp_path)
