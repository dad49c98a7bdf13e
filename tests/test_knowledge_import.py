"""`python -m assistant knowledge import PATH`: what was taken, unchanged, withdrawn and rejected, in words."""

import pytest

from assistant.__main__ import main


@pytest.fixture
def bring(tmp_path, monkeypatch, capsys):
    """Import a folder into a shop of the test's own: returns the exit status, what was printed, and the complaints."""
    monkeypatch.setenv("SHOP_HOME", str(tmp_path / "home"))

    def run(*arguments):
        status = main(["knowledge", "import", *map(str, arguments)])
        return status, *capsys.readouterr()

    return run


def test_each_text_is_told_with_what_became_of_it(bring, tmp_path):
    folder = tmp_path / "help"
    (folder / "zh").mkdir(parents=True)
    (folder / "care.html").write_text("<title>Care</title><p>Wash cold.")
    (folder / "zh" / "care.md").write_text("# 保养\n\n冷水洗。", encoding="utf-8")
    (folder / "bad.md").write_bytes(b"\xff\xfe\x00")
    status, printed, complaints = bring(folder)
    assert status == 0 and printed.splitlines() == [
        "taken: care (en), version 1: Care",
        "taken: care (zh), version 1: 保养",
        "2 taken, 0 unchanged, 0 withdrawn, 1 rejected",
    ]
    assert "bad.md: it is no readable text" in complaints
    (folder / "care.html").write_text("<title>Care</title><p>Wash warm.")
    (folder / "zh" / "care.md").unlink()
    assert bring(folder)[1].splitlines() == [
        "taken: care (en), version 2: Care",
        "withdrawn: care (zh)",
        "1 taken, 0 unchanged, 1 withdrawn, 1 rejected",
    ]
    assert bring(folder)[1].splitlines() == ["0 taken, 1 unchanged, 0 withdrawn, 1 rejected"]


def test_a_path_without_texts_is_refused_in_one_sentence(bring, tmp_path):
    status, _, complaints = bring(tmp_path / "nowhere", "--kind", "policy")
    assert status == 1 and "no Markdown or HTML" in complaints and complaints.count("\n") == 1


def test_where_nothing_can_be_used_it_fails(bring, tmp_path):
    (tmp_path / "empty.md").write_text("# Only a title\n")
    status, printed, complaints = bring(tmp_path / "empty.md", "--language", "en")
    assert status == 1 and "1 rejected" in printed and "there is no text in it" in complaints
