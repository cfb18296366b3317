"""Follows one line of notes: a Viterbi path over pitches and silence, cut where notes begin anew.

`likeliest` and `append` are shared by melody and bass; `follow` goes through the pitch view and prefers the lowest
of several strong notes. After Ryynänen & Klapuri (2008), with note activations in place of a note model.

Pitches are MIDI numbers, times seconds, onset strengths standard deviations (see `onset.onset_curve`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d, maximum_filter1d

from performia_desktop.analysis.features import ONSET_FPS, PITCH_FPS, PITCHES, Tick, pitch_range
from performia_desktop.analysis.onset import Floats

F32 = NDArray[np.float32]
Pitches = NDArray[np.int64]

_SHARPNESS: Final = 12.0
_EARLIER: Final = 32
_LATER: Final = 7
"""Onset frames within which a note begins with an onset: under the tail of the note before it is heard late."""
_DISTANT: Final = 0.1
"""What a frame's distance takes from an onset's strength, which counts no more than _STRONGEST."""
_STRONGEST: Final = 4.0
_SNAP_ABOVE: Final = 0.6
_REPEAT_ABOVE: Final = 0.8
_CLOSEST: Final = 3  # pitch frames between two attacks of a held pitch
_BLOCK: Final = 4096
LOOK: Final = 50000  # frames are enough to know what is loud


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
    shortest : seconds
    attack : rise of a held note's salience that makes a new note of it, where there is an onset
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
    shortest: float
    attack: float


def salience(notes: NDArray[np.floating], line: Line) -> F32:
    """Return how much each pitch of the line's range stands out, (frames, pitches), about 1 for the loudest."""
    inside = pitch_range(line.low, line.high)
    look = slice(None, None, max(1, len(notes) // LOOK))
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


def follow(strength: F32, onset: Floats, line: Line, tick: Tick = lambda _: None) -> list[NoteSpan]:
    """Return the notes of the most likely line through a salience (frames, pitches) at PITCH_FPS."""
    if not strength.any():
        return []
    pitches = PITCHES[pitch_range(line.low, line.high)]
    lies = np.exp(-0.5 * ((pitches - line.centre) / line.width) ** 2).astype(np.float32)
    change = changes(len(pitches), line.move, line.move_per_semitone, line.breathe)
    path = likeliest(_scores(strength, lies, line), len(strength), change, tick)
    return _cut(path, pitches, strength, onset, line)


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


def _cut(path: NDArray[np.int64], pitches: Pitches, strength: F32, onset: Floats, line: Line) -> list[NoteSpan]:
    """Return the notes of a path: runs of one pitch, cut at new attacks, begun at onsets."""
    times = np.arange(len(path)) / PITCH_FPS
    at_frames = np.interp(times, np.arange(len(onset)) / ONSET_FPS, maximum_filter1d(onset, 3))
    spans: list[NoteSpan] = []
    starts = np.flatnonzero(np.diff(path, prepend=-1))
    for first, last in zip(starts, np.append(starts[1:], len(path)), strict=True):
        k = int(path[first])
        if k == len(pitches):
            continue
        height = gaussian_filter1d(strength[first:last, k].astype(np.float64), 0.8)
        attacks = _attacks(height, at_frames[first:last], line.attack)
        for a, b in pairwise([first, *(first + attack for attack in attacks), last]):
            conf = float(np.clip(strength[a:b, k].mean(), 0, 1))
            span = NoteSpan(_snap(a / PITCH_FPS, onset), b / PITCH_FPS, int(pitches[k]), conf)
            append(spans, span, line.shortest)
    return spans


def append(spans: list[NoteSpan], span: NoteSpan, shortest: float) -> None:
    """Add a note; where it reaches into the one before, that one ends, or goes if too little of it is left."""
    if span.end - span.start < shortest:
        return
    if spans and span.start < spans[-1].end:
        before = spans.pop()
        if span.start - before.start >= shortest:
            spans.append(NoteSpan(before.start, span.start, before.midi, before.conf))
    spans.append(span)


def _attacks(height: Floats, onset: Floats, attack: float) -> list[int]:
    """Return the frames at which a held pitch is struck again: an onset with a rise of the note itself."""
    if len(height) < 6:
        return []
    rise = np.maximum(0, height[2:] - height[:-2])
    found: list[int] = []
    for k in range(3, len(height) - 2):
        around = onset[max(0, k - 2) : k + 3]
        strong = onset[k] > _REPEAT_ABOVE and onset[k] >= around.max() - 1e-9
        near = k - (found[-1] if found else 0) <= _CLOSEST
        if strong and not near and rise[max(0, k - 2) : k + 2].max() > attack:
            found.append(k)
    return found


def _snap(time: float, onset: Floats) -> float:
    """Return the time of the onset that begins a note heard from `time` on, or `time` where there is none."""
    centre = round(time * ONSET_FPS)
    first = max(0, centre - _EARLIER)
    near = onset[first : centre + _LATER + 1]
    if not len(near) or near.max() <= _SNAP_ABOVE:
        return time
    places = first + np.arange(len(near))
    return int(places[(np.minimum(near, _STRONGEST) - _DISTANT * np.abs(places - centre)).argmax()]) / ONSET_FPS
