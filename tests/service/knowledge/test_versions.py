"""Imports: a changed text is a new version, the old one stays, and a source withdraws only its own."""

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

import assistant.store
from assistant.errors import NotAllowed
from assistant.service.knowledge.book import bring
from assistant.service.policies import Policies
from assistant.store.database import open_database, writing
from assistant.store.policy_texts import PolicyTexts
from assistant.store.principal import GUEST

MIGRATIONS = Path(assistant.store.__file__).parent / "migrations"


def put(folder, **texts):
    folder.mkdir(exist_ok=True)
    for name, said in texts.items():
        (folder / f"{name}.md").write_text(said, encoding="utf-8")
    return folder


def names(records):
    return [(one.policy, one.number) for one in records]


def test_a_change_is_a_new_version_and_the_same_again_changes_nothing(engine, tmp_path):
    folder = put(tmp_path / "help", care="# Care\n\nWash cold.", fit="# Fit\n\nRuns small.")
    assert names(bring(engine, folder).taken.written) == [("care", 1), ("fit", 1)]
    again = bring(engine, folder).taken
    assert names(again.unchanged) == [("care", 1), ("fit", 1)] and not again.written and not again.withdrawn
    put(folder, care="# Care\n\nWash warm.")
    changed = bring(engine, folder).taken
    assert names(changed.written) == [("care", 2)] and names(changed.unchanged) == [("fit", 1)]
    policies = Policies(engine)
    assert [one.text for one in policies.cited("care@1#care", "en")] == ["Wash cold."]
    assert [one.text for one in policies.cited("care", "en")] == ["Wash warm."]
    (found,) = policies.find("should I wash it warm", "en", 1)
    assert found.source == "policy:care@2#care" and found.kind == "article"


def test_only_the_source_itself_withdraws_what_it_no_longer_holds(engine, tmp_path):
    one, two = put(tmp_path / "one", a="Apples.", b="Pears."), put(tmp_path / "two", c="Plums.")
    bring(engine, one), bring(engine, two)
    (one / "b.md").unlink()
    assert names(bring(engine, one).taken.withdrawn) == [("b", 1)]
    current = {one.policy for one in PolicyTexts(engine).every() if one.current}
    assert current == {"a", "c"} and Policies(engine).cited("b@1", "en")


def test_a_file_that_breaks_keeps_what_it_said_before(engine, tmp_path):
    folder = put(tmp_path / "help", a="Apples.", b="Pears.")
    bring(engine, folder)
    (folder / "b.md").write_bytes(b"\xff\xfe\x00")
    brought = bring(engine, folder)
    assert [one.file.name for one in brought.rejected] == ["b.md"] and not brought.taken.withdrawn
    assert Policies(engine).cited("b", "en")


def test_an_article_takes_no_policys_name(engine, tmp_path):
    bring(engine, put(tmp_path / "rules", returns="Thirty days."), kind="policy")
    brought = bring(engine, put(tmp_path / "help", returns="Never.", other="Else."))
    assert [one.name for one in brought.rejected] == ["returns"] and names(brought.taken.written) == [("other", 1)]
    assert Policies(engine).cited("returns", "en")[0].text == "Thirty days."


def test_languages_that_come_together_share_a_number_and_a_later_one_has_its_own(engine, tmp_path):
    folder = tmp_path / "help"
    folder.mkdir()
    put(folder / "en", care="Wash cold."), put(folder / "zh", care="冷水洗。")
    bring(engine, folder)
    put(folder / "zh", care="温水洗。")
    bring(engine, folder)
    policies = Policies(engine)
    texts = {
        (number, language): policies.cited(f"care@{number}", language) for number in (1, 2) for language in ("en", "zh")
    }
    assert {key: found[0].text for key, found in texts.items()} == {
        (1, "en"): "Wash cold.",
        (1, "zh"): "冷水洗。",
        (2, "zh"): "温水洗。",
        (2, "en"): "温水洗。",  # there is no English text of this version: the one that there is
    }


def test_a_text_in_one_language_alone_answers_in_the_other_too(engine, tmp_path):
    put(tmp_path / "en", payment="# Payment\n\nWe take PayPal."), put(tmp_path / "zh", care="# 保养\n\n冷水洗。")
    bring(engine, tmp_path)
    policies = Policies(engine)
    assert [(one.policy, one.language) for one in policies.find("PayPal", "zh", 1)] == [("payment", "en")]
    assert [(one.policy, one.language) for one in policies.find("冷水洗", "zh", 1)] == [("care", "zh")]


def test_hidden_markup_is_no_change(engine, tmp_path):
    file = tmp_path / "care.html"
    file.write_text("<nav>Old menu</nav><h1>Care</h1><p>Wash cold.")
    bring(engine, file)
    file.write_text("<nav>New menu</nav><h1>Care</h1><p class=x>Wash cold.</p><script>1</script>")
    assert names(bring(engine, file).taken.unchanged) == [("care", 1)]


def test_guests_take_nothing_in(engine):
    for write in (
        lambda: PolicyTexts(engine).take_in([], GUEST, source="x"),
        lambda: PolicyTexts(engine).publish([], GUEST, source="x"),
        lambda: PolicyTexts(engine).withdraw("a", "en", GUEST),
    ):
        with pytest.raises(NotAllowed):
            write()


@settings(max_examples=15, deadline=None)
@given(
    history=st.lists(st.dictionaries(st.sampled_from("abc"), st.sampled_from(("One.", "Two.")), min_size=1), max_size=5)
)
def test_any_history_leaves_the_last_texts_current_and_all_earlier_ones_readable(tmp_path_factory, history):
    home = tmp_path_factory.mktemp("history")
    engine = open_database("", home)
    folder, said = home / "help", set()
    for state in history:
        for old in folder.glob("*.md"):
            old.unlink()
        bring(engine, put(folder, **state))
        now = {(one.policy, one.text) for one in PolicyTexts(engine).current()}
        assert now == set(state.items())
        said |= now
    kept = {
        (p.policy, p.text)
        for one in PolicyTexts(engine).every()
        for p in PolicyTexts(engine).whole(one.policy, number=one.number)
    }
    assert kept == said
    numbers = [(one.policy, one.number) for one in PolicyTexts(engine).every()]
    assert len(numbers) == len(set(numbers))
    engine.dispose()


def test_texts_of_an_older_database_are_numbered_in_their_order(tmp_path):
    engine = open_database("", tmp_path)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0006")
        for day, version in ((2, "bb"), (1, "cc"), (3, "aa")):
            row = f"('returns', 'en', '{version}', 'Returns', '2026-01-0{day} 00:00:00', {int(day == 3)})"
            columns = "policy, language, version, title, imported_at, current"
            connection.execute(text(f"INSERT INTO policies ({columns}) VALUES {row}"))
        command.upgrade(config, "head")
    kept = {one.version: (one.number, one.kind, one.current) for one in PolicyTexts(engine).every()}
    assert kept == {"cc": (1, "policy", False), "bb": (2, "policy", False), "aa": (3, "policy", True)}
    engine.dispose()
