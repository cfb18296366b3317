"""Onsets: beats move to their peaks."""

from __future__ import annotations

import numpy as np

from performia_desktop.analysis import onset
from performia_desktop.analysis.features import ONSET_FPS


def test_refine_moves_to_the_peak_and_keeps_the_order() -> None:
    curve = np.zeros(400)
    curve[[100, 203]] = 3.0
    moved = onset.refine(np.array([0.98, 2.0, 3.0]), curve)
    np.testing.assert_allclose(moved, [100 / ONSET_FPS, 203 / ONSET_FPS, 3.0])
    assert len(onset.refine(np.zeros(0), curve)) == 0
