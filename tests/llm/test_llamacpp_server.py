"""How OpenMP's threads wait: less spinning, unless the environment says otherwise."""

from __future__ import annotations

import os

import pytest

from assistant.llm.llamacpp import LlamaCppEngine, LlamaCppSettings
from assistant.llm.llamacpp_server import SPIN_COUNT, limit_spinning


@pytest.fixture(autouse=True)
def unset(monkeypatch):
    # Set first, so that what the code under test sets is taken back afterwards.
    for name in ("GOMP_SPINCOUNT", "OMP_WAIT_POLICY"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


def test_spinning_is_limited_before_anything_is_loaded(tmp_path):
    LlamaCppEngine(LlamaCppSettings(path=tmp_path / "any.gguf"))
    assert os.environ["GOMP_SPINCOUNT"] == SPIN_COUNT


@pytest.mark.parametrize(("name", "value"), [("GOMP_SPINCOUNT", "77"), ("OMP_WAIT_POLICY", "active")])
def test_what_the_environment_says_is_kept(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    limit_spinning()
    assert os.environ[name] == value
    assert os.environ.get("GOMP_SPINCOUNT") == (value if name == "GOMP_SPINCOUNT" else None)
