"""The demo's sign-in: choose one of a few made-up customers and be them. Knows no password and no real account."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.errors import NotAllowed, NotFound
from assistant.store.customers import Customers
from assistant.store.principal import SYSTEM, Principal


@dataclass(frozen=True, slots=True)
class DemoCustomer:
    """Somebody to try the shop as: a first name, and in one line what sets them apart."""

    id: str
    first_name: str
    about: str


class DemoSignIn:
    """Signs visitors in as demo customers.

    Args:
        customers: where the accounts are.
        enabled: false where the app can be reached from other machines, or the shop's manager said so.
    """

    def __init__(self, customers: Customers, *, enabled: bool) -> None:
        self._customers, self.enabled = customers, enabled

    def offered(self, language: str, *, limit: int = 12) -> list[DemoCustomer]:
        """Return whom one can sign in as, described in `language`; empty while the demo sign-in is off."""
        if not self.enabled:
            return []
        found = self._customers.demo(SYSTEM, limit=limit)
        return [
            DemoCustomer(one.id, one.first_name, one.about.get(language) or next(iter(one.about.values()), ""))
            for one in found
        ]

    def sign_in(self, customer_id: str) -> Principal:
        """Return the principal of a demo customer.

        Raises:
            NotAllowed: the demo sign-in is off.
            NotFound: there is no demo customer with this id; other accounts cannot be entered this way.
        """
        if not self.enabled:
            raise NotAllowed("a visitor", "sign in as a demo customer here")
        if not self._customers.get(customer_id, SYSTEM).demo:
            raise NotFound("demo customer", customer_id)
        return Principal("shopper", customer_id)
