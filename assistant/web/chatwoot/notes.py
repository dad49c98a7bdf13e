"""A draft as a private note in Chatwoot, which agents see and customers do not. Knows no webhook and no store."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import httpx

from assistant.conversation.drafting.draft import Draft, ProposedAction
from assistant.web.chatwoot.event import ChatMessage

log = logging.getLogger("regulars.chatwoot")

TIMEOUT_S = 15.0
WAITS_S = (1.0, 5.0, 30.0)
"""Seconds before each further try where Chatwoot does not answer, or has trouble of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatwootSettings:
    """Where Chatwoot is, the token of the account that writes the notes, and the secret of its webhook."""

    url: str
    token: str
    secret: str


class Notes:
    """Writes private notes.

    Args:
        settings: where, and with which token.
        waits_s: seconds before each further try.
    """

    def __init__(self, settings: ChatwootSettings, *, waits_s: tuple[float, ...] = WAITS_S) -> None:
        self._settings, self._waits_s = settings, waits_s

    async def post(self, message: ChatMessage, text: str) -> bool:
        """Write a note beside a message; `False` where Chatwoot would not take it, however often it was tried."""
        path = f"/api/v1/accounts/{message.account}/conversations/{message.conversation}/messages"
        body = {"content": text, "message_type": "outgoing", "private": True, "content_type": "text"}
        headers = {"api_access_token": self._settings.token}
        async with httpx.AsyncClient(base_url=self._settings.url.rstrip("/"), timeout=TIMEOUT_S) as chatwoot:
            for wait in (*self._waits_s, None):
                try:
                    answer = await chatwoot.post(path, json=body, headers=headers)
                    if answer.is_success:
                        return True
                    reason = f"status {answer.status_code}"
                    lasting = answer.status_code < 500 and answer.status_code != 429
                except httpx.HTTPError as error:
                    reason, lasting = type(error).__name__, False
                if wait is None or lasting:
                    log.warning("Chatwoot did not take a note for conversation %d: %s", message.conversation, reason)
                    return False
                await asyncio.sleep(wait)
        return False


_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "draft": "Draft, confidence {0}",
            "unknown": "The customer is not identified, so nothing of an account is in it.",
            "sources": "Sources",
            "doubts": "Look at this before sending",
            "actions": "Wished, not done",
            "allowed": "allowed by the rules",
            "forbidden": "forbidden by the rule {0}",
            "missing": "still needed: {0}",
        },
        "zh": {
            "draft": "回复草稿，可信度 {0}",
            "unknown": "尚未确认顾客身份，因此不含任何账户信息。",
            "sources": "来源",
            "doubts": "发送前请核对",
            "actions": "顾客希望办理（尚未执行）",
            "allowed": "规则允许",
            "forbidden": "规则 {0} 不允许",
            "missing": "还需要：{0}",
        },
    }
)


def note_of(draft: Draft) -> str:
    """Return a draft as a note in Markdown: the reply, then sources, doubts, and what is wished to be done."""
    words = _WORDS["zh" if draft.language == "zh" else "en"]
    blocks = [f"**{words['draft'].format(f'{draft.confidence:.0%}')}**", draft.text]
    if draft.customer_id is None:
        blocks.append(f"*{words['unknown']}*")
    told = [one for one in draft.sentences if one.fact]
    sources = [f"- {_short(one.text)}: {', '.join(f'`{c.source}`' for c in one.citations)}" for one in told]
    doubts = [f"- {_short(one.text)}" for one in draft.sentences if one.doubtful]
    actions = [f"- {one.name}: {_state(one, words)}" for one in draft.actions]
    for name, lines in (("sources", sources), ("doubts", doubts), ("actions", actions)):
        if lines:
            blocks.append("\n".join([f"**{words[name]}**", *lines]))
    return "\n\n".join(blocks)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 80 else plain[:79] + "…"


def _state(action: ProposedAction, words: Mapping[str, str]) -> str:
    if action.allowed is None:
        return words["missing"].format(", ".join(action.missing))
    return words["allowed"] if action.allowed else words["forbidden"].format(action.rule)
