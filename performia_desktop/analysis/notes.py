"""Follows one line of notes: a Viterbi path over pitches and silence, after Ryynänen & Klapuri (2008).

How likely silence is, and where notes begin anew, melody and bass know in their own ways.

Pitches are MIDI numbers, times seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from performia_desktop.analysis.features import PITCH_FPS, Tick
from performia_desktop.analysis.layers import F32

Pitches = NDArray[np.int64]

EARLIER: Final = 4
REACH: Final = 2
CLOSEST: Final = 3
"""Frames of the pitch view: from where a pitch begins, and from where it is struck again, to the evidence for it; and
between two beginnings."""
SHORTEST: Final = 0.09
_UNLIKELY: Final = -8.0
"""No single frame speaks more than that against a pitch."""
_BLOCK: Final = 4096
_HEARD: Final = 0.15
_SPREAD: Final = 2
_LATE: Final = 0.007
"""Seconds by which notes begin after the evidence: by the attack that it takes to hear a pitch."""


@dataclass(frozen=True, slots=True)
class NoteSpan:
    """A note; `midi` is a MIDI number."""

    start: float
    end: float
    midi: int
    conf: float


def changes(pitches: int, move: float, move_per_semitone: float, breathe: float) -> F32:
    """Return the score of each change of state, (pitches + 1, pitches + 1); the last state is silence."""
    each = np.arange(pitches)
    change = np.full((pitches + 1, pitches + 1), -breathe, np.float32)
    change[:pitches, :pitches] = -move - move_per_semitone * np.abs(each[:, None] - each)
    np.fill_diagonal(change, 0)
    return change


def likeliest(pitch: F32, silence: F32, change: F32, tick: Tick = lambda _: None) -> Pitches:
    """Return the best path (F,) of a line; the last state is silence.

    Parameters
    ----------
    pitch : (F, pitches + 1), see `line_net.LineEvidence`
    silence : (F,), added to the evidence for it
    change : a score for each change of state, see `changes`
    """
    count = len(pitch)
    came = np.zeros((count, len(change)), np.int8)
    best = np.zeros(len(change), np.float32)
    into = np.ascontiguousarray(change.T)
    moves = np.empty_like(into)
    starts = np.arange(0, into.size, len(into))
    for at in range(0, count, _BLOCK):
        tick(at / count)
        best -= best.max()  # float32 stays exact enough however long the song
        scores = np.maximum(pitch[at : at + _BLOCK], np.float32(_UNLIKELY))
        scores[:, -1] += silence[at : at + _BLOCK]
        for t, score in enumerate(scores, at):
            np.add(best, into, out=moves)
            source = moves.argmax(axis=1)
            came[t] = source
            best = moves.take(source + starts) + score
    path = np.zeros(count, np.int64)
    path[-1] = best.argmax()
    for t in range(count - 1, 0, -1):
        path[t - 1] = came[t, path[t]]
    return path


def runs(path: Pitches, silence: int) -> Iterator[tuple[int, int, int]]:
    """Yield (first, last, state) of the stretches of a path in one state that is not `silence`; `last` is excluded."""
    starts = np.flatnonzero(np.diff(path, prepend=-1)).tolist()
    for first, last in pairwise([*starts, len(path)]):
        state = int(path[first])
        if state != silence:
            yield first, last, state


def beginning(onset: F32, frame: int, reach: int) -> float:
    """Return when a note begins that is heard from `frame` of the pitch view on.

    That is the centre of gravity of the evidence (frames,), in log odds, around its highest within `reach` frames.
    """
    first = max(0, frame - reach)
    likely = 1 / (1 + np.exp(-onset[first : frame + reach + 1].astype(np.float64)))
    if likely.sum() <= _HEARD:
        return frame / PITCH_FPS
    peak = int(likely.argmax())
    near = slice(max(0, peak - _SPREAD), peak + _SPREAD + 1)
    return (first + float(likely[near] @ np.arange(len(likely))[near] / likely[near].sum())) / PITCH_FPS + _LATE


def append(spans: list[NoteSpan], span: NoteSpan) -> None:
    """Add a note; where it reaches into the one before, that one ends, or goes if too little of it is left."""
    if span.end - span.start < SHORTEST:
        return
    if spans and span.start < spans[-1].end:
        before = spans.pop()
        if span.start - before.start >= SHORTEST:
            spans.append(NoteSpan(before.start, span.start, before.midi, before.conf))
    spans.append(span)
