"""Runs the app as its users do, as a process of its own, and talks to it over loopback HTTP.

Knows the app's command and its HTTP API, nothing of its insides.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil

from assistant.errors import RegularsError

ROOT = Path(__file__).resolve().parents[2]


class AppDidNotStart(RegularsError):
    """The app ended, or did not answer in time."""

    def __init__(self, waited_s: float, said: str) -> None:
        self.waited_s, self.said = waited_s, said
        super().__init__(
            f"the app did not answer after {waited_s:.0f} s: run `make run` once; it said: {said[-400:]!r}"
        )


@dataclass(frozen=True, slots=True)
class App:
    """A running app: how long the page took to answer, until the model was loaded, and until it knew its prompts."""

    url: str
    pid: int
    page_s: float
    model_s: float
    warmed_s: float

    def memory_mb(self) -> float:
        """Return the proportional set size of the app and its children, in MB."""
        process = psutil.Process(self.pid)
        pss = [p.memory_full_info().pss for p in (process, *process.children(recursive=True))]
        return float(sum(pss)) / 1e6

    def turn(self, session: str, message: str, language: str) -> Iterator[tuple[float, Mapping[str, Any]]]:
        """Yield each part as it comes, with the milliseconds since the message was sent."""
        body = {"session": session, "message": message, "language": language}
        headers = {"Accept": "application/x-ndjson"}
        started = time.perf_counter()
        with httpx.stream("POST", f"{self.url}/api/turn", json=body, headers=headers, timeout=600) as answer:
            answer.raise_for_status()
            for line in answer.iter_lines():
                if line.strip():
                    yield (time.perf_counter() - started) * 1000, json.loads(line)


@contextmanager
def running_app(home: Path, log: Path, *, wait_for_model: bool = True) -> Iterator[App]:
    """Start the app on a free port with the shop under `home`, and end it on leaving.

    Raises:
        AppDidNotStart: it ended or stayed silent for three minutes, or has no model that works.
    """
    port = _free_port()
    own = {"SHOP_HOST": "127.0.0.1", "SHOP_PORT": str(port), "SHOP_HOME": str(home.resolve())}
    environment = {k: v for k, v in os.environ.items() if k not in ("SHOP_DATABASE_URL", "SHOP_CHROMA_URL")} | own
    started = time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=out, stderr=out)
        try:
            url = f"http://127.0.0.1:{port}"
            page_s = _answers(f"{url}/", process, log, started)
            model_s = warmed_s = 0.0
            if wait_for_model:
                model_s = _answers(f"{url}/health/ready", process, log, started)
                warmed_s = _answers(f"{url}/health/ready", process, log, started, lambda state: state["warmed"])
            yield App(url, process.pid, page_s, model_s, warmed_s)
        finally:
            _end(process)


@contextmanager
def serving(module: str, home: Path, log: Path) -> Iterator[str]:
    """Run `python -m module HOME PORT` on a free port, yield its URL once its page answers, and end it on leaving.

    Raises:
        AppDidNotStart: it ended or stayed silent for three minutes.
    """
    port = _free_port()
    started = time.perf_counter()
    with log.open("wb") as out:
        words = [sys.executable, "-m", module, str(home.resolve()), str(port)]
        process = subprocess.Popen(words, cwd=ROOT, stdout=out, stderr=out)
        try:
            _answers(f"http://127.0.0.1:{port}/health/live", process, log, started)
            yield f"http://127.0.0.1:{port}"
        finally:
            _end(process)


@contextmanager
def busy_core() -> Iterator[None]:
    """Keep one core busy with a process of its own."""
    process = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        yield
    finally:
        process.kill()
        process.wait()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _answers(
    url: str,
    process: subprocess.Popen[bytes],
    log: Path,
    started: float,
    enough: Callable[[Mapping[str, Any]], bool] | None = None,
) -> float:
    """Return the seconds since `started` when the page answers, or the state it answers with is `enough`."""
    while (waited := time.perf_counter() - started) < 180:
        if process.poll() is not None:
            break
        try:
            answer = httpx.get(url, timeout=5)
            if answer.status_code == 200 and (enough is None or enough(answer.json())):
                return time.perf_counter() - started
        except httpx.HTTPError:
            pass
        time.sleep(0.05)
    raise AppDidNotStart(waited, log.read_text(encoding="utf-8", errors="replace"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
