"""Reads a policy's Markdown into paragraphs that can be quoted: one for each heading. Knows no database.

A heading may end in an id for links and citations, the same in every language:

    # Returns

    ## When the money comes back {#refund-time}

    We refund within 5 working days of the parcel's arrival.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.errors import RegularsError
from assistant.store.records import PolicyParagraph

_ANCHOR = re.compile(r"\s*\{#([\w-]+)\}\s*$")
_VERSION_DIGITS = 12


class BadPolicy(RegularsError):
    """A policy file that cannot be read or holds no paragraph."""

    def __init__(self, path: object, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"the policy {str(path)!r} cannot be used: {reason}")


@dataclass(frozen=True, slots=True)
class PolicyText:
    """One policy in one language; `version` is the start of the SHA-256 of its text."""

    policy: str
    language: str
    version: str
    title: str
    paragraphs: tuple[PolicyParagraph, ...]


def read_policies(folder: Path) -> list[PolicyText]:
    """Return the policies under `folder`, which holds a folder for each language (`en/returns.md`).

    Raises:
        BadPolicy: the folder holds none, or a file is not UTF-8 or says nothing.
    """
    files = sorted(folder.glob("*/*.md"))
    if not files:
        raise BadPolicy(folder, "it holds no files such as en/returns.md")
    return [parse_policy(_read(file), policy=file.stem, language=file.parent.name) for file in files]


def parse_policy(markdown: str, *, policy: str, language: str) -> PolicyText:
    """Return the paragraphs of one policy, in order; what stands above the first heading belongs to the title.

    Raises:
        BadPolicy: there is no text under any heading.
    """
    version = hashlib.sha256(markdown.encode()).hexdigest()[:_VERSION_DIGITS]
    sections = list(_sections(MarkdownIt("commonmark").enable("table").parse(markdown)))
    title = next((heading for level, heading, _ in sections if level == 1), policy)
    title = _ANCHOR.sub("", title)
    taken: dict[str, int] = {}
    paragraphs = []
    for _, heading, text in sections:
        if not text:
            continue
        shown = _ANCHOR.sub("", heading) or title
        paragraph_id = f"{policy}#{_distinct(_slug(heading) or 'text', taken)}"
        fields = {"policy": policy, "language": language, "version": version, "title": title}
        paragraphs.append(PolicyParagraph(id=paragraph_id, heading=shown, text=text, **fields))
    if not paragraphs:
        raise BadPolicy(f"{language}/{policy}.md", "there is no text in it")
    return PolicyText(policy, language, version, title, tuple(paragraphs))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadPolicy(file, f"it is no readable UTF-8 file ({error})") from error


def _sections(tokens: list[Token]) -> Iterator[tuple[int, str, str]]:
    """Yield level, heading and text of each section; level 0 is what stands above the first heading."""
    level, heading, lines = 0, "", list[str]()
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            yield level, heading, "\n".join(lines)
            level, heading, lines = int(token.tag[1]), _plain(tokens[index + 1]), []
        elif token.type == "inline" and tokens[index - 1].type != "heading_open":
            _append(lines, _plain(token), same_line=tokens[index - 1].type in ("td_open", "th_open"))
        elif token.type == "tr_open" and lines:
            lines.append("")
    yield level, heading, "\n".join(lines)


def _append(lines: list[str], text: str, *, same_line: bool) -> None:
    """Add a block's text: a table's cells share their row's line."""
    if same_line and lines:
        lines[-1] = f"{lines[-1]} · {text}".removeprefix(" · ")
    else:
        lines.append(text)


def _plain(token: Token) -> str:
    """Return inline Markdown as it reads: no marks, links by their words."""
    pieces = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            pieces.append(" ")
        elif child.type in ("text", "code_inline"):
            pieces.append(child.content)
    return "".join(pieces).strip()


def _slug(heading: str) -> str:
    named = _ANCHOR.search(heading)
    if named:
        return named.group(1)
    return re.sub(r"[^\w]+", "-", unicodedata.normalize("NFKC", heading).lower()).strip("-_")


def _distinct(slug: str, taken: dict[str, int]) -> str:
    taken[slug] = taken.get(slug, 0) + 1
    return slug if taken[slug] == 1 else f"{slug}-{taken[slug]}"
