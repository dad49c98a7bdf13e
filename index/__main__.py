"""The command line of the catalogue: import a feed, search, build the index again, tune the ranking.

    python -m index import FEED [--rejects FILE]
    python -m index search "wool coat" --max-price 90 --in-stock
    python -m index build
    python -m index tune --judgments FILE

Where the shop lies is read here and nowhere else in this package: SHOP_HOME, SHOP_DATABASE_URL, SHOP_WEIGHTS,
SHOP_CHROMA_URL, SHOP_EMBEDDER and SHOP_CURRENCY, or the TOML file that SHOP_CONFIG names.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from index.commands import build, import_, search, tune
from index.errors import IndexProblem
from index.feeds import FORMATS
from index.place import Place

SORTS = ("relevance", "price_low", "price_high", "rating")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns 0, 1 where it could not be done, 130 where it was interrupted."""
    asked = _parser().parse_args(arguments)
    try:
        asked.run(asked, Place.of(os.environ, home=asked.home))
    except IndexProblem as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted: the same command goes on from here", file=sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description="The shop's catalogue and its search.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    everywhere = argparse.ArgumentParser(add_help=False)
    everywhere.add_argument("--home", type=Path, help="the shop's folder (SHOP_HOME, else var)")
    for add in (_add_import, _add_search, _add_build, _add_tune):
        add(commands, everywhere)
    return parser


def _add_import(commands: argparse._SubParsersAction[argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    command = commands.add_parser("import", parents=[shared], help="make a feed's products what the shop sells")
    command.add_argument("feed", type=Path, metavar="FEED", help="a file, gzip or not, in any of the formats")
    command.add_argument("--format", default="auto", choices=("auto", *FORMATS), help="default: found out by looking")
    command.add_argument("--mapping", type=Path, metavar="FILE", help="which of its columns is what, as TOML or YAML")
    command.add_argument("--rejects", type=Path, metavar="FILE", help="rows that cannot be used, as .jsonl or .tsv")
    command.add_argument("--feed", dest="name", metavar="NAME", help="the feed's name (default: folder/file)")
    command.add_argument("--currency", metavar="CODE", help="of prices that name none (default: SHOP_CURRENCY)")
    command.add_argument("--force", action="store_true", help="withdraw even more than a fifth of the feed's products")
    command.set_defaults(run=import_)


def _add_search(commands: argparse._SubParsersAction[argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    command = commands.add_parser("search", parents=[shared], help="find products")
    command.add_argument("query", nargs="?", default="", metavar="QUERY")
    command.add_argument("--min-price", metavar="AMOUNT")
    command.add_argument("--max-price", metavar="AMOUNT")
    for name in ("brand", "category", "color", "size", "exclude"):
        command.add_argument(f"--{name}", action="append", default=[], metavar="VALUE", help="may be repeated")
    command.add_argument("--rating", type=float, metavar="STARS", help="at least")
    command.add_argument("--in-stock", action="store_true")
    command.add_argument("--limit", type=int, default=10)
    command.add_argument("--sort", default="relevance", choices=SORTS)
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.set_defaults(run=search)


def _add_build(commands: argparse._SubParsersAction[argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    command = commands.add_parser("build", parents=[shared], help="build vectors and words again from the catalogue")
    command.set_defaults(run=build)


def _add_tune(commands: argparse._SubParsersAction[argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    command = commands.add_parser("tune", parents=[shared], help="fit the ranking to the shop's own judgments")
    command.add_argument("--judgments", type=Path, required=True, metavar="FILE", help='{"query", "ratings"} a line')
    command.set_defaults(run=tune)


if __name__ == "__main__":
    sys.exit(main())
