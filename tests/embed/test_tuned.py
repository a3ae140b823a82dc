import numpy as np
import pytest

from statement_nlp.embed import EncoderOptions, load_encoder, load_tuned
from statement_nlp.embed.tuned import ChangedWeights, pack, tuned_bytes, unpack

TEXTS = ["Mines keep the school closed.", "We thank the briefers."]


def test_changes_survive_packing_to_the_byte():
    raw = tuned_bytes()
    assert pack(unpack(raw)) == raw


def test_no_change_leaves_the_encoder_as_it_is():
    nothing = {name: value * 0 for name, value in unpack(tuned_bytes()).items()}
    options = EncoderOptions(cache=None)
    same = load_tuned(options, pack(nothing)).encode(TEXTS)
    np.testing.assert_array_equal(same, load_encoder(options).encode(TEXTS))


def test_the_shipped_changes_change_vectors_and_hash():
    options = EncoderOptions(cache=None)
    base, tuned = load_encoder(options), load_tuned(options)
    assert tuned.sha256 != base.sha256
    assert not np.allclose(tuned.encode(TEXTS), base.encode(TEXTS), atol=0.05)
    np.testing.assert_allclose(np.linalg.norm(tuned.encode(TEXTS), axis=1), 1, atol=1e-3)


def test_kept_vectors_of_one_encoder_are_not_taken_for_the_other(tmp_path):
    options = EncoderOptions(cache=tmp_path)
    base, tuned = load_encoder(options).encode(TEXTS), load_tuned(options).encode(TEXTS)
    np.testing.assert_array_equal(load_encoder(options).encode(TEXTS), base)
    np.testing.assert_array_equal(load_tuned(options).encode(TEXTS), tuned)


def test_an_unknown_layer_is_refused():
    with pytest.raises(KeyError):
        ChangedWeights(
            {}, {"encoder.layer.9.x.a": np.zeros((1, 2)), "encoder.layer.9.x.b": np.zeros((2, 1))}
        )
