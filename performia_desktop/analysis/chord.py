"""Names the chords.

Beat-synchronous treble and bass chroma are compared with templates of each chord's notes and of its likely bass
notes; richer qualities pay a price; notes foreign to the key, if it is known, pay a little too. To that is added
what a network hears (`net.chord_evidence`). A Viterbi path decides, in which a change is likely on a downbeat, less
so in mid-bar, and seldom elsewhere (after Mauch & Dixon, ISMIR 2010; Papadopoulos & Peeters, 2011). Where nothing
sounds, or nothing harmonic, the chord is none. An inversion is named only where the bass is clear.

Roots are pitch classes 0-11; names come later, when the key is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from performia_desktop.analysis.chroma import Floats, chromas, means, unit
from performia_desktop.analysis.evidence import Evidence
from performia_desktop.analysis.features import Features
from performia_desktop.analysis.meter import Bars
from performia_desktop.analysis.net import CHORD_FPS, CHORD_LAG, F32
from performia_desktop.analysis.net import QUALITIES as LEARNED
from performia_desktop.songmap.chord import QUALITIES

_PRICE: Final = {
    "maj": 0.0,
    "min": 0.0,
    "7": 0.11,
    "maj7": 0.05,
    "min7": 0.1,
    "sus4": 0.22,
    "sus2": 0.28,
    "dim": 0.16,
    "aug": 0.22,
    "hdim7": 0.22,
    "dim7": 0.22,
    "maj6": 0.2,
    "min6": 0.15,
}
"""The qualities told apart, and by how much more alike than a plain triad the richer ones must be."""
_SEVENTH: Final = 0.85
_BASS_WEIGHT: Final = 0.6
_BASS_OTHERS: Final = 0.35
_SHARPNESS: Final = 14.0
_LEARNED_SHARPNESS: Final = 2.0
_NOTHING: Final = 0.53
_CHANGE: Final = {"downbeat": -1.5, "mid-bar": -3.0, "elsewhere": -5.0}
"""Log scores of a chord change, by the beat it falls on."""
_FOREIGN: Final = -0.4
"""Log score of each note of a chord that is not in the key's scale."""
_SCALES: Final = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10, 11)}
_INVERSION: Final = 0.4
"""By how much another chord note's log score in the bass must exceed the root's to be named."""
_FAINT: Final = 0.05  # of the bass chroma's length; below, nothing is heard
SHORTEST_SEC: Final = 0.5
"""A recording that is shorter has no chords."""


@dataclass(frozen=True, slots=True)
class ChordSpan:
    """`root` is None where there is no chord; `bass` is in semitones above the root."""

    start: float
    end: float
    root: int | None
    quality: str
    bass: int
    conf: float


class KeyLike(Protocol):
    """What is needed of a key here: its span, its tonic (pitch class) and its mode."""

    @property
    def start(self) -> float: ...
    @property
    def end(self) -> float: ...
    @property
    def tonic(self) -> int: ...
    @property
    def mode(self) -> str: ...


@cache
def _templates() -> tuple[Floats, Floats, tuple[tuple[int, str], ...], Floats]:
    """Return unit treble and bass templates (chords, 12), the chords, and their prices."""
    treble, bass, names, price = [], [], [], []
    for quality, cost in _PRICE.items():
        steps = QUALITIES[quality]
        for root in range(12):
            notes = np.zeros(12)
            notes[[(root + step) % 12 for step in steps]] = [1, 1, 1, _SEVENTH][: len(steps)]
            low = np.zeros(12)
            low[root] = 1
            low[[(root + 7) % 12, (root + steps[1]) % 12]] = _BASS_OTHERS
            treble.append(notes)
            bass.append(low)
            names.append((root, quality))
            price.append(cost)
    return unit(np.array(treble)), unit(np.array(bass)), tuple(names), np.array(price)


def _learned(log_probabilities: F32, borders: Floats) -> Floats:
    """Return the network's mean log-probability of each chord between the borders; in parts, for the sake of memory."""
    parts = np.array_split(_learned_columns(), 6)
    return np.hstack([means(log_probabilities[:, part], borders - CHORD_LAG, CHORD_FPS) for part in parts])


@cache
def _learned_columns() -> NDArray[np.int64]:
    """Return the network's column of each chord of `_templates`, and of none."""
    columns = [12 * LEARNED.index(quality) + root for root, quality in _templates()[2]]
    return np.array([*columns, 12 * len(LEARNED)])


@dataclass(frozen=True, slots=True)
class Heard:
    """What is heard of the chords between n borders, whatever the key.

    Attributes
    ----------
    borders : (n + 1,), seconds, at which a chord may change
    change : (n,), log score of a change at each span's start
    scores : (n, chords + 1), log scores; the last is of no chord
    bass : (n, 12), log strength of each pitch class
    """

    borders: Floats
    change: Floats
    scores: Floats
    bass: Floats


def hear(features: Features, bars: Bars, evidence: Evidence) -> Heard:
    """Compare a song of at least SHORTEST_SEC with all chords."""
    borders, change = grid(bars, features.duration_sec)
    treble, bass = (means(x, borders) for x in chromas(features, power=0.6))
    high, low, _, price = _templates()
    similarity = unit(treble) @ high.T + _BASS_WEIGHT * (unit(bass) @ low.T) - price
    loudness = treble.sum(axis=1)
    nothing = np.where(loudness < 0.05 * np.median(loudness) + 1e-9, 2.0, _NOTHING)
    scores = _SHARPNESS * np.column_stack([similarity, nothing])
    scores += _LEARNED_SHARPNESS * _learned(evidence.chord, borders)
    return Heard(borders, change, scores, np.log(unit(bass) + _FAINT))


