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

Curves = tuple[Floats, Floats, Floats]

BIAS: Final = 1.73
WEIGHTS: Final = np.array([-3.55, -0.48, 0.46, 1.29, -10.0])
"""Of: octaves above 120 BPM; contrast of strong and weak beats in the low and in the middle band; what the network
gains a second by the finer beats; and how far below _SILENT it is what is played between half beats. Fitted by
`training.levels`, anew with every change of the network, whose log odds they weigh; the bias is
0.3 more than the fit's (training/README.md)."""
_SILENT: Final = -0.1
"""Strength between half beats below which nothing is played there."""
_OFF_BEAT: Final = -0.7
_OFF_BEAT_LEARNED: Final = 0.5
_SLOWEST_TRIPLE: Final = 58.0  # BPM; below, three parts of a "beat" are beats of a fast waltz
_LIMITS: Final = (-5.0, 4.0)  # of the network's log odds


def settle(features: Features, evidence: Evidence, pulse: Floats, curve: Floats) -> tuple[Floats, float]:
    """Return the beats among half, the same and double the pulse, in the right phase, and how sure that is.

    `curve` is the onset strength in all bands.
    """
    curves, heard = curves_of(features, curve), evidence.beat
    doubled, between = divided(curves, pulse)
    on, off = strengths(curves, pulse), strengths(curves, between)
    bpm = 60 / float(np.median(np.diff(pulse)))
    thirds = [strengths(curves, pulse[:-1] + k * np.diff(pulse) / 3)[2] for k in (1, 2)]
    compound = min(thirds) > max(off[2], 0.3)  # three to the beat: there is nothing half-way
    if compound and bpm < _SLOWEST_TRIPLE:
        return subdivide(pulse, 3), 0.5
    double = 0.0 if compound else finer(clues(curves, heard, doubled, pulse, on, off))
    if double > 0.5:
        return doubled, double
    shifted = refine(between, curves[2])
    contrast = on[0] - off[0] + 0.5 * (on[1] - off[1])
    if contrast + _OFF_BEAT_LEARNED * (support(pulse, heard) - support(shifted, heard)) < _OFF_BEAT:
        return shifted, 1 - double
    stronger, *two = halves(curves, heard, pulse)
    as_it_is = finer(clues(curves, heard, pulse, stronger, *two))
    if as_it_is > 0.5:
        return pulse, (1 - double) * as_it_is
    return stronger, 1 - as_it_is


def curves_of(features: Features, curve: Floats) -> Curves:
    """Return the onset strength in the low and the middle band, and that in all."""
    return onset_curve(features, slice(0, 1)), onset_curve(features, slice(2, 3)), curve


def divided(curves: Curves, pulse: Floats) -> tuple[Floats, Floats]:
    """Return the pulse at twice its tempo, at the onsets near there, and the places half-way."""
    return refine(subdivide(pulse, 2), curves[2]), (pulse[1:] + pulse[:-1]) / 2


def halves(curves: Curves, heard: BeatEvidence, pulse: Floats) -> tuple[Floats, Floats, Floats]:
    """Return every second beat of the pulse, those that are stronger and better heard; their strengths; the others'."""
    both = pulse[::2], pulse[1::2]
    strong = [strengths(curves, half) for half in both]
    first, second = (each.sum() + support(half, heard) for half, each in zip(both, strong, strict=True))
    k = int(second > first)
    return both[k], strong[k], strong[1 - k]


def clues(curves: Curves, heard: BeatEvidence, fine: Floats, coarse: Floats, on: Floats, off: Floats) -> Floats:
    """Return what tells whether beats are `fine` or only `coarse`, which is every second of them.

    `on` and `off` are the `strengths` of the coarse ones and of those between.
    """
    if on[2] < off[2]:
        on, off = off, on
    octaves = np.log2(float(np.median(np.diff(coarse))))  # below 60 BPM, so that the finer ones are below 120
    gain = support(fine, heard) - support(coarse, heard)
    silence = max(0.0, _SILENT - fills(curves[1], fine))
    return np.array([-octaves, on[0] - off[0], on[1] - off[1], gain, silence])


def finer(seen: Floats) -> float:
    """Return the probability that the finer beats are meant, given the `clues`.

    A logistic fit: where the bass drum falls between pulses that carry the snare, or weak beats are as strong as
    others, all are beats; where nothing is ever played between half beats, as in a slow piano ballad in eighths, they
    may be half beats themselves.
    """
    return float(1 / (1 + np.exp(-(BIAS + WEIGHTS @ seen))))


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
