"""Frameworks: the shipped one, users' own, and concept notes."""

from __future__ import annotations

import re

import pytest

from statement_nlp.framework import FrameworkError, for_debate, load_framework
from statement_nlp.model import Scheme


def test_the_shipped_framework_has_the_labels_of_the_output_contract():
    framework = load_framework()
    ids = {ls.scheme: ls.ids for ls in framework.label_sets}
    assert ids[Scheme.QUESTIONS] == ("Q1", "Q2", "Q3", "Q4")
    assert ids[Scheme.ASPECTS] == tuple("Q1a Q1b Q2a Q2b Q2c Q3a Q3b Q4a Q4b".split())
    assert ids[Scheme.FACTORS] == tuple(f"F{n}" for n in range(1, 8))
    assert ids[Scheme.OBJECTIVES] == tuple(f"O{n}" for n in range(1, 6))
    assert ids[Scheme.STRATEGY] == tuple(f"S{n}" for n in range(1, 9))
    assert len(ids[Scheme.THEMES]) == 9


def test_it_ships_no_official_wording():
    assert all(label.official is None for _, label in load_framework())


def test_questions_are_the_union_of_their_aspects():
    framework = load_framework()
    questions = framework.label_set(Scheme.QUESTIONS)
    aspects = [aspect for label in questions.labels for aspect in label.aspects]
    assert tuple(aspects) == framework.label_set(Scheme.ASPECTS).ids


NOTE = """Letter dated 3 May 2031 from the Permanent Representative of Veldania

Concept note for the open debate on the theme “Water and the work of peace” (synthetic)

Objectives

- Hear how rivers are shared after a war.
- Learn which joint works have lasted.

Guiding questions

1. How can shared wells be kept out of the fighting?
2. Which bodies should measure the flow of rivers, and who pays for it?

Format

The debate is held in the morning.
"""


def test_a_framework_is_derived_from_another_concept_note(tmp_path):
    note = tmp_path / "note.txt"
    note.write_text(NOTE, encoding="utf-8")
    framework = for_debate(concept_note=note)
    questions = framework.label_set(Scheme.QUESTIONS)
    assert questions.ids == ("Q1", "Q2")
    assert questions.labels[1].official == (
        "Which bodies should measure the flow of rivers, and who pays for it?"
    )
    assert framework.label_set(Scheme.OBJECTIVES).ids == ("O1", "O2")
    assert framework.title == "Water and the work of peace"
    assert framework.label_set(Scheme.FACTORS) is None


@pytest.mark.shared
def test_the_debates_own_note_gives_official_wording(shared_data):
    framework = for_debate(concept_note=shared_data.parent / "concept-note.txt")
    assert framework.id == "mine-action-2021"
    wordings = [label.official for label in framework.label_set(Scheme.QUESTIONS).labels]
    note = re.sub(r"\s+", " ", (shared_data.parent / "concept-note.txt").read_text())
    assert all(wording and re.sub(r"\s+", " ", wording) in note for wording in wordings)
    assert all(label.official for label in framework.label_set(Scheme.OBJECTIVES).labels)
    assert len(framework.label_set(Scheme.FACTORS).labels) == 7


