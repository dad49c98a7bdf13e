"""Calls a tool by its name with the arguments that a model wrote. Whatever is wrong with them is said in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Engine

from assistant.service.gate.turn import ServiceTurn
from assistant.service.outcomes import ToolReply
from assistant.service.rules import ShopRules
from assistant.service.tools.caller import Caller
from assistant.service.tools.offered import TOOLS, arguments_of


def call(turn: ServiceTurn, name: str, arguments: Mapping[str, Any], *, engine: Engine, rules: ShopRules) -> ToolReply:
    """Return what a tool gives in this turn; a tool that does not exist or wrong arguments are refused."""
    caller = Caller(turn=turn, engine=engine, rules=rules)
    if name not in TOOLS:
        return caller.refused("not-offered")
    try:
        given = arguments_of(name).model_validate(dict(arguments))
    except ValidationError as error:
        return caller.refused("bad-arguments", problem=_problem(name, error))
    return TOOLS[name](caller, **{field: getattr(given, field) for field in type(given).model_fields})


def _problem(name: str, error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"]))
    return f"{name} with {place}: {first['msg'][:1].lower()}{first['msg'][1:]}"
