"""The onset curve that beats, bars and notes are found with.

Strengths are standard deviations above the surroundings of a few seconds; times are seconds.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d, uniform_filter1d

from performia_desktop.analysis.features import ONSET_FPS, Features

Floats = NDArray[np.float64]


def onset_curve(features: Features, bands: slice = slice(None)) -> Floats:
    """Return the onset strength at ONSET_FPS, in standard deviations above its surroundings of four seconds."""
    return standardise(features.onsets[:, bands].sum(axis=1).astype(np.float64))


def standardise(strength: Floats, seconds: float = 4.0) -> Floats:
    """Return a curve smoothed by a frame, relative to the mean and spread of its surroundings."""
    smooth = gaussian_filter1d(strength, 1.0)
    width = int(seconds * ONSET_FPS)
    mean = uniform_filter1d(smooth, width)
    spread = np.sqrt(np.maximum(1e-9, uniform_filter1d(smooth**2, width) - mean**2))
    curve: Floats = (smooth - mean) / (spread + 0.3 * smooth.std() + 1e-9)
    return curve


def strengths(curves: tuple[Floats, ...], times: Floats) -> Floats:
    """Return the mean onset strength of each curve near `times`."""
    return np.array([onsets_near(curve, times).mean() if len(times) else 0.0 for curve in curves])


def onsets_near(curve: Floats, times: Floats) -> Floats:
    """Return the onset strength within 40 ms of each time, limited to [-1, 4]."""
    near = np.clip(np.round(times * ONSET_FPS).astype(int)[:, None] + np.arange(-4, 5), 0, len(curve) - 1)
    limited: Floats = np.clip(curve[near].max(axis=1), -1, 4)
    return limited


def refine(times: Floats, curve: Floats, reach: float = 0.05) -> Floats:
    """Move each beat to the onset peak within `reach` seconds, where there is one."""
    if len(times) == 0:
        return times
    spread = round(reach * ONSET_FPS)
    centre = np.round(times * ONSET_FPS).astype(int)
    window = np.arange(-spread, spread + 1)
    at = np.clip(centre[:, None] + window, 0, len(curve) - 1)
    heights = curve[at] - 0.02 * np.abs(window)
    pick = heights.argmax(axis=1)
    peak = at[np.arange(len(at)), pick]
    moved = np.where(curve[peak] > 0.5, peak / ONSET_FPS, times)
    ascending = np.concatenate([[True], np.diff(moved) > 0.1])
    refined: Floats = moved[ascending]
    return refined
