"""Tells when the notes of the leading line end.

The line's path knows it to a frame of 46 ms that sees 190 ms, and strings and rooms sound on after a note. Around each
end a tiny network looks 50 times a second at how loud the note's first harmonics still are, at how likely the pitch and
silence are, and at when the next note begins; it says whether the note is still held (training/endings.py). The end
is where what it says for held before, and for over after, adds up to most.

Pitches are MIDI numbers, times seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from performia_desktop.analysis import net
from performia_desktop.analysis.features import band_centres
from performia_desktop.analysis.layers import F32, between, elu, log_odds
from performia_desktop.analysis.line_net import LEAD, frames_at
from performia_desktop.analysis.notes import NoteSpan
from performia_desktop.assets import resource

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_BEFORE: Final = 0.4
_AFTER: Final = 0.25
"""Seconds around the end of the path within which the end lies."""
_ATTACK: Final = 0.04
_RELEASE: Final = 0.06
"""Seconds at both ends of a note that do not tell how loud it is."""
_HARMONICS: Final = (1, 2, 3)
_BANDS_AT: Final = (-2, 0, 2, 4)
_SILENCE_AT: Final = (-1, 0, 1, 2)
_PITCH_AT: Final = (0, 1, 2)
"""Frames of the bands, and of the line, that are seen from each."""
_LEAST: Final = -6.0
BLOCK: Final = 1024
"""Notes at a time, for the sake of memory."""


def ends(bands: net.F16, line: F32, notes: Sequence[NoteSpan]) -> list[float]:
    """Return when notes end whose pitches, starts and rough ends are known.

    Parameters
    ----------
    bands : (T, 73), see `net.band_view`
    line : (F, count + 1), log-probabilities of each pitch leading, and of none, see `line_net.LEAD`
    notes : in order and disjoint
    """
    weights = _weights()
    found: list[float] = []
    for note, frames, x in cues(bands, line, notes):
        usual: F32 = (x - weights["mean"]) / weights["scale"]
        h = elu(usual @ weights["first.weight"] + weights["first.bias"])
        h = elu(h @ weights["second.weight"] + weights["second.bias"])
        found += latest(note, frames, (h @ weights["out.weight"] + weights["out.bias"])[:, 0])[1]
    return found


def latest(note: Ints, frames: Ints, odds: F32) -> tuple[list[int], list[float]]:
    """Return the notes, and when each is held no more, from the log odds of being held at some frames of each."""
    starts = np.flatnonzero(np.diff(note, prepend=-1)).tolist()
    ends = []
    for first, last in pairwise([*starts, len(note)]):
        held = int(np.append(0.0, np.cumsum(odds[first:last])).argmax())
        ends.append((int(frames[first]) + held - 0.5) / net.BEAT_FPS)
    return note[starts].tolist(), ends


def cues(bands: net.F16, line: F32, notes: Sequence[NoteSpan]) -> Iterator[tuple[Ints, Ints, F32]]:
    """Yield, of some notes after another: to which each row belongs, its frame at BEAT_FPS, and (rows, cues)."""
    start, end, midi = (np.array([getattr(n, name) for n in notes]) for name in ("start", "end", "midi"))
    following = np.append(start[1:], np.inf)
    for at in range(0, len(notes), BLOCK):
        some = slice(at, at + BLOCK)
        yield _cues(bands, line, start[some], end[some], midi[some] - LEAD.lowest, following[some])


def _cues(
    bands: net.F16, line: F32, start: Floats, end: Floats, pitch: Ints, following: Floats
) -> tuple[Ints, Ints, F32]:
    last = len(bands) - 1
    sounds = np.minimum(np.ceil((start + _ATTACK) * net.BEAT_FPS).astype(int), last)
    settled = np.clip(((end - _RELEASE) * net.BEAT_FPS).astype(int), sounds + 1, last + 1)
    begin = np.maximum(sounds, ((end - _BEFORE) * net.BEAT_FPS).astype(int))
    stop = np.clip((np.minimum(following, end + _AFTER) * net.BEAT_FPS).astype(int) + 1, begin + 1, last + 1)
    within, inside = _ragged(sounds, settled)
    note, frames = _ragged(begin, stop)
    columns = []
    for harmonic in range(len(_HARMONICS)):
        band = _bands()[pitch, harmonic]
        loud = bands[inside, band[within]].astype(np.float32)
        usual = np.bincount(within, loud, len(pitch)) / np.bincount(within, minlength=len(pitch))
        for step in _BANDS_AT:
            level = bands[np.clip(frames + step, 0, last), band[note]]
            columns.append(level.astype(np.float32) - usual[note])
    times = frames / net.BEAT_FPS
    seen = frames_at(times)
    none = np.clip(log_odds(line[:, LEAD.count]), _LEAST, -_LEAST)
    columns += [between(none, seen + step) for step in _SILENCE_AT]
    columns += [np.maximum(between(line, seen + step, pitch[note]), _LEAST) for step in _PITCH_AT]
    ahead = following[note] - times
    columns += [np.minimum(ahead, 0.3), np.exp(-ahead / 0.05)]
    columns += [end[note] - times, np.minimum(following - end, 0.5)[note], pitch[note]]
    return note, frames, np.stack(columns, axis=1).astype(np.float32)


def _ragged(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Return the integers from each of `first` up to `last`, and before them whose they are."""
    counts = last - first
    whose = np.repeat(np.arange(len(first)), counts)
    return whose, np.arange(counts.sum()) + (first - np.cumsum(counts) + counts)[whose]


@cache
def _bands() -> Ints:
    """Return the bands in which each pitch of the line has its harmonics, (count, harmonics)."""
    hertz = 440 * 2 ** ((LEAD.lowest + np.arange(LEAD.count)[:, None] - 69) / 12) * _HARMONICS
    nearest: Ints = np.abs(np.log(band_centres() / hertz[:, :, None])).argmin(axis=2)
    return nearest


@cache
def _weights() -> net.Weights:
    return net.load(resource("models", "ending.npz"))
