"""Describes each bar of a song: its harmony, bass, sound, level and melody. What the sections are found from.

Harmony is chroma in four slices of the bar, and the recognised chords in the same slices; sound is timbre, onsets
in bands, and level. Times are seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from performia_desktop.analysis.chord import ChordSpan
from performia_desktop.analysis.chroma import Floats, chromas, means, unit
from performia_desktop.analysis.features import FORM_FPS, ONSET_FPS, Features
from performia_desktop.analysis.notes import NoteSpan
from performia_desktop.songmap.chord import QUALITIES

SLICES: Final = 4
_MOST_BARS: Final = 600  # a concert is described by groups of bars
_CRASH_SEC: Final = 0.06
_SURE: Final = (0.4, 0.3, 0.5)
"""A note of the melody that is surer than that counts: as a rule, and to see what hangs on a few notes."""


@dataclass(frozen=True, slots=True)
class Form:
    """What n bars are like; rows are bars.

    Attributes
    ----------
    borders : (n + 1,), seconds
    harmony, bass, chords : (n, 12 * SLICES), unit vectors in each slice
    sound : (n, ...), z-scored over the song
    level : (n,), natural logarithm of the amplitude
    melody : (n, SLICES), share of the time that has a note of the melody
    tune : (n, 12 * SLICES), pitch classes of the melody, unit vectors in each slice
    height : (n,), mean pitch of the melody, the song's where it is silent
    crash : (n,), onset of the cymbals on the bar line
    fill : (n,), onsets in the second half of the bar
    """

    borders: Floats
    harmony: Floats
    bass: Floats
    chords: Floats
    sound: Floats
    level: Floats
    melody: Floats
    tune: Floats
    height: Floats
    crash: Floats
    fill: Floats

    def __len__(self) -> int:
        return len(self.level)


def describe(
    features: Features, downbeats: Floats, chords: Sequence[ChordSpan], melody: Sequence[NoteSpan]
) -> Form:
    """Describe the bars of a song that lasts longer than a second."""
    borders = _borders(features.duration_sec, downbeats)
    count = len(borders) - 1
    slices = _slices(borders)
    harmony, bass = (unit(means(x, slices)).reshape(count, -1) for x in chromas(features))
    timbre = means(zscored(features.timbre[:, 1:13].astype(np.float64)), borders, FORM_FPS)
    onsets = features.onsets.astype(np.float64)
    rhythm = np.log1p(means(onsets, borders, ONSET_FPS))
    level = means(features.level[:, None].astype(np.float64) * np.log(10) / 20, borders, FORM_FPS)
    halves = np.sort(np.concatenate([borders, (borders[:-1] + borders[1:]) / 2]))
    return Form(
        borders=borders,
        harmony=harmony,
        bass=bass,
        chords=unit(_chord_view(chords, slices)).reshape(count, -1),
        sound=np.hstack([timbre, zscored(rhythm), zscored(level)]),
        level=level[:, 0],
        **_tune(melody, slices, _SURE[0]),
        crash=_peaks(onsets[:, 3], borders[:-1]),
        fill=np.log1p(means(onsets[:, 1:], halves, ONSET_FPS)[1::2].sum(axis=1)),
    )


def less_and_more(form: Form, melody: Sequence[NoteSpan]) -> list[Form]:
    """Return the form, and as it is where fewer or more notes of the melody count."""
    slices = _slices(form.borders)
    return [form, *(replace(form, **_tune(melody, slices, sure)) for sure in _SURE[1:])]


def _tune(melody: Sequence[NoteSpan], slices: Floats, sure: float) -> dict[str, Floats]:
    """Return the fields of Form that tell of the melody's notes that are surer than `sure`."""
    line = _line([note for note in melody if note.conf >= sure], slices)
    count = len(line) // SLICES
    return {
        "melody": line.sum(axis=1).reshape(count, SLICES),
        "tune": unit(np.stack([line[:, k::12].sum(axis=1) for k in range(12)], axis=1)).reshape(count, -1),
        "height": _height(line.reshape(count, SLICES, -1).sum(axis=1)),
    }


def zscored(x: Floats) -> Floats:
    """Return columns with mean 0 and standard deviation 1."""
    scored: Floats = (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-6)
    return scored


def _borders(duration: float, downbeats: Floats) -> Floats:
    starts = downbeats if len(downbeats) > 3 else np.arange(0, duration, 2.0)
    starts = starts[:: int(np.ceil(len(starts) / _MOST_BARS))]
    borders = np.append(starts[starts < duration - 0.3], duration)
    if borders[0] > 1.0:
        borders = np.insert(borders, 0, 0.0)
    borders[0] = 0.0
    return borders


def _slices(borders: Floats) -> Floats:
    count = len(borders) - 1
    slices: Floats = np.interp(np.arange(SLICES * count + 1) / SLICES, np.arange(count + 1), borders)
    return slices


def _chord_view(chords: Sequence[ChordSpan], edges: Floats) -> Floats:
    """Return the pitch classes of the chords between successive edges, the root twice as strong, (n, 12)."""
    view = np.zeros((len(edges) - 1, 12))
    middles = (edges[:-1] + edges[1:]) / 2
    for span in chords:
        if span.root is None:
            continue
        inside = (middles >= span.start) & (middles < span.end)
        classes = [(span.root + step) % 12 for step in QUALITIES[span.quality]]
        view[np.ix_(np.flatnonzero(inside), np.array(classes))] = 1
        view[inside, span.root] = 2
    return view


def _line(melody: Sequence[NoteSpan], edges: Floats) -> Floats:
    """Return the share of the time between successive edges that each pitch of the melody sounds, (n, 128)."""
    share = np.zeros((len(edges) - 1, 128))
    for note in melody:
        first, last = np.searchsorted(edges, [note.start, note.end])
        for k in range(max(0, int(first) - 1), min(len(share), int(last))):
            overlap = min(note.end, edges[k + 1]) - max(note.start, edges[k])
            share[k, note.midi] += max(0.0, overlap) / (edges[k + 1] - edges[k])
    return share


def _height(line: Floats) -> Floats:
    heard = line.sum(axis=1)
    pitch = line @ np.arange(128.0)
    if not heard.any():
        return np.zeros(len(line))
    mean: Floats = np.where(heard > 0, pitch / np.maximum(heard, 1e-9), pitch.sum() / heard.sum())
    return mean


def _peaks(curve: Floats, times: Floats) -> Floats:
    """Return the highest value of an onset curve near each time."""
    reach = round(_CRASH_SEC * ONSET_FPS)
    centres = np.round(times * ONSET_FPS).astype(int)
    return np.array([curve[max(0, c - reach) : c + reach + 1].max(initial=0.0) for c in centres])
