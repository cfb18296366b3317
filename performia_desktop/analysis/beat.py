"""Finds the beat.

An onset curve (SuperFlux, normalised within four seconds) and what a network hears (`net.beat_evidence`) are read
by a bar-pointer hidden Markov model one beat long (Krebs, Böck & Widmer, ISMIR 2015): the tempo may change at
beats only, little changes being likely. Because a whole beat has one tempo, the model is decoded as a semi-Markov
chain over (frame, period), which gives the same best path as the usual state space at a fraction of its price.

The metrical level (half or double the tempo) and the phase (on or off the beat) are decided afterwards (`level`).

Times are seconds; periods are frames of the model, `FPS` a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from performia_desktop.analysis.evidence import Evidence
from performia_desktop.analysis.features import ONSET_FPS, Features, Tick
from performia_desktop.analysis.level import settle
from performia_desktop.analysis.net import F32, peaks
from performia_desktop.analysis.onset import Floats, onset_curve, onsets_near, refine

FPS: Final = ONSET_FPS / 2
BLOCK: Final = 2048  # frames of the lattice at a time
_SLOWEST, _FASTEST = 50.0, 215.0
PERIODS: Final = np.arange(int(60 * FPS / _FASTEST), int(np.ceil(60 * FPS / _SLOWEST)) + 1)
_SHORTEST: Final = int(PERIODS[0])
_SLOPE, _EVEN = 1.6, 1.0  # log odds of a beat by onset strength in standard deviations
_LEARNED = 0.6  # the network's share of the log odds
_NO_BEAT: Final = -0.5  # mean log odds between those of beats in music and of what is counted in talk and applause
_PLAINLY: Final = -4.0  # sum over beats
_MOST_TALK: Final = 1 / 4  # of all that is counted
_TEMPO_RIGIDITY: Final = 150.0
_PRIOR_BPM, _PRIOR_OCTAVES = 105.0, 1.0
_BEAT_ZONE: Final = 1 / 16  # of the period; a half-beat onset costs little in a zone of the same width
_HALF_BEAT_REWARD: Final = 0.25
_JUMP: Final = 0.15  # octaves that two intervals' ratio may be from two
_STRETCH: Final = 8  # beats
_PLAIN_ONSET: Final = 1.0  # standard deviations


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


def track(features: Features, evidence: Evidence, tick: Tick = lambda _: None) -> Beats:
    """Return the most likely beats."""
    curve = onset_curve(features)
    if len(curve) < 4 * ONSET_FPS:
        return NO_BEATS
    pulse = pulse_of(curve, evidence.beat.beat, tick)
    if len(pulse) < 8:
        return NO_BEATS
    times, level_conf = settle(features, evidence, pulse, curve)
    times = led_in(times, curve)
    times = times[music(peaks(evidence.beat.beat, times))]
    return Beats(times, clarity(pulse, curve), level_conf)


def pulse_of(curve: Floats, learned: F32, tick: Tick = lambda _: None) -> Floats:
    """Return the pulse of an onset curve and a network's logits, at whatever level it is found."""
    return refine(one_level(decode(odds(curve, learned), tick) / FPS), curve)


def one_level(pulse: Floats) -> Floats:
    """Return the pulse with its stretches at half the tempo of the rest divided in two.

    Where the music pauses the path may go on at half or double the tempo. People keep counting as before.
    """
    intervals = np.diff(pulse)
    if len(intervals) < 2:
        return pulse
    octaves = np.log2(intervals[1:] / intervals[:-1])
    jumps = np.where(np.abs(np.abs(octaves) - 1) < _JUMP, np.sign(octaves), 0)
    level = np.concatenate([[0], np.cumsum(jumps)]).astype(int)
    common = [k for k in np.unique(level) if np.count_nonzero(level == k) >= _STRETCH]
    parts = 2 ** np.maximum(0, level - min(common, default=0)) if common else np.ones(len(level), int)
    index = np.concatenate([[0], np.cumsum(parts)])
    divided: Floats = np.interp(np.arange(index[-1] + 1), index, pulse)
    return divided


def led_in(beats: Floats, curve: Floats) -> Floats:
    """Return the beats with those before them that an onset marks.

    A path through every second beat may begin with the second.
    """
    while len(beats) > 1 and (earlier := 2 * beats[0] - beats[1]) > 0:
        found = refine(np.array([earlier]), curve)
        if onsets_near(curve, found)[0] < _PLAIN_ONSET:
            break
        beats = np.concatenate([found, beats])
    return beats


