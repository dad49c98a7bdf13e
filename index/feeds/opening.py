"""Opens a feed as text: unpacked, decoded and with a bounded line, whatever it was written with.

Knows no format. The encoding is the file's mark, else UTF-8 where nearly all of it is, else the likeliest of those that
shops' tools still write.
"""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from charset_normalizer import from_bytes

from index.errors import BadFeed

LONGEST_LINE = 16 * 1024 * 1024
"""Characters of one line; a longer one is no table and no JSON Lines."""
SAMPLE = 64 * 1024
"""Bytes of lines with other letters than ASCII that an encoding is told from."""
# What is guessed from: more candidates make short feeds ambiguous, not better understood.
_LEGACY = ["gb18030", "cp1252", "big5", "shift_jis"]
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)["']""")
_UTF8_SHARE = 0.8


def open_bytes(path: Path) -> BinaryIO:
    """Open a file for reading, unpacked where it is gzip.

    Raises:
        BadFeed: there is no such file, it cannot be read, or it is empty.
    """
    try:
        with path.open("rb") as file:
            start = file.read(2)
        if not start:
            raise BadFeed(path, "it is empty")
        return cast(BinaryIO, gzip.open(path)) if start == b"\x1f\x8b" else path.open("rb")
    except OSError as error:
        raise BadFeed(path, f"{(error.strerror or str(error)).lower()}") from error


def open_text(path: Path, encoding: str | None = None) -> IO[str]:
    """Open a feed as text with line ends as they are; bytes of another encoding become lone surrogates."""
    raw = open_bytes(path)
    return io.TextIOWrapper(raw, encoding or encoding_of(path), errors="surrogateescape", newline="")


def open_utf8(path: Path, encoding: str | None = None) -> BinaryIO:
    """Open a feed as UTF-8 bytes, whatever it was written in; bytes that cannot be decoded are replaced."""
    found = encoding or encoding_of(path)
    if found == "utf-8":
        return open_bytes(path)
    return io.BufferedReader(_Recoded(io.TextIOWrapper(open_bytes(path), found, errors="replace", newline="")))


def encoding_of(path: Path) -> str:
    """Return the name of the encoding that a feed is written in. Reads the whole file once."""
    try:
        with open_bytes(path) as file:
            start = file.read(4096)
            marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
            if marked or (silent := _unmarked_utf16(start)):
                return marked or silent
            declared = _DECLARED.match(start)
            if declared and _exists(declared[1].decode("ascii")):
                return codecs.lookup(declared[1].decode("ascii")).name
            file.seek(0)
            return "utf-8" if _is_utf8(file) else _guessed(path)
    except (OSError, EOFError, zlib.error) as error:
        raise BadFeed(path, f"its compression is damaged ({error})") from error


def lines(file: IO[str], path: Path) -> Iterator[str]:
    """Yield the lines of a text with their ends.

    Raises:
        BadFeed: a line is longer than any table's or the compression is damaged.
    """
    try:
        while line := file.readline(LONGEST_LINE):
            if len(line) == LONGEST_LINE:
                raise BadFeed(path, f"a line is longer than {LONGEST_LINE} characters")
            yield line
    except (OSError, EOFError, zlib.error) as error:
        raise BadFeed(path, f"it breaks off or its compression is damaged ({error})") from error
    except UnicodeError as error:
        raise BadFeed(path, f"its text breaks off ({error})") from error


def _unmarked_utf16(start: bytes) -> str:
    """UTF-16 without its mark: every other byte of the ASCII in a header is zero."""
    pairs = len(start) // 2
    if pairs and start[1 : 2 * pairs : 2].count(0) > 0.4 * pairs:
        return "utf-16-le"
    if pairs and start[0 : 2 * pairs : 2].count(0) > 0.4 * pairs:
        return "utf-16-be"
    return ""


def _is_utf8(file: IO[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(1 << 20):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _guessed(path: Path) -> str:
    """A few broken lines leave a file UTF-8: they are named when they are read. Else the bytes tell."""
    sample: list[bytes] = []
    size = 0
    with open_bytes(path) as file:
        while size < SAMPLE and (line := file.readline(SAMPLE)):
            if not line.isascii():
                sample.append(line)
                size += len(line)
    sound = sum(_decodes(line) for line in sample)
    if sound >= _UTF8_SHARE * len(sample):
        return "utf-8"
    best = from_bytes(b"".join(sample), cp_isolation=_LEGACY).best()
    return best.encoding if best is not None and best.encoding in _LEGACY else "cp1252"


def _decodes(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _exists(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name != "utf-8"
    except LookupError:
        return False


class _Recoded(io.RawIOBase):
    """Text of any encoding read as UTF-8 bytes."""

    def __init__(self, text: IO[str]) -> None:
        super().__init__()
        self._text, self._left = text, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._left:
            self._left = self._text.read(1 << 16).encode("utf-8", "replace")
        taken = self._left[: len(buffer)]
        buffer[: len(taken)] = taken
        self._left = self._left[len(taken) :]
        return len(taken)

    def close(self) -> None:
        self._text.close()
        super().close()
