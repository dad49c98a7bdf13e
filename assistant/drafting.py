"""Drafts a reply on the command line: `python -m assistant draft --ticket FILE_OR_ID [--json]`.

A file holds plain text, or JSON with the fields of `POST /v1/drafts`; anything else is a ticket's id. Decides nothing.
"""

from __future__ import annotations

import asyncio
import json
from argparse import Namespace
from dataclasses import fields
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.conversation.drafting.draft import LENGTHS, TONES, Draft, DraftRequest, as_json
from assistant.errors import RegularsError
from assistant.settings import Settings
from assistant.shop import open_shop

COMMAND = "draft"
_NAMES = tuple(field.name for field in fields(DraftRequest))


class BadTicket(RegularsError):
    """A file that says nothing that can be answered."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"the ticket {str(path)!r} cannot be used: {reason}")


def add_command(kinds: Any) -> None:
    """Add the command."""
    draft = kinds.add_parser(COMMAND, help="draft a reply to a ticket, with a source for every fact")
    draft.add_argument("--ticket", required=True, help="a ticket's id, or a file: plain text, or JSON")
    draft.add_argument("--customer", help="the id of the customer who wrote")
    draft.add_argument("--language", choices=("en", "zh"), help="of the reply; the message's own unless given")
    draft.add_argument("--tone", choices=TONES)
    draft.add_argument("--length", choices=LENGTHS)
    draft.add_argument("--json", action="store_true", help="print one JSON object")


def run(settings: Settings, given: Namespace) -> int:
    """Draft, keep the draft, and print it."""
    request = request_of(given)
    with open_shop(settings) as shop:

        async def work() -> Draft:
            try:
                return await shop.drafter.draft(request)
            finally:
                await shop.engine.close()

        made = asyncio.run(work())
    print(json.dumps(as_json(made), ensure_ascii=False, indent=2) if given.json else shown(made))
    return 0


def request_of(given: Namespace) -> DraftRequest:
    """Return what the arguments and the file ask for.

    Raises:
        BadTicket: the file cannot be read, or holds a field that there is none of.
    """
    asked = _read(given.ticket)
    more = {"customer_id": given.customer, "language": given.language, "tone": given.tone, "length": given.length}
    asked |= {name: value for name, value in more.items() if value is not None}
    request: DraftRequest = _REQUEST.validate_python(asked)
    return request


def shown(draft: Draft) -> str:
    """Return a draft as text, with its sources, its doubts and what it proposes below."""
    lines = [draft.text, "", f"-- draft {draft.id}, confidence {draft.confidence:.0%}"]
    for sentence in draft.sentences:
        sources = ", ".join(citation.source for citation in sentence.citations)
        mark = f" (not sure: {sentence.doubt or 'look at it'})" if sentence.doubtful else ""
        if sources or mark:
            lines.append(f"   {sentence.text[:60]!r}: {sources or 'no source'}{mark}")
    for action in draft.actions:
        state = {True: "allowed", False: f"forbidden by {action.rule}", None: f"needs {', '.join(action.missing)}"}
        lines.append(
            f"   proposed: {action.name} {json.dumps(action.arguments, ensure_ascii=False)}, {state[action.allowed]}"
        )
    return "\n".join(lines)


_REQUEST: TypeAdapter[DraftRequest] = TypeAdapter(DraftRequest)


def _read(ticket: str) -> dict[str, Any]:
    path = Path(ticket)
    if not path.is_file():
        return {"ticket_id": ticket}
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadTicket(path, f"it is no readable text ({error})") from error
    if not text.lstrip().startswith("{"):
        return {"message": text}
    try:
        asked = json.loads(text)
        unknown = sorted(set(asked) - set(_NAMES))
        if unknown:
            raise BadTicket(path, f"there is no field {unknown[0]!r}; there are {', '.join(_NAMES)}")
        _REQUEST.validate_python(asked)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadTicket(path, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    except ValueError as error:
        raise BadTicket(path, f"it begins like JSON and is none ({error})") from error
    return dict(asked)
