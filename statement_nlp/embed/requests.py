"""Run token batches through a compiled model, several at a time, without callbacks."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from statement_nlp.embed.batches import equal_length_batches

if TYPE_CHECKING:
    from openvino import CompiledModel, InferRequest


def run_batches(
    model: CompiledModel, ids: Sequence[Sequence[int]], width: int, budget: int, at_once: int
) -> NDArray[np.float32]:
    """Return one vector for each token list, shape (n, width).

    ``budget`` is the number of tokens in a batch, ``at_once`` the number of batches under way.
    Requests are started and waited for in turn, with no callback into Python: the runtime's threads
    that wait for the interpreter lock can stop a model from ever being released.
    """
    vectors = np.empty((len(ids), width), np.float32)
    free = [model.create_infer_request() for _ in range(at_once)]
    running: deque[tuple[InferRequest, NDArray[np.int64]]] = deque()
    for rows in equal_length_batches([len(item) for item in ids], budget):
        if not free:
            free.append(_finish(running, vectors))
        request = free.pop()
        request.start_async({0: np.array([ids[row] for row in rows], np.int32)})
        running.append((request, rows))
    while running:
        _finish(running, vectors)
    return vectors


def _finish(
    running: deque[tuple[InferRequest, NDArray[np.int64]]], vectors: NDArray[np.float32]
) -> InferRequest:
    request, rows = running.popleft()
    request.wait()
    vectors[rows] = request.get_output_tensor(0).data
    return request
