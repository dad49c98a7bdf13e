"""The errors that every room of the assistant may raise, each said in one sentence with what to do."""

from __future__ import annotations


class RegularsError(Exception):
    """Base of every error that this package raises on purpose."""


class SettingError(RegularsError):
    """A setting that is unknown or has a value that cannot be used."""

    def __init__(self, key: str, value: object, expected: str) -> None:
        self.key, self.value, self.expected = key, value, expected
        super().__init__(f"{key}={value!r} cannot be used: {expected}")


class ModelUnavailable(RegularsError):
    """A language model or an embedder that cannot be had or does not run."""

    def __init__(self, model: str, reason: str) -> None:
        self.model, self.reason = model, reason
        super().__init__(f"the model {model!r} is not available: {reason}")


class NotAllowed(RegularsError):
    """Somebody asked for what their role may not see or do."""

    def __init__(self, who: str, what: str) -> None:
        self.who, self.what = who, what
        super().__init__(f"{who} may not {what}: sign in as somebody who may")


class NotFound(RegularsError):
    """A record that was named and does not exist (or belongs to somebody else, which reads the same)."""

    def __init__(self, kind: str, key: str) -> None:
        self.kind, self.key = kind, key
        super().__init__(f"there is no {kind} {key!r}: check the number or name")


class StoreUnavailable(RegularsError):
    """A database that cannot be reached, read or written; nothing of the transaction was kept."""

    def __init__(self, store: str, reason: str) -> None:
        self.store, self.reason = store, reason
        super().__init__(f"the database {store!r} cannot be used ({reason}): check SHOP_DATABASE_URL and its disk")


class BadRecord(RegularsError):
    """A record that cannot be kept as it is; the database itself is well, and nothing of the transaction was kept."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the record cannot be kept: {reason}")


class Outdated(RegularsError):
    """A record that somebody else changed after it was read, so that saving would lose their change."""

    def __init__(self, kind: str, key: str) -> None:
        self.kind, self.key = kind, key
        super().__init__(f"the {kind} {key!r} was changed meanwhile: read it again and repeat the change")
