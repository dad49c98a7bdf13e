"""Makes the two layers that tell intents, from our phrases alone: `letters.npz` and `meaning.npz`.

    python -m assistant.conversation.reading.teaching WEIGHTS_FOLDER

Run it after every change of the phrases; a test holds that the files are of the phrases as they are. Takes about three
minutes on one core. Knows no message of anybody.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from assistant.conversation.reading import grammar, intents, letters, meaning, wear
from index.embed import Embedder, EmbedSettings, open_embedders

BATCH = 64
SOURCES = ("intents.en.txt", "intents.zh.txt", "service.en.txt", "service.zh.txt", "cues.tsv")
"""What is learned from."""
PASSES = 20
"""Passes over the examples; forty changed nothing."""
STRENGTH = 2e-6
"""How strongly the weights of letters are held small: 5e-7 to 1e-5 lie within .01 of each other."""
KEPT = 0.02
"""Weights smaller than this share of the largest are left out of the file."""


def taught() -> str:
    """Return a hash of everything that the layers learn from."""
    here = Path(__file__).parent
    return hashlib.sha256(b"".join((here / name).read_bytes() for name in SOURCES)).hexdigest()[:16]


@cache
def examples(seed: int = 3) -> tuple[tuple[str, str], ...]:
    """Return (intent, text) with slots filled: each phrase as it is, and once worn."""
    made: list[tuple[str, str]] = []
    for language in ("en", "zh"):
        for intent, phrase in (*intents.phrases(language), *grammar.drawn(language)):
            chance = random.Random(f"{seed} {phrase}")
            texts = list(dict.fromkeys(intents.filled(phrase, language, chance)))
            made += [(intent, text) for text in texts]
            made.append((intent, wear.worn(texts[-1], language, chance)))
    return tuple(made)


def teach_letters(told: Sequence[tuple[str, str]], *, seed: int = 7) -> letters.Letters:
    """Return a layer over letters fitted to (intent, text). Takes about half a minute."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import SGDClassifier
    from sklearn.preprocessing import normalize

    texts = [intents.legible(text) for _, text in told]
    counted = [letters.counts(text) for text in texts]
    starts = np.cumsum([0] + [len(buckets) for buckets, _ in counted])
    buckets = np.concatenate([buckets for buckets, _ in counted])
    amounts = np.concatenate([amounts for _, amounts in counted])
    rarity = 1 + np.log((1 + len(texts)) / (1 + np.bincount(buckets, minlength=letters.BUCKETS)))
    grams = csr_matrix((amounts * rarity[buckets], buckets, starts), shape=(len(texts), letters.BUCKETS))
    table = hstack([normalize(grams), csr_matrix([letters.cues_of(text) for text in texts])]).tocsr()
    model = SGDClassifier(
        loss="log_loss", alpha=STRENGTH, max_iter=PASSES, tol=None, class_weight="balanced", random_state=seed
    ).fit(table, [intent for intent, _ in told])
    return letters.Letters(tuple(model.classes_.tolist()), rarity, model.coef_.T, model.intercept_, taught())


def teach_meaning(told: Sequence[tuple[str, str]], embedder: Embedder) -> meaning.Layer:
    """Return a layer over an embedder's vectors fitted to (intent, text). Takes about two minutes."""
    from sklearn.linear_model import LogisticRegression

    plain = [(intent, text) for intent, text in told if "〔" not in text]
    texts = [intents.legible(text) for _, text in plain]
    vectors = np.concatenate([embedder.queries(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)])
    mean = vectors.mean(axis=0)
    # C was chosen on held-out phrases: 1 to 100 lie within .03 of each other.
    model = LogisticRegression(C=10.0, max_iter=200, class_weight="balanced")
    model.fit((vectors - mean) * meaning.SCALE, [intent for intent, _ in plain])
    return meaning.Layer(embedder.name, tuple(model.classes_.tolist()), mean, model.coef_, model.intercept_, taught())


def write_letters(made: letters.Letters) -> None:
    """Write a layer over letters in a byte a weight."""
    largest = np.abs(made.weights).max(axis=0)
    scale = largest / 127
    small = np.where(np.abs(made.weights) < KEPT * largest, 0, made.weights)
    np.savez_compressed(
        letters.FILE,
        intents=np.array(made.intents),
        rarity=made.rarity.astype(np.float16),
        weights=np.round(small / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        intercepts=made.intercepts.astype(np.float32),
        taught=made.taught,
    )


def write_meaning(made: meaning.Layer, file: Path) -> None:
    """Write a layer over vectors in two bytes a weight."""
    arrays = {name: getattr(made, name).astype(np.float16) for name in ("mean", "coefficients", "intercepts")}
    np.savez_compressed(file, embedder=made.embedder, intents=np.array(made.intents), taught=made.taught, **arrays)


def make_layer(told: Sequence[tuple[str, str]], file: Path, *, taught: str, about: str | None) -> None:
    """Write a layer over vectors that tells what these phrases stand for, with the hash of what it learned from."""
    made = teach_meaning(told, _embedder(about))
    write_meaning(replace(made, taught=taught), file)
    print(f"{file.name}: {len(made.intents)} kinds, {file.stat().st_size:,} bytes")


def _embedder(about: str | None) -> Embedder:
    """Return the first embedder that knows more than English, of the weights' folder that the command names."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("weights", type=Path, help="the folder of model files")
    embedders = open_embedders(EmbedSettings(weights=parser.parse_args().weights))
    return next(embedder for embedder in embedders if not embedder.english_only)


def main() -> None:
    """Write both layers, the one of meaning for the first embedder that knows more than English."""
    told, embedder = examples(), _embedder(__doc__)
    write_letters(teach_letters(told))
    write_meaning(teach_meaning(told, embedder), meaning.FILE)
    for file in (letters.FILE, meaning.FILE):
        print(f"{file.name}: {len(letters.letters().intents)} intents, {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
