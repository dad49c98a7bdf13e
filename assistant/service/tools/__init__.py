"""The tools that a language model or a planner may call, under the names that service benchmarks use for them."""

from assistant.service.tools.offered import ToolSpec, offered_tools

__all__ = ["ToolSpec", "offered_tools"]
