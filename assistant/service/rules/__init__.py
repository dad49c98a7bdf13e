"""The rules of service: a shop's policy as data, and the decision whether an action keeps to it."""

from assistant.service.rules.deciding import Broken, decide
from assistant.service.rules.facts import Facts, Good
from assistant.service.rules.shop_rules import BadRules, Rule, ShopRules, read_rules

__all__ = ["BadRules", "Broken", "Facts", "Good", "Rule", "ShopRules", "decide", "read_rules"]
