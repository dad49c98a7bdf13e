"""What a draft says of the shop's rules: the paragraph that answers, in the reply's language, with its version."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.conversation.drafting.answered import CLEAR, UNKNOWN, Answered, fixed
from assistant.conversation.drafting.case import Desk
from assistant.conversation.drafting.draft import DraftSentence
from assistant.conversation.drafting.matters import Matter
from assistant.conversation.drafting.phrasing import phrase
from assistant.conversation.evidence import policy_subject
from assistant.conversation.reading.families import label, services
from assistant.service.policy_search import ENOUGH_BY_WORDS, Paragraph
from assistant.wording.evidence import Point

PARAGRAPHS = 2
AS_GOOD = 0.96
"""A second paragraph is told where its score is at least this share of the first one's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleAnswers:
    """The answers from the shop's policies in one language."""

    desk: Desk
    language: str
    short: bool = False

    def of(self, matter: Matter, stated: tuple[Point, ...] = ()) -> Answered:
        """Return what the policies say to a wish, after what a record has `stated` already. Blocks."""
        spoken = matter.found.language
        found = self._found(matter.found.unpointed or matter.text, spoken)
        if not found and matter.intent in services():
            found = self._found(label(matter.intent, spoken), spoken)
        if not found:
            return Answered(points=stated) if stated else fixed("unknown", self.language, sure=UNKNOWN, doubt="unknown")
        sure = round(min(1.0, 0.5 + (found[0].score - ENOUGH_BY_WORDS)), 3)
        points = (*stated, *(_point(one, matter.text) for one in found))
        return Answered(points=points, sure=sure, doubt="rule" if sure < CLEAR else "")

    def told(self, question: str) -> tuple[Point, ...]:
        """Return what answers one of the fixed questions of `phrases.toml`. Blocks."""
        asked = phrase(question, self.language)
        return tuple(_point(one, asked) for one in self._found(asked, self.language))

    def dated(self, sentence: DraftSentence) -> DraftSentence:
        """Return a sentence whose rules are cited with the version that says so."""
        policies = self.desk.sources.policies
        dated = tuple(
            replace(one, source=policies.source(one.source.removeprefix("policy:"), self.language))
            if one.source.startswith("policy:")
            else one
            for one in sentence.citations
        )
        return replace(sentence, citations=dated)

    def _found(self, question: str, spoken: str) -> list[Paragraph]:
        """Return what answers best: asked in the message's language, told in the reply's."""
        policies = self.desk.sources.policies
        best = policies.find(question, spoken, PARAGRAPHS)
        found = [one for one in best[: 1 if self.short else PARAGRAPHS] if one.score >= best[0].score * AS_GOOD]
        if spoken == self.language:
            return found
        told = [policies.told_in(one, self.language) for one in found]
        return [one for one in told if one is not None]


def _point(paragraph: Paragraph, ask: str) -> Point:
    subject = policy_subject(paragraph)
    return Point(role="policy", subject=subject, facts=subject.facts, ask=ask)
