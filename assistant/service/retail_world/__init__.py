"""The retail world that service benchmarks play in, read as a shop of ours.

Its rules are in `rules.toml`; its tools are the shop's own.
"""

from pathlib import Path

from assistant.service.retail_world.reading import BadWorld, World, read_world
from assistant.service.retail_world.taking_in import take_in

RULES = Path(__file__).with_name("rules.toml")

__all__ = ["RULES", "BadWorld", "World", "read_world", "take_in"]
