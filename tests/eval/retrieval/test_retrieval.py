"""The whole command on a folder of ten products: what it writes can be computed again from its rows."""

from __future__ import annotations

import gzip
import json

import pytest

from assistant.errors import SettingError
from eval.retrieval.metrics import ndcg
from eval.tasks.retrieval import TASK

TITLES = [
    "red mug",
    "blue mug",
    "green mug",
    "steel ruler",
    "wool coat",
    "rain coat",
    "yoga mat",
    "desk lamp",
    "kettle",
    "kite",
]
WANTED = {"mug": "012", "coat": "45", "ruler": "3", "yoga": "6", "lamp": "7", "kettle": "8"}


@pytest.fixture
def folder(tmp_path):
    data = tmp_path / "ten"
    data.mkdir()
    with gzip.open(data / "products.jsonl.gz", "wt") as file:
        for number, title in enumerate(TITLES):
            file.write(json.dumps({"id": str(number), "title": title, "price": 5.0}) + "\n")
    lines = [json.dumps({"query": q, "ratings": dict.fromkeys(ids, 1.0)}) for q, ids in WANTED.items()]
    (data / "judgments.jsonl").write_text("\n".join(lines))
    return data


@pytest.mark.model
def test_figures_follow_from_the_rows(play, folder, tmp_path, weights_dir, monkeypatch):
    if not (weights_dir / "all-minilm-l6-v2").is_dir():
        pytest.skip(f"the embedders are not at {weights_dir}: run `make run` once, or set SHOP_WEIGHTS")
    monkeypatch.setenv("SHOP_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SHOP_WEIGHTS", str(weights_dir))
    ended, rows = play(TASK, folder, threads=1)
    assert ended.metrics["queries"] == 6 and ended.settings["weights"] == "as shipped"
    gains = [ndcg(row["output"]["lists"][""], row["given"]["gains"]) for row in rows if "query" in row["given"]]
    assert ended.metrics["ndcg@10"] == pytest.approx(sum(gains) / 6)
    assert ended.metrics["ndcg@10"] > 0.9 and ended.metrics["bm25.mrr@10"] == 1.0
    again, _ = play(TASK, folder, threads=1)
    assert again.metrics["embedded"] == 0 and again.metrics["ndcg@10"] == ended.metrics["ndcg@10"]


def test_a_folder_without_judgments_is_named(play, folder, tmp_path):
    (folder / "judgments.jsonl").unlink()
    with pytest.raises(SettingError, match=r"judgments\.jsonl"):
        play(TASK, folder)
    with pytest.raises(SettingError, match=r"products\.jsonl\.gz"):
        play(TASK, tmp_path)
    with pytest.raises(SettingError, match=r"products\.jsonl\.gz"):
        play(TASK)
