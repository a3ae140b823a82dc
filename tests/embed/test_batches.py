from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from statement_nlp.embed.batches import equal_length_batches


@given(lengths=st.lists(st.integers(1, 300), max_size=80), budget=st.integers(1, 2000))
def test_each_text_once_in_batches_of_one_length_within_the_budget(
    lengths: list[int], budget: int
) -> None:
    batches = [rows.tolist() for rows in equal_length_batches(lengths, budget)]
    assert sorted(row for rows in batches for row in rows) == list(range(len(lengths)))
    for rows in batches:
        assert len({lengths[row] for row in rows}) == 1
        assert len(rows) == 1 or sum(lengths[row] for row in rows) <= budget
    longest_first = [lengths[rows[0]] for rows in batches]
    assert longest_first == sorted(longest_first, reverse=True)
