"""Intents by meaning: a linear layer over the vectors of a multilingual embedder, shipped as a small file.

`python -m assistant.conversation.reading.meaning FOLDER` makes the file anew from our phrases; FOLDER holds the
embedder's files. Used only with the embedder it was made for; knows no catalogue.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.conversation.reading import intents
from index.embed import Embedder, EmbedSettings, open_embedders

FILE = Path(__file__).with_name("meaning.npz")
SCALE = 5.0
"""Vectors of this embedder lie close together: without their mean and made longer they separate."""
BATCH = 32


@dataclass(frozen=True, slots=True)
class Layer:
    """A trained layer: `coefficients` (intents, dimension) over vectors less `mean`, for one embedder."""

    embedder: str
    intents: tuple[str, ...]
    mean: npt.NDArray[np.float32]
    coefficients: npt.NDArray[np.float32]
    intercepts: npt.NDArray[np.float32]

    def chances(self, vector: npt.NDArray[np.float32]) -> dict[str, float]:
        """Return the chance of each intent."""
        scores = (vector - self.mean) * SCALE @ self.coefficients.T + self.intercepts
        weights = np.exp(scores - scores.max())
        return dict(zip(self.intents, (weights / weights.sum()).tolist(), strict=True))


@cache
def layer() -> Layer:
    """Return the layer that ships."""
    with np.load(FILE) as kept:
        return Layer(
            str(kept["embedder"]),
            tuple(kept["intents"].tolist()),
            kept["mean"].astype(np.float32),
            kept["coefficients"].astype(np.float32),
            kept["intercepts"].astype(np.float32),
        )


def teach(embedder: Embedder, *, seed: int = 3) -> Layer:
    """Return a layer fitted to our phrases, their slots filled with samples. Takes about half a minute."""
    from sklearn.linear_model import LogisticRegression

    chance = random.Random(seed)
    texts, meant = [], []
    for language in ("en", "zh"):
        for intent, phrase in intents.phrases(language):
            for text in dict.fromkeys(intents.filled(phrase, language, chance)[1:3] or [phrase]):
                texts.append(intents.normal(text))
                meant.append(intent)
    vectors = np.concatenate([embedder.queries(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)])
    mean = vectors.mean(axis=0)
    # C was chosen on held-out phrases: 1 to 100 lie within .03 of each other.
    model = LogisticRegression(C=10.0, max_iter=500, class_weight="balanced").fit((vectors - mean) * SCALE, meant)
    return Layer(embedder.name, tuple(model.classes_.tolist()), mean, model.coef_, model.intercept_)


def main() -> None:
    """Write the layer of the first embedder that knows more than English."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, help="the folder of model files")
    embedders = open_embedders(EmbedSettings(weights=parser.parse_args().weights))
    made = teach(next(embedder for embedder in embedders if not embedder.english_only))
    arrays = {name: getattr(made, name).astype(np.float16) for name in ("mean", "coefficients", "intercepts")}
    np.savez_compressed(FILE, embedder=made.embedder, intents=np.array(made.intents), **arrays)
    print(f"{FILE.name}: {len(made.intents)} intents over {made.embedder}, {FILE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
