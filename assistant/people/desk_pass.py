"""Who works at the desk: whoever knows the shop's desk key, by a signed pass that ends with the working day.

Where the shop has no key, nobody is let in from another machine; whoever sits at this one owns it anyway. Knows no
cookie and no page.
"""

from __future__ import annotations

import hashlib
import hmac

from itsdangerous import BadData, URLSafeTimedSerializer

from assistant.store.principal import Principal

DAY_S = 12 * 3600
AGENT = Principal("agent")
LONGEST_NAME = 60


class DeskPass:
    """Issues and reads passes.

    Args:
        secret: what passes are signed with.
        key: what agents must know; empty: there is none. Another key makes all earlier passes void.
        lifetime_s: how long a pass is good for, in seconds.
    """

    def __init__(self, secret: str, key: str = "", *, lifetime_s: int = DAY_S) -> None:
        self._key = key
        salt = f"regulars.desk.{hashlib.sha256(key.encode()).hexdigest()}"
        self._signer = URLSafeTimedSerializer(secret, salt=salt)
        self._lifetime_s = lifetime_s

    @property
    def wants_key(self) -> bool:
        """Whether the shop has set a key."""
        return bool(self._key)

    def issue(self, shown: str, name: str = "") -> str | None:
        """Return a pass in this name for whoever shows the key; `None` where it is another, or the shop has none."""
        if not self._key or not hmac.compare_digest(shown.encode(), self._key.encode()):
            return None
        return str(self._signer.dumps(name[:LONGEST_NAME] or AGENT.role))

    def holder(self, token: str) -> str | None:
        """Return in whose name a pass is; `None` where it is not ours, or not good any more."""
        try:
            return str(self._signer.loads(token, max_age=self._lifetime_s))
        except BadData:
            return None
