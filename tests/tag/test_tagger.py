"""The shipped tagger, through its public interface."""

from __future__ import annotations

import attrs
import numpy as np
import pytest

from statement_nlp.embed import EncoderOptions, load_encoder, load_tuned
from statement_nlp.framework import Label, load_framework
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


class Other:
    """The encoder under another name, or with other weights."""

    def __init__(self, encoder, name, sha256):
        self.name, self.sha256, self.encode = name, sha256, encoder.encode


@pytest.mark.parametrize("name", ["another-model", "all-MiniLM-L6-v2"])
def test_other_weights_than_the_heads_leave_the_word_to_similarity(tagger, name):
    _, encoder = tagger
    other = load_tagger(load_framework(), Other(encoder, name, "0" * 64), load_tuned())
    table = other.tag_sentences(TEXTS, encoder.encode(TEXTS), np.zeros(len(TEXTS), np.int64))
    assert table.of(Scheme.FACTORS).voice is Voice.SIMILARITY
    assert not other.measured
    assert not other.models
    assert f"encoder {name} has other weights" in other.notes[0]


def test_the_heads_weights_are_known_under_any_name(tagger):
    found, encoder = tagger
    options = EncoderOptions(cache=None)
    named = Other(encoder, "minilm", encoder.sha256)
    assert load_tagger(load_framework(), named, load_tuned(options)).models == found.models
    assert found.notes == ()


def _with_more_factors(framework):
    more = Label("F8", "Local voices", "What people who live beside the hazard say of it.")
    return _changed(framework, Scheme.FACTORS, lambda labels: (*labels, more))


def _reordered(framework):
    return _changed(framework, Scheme.FACTORS, lambda labels: labels[::-1])


def _without_aspects(framework):
    kept = tuple(ls for ls in framework.label_sets if ls.scheme is not Scheme.ASPECTS)
    return attrs.evolve(framework, label_sets=kept)


def _changed(framework, scheme, change):
    return attrs.evolve(
        framework,
        label_sets=tuple(
            attrs.evolve(ls, labels=change(ls.labels)) if ls.scheme is scheme else ls
            for ls in framework.label_sets
        ),
    )


@pytest.mark.parametrize("change", [_with_more_factors, _reordered, _without_aspects])
def test_other_labels_under_the_shipped_frameworks_id_are_tagged_by_similarity(tagger, change):
    _, encoder = tagger
    framework = change(load_framework())
    other = load_tagger(framework, encoder, load_tuned())
    table = other.tag_sentences(TEXTS, encoder.encode(TEXTS), np.zeros(len(TEXTS), np.int64))
    assert table.of(Scheme.FACTORS).labels == framework.label_set(Scheme.FACTORS).ids
    assert table.of(Scheme.FACTORS).voice is Voice.SIMILARITY
    assert table.of(Scheme.QUESTIONS).voice is Voice.SIMILARITY
    assert "are not those, in their order, that the head" in other.notes[0]


def test_a_question_without_aspects_leaves_questions_to_similarity(tagger):
    _, encoder = tagger
    own = Label("Q5", "Costs", "What clearance costs and who pays for it.")
    framework = _changed(load_framework(), Scheme.QUESTIONS, lambda labels: (*labels, own))
    other = load_tagger(framework, encoder, load_tuned(EncoderOptions(cache=None)))
    table = other.tag_sentences(TEXTS, encoder.encode(TEXTS), np.zeros(len(TEXTS), np.int64))
    assert table.of(Scheme.QUESTIONS).labels == ("Q1", "Q2", "Q3", "Q4", "Q5")
    assert table.of(Scheme.QUESTIONS).voice is Voice.SIMILARITY
    assert table.of(Scheme.FACTORS).voice is Voice.HEAD


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
