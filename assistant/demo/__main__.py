"""Writes the demo shop as files, so that one sees what a feed looks like: `python -m assistant.demo --out FOLDER`."""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.demo.build import POLICIES
from assistant.demo.pictures import picture
from assistant.demo.products import products
from assistant.demo.reviews import reviews
from index.record import to_record


def main() -> None:
    """Write products, reviews, policies and pictures to the folder that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m assistant.demo", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to; made where it is missing")
    parser.add_argument("--seed", type=int, default=7, help="another seed grows another shop")
    asked = parser.parse_args()
    for line in write_demo(asked.out, seed=asked.seed):
        print(line)


def write_demo(out: Path, *, seed: int = 7) -> list[str]:
    """Write the shop under `out` and return a line for each thing written."""
    shop = products(seed)
    out.mkdir(parents=True, exist_ok=True)
    _write_lines(out / "products.jsonl", (to_record(product) for product in shop))
    _write_lines(out / "reviews.jsonl", (asdict(review) for review in reviews(seed)))
    shutil.copytree(POLICIES, out / "policies", dirs_exist_ok=True)
    paths = sorted({path for product in shop for path in product.images})
    for path in paths:
        kind, color = Path(path).with_suffix("").parts[-2:]
        file = out / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(picture(kind, color), encoding="utf-8")
    return [
        f"{len(shop)} products in {out / 'products.jsonl'}",
        f"{len(reviews(seed))} reviews in {out / 'reviews.jsonl'}",
        f"policies in {out / 'policies'}",
        f"{len(paths)} pictures in {out / 'pictures'}",
    ]


def _write_lines(path: Path, records: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
