"""Web sessions with whether they bought, in the form of UCI's Online Shoppers Purchasing Intention (Sakar et al. 2018).

A row is a session; the file is `;` separated:

    Administrative;Administrative_Duration;Informational;…;PageValues;…;Month;…;VisitorType;Weekend;Revenue
    7;152.6;2;…;23.59811637;…;Nov;…;Returning_Visitor;FALSE;FALSE
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from assistant.behaviour.models.chance import Hits
from assistant.behaviour.models.table import Column, Floats, Table, levels_of
from assistant.errors import SettingError

FILE = "sessions.csv.gz"
NUMBERS = (
    *("Administrative", "Administrative_Duration", "Informational", "Informational_Duration"),
    *("ProductRelated", "ProductRelated_Duration", "BounceRates", "ExitRates", "PageValues", "SpecialDay"),
)
LEVELS = ("Month", "OperatingSystems", "Browser", "Region", "TrafficType", "VisitorType", "Weekend")
OUTCOME = "Revenue"
OF_PAGE_VALUES = ("PageValues", "value_of_all_pages", "value_for_exit_rate")
"""The columns made from a page's worth in past purchases, which this very visit's purchase is part of."""


def read_sessions(folder: Path, option: str, like: Table | None = None) -> tuple[Table, Hits]:
    """Return the sessions of a folder, and whether each bought. The levels are those of `like` where it is given.

    Raises:
        SettingError: the folder named by `option` has no such file, or it lacks columns or holds something else.
    """
    path = folder / FILE
    if not path.is_file():
        raise SettingError(option, str(folder), f"a folder with {FILE} is expected")
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        numbers = {name: np.array([float(row[name]) for row in rows]) for name in NUMBERS}
        hits = np.array([("FALSE", "TRUE").index(row[OUTCOME].upper()) for row in rows])
        said = {name: [row[name] for row in rows] for name in LEVELS}
    except (OSError, UnicodeDecodeError, KeyError, ValueError) as error:
        raise SettingError(
            option, str(path), f"sessions in the form of Online Shoppers are expected ({error})"
        ) from error
    return _table({**numbers, **_rates(numbers)}, said, like), hits


def _table(numbers: Mapping[str, Floats], said: Mapping[str, Sequence[str]], like: Table | None) -> Table:
    known = {column.name: column.levels for column in like.columns} if like else {}
    levels = [levels_of(name, values, known.get(name, ())) for name, values in said.items()]
    columns = (*(Column(name) for name in numbers), *(column for column, _ in levels))
    return Table(columns, np.stack([*numbers.values(), *(values for _, values in levels)], axis=1))


def _rates(numbers: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return what a tree of a few splits would have to put together: totals, seconds a page, shares."""
    pages = numbers["Administrative"] + numbers["Informational"] + numbers["ProductRelated"]
    seconds = (
        numbers["Administrative_Duration"] + numbers["Informational_Duration"] + numbers["ProductRelated_Duration"]
    )
    return {
        "pages": pages,
        "seconds": seconds,
        "seconds_a_page": seconds / np.maximum(pages, 1),
        "seconds_a_product": numbers["ProductRelated_Duration"] / np.maximum(numbers["ProductRelated"], 1),
        "seconds_an_account_page": numbers["Administrative_Duration"] / np.maximum(numbers["Administrative"], 1),
        "share_of_products": numbers["ProductRelated"] / np.maximum(pages, 1),
        "bounces_of_exits": numbers["BounceRates"] / np.maximum(numbers["ExitRates"], 1e-6),
        "exits_beyond_bounces": numbers["ExitRates"] - numbers["BounceRates"],
        "exits": numbers["ExitRates"] * pages,
        "value_of_all_pages": numbers["PageValues"] * pages,
        "value_for_exit_rate": numbers["PageValues"] / np.maximum(numbers["ExitRates"], 1e-3),
    }
