"""Transcribes the bass as notes, from what the bass network hears (see `line_net`).

A Viterbi path over pitches and silence follows the line. A held pitch is cut where it is struck again: what else is
played has onsets too, so that is told by a logistic fit of what the network says, of where in the beat it is, and of
what the player is used to do around there. Each note begins at the centre of gravity of the network's evidence.

Pitches are MIDI numbers, times seconds.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from performia_desktop.analysis.features import PITCH_FPS, Tick
from performia_desktop.analysis.layers import F32
from performia_desktop.analysis.line_net import BASS, LineEvidence
from performia_desktop.analysis.notes import (
    CLOSEST,
    EARLIER,
    REACH,
    NoteSpan,
    append,
    beginning,
    changes,
    likeliest,
    runs,
)
from performia_desktop.analysis.onset import Floats

Ints = NDArray[np.int64]

_CHANGES: Final = changes(BASS.count, move=3.0, move_per_semitone=0.02, breathe=2.0)
_SILENCE: Final = -0.25
"""Added to the evidence for silence."""
_STRUCK: Final = np.array([0.19, 0.13, 3.36, -3.59, 2.4, 0.81])
_STRUCK_BIAS: Final = 3.76
"""Log odds that a held pitch is struck again, of: the network's; how near a beat, a half and a quarter of a beat are
(the bass seldom moves in quarters of a beat); and the player's habits (see `_habits`)."""
_LEAST: Final = -4.0
_MOST: Final = 4.0
"""Log odds of the network that count."""
_NEAR_SEC: Final = 0.025
_ON_GRID: Final = 0.6
_ELSEWHERE: Final = 2
_HABIT_SEC: Final = 40.0
_UNKNOWN: Final = -1.0
_FEW: Final = 0.5
"""What a player is used to do of whom nothing is known, and how much that weighs beside one place."""


def transcribe(heard: LineEvidence, beats: Floats, tick: Tick = lambda _: None) -> list[NoteSpan]:
    """Return the bass notes, in order and disjoint; `beats` may be none."""
    count = len(heard.pitch)
    if not count:
        return []
    path = likeliest(heard.pitch, np.full(count, _SILENCE, np.float32), _CHANGES, tick)
    held = [(2 * first, 2 * last, pitch) for first, last, pitch in runs(path, BASS.count)]
    struck = _struck_again(heard.onset, held, beats)
    spans: list[NoteSpan] = []
    for first, last, pitch in held:
        inside = struck[np.searchsorted(struck, first) : np.searchsorted(struck, last)].tolist()
        conf = float(np.exp(heard.pitch[first // 2 : last // 2, pitch]).mean())
        for a, b in pairwise([*_apart([first, *inside]), last]):
            start = beginning(heard.onset[:, pitch], a, EARLIER if a == first else REACH)
            append(spans, NoteSpan(start, b / PITCH_FPS, BASS.lowest + pitch, conf))
    return spans


def _struck_again(onset: F32, held: list[tuple[int, int, int]], beats: Floats) -> Ints:
    """Return the frames, in order, at which pitches that are held (first, last, pitch) are struck again."""
    frames, odds = [np.zeros(0, int)], [np.zeros(0)]
    for first, last, pitch in held:
        within = onset[first + EARLIER - 1 : last, pitch]
        highest = (within[1:-1] > within[:-2]) & (within[1:-1] >= within[2:])
        frames.append(first + EARLIER + np.flatnonzero(highest))
        odds.append(onset[frames[-1], pitch])
    frame, said = np.concatenate(frames), np.concatenate(odds)
    near, place = _in_the_beat(frame / PITCH_FPS, beats)
    cues = np.column_stack([said, near, _habits(np.clip(said, _LEAST, _MOST), frame / PITCH_FPS, place)])
    struck: Ints = frame[(said > _LEAST) & (cues @ _STRUCK + _STRUCK_BIAS > 0)]
    return struck


def _in_the_beat(times: Floats, beats: Floats) -> tuple[Floats, Ints]:
    """Return how near times are, 0-1, to a beat, a half and a quarter of one, (times, 3), and where in the beat.

    The latter is 0 on the beat, 1 halfway, _ELSEWHERE if neither is near.
    """
    near = np.zeros((len(times), 3))
    if len(beats) < 2:
        return near, np.full(len(times), _ELSEWHERE)
    at = np.interp(times, beats, np.arange(len(beats)))
    period = float(np.median(np.diff(beats)))
    for column, parts in enumerate((1, 2, 4)):
        off = np.abs(parts * at - np.round(parts * at)) * period / parts
        near[:, column] = np.exp(-0.5 * (np.maximum(0, off - 1 / PITCH_FPS) / _NEAR_SEC) ** 2)
    place: Ints = np.where(near[:, 1] > _ON_GRID, np.round(2 * at).astype(int) % 2, _ELSEWHERE)
    return near, place


def _habits(odds: Floats, times: Floats, place: Ints) -> Floats:
    """Return what the player is used to do around each time, (times, 2): at its place in the beat, at the other.

    A time that is nowhere near a place stands for itself. What counts is how all places are played, also those where
    the network hears next to nothing: in an echo, what is struck again and again may be faint each time.
    """
    on, between = (_mean_around(odds, times, place == where) for where in (0, 1))
    there = np.select([place == 0, place == 1], [on, between], odds)
    return np.column_stack([there, np.select([place == 0, place == 1], [between, on], (on + between) / 2)])


def _mean_around(odds: Floats, times: Floats, some: NDArray[np.bool_]) -> Floats:
    """Return the mean of some of the odds around each time, of the nearer ones more; `times` ascend."""
    own = np.column_stack([np.where(some, odds, 0.0), some])
    total, fade = own.copy(), np.exp(-np.diff(times) / _HABIT_SEC)[:, None]
    before, after = np.zeros(2), np.zeros(2)
    for k in range(1, len(times)):
        before = fade[k - 1] * (before + own[k - 1])
        after = fade[-k] * (after + own[-k])
        total[k] += before
        total[-k - 1] += after
    mean: Floats = (total[:, 0] + _FEW * _UNKNOWN) / (total[:, 1] + _FEW)
    return mean


def _apart(frames: list[int]) -> list[int]:
    """Return frames without those that follow the one before too closely."""
    kept = frames[:1]
    for frame in frames[1:]:
        if frame - kept[-1] >= CLOSEST:
            kept.append(frame)
    return kept
