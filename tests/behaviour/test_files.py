"""Files of events in every layout, taken in twice without harm, with what is wrong told."""

import gzip
import json
import sqlite3

import pytest

from assistant.__main__ import main
from assistant.behaviour.files import import_events
from index.errors import BadFeed

LINES = [
    {"kind": "product_view", "id": f"e-{n}", "at": "2026-01-01T09:00:00Z", "customer": "C-1", "product": "MUG-1"}
    for n in range(5)
]
BODY = {"client_id": "b", "events": [{"name": "view_item", "params": {"items": [{"item_id": "MUG-1", "price": 9.5}]}}]}


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(json.dumps(line) for line in LINES),
        "\ufeff" + "\r\n".join(json.dumps(line) for line in LINES) + "\r\n\r\n",
        json.dumps(LINES),
        json.dumps(LINES, indent=2),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_every_layout_is_read_and_again_changes_nothing(text, packed, tmp_path, intake, system):
    path = tmp_path / "events.json"
    path.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    assert import_events(path, intake, system).accepted == 5
    again = import_events(path, intake, system)
    assert (again.accepted, again.duplicates) == (0, 5)


def test_one_object_over_several_lines_is_read(tmp_path, intake, system):
    path = tmp_path / "body.json"
    path.write_text(json.dumps(BODY, indent=4))
    assert import_events(path, intake, system).accepted == 1
    assert import_events(path, intake, system).duplicates == 1


def test_what_is_wrong_is_written_beside_and_the_rest_is_kept(tmp_path, intake, system):
    path, rejects = tmp_path / "mixed.jsonl", tmp_path / "rejects.jsonl"
    wrong = [{**LINES[0], "id": "w-1", "product": "NOPE"}, {**LINES[0], "id": "w-2", "quantity": -1}]
    path.write_text(
        "\n".join([*(json.dumps(one) for one in [*LINES, *wrong]), '{"kind": "sea', "[[]]", json.dumps(BODY)])
    )
    seen = []
    receipt = import_events(path, intake, system, rejects=rejects, progress=seen.append)
    assert (receipt.accepted, receipt.rejected) == (6, 4) and seen == [10]
    told = [json.loads(line) for line in rejects.read_text().splitlines()]
    assert {one["reason"] for one in told} == {"unknown_product", "bad_quantity", "broken_json", "bad_form"}
    assert next(one for one in told if one["reason"] == "broken_json")["place"] == "line 8"


def test_a_list_that_breaks_off_keeps_what_came_before(tmp_path, intake, system):
    path = tmp_path / "half.json"
    path.write_text(json.dumps(LINES, indent=1)[:-40])
    receipt = import_events(path, intake, system)
    assert (receipt.accepted, receipt.reasons) == (4, {"broken_json": 1})


def test_a_clock_is_not_put_right_by_when_a_file_came(tmp_path, intake, system, events):
    call = {"event": "Product Viewed", "messageId": "m", "userId": "C-1", "timestamp": "2026-01-01T09:00:00Z",
            "sentAt": "2026-01-01T09:00:05Z", "properties": {"product_id": "MUG-1"}}  # fmt: skip
    path = tmp_path / "calls.jsonl"
    path.write_text(json.dumps(call))
    assert import_events(path, intake, system).repaired == {}
    assert events.of("customer:C-1", system)[0].at.isoformat() == "2026-01-01T09:00:00+00:00"


def test_a_rejects_file_that_cannot_be_written_is_said(tmp_path, intake, system):
    path = tmp_path / "events.jsonl"
    path.write_text(json.dumps(LINES[0]))
    with pytest.raises(BadFeed, match="rejects file cannot be written"):
        import_events(path, intake, system, rejects=tmp_path / "nowhere" / "r.jsonl")


def test_a_file_that_is_not_there_is_said(tmp_path, intake, system):
    with pytest.raises(BadFeed, match="no such file"):
        import_events(tmp_path / "none.jsonl", intake, system)


def test_the_command_imports_beside_a_running_app(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SHOP_HOME", str(tmp_path / "home"))
    path = tmp_path / "events.jsonl"
    path.write_text(json.dumps({"kind": "search", "id": "s-1", "anonymous": "b-1", "query": "tea"}) + "\n{broken\n")
    assert main(["events", "import", str(path), "--rejects", str(tmp_path / "r.jsonl")]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "1 accepted, 0 duplicates, 0 withheld, 1 rejected"
    kept = sqlite3.connect(tmp_path / "home" / "shop.db")
    assert kept.execute("SELECT person FROM events").fetchall() == [("anonymous:b-1",)]
    kept.close()
    assert main(["events", "import", str(tmp_path / "none")]) == 1
