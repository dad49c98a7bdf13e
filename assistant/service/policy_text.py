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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.errors import RegularsError
from assistant.store.records import PolicyParagraph

_ANCHOR = re.compile(r"\s*\{#([\w-]+)\}\s*$")
_VERSION_DIGITS = 12
LONGEST_PARAGRAPH = 1_500
"""Characters of a section that are quoted as one."""


class BadPolicy(RegularsError):
    """A policy file that cannot be read or holds no paragraph."""

    def __init__(self, path: object, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"the policy {str(path)!r} cannot be used: {reason}")


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading; level 0 is what stands above the first. The heading may end in an id."""

    level: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextName:
    """What a text goes by. `title` is for one without a heading of level 1, `kind` "policy" or "article"."""

    policy: str
    language: str
    version: str
    title: str = ""
    kind: str = "policy"


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
    return [_read_policy(file) for file in files]


def parse_policy(markdown: str, *, policy: str, language: str) -> PolicyText:
    """Return the paragraphs of one policy, in order; what stands above the first heading belongs to the title.

    Raises:
        BadPolicy: there is no text under any heading.
    """
    named = TextName(policy=policy, language=language, version=digest(markdown))
    return text_of(markdown_sections(markdown), named)


def text_of(sections: Iterable[Section], named: TextName) -> PolicyText:
    """Return sections as paragraphs that can be quoted; a long one becomes several under the same heading.

    Raises:
        BadPolicy: there is no text in any section.
    """
    found = list(sections)
    title = next((_ANCHOR.sub("", one.heading) for one in found if one.level == 1), named.title or named.policy)
    taken: set[str] = set()
    paragraphs = []
    for one in found:
        shown = _ANCHOR.sub("", one.heading) or title
        for text in _pieces(one.text):
            paragraph_id = f"{named.policy}#{_distinct(_slug(one.heading) or 'text', taken)}"
            made = PolicyParagraph(
                id=paragraph_id,
                policy=named.policy,
                language=named.language,
                version=named.version,
                title=title,
                heading=shown,
                text=text,
                kind=named.kind,
            )
            paragraphs.append(made)
    if not paragraphs:
        raise BadPolicy(f"{named.language}/{named.policy}", "there is no text in it")
    return PolicyText(named.policy, named.language, named.version, title, tuple(paragraphs))


def digest(text: str) -> str:
    """Return the version of a text: the start of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_VERSION_DIGITS]


def _pieces(text: str) -> Iterator[str]:
    """Yield a section's text, parted at its lines where it is longer than can be quoted."""
    held: list[str] = []
    for line in text.split("\n") if text else ():
        if held and sum(map(len, held)) + len(line) > LONGEST_PARAGRAPH:
            yield "\n".join(held)
            held = []
        held.append(line)
    if held:
        yield "\n".join(held)


def _read_policy(file: Path) -> PolicyText:
    try:
        return parse_policy(_read(file), policy=file.stem, language=file.parent.name)
    except BadPolicy as error:
        raise BadPolicy(file, error.reason) from error


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadPolicy(file, f"it is no readable UTF-8 file ({error})") from error


def markdown_sections(markdown: str) -> Iterator[Section]:
    """Yield the sections of a Markdown text. HTML within it is left out."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    level, heading, lines = 0, "", list[str]()
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            yield Section(level, heading, "\n".join(lines).strip("\n"))
            level, heading, lines = int(token.tag[1]), _plain(tokens[index + 1]), []
        elif token.type == "inline" and tokens[index - 1].type != "heading_open":
            _append(lines, _plain(token), same_line=tokens[index - 1].type in ("td_open", "th_open"))
        elif token.type == "tr_open" and lines:
            lines.append("")
    yield Section(level, heading, "\n".join(lines).strip("\n"))


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


def _distinct(slug: str, taken: set[str]) -> str:
    """Return a slug that no other paragraph of the text has, and take it."""
    found, count = slug, 1
    while found in taken:
        count += 1
        found = f"{slug}-{count}"
    taken.add(found)
    return found
