"""Large blocks of memory go back to the system as soon as they are free."""

from __future__ import annotations

import ctypes
import os
import sys

_MMAP_THRESHOLD = -3
"""``M_MMAP_THRESHOLD`` of glibc's malloc.h."""
_LARGE = 1 << 20
"""Bytes from which a block has a mapping of its own."""
_USERS_OWN = "MALLOC_MMAP_THRESHOLD_"


def return_large_blocks() -> bool:
    """Have the C library of Linux give blocks of a mebibyte or more back when they are freed.

    By itself glibc raises the size up to 32 MiB once such a block is freed; larger ones then come
    from the heap, where small blocks settle between them and keep it from shrinking. It concerns
    the whole process, so that a program calls it and a library does not. mallopt(3) says more.

    Returns:
        Whether it was set; not with another C library, or where the user's environment decides.
    """
    if sys.platform != "linux" or _USERS_OWN in os.environ:
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and mallopt(_MMAP_THRESHOLD, _LARGE) == 1
