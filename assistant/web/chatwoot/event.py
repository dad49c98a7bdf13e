"""What Chatwoot tells over its webhook: the signature, and the messages among its events. Knows no store and no draft.

Chatwoot signs the time and the raw body with the webhook's secret:

    X-Chatwoot-Timestamp: 1764000000
    X-Chatwoot-Signature: sha256=HMAC-SHA256(secret, "1764000000." + body), in hexadecimal
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

OLDEST_S = 300
"""Seconds by which the time of a signature may differ from ours, so that nothing old is sent again by others."""
LONGEST = 20_000
"""Characters of a message that are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMessage:
    """A message of a conversation in Chatwoot.

    `kind` is "incoming" (the customer wrote) or "outgoing" (an agent answered). `identifier` is the contact's id in the
    shop where Chatwoot has verified it (`verified`), `email` what the contact goes by.
    """

    account: int
    conversation: int
    message: int
    kind: Literal["incoming", "outgoing"]
    text: str
    email: str = ""
    identifier: str = ""
    verified: bool = False

    @property
    def draft_id(self) -> str:
        """The id of the draft that answers it: the same for each delivery of the same message."""
        return hashlib.sha256(f"chatwoot:{self.account}:{self.message}".encode()).hexdigest()[:32]

    @property
    def session_id(self) -> str:
        """What ties the messages of one conversation together."""
        return f"chatwoot:{self.account}:{self.conversation}"

    def to_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return what `to_json` wrote."""
        return cls(**data)


def signed(body: bytes, headers: Mapping[str, str], *, secret: str, now: float) -> bool:
    """Return whether the holder of the secret sent this body just now; `now` is in seconds since 1970.

    >>> right = "sha256=" + hmac.new(b"s", b"100.{}", hashlib.sha256).hexdigest()
    >>> signed(b"{}", {"x-chatwoot-timestamp": "100", "x-chatwoot-signature": right}, secret="s", now=130.0)
    True
    """
    at, shown = headers.get("x-chatwoot-timestamp", ""), headers.get("x-chatwoot-signature", "")
    if not secret or not at.isascii() or not at.isdigit() or abs(now - int(at)) > OLDEST_S:
        return False
    wanted = hmac.new(secret.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"sha256={wanted}".encode(), shown.encode())


def message_of(event: Any) -> ChatMessage | None:
    """Return the message that an event tells of; `None` where there is nothing to answer or to remember.

    Private notes (our own drafts among them), messages of bots, and every other event are such.
    """
    if not isinstance(event, dict) or event.get("event") != "message_created" or event.get("private"):
        return None
    kind, text = event.get("message_type"), str(event.get("content") or "").strip()
    ids = (_id(event.get("account")), _id(event.get("conversation")), _id(event))
    if kind not in ("incoming", "outgoing") or not text or 0 in ids:
        return None
    sender, conversation = _object(event.get("sender")), _object(event.get("conversation"))
    if kind == "outgoing" and sender.get("type", "user") != "user":
        return None
    inbox = _object(conversation.get("contact_inbox"))
    return ChatMessage(
        account=ids[0],
        conversation=ids[1],
        message=ids[2],
        kind="incoming" if kind == "incoming" else "outgoing",
        text=text[:LONGEST],
        email=str(sender.get("email") or "") if kind == "incoming" else "",
        identifier=str(sender.get("identifier") or "") if kind == "incoming" else "",
        verified=inbox.get("hmac_verified") is True,
    )


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _id(value: Any) -> int:
    """Return the id of an object, a number even where it is written as text; 0 where there is none."""
    given = str(_object(value).get("id", ""))
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0
