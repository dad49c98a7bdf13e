"""Loading a model by transformers: from a hub, a folder or a GGUF file, in the precision that fits.

Knows memory and precision, not what the model is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import ModelUnavailable

RESERVE = 2 << 30
"""Bytes left free beside the weights: the CUDA context and the keys and values of a few conversations."""

BF16_BYTES, NF4_BYTES = 2.0, 0.75
"""Bytes a parameter; NF4's half byte, its scales, and the embeddings that stay in bf16."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A model and its tokenizer, and why it runs as it does."""

    model: Any
    tokenizer: Any
    parameters: int
    note: str


def load(name: str, gguf: Path | None, precision: str) -> Loaded:
    """Return the model `name`, or the one in the GGUF file, on the GPU where there is one.

    Raises:
        ModelUnavailable: it cannot be had, is no language model, or does not fit even in 4 bits.
    """
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    source, options = (str(gguf.parent), {"gguf_file": gguf.name}) if gguf else (name, {})
    try:
        chosen, note = _precision(name, source, options, precision)
        tokenizer = AutoTokenizer.from_pretrained(source, **options)
        model = AutoModelForCausalLM.from_pretrained(source, **options, **_placement(chosen))
    except (OSError, ValueError, RuntimeError, ImportError, KeyError) as error:
        first = str(error).strip().splitlines()[0] if str(error).strip() else repr(error)
        reason = f"transformers cannot load it ({first}): check SHOP_LLM, the network and the memory"
        raise ModelUnavailable(name, reason) from error
    if tokenizer.chat_template is None:
        raise ModelUnavailable(name, "it has no chat template: choose a model tuned for chat (its name has Instruct)")
    model.eval()
    place = torch.cuda.get_device_name() if torch.cuda.is_available() else "the CPU"
    return Loaded(model=model, tokenizer=tokenizer, parameters=model.num_parameters(), note=f"{note}, on {place}")


def choose_precision(parameters: int, free: int) -> tuple[str, str]:
    """Return "bf16" or "nf4" and the reason, for a model of `parameters` and `free` bytes on the GPU.

    Raises:
        ModelUnavailable: not even 4 bits fit.
    """
    for precision, per_parameter in (("bf16", BF16_BYTES), ("nf4", NF4_BYTES)):
        needed = int(parameters * per_parameter) + RESERVE
        if needed <= free:
            return precision, f"{precision}: {needed / 2**30:.1f} GiB of {free / 2**30:.1f} GiB free"
    reason = f"it needs {needed / 2**30:.1f} GiB in 4 bits and {free / 2**30:.1f} GiB are free: choose a smaller one"
    raise ModelUnavailable(f"{parameters / 1e9:.1f}B parameters", reason)


def _precision(name: str, source: str, options: dict[str, str], asked: str) -> tuple[str, str]:
    import torch

    if not torch.cuda.is_available():
        if asked == "nf4":
            raise ModelUnavailable(name, "4 bits (NF4) need a GPU: take bf16, or llama.cpp with a GGUF file")
        return "bf16", "bf16"
    if asked != "auto":
        return asked, f"{asked} as set"
    if options:
        return "bf16", "bf16, from a GGUF file"  # a GGUF is unpacked to full weights; bitsandbytes does not take it
    return choose_precision(_parameters(source), torch.cuda.mem_get_info()[0])


def _parameters(source: str) -> int:
    """Return how many parameters the model has, from its configuration alone."""
    from accelerate import init_empty_weights
    from transformers import AutoConfig, AutoModelForCausalLM

    with init_empty_weights():
        model = AutoModelForCausalLM.from_config(AutoConfig.from_pretrained(source))
    return int(model.num_parameters())


def _placement(precision: str) -> dict[str, Any]:
    import torch

    options: dict[str, Any] = {"dtype": torch.bfloat16}
    if torch.cuda.is_available():
        options["device_map"] = "auto"
    if precision == "nf4":
        from transformers import BitsAndBytesConfig

        options["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype=torch.bfloat16
        )
    return options
