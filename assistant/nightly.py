"""The running app's work by night: each command as a process of its own at the lowest priority, one after the other.

A command is what stands after `python -m assistant`. One that fails leaves the others to run; what became of each is in
the log. Nothing runs at start-up. Knows the clock and the commands' names, nothing of what they do.
"""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import psutil

if TYPE_CHECKING:
    from apscheduler.triggers.base import BaseTrigger

log = logging.getLogger("regulars.nightly")

OFF = "off"
COMMANDS: tuple[tuple[str, ...], ...] = (("learn",), ("forecast",))
"""In the order in which they run."""
PROGRAM = (sys.executable, "-m", "assistant")
LATE_S, LONGEST_S, ENDING_S = 3_600, 6 * 3_600, 20
"""How late the night may begin, after a sleep of the machine; how long a command may take, and take to end."""
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS"), "1")
"""Threads that wait for each other take the pages' time even at the lowest priority."""


class Nightly:
    """Runs commands every night at a time of day (`HH:MM`, or `off`) of a time zone."""

    def __init__(
        self,
        at: str,
        timezone: str,
        *,
        commands: Sequence[Sequence[str]] = COMMANDS,
        program: Sequence[str] = PROGRAM,
    ) -> None:
        self._at, self._zone = at, ZoneInfo(timezone)
        self._commands, self._program = commands, program
        self._scheduler: Any = None
        self._lock = Lock()
        self._running: subprocess.Popen[str] | None = None
        self._closed = False

    def trigger(self) -> BaseTrigger:
        """Return when it is time, every day anew."""
        from apscheduler.triggers.cron import CronTrigger

        hour, _, minute = self._at.partition(":")
        return CronTrigger(hour=int(hour), minute=int(minute), timezone=self._zone)

    def start(self, trigger: BaseTrigger | None = None) -> None:
        """Wait for the night from now on; `trigger` stands in for the time of day."""
        if self._at == OFF:
            log.info("nothing runs by night: SHOP_LEARN_AT is off")
            return
        from apscheduler.schedulers.background import BackgroundScheduler

        self._scheduler = BackgroundScheduler(timezone=self._zone)
        job = self._scheduler.add_job(
            self.night, trigger or self.trigger(), max_instances=1, coalesce=True, misfire_grace_time=LATE_S
        )
        self._scheduler.start()
        log.info("%s next runs at %s", ", ".join(words[0] for words in self._commands), job.next_run_time)

    def close(self) -> None:
        """End what runs; it goes on another night from where it stopped."""
        with self._lock:
            self._closed = True
            if self._running is not None:
                self._running.terminate()
        if self._scheduler is not None and self._scheduler.running:
            self._scheduler.shutdown()

    def night(self) -> None:
        """Run every command, one after the other."""
        for words in self._commands:
            process = self._begun(words)
            if process is None:
                return
            self._tell(words[0], process, *_ended(process))

    def _begun(self, words: Sequence[str]) -> subprocess.Popen[str] | None:
        with self._lock:
            if self._closed:
                return None
            self._running = subprocess.Popen(
                [*self._program, *words],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                errors="replace",
                env={**os.environ, **ONE_THREAD},
            )
        _step_back(self._running.pid)
        return self._running

    def _tell(self, name: str, process: subprocess.Popen[str], out: str, err: str) -> None:
        if process.returncode == 0:
            log.info("%s: %s", name, _last_line(out))
        elif self._closed:
            log.info("%s was ended with the app, and goes on another night", name)
        else:
            log.error("%s failed with status %d: %s", name, process.returncode, _last_line(err) or _last_line(out))


def _step_back(pid: int) -> None:
    """Give a process the lowest priority for time and, where there is such a thing, for the disk."""
    with contextlib.suppress(psutil.Error):  # it may have ended already
        process = psutil.Process(pid)
        process.nice(psutil.IDLE_PRIORITY_CLASS if psutil.WINDOWS else 19)
        if psutil.LINUX:
            process.ionice(psutil.IOPRIO_CLASS_IDLE)


def _ended(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Return what a process said, once it has ended by itself or was ended for taking too long."""
    try:
        return process.communicate(timeout=LONGEST_S)
    except subprocess.TimeoutExpired:
        process.terminate()
    try:
        out, err = process.communicate(timeout=ENDING_S)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
    return out, f"{err}\nit took longer than {LONGEST_S:,} s"


def _last_line(text: str) -> str:
    """Return the last line that says something.

    >>> _last_line("one\\ntwo\\n\\n")
    'two'
    """
    return next((line for line in reversed(text.splitlines()) if line.strip()), "")
