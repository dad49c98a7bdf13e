"""Loads and keeps a conversation's state under its session's id. Knows no table."""

from __future__ import annotations

from dataclasses import replace

from assistant.conversation.state import State
from assistant.errors import Outdated
from assistant.store.conversations import Conversations
from assistant.store.principal import Principal
from assistant.store.records import ConversationState, TurnRecord

TRIES = 5
"""How often a save is tried again when another turn of the session was saved in between."""


class Memory:
    """The states of conversations. Two sessions never mix: each is read and written by its own id and principal."""

    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations

    def recall(self, session_id: str, principal: Principal) -> State:
        """Return what is remembered of a session, a fresh state where it is new."""
        return State.from_json(self._conversations.load(session_id, principal).data)

    def keep(self, session_id: str, principal: Principal, state: State) -> None:
        """Make `state` what is remembered; the last turn that is kept wins."""
        self._save(session_id, principal, state=state)

    def record(self, principal: Principal, turn: TurnRecord) -> None:
        """Keep a finished turn; what is remembered stays as it is."""
        self._save(turn.session_id, principal, turn=turn)

    def _save(
        self, session_id: str, principal: Principal, *, state: State | None = None, turn: TurnRecord | None = None
    ) -> ConversationState:
        for attempt in range(TRIES):
            held = self._conversations.load(session_id, principal)
            wanted = held if state is None else replace(held, data=state.to_json())
            try:
                return self._conversations.save(wanted, principal, turn=turn)
            except Outdated:
                if attempt == TRIES - 1:
                    raise
        raise AssertionError("unreachable")
