"""A song made ready to be drawn: times as arrays, chords and sections with their names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from performia_desktop.gui.song.chart import headings
from performia_desktop.gui.text import plain
from performia_desktop.songmap.chord import display, spelling
from performia_desktop.songmap.model import Chord, SongMap, active

F64 = NDArray[np.float64]

_tr = QCoreApplication.translate
_FLAT: float = 0.02  # a tempo that stays within so much of its middle is no news


@dataclass(frozen=True, slots=True)
class Notes:
    """`spans` is (n, 2), seconds; `midi` and `conf` are (n,)."""

    spans: F64
    midi: F64
    conf: F64


@dataclass(frozen=True, slots=True)
class Content:
    """What there is to draw; `bars` are the numbers of the downbeats."""

    song: SongMap
    beats: F64
    downbeats: F64
    sections: list[str]
    section_times: F64
    chords: list[str]
    chord_times: F64
    lyrics: list[str]
    lyric_times: F64
    melody: Notes
    bass: Notes
    tempo: F64

    @classmethod
    def of(cls, song: SongMap) -> Content:
        curve = np.array(song.tempo.curve, np.float64).reshape(-1, 2)
        if len(curve):
            middle = float(np.median(curve[:, 1]))
            if np.ptp(curve[:, 1]) < _FLAT * middle:
                curve = curve[:0]
        return cls(
            song=song,
            beats=np.array(song.beats, np.float64),
            downbeats=np.array(song.downbeats, np.float64),
            sections=headings(song.sections),
            section_times=times(song.sections),
            chords=[chord_name(song, chord) for chord in song.chords],
            chord_times=times(song.chords),
            lyrics=[plain(lyric.text) for lyric in song.lyrics],
            lyric_times=times(song.lyrics),
            melody=notes(song.melody),
            bass=notes(song.bass),
            tempo=curve,
        )


def times(spans: tuple[object, ...]) -> F64:
    """Return (n, 2) start and end of spans."""
    pairs = [(span.start, span.end) for span in spans]  # type: ignore[attr-defined]
    return np.array(pairs, np.float64).reshape(-1, 2)


def notes(found: tuple[object, ...]) -> Notes:
    rows = [(n.start, n.end, n.midi, n.conf) for n in found]  # type: ignore[attr-defined]
    table = np.array(rows, np.float64).reshape(-1, 4)
    return Notes(table[:, :2], table[:, 2], table[:, 3])


def chord_name(song: SongMap, chord: Chord) -> str:
    """Return a chord's name as it is played from, "" for none."""
    index = active(song.key, chord.start)
    key = song.key[index] if index is not None else None
    return display(chord.label, spelling(key.tonic, key.mode) if key else None) or ""


def seen(spans: F64, start: float, end: float) -> range:
    """Return which of ordered, disjoint spans lie in a stretch of time."""
    if not len(spans):
        return range(0)
    return range(int(np.searchsorted(spans[:, 1], start)), int(np.searchsorted(spans[:, 0], end)))
