"""The colours of delegation groups stay apart for every common colour vision."""

from __future__ import annotations

import re
from importlib import resources
from itertools import combinations

import numpy as np
import pytest

STYLE = (resources.files("statement_nlp.report") / "data" / "page" / "page.css").read_text("utf-8")

# Simulation matrices of Machado, Oliveira and Fernandes (2009), severity 1.0, linear RGB.
VISION = {
    "normal": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TO_XYZ = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]


def _seen(colour: str, vision: str) -> np.ndarray:
    rgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(VISION[vision]) @ linear, 0, 1)
    xyz = (np.array(TO_XYZ) @ seen) / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("vision", VISION)
def test_topics_within_and_beyond_stay_apart(vision: str) -> None:
    for inside, outside in zip(
        re.findall(r"--inside: (#[0-9a-f]{6})", STYLE),
        re.findall(r"--outside: (#[0-9a-f]{6})", STYLE),
        strict=True,
    ):
        assert np.linalg.norm(_seen(inside, vision) - _seen(outside, vision)) > 30


@pytest.mark.parametrize("vision", VISION)
def test_group_colours_stay_apart(vision: str) -> None:
    colours = [re.search(rf"--g{n}: (#[0-9a-f]{{6}})", STYLE) for n in range(1, 7)]
    seen = [_seen(colour[1], vision) for colour in colours if colour]
    assert len(seen) == 6
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 30
