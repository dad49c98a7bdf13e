"""Whether an action could be done for a customer now, by the shop's own rules. Only reads: nothing is done.

The gate decides again, on the facts of that moment, when the customer has agreed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from assistant.service.actions import Action, CancelOrder
from assistant.service.gate.facts_read import facts_for
from assistant.service.outcomes import Terms
from assistant.service.rules import Broken, Facts, ShopRules, decide
from assistant.service.saying import asked, refusal
from assistant.store.database import reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What the rules say to an action: its terms and the question that a yes would agree to, or the rule it breaks."""

    said: Mapping[str, str]
    terms: Terms | None = None
    rule: str = ""
    cites: str = ""

    @property
    def allowed(self) -> bool:
        """Whether it could be done now."""
        return self.terms is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """The rules of one shop, its records and its clock."""

    database: Engine
    rules: ShopRules
    zone: ZoneInfo
    clock: Callable[[], datetime]

    def weigh(self, action: Action, customer_id: str) -> Weighed:
        """Return what the rules say to an action of this customer. Blocks."""
        facts = self._facts(action, customer_id)
        decision = decide(action, facts, self.rules)
        if isinstance(decision, Broken):
            refused = refusal(decision, self.rules)
            return Weighed(said=refused.said, rule=refused.rule, cites=refused.cites)
        return Weighed(said=asked(action, decision, facts, rules=self.rules), terms=decision)

    def facts(self, order_number: str, customer_id: str) -> Facts:
        """Return the customer, one order of theirs, what was changed in it, and what its products are now. Blocks."""
        return self._facts(CancelOrder(order_number=order_number, reason=""), customer_id)

    def _facts(self, action: Action, customer_id: str) -> Facts:
        with reading(self.database) as connection:
            return facts_for(connection, action, customer_id, now=self.clock(), zone=self.zone)
