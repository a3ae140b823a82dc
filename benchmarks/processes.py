"""Time a command as a whole process: wall clock, processor time, peak memory."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs


@attrs.frozen
class Cost:
    """What one run took."""

    wall: float
    """Seconds from start to end."""
    cpu: float
    """Seconds of processor time, children included."""
    peak: float
    """Most memory of one process, MiB."""


class RunError(RuntimeError):
    """A timed command failed; its output is in the message."""


def run(command: Sequence[str], extra: Mapping[str, str] | None = None) -> Cost:
    """Run ``command`` once with ``extra`` environment variables.

    Raises:
        RunError: it ended with another code than 0.
    """
    started = time.perf_counter()
    with subprocess.Popen(
        list(command),
        env=os.environ | dict(extra or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RunError(f"{' '.join(command)}:\n{output.decode(errors='replace')[-2000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def machine() -> str:
    """Describe this machine in one line."""
    model, memory = "unknown processor", 0.0
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{cores} cores of {model}, {memory:.0f} GiB; load average at the start {load}"
