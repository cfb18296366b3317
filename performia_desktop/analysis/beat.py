"""Finds the beat.

An onset curve (SuperFlux, normalised within four seconds) is read by a bar-pointer hidden Markov model one beat
long (Krebs, Böck & Widmer, ISMIR 2015): the tempo may change at beats only, little changes being likely. Because
a whole beat has one tempo, the model is decoded as a semi-Markov chain over (frame, period), which gives the
same best path as the usual state space at a fraction of its price.

The metrical level (half or double the tempo) and the phase (on or off the beat) are decided afterwards, from
what distinguishes strong from weak pulses: bass, bass drum, harmony.

Times are seconds; periods are frames of the model, `FPS` a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d, uniform_filter1d

from performia_desktop.analysis.features import ONSET_FPS, Features, Tick

FPS: Final = ONSET_FPS / 2
BLOCK: Final = 2048  # frames of the lattice at a time
_SLOWEST, _FASTEST = 50.0, 215.0
PERIODS: Final = np.arange(int(60 * FPS / _FASTEST), int(np.ceil(60 * FPS / _SLOWEST)) + 1)
_TEMPO_RIGIDITY: Final = 150.0
_PRIOR_BPM, _PRIOR_OCTAVES = 105.0, 1.0
_BEAT_ZONE: Final = 1 / 16  # of the period; a half-beat onset costs little in a zone of the same width
_HALF_BEAT_REWARD: Final = 0.25
_LEVEL_BIAS: Final = 1.53
_LEVEL_WEIGHTS: Final = np.array([-2.58, -0.38, -0.73])  # octaves above 120 BPM; low; mid
_OFF_BEAT: Final = -0.7
_SLOWEST_TRIPLE: Final = 58.0  # BPM; below, three parts of a "beat" are beats of a fast waltz

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Beats:
    """The beats of a song.

    Attributes
    ----------
    times : float64 (n,), seconds, ascending; empty where there is no pulse
    clarity : 0-1, how far onsets gather on the pulse
    level_conf : 0-1, probability that neither half nor double the tempo is meant
    """

    times: Floats
    clarity: float
    level_conf: float


NO_BEATS: Final = Beats(np.zeros(0), 0.0, 0.0)


def track(features: Features, tick: Tick = lambda _: None) -> Beats:
    """Return the most likely beats."""
    curve = onset_curve(features)
    if len(curve) < 4 * ONSET_FPS:
        return NO_BEATS
    frames = decode(curve[: len(curve) // 2 * 2].reshape(-1, 2).max(axis=1), tick)
    pulse = refine(frames / FPS, curve)
    if len(pulse) < 8:
        return NO_BEATS
    times, level_conf = settle(features, pulse)
    return Beats(times, clarity(pulse, curve), level_conf)


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


# ---------------------------------------------------------------- metrical level and phase


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
    evidence = _LEVEL_BIAS + np.dot(_LEVEL_WEIGHTS, [np.log2(bpm / 120), on[0] - off[0], on[1] - off[1]])
    return float(1 / (1 + np.exp(-evidence)))


def strengths(curves: tuple[Floats, ...], times: Floats) -> Floats:
    """Return the mean onset strength of each curve near `times`."""
    return np.array([onsets_near(curve, times).mean() if len(times) else 0.0 for curve in curves])


def onsets_near(curve: Floats, times: Floats) -> Floats:
    """Return the onset strength within 40 ms of each time, limited to [-1, 4]."""
    near = np.clip(np.round(times * ONSET_FPS).astype(int)[:, None] + np.arange(-4, 5), 0, len(curve) - 1)
    limited: Floats = np.clip(curve[near].max(axis=1), -1, 4)
    return limited


def subdivide(pulse: Floats, parts: int) -> Floats:
    """Return the pulse with `parts` steps for every one."""
    steps = np.arange(parts * (len(pulse) - 1) + 1) / parts
    divided: Floats = np.interp(steps, np.arange(len(pulse)), pulse)
    return divided


# ---------------------------------------------------------------- the model


def decode(strength: Floats, tick: Tick = lambda _: None) -> NDArray[np.int64]:
    """Return the frames of the most likely beats, given onset strengths at FPS in standard deviations."""
    count, wide = len(strength), len(PERIODS)
    on = np.clip(1 / (1 + np.exp(-1.6 * (strength - 1))), 0.02, 0.98)
    rest, beat = np.log(1 - on), np.log(on)
    half = _HALF_BEAT_REWARD * beat + (1 - _HALF_BEAT_REWARD) * rest
    sums = [np.concatenate([[0.0], np.cumsum(x)]) for x in (beat, half, rest)]
    change = -_TEMPO_RIGIDITY * np.abs(PERIODS / PERIODS[:, None] - 1)
    change -= np.log(np.exp(change).sum(axis=1, keepdims=True))
    prior = -0.5 * (np.log2(60 * FPS / PERIODS / _PRIOR_BPM) / _PRIOR_OCTAVES) ** 2

    ring = int(PERIODS[-1]) + 1
    ahead = np.full((ring, wide), -np.inf)  # best score of all up to the end of a beat that began at frame % ring
    came = np.zeros((count, wide), np.int8)
    each = np.arange(wide)
    best, last = -np.inf, (0, 0)
    for frame in range(count):
        if frame % BLOCK == 0:
            tick(frame / count)
            spans = _spans(sums, frame, min(count, frame + BLOCK), count)
        before = ahead[(frame - PERIODS) % ring, each]
        moves = before[:, None] + change
        source = moves.argmax(axis=0)
        score = moves[source, each]
        if frame < PERIODS[-1]:
            fresh = prior + sums[2][frame]
            started = fresh > score
            source = np.where(started, -1, source)
            score = np.where(started, fresh, score)
        came[frame] = source
        score = score + spans[frame % BLOCK]
        ahead[frame % ring] = score
        if frame + PERIODS[-1] >= count:
            ending = np.where(frame + PERIODS >= count, score, -np.inf)
            k = int(ending.argmax())
            if ending[k] > best:
                best, last = float(ending[k]), (frame, k)
    frame, k = last
    beats = [frame]
    while came[frame, k] >= 0:
        k = int(came[frame, k])
        frame -= int(PERIODS[k])
        beats.append(frame)
    return np.array(beats[::-1])


def _spans(sums: list[Floats], first: int, last: int, count: int) -> Floats:
    """Return the log likelihood of frames [t, t + period) if a beat begins at t; (last - first, periods)."""
    start = np.arange(first, last)[:, None]
    end = np.minimum(count, start + PERIODS)
    on = np.minimum(count, start + np.ceil(PERIODS * _BEAT_ZONE).astype(int))
    half_on = np.minimum(count, start + np.ceil(PERIODS * (0.5 - _BEAT_ZONE / 2)).astype(int))
    half_off = np.minimum(count, start + np.ceil(PERIODS * (0.5 + _BEAT_ZONE / 2)).astype(int))
    beat, half, rest = sums
    spans: Floats = (
        beat[on]
        - beat[start]
        + rest[half_on]
        - rest[on]
        + half[half_off]
        - half[half_on]
        + rest[end]
        - rest[half_off]
    )
    return spans


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


def clarity(times: Floats, curve: Floats) -> float:
    """Return 0-1: the share of beats that fall on an onset, beyond what chance would give."""
    if len(times) < 8:
        return 0.0
    near = np.clip(np.round(times * ONSET_FPS).astype(int)[:, None] + np.arange(-3, 4), 0, len(curve) - 1)
    hit = float(np.mean(curve[near].max(axis=1) > 1))
    smeared = np.lib.stride_tricks.sliding_window_view(np.pad(curve, 3, mode="edge"), 7).max(axis=1)
    chance = float(np.mean(smeared > 1))
    return float(np.clip((hit - chance) / (1 - chance + 1e-9), 0, 1))
