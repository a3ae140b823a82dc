"""What is kept on disk comes back as it was put in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from statement_nlp.corpus.draw import drawn_statements
from statement_nlp.corpus.on_disk import Chosen, DiskList, DiskVectors
from statement_nlp.corpus.spoken import RowOf


@given(st.lists(st.lists(st.text(st.characters(), max_size=40), max_size=6), max_size=6))
def test_texts_come_back_in_order_however_they_were_added(tmp_path_factory, parts) -> None:
    kept = DiskList.of_texts(tmp_path_factory.mktemp("kept") / "texts")
    for part in parts:
        kept.extend(part)
        assert len(kept) == 0 or kept[-1] == list(kept)[-1]
    expected = [text for part in parts for text in part]
    assert list(kept) == expected
    assert [kept[n] for n in range(len(kept))] == expected
    assert kept[1:3] == expected[1:3]


def test_a_long_text_is_read_whole_when_run_through(tmp_path: Path) -> None:
    kept = DiskList.of_texts(tmp_path / "texts")
    long = "a" * (3 << 20)
    kept.extend(["first", long, "", "last"])
    assert list(kept) == ["first", long, "", "last"]
    with pytest.raises(IndexError):
        kept[4]


def test_a_choice_looks_up_what_it_chose(tmp_path: Path) -> None:
    kept: DiskList[tuple[str, int]] = DiskList(tmp_path / "pairs")
    kept.extend([("a", 1), ("b", 2), ("c", 3)])
    chosen = Chosen(kept, np.array([2, 0]))
    assert list(chosen) == [("c", 3), ("a", 1)]
    assert list(chosen[1:]) == [("a", 1)]


def test_vectors_are_read_by_row_rows_and_mask(tmp_path: Path) -> None:
    rows = np.arange(24, dtype=np.float32).reshape(6, 4)
    kept = DiskVectors(tmp_path / "vectors")
    kept.extend(rows[:2])
    kept.extend(rows[:0])
    kept.extend(rows[2:])
    assert kept.shape == (6, 4)
    assert (kept[3] == rows[3]).all()
    assert (kept[[5, 0]] == rows[[5, 0]]).all()
    assert (kept[np.arange(6) % 2 == 0] == rows[::2]).all()
    found = kept[np.array([1])]
    found[:] = 0  # a copy: what is on disk stays
    assert (kept[1] == rows[1]).all()


def test_no_vectors_have_no_rows(tmp_path: Path) -> None:
    assert DiskVectors(tmp_path / "vectors").shape == (0, 0)


@given(st.lists(st.text("ab", max_size=3), max_size=12), st.text("ab", max_size=3))
def test_the_row_of_an_id_is_that_of_a_dictionary(ids: list[str], wanted: str) -> None:
    expected = {passage_id: row for row, passage_id in enumerate(ids)}
    assert RowOf(ids).get(wanted) == expected.get(wanted)


def test_statements_are_drawn_by_their_ids_until_enough() -> None:
    sizes = np.array([5, 1, 4, 2])
    assert drawn_statements(["d", "a", "c", "b"], sizes, 3).tolist() == [False, True, False, True]
    assert drawn_statements(["d", "a", "c", "b"], sizes, 4).tolist() == [False, True, True, True]
    assert drawn_statements(["d", "a", "c", "b"], sizes, 99).all()
