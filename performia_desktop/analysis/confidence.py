"""Turns what each task thinks of itself into a probability: of the things marked 0.8, about 80 % are right.

The curves were fitted by training/calibrate.py, which says what counts as right, on songs with known truth. They
are as honest as those songs are typical: mostly rendered, so a real recording may be somewhat harder.
"""

from __future__ import annotations

from typing import Final

import numpy as np

_CURVES: Final[dict[str, tuple[tuple[float, float], ...]]] = {
    "tempo": ((0.353, 0.598), (0.64, 0.845), (0.888, 0.983)),
    "chords": ((0.9, 0.818), (0.996, 0.906), (1.0, 0.967)),
    "melody": ((0.256, 0.381), (0.392, 0.546), (0.501, 0.652), (0.597, 0.802), (0.692, 0.864), (0.815, 0.97)),
    "bass": ((0.692, 0.963), (0.781, 0.996), (0.945, 0.998)),
}
"""Points (raw, calibrated) of each field; straight lines between them, level beyond. Keys and sections are told with
probabilities already."""


def points(field: str) -> tuple[tuple[float, float], ...] | None:
    """Return the curve of a field, None where it has none."""
    return _CURVES.get(field)


def calibrated(field: str, raw: float) -> float:
    """Return the probability that something with this raw confidence is right, with 3 decimals."""
    curve = points(field)
    value = float(np.interp(raw, [x for x, _ in curve], [y for _, y in curve])) if curve else raw
    return round(min(1.0, max(0.0, value)), 3)
