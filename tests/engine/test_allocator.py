"""Large blocks go back to the system."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys

import pytest

BLOCKS = """
import ctypes, sys
from statement_nlp.engine.allocator import return_large_blocks

libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.malloc.argtypes = [ctypes.c_size_t]
libc.free.argtypes = [ctypes.c_void_p]

class Info(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in (
        "arena", "ordblks", "smblks", "hblks", "hblkhd",
        "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost")]

libc.mallinfo2.restype = Info
done = sys.argv[1] == "set" and return_large_blocks()
libc.free(libc.malloc(24 << 20))
before = libc.mallinfo2().hblks
libc.malloc(16 << 20)
print(done, libc.mallinfo2().hblks - before)
"""


def run(how: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", BLOCKS, how],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "mallinfo2"),
    reason="another C library than glibc 2.33 or later",
)
class TestGlibc:
    def test_a_large_block_has_a_mapping_of_its_own_after_another_was_freed(self) -> None:
        assert run("leave") == "False 0"
        assert run("set") == "True 1"

    def test_the_users_environment_decides(self) -> None:
        assert run("set", MALLOC_MMAP_THRESHOLD_="134217728") == "False 0"
