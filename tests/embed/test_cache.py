from __future__ import annotations

import multiprocessing
import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from statement_nlp.embed import EncoderOptions, load_encoder, purge
from statement_nlp.embed.cache import FILE, VectorCache, entry_key

LIMIT = 1 << 26


def entries(first: int, count: int, size: int = 768) -> dict[bytes, bytes]:
    return {
        entry_key("model", "recipe", str(i)): (b"%08d" % i) * (size // 8)
        for i in range(first, first + count)
    }


def write(folder: Path, first: int) -> None:
    cache = VectorCache(folder, LIMIT)
    for start in range(first, first + 1000, 100):
        cache.put(entries(start, 100))
    if cache.notes:
        raise SystemExit(1)


@given(st.text(), st.text())
def test_keys_differ_where_texts_differ(one: str, other: str) -> None:
    assert (entry_key("m", "r", one) == entry_key("m", "r", other)) is (one == other)


def test_keys_differ_where_models_or_recipes_differ() -> None:
    assert len({entry_key(m, r, "text") for m in "ab" for r in "cd"}) == 4


def test_what_was_put_is_got(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path, LIMIT)
    stored = entries(0, 1500)
    assert cache.get(list(stored)) == {}
    cache.put(stored)
    assert VectorCache(tmp_path, LIMIT).get([*stored, b"0" * 32]) == stored
    assert cache.notes == []


def test_two_processes_write_at_once_and_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write, args=(tmp_path, first)) for first in (0, 500)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    stored = entries(0, 1500)
    assert VectorCache(tmp_path, LIMIT).get(list(stored)) == stored


def test_size_stays_bounded_and_what_was_used_longest_ago_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = 1 << 20
    cache = VectorCache(tmp_path, limit)
    day = 100
    monkeypatch.setattr("statement_nlp.embed.cache._today", lambda: day)
    loved = entries(0, 50)
    cache.put(loved)
    for day in range(101, 121):
        cache.put(entries(1000 * day, 200))
        assert cache.get(list(loved)) == loved
    assert (tmp_path / FILE).stat().st_size < 1.5 * limit
    assert cache.get(list(entries(101_000, 200))) == {}
    recent = entries(120_000, 200)
    assert cache.get(list(recent)) == recent


@pytest.mark.parametrize(
    "damage", [b"not a database at all" * 300, b"SQLite format 3\0" + b"x" * 9]
)
def test_damaged_file_is_discarded_with_a_note(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / FILE).write_bytes(damage)
    cache = VectorCache(tmp_path, LIMIT)
    stored = entries(0, 3)
    assert cache.get(list(stored)) == {}
    cache.put(stored)
    assert cache.get(list(stored)) == stored
    assert len(cache.notes) == 1
    assert "damaged" in cache.notes[0]


def test_a_note_reaches_the_user_of_a_program_on_the_error_output(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database at all" * 300)
    program = (
        "import sys; from pathlib import Path; from statement_nlp.embed.cache import VectorCache;"
        "VectorCache(Path(sys.argv[1]), 1 << 30).get([b'key'])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert ended.stdout == ""
    assert ended.stderr.startswith("statement-nlp: vector cache discarded")
    assert ended.stderr.count("\n") == 1


def test_damaged_entry_is_a_miss(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path, LIMIT)
    stored = entries(0, 3)
    cache.put(stored)
    key = next(iter(stored))
    with sqlite3.connect(tmp_path / FILE) as link:
        link.execute("UPDATE vectors SET vector = zeroblob(768) WHERE key = ?", (key,))
    link.close()
    assert cache.get(list(stored)) == {k: v for k, v in stored.items() if k != key}
    assert cache.notes == ["vector cache: 1 damaged entries dropped"]


def test_folder_that_cannot_be_made_costs_only_a_note(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    cache = VectorCache(tmp_path / "file" / "folder", LIMIT)
    cache.put(entries(0, 1))
    assert cache.get(list(entries(0, 1))) == {}
    assert "not used" in cache.notes[0]


def test_encoder_gives_the_same_bytes_with_and_without_cache(
    tmp_path: Path, sentences: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    options = EncoderOptions(cache=tmp_path, threads=1, precision="f32")
    plain = load_encoder(EncoderOptions(cache=None, threads=1, precision="f32")).encode(sentences)
    half = load_encoder(options)
    half.encode(sentences[::2])
    assert np.array_equal(half.encode(sentences), plain)

    def fail(*_: object) -> None:
        raise AssertionError("computed although cached")

    monkeypatch.setattr("statement_nlp.embed.openvino_bert.OpenVinoBert.compute", fail)
    assert np.array_equal(load_encoder(options).encode(sentences), plain)
    with pytest.raises(AssertionError):  # another precision never finds these entries
        load_encoder(EncoderOptions(cache=tmp_path, threads=1, precision="int8")).encode(sentences)


def test_purge_removes_everything(tmp_path: Path) -> None:
    assert purge(tmp_path) == 0
    VectorCache(tmp_path, LIMIT).put(entries(0, 10))
    (tmp_path / "weights-0.json").write_text("{}", encoding="utf-8")
    assert purge(tmp_path) > 7680
    assert list(tmp_path.iterdir()) == []
