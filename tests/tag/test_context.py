import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from statement_nlp.tag.context import ContextHead, neighbour

WIDTH, LABELS = 6, 3


def _head(seed: int = 0) -> ContextHead:
    draw = np.random.default_rng(seed)
    weights = draw.standard_normal((4 * WIDTH, LABELS)).astype(np.float32)
    return ContextHead(weights, draw.standard_normal(LABELS).astype(np.float32))


def _vectors(count: int, seed: int = 1) -> np.ndarray:
    rows = np.random.default_rng(seed).standard_normal((count, WIDTH))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def _plainly(head: ContextHead, vectors: np.ndarray, statement: np.ndarray) -> np.ndarray:
    """The same head written out sentence by sentence."""
    found = []
    for row in range(len(vectors)):

        def at(offset: int, row: int = row) -> np.ndarray:
            other = row + offset
            inside = 0 <= other < len(vectors) and statement[other] == statement[row]
            return vectors[other] if inside else np.zeros(WIDTH)

        around = (at(-2) + at(-1) + at(1) + at(2)) / 4
        seen = np.concatenate([vectors[row], at(-1), at(1), around]) * ContextHead.length
        found.append(seen @ head.weights + head.bias)
    return np.array(found)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=6))
@settings(max_examples=30, deadline=None)
def test_sees_the_sentence_and_its_neighbours_within_the_statement(lengths):
    statement = np.repeat(np.arange(len(lengths)), lengths)
    vectors = _vectors(len(statement))
    head = _head()
    np.testing.assert_allclose(
        head.logits(vectors, statement), _plainly(head, vectors, statement), rtol=1e-3, atol=1e-3
    )


def test_a_statement_is_read_alike_in_any_company():
    head, vectors = _head(), _vectors(9)
    statement = np.array([0, 0, 0, 1, 1, 1, 1, 2, 2])
    together = head.logits(vectors, statement)
    alone = head.logits(vectors[3:7], statement[3:7])
    np.testing.assert_allclose(together[3:7], alone, rtol=1e-5, atol=1e-5)


def test_neighbours_never_cross_a_statement():
    statement = np.array([4, 4, 7, 7, 7])
    assert neighbour(statement, -1).tolist() == [-1, 0, -1, 2, 3]
    assert neighbour(statement, 2).tolist() == [-1, -1, 4, -1, -1]
