"""Decides the metrical level (half or double the tempo) and the phase (on or off the beat) of a pulse.

Strong pulses differ from weak ones in bass, bass drum and harmony, and in what a network hears of beats and bars
(`net.beat_evidence`). Times are seconds.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from performia_desktop.analysis.evidence import Evidence
from performia_desktop.analysis.features import Features
from performia_desktop.analysis.net import BeatEvidence, peaks
from performia_desktop.analysis.onset import Floats, onset_curve, refine, strengths

_BIAS: Final = 1.85
_WEIGHTS: Final = np.array([-2.3, -0.28, -0.4, 1.2])
"""Of: octaves above 120 BPM; contrast in the low and in the middle band; what the network gains a second."""
_SILENT, _SILENCE = -0.1, -10.0
"""Strength between half beats below which nothing is played there, and the log odds of each one that it lacks."""
_OFF_BEAT: Final = -0.7
_OFF_BEAT_LEARNED: Final = 0.5
_SLOWEST_TRIPLE: Final = 58.0  # BPM; below, three parts of a "beat" are beats of a fast waltz
_LIMITS: Final = (-5.0, 4.0)  # of the network's log odds


def settle(features: Features, evidence: Evidence, pulse: Floats) -> tuple[Floats, float]:
    """Return the beats among half, the same and double the pulse, in the right phase, and how sure that is."""
    low, mid, full = (onset_curve(features, bands) for bands in (slice(0, 1), slice(2, 3), slice(None)))
    curves, heard = (low, mid, full), evidence.beat
    between, doubled = (pulse[1:] + pulse[:-1]) / 2, refine(subdivide(pulse, 2), full)
    on, off = strengths(curves, pulse), strengths(curves, between)
    bpm = 60 / float(np.median(np.diff(pulse)))
    thirds = [strengths(curves, pulse[:-1] + k * np.diff(pulse) / 3)[2] for k in (1, 2)]
    compound = min(thirds) > max(off[2], 0.3)  # three to the beat: there is nothing half-way
    if compound and bpm < _SLOWEST_TRIPLE:
        return subdivide(pulse, 3), 0.5
    same = support(pulse, heard)
    double = 0.0 if compound else finer(2 * bpm, on, off, support(doubled, heard) - same, fills(mid, doubled))
    if double > 0.5:
        return doubled, double
    shifted = refine(between, full)
    contrast = on[0] - off[0] + 0.5 * (on[1] - off[1])
    if contrast + _OFF_BEAT_LEARNED * (same - support(shifted, heard)) < _OFF_BEAT:
        return shifted, 1 - double
    halves = pulse[::2], pulse[1::2]
    first, second = (strengths(curves, half) for half in halves)
    supports = [support(half, heard) for half in halves]
    stronger = int(second.sum() + supports[1] > first.sum() + supports[0])
    as_it_is = finer(bpm, first, second, same - supports[stronger], fills(mid, pulse))
    if as_it_is > 0.5:
        return pulse, (1 - double) * as_it_is
    return halves[stronger], 1 - as_it_is


def finer(bpm: float, on: Floats, off: Floats, gain: float, filled: float) -> float:
    """Return the probability that beats at `bpm` are meant, rather than every second of them.

    A logistic fit over the tempo, the contrast of strong and weak beats in the low and the middle band, what the
    network gains by the finer beats, and `fills`: where the bass drum falls between pulses that carry the snare, or
    weak beats are as strong as others, all are beats; where nothing is ever played between half beats, as in a slow
    piano ballad in eighths, they may be half beats themselves.
    """
    if on[2] < off[2]:
        on, off = off, on
    evidence = _BIAS + np.dot(_WEIGHTS, [np.log2(bpm / 120), on[0] - off[0], on[1] - off[1], gain])
    evidence += _SILENCE * max(0.0, _SILENT - filled)
    return float(1 / (1 + np.exp(-evidence)))


def fills(curve: Floats, beats: Floats) -> float:
    """Return the onset strength at a quarter and at three quarters of each beat."""
    step = np.diff(beats)
    return float(strengths((curve,), np.concatenate([beats[:-1] + step / 4, beats[:-1] + 3 * step / 4]))[0])


def support(times: Floats, heard: BeatEvidence) -> float:
    """Return the log odds a second that the network gives beats at `times`."""
    odds = np.clip(peaks(heard.beat, times), *_LIMITS)
    return float(odds.sum()) / max(float(times[-1] - times[0]), 1e-6)


def subdivide(pulse: Floats, parts: int) -> Floats:
    """Return the pulse with `parts` steps for every one."""
    steps = np.arange(parts * (len(pulse) - 1) + 1) / parts
    divided: Floats = np.interp(steps, np.arange(len(pulse)), pulse)
    return divided
