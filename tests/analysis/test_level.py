"""The metrical level: what it is made of; tests of whole songs are in test_beat."""

from __future__ import annotations

import numpy as np

from performia_desktop.analysis import level


def test_subdivide() -> None:
    np.testing.assert_allclose(level.subdivide(np.array([0.0, 1.0, 3.0]), 2), [0, 0.5, 1, 2, 3])
