"""BG/NBD and Gamma-Gamma against what their authors published for CDNOW, and against what a simulation does."""

import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.behaviour.models import bgnbd, gamma_gamma
from assistant.behaviour.models.bgnbd import BgNbd, Histories
from assistant.errors import BadRecord


@pytest.fixture(scope="module")
def cdnow():
    """2,357 customers of CDNOW, in weeks: repeats, last repeat, age, mean worth (Fader, Hardie and Lee 2005)."""
    with gzip.open(Path(__file__).parent / "cdnow.csv.gz", "rt") as file:
        return np.loadtxt(file, delimiter=",", skiprows=1).T


@pytest.fixture(scope="module")
def fitted(cdnow):
    return bgnbd.fit(Histories(*cdnow[:3]))


def test_the_published_parameters_are_found(fitted):
    assert (fitted.r, fitted.alpha, fitted.a, fitted.b) == pytest.approx((0.243, 4.414, 0.793, 2.426), abs=0.002)
    assert fitted.log_likelihood == pytest.approx(-9582.4, abs=0.1)


def test_the_published_forecast_of_one_customer_is_made(fitted):
    one = Histories(np.array([2.0]), np.array([30.43]), np.array([38.86]))
    assert fitted.purchases(one, 39)[0] == pytest.approx(1.226, abs=0.001)


def test_the_published_worth_is_found(cdnow):
    repeats, _, _, mean = cdnow
    found = gamma_gamma.fit(repeats, mean)
    assert (found.p, found.q, found.v) == pytest.approx((6.25, 3.74, 15.44), abs=0.02)


def test_worth_lies_between_ones_own_mean_and_everybodys(cdnow):
    repeats, _, _, mean = cdnow
    found = gamma_gamma.fit(repeats, mean)
    everybody = found.worth(np.array([0.0]), np.array([0.0]))[0]
    said = found.worth(repeats, mean)
    bought = repeats > 0
    assert (said[bought] >= np.minimum(mean[bought], everybody) - 1e-9).all()
    assert (said[bought] <= np.maximum(mean[bought], everybody) + 1e-9).all()


def test_the_forecasts_agree_with_a_simulation():
    model = BgNbd(0.8, 6.0, 0.9, 3.0)
    chance = np.random.default_rng(2)
    rates, leaves = chance.gamma(0.8, 1 / 6.0, 60_000), chance.beta(0.9, 3.0, 60_000)
    counts = np.zeros((2, 60_000))
    for person in range(60_000):
        at, gone = 0.0, False
        while not gone:
            at += chance.exponential(1 / rates[person])
            if at > 30:
                break
            counts[int(at > 20), person] += 1
            gone = chance.random() < leaves[person]
    repeats = counts[0]
    none = repeats == 0
    past = Histories(np.zeros(1), np.zeros(1), np.array([20.0]))
    assert model.purchases(past, 10)[0] == pytest.approx(counts[1, none].mean(), rel=0.05)
    assert model.returns(past, 10)[0] == pytest.approx((counts[1, none] > 0).mean(), rel=0.05)


@settings(max_examples=50)
@given(st.integers(0, 30), st.floats(0, 1), st.floats(1, 300), st.floats(1, 200))
def test_laws(repeats, share, age, time):
    model = BgNbd(0.243, 4.414, 0.793, 2.426)
    last = share * age if repeats else 0.0
    past = Histories(np.array([float(repeats)]), np.array([last]), np.array([age]))
    returns, sooner = model.returns(past, time)[0], model.returns(past, time / 2)[0]
    assert 0 <= sooner <= returns <= model.alive(past)[0] <= 1
    assert model.purchases(past, time)[0] >= returns - 1e-6


def test_too_few_are_refused():
    few = np.ones(10)
    with pytest.raises(BadRecord, match="too few"):
        bgnbd.fit(Histories(few, few, few))
    with pytest.raises(BadRecord, match="too few"):
        gamma_gamma.fit(few, few)
