"""Compare ways to find topics: coherence, diversity, stability, share left out, time.

    python benchmarks/topics.py CORPUS [CORPUS ...] [--methods a,b] [--draws 10] [--out FILE]

CORPUS is a file, a folder or a pattern that ``statement-nlp analyze`` reads, as ``name=path``.
All methods get the same sentences (courtesies aside), the same vectors and the same draws.
Stability is the mean adjusted Rand index, on shared sentences, between the fit on all statements
and the fits on ten draws that lack a random tenth of the statements. Turftopic, tomotopy and UMAP
methods need those packages.
"""

from __future__ import annotations

import argparse
import glob
import itertools
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs
import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score
from threadpoolctl import threadpool_limits

from statement_nlp import embed
from statement_nlp.corpus.spoken import Spoken
from statement_nlp.engine import batches, quiet
from statement_nlp.segment import Registry
from statement_nlp.topics import courtesy, find_topics

SEED = 20210408
Labels = NDArray[np.int64]
Terms = list[tuple[str, ...]]


def read(paths: Sequence[str]) -> Spoken:
    """Read, segment and embed a corpus."""
    encoder = embed.load_encoder()
    passages, by_id = [], {}
    found = sorted(itertools.chain.from_iterable(glob.glob(path) for path in paths))  # noqa: PTH207
    for batch in batches(
        found,
        kind=None,
        registry=Registry.load(None),
        ocr=False,
        multilingual=False,
        batch_passages=50_000,
        progress=quiet,
    ):
        passages.extend(batch.passages)
        by_id.update(batch.statements)
    ids = list(dict.fromkeys(passage.statement_id for passage in passages))
    place = {statement_id: index for index, statement_id in enumerate(ids)}
    return Spoken(
        passage_ids=[passage.passage_id for passage in passages],
        texts=[passage.text for passage in passages],
        vectors=np.asarray(encoder.encode([p.text for p in passages]), dtype=np.float16),
        statement_of=np.array([place[p.statement_id] for p in passages], dtype=np.int32),
        statements=tuple(by_id[statement_id] for statement_id in ids),
        assigned={},
        labels={},
        starts=np.array([p.span.start for p in passages], dtype=np.int64),
    )


def part(spoken: Spoken, rows: NDArray[np.int64]) -> Spoken:
    """Return the passages in ``rows``."""
    used, statement_of = np.unique(spoken.statement_of[rows], return_inverse=True)
    return attrs.evolve(
        spoken,
        passage_ids=[spoken.passage_ids[row] for row in rows],
        texts=[spoken.texts[row] for row in rows],
        vectors=np.asarray(spoken.vectors[rows]),
        statement_of=statement_of.astype(np.int32),
        statements=tuple(spoken.statements[index] for index in used),
        starts=spoken.starts[rows],
    )


# Methods: from passages to the topic of each (-1: none) and the terms of each topic.


def ours(spoken: Spoken) -> tuple[Labels, Terms]:
    """The shipped method; courtesies are gone already, none is looked for again."""
    from unittest import mock

    none = np.full(len(spoken), courtesy.CONTENT, dtype=np.int8)
    with mock.patch.object(courtesy, "kinds", return_value=none):
        result = find_topics(spoken, seed=SEED)
    return result.topic_of, [topic.terms for topic in result.topics]


def bertopic_defaults(spoken: Spoken) -> tuple[Labels, Terms]:
    """BERTopic 0.17 as it comes."""
    from bertopic import BERTopic
    from umap import UMAP

    # The defaults of 0.17, but for the seed, without which no run can be repeated.
    umap = UMAP(
        n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=SEED % 2**31
    )
    model = BERTopic(umap_model=umap, calculate_probabilities=False)
    labels, _ = model.fit_transform(list(spoken.texts), np.asarray(spoken.vectors, np.float32))
    found = model.get_topics()
    names = sorted(topic for topic in found if topic >= 0)
    return np.array(labels), [tuple(w for w, _ in found[topic] if w) for topic in names]


def _with_terms(spoken: Spoken, labels: Labels) -> tuple[Labels, Terms]:
    from statement_nlp.topics.describe import terms

    clear = np.flatnonzero(labels >= 0)
    used = np.unique(labels[clear])
    renumbered = np.searchsorted(used, labels[clear])
    return labels, terms([spoken.texts[row] for row in clear], renumbered, len(used))


