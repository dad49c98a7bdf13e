"""The command line, as a program of its own. Searching and embedding are tested where they are built."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from index.__main__ import main
from index.errors import BadPlace
from index.feeds.jsonlines import render
from index.place import Place
from index.product import Product, Variant, Words


@pytest.fixture
def home(tmp_path, monkeypatch):
    for name in [name for name in os.environ if name.startswith("SHOP_") and name != "SHOP_WEIGHTS"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SHOP_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def feed(path, *rows):
    path.write_text("id,title,price\n" + "".join(f"{row}\n" for row in rows))
    return str(path)


def test_an_empty_feed_is_one_sentence(home, tmp_path, capsys):
    assert main(["import", feed(tmp_path / "f.csv")[:-5] + "nothing.csv"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("error: cannot read the feed")
    assert said.count("\n") == 1


def test_rows_that_cannot_be_used_are_told(home, tmp_path, capsys):
    rejects = tmp_path / "rejects.jsonl"
    assert main(["import", feed(tmp_path / "f.csv", "1,A,free?"), "--rejects", str(rejects), "--feed", "f"]) == 0
    said = capsys.readouterr()
    assert "f: 1 read, 0 added, 0 changed, 0 unchanged, 0 withdrawn, 1 rejected, 0 embedded" in said.out
    assert "rejected: row 2: price 'free?' holds no number" in said.err
    assert json.loads(rejects.read_text())["row"] == 2


def test_searching_nothing_says_what_to_do(home, capsys):
    assert main(["search", "lamp"]) == 1
    assert "python -m index import FEED" in capsys.readouterr().err


def test_it_runs_as_a_program(home):
    shown = subprocess.run([sys.executable, "-m", "index", "--help"], capture_output=True, text=True, check=True)
    assert all(command in shown.stdout for command in ("import", "search", "build", "tune"))


def test_the_place_is_read_from_a_file_and_the_environment(tmp_path):
    (tmp_path / "shop.toml").write_text('home = "/shop"\ncurrency = "eur"\n')
    place = Place.of({"SHOP_CONFIG": str(tmp_path / "shop.toml"), "SHOP_HOME": "/other"})
    assert (str(place.home), place.currency) == ("/other", "EUR")
    with pytest.raises(BadPlace, match="SHOP_CURRENCY='DUCATS'"):
        Place.of({"SHOP_CURRENCY": "ducats"})
    with pytest.raises(BadPlace, match="SHOP_DATABASE_URL"):
        Place(home=tmp_path, database_url="oracle").engine()


@pytest.mark.model
def test_import_search_and_build_with_the_real_embedders(home, weights_dir, tmp_path, capsys, monkeypatch):
    if not weights_dir.is_dir():
        pytest.skip(f"no model files at {weights_dir}: run `make test`, or set SHOP_WEIGHTS")
    monkeypatch.setenv("SHOP_WEIGHTS", str(weights_dir))
    path = tmp_path / "own.jsonl"
    names = {"lamp": "Steel desk lamp", "coat": "Warm wool coat", "mug": "Coffee mug"}
    path.write_text(
        "".join(
            render(
                Product(
                    id=id_,
                    words={"en": Words(title=title)},
                    currency="USD",
                    variants=(Variant(id=f"{id_}-1", price_minor=1000 * n),),
                )
            )
            + "\n"
            for n, (id_, title) in enumerate(names.items(), start=1)
        )
    )
    assert main(["import", str(path)]) == 0
    assert "3 added" in (said := capsys.readouterr().out)
    assert "3 embedded" in said
    assert main(["import", str(path)]) == 0
    assert "3 unchanged, 0 withdrawn, 0 rejected, 0 embedded" in capsys.readouterr().out
    assert main(["search", "wool coat", "--max-price", "20", "--json"]) == 0
    hits = json.loads(capsys.readouterr().out)["hits"]
    assert hits[0]["id"] == "coat"
    assert all(hit["price"] <= 20 for hit in hits)
    assert main(["build"]) == 0
    assert "3 products indexed" in capsys.readouterr().out
