"""Reads files of phrases in sections: [heading] lines, lines that stand for many phrases, named lists of alternatives.

Knows none of the files.
"""

from __future__ import annotations

import re
from pathlib import Path

from assistant.conversation.reading.words import HAN

_LIST = re.compile(r"~(\w+) = (.+)")


def sections(path: Path) -> tuple[dict[tuple[str, str], list[str]], dict[str, str]]:
    """Return the lines of each section and language, and the named lists (`~name = a|b`).

    A heading ends at its first semicolon; lines that begin with # are for people.
    """
    found: dict[tuple[str, str], list[str]] = {}
    lists: dict[str, str] = {}
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip().strip("[]").partition(";")[0].strip()
        elif listed := _LIST.fullmatch(line):
            lists[listed[1]] = listed[2]
        elif line.strip() and not line.startswith("#"):
            found.setdefault((section, "zh" if HAN.search(line) else "en"), []).append(line)
    return found, lists