def clustering(reduction: str, method: str) -> Callable[[Spoken], tuple[Labels, Terms]]:
    """Combine a reduction with a clustering; number of topics as the shipped method's start."""

    def run(spoken: Spoken) -> tuple[Labels, Terms]:
        points = _reduced(np.asarray(spoken.vectors, np.float64), reduction)
        return _with_terms(spoken, _clustered(points, method))

    return run


def _reduced(vectors: NDArray[np.float64], reduction: str) -> NDArray[np.float64]:
    from statement_nlp.topics.space import Space

    if reduction == "none":
        return vectors
    if reduction == "umap":
        from umap import UMAP

        reducer = UMAP(n_components=5, min_dist=0.0, metric="cosine", random_state=SEED % 2**31)
        return np.asarray(reducer.fit_transform(vectors), np.float64)
    return Space.fit(vectors, 15, 15).project(vectors)


def _clustered(points: NDArray[np.float64], method: str) -> Labels:
    from sklearn.cluster import HDBSCAN, AgglomerativeClustering, KMeans
    from sklearn.mixture import GaussianMixture

    from statement_nlp.topics.partition import start_topics

    count = start_topics(len(points))
    if method == "hdbscan":
        found = HDBSCAN(min_cluster_size=10, copy=True).fit_predict(points)
    elif method == "ward":
        found = AgglomerativeClustering(count).fit_predict(points)
    elif method == "mixture":
        mixture = GaussianMixture(count, covariance_type="diag", n_init=5, random_state=SEED)
        found = mixture.fit_predict(points)
    elif method == "kmeans":
        found = KMeans(count, n_init=1, random_state=SEED).fit_predict(points)
    else:
        found = KMeans(count, n_init=50, random_state=SEED).fit_predict(points)
    return np.asarray(found, dtype=np.int64)


def nmf(spoken: Spoken) -> tuple[Labels, Terms]:
    """Non-negative matrix factorization of TF-IDF counts (scikit-learn)."""
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    from statement_nlp.topics.partition import start_topics
    from statement_nlp.topics.words import words

    vectorizer = TfidfVectorizer(analyzer=words, min_df=3)
    counts = vectorizer.fit_transform(spoken.texts)
    model = NMF(start_topics(len(spoken)), init="nndsvd", random_state=SEED, max_iter=300)
    weights = model.fit_transform(counts)
    names = vectorizer.get_feature_names_out()
    labels = np.where(weights.max(axis=1) > 0, weights.argmax(axis=1), -1)
    return labels, [tuple(names[row.argsort()[::-1][:10]]) for row in model.components_]


def lda(spoken: Spoken) -> tuple[Labels, Terms]:
    """Latent Dirichlet allocation by collapsed Gibbs sampling, 500 rounds."""
    import tomotopy

    from statement_nlp.topics.partition import start_topics
    from statement_nlp.topics.words import words

    count = start_topics(len(spoken))
    model = tomotopy.LDAModel(k=count, min_df=3, seed=SEED)
    rows = [row for row, text in enumerate(spoken.texts) if words(text)]
    for row in rows:
        model.add_doc(words(spoken.texts[row]))
    model.train(500, workers=1)
    labels = np.full(len(spoken), -1, dtype=np.int64)
    for row, document in zip(rows, model.docs, strict=True):
        labels[row] = int(np.argmax(document.get_topic_dist()))
    return labels, [tuple(w for w, _ in model.get_topic_words(t, 10)) for t in range(count)]


def semantic_signals(spoken: Spoken) -> tuple[Labels, Terms]:
    """Turftopic's semantic signal separation (S3)."""
    from sklearn.feature_extraction.text import CountVectorizer
    from turftopic import SemanticSignalSeparation

    from statement_nlp.topics.partition import start_topics

    class Stored:
        """Hands over vectors that are there already; words get those of the encoder."""

        def encode(self, texts: Sequence[str], **_: object) -> NDArray[np.float32]:
            return np.asarray(embed.load_encoder().encode(list(texts)), np.float32)

    model = SemanticSignalSeparation(
        start_topics(len(spoken)),
        encoder=Stored(),
        vectorizer=CountVectorizer(min_df=3, stop_words="english"),
        random_state=SEED,
    )
    vectors = np.asarray(spoken.vectors, np.float32)
    weights = model.fit_transform(list(spoken.texts), embeddings=vectors)
    found = [tuple(word for word, _ in each[:10]) for _, each in model.get_topics(10)]
    return np.asarray(weights).argmax(axis=1), found


