"""The tools that a shop offers, as a model is told of them: names, descriptions and JSON schemas.

Names and arguments are those of the tau2 retail tools, so that agents written for them work unchanged. Each is a
function with a typed signature, from which its schema is made; its docstring is what the model is told.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from functools import cache
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, create_model

from assistant.service.rules import ShopRules
from assistant.service.tools.caller import Tool
from assistant.service.tools.changing import (
    cancel_pending_order,
    exchange_delivered_order_items,
    modify_pending_order_address,
    modify_pending_order_items,
    modify_pending_order_payment,
    modify_user_address,
    return_delivered_order_items,
)
from assistant.service.tools.looking import (
    calculate,
    find_user_id_by_email,
    find_user_id_by_name_zip,
    find_user_id_by_order,
    get_item_details,
    get_order_details,
    get_product_details,
    get_user_details,
    list_all_product_types,
    transfer_to_human_agents,
)

_READS: tuple[Tool, ...] = (
    get_user_details,
    get_order_details,
    get_product_details,
    get_item_details,
    list_all_product_types,
)
_WAYS: dict[str, Tool] = {
    "email": find_user_id_by_email,
    "name": find_user_id_by_name_zip,
    "order": find_user_id_by_order,
}
_WRITES: dict[str, Tool] = {
    "cancel": cancel_pending_order,
    "address": modify_pending_order_address,
    "items": modify_pending_order_items,
    "payment": modify_pending_order_payment,
    "returns": return_delivered_order_items,
    "exchange": exchange_delivered_order_items,
    "user_address": modify_user_address,
}
_OTHERS: tuple[Tool, ...] = (calculate, transfer_to_human_agents)
TOOLS: dict[str, Tool] = {one.__name__: one for one in (*_WAYS.values(), *_READS, *_WRITES.values(), *_OTHERS)}
"""Every tool by its name. Calling one that a shop does not offer is refused by its rules."""


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A tool as a model is told of it. `parameters` is a JSON schema."""

    name: str
    description: str
    parameters: dict[str, Any]

    def as_openai(self) -> dict[str, Any]:
        """Return it in the form in which OpenAI-compatible servers take tools."""
        told = {"name": self.name, "description": self.description, "parameters": self.parameters}
        return {"type": "function", "function": told}


def offered_tools(rules: ShopRules) -> list[ToolSpec]:
    """Return the tools that a shop with these rules offers."""
    ways = [tool for way, tool in _WAYS.items() if way in rules.identify.ways]
    writes = [tool for table, tool in _WRITES.items() if getattr(rules, table)]
    return [_spec(tool) for tool in (*ways, *_READS, *writes, *_OTHERS)]


@cache
def arguments_of(name: str) -> type[BaseModel]:
    """Return the model that the arguments of a tool are checked against: all of them, of the right type, no others."""
    tool = TOOLS[name]
    hints = get_type_hints(tool, include_extras=True)
    given = [one for one in inspect.signature(tool).parameters.values() if one.kind is one.KEYWORD_ONLY]
    fields: dict[str, Any] = {
        one.name: (hints[one.name], ... if one.default is one.empty else one.default) for one in given
    }
    return create_model(name, __config__=ConfigDict(extra="forbid", strict=True), **fields)


def _spec(tool: Tool) -> ToolSpec:
    schema = arguments_of(tool.__name__).model_json_schema()
    schema.pop("title", None)
    return ToolSpec(tool.__name__, inspect.cleandoc(tool.__doc__ or ""), schema)
