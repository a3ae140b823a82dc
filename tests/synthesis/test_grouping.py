"""Grouping: invariants, and a case that must come out right."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from statement_nlp.embed import Encoder
from statement_nlp.synthesis.asks import KnownAsks, Recognizer, examples
from statement_nlp.synthesis.features import Asked, AskedTable, describe, together
from statement_nlp.synthesis.grouping import average_linkage, group, join
from statement_nlp.synthesis.lexicon import table
from statement_nlp.synthesis.pairs import PairModel, candidates


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, np.ndarray, np.ndarray]:
    count = draw(st.integers(1, 12))
    every = [(i, j) for i in range(count) for j in range(i + 1, count)]
    pairs = draw(st.lists(st.sampled_from(every), unique=True)) if every else []
    likeness = draw(st.lists(st.floats(0, 1), min_size=len(pairs), max_size=len(pairs)))
    return count, np.array(pairs, dtype=np.int32).reshape(-1, 2), np.array(likeness)


@given(graphs(), st.floats(0.1, 0.9))
def test_linkage_puts_every_row_into_one_group(
    graph: tuple[int, np.ndarray, np.ndarray], merge_from: float
) -> None:
    count, pairs, likeness = graph
    groups = average_linkage(count, pairs, likeness, merge_from)
    assert sorted(row for rows in groups for row in rows) == list(range(count))


@given(graphs(), st.floats(0.1, 0.9))
def test_no_two_groups_are_left_that_should_merge(
    graph: tuple[int, np.ndarray, np.ndarray], merge_from: float
) -> None:
    count, pairs, likeness = graph
    matrix = np.zeros((count, count))
    matrix[pairs[:, 0], pairs[:, 1]] = likeness
    matrix += matrix.T
    groups = average_linkage(count, pairs, likeness, merge_from)
    for n, left in enumerate(groups):
        for right in groups[n + 1 :]:
            mean = matrix[np.ix_(left, right)].mean()
            assert mean < merge_from + 1e-6


def test_candidates_are_bounded_and_hold_the_nearest() -> None:
    draw = np.random.default_rng(7)
    vectors = draw.normal(size=(500, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    recognizer = Recognizer(vectors[: len(examples()[0])], None)
    pairs = candidates(describe([Asked(f"thing {n}") for n in range(500)], vectors, recognizer))
    assert (pairs[:, 0] < pairs[:, 1]).all()
    assert len(pairs) <= 500 * 120
    near = vectors @ vectors.T
    np.fill_diagonal(near, -1)
    held = {tuple(pair) for pair in pairs.tolist()}
    assert all((min(i, j), max(i, j)) in held for i, j in enumerate(near.argmax(axis=1).tolist()))


def test_different_words_for_the_same_ask_come_together(encoder: Encoder) -> None:
    texts = [
        "Every truce should name the day on which the charts of the minefields are surrendered.",
        "Ceasefire agreements must provide for the exchange of mine maps.",
        "Troop contributors should train their contingents against roadside bombs before they fly.",
        "No battalion may be deployed that has not passed a course on improvised devices.",
        "Survivors should sit on the boards that spend the money.",
    ]
    asked = [Asked(text, speaker=str(n)) for n, text in enumerate(texts)]
    recognizer = Recognizer.load(encoder)
    described = describe(asked, encoder.encode(texts), recognizer)
    assert group(described, PairModel.load(known=True)) == [(0, 1), (2, 3), (4,)]
    plain = describe(asked, encoder.encode(texts), Recognizer(recognizer.vectors, None))
    assert group(plain, PairModel.load(known=False)) == [(0, 1), (2, 3), (4,)]


def test_no_proposal_and_one_proposal(encoder: Encoder) -> None:
    texts = ["Donors should give."]
    one = describe([Asked(texts[0])], encoder.encode(texts), Recognizer.load(encoder))
    assert group(one, PairModel.load(known=True)) == [(0,)]


def test_the_model_of_known_asks_is_used_with_its_own_encoder_only(encoder: Encoder) -> None:
    assert KnownAsks.shipped(encoder.sha256) is not None
    assert KnownAsks.shipped("another encoder") is None


def test_probabilities_of_asks_are_shares(encoder: Encoder) -> None:
    texts = ["Donors should give for three years at a time.", "The harbour wants a crane."]
    table = describe([Asked(t) for t in texts], encoder.encode(texts), Recognizer.load(encoder))
    assert np.allclose(table.usual.sum(axis=1), 1.0, atol=1e-5)
    assert (table.known.sum(axis=1) <= 1.0 + 1e-5).all()
    assert table.known[0].max() > table.known[1].max()


def test_a_point_of_many_founders_is_joined_as_one_of_few_is(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    founders = ["Survivors should sit on the boards that spend the money."] * 20
    rest = [
        "Survivors must have seats on the boards that spend the money.",
        "Ceasefire agreements must provide for the exchange of mine maps.",
    ]
    asked = [Asked(text, speaker=str(n)) for n, text in enumerate([*founders, *rest])]
    recognizer = Recognizer.load(encoder)
    described = describe(asked, encoder.encode([one.clause for one in asked]), recognizer)
    # Far fewer neighbours are looked at than founders are there.
    monkeypatch.setitem(table("limits")["grouping"], "neighbours", 2)
    model = PairModel.load(known=True)
    for borderline in (False, True):
        joined = join([tuple(range(20))], described, model, 20, np.array([borderline] * 2))
        assert joined == {0: [0]}


def test_a_row_is_judged_by_itself_whatever_stands_beside_it(encoder: Encoder) -> None:
    known = [
        "Survivors should sit on the boards that spend the money.",
        "Ceasefire agreements must provide for the exchange of mine maps.",
    ]
    rest = [
        "Survivors must have seats on the boards that spend the money.",
        "The maps of minefields should be exchanged under every ceasefire.",
        "Donors should pay for several years at once.",
    ]
    recognizer, model = Recognizer.load(encoder), PairModel.load(known=True)

    def described(texts: list[str]) -> tuple[list[Asked], AskedTable]:
        asked = [Asked(text) for text in texts]
        return asked, describe(asked, encoder.encode(texts), recognizer)

    def joining(texts: list[str]) -> dict[str, int]:
        first, second = described(known), described(texts)
        both = together(first[1], first[0], second[1], second[0])
        found = join([(0,), (1,)], both, model, 2, np.zeros(len(texts), dtype=np.bool_))
        return {texts[row]: number for number, rows in found.items() for row in rows}

    alone = {text: number for text in rest for number in joining([text]).values()}
    assert joining(rest) == alone
    assert set(alone.values()) == {0, 1}
