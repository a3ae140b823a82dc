from __future__ import annotations

import random
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from statement_nlp.embed import EmbedError, Encoder, EncoderOptions, load_encoder


def test_rows_have_length_one_in_the_order_given(fast: Encoder, sentences: list[str]) -> None:
    vectors = fast.encode(sentences)
    assert vectors.shape == (len(sentences), fast.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    order = list(range(len(sentences)))
    random.Random(1).shuffle(order)
    again = fast.encode([sentences[i] for i in order])
    assert np.array_equal(again, vectors[order])


@pytest.mark.parametrize("precision", ["auto", "f32", "int8"])
def test_vector_is_the_same_alone_in_any_batch_and_with_any_threads(
    precision: str, sentences: list[str]
) -> None:
    whole = load_encoder(EncoderOptions(cache=None, threads=2, precision=precision)).encode(  # type: ignore[arg-type]
        sentences
    )
    one = load_encoder(
        EncoderOptions(cache=None, threads=1, batch_tokens=64, precision=precision)  # type: ignore[arg-type]
    )
    assert np.array_equal(one.encode(sentences), whole)
    for i in range(0, len(sentences), 17):
        assert np.array_equal(one.encode([sentences[i]])[0], whole[i])


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=st.lists(st.text(max_size=60), max_size=6))
def test_any_text_has_a_finite_vector_and_equal_texts_equal_ones(
    texts: list[str], fast: Encoder
) -> None:
    vectors = fast.encode([*texts, *texts])
    assert vectors.shape == (2 * len(texts), fast.dimensions)
    assert np.isfinite(vectors).all()
    assert np.array_equal(vectors[: len(texts)], vectors[len(texts) :])


def test_lone_surrogates_are_taken(fast: Encoder) -> None:
    assert np.isfinite(fast.encode(["broken \ud800 text"])).all()


def test_agrees_with_sentence_transformers(
    f32: Encoder, fast: Encoder, sentences: list[str]
) -> None:
    reference = load_encoder(EncoderOptions(cache=None, threads=1, backend="torch"))
    expected = reference.encode(sentences)
    assert reference.backend == "torch"
    assert (f32.encode(sentences) * expected).sum(axis=1).min() > 0.99999
    assert (fast.encode(sentences) * expected).sum(axis=1).mean() > 0.99
    assert np.array_equal(reference.count_tokens(sentences), f32.count_tokens(sentences))
    assert reference.sha256 == f32.sha256


def test_padding_is_off_and_long_texts_are_read_up_to_the_limit(f32: Encoder) -> None:
    counts = f32.count_tokens(["Yes.", "mine " * 1000])
    assert counts.tolist() == [4, 1002]
    assert f32.max_tokens == 256
    long, longer = f32.encode(["mine " * 254, "mine " * 254 + "and peace"])
    assert np.array_equal(long, longer)


def test_says_what_it_is(fast: Encoder) -> None:
    assert fast.name == "all-MiniLM-L6-v2"
    assert fast.sha256 == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    assert (fast.backend, fast.dimensions, fast.multilingual) == ("openvino", 384, False)
    assert fast.precision in {"int8", "bf16", "f32"}
    assert load_encoder(EncoderOptions(cache=None, multilingual=True)).multilingual


def test_works_without_network(
    socket_disabled: None, sentences: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = load_encoder(EncoderOptions(cache=None, threads=1, precision="f32"))
    assert encoder.encode(sentences[:2]).shape == (2, 384)
    with pytest.raises(EmbedError, match="neither a folder nor a downloaded hub model"):
        load_encoder(EncoderOptions(model="nobody/no-such-model", cache=None))


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"model": "/no/such/folder"}, "neither a folder"),
        ({"device": "cuda:99"}, "no such device"),
        ({"backend": "openvino", "device": "cuda"}, "computes on the processor"),
        ({"backend": "torch", "precision": "int8"}, "not offered"),
    ],
)
def test_impossible_choices_are_told_in_one_line(choice: dict[str, str], message: str) -> None:
    with pytest.raises(EmbedError, match=message) as caught:
        load_encoder(EncoderOptions(cache=None, **choice))  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)


def test_default_path_imports_no_pytorch() -> None:
    code = (
        "import sys\n"
        "from statement_nlp.embed import EncoderOptions, load_encoder\n"
        "light = set(sys.modules)\n"
        "encoder = load_encoder(EncoderOptions(cache=None, threads=1, device='cpu'))\n"
        "encoder.encode(['Mines kill.', 'So do shells.'])\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'spacy', 'pandas'}\n"
        "print(sorted(heavy & set(sys.modules)), sorted({'numpy', 'openvino'} & light))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout.strip()) == (0, "[] []"), done.stderr
