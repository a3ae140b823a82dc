"""Fixtures for embedding: invented sentences, and encoders without a cache."""

from __future__ import annotations

import pytest

from statement_nlp.embed import Encoder, EncoderOptions, load_encoder

PLACES = ["Arvania", "Belmora", "Costaverde", "Dunmark"]
VERBS = ["welcomes", "regrets", "recalls", "proposes", "will support", "has asked for"]
THINGS = [
    "the clearance of mines",
    "a fund for survivors",
    "training",
    "better reporting by peace operations on explosive ordnance in the areas of return",
    "risk education in schools, in camps and along the roads that farmers take to market",
]


@pytest.fixture(scope="session")
def sentences() -> list[str]:
    """120 synthetic sentences of unlike lengths."""
    return [f"{p} {v} {t}." for p in PLACES for v in VERBS for t in THINGS]


@pytest.fixture(scope="session")
def f32() -> Encoder:
    return load_encoder(EncoderOptions(cache=None, threads=1, precision="f32"))


@pytest.fixture(scope="session")
def fast() -> Encoder:
    """The default precision of this machine."""
    return load_encoder(EncoderOptions(cache=None, threads=1))
