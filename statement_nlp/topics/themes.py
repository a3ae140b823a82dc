"""Raised, but not asked: subjects of the sentences that the framework's labels leave over.

In a debate on the framework's own subject nearly every topic holds labelled sentences, and what
delegations add to the agenda stands in a sentence or two each. Such subjects are too small to be
topics. They are found by their words instead: nouns that several delegations use, that mark the
sentences without a label, and whose sentences speak of one thing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.corpus.spoken import Spoken
from statement_nlp.topics import courtesy
from statement_nlp.topics.nouns import noun_phrases
from statement_nlp.topics.profiles import keyness
from statement_nlp.topics.settings import settings
from statement_nlp.topics.space import Matrix, chunks, unit
from statement_nlp.topics.words import one_form, phrases, words

Labels = NDArray[np.int64]


@attrs.frozen(eq=False)
class Theme:
    """A subject raised in sentences without a label."""

    label: str
    terms: tuple[str, ...]
    rows: tuple[int, ...]
    """Its passages, in order."""
    nearness: tuple[float, ...]
    """Of each passage: 1 where it holds a term, else its cosine with the theme's centre."""
    centre: Matrix


@attrs.define(eq=False)
class _Term:
    form: str
    rows: list[int]
    delegations: int
    keyness: float
    middle: Matrix


def themes(
    spoken: Spoken, content: Labels, unlabelled: Labels, mean: Matrix, delegations: Sequence[str]
) -> list[Theme]:
    """Return the themes, by delegations and then by sentences.

    Args:
        spoken: All passages.
        content: Passages of content that are looked through.
        unlabelled: Those that carry no label, in topics that others' labels fall on.
        mean: Mean vector of the content.
        delegations: Delegation of each passage.
    """
    if not len(unlabelled):
        return []
    rule = settings("themes")
    spoke = len({delegations[row] for row in content.tolist()})
    least = max(rule["least_delegations"], int(np.ceil(rule["least_share"] * spoke)))
    vectors = unit(unit(spoken.vectors[unlabelled]) - mean)
    place = {row: index for index, row in enumerate(unlabelled.tolist())}
    terms = _terms(spoken, content, place, vectors, delegations, least)
    groups = _grouped(terms, rule["same_theme"])
    found = _gathered(spoken, groups, unlabelled, vectors, delegations, least)
    return found[: rule["most"]]


def extended(
    spoken: Spoken, found: Sequence[Theme], others: Labels, mean: Matrix, chunk: int
) -> list[Theme]:
    """Return the themes with the sentences among ``others`` that belong to them.

    Themes are found in a sample of a large corpus; what else is said on them is looked for here
    by the same rule: a sentence belongs to the theme whose term it holds, else to the nearest.

    Args:
        spoken: All passages.
        found: The themes.
        others: Unlabelled passages outside the sample.
        mean: Mean vector of the content.
        chunk: Passages looked at at a time.
    """
    if not found:
        return []
    centres = np.stack([theme.centre for theme in found])
    forms = [{one_form(term) for term in theme.terms} for theme in found]
    more: list[list[tuple[int, float]]] = [[] for _ in found]
    for rows in chunks(others, chunk):
        likeness = np.round(unit(unit(spoken.vectors[rows]) - mean) @ centres.T, 9)
        for row, likely in zip(rows.tolist(), likeness, strict=True):
            said = {one_form(word) for word in words(spoken.texts[row])}
            holds = np.array([not said.isdisjoint(own) for own in forms])
            best = int(_belonging(likely[None], holds[None])[0])
            if best >= 0:
                more[best].append((row, 1.0 if holds[best] else float(likely[best])))
    grown = []
    for theme, added in zip(found, more, strict=True):
        both = sorted([*zip(theme.rows, theme.nearness, strict=True), *added])
        rows_of, nearness = zip(*both, strict=True)
        grown.append(attrs.evolve(theme, rows=rows_of, nearness=nearness))
    return grown


def _terms(
    spoken: Spoken,
    content: Labels,
    place: dict[int, int],
    vectors: Matrix,
    delegations: Sequence[str],
    least: int,
) -> list[_Term]:
    """Return the nouns that mark the sentences without a label, most delegations first."""
    rule = settings("themes")
    everywhere: Counter[str] = Counter()
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row in content.tolist():
        for form in sorted({one_form(word) for word in words(spoken.texts[row])}):
            everywhere[form] += 1
            if row in place:
                rows_of[form].append(row)
    forms = sorted(everywhere)
    if len(forms) < 2 or not place:
        return []
    own = np.array([len(rows_of[form]) for form in forms], dtype=np.int64)
    total = np.array([everywhere[form] for form in forms], dtype=np.int64)
    scores = np.round(keyness(own, total, settings("profiles")["prior"]), 4)
    marked = (scores >= rule["least_keyness"]) & (own >= rule["least_unlabelled"] * total)
    names = {one_form(word) for name in set(delegations) for word in words(name)}
    usual = _usual(vectors, rule["compared"], rule["nearer"])
    found = []
    for column in np.flatnonzero(marked).tolist():
        rows = rows_of[forms[column]]
        raised = len({delegations[row] for row in rows})
        if raised < least or forms[column] in names:
            continue
        held = vectors[[place[row] for row in rows]]
        middle = held.mean(axis=0)
        # Mean cosine of all pairs, from the length of the mean.
        near = (len(rows) * float(middle @ middle) - 1) / max(len(rows) - 1, 1)
        if round(near, 9) >= usual:
            score = float(scores[column])
            found.append(_Term(forms[column], rows, raised, score, unit(middle[None])[0]))
    found.sort(key=lambda term: (-term.delegations, -term.keyness, term.form))
    return _nouns(spoken.texts, found)


