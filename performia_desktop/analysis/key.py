"""Finds the key and its modulations, from the chords and the notes.

Every two seconds, each of 24 keys is scored by the functions of the sounding chords in it (weights fitted to keys
and chords of 1,445 public songs: POP909, MIT, and McGill Billboard, CC0; none that the program is measured with),
by the correlation of the chroma with Temperley's profiles, and by what songs begin and end on. A Viterbi path that
seldom changes cuts the song into pieces. This tells far keys apart, but hardly a key from its neighbours on the circle
of fifths. So which pieces belong together, and which of the near keys each is in, is decided by its chords as a whole
(see `tonic`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from performia_desktop.analysis import tonic
from performia_desktop.analysis.chord import ChordSpan, viterbi
from performia_desktop.analysis.chroma import BASS, TREBLE, Floats, folded, means
from performia_desktop.analysis.features import Features

_WINDOW: Final = 2.0
_CHANGE: Final = -4.0
_CHORDS: Final = 0.02  # a second
_PROFILE: Final = 0.5
_OWN: Final = 0.1
"""Of these scores, for a key itself; they count in full for the best of it and its neighbours."""
_WHOLE_SEC: Final = 20.0
"""What is told of a piece as a whole counts once for each of so many seconds."""
_CUT: Final = -4.0
_MOST_PIECES: Final = 14
"""That make up one; more are of a recording of hours."""
# Rows: in major, in minor. Columns: major triads on the twelve steps above the tonic, then minor triads.
_FUNCTION: Final = np.array([
    [10.5, -2.7, -7.1, -1.8, -2.3, 6.0, 0.3, 6.7, -0.1, 1.4, -4.6, -1.7,
     -1.2, -0.4, 1.1, -0.1, 2.7, 2.1, 0.0, -4.1, 0.0, 2.2, -1.8, -4.8],
    [2.8, -6.3, -3.9, 1.1, -1.3, -1.7, -2.2, 5.0, 3.0, -1.3, 2.2, -2.0,
     10.9, -0.5, -3.9, -1.0, -0.9, 3.9, -0.6, 2.2, -0.8, -0.5, -3.4, -1.0],
])  # fmt: skip
_BEGIN_OR_END: Final = np.array([
    [1.8, 0.3, 0.3, -1.0, -0.2, 0.6, 0.4, 0.7, 0.0, -0.3, -0.7, -1.2,
     0.2, -0.5, 0.7, -0.4, 0.5, 0.0, -0.6, -0.7, -0.3, 1.3, 0.4, -0.7],
    [1.3, -0.8, -0.8, 1.4, -0.6, 0.0, -0.7, -0.3, 1.0, -0.6, 0.4, -0.8,
     2.3, 0.3, -0.4, -0.5, -0.4, 1.4, -0.7, -0.7, -0.5, -0.1, -0.2, -0.3],
])  # fmt: skip
_MAJOR: Final = np.array([0.748, 0.060, 0.488, 0.082, 0.670, 0.460, 0.096, 0.715, 0.104, 0.366, 0.057, 0.400])
_MINOR: Final = np.array([0.712, 0.084, 0.474, 0.618, 0.049, 0.460, 0.105, 0.747, 0.404, 0.067, 0.133, 0.330])


@dataclass(frozen=True, slots=True)
class KeySpan:
    """`tonic` is a pitch class, `mode` major or minor."""

    start: float
    end: float
    tonic: int
    mode: str
    conf: float


def find(features: Features, chords: Sequence[ChordSpan]) -> list[KeySpan]:
    """Return the keys, tiling the song; empty where no chord sounds."""
    duration = features.duration_sec
    if not any(chord.root is not None for chord in chords):
        return []
    borders = np.unique(np.append(np.arange(0, duration, _WINDOW), duration))
    if len(borders) > 2 and borders[-1] - borders[-2] < 0.5 * _WINDOW:
        borders = np.delete(borders, -2)
    scores = _CHORDS * _durations(chords, borders) @ _for_all_keys(_FUNCTION)
    scores += _PROFILE * _profile_scores(features, borders)
    sounding = [_triad(chord.root, chord.quality) for chord in chords if chord.root is not None]
    for row, triad in ((0, sounding[0]), (-1, sounding[-1])):
        scores[row] += _for_all_keys(_BEGIN_OR_END)[triad]
    path = viterbi(scores, np.full(len(scores), _CHANGE))
    cuts = np.append(np.flatnonzero(np.diff(path, prepend=-1)), len(path))
    total = np.zeros((len(cuts), 24))
    np.cumsum(np.add.reduceat(scores, cuts[:-1], axis=0), axis=0, out=total[1:])
    return _joined(chords, borders[cuts], total)


def _joined(chords: Sequence[ChordSpan], cuts: Floats, total: Floats) -> list[KeySpan]:
    """Join pieces of a song, and choose their keys.

    `cuts` (n + 1,) are their times; `total` (n + 1, 24) is the sum of the keys' scores up to each.
    """
    starts, ends = [chord.start for chord in chords], [chord.end for chord in chords]
    best = np.full(len(cuts), -np.inf)
    best[0] = -_CUT
    chosen: list[tuple[int, int, float]] = [(0, 0, 0.0)] * len(cuts)
    for last in range(1, len(cuts)):
        for first in range(max(0, last - _MOST_PIECES), last):
            start, end = float(cuts[first]), float(cuts[last])
            inside = chords[bisect_right(ends, start) : bisect_left(starts, end)]
            told = tonic.log_probabilities(inside, start, end)
            windows = total[last] - total[first]
            scores = max(1.0, (end - start) / _WHOLE_SEC) * told + windows[_neighbours()].max(axis=1)
            scores += _OWN * windows
            key = int(scores.argmax())
            reached = best[first] + _CUT + scores[key]
            if reached > best[last]:
                best[last] = reached
                chosen[last] = (first, key, float(np.exp(told[key])))
    spans: list[KeySpan] = []
    last = len(cuts) - 1
    while last > 0:
        first, key, conf = chosen[last]
        mode = "major" if key < 12 else "minor"
        spans.append(KeySpan(float(cuts[first]), float(cuts[last]), key % 12, mode, conf))
        last = first
    return spans[::-1]


@cache
def _neighbours() -> NDArray[np.int64]:
    """Return each key's near keys, (24, 6): itself, its relative, and those a fifth above and below the two."""
    fifths = np.array([0, 7, 5])
    rows = []
    for key in range(24):
        mode, relative = key // 12, (key + (9 if key < 12 else 3)) % 12
        rows.append([*((key + fifths) % 12 + 12 * mode), *((relative + fifths) % 12 + 12 * (1 - mode))])
    return np.array(rows)


