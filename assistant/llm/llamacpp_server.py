"""llama.cpp's own server inside this process, as xllamacpp gives it: importing it and setting it up.

Knows llama.cpp's parameters and the OpenMP runtime below it; no requests and no load.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import secrets
from pathlib import Path
from typing import Any

from assistant.errors import ModelUnavailable

SPIN_COUNT = "10000"
"""How often a thread that waits for the others looks again before it sleeps; GNU OpenMP's own default is 30 times that.

Measured on two cores with the 1.5B default, two threads, 50 tokens: quiet 4.6 s (OpenMP's default 4.9 s, 1,000: 5.2 s);
beside a process that keeps one core busy 10.8 s (default 15 to 38 s), since threads that spin keep the one that they
wait for off its core.
"""


def import_xllamacpp() -> Any:
    """Return the module, with the OpenMP runtime that it needs.

    The wheel expects `libgomp.so.1` of the system, which small images lack; PyTorch's wheel carries one.
    """
    limit_spinning()
    try:
        return importlib.import_module("xllamacpp")
    except ImportError as error:
        torch = importlib.util.find_spec("torch")
        bundled = Path(torch.origin or "").parent / "lib" / "libgomp.so.1" if torch else Path()
        if "libgomp" not in str(error) or not bundled.is_file():
            raise ModelUnavailable("llama.cpp", f"xllamacpp cannot be imported ({error}): install it again") from error
        ctypes.CDLL(str(bundled), mode=ctypes.RTLD_GLOBAL)
        return importlib.import_module("xllamacpp")


def limit_spinning() -> None:
    """Have OpenMP's threads spin less, unless the environment says how they wait.

    OpenMP reads this once, when it is loaded: call it before PyTorch is imported, later it changes nothing.
    """
    if "OMP_WAIT_POLICY" not in os.environ:
        os.environ.setdefault("GOMP_SPINCOUNT", SPIN_COUNT)


def load_server(path: Path, threads: int, *, slots: int, context_tokens: int, prefix_cache_mib: int) -> Any:
    """Return a server with the model of a GGUF file, loaded. Takes a second, and Python's lock with it.

    Raises:
        Exception: whatever llama.cpp says of a file that it cannot read.
    """
    llama = import_xllamacpp()
    wanted = llama.CommonParams()
    wanted.model.path = str(path)
    wanted.n_ctx = slots * context_tokens  # llama.cpp divides it among the slots
    wanted.n_parallel = slots
    wanted.n_gpu_layers = 0
    wanted.fit_params = False
    wanted.cache_ram_mib = prefix_cache_mib
    wanted.warmup = False
    wanted.verbosity = 0
    for cpu in (wanted.cpuparams, wanted.cpuparams_batch):
        cpu.n_threads = threads
        cpu.poll = 0  # spinning while waiting starves whatever else the machine does
    # Weights are used as they lie in the file: a second server of the same file shares them, and a load takes one
    # second, not seven, during which the library holds the interpreter's lock and no page would answer.
    wanted.no_extra_bufts = True
    _close_listener(wanted)
    return llama.Server(wanted)


def _close_listener(wanted: Any) -> None:
    # The server listens on a loopback port that we never use and cannot switch off: nobody else may use it either.
    wanted.api_keys = [secrets.token_urlsafe(32)]
    wanted.cors_origins = "http://127.0.0.1"
    wanted.ui = wanted.endpoint_slots = False
    wanted.n_threads_http = 1
