"""Invoices in the form of UCI's Online Retail (Chen 2012), cleaned, with a count of what was left out and why.

A row is a line of an invoice; an invoice whose number begins with C takes goods back:

    InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
    536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from assistant.errors import SettingError

FILE = "transactions.csv.gz"
COLUMNS = ("InvoiceNo", "StockCode", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID")
A_PRODUCT = r"^\d{5}|^DCGS|^GIFT_"
"""Stock codes of goods: postage, bank charges, discounts and corrections by hand are named by words."""


@dataclass(frozen=True, slots=True)
class Invoices:
    """Clean lines with `customer order at product quantity money`; `left_out` counts lines by reason."""

    lines: pl.DataFrame
    left_out: dict[str, int]

    @property
    def end(self) -> date:
        """The day after the last one."""
        last = self.lines["at"].max()
        assert isinstance(last, date)  # no line without a date survives cleaning, and no file without a line
        return date.fromordinal(last.toordinal() + 1)


def read_invoices(folder: Path, option: str) -> Invoices:
    """Return the clean lines of a folder.

    Raises:
        SettingError: the folder named by `option` has no such file, or it holds something else or nothing to keep.
    """
    path = folder / FILE
    if not path.is_file():
        raise SettingError(option, str(folder), f"a folder with {FILE} is expected")
    try:
        raw = pl.read_csv(path, columns=list(COLUMNS), infer_schema=False)
        invoices = _cleaned(_typed(raw))
    except (OSError, pl.exceptions.PolarsError) as error:
        raise SettingError(
            option, str(path), f"invoices in the form of Online Retail are expected ({error})"
        ) from error
    if invoices.lines.is_empty():
        raise SettingError(option, str(path), f"no line could be kept ({invoices.left_out})")
    return invoices


def _typed(raw: pl.DataFrame) -> pl.DataFrame:
    return raw.select(
        order=pl.col("InvoiceNo"),
        product=pl.col("StockCode").str.to_uppercase(),
        quantity=pl.col("Quantity").cast(pl.Float64, strict=False),
        at=pl.col("InvoiceDate").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False),
        price=pl.col("UnitPrice").cast(pl.Float64, strict=False),
        customer=pl.col("CustomerID").str.replace(r"\.0$", ""),
        raw_time=pl.col("InvoiceDate"),
    )


def _cleaned(lines: pl.DataFrame) -> Invoices:
    """Leave lines out one reason after the other, so that each is counted once."""
    cancelled = pl.col("order").str.starts_with("C")
    reasons = {
        "no customer": pl.col("customer").is_not_null() & (pl.col("customer") != ""),
        "no date, quantity or price": pl.all_horizontal(pl.col("at", "quantity", "price").is_not_null()),
        "price is not above 0": pl.col("price") > 0,
        "no product": pl.col("product").str.contains(A_PRODUCT),
        "negative and no cancellation, or the reverse": (pl.col("quantity") < 0) == cancelled,
    }
    left_out: dict[str, int] = {}
    for reason, keeps in reasons.items():
        kept = lines.filter(keeps)
        left_out[reason] = len(lines) - len(kept)
        lines = kept
    kept = lines.unique(maintain_order=True)
    left_out["the same line twice"] = len(lines) - len(kept)
    money = (pl.col("quantity") * pl.col("price")).alias("money")
    return Invoices(kept.select("customer", "order", "at", "product", "quantity", money), left_out)
