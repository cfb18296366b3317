"""Follows one line of notes: a Viterbi path over pitches and silence.

`changes`, `likeliest`, `runs` and `append` are shared by melody and bass; `follow`, for the bass, goes through the
pitch view and prefers the lowest of several strong notes. Where notes begin anew, melody and bass find out in their own
ways. After Ryynänen & Klapuri (2008), with note activations in place of a note model.

Pitches are MIDI numbers, times seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from performia_desktop.analysis.features import PITCHES, Tick, pitch_range

F32 = NDArray[np.float32]
Pitches = NDArray[np.int64]

_SHARPNESS: Final = 12.0
_BLOCK: Final = 4096
_LOOK: Final = 50000  # frames are enough to know what is loud


@dataclass(frozen=True, slots=True)
class NoteSpan:
    """A note; `midi` is a MIDI number."""

    start: float
    end: float
    midi: int
    conf: float


@dataclass(frozen=True, slots=True)
class Line:
    """What kind of line to follow.

    Attributes
    ----------
    low, high : range of pitches, `high` excluded
    centre, width : where the line lies and how far it strays (standard deviation, semitones)
    compression : the larger, the less it matters how loud a note is
    favour_lowest : how much of several strong notes the lowest is preferred
    silence : salience of silence; the loudest notes' is 1
    move, move_per_semitone, breathe : cost of another pitch, and of going to or from silence
    """

    low: int
    high: int
    centre: float
    width: float
    compression: float
    favour_lowest: float
    silence: float
    move: float
    move_per_semitone: float
    breathe: float


def salience(notes: NDArray[np.floating], line: Line) -> F32:
    """Return how much each pitch of the line's range stands out, (frames, pitches), about 1 for the loudest."""
    inside = pitch_range(line.low, line.high)
    look = slice(None, None, max(1, len(notes) // _LOOK))
    sample = notes[look, inside].astype(np.float32)
    loud = float(np.percentile(sample, 99.5)) if sample.size else 0.0
    strength = np.zeros((len(notes), int(inside.sum())), np.float32)
    if loud <= 0:
        return strength
    top = float(np.percentile(np.log1p(line.compression * sample / loud), 99.9))
    for at in range(0, len(notes), _BLOCK):
        raw = notes[at : at + _BLOCK, inside].astype(np.float32)
        strength[at : at + _BLOCK] = np.log1p(line.compression * raw / loud) / max(1e-6, top)
    return strength


def _scores(strength: F32, lies: F32, line: Line) -> Iterator[F32]:
    """Yield blocks of scores (frames, pitches + 1); the last column is silence."""
    for at in range(0, len(strength), _BLOCK):
        part = strength[at : at + _BLOCK]
        below = np.cumsum(part, axis=1) - part
        scores = np.full((len(part), part.shape[1] + 1), _SHARPNESS * line.silence, np.float32)
        scores[:, :-1] = _SHARPNESS * part / (1 + np.float32(line.favour_lowest) * below) * lies
        yield scores


def follow(strength: F32, line: Line, tick: Tick = lambda _: None) -> Pitches:
    """Return the most likely line through a salience (frames, pitches) at PITCH_FPS; the last state is silence."""
    pitches = PITCHES[pitch_range(line.low, line.high)]
    lies = np.exp(-0.5 * ((pitches - line.centre) / line.width) ** 2).astype(np.float32)
    change = changes(len(pitches), line.move, line.move_per_semitone, line.breathe)
    return likeliest(_scores(strength, lies, line), len(strength), change, tick)


def changes(pitches: int, move: float, move_per_semitone: float, breathe: float) -> F32:
    """Return the score of each change of state, (pitches + 1, pitches + 1); the last state is silence."""
    each = np.arange(pitches)
    change = np.full((pitches + 1, pitches + 1), -breathe, np.float32)
    change[:pitches, :pitches] = -move - move_per_semitone * np.abs(each[:, None] - each)
    np.fill_diagonal(change, 0)
    return change


def likeliest(scores: Iterable[F32], count: int, change: F32, tick: Tick = lambda _: None) -> Pitches:
    """Return the best path (count,) through blocks of scores (frames, states) with a score for each change."""
    came = np.zeros((count, len(change)), np.int8)
    best = np.zeros(len(change), np.float32)
    into = np.ascontiguousarray(change.T)
    moves = np.empty_like(into)
    starts = np.arange(0, into.size, len(into))
    t = 0
    for block in scores:
        tick(t / count)
        best -= best.max()  # float32 stays exact enough however long the song
        for score in block:
            np.add(best, into, out=moves)
            source = moves.argmax(axis=1)
            came[t] = source
            best = moves.take(source + starts) + score
            t += 1
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


def append(spans: list[NoteSpan], span: NoteSpan, shortest: float) -> None:
    """Add a note; where it reaches into the one before, that one ends, or goes if too little of it is left."""
    if span.end - span.start < shortest:
        return
    if spans and span.start < spans[-1].end:
        before = spans.pop()
        if span.start - before.start >= shortest:
            spans.append(NoteSpan(before.start, span.start, before.midi, before.conf))
    spans.append(span)
