"""Vectors, and findings of statements, kept on disk under the hash of all they depend on.

One SQLite file in write-ahead mode: several processes read and write it at once. A row's key is
the SHA-256 of weights, recipe and text (for findings see ``findings/kept.py``), and carries a
checksum of what is kept, so an entry is either the right one or
none. The file holds no text.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from statement_nlp.embed.options import EmbedError

_LOG = logging.getLogger(__name__)
FILE = "vectors-1.sqlite"
_WAIT = 10.0  # seconds to wait for another process's write
_ASK = 500  # keys asked for in one query; SQLite builds allow at least 999
_LEAVE = 0.8  # share of the bound that eviction leaves, so that it does not run at each write
_SIDE_FILES = ("", "-wal", "-shm", "-journal")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, used INTEGER NOT NULL, sum INTEGER NOT NULL,
    vector BLOB NOT NULL
)
"""


def entry_key(sha256: str, recipe: str, text: str) -> bytes:
    """Return the key of a text's vector: 32 bytes."""
    head = f"{sha256}\n{recipe}\n".encode()
    return hashlib.sha256(head + text.encode("utf-8", "surrogatepass")).digest()


class VectorCache:
    """Reads and writes vectors as bytes; whatever goes wrong becomes a note and a miss.

    Notes are logged as warnings, which reach the user on the error output. They say something of
    this machine and not of the results, so they have no place in the run record.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        self._file = folder / FILE
        self._limit = limit
        self._usable = True
        self.notes: list[str] = []
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            self._give_up(f"vector cache not used: {folder} cannot be made ({error.strerror})")

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the vectors that are there, by key."""
        found: dict[bytes, bytes] = {}
        if not self._usable or not keys or not self._file.exists():
            return found
        try:
            with self._connect() as link:
                stale, broken = self._read(link, keys, found)
                self._touch(link, stale, broken)
        except sqlite3.Error as error:
            self._handle(error)
        return found

    def put(self, entries: Mapping[bytes, bytes]) -> None:
        """Keep vectors by key, then drop those used longest ago if the file is over its bound."""
        if not self._usable or not entries:
            return
        today = _today()
        rows = [(key, today, _checksum(key, vector), vector) for key, vector in entries.items()]
        try:
            with self._connect() as link:
                link.execute("BEGIN IMMEDIATE")
                link.executemany(
                    "INSERT OR REPLACE INTO vectors (key, used, sum, vector) VALUES (?, ?, ?, ?)",
                    rows,
                )
                self._evict(link)
                link.execute("COMMIT")
        except sqlite3.Error as error:
            self._handle(error)

    def _read(
        self, link: sqlite3.Connection, keys: Sequence[bytes], found: dict[bytes, bytes]
    ) -> tuple[list[int], list[int]]:
        stale: list[int] = []
        broken: list[int] = []
        today = _today()
        for start in range(0, len(keys), _ASK):
            part = keys[start : start + _ASK]
            marks = ",".join("?" * len(part))
            query = f"SELECT id, key, used, sum, vector FROM vectors WHERE key IN ({marks})"
            for row, key, used, total, vector in link.execute(query, part):
                if not isinstance(vector, bytes) or total != _checksum(key, vector):
                    broken.append(row)
                    continue
                found[key] = vector
                if used != today:
                    stale.append(row)
        return stale, broken

    def _touch(self, link: sqlite3.Connection, stale: list[int], broken: list[int]) -> None:
        """Note that entries were used, once a day, and remove those that fail their checksum."""
        if broken:
            self._note(f"vector cache: {len(broken)} damaged entries dropped")
        if not stale and not broken:
            return
        link.execute("BEGIN IMMEDIATE")
        today = _today()
        link.executemany("UPDATE vectors SET used = ? WHERE id = ?", [(today, i) for i in stale])
        link.executemany("DELETE FROM vectors WHERE id = ?", [(i,) for i in broken])
        link.execute("COMMIT")

    def _evict(self, link: sqlite3.Connection) -> None:
        size = _pragma(link, "page_size")
        in_use = (_pragma(link, "page_count") - _pragma(link, "freelist_count")) * size
        if in_use <= self._limit:
            return
        count = int(link.execute("SELECT count(*) FROM vectors").fetchone()[0])
        drop = count - int(count * self._limit * _LEAVE / in_use)
        link.execute(
            "DELETE FROM vectors WHERE id IN (SELECT id FROM vectors ORDER BY used, id LIMIT ?)",
            (drop,),
        )

    @contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        # A connection for each call: encoders may be used from several threads and after a fork.
        link = sqlite3.connect(self._file, timeout=_WAIT, isolation_level=None)
        try:
            link.execute("PRAGMA journal_mode = WAL")
            link.execute("PRAGMA synchronous = NORMAL")
            link.execute(_SCHEMA)
            yield link
        finally:
            link.close()

    def _handle(self, error: sqlite3.Error) -> None:
        if isinstance(error, sqlite3.OperationalError):  # locked, full, read-only
            self._give_up(f"vector cache not used: {self._file}: {error}")
            return
        self._note(f"vector cache discarded, its file was damaged: {self._file}: {error}")
        try:
            _remove(self._file)
        except OSError as failure:
            self._give_up(f"vector cache not used: {self._file}: {failure.strerror}")

    def _give_up(self, note: str) -> None:
        self._usable = False
        self._note(note)

    def _note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)
            _LOG.warning("statement-nlp: %s", note)


def purge_folder(folder: Path) -> int:
    """Delete the cache in ``folder`` and return how many bytes that freed.

    Raises:
        EmbedError: the files cannot be deleted.
    """
    freed = 0
    try:
        freed = _remove(folder / FILE)
        for record in folder.glob("weights-*.json"):
            freed += record.stat().st_size
            record.unlink(missing_ok=True)
    except OSError as error:
        raise EmbedError(
            f"vector cache in {folder} cannot be deleted ({error.strerror}); "
            "end other runs that use it and try again"
        ) from error
    return freed


def _remove(file: Path) -> int:
    freed = 0
    for suffix in _SIDE_FILES:
        part = file.with_name(file.name + suffix)
        if part.exists():
            freed += part.stat().st_size
            part.unlink(missing_ok=True)
    return freed


def _checksum(key: bytes, vector: bytes) -> int:
    return zlib.crc32(vector, zlib.crc32(key))


def _pragma(link: sqlite3.Connection, name: str) -> int:
    return int(link.execute(f"PRAGMA {name}").fetchone()[0])


def _today() -> int:
    return int(time.time() // 86400)
