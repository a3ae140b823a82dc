"""What this machine's processor can do, told without importing a numeric runtime."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import sys
from functools import cache
from pathlib import Path


def thread_count(threads: int | None) -> int:
    """Return ``threads``, or the number of processors that this process may use."""
    if threads is not None:
        return threads
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


@cache
def _features() -> tuple[str, frozenset[str]]:
    model, flags = platform.processor() or platform.machine(), frozenset[str]()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return model, flags
    for line in lines:
        key, _, value = line.partition(":")
        if key.strip() == "model name":
            model = value.strip()
        elif key.strip() in {"flags", "Features"} and not flags:
            flags = frozenset(value.split())
    return model, flags


def has_bf16() -> bool:
    """Say whether the processor multiplies bf16 matrices itself (x86 under Linux)."""
    _, flags = _features()
    return bool(flags & {"avx512_bf16", "amx_bf16"})


def has_int8() -> bool:
    """Say whether the processor multiplies 8-bit matrices itself (x86 under Linux)."""
    _, flags = _features()
    return bool(flags & {"avx512_vnni", "avx_vnni", "amx_int8"})


def fingerprint() -> str:
    """Return a short hash of the processor's kind: other kernels may round otherwise."""
    model, flags = _features()
    text = " ".join([platform.machine(), model, *sorted(flags)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def may_have_gpu() -> bool:
    """Say whether it is worth importing PyTorch to look for a GPU."""
    if sys.platform == "darwin":
        return platform.machine() == "arm64"
    devices = Path("/dev")
    return (
        any(devices.glob("nvidia[0-9]*"))
        or (devices / "kfd").exists()
        or shutil.which("nvidia-smi") is not None
    )