def _triad(root: int, quality: str) -> int:
    return root + (12 if quality in tonic.MINOR_LIKE else 0)


@cache
def _rotations() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return, for each triad (24, 1) and key (1, 24), the row and the column of a table of functions."""
    triad, key = np.arange(24)[:, None], np.arange(24)[None]
    return key // 12 + 0 * triad, (triad % 12 - key % 12) % 12 + 12 * (triad // 12)


def _for_all_keys(table: Floats) -> Floats:
    """Return what a table of functions says about each triad in each key, (24 triads, 24 keys)."""
    expanded: Floats = table[_rotations()]
    return expanded


def _durations(chords: Sequence[ChordSpan], borders: Floats) -> Floats:
    """Return how many seconds each triad sounds between the borders, (spans, 24)."""
    seconds = np.zeros((len(borders) - 1, 24))
    for chord in chords:
        if chord.root is not None:
            overlap = np.minimum(borders[1:], chord.end) - np.maximum(borders[:-1], chord.start)
            seconds[:, _triad(chord.root, chord.quality)] += np.maximum(0, overlap)
    return seconds


def _profile_scores(features: Features, borders: Floats) -> Floats:
    """Return the correlation of each span's chroma with each key's profile, (spans, 24)."""
    (whole,) = folded(features.notes, 0.7, TREBLE + 0.5 * BASS)
    chroma = means(whole, borders)
    profiles = np.array([np.roll(p, k) for p in (_MAJOR, _MINOR) for k in range(12)])
    scores: Floats = _centred(chroma) @ _centred(profiles).T
    return scores


def _centred(x: Floats) -> Floats:
    centred: Floats = (x - x.mean(axis=1, keepdims=True)) / (x.std(axis=1, keepdims=True) + 1e-6) / np.sqrt(12)
    return centred
