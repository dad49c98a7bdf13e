"""Joules, where the machine tells them: Linux's counters of the processor (RAPL), NVIDIA's readings of power.

What is told is of the whole machine, whoever uses it: measure on a quiet one. Nothing is estimated from loads or rated
powers: a machine that tells nothing has no figure, and a sentence says so.
"""

from __future__ import annotations

import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol

POWERCAP = Path("/sys/class/powercap")
SAMPLED_MS = 100
_QUERY = ("--query-gpu=index,power.draw", "--format=csv,noheader,nounits", f"--loop-ms={SAMPLED_MS}")


class Meter(Protocol):
    """Counts joules from some moment on."""

    def joules(self) -> float:
        """Return how many there were so far."""


@dataclass(slots=True)
class Rapl:
    """A counter of microjoules that begins anew at its range. Read it at least every few minutes."""

    folder: Path
    _before: int = field(init=False)
    _total: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._before = self._read("energy_uj")

    def joules(self) -> float:
        """Return the joules since this meter was made."""
        now = self._read("energy_uj")
        self._total += (
            now - self._before if now >= self._before else now + self._read("max_energy_range_uj") - self._before
        )
        self._before = now
        return self._total / 1e6

    def _read(self, name: str) -> int:
        return int((self.folder / name).read_text(encoding="ascii"))


class Nvidia(AbstractContextManager["Nvidia"]):
    """Adds up the power that `nvidia-smi` reads of every GPU, from its own process, in a thread."""

    def __init__(self, program: str) -> None:
        self._program = program
        self._total, self._lock = 0.0, threading.Lock()
        self._last: dict[str, float] = {}

    def __enter__(self) -> Nvidia:
        command = [self._program, *_QUERY]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self._thread = threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)
        self._thread.join(timeout=10)
        if self._process.stdout:
            self._process.stdout.close()

    def joules(self) -> float:
        """Return the joules of all GPUs up to the last reading, a tenth of a second ago at most."""
        with self._lock:
            return self._total

    def _listen(self, lines: IO[str] | None) -> None:
        for line in lines or ():
            self.take(line, time.monotonic())

    def take(self, line: str, at: float) -> None:
        """Add one reading ("0, 71.43") of a moment in seconds; a GPU that tells no power adds nothing."""
        gpu, _, watts = line.partition(",")
        try:
            power = float(watts)
        except ValueError:
            return
        with self._lock:
            self._total += power * (at - self._last.get(gpu, at))
            self._last[gpu] = at


@dataclass(frozen=True, slots=True)
class Energy:
    """What tells joules, and which sentence says what is counted or why nothing is."""

    meters: tuple[Meter, ...]
    told: str

    def joules(self) -> float | None:
        """Return the joules so far, `None` where the machine tells none."""
        return sum(meter.joules() for meter in self.meters) if self.meters else None


@contextmanager
def energy(powercap: Path = POWERCAP) -> Iterator[Energy]:
    """Begin to count on everything that this machine has."""
    rapl, of_processor = _rapl(powercap)
    program = shutil.which("nvidia-smi")
    if program is None:
        yield Energy(tuple(rapl), f"{of_processor}; there is no nvidia-smi")
        return
    with Nvidia(program) as gpu:
        yield Energy((*rapl, gpu), f"{of_processor}; GPUs: power as nvidia-smi reads it every {SAMPLED_MS} ms")


def _rapl(powercap: Path) -> tuple[list[Rapl], str]:
    """Return the counters of processors and of memory beside them, and what to say of them."""
    found = [
        one
        for one in sorted(powercap.glob("*/name"))
        if one.read_text(encoding="ascii").startswith(("package", "dram"))
    ]
    if not found:
        return [], f"processor: no RAPL counter under {str(powercap)!r}"
    try:
        meters = [Rapl(one.parent) for one in found]
    except PermissionError:
        return [], f"processor: the counters under {str(powercap)!r} may be read by root alone"
    return meters, f"processor: RAPL, {', '.join(one.read_text(encoding='ascii').strip() for one in found)}"
