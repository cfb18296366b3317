"""The metrical level: what it is made of; tests of whole songs are in test_beat."""

from __future__ import annotations

import numpy as np

from performia_desktop.analysis import level
from performia_desktop.analysis.features import ONSET_FPS


def test_subdivide() -> None:
    np.testing.assert_allclose(level.subdivide(np.array([0.0, 1.0, 3.0]), 2), [0, 0.5, 1, 2, 3])


def played_every(seconds: float) -> np.ndarray:
    curve = np.zeros(int(30 * ONSET_FPS))
    curve[np.round(np.arange(0, 30, seconds) * ONSET_FPS).astype(int)[:-1]] = 3.0
    return curve


def test_what_is_played_between_half_beats_fills_them() -> None:
    beats = np.arange(0.0, 29, 0.5)
    assert level.fills(played_every(0.25), beats) == 0
    assert level.fills(played_every(0.125), beats) == 3


def test_where_nothing_is_played_between_half_beats_they_may_be_half_beats_themselves() -> None:
    silent, full = (level.finer(np.array([0.2, 1.0, 0.5, 0.2, silence])) for silence in (0.15, 0.0))
    assert silent < 0.5 < full
