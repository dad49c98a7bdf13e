"""BG/NBD: how often a customer buys while a customer, and whether they still are one.

Written here because the libraries that have it are unmaintained (`lifetimes`) or bring a whole Bayesian stack
(`pymc-marketing`); the published fit on CDNOW is a test. Knows counts and times; not what was bought.

Source: Fader, Hardie and Lee 2005, "Counting your customers" the easy way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.behaviour.models.table import Floats
from assistant.errors import BadRecord

FEWEST = 50
"""Customers that the four parameters want."""


@dataclass(frozen=True, slots=True)
class Histories:
    """What the model reads of each customer, all (n,), times in one unit, counted from the first purchase.

    `repeats` are the purchases after the first, `last` the time of the last one (0 where there is none), `age` now.
    """

    repeats: Floats
    last: Floats
    age: Floats


@dataclass(frozen=True, slots=True)
class BgNbd:
    """The fitted model: rates are gamma (`r`, `alpha`), the chance to leave after a purchase is beta (`a`, `b`)."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float = float("nan")

    def alive(self, past: Histories) -> Floats:
        """Return the probability (n,) that each is still a customer; 1 without a repeat. Source: section 4.3."""
        x = past.repeats
        odds = self.a / np.maximum(self.b + x - 1, 1e-9)
        odds = odds * ((self.alpha + past.age) / (self.alpha + past.last)) ** (self.r + x)
        return 1 / (1 + np.where(x > 0, odds, 0.0))

    def returns(self, past: Histories, time: float) -> Floats:
        """Return the probability (n,) of at least one purchase within `time` from now."""
        silent = ((self.alpha + past.age) / (self.alpha + past.age + time)) ** (self.r + past.repeats)
        return self.alive(past) * (1 - silent)

    def purchases(self, past: Histories, time: float) -> Floats:
        """Return how many purchases (n,) to expect within `time` from now. Source: equation 10."""
        from scipy.special import hyp2f1

        x, now = past.repeats, self.alpha + past.age
        shape = self.a + self.b + x - 1
        rest = (now / (now + time)) ** (self.r + x)
        rest = rest * hyp2f1(self.r + x, self.b + x, shape, time / (now + time))
        a = self.a if abs(self.a - 1) > 1e-6 else 1 + 1e-6  # the formula's limit at 1 exists, the formula does not
        expected: Floats = shape / (a - 1) * (1 - rest) * self.alive(past)
        return expected


def fit(past: Histories) -> BgNbd:
    """Return the model of greatest likelihood.

    Raises:
        BadRecord: there are too few customers or repeats, or no maximum is found.
    """
    from scipy.optimize import minimize

    if len(past.age) < FEWEST or past.repeats.sum() < FEWEST:
        found = f"{len(past.age)} customers with {int(past.repeats.sum())} repeats"
        raise BadRecord(f"{found} are too few for BG/NBD: {FEWEST} of each are wanted")
    unit = float(past.age.max())
    scaled = Histories(past.repeats, past.last / unit, past.age / unit)
    starts = [np.log([1.0, 1.0, 1.0, 2.0]), np.log([0.3, 0.1, 0.8, 2.5])]
    tries = [minimize(_loss, start, (scaled,), "L-BFGS-B", bounds=[(-9, 9)] * 4) for start in starts]
    best = min(tries, key=lambda one: float(one.fun))
    if not best.success:
        raise BadRecord(f"BG/NBD finds no maximum ({best.message}): look for customers with impossible times")
    r, alpha, a, b = (float(value) for value in np.exp(best.x))
    fitted = BgNbd(r, alpha * unit, a, b)
    return BgNbd(r, alpha * unit, a, b, float(_log_likelihood(fitted, past).sum()))


def _loss(logs: Floats, past: Histories) -> float:
    return -float(_log_likelihood(BgNbd(*np.exp(logs)), past).mean())


def _log_likelihood(model: BgNbd, past: Histories) -> Floats:
    """Return each customer's (n,). Source: equation 6, in logarithms."""
    from scipy.special import betaln, gammaln

    x, r, alpha, a, b = past.repeats, model.r, model.alpha, model.a, model.b
    rate = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    stays = betaln(a, b + x) - betaln(a, b) - (r + x) * np.log(alpha + past.age)
    left = betaln(a + 1, np.maximum(b + x - 1, 1e-9)) - betaln(a, b) - (r + x) * np.log(alpha + past.last)
    likelihood: Floats = rate + np.logaddexp(stays, np.where(x > 0, left, -np.inf))
    return likelihood
