"""Which engine, and why. Knows what each kind of `SHOP_LLM` means, and what a machine is good for.

Nothing heavy is imported or loaded to find out: an engine loads its model when it is started.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import psutil

from assistant.errors import SettingError
from assistant.llm.contract import Engine
from assistant.llm.gpu import Gpu, find_gpu, torch_has_cuda
from assistant.llm.hub import HubEngine, HubSettings
from assistant.llm.llamacpp import LlamaCppEngine, LlamaCppSettings
from assistant.llm.weights import CHAT_MODELS, DEFAULT, SMALLEST

GPU_MODELS = (
    ("Qwen/Qwen3-4B-Instruct-2507", 6 << 30),
    ("Qwen/Qwen3-1.7B", 4 << 30),
    ("Qwen/Qwen3-0.6B", 2 << 30),
)
"""Hub models for a GPU, the best first, and the least memory of the GPU that runs each (in 4 bits if need be)."""

SMALL_MEMORY = 3 << 30
"""Below this much memory the default does not leave room for the rest of the shop."""

EXPECTED = (
    f"auto, one of {', '.join(sorted(CHAT_MODELS))}, the path of a .gguf file or of a model's folder, "
    "a hub model such as Qwen/Qwen3-4B-Instruct-2507, or openai:URL#MODEL is expected"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmSettings:
    """What a shop sets about its language model. `llm` is as in `SHOP_LLM`; `threads` 0 takes what is free."""

    weights: Path
    llm: str = "auto"
    llm_key: str = ""
    threads: int = 0


def choose(settings: LlmSettings) -> Engine:
    """Return the engine that the settings mean, not started; `info.reason` says why it is this one.

    Raises:
        SettingError: `llm` is none of the forms it can have, or names a file that is not there.
    """
    asked = settings.llm.strip()
    if asked in ("", "auto"):
        return _automatic(settings)
    if asked.startswith("openai:"):
        return _server(settings, asked.removeprefix("openai:"))
    if asked in CHAT_MODELS:
        return _packaged(settings, asked, "SHOP_LLM names it")
    path = Path(asked).expanduser()
    if asked.endswith(".gguf"):
        return _gguf(settings, path)
    if path.is_dir() and (path / "config.json").is_file():
        return HubEngine(HubSettings(model=str(path), reason=f"SHOP_LLM names this folder{_slow()}"))
    if re.fullmatch(r"[\w.-]+/[\w.-]+", asked) and not path.exists():
        return HubEngine(HubSettings(model=asked, reason=f"SHOP_LLM names this hub model{_slow()}"))
    raise SettingError("SHOP_LLM", settings.llm, EXPECTED)


def _automatic(settings: LlmSettings) -> Engine:
    gpu = find_gpu()
    if gpu is None:
        return _on_cpu(settings, "no NVIDIA GPU was found")
    if not torch_has_cuda():
        return _on_cpu(settings, f"{gpu.name} was found, but the PyTorch installed is built for CPU only")
    return _on_gpu(settings, gpu)


def _on_cpu(settings: LlmSettings, why: str) -> Engine:
    memory = psutil.virtual_memory().total
    if memory < SMALL_MEMORY:
        return _packaged(settings, SMALLEST, f"{why}, and {memory / 2**30:.1f} GiB of memory hold no larger one")
    return _packaged(settings, DEFAULT, why)


def _on_gpu(settings: LlmSettings, gpu: Gpu) -> Engine:
    found = f"{gpu.name} with {gpu.memory / 2**30:.0f} GiB was found"
    model = next((name for name, least in GPU_MODELS if gpu.memory >= least), None)
    if model is None:
        return _on_cpu(settings, f"{found}, too small for a model")
    if hub_has(model):
        return HubEngine(HubSettings(model=model, reason=found))
    spec = CHAT_MODELS[DEFAULT]
    reason = f"{found}, but no model hub answers: the packaged {DEFAULT} it is"
    return HubEngine(HubSettings(model=DEFAULT, gguf=settings.weights / spec.name, packaged=spec, reason=reason))


def hub_has(model: str, timeout_s: float = 4.0) -> bool:
    """Say whether a hub model is in the local cache, or the hub answers for it within `timeout_s` seconds."""
    import httpx
    from huggingface_hub import HfApi, try_to_load_from_cache
    from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled

    if isinstance(try_to_load_from_cache(model, "config.json"), str):
        return True
    try:
        HfApi().model_info(model, timeout=timeout_s)
    except (HfHubHTTPError, OfflineModeIsEnabled, httpx.HTTPError, OSError):
        return False
    return True


def _packaged(settings: LlmSettings, name: str, reason: str) -> Engine:
    spec = CHAT_MODELS[name]
    return LlamaCppEngine(
        LlamaCppSettings(
            path=settings.weights / spec.name, packaged=spec, name=name, threads=settings.threads, reason=reason
        )
    )


def _gguf(settings: LlmSettings, path: Path) -> Engine:
    if not path.is_file():
        raise SettingError("SHOP_LLM", settings.llm, "there is no such file: check the path")
    return LlamaCppEngine(LlamaCppSettings(path=path, threads=settings.threads, reason="SHOP_LLM names this file"))


def _server(settings: LlmSettings, address: str) -> Engine:
    from assistant.llm.openai_server import OpenAIServerEngine, OpenAIServerSettings  # its client is slow to import

    url, _, model = address.partition("#")
    if not re.match(r"https?://[^/]", url):
        raise SettingError("SHOP_LLM", settings.llm, "openai:http://HOST:PORT#MODEL is expected")
    return OpenAIServerEngine(OpenAIServerSettings(url=url, model=model, key=settings.llm_key))


def _slow() -> str:
    return "" if find_gpu() is not None else "; no NVIDIA GPU was found, so it will be slow"
