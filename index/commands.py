"""What the commands of `python -m index` do: progress goes to stderr, the result to stdout."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from tqdm import tqdm

from index.catalogue import Catalogue
from index.errors import BadPlace, IndexMissing
from index.importing import ImportReport, import_feed
from index.money import parse_price, price_text, to_amount
from index.place import LazyIndex, Place, sole_writer
from index.product import Product
from index.query import Filters, Hit, Query, SearchResult

SHOWN_PROBLEMS = 5


def import_(asked: Namespace, place: Place) -> None:
    """Import a feed and print what came of it."""
    engine = place.engine()
    with sole_writer(place.home), _progress() as progress:
        report = import_feed(
            LazyIndex(place, engine),
            asked.feed,
            format=asked.format,
            mapping=asked.mapping,
            currency=asked.currency or place.currency,
            feed=asked.name,
            rejects=asked.rejects,
            force=asked.force,
            progress=progress,
        )
    engine.dispose()
    _tell_problems(report, asked)
    print(
        f"{report.feed}: {report.read} read, {report.added} added, {report.changed} changed, "
        f"{report.unchanged} unchanged, {report.withdrawn} withdrawn, {report.rejected} rejected, "
        f"{report.embedded} embedded, {report.seconds:.1f} s"
    )


def search(asked: Namespace, place: Place) -> None:
    """Search and print the hits, or why there are none."""
    engine = place.engine()
    catalogue = Catalogue(engine)
    catalogue.create()
    if not catalogue.count():
        raise IndexMissing(place.home)
    filters = _filters(asked, catalogue.vocabulary().currency or place.currency)
    query = Query(text=asked.query, filters=filters, limit=asked.limit, sort=asked.sort)
    with _progress() as progress, closing(place.index(engine, progress)) as index:
        result = index.searcher.search(query)
    engine.dispose()
    print(json.dumps(_told(result), ensure_ascii=False, indent=2) if asked.json else _shown(result))


def build(asked: Namespace, place: Place) -> None:
    """Forget vectors and words, and build them again from the catalogue."""
    from index.build import Index

    engine = place.engine()
    with sole_writer(place.home), _progress() as progress:
        Index.clear(place.home, engine, chroma_url=place.chroma_url)
        report = LazyIndex(place, engine).sync(progress)
    engine.dispose()
    print(f"{report.indexed} products indexed, {report.embedded} embedded, {report.seconds:.1f} s")


def tune(asked: Namespace, place: Place) -> None:
    """Fit the ranking to judgments, and print what it gained."""
    from index.build import RANKING
    from index.ranking.tune import tune as fit

    engine = place.engine()
    with _progress() as progress, closing(place.index(engine, progress)) as index:
        print(fit(index, asked.judgments, out=place.home / RANKING, progress=progress))
    engine.dispose()


@contextmanager
def _progress() -> Iterator[_Bars]:
    bars = _Bars()
    try:
        yield bars
    finally:
        bars.close()


class _Bars:
    """A bar on stderr for each step; quiet steps of a moment leave none."""

    def __init__(self) -> None:
        self._step = ""
        self._bar: Any = None

    def __call__(self, step: str, done: int, total: int | None) -> None:
        if step != self._step:
            self.close()
            pace = 0.2 if sys.stderr.isatty() else 5.0
            self._bar = tqdm(
                desc=step, total=total, file=sys.stderr, mininterval=pace, unit="", unit_scale=True, delay=1
            )
            self._step = step
        self._bar.total = total
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """End the bar of the step."""
        if self._bar is not None:
            self._bar.close()
            self._bar, self._step = None, ""


def _tell_problems(report: ImportReport, asked: Namespace) -> None:
    for problem in report.problems[:SHOWN_PROBLEMS]:
        print(f"rejected: {problem}", file=sys.stderr)
    more = report.rejected - min(len(report.problems), SHOWN_PROBLEMS)
    if more > 0:
        where = f"see {asked.rejects}" if asked.rejects else "--rejects FILE writes them all"
        print(f"and {more} more rejected rows: {where}", file=sys.stderr)


def _filters(asked: Namespace, currency: str | None) -> Filters:
    options = {name: frozenset(getattr(asked, name)) for name in ("color", "size") if getattr(asked, name)}
    return Filters(
        price_min_minor=_minor("--min-price", asked.min_price, currency),
        price_max_minor=_minor("--max-price", asked.max_price, currency),
        brands=frozenset(asked.brand),
        categories=frozenset(asked.category),
        options=options,
        rating_min=asked.rating,
        in_stock=asked.in_stock,
        excluded=frozenset(asked.exclude),
    )


def _minor(name: str, amount: str | None, currency: str | None) -> int | None:
    if amount is None:
        return None
    try:
        return parse_price(amount, currency)[0]
    except ValueError as error:
        raise BadPlace(name, amount, f"an amount such as 49.90 is expected, and this {error}") from None


def _told(result: SearchResult) -> dict[str, Any]:
    emptied = result.emptied
    return {
        "total": result.total,
        "corrected": result.corrected,
        "emptied": emptied and {"condition": emptied.condition, "value": emptied.value, "nearest_count": emptied.count},
        "hits": [_hit(hit) for hit in result.hits],
        "timings_ms": dict(result.timings_ms),
    }


def _hit(hit: Hit) -> dict[str, Any]:
    product = hit.product
    prices = product.prices_minor()
    return {
        "id": product.id,
        "title": product.title,
        "brand": product.brand,
        "price": float(to_amount(prices[0], product.currency)) if prices else None,
        "currency": product.currency,
        "rating": product.rating,
        "in_stock": product.in_stock,
        "variant_ids": list(hit.variant_ids),
        "score": hit.score,
    }


def _shown(result: SearchResult) -> str:
    lines = [f"searched for: {result.corrected}"] if result.corrected else []
    lines += [_line(number, hit) for number, hit in enumerate(result.hits, start=1)]
    if result.hits:
        lines.append(f"{len(result.hits)} of {result.total}")
    elif result.emptied is not None:
        emptied = result.emptied
        lines.append(f"nothing found: {emptied.condition} {emptied.value} leaves none")
        lines += [f"the nearest that would find some finds {emptied.count}"] if emptied.nearest is not None else []
    else:
        lines.append("nothing found")
    return "\n".join(lines)


def _line(number: int, hit: Hit) -> str:
    product = hit.product
    stock = "in stock" if product.in_stock else "not in stock"
    rating = f"{product.rating:g}★" if product.rating is not None else "unrated"
    return f"{number:>3}. {product.title[:70]}  {_price(product)}  {rating}  {stock}  [{product.id}]"


def _price(product: Product) -> str:
    prices = product.prices_minor()
    if prices is None:
        return "price unknown"
    lowest = price_text(prices[0], product.currency, product.language if product.language in ("en", "zh") else "en")
    return lowest if prices[0] == prices[1] else f"from {lowest}"