METHODS: dict[str, Callable[[Spoken], tuple[Labels, Terms]]] = {
    "ours": ours,
    "BERTopic defaults": bertopic_defaults,
    **{
        f"{reduction} + {method}": clustering(reduction, method)
        for reduction, method in (
            ("pca", "kmeans"),
            ("pca", "kmeans, 50 starts"),
            ("pca", "ward"),
            ("pca", "mixture"),
            ("pca", "hdbscan"),
            ("none", "kmeans, 50 starts"),
            ("none", "ward"),
            ("umap", "hdbscan"),
            ("umap", "kmeans, 50 starts"),
            ("umap", "ward"),
        )
    },
    "NMF": nmf,
    "LDA (tomotopy)": lda,
    "S3 (Turftopic)": semantic_signals,
}


def npmi(terms: Terms, texts: Sequence[str]) -> float:
    """Return mean normalized pointwise mutual information of each topic's ten terms.

    Bouma (2009); a term's and a pair's frequency is the number of sentences that hold it; a pair
    that never stands together counts -1.
    """
    import re

    from statement_nlp.topics.words import words

    wanted = {term for topic in terms for term in topic}
    held: dict[str, set[int]] = {term: set() for term in wanted}
    for row, text in enumerate(texts):
        for word in {*re.findall(r"(?u)\b\w\w+\b", text.lower()), *words(text)} & wanted:
            held[word].add(row)
    total = len(texts)
    scores = []
    for topic in terms:
        for first, second in itertools.combinations(topic[:10], 2):
            both = len(held[first] & held[second]) / total
            if not both:
                scores.append(-1.0)
                continue
            apart = len(held[first]) * len(held[second]) / total**2
            # Two words that stand together in every sentence: as coherent as can be.
            scores.append(1.0 if both == 1 else np.log(both / apart) / -np.log(both))
    return float(np.mean(scores)) if scores else float("nan")


def diversity(terms: Terms) -> float:
    """Return the share of distinct words among all topics' ten terms."""
    flat = [term for topic in terms for term in topic[:10]]
    return len(set(flat)) / len(flat) if flat else float("nan")


def measure(name: str, spoken: Spoken, draws: int) -> dict[str, object]:
    """Return all figures of one method on one corpus of content sentences."""
    method = METHODS[name]
    started = time.perf_counter()
    labels, terms = method(spoken)
    seconds = time.perf_counter() - started
    generator = np.random.default_rng(1)
    count = len(spoken.statements)
    scores, given = [], []
    for _ in range(draws):
        dropped = generator.choice(count, round(count / 10), replace=False)
        rows = np.flatnonzero(~np.isin(spoken.statement_of, dropped))
        drawn, _ = method(part(spoken, rows))
        scores.append(adjusted_rand_score(labels[rows], drawn))
        both = (labels[rows] >= 0) & (drawn >= 0)
        given.append(adjusted_rand_score(labels[rows][both], drawn[both]))
    sizes = np.bincount(labels[labels >= 0])
    return {
        "method": name,
        "topics": int((sizes > 0).sum()),
        "npmi": round(npmi(terms, spoken.texts), 3),
        "diversity": round(diversity(terms), 3),
        "stability": round(float(np.mean(given)), 3) if draws else None,
        "stability_least": round(float(np.min(given)), 3) if draws else None,
        "stability_none_as_topic": round(float(np.mean(scores)), 3) if draws else None,
        "left_out": round(float((labels < 0).mean()), 3),
        "largest": round(float(sizes.max() / len(labels)), 3) if len(sizes) else None,
        "seconds": round(seconds, 1),
        "draws": draws,
    }


def main() -> None:
    """Measure and print one JSON line a method and corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+")
    parser.add_argument("--methods", default="")
    parser.add_argument("--draws", type=int, default=10)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    methods = options.methods.split(";") if options.methods else list(METHODS)
    for given in options.corpora:
        name, _, path = given.partition("=")
        spoken = read([path])
        kinds = courtesy.kinds(spoken.texts, spoken.statement_of)
        content = part(spoken, np.flatnonzero(kinds == courtesy.CONTENT))
        with threadpool_limits(limits=1):
            for method in methods:
                found = {
                    "corpus": name,
                    "sentences": len(content),
                    **measure(method, content, options.draws),
                }
                line = json.dumps(found, ensure_ascii=False)
                print(line, flush=True)
                if options.out:
                    with options.out.open("a", encoding="utf-8") as file:
                        file.write(line + "\n")


if __name__ == "__main__":
    main()
