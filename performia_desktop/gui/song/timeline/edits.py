"""What can be put right in the timeline, each as corrections that hold at a time."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from performia_desktop.gui.song.timeline.grips import Grip
from performia_desktop.songmap.correct_beats import AddBeat, MoveBeat, RemoveBeat
from performia_desktop.songmap.correct_notes import RemoveNote, SetLyric, SetNote
from performia_desktop.songmap.correct_sections import JoinSections, MoveSection, SplitSection
from performia_desktop.songmap.correction import Correction, nearest
from performia_desktop.songmap.corrections import SetChord
from performia_desktop.songmap.model import Note, SongMap, active

NUDGE: Final = 0.01
"""Seconds that a key moves a thing."""
SHIFT: Final = 0.05
"""Of a beat that a key moves all beats."""
_SHORTEST: Final = 0.04  # seconds that a note or a line lasts

_tr = QCoreApplication.translate


def words(kind: str) -> str:
    """Return what is put right, for undo."""
    return {
        "beat": _tr("edits", "beat"),
        "beats": _tr("edits", "beats"),
        "chord": _tr("edits", "chord"),
        "section": _tr("edits", "section"),
        "melody": _tr("edits", "note"),
        "bass": _tr("edits", "note"),
        "lyric": _tr("edits", "words"),
    }[kind]


def snapped(song: SongMap, kind: str, time: float) -> float:
    """Return where a thing of a kind begins, near a time: sections with bars, chords with beats."""
    grid = {"section": song.downbeats, "chord": song.beats}.get(kind, ())
    if not grid:
        return time
    near = grid[nearest(grid, time)]
    usual = (grid[-1] - grid[0]) / (len(grid) - 1) if len(grid) > 1 else 1.0
    return near if abs(near - time) <= 0.75 * usual else time


def between(song: SongMap, grip: Grip, to: float) -> float:
    """Return where a thing that is moved to a time stops: a beat between its neighbours, all else there."""
    if grip.kind != "beat":
        return to
    return MoveBeat(grip.start, max(0.0, to)).apply(song).beats[grip.index]


def moved(song: SongMap, grip: Grip, to: float, midi: int | None = None) -> list[Correction]:
    """Return how a thing begins at another time, and a note has another pitch; an empty list if it stays."""
    to = round(min(max(0.0, to), song.duration_sec), 3)
    found: list[Correction] = []
    match grip.kind:
        case "beat" if to != grip.start:
            found = [MoveBeat(grip.start, to)]
        case "section" if to != grip.start:
            found = [MoveSection(grip.start, to)]
        case "chord":
            found = _moved_chord(song, grip.index, to)
        case "melody" | "bass":
            found = _moved_note(song, grip, to, midi)
        case "lyric" if to != grip.start:
            end = round(min(to + grip.end - grip.start, song.duration_sec), 3)
            text = song.lyrics[grip.index].text
            if end - to >= _SHORTEST:
                found = [SetLyric(grip.start, grip.end, ""), SetLyric(to, end, text)]
    return found


def _moved_note(song: SongMap, grip: Grip, to: float, midi: int | None) -> list[Correction]:
    note = (song.melody if grip.kind == "melody" else song.bass)[grip.index]
    end = round(min(to + note.end - note.start, song.duration_sec), 3)
    pitch = note.midi if midi is None else min(max(midi, 0), 127)
    if (to, pitch) == (note.start, note.midi) or end - to < _SHORTEST:
        return []
    return [RemoveNote(grip.kind, _middle(note)), SetNote(grip.kind, to, end, pitch)]


def _moved_chord(song: SongMap, index: int, to: float) -> list[Correction]:
    """The chord that grows is the one that is put there."""
    if index == 0:
        return []
    before, after = song.chords[index - 1], song.chords[index]
    if before.start + NUDGE < to < after.start:
        return [SetChord(to, after.end, after.label)]
    if after.start < to < after.end - NUDGE:
        return [SetChord(before.start, to, before.label)]
    return []


def removed(song: SongMap, grip: Grip) -> list[Correction]:
    """Return how a thing is none: what was before a chord or section goes on."""
    match grip.kind:
        case "beat":
            return [RemoveBeat(grip.start)]
        case "section":
            return [JoinSections(grip.start)] if grip.index else []
        case "chord":
            if not grip.index:
                return []
            return [SetChord(grip.start, grip.end, song.chords[grip.index - 1].label)]
        case "lyric":
            return [SetLyric(grip.start, grip.end, "")]
    note = (song.melody if grip.kind == "melody" else song.bass)[grip.index]
    return [RemoveNote(grip.kind, _middle(note))]


def beat_added(time: float) -> list[Correction]:
    return [AddBeat(round(time, 3))]


def section_split(song: SongMap, time: float) -> list[Correction]:
    """Return how a section begins at the bar near a time, called like the one that it was a part of."""
    index = active(song.sections, time)
    label = song.sections[index].label if index is not None else "verse"
    return [SplitSection(snapped(song, "section", time), label)]


def chord_confirmed(song: SongMap, index: int) -> list[Correction]:
    """Return that a chord is right as it was heard."""
    chord = song.chords[index]
    return [SetChord(chord.start, chord.end, chord.label)] if chord.conf < 1.0 else []


def note_added(song: SongMap, kind: str, time: float, midi: int | None = None) -> list[Correction]:
    """Return a note of a beat's length at a time, on its neighbour's pitch unless one is given."""
    notes = song.melody if kind == "melody" else song.bass
    if midi is None:
        near = min(notes, key=lambda note: abs(note.start - time), default=None)
        midi = near.midi if near else 67 if kind == "melody" else 43
    length = 0.5
    if len(song.beats) > 1:
        index = min(nearest(song.beats, time), len(song.beats) - 2)
        length = song.beats[index + 1] - song.beats[index]
    end = min(time + length, song.duration_sec)
    return [SetNote(kind, round(time, 3), round(end, 3), midi)] if end - time > _SHORTEST else []


def _middle(note: Note) -> float:
    return (note.start + note.end) / 2
