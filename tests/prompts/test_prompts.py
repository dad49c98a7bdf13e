"""Every prompt exists in both languages with the same variables, and renders to what is kept in `golden/`.

To renew the golden files after a prompt was changed on purpose: `REGULARS_GOLDEN=write pytest tests/prompts`.
"""

import os
import re
from pathlib import Path

import pytest

from prompts.render import FOLDER, render, variables

GOLDEN = Path(__file__).with_name("golden")
FILES = sorted(path.stem for path in FOLDER.glob("*.md"))
OURS = {"recommend", "facts", "answer", "policy", "order", "smalltalk", "plan", "judge", "judge_pair"}
_FACTS = [{"label": "Price", "text": "$24.50"}, {"label": "Color", "text": "Black"}]
VALUES = {
    "wish": "a lamp for reading",
    "name": "Halden Clip Lamp",
    "facts": _FACTS,
    "question": "how heavy is it?",
    "paragraph": "You may return most items within 30 days.",
    "message": "hello there",
    "earlier": "lamps, please",
    "shown": "Halden Clip Lamp, $24.50",
    "reply": "It weighs 800 g.",
    "criterion": "helpful",
    "choices": "no or yes",
    "first": "It weighs 800 g.",
    "second": "It is a lamp.",
    "points": [{"number": 1, "name": "Halden Clip Lamp", "facts": _FACTS}],
}


@pytest.mark.parametrize("job", sorted({stem.rsplit(".", 1)[0] for stem in FILES}))
def test_both_languages_have_the_same_variables(job):
    assert variables(job, "en") == variables(job, "zh")


@pytest.mark.parametrize("job", sorted(OURS))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_golden(job, language):
    turns = render(job, language, **{name: VALUES[name] for name in variables(job, language)}).turns
    text = "\n".join(f"[{turn.role}]\n{turn.text}" for turn in turns) + "\n"
    path = GOLDEN / f"{job}.{language}.txt"
    if os.environ.get("REGULARS_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("job", sorted({stem.rsplit(".", 1)[0] for stem in FILES}))
def test_every_file_is_used(job):
    root = FOLDER.parent
    sources = [*root.glob("assistant/**/*.py"), *root.glob("index/**/*.py"), *root.glob("eval/**/*.py")]
    assert any(re.search(rf"[\"']{job}[\"']", path.read_text(encoding="utf-8")) for path in sources), job


@pytest.mark.parametrize("stem", FILES)
def test_what_changes_comes_last(stem):
    """An engine keeps the unchanged beginning of a prompt: no variable stands before the last turn."""
    job, _ = stem.rsplit(".", 1)
    if job not in OURS:
        pytest.skip("not worded sentence by sentence")
    text = (FOLDER / f"{stem}.md").read_text(encoding="utf-8")
    assert text.rindex("[user]") < text.index("{{", text.index("#}"))
