"""The shipped tagger, through its public interface."""

from __future__ import annotations

import numpy as np
import pytest

from statement_nlp.embed import EncoderOptions, load_encoder, load_tuned
from statement_nlp.framework import load_framework
from statement_nlp.model import Scheme, Voice
from statement_nlp.tag import load_tagger
from statement_nlp.tag.head import HeadError, head_bytes, load_head, save_head

TEXTS = [
    "Madam President, I thank you for convening this meeting.",
    "Last year mines and shells left in the fields killed 214 people in our northern valleys.",
    "We shall pay 3 million euros into the voluntary trust fund for assistance in mine action.",
    "The Council should write mine clearance into the mandates of its missions.",
    "Our national mine action authority keeps the register of all hazardous areas.",
    "Harvests failed twice, and the price of bread has doubled.",
]


@pytest.fixture(scope="module")
def tagger():
    options = EncoderOptions(cache=None)
    encoder = load_encoder(options)
    return load_tagger(load_framework(), encoder, load_tuned(options)), encoder


def _tag(tagger, texts, statement=None):
    found, encoder = tagger
    numbers = np.zeros(len(texts), np.int64) if statement is None else np.array(statement)
    return found.tag_sentences(texts, encoder.encode(texts), numbers)


def _labels(table, scheme, row):
    tags = table.of(scheme)
    return {label for label, given in zip(tags.labels, tags.assigned[row], strict=True) if given}


def test_plain_sentences_get_the_labels_of_the_guide(tagger):
    table = _tag(tagger, TEXTS)
    assert table.of(Scheme.ASPECTS).voice is Voice.HEAD
    assert not _labels(table, Scheme.QUESTIONS, 0)
    assert "Q1b" in _labels(table, Scheme.ASPECTS, 1)
    assert "Q3b" in _labels(table, Scheme.ASPECTS, 2)
    assert "F7" in _labels(table, Scheme.FACTORS, 2)
    assert "Q4b" in _labels(table, Scheme.ASPECTS, 3)
    assert "F5" in _labels(table, Scheme.FACTORS, 4)
    assert not _labels(table, Scheme.FACTORS, 5)


def test_a_question_is_given_when_one_of_its_aspects_is(tagger):
    table = _tag(tagger, TEXTS)
    questions, aspects = table.of(Scheme.QUESTIONS), table.of(Scheme.ASPECTS)
    for column, label in enumerate(questions.labels):
        own = [n for n, aspect in enumerate(aspects.labels) if aspect.startswith(label)]
        assert (questions.assigned[:, column] == aspects.assigned[:, own].any(axis=1)).all()
        assert (questions.probabilities[:, column] >= aspects.probabilities[:, own].max(1)).all()


def test_a_statement_is_tagged_alike_in_any_company(tagger):
    together = _tag(tagger, [*TEXTS, *TEXTS[1:3]], [0] * len(TEXTS) + [1, 1])
    alone = _tag(tagger, TEXTS[1:3])
    np.testing.assert_allclose(
        together.of(Scheme.FACTORS).probabilities[-2:],
        alone.of(Scheme.FACTORS).probabilities,
        atol=1e-5,
    )


def test_another_encoder_than_the_heads_leaves_the_word_to_similarity(tagger):
    _, encoder = tagger

    class Other:
        name = "another-model"

        def encode(self, texts):
            return encoder.encode(texts)

    other = load_tagger(load_framework(), Other(), load_tuned())
    table = other.tag_sentences(TEXTS, encoder.encode(TEXTS), np.zeros(len(TEXTS), np.int64))
    assert table.of(Scheme.FACTORS).voice is Voice.SIMILARITY
    assert not other.measured


def test_a_head_fitted_on_another_tuned_encoder_is_refused(tagger):
    _, encoder = tagger
    with pytest.raises(HeadError, match="another tuned encoder"):
        load_tagger(load_framework(), encoder, encoder)


def test_the_head_file_is_read_back_to_the_byte():
    raw = head_bytes()
    assert save_head(load_head(raw)) == raw


def test_a_damaged_head_is_named():
    with pytest.raises(HeadError, match="not a trained head"):
        load_head(b"PK\x03\x04 not an archive")
