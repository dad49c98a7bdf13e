"""What the tests of the demo shop share: the numbers that a text says, in either language."""

import calendar
import re
from fractions import Fraction

import pytest

MONTHS = list(calendar.month_name)
SPELLED = re.compile("|".join(rf"\b{month}\b" for month in MONTHS[1:]))


def _numbers(text):
    text = SPELLED.sub(lambda found: f" {MONTHS.index(found[0])} ", text)
    return sorted(Fraction(found.replace(",", "")) for found in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text))


@pytest.fixture(scope="session")
def numbers():
    """The numbers of a text, sorted: `5.5`, `10,000` and `October` are one number each."""
    return _numbers
