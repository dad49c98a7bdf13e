"""What is wrong with a golden conversation, said so that whoever keeps the files can mend it."""

from __future__ import annotations

from assistant.errors import RegularsError


class BadGolden(RegularsError):
    """A golden conversation that cannot be read, or that names what the shop no longer has.

    `place` is the file, the conversation and the turn (from 1; 0 is the conversation itself).
    """

    def __init__(self, place: tuple[str, str, int], value: object, problem: str, *, do: str) -> None:
        self.place, self.value, self.problem, self.do = place, value, problem, do
        file, conversation, turn = place
        where = f"{file}: conversation {conversation!r}" + (f", turn {turn}" if turn else "")
        super().__init__(f"{where}: {value!r} {problem}: {do}")
