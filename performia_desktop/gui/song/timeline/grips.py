"""What lies under the pointer, and what is selected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from performia_desktop.gui.song.timeline.axis import Axis
from performia_desktop.gui.song.timeline.content import F64, Content
from performia_desktop.gui.song.timeline.notes_lane import Roll
from performia_desktop.songmap.model import Chord, Lyric, Note, Section, SongMap

KINDS: Final = ("section", "beat", "chord", "melody", "bass", "lyric")
"""All that can be held, from the top."""
REACH: Final = 5.0
"""Pixels to either side of an edge or a beat."""


@dataclass(frozen=True, slots=True)
class Grip:
    """A thing in the timeline: `kind` is section, chord, beat, melody, bass or lyric.

    `edge`: it is held where it begins.
    """

    kind: str
    index: int
    start: float
    end: float
    edge: bool = False


def spans(song: SongMap, kind: str) -> list[tuple[float, float]]:
    """Return start and end of all things of a kind; a beat ends where it begins."""
    if kind == "beat":
        return [(beat, beat) for beat in song.beats]
    things: dict[str, tuple[Section, ...] | tuple[Chord, ...] | tuple[Note, ...] | tuple[Lyric, ...]] = {
        "section": song.sections,
        "chord": song.chords,
        "melody": song.melody,
        "bass": song.bass,
        "lyric": song.lyrics,
    }
    return [(thing.start, thing.end) for thing in things[kind]]


def grip_at(content: Content, axis: Axis, lane: str, area: QRectF, place: QPointF) -> Grip | None:
    """Return what is at a place in a lane, an edge before what it is the edge of."""
    found: Grip | None = None
    match lane:
        case "sections":
            found = _of_tiles("section", content.section_times, axis, place.x())
        case "chords":
            found = _of_tiles("chord", content.chord_times, axis, place.x())
        case "beats":
            found = _beat(content.beats, axis, place.x())
        case "notes":
            found = _note(content, axis.time(place.x()), Roll(content, area).midi(place.y()))
        case "lyrics":
            found = _one("lyric", content.lyric_times, axis.time(place.x()))
        case "confidence":
            found = _one("chord", content.chord_times, axis.time(place.x()))
    return found


def again(song: SongMap, grip: Grip) -> Grip | None:
    """Return the thing that a grip means in a song that was changed: that which begins closest to it."""
    there = spans(song, grip.kind)
    if not there:
        return None
    index = min(range(len(there)), key=lambda i: abs(there[i][0] - grip.start))
    if abs(there[index][0] - grip.start) > 0.5:
        return None
    return Grip(grip.kind, index, *there[index])


def _of_tiles(kind: str, times: F64, axis: Axis, x: float) -> Grip | None:
    if len(times) > 1:
        edges = times[1:, 0]
        index = int(np.argmin(np.abs(edges - axis.time(x))))
        if abs(axis.x(edges[index]) - x) <= REACH:
            return _grip(kind, index + 1, times, edge=True)
    return _one(kind, times, axis.time(x))


def _beat(beats: F64, axis: Axis, x: float) -> Grip | None:
    if not len(beats):
        return None
    index = int(np.argmin(np.abs(beats - axis.time(x))))
    beat = float(beats[index])
    return Grip("beat", index, beat, beat) if abs(axis.x(beat) - x) <= REACH else None


def _note(content: Content, time: float, midi: int) -> Grip | None:
    """Return the note at a pitch, or a semitone beside it: rows are thin."""
    for kind, notes in (("melody", content.melody), ("bass", content.bass)):
        near = (np.abs(notes.midi - midi) <= 1) & (notes.spans[:, 0] <= time) & (time < notes.spans[:, 1])
        if near.any():
            return _grip(kind, int(np.argmax(near)), notes.spans)
    return None


def _one(kind: str, times: F64, time: float) -> Grip | None:
    index = _holding(times, time)
    return None if index is None else _grip(kind, index, times)


def _grip(kind: str, index: int, times: F64, *, edge: bool = False) -> Grip:
    return Grip(kind, index, float(times[index, 0]), float(times[index, 1]), edge)


def _holding(times: F64, time: float) -> int | None:
    index = int(np.searchsorted(times[:, 0], time, side="right")) - 1
    return index if index >= 0 and time < times[index, 1] else None
