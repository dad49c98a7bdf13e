"""Tiny random models in the formats of the engines, built here, and a real server in front of one."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.llm.llamacpp_server import import_xllamacpp

BYTES = 256
SPECIALS = ["<|im_start|>", "<|im_end|>"]
CHAT_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
WIDTH, HEADS, LAYERS, HIDDEN = 64, 4, 2, 128


def byte_alphabet() -> list[str]:
    """The printable stand-in that byte-level tokenizers use for each of the 256 bytes, in order of the byte."""
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    rest = iter(range(0x100, 0x200))
    return [chr(b) if b in plain else chr(next(rest)) for b in range(BYTES)]


def only_letters(output: np.ndarray) -> np.ndarray:
    """Leave chance to the rows of a-z and the blank, so that a random model writes readable nonsense without end."""
    kept = [ord(" "), *range(ord("a"), ord("z") + 1)]
    masked = np.zeros_like(output)
    masked[kept] = output[kept]
    masked[ord(" ")] *= 3  # words, since some engines show nothing before a word is whole
    return masked


@pytest.fixture(scope="session")
def tiny_gguf(tmp_path_factory):
    """A llama with random weights and a token for every byte, as GGUF."""
    import gguf

    path = tmp_path_factory.mktemp("tiny") / "tiny.gguf"
    chance = np.random.default_rng(7)
    tokens = [*byte_alphabet(), *SPECIALS, "th"]  # llama.cpp wants at least one merge
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_name("tiny")
    writer.add_context_length(4096)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(HIDDEN)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types(
        [gguf.TokenType.NORMAL] * BYTES + [gguf.TokenType.CONTROL] * len(SPECIALS) + [gguf.TokenType.NORMAL]
    )
    writer.add_token_merges(["t h"])
    writer.add_eos_token_id(BYTES + 1)
    writer.add_add_bos_token(False)
    writer.add_chat_template(CHAT_TEMPLATE)

    def add(name: str, *shape: int) -> None:
        writer.add_tensor(name, chance.normal(0, 0.5, shape).astype(np.float32))

    add("token_embd.weight", len(tokens), WIDTH)
    writer.add_tensor("output.weight", only_letters(chance.normal(0, 1, (len(tokens), WIDTH)).astype(np.float32)))
    writer.add_tensor("output_norm.weight", np.ones(WIDTH, np.float32))
    for layer in range(LAYERS):
        for norm in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"blk.{layer}.{norm}.weight", np.ones(WIDTH, np.float32))
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            add(f"blk.{layer}.{part}.weight", WIDTH, WIDTH)
        add(f"blk.{layer}.ffn_gate.weight", HIDDEN, WIDTH)
        add(f"blk.{layer}.ffn_up.weight", HIDDEN, WIDTH)
        add(f"blk.{layer}.ffn_down.weight", WIDTH, HIDDEN)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory):
    """A llama with random weights and a token for every byte, as transformers saves it."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("tiny-hub")
    tokenizer = Tokenizer(models.BPE({token: n for n, token in enumerate(byte_alphabet())}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(SPECIALS)
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token=SPECIALS[1])
    fast.chat_template = CHAT_TEMPLATE
    fast.save_pretrained(folder)
    torch.set_num_threads(1)  # for so small a model a second thread only waits
    torch.manual_seed(7)
    config = LlamaConfig(
        vocab_size=BYTES + len(SPECIALS),
        hidden_size=WIDTH,
        intermediate_size=HIDDEN,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        max_position_embeddings=4096,
        initializer_range=0.5,
        bos_token_id=None,
        eos_token_id=BYTES + 1,
        tie_word_embeddings=False,
    )
    model = LlamaForCausalLM(config)
    with torch.no_grad():
        model.lm_head.weight.copy_(torch.from_numpy(only_letters(model.lm_head.weight.numpy())))
    model.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def served(tiny_gguf):
    """A real OpenAI-compatible server, llama.cpp's own, in front of the tiny model: its address and its key."""
    llama = import_xllamacpp()
    wanted = llama.CommonParams()
    wanted.model.path = str(tiny_gguf)
    wanted.model_alias = {"tiny"}
    wanted.n_ctx, wanted.n_parallel, wanted.n_gpu_layers, wanted.verbosity = 8192, 2, 0, 0
    wanted.fit_params = wanted.warmup = wanted.ui = False
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = 1
    wanted.api_keys = ["the-key"]
    server = llama.Server(wanted)
    yield server.listening_address, "the-key"
    del server
