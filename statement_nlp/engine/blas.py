"""Matrix products on one thread: with more of them, sums are added in another order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController


@contextmanager
def one_thread() -> Iterator[None]:
    """Let numpy multiply on one thread, so that bytes do not depend on how many there are.

    The matrices of the stages that use it are small: a second thread costs them more than it gives.
    """
    with _libraries().limit(limits=1, user_api="blas"):
        yield


@cache
def _libraries() -> ThreadpoolController:
    import numpy as np  # noqa: F401 - its library has to be there to be found
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
