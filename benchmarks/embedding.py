"""Speed and fidelity of embedding: sentence-transformers' defaults against this package.

Usage: python benchmarks/embedding.py FOLDER_OF_TXT [--count 3000] [--rounds 3] [--write]

The ways are run in turn in one process, each round all of them, on sentences of its own: those of
an earlier round are remembered. Medians are reported. With ``--write`` the table goes into
docs/embedding.md.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.embed import EncoderOptions, load_encoder
from statement_nlp.embed.cache import VectorCache, entry_key
from statement_nlp.embed.graph import BertShape
from statement_nlp.embed.models import find_model
from statement_nlp.embed.processor import thread_count
from statement_nlp.segment.sentences import split_sentences

PAGE = Path(__file__).resolve().parents[1] / "docs" / "embedding.md"
OURS = ("f32", "bf16", "int8")
Encode = Callable[[list[str]], NDArray[np.float32]]


@attrs.define
class Way:
    """One way of embedding, and what was measured of it."""

    name: str
    encode: Encode
    precision: str | None = None
    peak: float = 0.0
    """Operations a second of the runtime's own matrix multiply in this precision."""
    seconds: list[float] = attrs.field(factory=list)
    cosines: list[NDArray[np.float32]] = attrs.field(factory=list)


def read_sentences(folder: Path, count: int) -> list[str]:
    """Return ``count`` distinct sentences of the texts in ``folder``, drawn with a fixed seed."""
    files = sorted(folder.rglob("*.txt"))
    random.Random(0).shuffle(files)
    found: dict[str, None] = {}
    for file in files:
        text = file.read_text(encoding="utf-8", errors="replace")
        found.update(dict.fromkeys(text[a:b] for a, b in split_sentences(text)))
        if len(found) >= 2 * count:
            break
    sentences = list(found)
    random.Random(0).shuffle(sentences)
    return sentences[:count]


def matrix_peak(precision: str, threads: int) -> float:
    """Return operations a second of eight 1,024-wide products in the embedding's own runtime."""
    import openvino as ov
    from openvino import opset13 as op

    width, layers, repeats = 1024, 8, 12
    node = entry = op.parameter([width, width], np.float32)
    draw = np.random.default_rng(0)
    for _ in range(layers):
        weight = draw.standard_normal((width, width)).astype(np.float32)
        matrix = op.constant(weight)
        if precision == "int8":
            whole = op.convert(op.constant((weight * 30).astype(np.int8)), np.float32)
            matrix = op.multiply(whole, op.constant(np.full((width, 1), 0.03, np.float32)))
        node = op.matmul(node, matrix, False, True)
    settings = {
        "INFERENCE_PRECISION_HINT": "f32" if precision == "f32" else "bf16",
        "NUM_STREAMS": str(threads),
        "INFERENCE_NUM_THREADS": threads,
        "ENABLE_CPU_PINNING": False,
    }
    if precision == "int8":
        settings["DYNAMIC_QUANTIZATION_GROUP_SIZE"] = "128"
    compiled = ov.Core().compile_model(ov.Model([node], [entry], "peak"), "CPU", settings)
    requests = [compiled.create_infer_request() for _ in range(threads)]
    values = draw.standard_normal((width, width)).astype(np.float32) / width
    best = 0.0
    for _ in range(repeats):
        start = time.perf_counter()
        for request in requests:
            request.start_async({0: values})
        for request in requests:
            request.wait()
        done = 2 * width**3 * layers * threads
        best = max(best, done / (time.perf_counter() - start))
    return best


def operations(lengths: NDArray[np.int32]) -> float:
    """Return the multiply and add operations that texts of ``lengths`` tokens need."""
    shape = BertShape.of(find_model("all-MiniLM-L6-v2"))
    assert shape is not None
    n = np.minimum(lengths, shape.max_tokens).astype(float)
    dense = 2 * 12 * shape.width**2  # four square matrices and two of four times the width
    attention = 4 * n * shape.width
    return float((n * (dense + attention)).sum() * shape.layers)


