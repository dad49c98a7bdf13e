"""Choosing an engine: nothing is loaded, and each choice says why."""

from __future__ import annotations

import subprocess
import sys

import pytest

from assistant.errors import SettingError
from assistant.llm import choose as chooser
from assistant.llm.choose import LlmSettings, choose
from assistant.llm.gpu import Gpu
from assistant.llm.weights import CHAT_MODELS, DEFAULT


@pytest.fixture
def settings(tmp_path):
    return lambda llm="auto", **more: LlmSettings(weights=tmp_path, llm=llm, **more)


@pytest.fixture
def gpu(monkeypatch):
    def install(gib: int, *, hub: bool, cuda: bool = True):
        monkeypatch.setattr(chooser, "find_gpu", lambda: Gpu("NVIDIA Toy", gib << 30))
        monkeypatch.setattr(chooser, "hub_has", lambda model: hub)
        monkeypatch.setattr(chooser, "torch_has_cuda", lambda: cuda)

    return install


@pytest.fixture
def no_gpu(monkeypatch):
    monkeypatch.setattr(chooser, "find_gpu", lambda: None)


def test_without_a_gpu_the_packaged_default_runs_in_llama_cpp(settings, no_gpu):
    info = choose(settings()).info
    assert (info.engine, info.model) == ("llamacpp", DEFAULT)
    assert "no NVIDIA GPU" in info.reason


@pytest.mark.parametrize(("gib", "model"), [(80, "Qwen/Qwen3-4B-Instruct-2507"), (4, "Qwen/Qwen3-1.7B")])
def test_with_a_gpu_the_best_hub_model_that_fits_is_taken(settings, gpu, gib, model):
    gpu(gib, hub=True)
    info = choose(settings()).info
    assert (info.engine, info.model) == ("transformers", model)
    assert "NVIDIA Toy" in info.reason


def test_with_a_gpu_and_no_hub_the_packaged_file_runs_in_transformers(settings, gpu):
    gpu(80, hub=False)
    info = choose(settings()).info
    assert (info.engine, info.model) == ("transformers", DEFAULT)
    assert "no model hub answers" in info.reason


def test_a_gpu_that_pytorch_cannot_use_is_said(settings, gpu):
    gpu(80, hub=True, cuda=False)
    info = choose(settings()).info
    assert info.engine == "llamacpp"
    assert "CPU only" in info.reason


@pytest.mark.parametrize("name", sorted(CHAT_MODELS))
def test_packaged_models_are_chosen_by_name(settings, name):
    assert choose(settings(name)).info.model == name


def test_a_file_a_folder_a_hub_name_and_a_server(settings, no_gpu, tmp_path):
    file = tmp_path / "own.gguf"
    file.write_bytes(b"GGUF")
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    kinds = {
        str(file): "llamacpp",
        str(folder): "transformers",
        "some/model": "transformers",
        "openai:http://localhost:1/#m": "openai",
    }
    assert {llm: choose(settings(llm)).info.engine for llm in kinds} == kinds


@pytest.mark.parametrize("llm", ["/no/such.gguf", "gpt", "openai:localhost", "openai:", "a/b/c"])
def test_what_it_cannot_be_is_said(settings, llm):
    with pytest.raises(SettingError, match="SHOP_LLM"):
        choose(settings(llm))


def test_choosing_imports_nothing_heavy():
    code = (
        "import sys, pathlib; from assistant.llm.choose import *; choose(LlmSettings(weights=pathlib.Path('.')));"
        "assert not {'torch', 'transformers', 'xllamacpp', 'openai'} & set(sys.modules), 'heavy'"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
