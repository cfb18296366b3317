"""Turns what each task thinks of itself into a probability: of the things marked 0.8, about 80 % are right.

The curves were fitted by training/calibrate.py, which says what counts as right, on songs with known truth. They
are as honest as those songs are typical: mostly rendered, so a real recording may be somewhat harder.
"""

from __future__ import annotations

from typing import Final

import numpy as np

_CURVES: Final[dict[str, tuple[tuple[float, float], ...]]] = {
    "tempo": ((0.355, 0.703), (0.643, 0.824), (0.891, 0.984)),
    "key": ((0.296, 0.59), (0.49, 0.815), (0.62, 0.892), (0.781, 0.936)),
    "chords": ((0.932, 0.788), (0.999, 0.937), (1.0, 0.982)),
    "melody": ((0.413, 0.489), (0.555, 0.589), (0.64, 0.693), (0.713, 0.767), (0.784, 0.845), (0.872, 0.911)),
    "bass": ((0.537, 0.69), (0.661, 0.908), (0.717, 0.966), (0.764, 0.984), (0.847, 0.986)),
}
"""Points (raw, calibrated) of each field; straight lines between them, level beyond."""


def points(field: str) -> tuple[tuple[float, float], ...] | None:
    """Return the curve of a field, None where it has none."""
    return _CURVES.get(field)


def calibrated(field: str, raw: float) -> float:
    """Return the probability that something with this raw confidence is right, with 3 decimals."""
    curve = points(field)
    value = float(np.interp(raw, [x for x, _ in curve], [y for _, y in curve])) if curve else raw
    return round(min(1.0, max(0.0, value)), 3)