def music(odds: F32) -> slice:
    """Return which beats to keep, given their log odds by the network: a start or an end that it hears no beat in is
    talk, applause or noise. Where it hears little in all or in much of the song, that is its own fault.
    """
    gain = odds - _NO_BEAT
    if len(gain) == 0 or gain.mean() <= 0:
        return slice(None)
    first, last = _unheard(gain), _unheard(gain[::-1])
    return slice(first, len(gain) - last)


def _unheard(gain: F32) -> int:
    """Return how many beats to leave out at the start."""
    total = np.cumsum(gain)
    count = int(total.argmin()) + 1
    return count if total.min() < _PLAINLY and count <= _MOST_TALK * len(gain) else 0


def odds(curve: Floats, learned: F32) -> Floats:
    """Return the log odds of a beat at FPS, from an onset curve at twice that rate and the network's logits."""
    strength = curve[: len(curve) // 2 * 2].reshape(-1, 2).max(axis=1)
    count = min(len(strength), len(learned))
    mixed: Floats = (1 - _LEARNED) * _SLOPE * (strength[:count] - _EVEN) + _LEARNED * learned[:count]
    return mixed


def decode(odds: Floats, tick: Tick = lambda _: None) -> NDArray[np.int64]:
    """Return the frames of the most likely beats, given their log odds at FPS."""
    count, wide = len(odds), len(PERIODS)
    on = np.clip(1 / (1 + np.exp(-odds)), 0.02, 0.98)
    rest, beat = np.log(1 - on), np.log(on)
    half = _HALF_BEAT_REWARD * beat + (1 - _HALF_BEAT_REWARD) * rest
    sums = [np.concatenate([[0.0], np.cumsum(x)]) for x in (beat, half, rest)]
    change = -_TEMPO_RIGIDITY * np.abs(PERIODS / PERIODS[:, None] - 1)
    change -= np.log(np.exp(change).sum(axis=1, keepdims=True))
    into = np.ascontiguousarray(change.T)
    prior = -0.5 * (np.log2(60 * FPS / PERIODS / _PRIOR_BPM) / _PRIOR_OCTAVES) ** 2

    ring = int(PERIODS[-1]) + 1
    ahead = np.full((ring, wide), -np.inf)  # best score of all up to the end of a beat that began at frame % ring
    came = np.zeros((count, wide), np.int8)
    each, rows = np.arange(wide), np.arange(_SHORTEST * wide)
    best, last = -np.inf, (0, 0)
    for first in range(0, count, BLOCK):
        tick(first / count)
        spans = _spans(sums, first, min(count, first + BLOCK), count)
        for at in range(0, len(spans), _SHORTEST):  # so few frames do not depend on one another
            frames = np.arange(first + at, first + min(at + _SHORTEST, len(spans)))[:, None]
            before = ahead[(frames - PERIODS) % ring, each]
            moves = (before[:, None, :] + into).reshape(-1, wide)  # rows: frames, and periods to; columns: from
            source = moves.argmax(axis=1)
            score = moves[rows[: len(moves)], source].reshape(-1, wide)
            source = source.reshape(-1, wide)
            if first + at < PERIODS[-1]:
                fresh = np.where(frames < PERIODS[-1], prior + sums[2][frames], -np.inf)
                source[fresh > score] = -1
                score = np.maximum(fresh, score)
            came[frames[:, 0]] = source
            score = score + spans[at : at + len(frames)]
            ahead[frames[:, 0] % ring] = score
            if frames[-1, 0] + PERIODS[-1] >= count:
                ending = np.where(frames + PERIODS >= count, score, -np.inf)
                row, column = np.unravel_index(ending.argmax(), ending.shape)
                if ending[row, column] > best:
                    best, last = float(ending[row, column]), (int(frames[row, 0]), int(column))
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


def clarity(times: Floats, curve: Floats) -> float:
    """Return 0-1: the share of beats that fall on an onset, beyond what chance would give."""
    if len(times) < 8:
        return 0.0
    near = np.clip(np.round(times * ONSET_FPS).astype(int)[:, None] + np.arange(-3, 4), 0, len(curve) - 1)
    hit = float(np.mean(curve[near].max(axis=1) > 1))
    smeared = np.lib.stride_tricks.sliding_window_view(np.pad(curve, 3, mode="edge"), 7).max(axis=1)
    chance = float(np.mean(smeared > 1))
    return float(np.clip((hit - chance) / (1 - chance + 1e-9), 0, 1))
