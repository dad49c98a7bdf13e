"""The shop's policies and articles: kept with every version, and asked for the paragraph that answers.

Knows no wording. What no paragraph answers gets an empty list, so that nothing is made up from a distant one.
"""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sqlalchemy import Engine

from assistant.service.policy_search import Before, Embed, Paragraph, PolicySearch, paragraph_of
from assistant.service.policy_text import read_policies
from assistant.store.policy_texts import Edition, PolicyTexts
from assistant.store.principal import SYSTEM, Principal
from assistant.store.records import PolicyParagraph
from assistant.wording.repeatable import own_words

_REFERENCE = re.compile(r"(?P<policy>[^@#]+)(?:@(?P<number>\d{1,9}))?(?:#(?P<anchor>.*))?", re.DOTALL)


def split_reference(reference: str) -> tuple[str, int | None, str]:
    """Return the policy, the version's number and the paragraph that a citation names.

    >>> split_reference("returns@3#refund-time"), split_reference("returns")
    (('returns', 3, 'refund-time'), ('returns', None, ''))
    """
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return reference, None, ""
    number = found["number"]
    return found["policy"], int(number) if number else None, found["anchor"] or ""


def source_of(path: Path) -> str:
    """Return the name of a folder or a file as a source of texts: where it is."""
    return str(path.resolve())


@dataclass(frozen=True, slots=True)
class PolicyImport:
    """What an import found: how many policies and paragraphs, and in which languages."""

    policies: int
    paragraphs: int
    languages: tuple[str, ...]


class Policies:
    """The policies of one shop. Thread-safe; an import by another process is noticed at the next question.

    Args:
        engine: the shop's database.
        embed: turns texts of any language into vectors of length 1; without it words alone decide.
    """

    def __init__(self, engine: Engine, *, embed: Embed | None = None) -> None:
        self._texts, self._embed = PolicyTexts(engine), embed
        self._lock = threading.Lock()
        self._editions: frozenset[Edition] | None = None
        self._searches: dict[str, PolicySearch] = {}

    def import_folder(self, folder: Path, principal: Principal = SYSTEM) -> PolicyImport:
        """Make the Markdown under `folder` (`en/returns.md`, `zh/returns.md` …) the shop's policies now.

        Importing the same folder twice changes nothing; a file that is gone is no longer current. What came from
        elsewhere stays.

        Raises:
            BadPolicy: the folder holds none, or a file cannot be used; nothing is changed then.
            NotAllowed: the principal may not write policies.
        """
        found = read_policies(folder)
        paragraphs = [paragraph for text in found for paragraph in text.paragraphs]
        self._texts.take_in(paragraphs, principal, source=source_of(folder))
        languages = tuple(sorted({text.language for text in found}))
        return PolicyImport(len({text.policy for text in found}), len(paragraphs), languages)

    def find(
        self,
        question: str,
        language: str,
        limit: int = 2,
        *,
        before: Before | None = None,
        kinds: Sequence[str] = (),
        matter: str = "",
        must: str = "",
        more: float = 0.0,
        apart: float = math.inf,
    ) -> list[Paragraph]:
        """Return the paragraphs that answer a question best, the best first; empty when nothing fits.

        What the shop has not in `language` is asked in the languages that it has: see each paragraph's own. `before` is
        what the question goes on with, `kinds` name what the things in it are, `matter` what it is surely about, `must`
        what a paragraph has to speak of; `more` than enough has to speak for it, and others than the best lie no more
        than `apart` behind.
        """
        searches = self._current()
        spoken = searches.get(language)
        ask = partial(
            PolicySearch.find,
            limit=limit,
            before=before,
            kinds=kinds,
            matter=matter,
            must=must,
            more=more,
            apart=apart,
        )
        found = ask(spoken, question) if spoken else []
        if found:
            return found
        told = spoken.policies if spoken else frozenset()
        others = [search for search in searches.values() if search is not spoken and not search.policies <= told]
        asked = (one for search in others for one in ask(search, question))
        return sorted((one for one in asked if one.policy not in told), key=lambda one: -one.score)[:limit]

    def cited(self, reference: str, language: str) -> list[PolicyParagraph]:
        """Return the whole text that a citation names ("returns@3#refund-time"), as it was in that version.

        Without a version it is the current one. In `language`, else in another that this version exists in; empty
        where there never was such a text.
        """
        policy, number, _ = split_reference(reference)
        found = self._texts.whole(policy, number=number)
        spoken = {one.language for one in found}
        chosen = language if language in spoken else next(iter(sorted(spoken)), "")
        return [one for one in found if one.language == chosen]

    def source(self, paragraph_id: str, language: str) -> str:
        """Return how a paragraph is cited now, with its version; without one where the shop has no such paragraph."""
        found = self.now(paragraph_id, language)
        return found.source if found else f"policy:{paragraph_id}"

    def get(self, paragraph_id: str, *, language: str, version: str) -> PolicyParagraph:
        """Return a paragraph as it was when it was cited.

        Raises:
            NotFound: there never was such a paragraph in this version.
        """
        return self._texts.get(paragraph_id, language=language, version=version)

    def now(self, paragraph_id: str, language: str) -> Paragraph | None:
        """Return the current paragraph of an id in a language, else in another; `None` where there is none.

        An id with a version ("returns@3#refund-time") gets the paragraph as it was then.
        """
        policy, number, anchor = split_reference(paragraph_id)
        if number is not None:
            then = (one for one in self.cited(paragraph_id, language) if one.id == f"{policy}#{anchor}")
            return next((paragraph_of(one) for one in then), None)
        searches = self._current()
        tried = [searches[language], *searches.values()] if language in searches else list(searches.values())
        return next((found for search in tried if (found := search.get(paragraph_id)) is not None), None)

    def told_in(self, paragraph: Paragraph, language: str) -> Paragraph | None:
        """Return the current paragraph of the same id in another language; `None` where the shop has none."""
        search = self._current().get(language)
        found = search.get(paragraph.id) if search else None
        return replace(found, score=paragraph.score) if found else None

    def _current(self) -> dict[str, PolicySearch]:
        editions = self._texts.editions()
        with self._lock:
            if editions != self._editions:
                self._searches = self._built()
                self._editions = editions
            return self._searches

    def _built(self) -> dict[str, PolicySearch]:
        by_language: dict[str, list[PolicyParagraph]] = {}
        # A paragraph of which nothing may be told answers nobody.
        for paragraph in (one for one in self._texts.current() if own_words(one.text)):
            by_language.setdefault(paragraph.language, []).append(paragraph)
        return {
            language: PolicySearch(paragraphs, language, embed=self._embed)
            for language, paragraphs in by_language.items()
        }
