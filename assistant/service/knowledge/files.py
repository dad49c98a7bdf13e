"""Reads help articles and policies from files: Markdown and HTML, in any usual encoding, in English or Chinese.

What cannot be used is named with its reason, and the rest is read. Knows no database.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assistant.service.knowledge.html_text import read_page
from assistant.service.policy_text import BadPolicy, PolicyText, Section, TextName, digest, markdown_sections, text_of
from index.errors import BadFeed
from index.feeds.opening import encoding_of
from index.feeds.plain import language_of

LANGUAGES = ("en", "zh")
LARGEST_FILE = 4 * 1024 * 1024
"""Bytes of one text; a larger file is none that people read."""
_MARKDOWN, _HTML = (".md", ".markdown"), (".html", ".htm", ".xhtml")
_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_STATED = re.compile(r"^(title|language|lang)\s*:\s*(.+?)\s*$", re.MULTILINE | re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset=["']?\s*([A-Za-z0-9._-]{2,40})""", re.IGNORECASE)
# Browsers read these names as the larger sets, and pages rely on it.
_READ_AS = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252"}
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that was not taken; `name` is what its text would have gone by."""

    file: Path
    reason: str
    name: str


@dataclass(slots=True)
class Found:
    """What was read: texts, and files that cannot be used."""

    texts: list[PolicyText] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


def read_texts(
    path: Path, *, kind: str = "article", language: str = "", reserved: Collection[str] = frozenset()
) -> Found:
    """Return the texts of a file, or of all Markdown and HTML files under a folder.

    A text's language is `language` where given, else that of a folder on its way ("zh/returns.html"), else what it
    states itself (`lang`), else what its letters are. Its name is its path without the language;
    names that are `reserved` belong to texts of another kind.

    Raises:
        BadPolicy: there is no such path, or no file of these kinds under it.
    """
    files = list(_files(path))
    if not files:
        raise BadPolicy(path, "there is no Markdown or HTML file (.md, .html) there")
    found, taken = Found(), dict[tuple[str, str], Path]()
    for file in files:
        inside = file.relative_to(path) if path.is_dir() else Path(file.name)
        folders = [*([path.name] if path.is_dir() else [file.parent.name]), *inside.parts[:-1]]
        name = _name(inside)
        try:
            if name in reserved:
                raise BadPolicy(file, f"a text of another kind goes by the name {name!r}: rename the file")
            text = _read(file, TextName(policy=name, language=language or _of_folders(folders), version="", kind=kind))
            if (other := taken.setdefault((name, text.language), file)) is not file:
                raise BadPolicy(file, f"{str(other)!r} goes by the same name {name!r}: rename one of them")
            found.texts.append(text)
        except BadPolicy as error:
            found.rejected.append(Rejected(file, error.reason, name))
    return found


def _files(path: Path) -> Iterator[Path]:
    known = (*_MARKDOWN, *_HTML)
    if path.is_file() and path.suffix.lower() in known:
        yield path
    elif path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.suffix.lower() in known and file.is_file() and not file.name.startswith("."):
                yield file


def _name(inside: Path) -> str:
    parts = [part for part in inside.with_suffix("").parts if _language(part) not in LANGUAGES]
    joined = "-".join(parts) or inside.stem
    return re.sub(r"[^\w-]+", "-", joined).strip("-")[:_LONGEST_NAME] or "text"


def _of_folders(folders: list[str]) -> str:
    return next((found for one in reversed(folders) if (found := _language(one)) in LANGUAGES), "")


def _language(tag: str) -> str:
    """Return the language of a tag such as "zh-CN" or "en_GB", in lower case."""
    return re.split(r"[-_]", tag.strip().strip("\"'").lower())[0]


def _read(file: Path, named: TextName) -> PolicyText:
    """Return the text of one file.

    Raises:
        BadPolicy: it cannot be read, holds no text, or is in a language that the shop does not speak.
    """
    source = _decoded(file)
    if file.suffix.lower() in _HTML:
        page = read_page(source)
        title, stated, sections = re.split(r"\s+[|–—]\s+", page.title)[0], page.language, page.sections
        version = digest(repr((title, sections)))
    else:
        front = _FRONT.match(source)
        says = {key.lower(): value.strip("\"'") for key, value in _STATED.findall(front[1])} if front else {}
        title, stated = says.get("title", ""), says.get("language") or says.get("lang", "")
        sections = tuple(markdown_sections(source[front.end() :] if front else source))
        version = digest(source)
    language = named.language or _language(stated) or language_of(_said(sections))
    if language not in LANGUAGES:
        raise BadPolicy(file, f"its language is {language!r}: the shop speaks {' and '.join(LANGUAGES)}")
    return text_of(
        sections, TextName(policy=named.policy, language=language, version=version, title=title, kind=named.kind)
    )


def _said(sections: tuple[Section, ...]) -> str:
    return "\n".join(f"{one.heading}\n{one.text}" for one in sections)


def _decoded(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise BadPolicy(file, f"it is larger than {LARGEST_FILE // 1024 // 1024} MB")
        raw = file.read_bytes()
        declared = _CHARSET.search(raw[:4096]) if file.suffix.lower() in _HTML else None
        text = _as_declared(raw, declared[1].decode("ascii")) if declared else None
        if text is None:
            text = raw.decode(encoding_of(file))
    except (OSError, UnicodeError, BadFeed) as error:
        raise BadPolicy(file, f"it is no readable text ({error})") from error
    if "\x00" in text:
        raise BadPolicy(file, "it is no text: there are zero bytes in it")
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _as_declared(raw: bytes, charset: str) -> str | None:
    """Return the text in the encoding that a page names, `None` where it is written in another."""
    try:
        return raw.decode(_READ_AS.get(charset.lower(), charset))
    except (UnicodeError, LookupError):
        return None
