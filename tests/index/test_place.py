"""The files of a shop have one writer at a time, and whoever comes second is told what to do."""

import pytest

from index.errors import InUse
from index.place import sole_writer


def test_the_second_writer_is_refused_and_told_why(tmp_path):
    with sole_writer(tmp_path), pytest.raises(InUse, match="stop that one first"), sole_writer(tmp_path):
        pass


def test_the_next_one_may_write_when_the_first_has_gone(tmp_path):
    with sole_writer(tmp_path):
        pass
    with sole_writer(tmp_path):
        pass


def test_the_command_line_is_refused_while_the_shop_is_open(tmp_path, capsys):
    from index.__main__ import main

    feed = tmp_path / "feed.jsonl"
    feed.write_text('{"id": "1", "title": "Lamp"}\n', encoding="utf-8")
    home = tmp_path / "home"
    with sole_writer(home):
        assert main(["import", str(feed), "--home", str(home)]) != 0
    assert "stop that one first" in capsys.readouterr().err