def test_a_note_without_questions_says_what_to_do(tmp_path):
    note = tmp_path / "note.txt"
    note.write_text("A letter.\n\nNothing is asked here.", encoding="utf-8")
    with pytest.raises(FrameworkError, match="no list of guiding questions"):
        for_debate(concept_note=note)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("id: x\ntitle: y\n", "'schemes' is missing"),
        ("[1, 2", "not valid YAML"),
        ("just words", "not a framework"),
        ("id: x\ntitle: y\nschemes: [{scheme: moods, labels: []}]", "'moods' is unknown"),
        ("id: x\ntitle: y\nschemes: [{scheme: themes, labels: []}]", "has no labels"),
        ("id: x\ntitle: y\nschemes: [{scheme: themes, labels: [{id: a}]}]", "lacks 'description'"),
        (
            "id: x\ntitle: y\nschemes: [{scheme: themes, labels: "
            "[{id: a, description: b}, {id: a, description: c}]}]",
            "stands twice",
        ),
        (
            "id: x\ntitle: y\nschemes: [{scheme: themes, labels: "
            "[{id: a, description: b, cues: ['(']}]}]",
            "not a regular expression",
        ),
        (
            "id: x\ntitle: y\nschemes: [{scheme: questions, labels: "
            "[{id: Q1, description: b, aspects: [Q1z]}]}]",
            "names aspect 'Q1z'",
        ),
        ("id: x\ntitle: y\nschemes: {themes: []}", "'schemes' is not a list"),
        ("id: x\ntitle: y\nschemes: [themes]", "schemes, entry 1: is not made of keys"),
        (
            "id: x\ntitle: y\nschemes: [{scheme: themes, labels: {a: b}}]",
            "scheme 'themes': 'labels' is not a list",
        ),
        (
            "id: x\ntitle: y\nschemes: [{scheme: themes, labels: "
            "[{id: a, description: b}, wells]}]",
            "scheme 'themes', label 2: is not made of keys",
        ),
        (
            "id: x\ntitle: y\nschemes: [{scheme: themes, labels: "
            "[{id: a, description: b, examples: one}]}]",
            "label 'a' of 'themes': 'examples' is not a list",
        ),
        (
            "id: x\ntitle: y\nschemes: [{scheme: themes, labels: "
            "[{id: a, description: b, examples: [{as he said: this}]}]}]",
            "'examples' holds something that is no text",
        ),
        (
            "id: x\ntitle: y\nschemes: [{scheme: themes, labels: [{id: a, description: [b, c]}]}]",
            "'description' is not text",
        ),
        (
            "id: x\ntitle: y\nschemes: [{scheme: themes, labels: [{id: a, description: b}]}, "
            "{scheme: themes, labels: [{id: c, description: d}]}]",
            "scheme 'themes' stands twice",
        ),
        (
            "id: x\ntitle: y\nconcept_note: a letter\n"
            "schemes: [{scheme: themes, labels: [{id: a, description: b}]}]",
            "'concept_note': is not made of keys",
        ),
        ("id: x\ntitle: y\ndebate_date: 2021-13-45", "not valid YAML (month must be in 1..12)"),
    ],
)
def test_a_bad_framework_file_is_named_in_one_line(tmp_path, content, message):
    path = tmp_path / "framework.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FrameworkError, match=re.escape(message)) as error:
        load_framework(path)
    assert "\n" not in str(error.value)
    assert str(path) in str(error.value)


def test_keys_without_a_value_stand_for_nothing(tmp_path):
    path = tmp_path / "framework.yaml"
    path.write_text(
        "id: x\ntitle: y\nsource:\nconcept_note:\ndebate_date: 2031-05-06\nschemes:\n"
        "- scheme: questions\n  title:\n  labels:\n"
        "  - {id: Q1, title: , description: b, official: , aspects: , examples: , "
        "counter_examples: , cues: }\n",
        encoding="utf-8",
    )
    framework = load_framework(path)
    (label_set,) = framework.label_sets
    (label,) = label_set.labels
    assert (framework.source, framework.debate_date, label_set.title) == (
        "", "2031-05-06", "questions",
    )  # fmt: skip
    assert (label.title, label.official, label.source) == ("Q1", None, "")
    assert label.aspects == label.examples == label.counter_examples == label.cues == ()


def test_a_framework_file_that_is_not_utf8_is_named(tmp_path):
    path = tmp_path / "framework.yaml"
    path.write_bytes("id: x\ntitle: Eaux usées".encode("cp1252"))
    with pytest.raises(FrameworkError, match="not UTF-8"):
        load_framework(path)


def test_the_example_of_the_documentation_is_a_framework(root, tmp_path):
    page = (root / "docs" / "frameworks.md").read_text("utf-8")
    path = tmp_path / "framework.yaml"
    path.write_text(page.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")
    framework = load_framework(path)
    assert framework.letter_date == "3 May 2031"
    assert framework.theme_words == ("water", "peace")
    assert framework.label(Scheme.QUESTIONS, "Q1").cues == (r"\bwells?\b",)
