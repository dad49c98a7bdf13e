"""BERT encoders, read from their original weights (`model.safetensors`) into the arrays of a graph.

Knows how they name their tensors; nothing of search.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from index.embed.graph import Encoder, Floats, table

NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
"""Our name of a matrix or a norm → the name in the file, within a layer."""


def read_encoder(folder: Path, *, max_tokens: int) -> Encoder:
    """Return the encoder in a folder with `config.json` and `model.safetensors`.

    Raises:
        ValueError: it is another kind of encoder.
    """
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    kind = config["model_type"]
    if kind != "bert":
        raise ValueError(f"{folder.name} holds a {kind!r} encoder, 'bert' is expected")
    given = {name: array.astype(np.float32) for name, array in load_file(folder / "model.safetensors").items()}
    layers, heads = config["num_hidden_layers"], config["num_attention_heads"]
    tensors = _layers(given, layers)
    tensors["emb.ln.w"] = given["embeddings.LayerNorm.weight"]
    tensors["emb.ln.b"] = given["embeddings.LayerNorm.bias"]
    positions = given["embeddings.position_embeddings.weight"][:max_tokens]
    return Encoder(
        layers=layers,
        heads=heads,
        epsilon=config["layer_norm_eps"],
        words=table(given["embeddings.word_embeddings.weight"]),
        positions=positions + given["embeddings.token_type_embeddings.weight"][0],
        tensors=tensors,
    )


def _layers(given: Mapping[str, Floats], layers: int) -> dict[str, Floats]:
    return {
        f"l{layer}.{ours}.{part[0]}": given[f"encoder.layer.{layer}.{theirs}.{part}"]
        for layer in range(layers)
        for ours, theirs in NAMES.items()
        for part in ("weight", "bias")
    }
