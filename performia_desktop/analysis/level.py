"""Decides the metrical level (half or double the tempo) and the phase (on or off the beat) of a pulse.

Strong pulses differ from weak ones in bass, bass drum and harmony. Times are seconds.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from performia_desktop.analysis.features import Features
from performia_desktop.analysis.onset import Floats, onset_curve, refine, strengths

_BIAS: Final = 1.53
_WEIGHTS: Final = np.array([-2.58, -0.38, -0.73])  # octaves above 120 BPM; low; mid
_OFF_BEAT: Final = -0.7
_SLOWEST_TRIPLE: Final = 58.0  # BPM; below, three parts of a "beat" are beats of a fast waltz


def settle(features: Features, pulse: Floats) -> tuple[Floats, float]:
    """Return the beats among half, the same and double the pulse, in the right phase, and how sure that is."""
    low, mid, full = (onset_curve(features, bands) for bands in (slice(0, 1), slice(2, 3), slice(None)))
    curves = (low, mid, full)
    between = (pulse[1:] + pulse[:-1]) / 2
    on, off = strengths(curves, pulse), strengths(curves, between)
    bpm = 60 / float(np.median(np.diff(pulse)))
    thirds = [strengths(curves, pulse[:-1] + k * np.diff(pulse) / 3)[2] for k in (1, 2)]
    if bpm < _SLOWEST_TRIPLE and min(thirds) > max(off[2], 0.3):
        return subdivide(pulse, 3), 0.5
    # three to the beat: there is nothing half-way
    double = 0.0 if min(thirds) > max(off[2], 0.3) else finer(2 * bpm, on, off)
    if double > 0.5:
        return refine(subdivide(pulse, 2), full), double
    if on[0] - off[0] + 0.5 * (on[1] - off[1]) < _OFF_BEAT:
        return refine(between, full), 1 - double
    first, second = strengths(curves, pulse[::2]), strengths(curves, pulse[1::2])
    same = finer(bpm, first, second)
    if same > 0.5:
        return pulse, (1 - double) * same
    stronger = 0 if first.sum() >= second.sum() else 1
    return pulse[stronger::2], 1 - same


def finer(bpm: float, on: Floats, off: Floats) -> float:
    """Return the probability that beats at `bpm` are meant, rather than every second of them.

    A logistic fit over the tempo and the contrast of strong and weak beats in the low and the middle band: where
    the bass drum falls between pulses that carry the snare, or weak beats are as strong as others, all are beats.
    """
    if on[2] < off[2]:
        on, off = off, on
    evidence = _BIAS + np.dot(_WEIGHTS, [np.log2(bpm / 120), on[0] - off[0], on[1] - off[1]])
    return float(1 / (1 + np.exp(-evidence)))


def subdivide(pulse: Floats, parts: int) -> Floats:
    """Return the pulse with `parts` steps for every one."""
    steps = np.arange(parts * (len(pulse) - 1) + 1) / parts
    divided: Floats = np.interp(steps, np.arange(len(pulse)), pulse)
    return divided
