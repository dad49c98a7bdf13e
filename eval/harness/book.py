"""Where runs are kept: a folder a run with `run.json` and `rows.jsonl`, written as it goes, so that it can go on.

Knows no task. Files only: the app's page reads the same ones.

    RUNS/grounding/20261124T101500-3f2a/run.json      what was run, on what, and its figures
    RUNS/grounding/20261124T101500-3f2a/rows.jsonl    a line an example and trial
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from assistant.errors import RegularsError
from eval.harness.task import Row

Status = Literal["running", "done", "failed"]


class NoSuchRun(RegularsError):
    """A run was named that is not kept."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder
        super().__init__(f"there is no run {name!r} under {str(folder)!r}: `python -m eval runs` lists those there are")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run as kept. `key` is equal for runs of the same examples by the same code, prompts, data and model.

    `failures` are what made the run worthless, one sentence each; its figures are kept, but say nothing.
    """

    id: str
    task: str
    data: str
    key: str
    promise: str = ""
    """What the task says of itself."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    commit: str = ""
    prompts: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    model: Mapping[str, Any] = field(default_factory=dict)
    machine: Mapping[str, Any] = field(default_factory=dict)
    started: str = ""
    ended: str = ""
    seconds: float = 0.0
    status: Status = "running"
    examples: int = 0
    metrics: Mapping[str, float] = field(default_factory=dict)
    intervals: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    bars: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By figure: `better` and `bar`, for those that have either."""
    notes: Mapping[str, Any] = field(default_factory=dict)
    """What was found beside the figures."""
    failures: tuple[str, ...] = ()


class RunBook:
    """The kept runs under one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self, run: Run, *, fresh: bool = False) -> tuple[Run, list[Row]]:
        """Return a run to go on with and its rows so far: the newest unfinished one of the same key, or a new one."""
        for old in () if fresh else self.runs(run.task):
            if old.key == run.key and old.status == "running":
                rows = list(self.rows(old))
                self._cut(old, rows)
                return old, rows
        now = datetime.now(UTC)
        new = replace(run, id=f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(2)}", started=now.isoformat(timespec="seconds"))
        self.of(new).mkdir(parents=True)
        self.keep(new)
        return new, []

    def keep(self, run: Run) -> None:
        """Write what is known of a run, whole or not at all."""
        _write(self.of(run) / "run.json", asdict(run))

    def add(self, run: Run, row: Row) -> None:
        """Write a row as soon as it is known."""
        with (self.of(run) / "rows.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")

    def rows(self, run: Run) -> Iterator[Row]:
        """Yield the rows of a run; a last line that was not written to its end is left out."""
        path = self.of(run) / "rows.jsonl"
        if not path.is_file():
            return
        with path.open(encoding="utf-8") as file:
            for line in file:
                if line.endswith("\n"):
                    yield json.loads(line)

    def runs(self, task: str | None = None) -> list[Run]:
        """Return the kept runs, the newest first."""
        found = self.folder.glob(f"{task or '*'}/*/run.json")
        return sorted((read_run(path) for path in found), key=lambda run: (run.started, run.id), reverse=True)

    def named(self, name: str) -> Run:
        """Return a run by its id, by `TASK` (the newest that is done) or by the path of its folder.

        Raises:
            NoSuchRun: there is none.
        """
        if (Path(name) / "run.json").is_file():
            return read_run(Path(name) / "run.json")
        for run in self.runs():
            if run.id == name or (run.task == name and run.status == "done"):
                return run
        raise NoSuchRun(name, self.folder)

    def before(self, run: Run) -> Run | None:
        """Return the newest run of the same task on the same data that was done before this one began.

        One with the same engine is taken where there is any, so that a stand-in is no measure of the shop's own model.
        """
        older = [r for r in self.runs(run.task) if r.id != run.id and r.started <= run.started]
        done = [r for r in older if r.status == "done" and r.data == run.data]
        alike = (r for r in done if r.settings.get("engine") == run.settings.get("engine"))
        return next(alike, done[0] if done else None)

    def keep_beside(self, run: Run, name: str, value: object) -> None:
        """Write something found out about a run into a file of its own, whole or not at all."""
        _write(self.of(run) / name, value)

    def beside(self, run: Run, name: str) -> Any:
        """Return what was found out about a run and kept under this name, `None` where nothing was."""
        path = self.of(run) / name
        return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None

    def of(self, run: Run) -> Path:
        """Return the folder of a run."""
        return self.folder / run.task / run.id

    def drop(self, run: Run) -> None:
        """Delete a run."""
        shutil.rmtree(self.of(run))

    def _cut(self, run: Run, rows: list[Row]) -> None:
        """Take a half-written last line away before more is added."""
        path = self.of(run) / "rows.jsonl"
        if path.is_file() and not path.read_bytes().endswith(b"\n"):
            path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _write(path: Path, value: object) -> None:
    draft = path.with_suffix(".part")
    draft.write_text(json.dumps(value, indent=2, ensure_ascii=False, default=str) + "\n", encoding="utf-8")
    draft.replace(path)


def read_run(path: Path) -> Run:
    """Return the run of a `run.json`; what a later version wrote beside the known fields is left out."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    known = {one.name for one in fields(Run)}
    kept["failures"] = tuple(kept.get("failures", ()))
    kept["intervals"] = {name: (low, high) for name, (low, high) in kept.get("intervals", {}).items()}
    return Run(**{name: value for name, value in kept.items() if name in known})
