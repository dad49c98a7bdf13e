"""Tables as they come: delimiters, quotes that are not closed, ragged rows, encodings."""

from __future__ import annotations

import codecs

import pytest

from index.errors import BadFeed, BadProduct
from index.feeds import read_feed
from index.feeds.opening import encoding_of
from index.feeds.tables import read_table


def rows_of(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "table"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    rows = list(read_table(path))
    good = [(row.number, [cell for _, cell in row.cells]) for row in rows if not isinstance(row, BadProduct)]
    return good, [(row.row, row.reason) for row in rows if isinstance(row, BadProduct)]


@pytest.mark.parametrize("delimiter", list("\t,;|"))
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_delimiter_and_line_end(tmp_path, delimiter, end):
    text = end.join(delimiter.join(row) for row in [["id", "title"], ["1", "A b"], ["2", ""]])
    assert rows_of(tmp_path, text) == ([(2, ["1", "A b"]), (3, ["2", ""])], [])


def test_a_quoted_cell_may_hold_anything(tmp_path):
    text = 'id,title,body\n1,"A, ""b""","line\nline, two\n\nthree"\n2,B,c\n'
    assert rows_of(tmp_path, text) == ([(2, ["1", 'A, "b"', "line\nline, two\n\nthree"]), (6, ["2", "B", "c"])], [])


def test_inch_marks_are_no_quotes(tmp_path):
    text = 'id\ttitle\n1\t12" pan\n2\t"Big" pan\n3\t"Half\n4\tD\n'
    good, bad = rows_of(tmp_path, text)
    assert [row[1][0] for row in good] == ["1", "2", "3", "4"]
    assert good[0][1][1] == '12" pan'
    assert good[2][1][1] == '"Half'
    assert bad == []


def test_a_quote_that_is_not_closed_costs_its_own_row(tmp_path):
    text = 'id,title,body\n1,A,"open, and more\n2,B,c\n3,C,"d"\n4,D,"e, f"\n'
    good, bad = rows_of(tmp_path, text)
    assert [row[1][0] for row in good] == ["2", "3", "4"]
    assert bad == [(2, "opens a quote that is not closed")]


def test_ragged_rows(tmp_path):
    good, bad = rows_of(tmp_path, "id,title,color\n1,A\n2,B,red,,\n3,C,red,extra\n\n4,D,blue\n")
    assert good == [(2, ["1", "A"]), (3, ["2", "B", "red"]), (6, ["4", "D", "blue"])]
    assert bad == [(4, "has 4 cells where the header has 3")]


@pytest.mark.parametrize(
    ("encoding", "title"),
    [
        ("utf-8", "Café 台灯"),
        ("utf-8-sig", "Café 台灯"),
        ("utf-16", "Café 台灯"),
        ("utf-16-le", "Cafe lamp"),
        ("gb18030", "红色台灯，护眼"),
        ("cp1252", "Café crème “doux” – 12 €"),
    ],
)
def test_any_encoding(tmp_path, encoding, title):
    path = tmp_path / "feed"
    rows = ["id\ttitle"] + [f"{n}\t{title} {n}" for n in range(30)]
    path.write_bytes("\n".join(rows).encode(encoding))
    assert [product.title for product in read_feed(path)] == [f"{title} {n}" for n in range(30)]


def test_chinese_columns_in_gb18030_late_in_a_long_file(tmp_path):
    path = tmp_path / "feed"
    plain = "".join(f"{n}\tLamp {n}\n" for n in range(20_000))
    path.write_bytes(("id\ttitle\n" + plain + "x\t美的电热水器，速热节能\n").encode("gb18030"))
    assert encoding_of(path) == "gb18030"
    assert list(read_feed(path))[-1].title == "美的电热水器，速热节能"


def test_a_line_of_another_encoding_is_named(tmp_path):
    lines = [f"{n}\tCafé {n}".encode() for n in range(10)]
    lines[4] = "4\tCafé 4".encode("cp1252")
    good, bad = rows_of(tmp_path, b"id\ttitle\n" + b"\n".join(lines))
    assert len(good) == 9
    assert bad == [(6, "holds bytes of another encoding than the file")]


def test_xml_in_a_declared_encoding(tmp_path):
    path = tmp_path / "feed.xml"
    text = '<?xml version="1.0" encoding="gb2312"?><rss><item><id>1</id><title>台灯</title></item></rss>'
    path.write_bytes(text.encode("gb2312"))
    assert [product.title for product in read_feed(path)] == ["台灯"]


def test_json_in_utf_16(tmp_path):
    path = tmp_path / "feed.json"
    path.write_bytes(codecs.BOM_UTF16_LE + '[{"id": "1", "title": "台灯"}]'.encode("utf-16-le"))
    assert [product.title for product in read_feed(path)] == ["台灯"]


def test_a_line_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("index.feeds.opening.LONGEST_LINE", 1000)
    with pytest.raises(BadFeed, match="longer than"):
        rows_of(tmp_path, "id,title\n1," + "x" * 2000)
