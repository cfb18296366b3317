"""Judges what there is to be heard, so that silence, noise and talk get empty lists and not invented music.

Three measures decide: the level; *tonality* (notes stay for a fifth of a second, and few of them carry most of the
activation: neither holds for noise, the first not for speech, the second not for applause); and *periodicity*,
the highest autocorrelation of the onset curve at beat periods. Thresholds lie between what recordings of music
reach (39 rendered and 17 real ones) and what noise, rain, applause and speech do. Where there is no tonality, as in
a drum solo, the pulse has to be much plainer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from performia_desktop.analysis.beat import Beats
from performia_desktop.analysis.features import FORM_FPS, LOWEST, ONSET_FPS, PITCH_FPS, Features
from performia_desktop.analysis.halves import single
from performia_desktop.analysis.onset import onset_curve

_SILENCE_DB: Final = -60.0
_STEADINESS: Final = 0.49
_STEADINESS_ABOVE: Final = 0.31
_DEEP: Final = 40  # MIDI; below, the long window makes any rumble steady
_SPARSENESS: Final = 0.57
_STRONGEST: Final = 6
_LATER: Final = round(0.19 * PITCH_FPS)
_PERIODICITY: Final = 0.09
_PERIODICITY_ALONE: Final = 0.3
_PERIODS_SEC: Final = (0.25, 1.3)
_MOST_FRAMES: Final = 20000


@dataclass(frozen=True, slots=True)
class Heard:
    """Whether the recording has harmony, a pulse."""

    harmony: bool
    pulse: bool

    @property
    def music(self) -> bool:
        return self.harmony or self.pulse


def judge(features: Features, beats: Beats) -> Heard:
    """Return what the recording has."""
    if len(features.level) == 0 or float(np.percentile(features.level, 95)) < _SILENCE_DB:
        return Heard(harmony=False, pulse=False)
    steadiness, steadiness_above, sparseness = tonality(features)
    steady = steadiness > _STEADINESS and steadiness_above > _STEADINESS_ABOVE
    harmony = steady and sparseness > _SPARSENESS
    needed = _PERIODICITY if harmony else _PERIODICITY_ALONE
    pulse = beats.clarity > 0.15 and periodicity(features) > needed
    return Heard(harmony=harmony, pulse=pulse)


def tonality(features: Features) -> tuple[float, float, float]:
    """Return medians over time, 0-1: how alike notes are a fifth of a second later, of all and of those that are
    not deep; the share of the strongest six."""
    notes = features.notes
    times = np.arange(0, max(0, len(notes) - _LATER), max(1, len(notes) // _MOST_FRAMES))
    form = np.minimum((times / PITCH_FPS * FORM_FPS).astype(int), len(features.level) - 1)
    times = times[features.level[form] > _SILENCE_DB]
    if len(times) == 0:
        return 0.0, 0.0, 0.0
    now, later = (single(notes[times + lag]) for lag in (0, _LATER))
    above = slice(_DEEP - LOWEST, None)
    strongest = np.partition(now, -_STRONGEST, axis=1)[:, -_STRONGEST:].sum(axis=1)
    share = strongest / (now.sum(axis=1) + 1e-6)
    return _alike(now, later), _alike(now[:, above], later[:, above]), float(np.median(share))


def _alike(a: NDArray[np.float32], b: NDArray[np.float32]) -> float:
    return float(np.median((a * b).sum(axis=1) / (np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1) + 1e-6)))


def periodicity(features: Features) -> float:
    """Return the highest normalised autocorrelation of the onset curve at beat periods, 0-1."""
    curve = onset_curve(features)
    first, last = (int(seconds * ONSET_FPS) for seconds in _PERIODS_SEC)
    if len(curve) < 2 * last:
        return 0.0
    curve = curve - curve.mean()
    # A few dozen products: a Fourier transform of hours would keep its plan, twice as large, in memory.
    highest = max(float(curve[lag:] @ curve[:-lag]) for lag in range(first, last))
    return max(0.0, highest / (float(curve @ curve) + 1e-9))
