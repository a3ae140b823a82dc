from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statement_nlp.segment import split_sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We act. We pay.", ["We act.", "We pay."]),
        (
            "Mr. Oru and Mrs. Tal spoke. St. Vell agreed.",
            ["Mr. Oru and Mrs. Tal spoke.", "St. Vell agreed."],
        ),
        (
            "See paras. 4 and No. 7 of Art. 5. Read on.",
            ["See paras. 4 and No. 7 of Art. 5.", "Read on."],
        ),
        (
            "The U.N. Secretary-General came. We met.",
            ["The U.N. Secretary-General came.", "We met."],
        ),
        ("As J. F. Talo said, it ends. It did.", ["As J. F. Talo said, it ends.", "It did."]),
        ("We wait … and we hope. Yes.", ["We wait … and we hope.", "Yes."]),
        ("They asked: “Why?” We knew.", ["They asked: “Why?”", "We knew."]),
        ("We fund clearance; we train; we report.", ["We fund clearance; we train; we report."]),
        ("12. We propose a fund. It is small.", ["We propose a fund.", "It is small."]),
        ("The road is clear.[1] The next is not.", ["The road is clear.", "The next is not."]),
        ("The road is clear.¹ The next is not.", ["The road is clear.", "The next is not."]),
        ("The road is clear.1 The next is not.", ["The road is clear.", "The next is not."]),
        ("(spoke in Arabic) We thank you.", ["We thank you."]),
        ("(spoke in Arabic)", []),
        ("It covers 4 km² of land. It is wide.", ["It covers 4 km² of land.", "It is wide."]),
        (
            "Under resolution 2365 (2017) we act. So be it.",
            ["Under resolution 2365 (2017) we act.", "So be it."],
        ),
        ("A line\nbroken here. And\nhere.", ["A line\nbroken here.", "And\nhere."]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@given(st.text(alphabet="aB1.?!:;()[]“”\"'\u2019 \n—…²", max_size=200))
def test_ranges_are_ordered_trimmed_and_inside(text: str) -> None:
    position = 0
    for start, end in split_sentences(text):
        assert position <= start < end <= len(text)
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        position = end