def _usual(vectors: Matrix, compared: int, deviations: float) -> float:
    """Return the cosine that sentences on one thing must reach."""
    step = max(1, len(vectors) // compared)
    some = vectors[::step]
    if len(some) < 3:
        return 1.0
    pairs = (some @ some.T)[np.triu_indices(len(some), 1)]
    return float(pairs.mean() + deviations * pairs.std())


def _nouns(texts: Sequence[str], terms: list[_Term]) -> list[_Term]:
    read = settings("themes")["read"]
    places = []
    for term in terms:
        rows = term.rows[:read]
        written = Counter(_as_written(texts[row], term.form) for row in rows).most_common(1)[0][0]
        places.append((written, [row for row in rows if written in texts[row]]))
    flags = noun_phrases(texts, places, whole=False)
    return [term for term, noun in zip(terms, flags, strict=True) if noun]


def _as_written(text: str, form: str) -> str:
    held = (word for phrase in phrases(text, 1) for word in phrase)
    return next((word for word in held if one_form(word.lower()) == form), form)


def _grouped(terms: list[_Term], cosine: float) -> list[list[_Term]]:
    """Bring terms together whose sentences are near to those of a term before them."""
    groups: list[list[_Term]] = []
    for term in terms:
        for group in groups:
            if float(term.middle @ group[0].middle) >= cosine:
                group.append(term)
                break
        else:
            groups.append([term])
    return groups


def _gathered(
    spoken: Spoken,
    groups: list[list[_Term]],
    unlabelled: Labels,
    vectors: Matrix,
    delegations: Sequence[str],
    least: int,
) -> list[Theme]:
    """Give each sentence to one theme; drop themes that too few delegations then raise."""
    while groups:
        centres = np.stack([unit(np.mean([t.middle for t in g], axis=0)[None])[0] for g in groups])
        likeness = np.round(vectors @ centres.T, 9)
        holds = np.zeros(likeness.shape, dtype=np.bool_)
        place = {row: index for index, row in enumerate(unlabelled.tolist())}
        for number, group in enumerate(groups):
            holds[[place[row] for term in group for row in term.rows], number] = True
        best = _belonging(likeness, holds)
        found = []
        for number, group in enumerate(groups):
            own = np.flatnonzero(best == number)
            rows = unlabelled[own].tolist()
            texts = [spoken.texts[row] for row in rows]
            raised = {delegations[row] for row in rows}
            if len(raised) < least or courtesy.is_courtesy(texts):
                break
            nearness = np.where(holds[own, number], 1.0, likeness[own, number])
            label = _label(texts, [delegations[row] for row in rows], group)
            terms = tuple(dict.fromkeys(_common(texts, t.form).lower() for t in group))
            theme = Theme(label, terms, tuple(rows), tuple(nearness.tolist()), centres[number])
            found.append((-len(raised), -len(rows), label, theme))
        else:
            return [theme for *_, theme in sorted(found, key=lambda each: each[:3])]
        groups = [group for group in groups if group is not groups[number]]
    return []


def _belonging(likeness: Matrix, holds: NDArray[np.bool_]) -> Labels:
    """Return the theme of each sentence, -1 for none.

    A sentence with a theme's term goes there rather than to one it is only near to.

    Args:
        likeness: Cosines with the themes' centres, shape (sentences, themes).
        holds: Whether a sentence holds a theme's term, of the same shape.
    """
    near = settings("themes")["near"]
    worth = np.where(holds, likeness + 2.0, np.where(likeness >= near, likeness, -np.inf))
    return np.where(np.isfinite(worth.max(axis=1)), worth.argmax(axis=1), -1)


def _common(texts: Sequence[str], form: str) -> str:
    """Return the commonest spelling of a word form."""
    spelled = Counter(_as_written(text, form) for text in texts)
    known = {word: count for word, count in spelled.items() if one_form(word.lower()) == form}
    return min(known, key=lambda w: (-known[w], sum(map(str.isupper, w)), w), default=form)


def _label(texts: Sequence[str], raised_by: Sequence[str], group: list[_Term]) -> str:
    """Return the commonest noun phrase of several delegations around the first term, or the term.

    A phrase that only one delegation uses would put its words into the others' mouths.
    """
    form = group[0].form
    rows_of: dict[str, list[int]] = defaultdict(list)
    longest = settings("describe")["label_words"][1]
    for row, text in enumerate(texts):
        for phrase in dict.fromkeys(phrases(text, longest)):
            if len(phrase) > 1 and form in {one_form(word.lower()) for word in phrase}:
                rows_of[" ".join(phrase)].append(row)
    shared = {
        phrase: rows
        for phrase, rows in rows_of.items()
        if len({raised_by[row] for row in rows}) > 1
    }
    order = sorted(shared, key=lambda phrase: (-len(shared[phrase]), phrase))
    flags = noun_phrases(texts, [(phrase, shared[phrase][:3]) for phrase in order])
    best = next((phrase for phrase, noun in zip(order, flags, strict=True) if noun), None)
    label = best or _common(texts, form)
    return label[:1].upper() + label[1:]
