"""What a figure depends on: the code, the prompts, the data, the model and the machine, each by a name or a hash.

Knows no task.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import psutil

from prompts.render import FOLDER, digest

ROOT = Path(__file__).resolve().parents[2]


def of_json(value: object) -> str:
    """Return a short hash of anything that JSON can say."""
    return digest(json.dumps(value, sort_keys=True, ensure_ascii=False, default=str))


def of_files(paths: Iterable[Path]) -> dict[str, str]:
    """Return a hash of each file's content by its name; a folder counts with every file in it."""
    files = [file for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    return {file.name: _hash(file) for file in files if file.is_file()}


def of_prompts() -> dict[str, str]:
    """Return the hash of every prompt's file, as results of turns name it."""
    return {path.stem: digest(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.md"))}


@cache
def of_code() -> str:
    """Return the commit, with a hash of what differs from it where anything does; "unknown" outside a checkout."""
    try:
        name = _git("rev-parse", "HEAD")
        changes = _git("diff", "HEAD") + _git("ls-files", "--others", "--exclude-standard")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return f"{name}+{digest(changes)}" if changes else name


@cache
def of_machine() -> Mapping[str, Any]:
    """Return what the machine is: processor, cores, memory, accelerator, system and Python."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "accelerator": _accelerator(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def _accelerator() -> str:
    """Return the names of the GPUs, as their driver lists them; torch would take seconds to say the same."""
    command = ["nvidia-smi", "--query-gpu=name", "--format=csv,noheader"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return "none"
    return ", ".join(done.stdout.split("\n")).strip(", ") or "none"


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()
