"""Gamma-Gamma: what a customer's purchases are worth, drawn towards what everybody's are.

Written here for the reason told in `bgnbd`; the published fit on CDNOW is a test. Wants that how much a purchase is
worth does not hang on how often one buys: `assistant.behaviour.models.value` says by how much it does.

Source: Fader and Hardie 2013, "The Gamma-Gamma model of monetary value".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.behaviour.models.table import Floats
from assistant.errors import BadRecord

FEWEST = 50


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """The fitted model of a purchase's worth."""

    p: float
    q: float
    v: float

    def worth(self, purchases: Floats, mean: Floats) -> Floats:
        """Return the expected worth (n,) of a purchase after `purchases` of that `mean`. Source: equation 5.

        Without a purchase it is everybody's mean.
        """
        return self.p * (self.v + purchases * mean) / (self.p * purchases + self.q - 1)


def fit(purchases: Floats, mean: Floats) -> GammaGamma:
    """Return the model of greatest likelihood for customers with at least one purchase of a `mean` above 0.

    Raises:
        BadRecord: there are too few of them, or no maximum is found.
    """
    from scipy.optimize import minimize

    kept = (purchases > 0) & (mean > 0)
    if kept.sum() < FEWEST:
        raise BadRecord(f"{int(kept.sum())} customers are too few for Gamma-Gamma: {FEWEST} are wanted")
    unit = float(np.median(mean[kept]))
    x, m = purchases[kept], mean[kept] / unit
    found = minimize(_loss, np.log([1.0, 2.0, 1.0]), (x, m), "L-BFGS-B", bounds=[(-9, 9), (0.01, 9), (-9, 9)])
    if not found.success:
        raise BadRecord(f"Gamma-Gamma finds no maximum ({found.message}): look for amounts that are no purchases")
    p, q, v = (float(value) for value in np.exp(found.x))
    return GammaGamma(p, q, v * unit)


def _loss(logs: Floats, x: Floats, m: Floats) -> float:
    """The mean negative log likelihood. Source: equation 1a."""
    from scipy.special import betaln

    p, q, v = np.exp(logs)
    each = -betaln(p * x, q) + q * np.log(v) + (p * x - 1) * np.log(m) + p * x * np.log(x)
    return -float(np.mean(each - (p * x + q) * np.log(x * m + v)))
