"""Weights of a model file, read one at a time: a graph is built without holding them twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


class StoredWeights(Mapping[str, NDArray[np.float32]]):
    """The tensors of a safetensors file by name, as float32."""

    def __init__(self, path: Path) -> None:
        """Open ``path``.

        Raises:
            SafetensorError: the file is damaged.
            OSError: the file cannot be read.
        """
        from safetensors import safe_open

        opened: Any = safe_open(str(path), framework="np")
        self._file = opened
        self._names = tuple(opened.keys())

    def __getitem__(self, name: str) -> NDArray[np.float32]:
        if name not in self._names:
            raise KeyError(name)
        return np.asarray(self._file.get_tensor(name), np.float32)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
