"""Session tokens: what a page holds so that the shop knows it again. Knows no cookie and no web framework.

A token names a session and who is signed in, signed so that nobody can write one; everything else stays in the store.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from itsdangerous import BadData, URLSafeTimedSerializer

from assistant.store.principal import GUEST, Principal

LIFETIME_S = 30 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Session:
    """A visitor's session and who they are in it."""

    id: str
    principal: Principal = GUEST


def new_session() -> Session:
    """Return a guest's session with an id that cannot be guessed (128 random bits)."""
    return Session(secrets.token_urlsafe(16))


class SessionTokens:
    """Writes and reads session tokens.

    Args:
        secret: what tokens are signed with; another secret makes all earlier tokens void.
        lifetime_s: how long a token is good for, in seconds.
    """

    def __init__(self, secret: str, *, lifetime_s: int = LIFETIME_S) -> None:
        self._signer = URLSafeTimedSerializer(secret, salt="regulars.session")
        self._lifetime_s = lifetime_s

    def issue(self, session: Session) -> str:
        """Return a token for a session, safe in a cookie or a URL."""
        return str(self._signer.dumps([session.id, session.principal.customer_id]))

    def read(self, token: str) -> Session | None:
        """Return the session of a token; `None` where it is forged, too old or not a token."""
        try:
            session_id, customer_id = self._signer.loads(token, max_age=self._lifetime_s)
        except (BadData, TypeError, ValueError):
            return None
        return Session(session_id, Principal("shopper", customer_id) if customer_id else GUEST)


def kept_secret(home: Path) -> str:
    """Return the shop's secret under `home`, made at the first call; several processes get the same one."""
    place = home / "secret"
    home.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        # Written whole under another name, then linked: a reader never sees half, and the first writer wins.
        descriptor, draft = tempfile.mkstemp(dir=home, prefix=".secret-")
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            place.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            Path(draft).unlink()
    return place.read_text(encoding="ascii").strip()
