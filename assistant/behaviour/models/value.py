"""What a customer is worth in days to come: purchases to expect by BG/NBD, each worth what Gamma-Gamma expects.

Amounts are in the unit of the orders' money. Margins and discount rates are the shop's affair.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.behaviour.models import bgnbd, gamma_gamma
from assistant.behaviour.models.customers import Customers
from assistant.behaviour.models.returning import histories
from assistant.behaviour.models.table import Floats


@dataclass(frozen=True, slots=True)
class Worth:
    """The fitted pair. `dependence` is the correlation of how often and for how much one buys: it should be near 0."""

    process: bgnbd.BgNbd
    spending: gamma_gamma.GammaGamma
    dependence: float

    def expected(self, customers: Customers, days: float) -> Floats:
        """Return the money (n,) to expect of each customer within so many days."""
        table = customers.table
        each = self.spending.worth(table.column("repeats") + 1, _mean_money(customers))
        return each * self.process.purchases(histories(customers), days)

    def alive(self, customers: Customers) -> Floats:
        """Return the probability (n,) that each is still a customer."""
        return self.process.alive(histories(customers))


def learn_worth(customers: Customers) -> Worth:
    """Return the models fitted to what is known of a shop's customers.

    Raises:
        BadRecord: there are too few customers.
    """
    often, mean = customers.table.column("repeats") + 1, _mean_money(customers)
    regular = (often > 1) & (mean > 0)
    spending = gamma_gamma.fit(often[regular], mean[regular])
    dependence = float(np.corrcoef(often[regular], np.log(mean[regular]))[0, 1])
    return Worth(bgnbd.fit(histories(customers)), spending, dependence)


def _mean_money(customers: Customers) -> Floats:
    """Return the mean worth of a day of purchase."""
    table = customers.table
    return table.column("money") / (table.column("repeats") + 1)
