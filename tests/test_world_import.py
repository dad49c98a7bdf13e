"""`python -m assistant world import`: a benchmark's world as a shop of its own."""

import gzip
import json
from argparse import Namespace

import pytest

from assistant.importing import run
from assistant.service.retail_world import BadWorld
from assistant.settings import Settings


def test_an_empty_world_is_taken_in(tmp_path, capsys):
    path = tmp_path / "db.json.gz"
    with gzip.open(path, "wt") as file:
        json.dump({"products": {}, "users": {}, "orders": {}}, file)
    given = Namespace(command="world", file=path, policy=None)
    assert run(Settings(home=tmp_path / "home"), given) == 0
    said = capsys.readouterr().out
    assert "0 products, 0 customers, 0 orders written" in said and "SHOP_RULES=" in said


def test_what_is_none_is_refused(tmp_path):
    path = tmp_path / "db.json.gz"
    path.write_text("no gzip")
    with pytest.raises(BadWorld):
        run(Settings(home=tmp_path / "home"), Namespace(command="world", file=path, policy=None))
