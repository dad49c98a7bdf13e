"""BERT and MPNet encoders, read from their original weights (`model.safetensors`) into the arrays of a graph.

Knows how the two name their tensors; nothing of search.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from index.embed_graph import Encoder, Floats, table

BERT = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
MPNET = BERT | {
    "q": "attention.attn.q",
    "k": "attention.attn.k",
    "v": "attention.attn.v",
    "ao": "attention.attn.o",
    "aln": "attention.LayerNorm",
}


def read_encoder(folder: Path, *, max_tokens: int) -> Encoder:
    """Return the encoder in a folder with `config.json` and `model.safetensors`.

    Raises:
        ValueError: it is neither BERT nor MPNet.
    """
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    kind = config["model_type"]
    if kind not in ("bert", "mpnet"):
        raise ValueError(f"{folder.name} holds a {kind!r} encoder, bert or mpnet is expected")
    given = {name: array.astype(np.float32) for name, array in load_file(folder / "model.safetensors").items()}
    layers, heads = config["num_hidden_layers"], config["num_attention_heads"]
    tensors = _layers(given, BERT if kind == "bert" else MPNET, layers)
    tensors["emb.ln.w"] = given["embeddings.LayerNorm.weight"]
    tensors["emb.ln.b"] = given["embeddings.LayerNorm.bias"]
    first = 0 if kind == "bert" else config["pad_token_id"] + 1
    positions = given["embeddings.position_embeddings.weight"][first : first + max_tokens]
    if kind == "bert":
        positions = positions + given["embeddings.token_type_embeddings.weight"][0]
    return Encoder(
        layers=layers,
        heads=heads,
        epsilon=config["layer_norm_eps"],
        words=table(given["embeddings.word_embeddings.weight"]),
        positions=positions,
        tensors=tensors,
        distance_bias=_distance_bias(given, max_tokens) if kind == "mpnet" else None,
        # An MPNet has channels so large that a scale per batch leaves a cosine of .87.
        fine=kind == "mpnet",
    )


def _layers(given: Mapping[str, Floats], names: Mapping[str, str], layers: int) -> dict[str, Floats]:
    return {
        f"l{layer}.{ours}.{part[0]}": given[f"encoder.layer.{layer}.{theirs}.{part}"]
        for layer in range(layers)
        for ours, theirs in names.items()
        for part in ("weight", "bias")
    }


def _distance_bias(given: Mapping[str, Floats], length: int) -> Floats:
    """Return (heads, length, length): what MPNet adds to attention for the distance of two tokens.

    Source: Raffel et al. 2020 (T5), section 2.1: near distances have a bucket each, far ones share them by logarithm.
    """
    buckets = given["encoder.relative_attention_bias.weight"]
    half = len(buckets) // 2
    distance = np.arange(length)[None, :] - np.arange(length)[:, None]
    far, near = np.abs(distance), half // 2
    ratio = np.log(np.maximum(far, 1) / near) / math.log(128 / near)
    shared = np.minimum(near + (ratio * (half - near)).astype(np.int64), half - 1)
    bucket = np.where(far < near, far, shared) + np.where(distance > 0, half, 0)
    return np.ascontiguousarray(buckets[bucket].transpose(2, 0, 1))
