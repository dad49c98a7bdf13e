"""Parts of a turn as markup: every value is escaped by the templates, so that no record or message can become code.

A part becomes patches, each for one place of its turn; live turns and restored ones take the same way.
Knows nothing of Gradio, sessions or stores.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.web.words import say, words
from index.money import price_text

Patch = dict[str, Any]


@cache
def _templates() -> Environment:
    folder = FileSystemLoader(Path(__file__).parent / "templates")
    environment = Environment(
        loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(
        say=say,
        words=words,
        money=price_text,
        picture_url=picture_url,
        web_url=web_url,
        reduction=reduction,
        record_of=record_of,
        source_name=source_name,
        source_url=source_url,
        json_text=json_text,
        json_line=json_line,
    )
    return environment


def page(**values: object) -> str:
    """Return the page around the conversation."""
    return _templates().get_template("shell.html").render(**values)


def document(name: str, **values: object) -> str:
    """Return a whole page of its own, such as the demo's check-out."""
    return _templates().get_template(name).render(**values)


def fragment(kind: str, part: Mapping[str, Any], language: str) -> str:
    """Return one part as markup, by the macro of its kind."""
    macro = getattr(_templates().get_template("parts.html").module, kind)
    return str(macro(part, language)).strip()


def web_url(url: str | None) -> str | None:
    """Return a link that a page may carry: http, https or a path of this shop; anything else is `None`.

    >>> web_url("javascript:alert(1)"), web_url("//elsewhere.example/x"), web_url("/checkout?cart=1")
    (None, None, '/checkout?cart=1')
    """
    if not url or any(character in url for character in "\\\t\r\n"):
        return None
    if url.startswith("/"):
        return None if url.startswith("//") else url
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


picture_url = web_url


def record_of(source: str) -> str:
    """Return the record that a source names.

    >>> record_of("product:LAMP-1#price"), record_of("policy:returns")
    ('LAMP-1', 'returns')
    """
    return source.partition(":")[2].partition("#")[0] or source


def source_name(source: str, language: str) -> str:
    """Return the record that a source names, in words: a text of the shop's by its version.

    >>> source_name("policy:price-match@3#how", "en"), source_name("product:LAMP-1#price", "en")
    ('Price match, version 3', 'LAMP-1')
    """
    name, _, number = record_of(source).partition("@")
    if not source.startswith("policy:"):
        return record_of(source)
    shown = name.replace("-", " ").replace("_", " ").strip()
    shown = shown[:1].upper() + shown[1:]
    return say("source_version", language, name=shown, number=number) if number else shown


def source_url(source: str, language: str) -> str:
    """Return where a source can be read by everybody, as it was when it was cited; empty where nowhere.

    >>> source_url("policy:returns@3#window", "en"), source_url("order:R-1#status", "en")
    ('/source/policy/returns%403?language=en#window', '')
    """
    kind, _, rest = source.partition(":")
    text, _, anchor = rest.partition("#")
    if kind != "policy" or not text:
        return ""
    place = f"/source/policy/{quote(text, safe='')}?language={quote(language, safe='')}"
    return f"{place}#{quote(anchor, safe='')}" if anchor else place


def json_text(value: object) -> str:
    """Return a value as JSON that people read, line by line.

    >>> json_text("一盏灯")
    '"一盏灯"'
    """
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


def json_line(value: object) -> str:
    """Return a value as JSON in one line."""
    return json.dumps(value, ensure_ascii=False, default=str)


def reduction(card: Mapping[str, Any]) -> int:
    """Return by how many per cent a card's price is reduced, rounded as replies say it; 0 where it is not.

    >>> reduction({"price_minor": 8500, "list_price_minor": 10600})
    20
    """
    now, before = card["price_minor"], card["list_price_minor"]
    return round(100 * (before - now) / before) if now is not None and before and before > now else 0


class TurnView:
    """One turn on the page: takes its parts in JSON form, in order, and gives patches.

    Args:
        place: the id of the turn's element.
        language: what the turn is shown in until it is understood to be in another.
    """

    def __init__(self, place: str, language: str) -> None:
        self.place, self.language = place, language
        self._citations: list[Mapping[str, str]] = []

    def take(self, part: Mapping[str, Any]) -> list[Patch]:
        """Return what a part changes on the page; empty for a part that shows nothing by itself."""
        kind = str(part["type"])
        if kind == "understood":
            self.language = str(part["language"])
        if kind == "sentence":
            return [self._sentence(part)]
        slots = {
            "understood": "understood",
            "cards": "cards",
            "question": "question",
            "action_proposed": "proposal",
            "cart_shown": "basket",
            "handoff": "handoff",
            "suggestions": "suggestions",
        }
        return [self._put(slots[kind], kind, part)] if kind in slots else []

    def finish(self, turn_id: str, *, thumb: str = "") -> list[Patch]:
        """Return what ends a turn: its sources, and the thumbs."""
        sources = [self._put("sources", "sources", {"citations": self._citations})] if self._citations else []
        return [*sources, self._put("feedback", "feedback", {"turn_id": turn_id, "thumb": thumb})]

    def _put(self, slot: str, kind: str, part: Mapping[str, Any]) -> Patch:
        html = fragment(kind, {**part, "id": self.place}, self.language)
        patch: Patch = {"slot": slot, "mode": "put", "html": html}
        if kind == "understood":
            patch["language"] = self.language
        announced = self._announced(kind, part)
        return {**patch, "announce": announced} if announced else patch

    def _announced(self, kind: str, part: Mapping[str, Any]) -> str:
        if kind == "cards":
            count = len(part["cards"])
            return say("products_found", self.language, count=count) if count else ""
        return str(part["text"]) if kind in ("question", "action_proposed", "handoff") else ""

    def _sentence(self, part: Mapping[str, Any]) -> Patch:
        numbers = list(dict.fromkeys(self._number(citation) for citation in part["citations"]))
        html = fragment("sentence", {**part, "id": self.place, "numbers": numbers}, self.language)
        subject = str(part["subject_id"])
        return {"slot": "text", "mode": "add", "html": html, "subject": subject, "announce": part["text"]}

    def _number(self, citation: Mapping[str, str]) -> int:
        """Return the number of a citation among this turn's sources; the same record keeps its number."""
        known = [one["source"] for one in self._citations]
        if citation["source"] in known:
            return known.index(citation["source"]) + 1
        self._citations.append(citation)
        return len(self._citations)


def past_turn(view: TurnView, parts: Iterable[Mapping[str, Any]], turn_id: str, *, thumb: str = "") -> list[Patch]:
    """Return all patches of a turn that is over."""
    return [patch for part in parts for patch in view.take(part)] + view.finish(turn_id, thumb=thumb)