def make_ways(threads: int) -> list[Way]:
    """Return the peer and this package in its precisions, loaded and warm."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(threads)
    peer = SentenceTransformer(str(find_model("all-MiniLM-L6-v2").path), device="cpu")
    ways = [
        Way(
            "sentence-transformers, defaults",
            lambda texts: np.asarray(peer.encode(texts, normalize_embeddings=True)),
        )
    ]
    for precision in OURS:
        options = EncoderOptions(cache=None, threads=threads, precision=precision)  # type: ignore[arg-type]
        encoder = load_encoder(options)
        ways.append(Way(f"this package, {precision}", encoder.encode, precision))
    for way in ways:
        way.encode(["A first sentence, so that everything is loaded."] * 2)
    return ways


def measure(ways: list[Way], rounds: list[list[str]], threads: int) -> None:
    """Run all ways in turn, each round on its sentences.

    Notes times and, against the first way, cosines.
    """
    for sentences in rounds:
        reference: NDArray[np.float32] | None = None
        for way in ways:
            if way.precision:
                way.peak = max(way.peak, matrix_peak(way.precision, threads))
            start = time.perf_counter()
            vectors = way.encode(sentences)
            way.seconds.append(time.perf_counter() - start)
            print(f"{way.name}: {way.seconds[-1]:.1f} s", flush=True)
            if reference is None:
                reference = vectors
            way.cosines.append((vectors * reference).sum(axis=1))


def cache_times() -> tuple[float, float]:
    """Return median milliseconds to write and to read 4,000 vectors."""
    writes, reads = [], []
    for turn in range(5):
        entries = {entry_key("m", str(turn), str(i)): os.urandom(768) for i in range(4000)}
        with tempfile.TemporaryDirectory() as folder:
            cache = VectorCache(Path(folder), 1 << 30)
            start = time.perf_counter()
            cache.put(entries)
            writes.append(time.perf_counter() - start)
            start = time.perf_counter()
            assert len(cache.get(list(entries))) == len(entries)
            reads.append(time.perf_counter() - start)
    return 1000 * statistics.median(writes), 1000 * statistics.median(reads)


def first_vector(threads: int) -> float:
    """Return median seconds of a process that embeds one sentence, start to end."""
    code = (
        "from statement_nlp.embed import EncoderOptions, load_encoder\n"
        f"load_encoder(EncoderOptions(cache=None, threads={threads})).encode(['One sentence.'])"
    )
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def processor() -> str:
    """Return the processor's name and its vector instructions, as Linux tells them."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return "unknown processor"
    facts = {k.strip(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
    flags = sorted(set(facts.get("flags", "").split()) & {"avx2", "avx512_vnni", "avx512_bf16"})
    return f"{facts.get('model name', 'unknown processor')} ({', '.join(flags)})"


def write_up(ways: list[Way], rounds: list[list[str]], threads: int, load: float) -> str:
    """Return the figures as Markdown."""
    encoder = load_encoder(EncoderOptions(cache=None))
    counted = [encoder.count_tokens(sentences) for sentences in rounds]
    work = [operations(lengths) for lengths in counted]
    lengths = np.concatenate(counted)
    write, read = cache_times()
    long = int((lengths > 256).sum())
    busy = ""
    if load > 1:
        busy = (
            " Other programs shared the machine: all rates are below those of an idle one, "
            "and the ways do not suffer alike (PyTorch's threads wait for each other), so the "
            "ratios are not those of an idle machine either."
        )
    lines = [
        f"{len(lengths):,} distinct sentences of real speeches, mean {lengths.mean():.0f} "
        f"tokens, {long} of them over 256 tokens. {threads} threads on {processor()}; medians of "
        f"{len(rounds)} rounds, each on its own part of them, all ways in turn in one process; "
        "lowest and highest in parentheses. "
        f"Load average {load:.1f} at the start, {os.getloadavg()[0]:.1f} at the end.{busy}",
        "",
        "| way | sentences a second | mean cosine | lowest | share of matrix peak |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for way in ways:
        rates = sorted(len(r) / s for r, s in zip(rounds, way.seconds, strict=True))
        reached = max(w / s for w, s in zip(work, way.seconds, strict=True))
        share = "" if not way.peak else f"{reached / way.peak:.0%}"
        cosines = np.concatenate(way.cosines)
        lines.append(
            f"| {way.name} | {statistics.median(rates):.0f} ({rates[0]:.0f} to {rates[-1]:.0f}) | "
            f"{cosines.mean():.5f} | {cosines.min():.5f} | {share} |"
        )
    peaks = ", ".join(f"{w.name.split()[-1]} {w.peak / 1e9:.0f}" for w in ways if w.peak)
    first = first_vector(threads)
    lines += [
        "",
        "Cosines are to sentence-transformers in float32. The share is that of the best round in "
        "the runtime's own product of 1,024-wide matrices, best of all rounds (billion operations "
        f"a second: {peaks}). What embedding does not reach of it goes to tokens, softmax, norms "
        "and GELU, to matrices only 384 wide, and to whatever else ran.",
        "",
        f"One process from start to its first vector: {first:.1f} s. The cache writes 4,000 "
        f"vectors in {write:.0f} ms and reads them in {read:.0f} ms.",
    ]
    return "\n".join(lines)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=3000, help="sentences a round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=thread_count(None))
    parser.add_argument("--write", action="store_true", help="write into docs/embedding.md")
    choice = parser.parse_args()
    load = os.getloadavg()[0]
    sentences = read_sentences(choice.folder, choice.count * choice.rounds)
    rounds = [sentences[number :: choice.rounds] for number in range(choice.rounds)]
    ways = make_ways(choice.threads)
    measure(ways, rounds, choice.threads)
    text = write_up(ways, rounds, choice.threads, load)
    print(text)
    if choice.write:
        page = PAGE.read_text(encoding="utf-8")
        head, rest = page.split("<!-- figures -->")
        tail = rest.split("<!-- /figures -->")[1]
        PAGE.write_text(
            f"{head}<!-- figures -->\n{text}\n<!-- /figures -->{tail}", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