def decide(heard: Heard, keys: Sequence[KeyLike] = ()) -> list[ChordSpan]:
    """Return the likeliest chords, tiling the song; a first look needs no keys, a second gains by the first's."""
    borders, change, names = heard.borders, heard.change, _templates()[2]
    scores = heard.scores.copy()
    scores[:, :-1] += _in_key(names, keys, (borders[1:] + borders[:-1]) / 2)
    path = viterbi(scores, change)
    certainty = posterior(scores, change)[np.arange(len(path)), path]
    lowest = _basses(path, heard.bass, names, change)
    spans: list[ChordSpan] = []
    starts = np.flatnonzero(np.diff(path, prepend=-1).astype(bool) | np.diff(lowest, prepend=-1).astype(bool))
    for first, last in pairwise([*starts, len(path)]):
        state = int(path[first])
        root, quality = names[state] if state < len(names) else (None, "N")
        conf = float(certainty[first:last].mean())
        spans.append(
            ChordSpan(float(borders[first]), float(borders[last]), root, quality, int(lowest[first]), conf)
        )
    return spans


def grid(bars: Bars, duration_sec: float) -> tuple[Floats, Floats]:
    """Return the borders at which a chord may change (n + 1,), and the log score of a change at each span's start.

    Borders are the beats, or half seconds where there are none; before the first and after the last they go on at the
    pace of the beats.
    """
    beats = bars.beats
    if len(beats) < 2:
        borders = np.append(np.arange(0, max(duration_sec - 0.25, 0.01), 0.5), duration_sec)
        return borders, np.full(len(borders) - 1, _CHANGE["mid-bar"])
    step = float(np.median(np.diff(beats)))
    before, after = np.arange(beats[0] - step, 0, -step)[::-1], np.arange(beats[-1] + step, duration_sec, step)
    beats = np.concatenate([before, beats, after])
    inner = beats[(beats > 0.05) & (beats < duration_sec - 0.05)]
    borders = np.concatenate([[0.0], inner, [duration_sec]])
    position = np.full(len(borders) - 1, -1)
    on_downbeat = np.isin(borders[:-1], bars.downbeats)
    since = -1
    for k, first in enumerate(on_downbeat):
        since = 0 if first else since + 1 if since >= 0 else -1
        position[k] = since
    change = np.full(len(position), _CHANGE["elsewhere"])
    change[position == 0] = _CHANGE["downbeat"]
    if bars.numerator in {4, 12}:
        change[position == 2] = _CHANGE["mid-bar"]
    return borders, change


def _in_key(names: Sequence[tuple[int, str]], keys: Sequence[KeyLike], times: Floats) -> Floats:
    """Return the log score of each chord at each time for the notes it has outside the key, (times, chords)."""
    scores = np.zeros((len(times), len(names)))
    for key in keys:
        scale = {(key.tonic + step) % 12 for step in _SCALES[key.mode]}
        foreign = [sum((root + step) % 12 not in scale for step in QUALITIES[quality]) for root, quality in names]
        scores[(times >= key.start) & (times < key.end)] = _FOREIGN * np.array(foreign)
    return scores


def _basses(
    path: NDArray[np.int64], bass: Floats, names: Sequence[tuple[int, str]], change: Floats
) -> NDArray[np.int64]:
    """Return the bass of each beat in semitones above the root; within a chord it may change with the bar."""
    lowest = np.zeros(len(path), np.int64)
    new = (np.diff(path, prepend=-1) != 0) | (change == _CHANGE["downbeat"])
    starts = np.flatnonzero(new)
    for first, last in pairwise([*starts, len(path)]):
        if path[first] < len(names):
            lowest[first:last] = _inversion(bass[first:last].mean(axis=0), *names[path[first]])
    return lowest


def _inversion(bass: Floats, root: int, quality: str) -> int:
    """Return the chord note that stands out of log scores of the bass (12,), in semitones above the root."""
    steps = QUALITIES[quality]
    scores = [bass[(root + step) % 12] for step in steps]
    lowest = int(np.argmax(scores))
    return steps[lowest] if scores[lowest] > scores[0] + _INVERSION else 0


def viterbi(scores: Floats, change: Floats) -> NDArray[np.int64]:
    """Return the best path through log scores (time, states), where a change at time t costs `change[t]`."""
    count, states = scores.shape
    came = np.zeros((count, states), np.int64)
    same = np.arange(states)
    best = scores[0].copy()
    for t in range(1, count):
        jump = int(best.argmax())
        switched = best[jump] + change[t] > best
        came[t] = np.where(switched, jump, same)
        best = np.where(switched, best[jump] + change[t], best) + scores[t]
    path = np.zeros(count, np.int64)
    path[-1] = best.argmax()
    for t in range(count - 1, 0, -1):
        path[t - 1] = came[t][path[t]]
    return path


def posterior(scores: Floats, change: Floats) -> Floats:
    """Return the probability of each state at each time in the model that `viterbi` decodes (forward-backward)."""
    count = len(scores)
    emitted = np.exp(scores - scores.max(axis=1, keepdims=True))
    switch = np.exp(change)
    forward, backward = np.empty_like(emitted), np.ones_like(emitted)
    forward[0] = emitted[0] / emitted[0].sum()
    for t in range(1, count):
        reached = emitted[t] * (forward[t - 1] + switch[t] * forward[t - 1].sum())
        forward[t] = reached / reached.sum()
    for t in range(count - 2, -1, -1):
        following = emitted[t + 1] * backward[t + 1]
        left = following + switch[t + 1] * following.sum()
        backward[t] = left / left.sum()
    both: Floats = forward * backward
    both /= both.sum(axis=1, keepdims=True)
    return both
