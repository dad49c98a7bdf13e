"""Which NVIDIA GPU this machine has, asked of the driver: milliseconds, where importing PyTorch takes seconds."""

from __future__ import annotations

import ctypes
import importlib.metadata
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gpu:
    """The first GPU: its name and its whole memory in bytes."""

    name: str
    memory: int


def find_gpu() -> Gpu | None:
    """Return the first GPU that the driver shows, or None where there is no driver or no GPU."""
    try:
        driver = ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return None
    count, device = ctypes.c_int(), ctypes.c_int()
    name, memory = ctypes.create_string_buffer(128), ctypes.c_size_t()
    failed = (
        driver.cuInit(0)
        or driver.cuDeviceGetCount(ctypes.byref(count))
        or count.value < 1
        or driver.cuDeviceGet(ctypes.byref(device), 0)
        or driver.cuDeviceGetName(name, len(name), device)
        or driver.cuDeviceTotalMem_v2(ctypes.byref(memory), device)
    )
    return None if failed else Gpu(name.value.decode(errors="replace"), memory.value)


def torch_has_cuda() -> bool:
    """Say whether the PyTorch installed was built for CUDA, from its metadata alone."""
    try:
        return "+cpu" not in importlib.metadata.version("torch")
    except importlib.metadata.PackageNotFoundError:
        return False
