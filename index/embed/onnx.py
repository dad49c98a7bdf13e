"""An embedder that runs an encoder's ONNX graph on CPU, needing neither PyTorch nor transformers.

Knows how to tokenize, batch and run; not where a graph comes from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from index.embed import Vectors

BATCH_TOKENS = 2048
"""Tokens of one run, padding included: larger batches were no faster on two cores and hold more memory."""


class OnnxEmbedder:
    """Runs a graph as `embed_graph` writes it. Texts longer than `max_tokens` are cut."""

    def __init__(
        self,
        name: str,
        *,
        graph: Path,
        tokenizer: Tokenizer,
        pad: int,
        prefixes: tuple[str, str] = ("", ""),
        mapped: Mapping[int, str] | None = None,
        max_tokens: int = 192,
        english_only: bool = True,
        threads: int = 0,
    ) -> None:
        """Open the graph.

        Args:
            name: of the embedder.
            graph: the .onnx file.
            tokenizer: of the encoder.
            pad: the id of the padding token.
            prefixes: written before a query and before a product's text.
            mapped: code point → text, replaced before tokenizing; `None` for a tokenizer that normalises by itself.
            max_tokens: where a text is cut.
            english_only: whether other scripts mean nothing to the encoder.
            threads: of one run; 0 for as many as there are cores.
        """
        self._name, self._english_only = name, english_only
        self._tokenizer, self._pad, self._prefixes, self._mapped = tokenizer, pad, prefixes, mapped
        tokenizer.no_padding()
        tokenizer.enable_truncation(max_tokens)
        self._session = onnxruntime.InferenceSession(str(graph), _options(threads), ["CPUExecutionProvider"])
        self._dimension = int(self._session.get_outputs()[0].shape[1])

    @property
    def name(self) -> str:
        """What is kept with a collection."""
        return self._name

    @property
    def dimension(self) -> int:
        """How long a vector is."""
        return self._dimension

    @property
    def english_only(self) -> bool:
        """True when other scripts mean nothing to it."""
        return self._english_only

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dimension) for what shoppers ask."""
        return self._vectors([self._prefixes[0] + text for text in texts])

    def products(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dimension) for what is said of products."""
        return self._vectors([self._prefixes[1] + text for text in texts])

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        if self._mapped is not None:
            texts = [text.translate(self._mapped) for text in texts]
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        vectors = np.empty((len(texts), self._dimension), np.float32)
        for batch in batches([len(ids) for ids in tokens]):
            vectors[batch] = self._run([tokens[row] for row in batch])
        return vectors

    def _run(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        shape = (len(tokens), max(map(len, tokens)))
        ids, mask = np.full(shape, self._pad, np.int64), np.zeros(shape, np.int64)
        for row, text in enumerate(tokens):
            ids[row, : len(text)], mask[row, : len(text)] = text, 1
        vectors: Vectors = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return vectors


def batches(lengths: Sequence[int]) -> list[list[int]]:
    """Return the rows in batches of similar length, so that little is padded.

    >>> batches([900, 3, 1000, 4])
    [[1, 3, 0], [2]]
    """
    made: list[list[int]] = []
    for row in sorted(range(len(lengths)), key=lengths.__getitem__):
        if made and (len(made[-1]) + 1) * lengths[row] <= max(BATCH_TOKENS, lengths[row]) + BATCH_TOKENS // 2:
            made[-1].append(row)
        else:
            made.append([row])
    return made


def _options(threads: int) -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # Threads that spin while they wait take the cores from the language model and from each other.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return options
