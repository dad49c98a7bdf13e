"""The shop's assistant on the command line: one turn for scripts, a chat in the terminal, or what a shop brings along.

    python -m assistant ask "a lamp under 40" --json
    python -m assistant chat --customer C-1001
    python -m assistant events import FILE --rejects REJECTS
    python -m assistant learn
    python -m assistant forecast
    python -m assistant draft --ticket FILE_OR_ID

Reads the settings and composes the shop; decides nothing itself.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Sequence
from uuid import uuid4

from assistant import drafting, forecasting, learning
from assistant.conversation.terminal import chat, printed
from assistant.conversation.turn import TurnRequest
from assistant.errors import RegularsError
from assistant.importing import KINDS, add_commands, run
from assistant.settings import read
from assistant.shop import Shop, open_shop
from assistant.store.principal import GUEST, Principal
from index.errors import IndexProblem


def parser() -> argparse.ArgumentParser:
    """Return the parser of the commands."""
    commands = argparse.ArgumentParser(prog="python -m assistant", description="Talk to the shop.")
    kinds = commands.add_subparsers(dest="command", required=True)
    ask = kinds.add_parser("ask", help="one turn, for scripts")
    ask.add_argument("text", help="what the shopper says")
    ask.add_argument("--json", action="store_true", help="print one JSON object")
    talk = kinds.add_parser("chat", help="a chat in the terminal")
    for command in (ask, talk):
        command.add_argument("--customer", help="the id of the customer who is signed in")
        command.add_argument("--session", help="go on with this conversation")
        command.add_argument("--language", choices=("en", "zh"), help="for messages that do not tell theirs")
    add_commands(kinds)
    learning.add_command(kinds)
    forecasting.add_command(kinds)
    drafting.add_command(kinds)
    return commands


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    given = parser().parse_args(arguments)
    try:
        if given.command in KINDS:
            return run(read(os.environ), given)
        if given.command == learning.COMMAND:
            return learning.run(read(os.environ), given)
        if given.command == forecasting.COMMAND:
            return forecasting.run(read(os.environ), given)
        if given.command == drafting.COMMAND:
            return drafting.run(read(os.environ), given)
        with open_shop(read(os.environ)) as shop:
            return asyncio.run(_run(shop, given))
    except (RegularsError, IndexProblem) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


async def _run(shop: Shop, given: argparse.Namespace) -> int:
    principal = Principal("shopper", shop.customers.get(given.customer, _staff()).id) if given.customer else GUEST
    request = TurnRequest(
        session_id=given.session or uuid4().hex,
        message=getattr(given, "text", ""),
        principal=principal,
        language=given.language or shop.settings.language,
    )
    try:
        if given.command == "chat":
            await chat(shop.conversation, request)
            return 0
        reply = await printed(shop.conversation, request)
        print(json.dumps(reply, ensure_ascii=False, indent=2) if given.json else reply["reply"])
        return 0
    finally:
        await shop.engine.close()


def _staff() -> Principal:
    """Return who looks up a customer named on the command line: whoever runs it owns the shop's machine."""
    return Principal("system")


if __name__ == "__main__":
    sys.exit(main())
