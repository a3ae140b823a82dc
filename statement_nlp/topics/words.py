"""Words and phrases of a sentence, as they stand in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from types import ModuleType
from typing import Any

from statement_nlp.topics.settings import load

_CLAUSE = re.compile(r"[^\w\s'\u2019\-]+|\s-+\s|_")
_APOSTROPHE = re.compile("['\u2019]")
_NO_CLAUSES = str.maketrans("_", " ")
_WORD = re.compile(r"[^\W\d_][\w]*(?:['\u2019\-][\w]+)*")


@cache
def empty_words() -> frozenset[str]:
    """Words that carry no topic: common English ones and those of ``data/words.yaml``."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    data = load("words")
    return frozenset(ENGLISH_STOP_WORDS) | frozenset(data["words"].split()) | _generic()


@cache
def _generic() -> frozenset[str]:
    return frozenset(load("words")["generic"].split())


@cache
def _inner() -> frozenset[str]:
    return frozenset(load("words")["inner"])


def clauses(text: str) -> list[list[str]]:
    """Return the words of each stretch between punctuation marks, as written.

    A possessive ending is no part of its word.
    """
    found = (_WORD.findall(part) for part in _CLAUSE.split(text))
    return [
        [word.removesuffix("'s").removesuffix("\u2019s") for word in each] for each in found if each
    ]


def words(text: str) -> list[str]:
    """Return the words that may carry a topic, in lower case."""
    empty = empty_words()
    # No word runs over the end of a clause, but where an underscore ends it.
    found = (
        word.removesuffix("'s").removesuffix("\u2019s").lower()
        for word in _WORD.findall(text.translate(_NO_CLAUSES) if "_" in text else text)
    )
    return [
        word
        for word in found
        if len(word) > 2 and word not in empty and not _APOSTROPHE.search(word)
    ]


def phrases(text: str, longest: int) -> list[tuple[str, ...]]:
    """Return stretches of up to ``longest`` words, as written, that may name a topic.

    They begin and end with a word that carries meaning; words such as "of" or "and" stand only
    inside. Words of every debate ("international") need another one beside them.
    """
    empty, inner, generic = empty_words(), _inner(), _generic()
    found = []
    for clause in clauses(text):
        low = [word.lower() for word in clause]
        own = [word not in empty and len(word) > 2 for word in low]
        full = [mine or word in generic for mine, word in zip(own, low, strict=True)]
        for start in range(len(clause)):
            if not full[start]:
                continue
            for end in range(start + 1, min(start + longest, len(clause)) + 1):
                if full[end - 1]:
                    if any(own[start:end]):
                        found.append(tuple(clause[start:end]))
                elif low[end - 1] not in inner:
                    break
    return found


def one_form(word: str) -> str:
    """Return a key that a noun's singular and plural share; good enough to tell repeats."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        return word[:-1]
    return word


@cache
def _class_tfidf_module() -> ModuleType:
    # Importing the package would load and compile numba code for seconds, none of it used here.
    import importlib.util
    from pathlib import Path

    package = importlib.util.find_spec("bertopic")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("bertopic is not installed")
    file = Path(package.submodule_search_locations[0]) / "vectorizers" / "_ctfidf.py"
    spec = importlib.util.spec_from_file_location("bertopic_ctfidf", file)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"{file.name} of bertopic cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def class_tfidf() -> Any:  # noqa: ANN401 - BERTopic gives no types
    """Return BERTopic's class-based TF-IDF (Grootendorst 2022), not yet fitted."""
    return _class_tfidf_module().ClassTfidfTransformer(reduce_frequent_words=True)


def count_words(texts: Sequence[str], fewest: int) -> tuple[Any, list[str]]:
    """Return counts of words, sparse (texts, words), and the words; rare ones left out."""
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer = CountVectorizer(analyzer=words, min_df=min(fewest, max(1, len(texts))))
    try:
        counts = vectorizer.fit_transform(texts)
    except ValueError:  # no word is left
        from scipy import sparse

        return sparse.csr_matrix((len(texts), 0)), []
    return counts, vectorizer.get_feature_names_out().tolist()
