"""Sequences and vectors of a run that are kept on disk, so that a corpus need not fit in memory."""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

Item = TypeVar("Item")
_BUFFER = 1 << 20
"""Bytes written, or read in order, at a time."""


class DiskList(Sequence[Item], Generic[Item]):
    """Items in order in one file; memory holds where each begins, eight bytes an item.

    The file belongs to the run that writes it, in a folder of its own that goes with the run, so
    that what is read back is what was put in. Items come back as equal copies.
    """

    def __init__(
        self,
        path: Path,
        dumps: Callable[[Item], bytes] = pickle.dumps,
        loads: Callable[[bytes], Item] = pickle.loads,
    ) -> None:
        self._out = path.open("wb", buffering=_BUFFER)
        self._in = path.open("rb", buffering=0)
        self._lock = Lock()
        self._dumps = dumps
        self._loads = loads
        self._ends = array("Q", [0])

    @classmethod
    def of_texts(cls, path: Path) -> DiskList[str]:
        """Return an empty list of texts; lone surrogates are kept as they are."""
        return DiskList(
            path,
            lambda text: text.encode("utf-8", "surrogatepass"),
            lambda raw: raw.decode("utf-8", "surrogatepass"),
        )

    def extend(self, items: Iterable[Item]) -> None:
        """Put ``items`` at the end."""
        for item in items:
            raw = self._dumps(item)
            self._out.write(raw)
            self._ends.append(self._ends[-1] + len(raw))

    def close(self) -> None:
        """Let go of the file; nothing can be read any more."""
        self._out.close()
        self._in.close()

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> list[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | list[Item]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        number = index % len(self)
        return self._loads(self._read(number, number + 1))

    def __iter__(self) -> Iterator[Item]:
        number, count = 0, len(self)
        while number < count:
            start = self._ends[number]
            last = number + 1
            while last < count and self._ends[last + 1] - start <= _BUFFER:
                last += 1
            raw = self._read(number, last)
            for at in range(number, last):
                yield self._loads(raw[self._ends[at] - start : self._ends[at + 1] - start])
            number = last

    def _read(self, first: int, last: int) -> bytes:
        """Return the bytes of the items from ``first`` up to ``last``."""
        start, end = self._ends[first], self._ends[last]
        with self._lock:  # one place in the file for all threads
            self._out.flush()
            self._in.seek(start)
            found: bytes = self._in.read(end - start)
        return found


class Chosen(Sequence[Item], Generic[Item]):
    """Some items of a sequence, by their numbers; each is looked up when asked for."""

    def __init__(self, items: Sequence[Item], numbers: NDArray[np.int64]) -> None:
        self._items = items
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Chosen[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Chosen[Item]:
        if isinstance(index, slice):
            return Chosen(self._items, self._numbers[index])
        return self._items[int(self._numbers[index])]


class DiskVectors:
    """Vectors of half precision in one file, written in order and read by row.

    Rows asked for are copied and the file is let go of again: what is mapped of it would count as
    memory of the process.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("wb", buffering=_BUFFER)
        self.shape = (0, 0)

    def extend(self, vectors: NDArray[np.floating]) -> None:
        """Put rows at the end; shape (rows, dimensions)."""
        if len(vectors):
            self._file.write(np.ascontiguousarray(vectors, dtype=np.float16).tobytes())
            self.shape = (self.shape[0] + len(vectors), vectors.shape[1])

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, rows: Any) -> NDArray[np.float16]:  # noqa: ANN401 - as an array takes
        if not len(self):
            return np.asarray(np.zeros(self.shape, dtype=np.float16)[rows])
        self._file.flush()
        mapped = np.memmap(self._path, dtype=np.float16, mode="r", shape=self.shape)
        found: NDArray[np.float16] = np.array(mapped[rows])
        return found

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
