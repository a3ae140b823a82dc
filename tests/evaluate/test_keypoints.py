"""B-cubed scores of groupings."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statement_nlp.embed import EncoderOptions, load_encoder
from statement_nlp.evaluate.gold import GoldError
from statement_nlp.evaluate.keypoints import b_cubed, load_groups, score_shipped


def test_the_scores_of_a_worked_example() -> None:
    gold = [[1, 2, 3], [4, 5]]
    found = [[1, 2], [3, 4, 5]]
    scores = b_cubed(found, gold)
    # Precision: 1, 1, 1/3, 2/3, 2/3; recall: 2/3, 2/3, 1/3, 1, 1.
    assert scores.precision == pytest.approx(11 / 15)
    assert scores.recall == pytest.approx(11 / 15)
    assert scores.items == 5


@st.composite
def groupings(draw: st.DrawFn) -> list[list[int]]:
    labels = draw(st.lists(st.integers(0, 5), min_size=1, max_size=20))
    return [[n for n, x in enumerate(labels) if x == label] for label in sorted(set(labels))]


@given(groupings())
def test_a_grouping_agrees_with_itself(gold: list[list[int]]) -> None:
    assert b_cubed(gold, gold).f1 == pytest.approx(1.0)


@given(groupings())
def test_singletons_are_precise_and_one_group_recalls_all(gold: list[list[int]]) -> None:
    items = sorted(n for one in gold for n in one)
    assert b_cubed([[n] for n in items], gold).precision == 1.0
    assert b_cubed([items], gold).recall == 1.0


def test_items_must_stand_in_both_groupings_once() -> None:
    with pytest.raises(ValueError, match="only one of the two"):
        b_cubed([[1]], [[1, 2]])
    with pytest.raises(ValueError, match="two found groups"):
        b_cubed([[1], [1]], [[1]])


def test_the_shipped_grouping_keeps_its_quality(root: Path) -> None:
    scores = score_shipped(root, load_encoder(EncoderOptions(cache=None, threads=1)))
    everything = scores["with those trained on"]
    assert everything.items >= 200
    assert everything.f1 >= 0.75
    assert scores["test"].f1 >= 0.75


def test_gold_groups_are_loaded_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "groups.jsonl"
    path.write_text('{"group": "a", "ids": ["x", "y"]}\n{"group": "b", "ids": ["z"]}\n')
    assert load_groups(path) == {"a": ("x", "y"), "b": ("z",)}
    path.write_text('{"group": "a", "ids": ["x"]}\n{"group": "b", "ids": ["x"]}\n')
    with pytest.raises(GoldError, match=r"groups\.jsonl:2: 'x' already stands in line 1"):
        load_groups(path)
    path.write_text('{"group": "a"}\n')
    with pytest.raises(GoldError, match=":1: is not an object"):
        load_groups(path)
