"""The shop under test: the retail world taken into a database of its own, put back to its first state in milliseconds.

Holds the service by its public contract alone. Knows no task and no rule.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any

from assistant.errors import SettingError
from assistant.service.gate import Service, ServiceTurn
from assistant.service.outcomes import Done, Proposal, Refusal, ToolReply
from assistant.service.retail_world import RULES, read_world, take_in
from assistant.service.rules import read_rules
from assistant.store.database import open_database
from assistant.store.principal import GUEST
from eval.service.state import Tables, digest, tables, touches, watch

FILES = ("db.json.gz", "policy.md", "tasks.json", "expected.json.gz")


class ShopUnderTest:
    """A shop that can be served in, looked into from outside, and put back. Use it as a context."""

    def __init__(self, folder: Path) -> None:
        self._kept = tempfile.TemporaryDirectory(prefix="regulars-service-")
        home = Path(self._kept.name)
        self.now = datetime.now(UTC)
        self._engine = open_database("", home)
        take_in(self._engine, read_world(folder / "db.json.gz", self.now), policy=folder / "policy.md")
        self.service = Service(self._engine, read_rules(RULES), clock=lambda: self.now)
        self._looking = sqlite3.connect(home / "shop.db")
        watch(self._looking)
        self._first = sqlite3.connect(":memory:")
        self._looking.backup(self._first)
        self._sessions = 0
        self._digested: tuple[int, str] | None = None
        self.first_tables = self.tables()

    def __enter__(self) -> ShopUnderTest:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for connection in (self._looking, self._first):
            connection.close()
        self._engine.dispose()
        self._kept.cleanup()

    def reset(self) -> None:
        """Put every row back as it was at first, where any was written since."""
        if touches(self._looking) != touches(self._first):
            self._first.backup(self._looking)
            self._digested = None

    def digest(self) -> str:
        """Return a hash of everything that a write could change: customers, orders, catalogue and records.

        It is made again only where the database has counted a write since.
        """
        touched = touches(self._looking)
        if self._digested is None or self._digested[0] != touched:
            self._digested = touched, digest(self._looking)
        return self._digested[1]

    def tables(self) -> Tables:
        """Return all rows in the world's own form."""
        return tables(self._looking)

    def wait(self, minutes: float) -> None:
        """Let time pass."""
        self.now += timedelta(minutes=minutes)

    def visitor(self) -> Visitor:
        """Return a shopper in a conversation of their own."""
        self._sessions += 1
        return Visitor(self.service, f"visitor-{self._sessions}")


class Visitor:
    """One conversation: what the shopper says, and what a model asks for after it."""

    def __init__(self, service: Service, session_id: str) -> None:
        self._service, self._session_id = service, session_id
        self._turn: ServiceTurn = self.say("Hello")

    def say(self, words: str) -> ServiceTurn:
        """Say something; what became of the action that waited is the turn's outcome."""
        self._turn = self._service.hear(self._session_id, words, GUEST)
        return self._turn

    def call(self, name: str, arguments: Mapping[str, Any]) -> ToolReply:
        """Let the model call a tool in the present turn."""
        return self._turn.call(name, arguments)

    def do(self, name: str, arguments: Mapping[str, Any], words: str = "Yes, please.") -> ToolReply | Done | Refusal:
        """Let the model call a tool, and answer with `words` where that asks for a yes."""
        reply = self.call(name, arguments)
        if not isinstance(reply.outcome, Proposal):
            return reply
        outcome = self.say(words).outcome
        return outcome if outcome is not None else reply


def failed(result: ToolReply | Done | Refusal) -> bool:
    """Return whether a call or an answer came to nothing."""
    return isinstance(result, Refusal) or (isinstance(result, ToolReply) and result.failed)


def rule_of(result: ToolReply | Done | Refusal) -> str:
    """Return the rule by which something was refused, empty where it was not."""
    refusal = result.outcome if isinstance(result, ToolReply) else result
    return refusal.rule if isinstance(refusal, Refusal) else ""


def read_json(folder: Path, name: str) -> Any:
    """Return a file of the data folder.

    Raises:
        SettingError: it is not there, or holds no JSON.
    """
    path = folder / name
    try:
        with gzip.open(path, "rt") if name.endswith(".gz") else path.open(encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError) as error:
        expected = f"a folder with {', '.join(FILES)} is expected ({name}: {error})"
        raise SettingError("--data", str(folder), expected) from error
