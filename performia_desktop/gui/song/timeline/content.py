"""A song made ready to be drawn: times as arrays, chords and sections with their names."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from performia_desktop.gui.song.chart import headings
from performia_desktop.gui.text import plain
from performia_desktop.songmap.chord import display, spelling
from performia_desktop.songmap.model import Chord, SongMap, active

if TYPE_CHECKING:
    from performia_desktop.gui.song.timeline.grips import Grip

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
class Marks:
    """Which things, by their index, are not as they were detected."""

    section: frozenset[int]
    beat: frozenset[int]
    chord: frozenset[int]
    melody: frozenset[int]
    bass: frozenset[int]
    lyric: frozenset[int]

    @classmethod
    def of(cls, song: SongMap, detected: SongMap) -> Marks:
        def other(now: Sequence[Hashable], was: Sequence[Hashable]) -> frozenset[int]:
            known = set(was) if now is not was else None
            return (
                frozenset(i for i, one in enumerate(now) if one not in known) if known is not None else frozenset()
            )

        return cls(
            other(song.sections, detected.sections),
            other(song.beats, detected.beats),
            other(song.chords, detected.chords),
            other(song.melody, detected.melody),
            other(song.bass, detected.bass),
            other(song.lyrics, detected.lyrics),
        )


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
    marks: Marks

    @classmethod
    def of(cls, song: SongMap, detected: SongMap | None = None) -> Content:
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
            marks=Marks.of(song, detected or song),
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


def described(content: Content, grip: Grip) -> str:
    """Return what a thing is, where, and how sure that is."""
    song = content.song
    conf: float | None = None
    match grip.kind:
        case "section":
            name, conf = content.sections[grip.index], song.sections[grip.index].conf
        case "chord":
            name, conf = content.chords[grip.index] or _tr("chart", "N.C."), song.chords[grip.index].conf
        case "lyric":
            name, conf = content.lyrics[grip.index], song.lyrics[grip.index].conf
        case "beat":
            bar = int(np.searchsorted(content.downbeats, grip.start + 1e-6))
            beat = (
                grip.index - int(np.searchsorted(content.beats, content.downbeats[bar - 1] - 1e-6)) if bar else 0
            )
            name = _tr("timeline", "Bar {bar}, beat {beat}").format(bar=bar, beat=beat + 1)
        case _:
            note = (song.melody if grip.kind == "melody" else song.bass)[grip.index]
            part = _tr("timeline", "Melody") if grip.kind == "melody" else _tr("timeline", "Bass")
            name, conf = f"{part}: {pitch_name(note.midi)}", note.conf
    where = f"{int(grip.start // 60)}:{grip.start % 60:04.1f}"
    words = [name, where]
    if grip.index in getattr(content.marks, grip.kind):
        words.append(_tr("timeline", "put right by hand"))
    elif conf is not None:
        words.append(_tr("timeline", "{percent} % sure").format(percent=round(100 * conf)))
    return " · ".join(words)


def pitch_name(midi: int) -> str:
    """Return a pitch as it is called, C4 for the middle C."""
    return f"{('C', 'C♯', 'D', 'E♭', 'E', 'F', 'F♯', 'G', 'A♭', 'A', 'B♭', 'B')[midi % 12]}{midi // 12 - 1}"
