"""A lead sheet in MusicXML 4.0: bars, key, meter, chord symbols, the melody, section names as rehearsal marks.

Notes are quantised to sixteenths of the beat grid; what crosses a bar line is tied. A bar with another number of
beats than usual has its own length; the pickup is an implicit bar 0.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET  # nothing is parsed here, only written
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from performia_desktop.export.grid import Grid
from performia_desktop.export.options import Options
from performia_desktop.export.words import headings, one_line
from performia_desktop.songmap.bars import Bar, by_section
from performia_desktop.songmap.chord import parse, pitch_class, signature, spelling
from performia_desktop.songmap.model import Chord, SongMap, active

DIVISIONS: Final = 4
"""Of a quarter note: sixteenths."""
_VALUES: Final = (
    (16, "whole", False),
    (12, "half", True),
    (8, "half", False),
    (6, "quarter", True),
    (4, "quarter", False),
    (3, "eighth", True),
    (2, "eighth", False),
    (1, "16th", False),
)
_KINDS: Final = {
    "maj": ("major", ""),
    "min": ("minor", "m"),
    "7": ("dominant", "7"),
    "maj7": ("major-seventh", "maj7"),
    "min7": ("minor-seventh", "m7"),
    "sus2": ("suspended-second", "sus2"),
    "sus4": ("suspended-fourth", "sus4"),
    "dim": ("diminished", "dim"),
    "dim7": ("diminished-seventh", "dim7"),
    "hdim7": ("half-diminished", "m7b5"),
    "aug": ("augmented", "aug"),
    "maj6": ("major-sixth", "6"),
    "min6": ("minor-sixth", "m6"),
    "minmaj7": ("major-minor", "m(maj7)"),
    "9": ("dominant-ninth", "9"),
    "maj9": ("major-ninth", "maj9"),
    "min9": ("minor-ninth", "m9"),
}
_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE score-partwise PUBLIC '
    '"-//Recordare//DTD MusicXML 4.0 Partwise//EN" "http://www.musicxml.org/dtds/partwise.dtd">\n'
)


@dataclass(frozen=True, slots=True)
class _Measure:
    """A bar on the grid; `start` and `end` in divisions from the first beat."""

    bar: Bar
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Sound:
    """A note on the grid, or a rest (`midi` None)."""

    start: int
    end: int
    midi: int | None


def render(song: SongMap, _options: Options) -> str:
    """Raises ExportError where the song has no beats."""
    grid = Grid(song)
    measures = _measures(grid)
    score = ET.Element("score-partwise", version="4.0")
    _text(ET.SubElement(score, "work"), "work-title", one_line(song.title) or "Untitled")
    identification = ET.SubElement(score, "identification")
    if song.artist:
        _text(identification, "creator", one_line(song.artist), type="composer")
    _text(ET.SubElement(identification, "encoding"), "software", "Performia Desktop")
    part_list = ET.SubElement(ET.SubElement(score, "part-list"), "score-part", id="P1")
    _text(part_list, "part-name", "Lead")
    part = ET.SubElement(score, "part", id="P1")
    sounds = _quantised(song, grid, measures[-1].end if measures else 0)
    marks = _marks(song, measures)
    held: _State = _State()
    for measure in measures:
        _measure(part, song, grid, measure, sounds, marks.get(measure.bar.start), held)
    ET.indent(score, " ")
    return _HEAD + ET.tostring(score, encoding="unicode") + "\n"


@dataclass(slots=True)
class _State:
    """What the bars so far have said and need not say again."""

    fifths: int | None = None
    mode: str = ""
    numerator: int | None = None
    chord: str | None = None
    begun: bool = False


def _measures(grid: Grid) -> list[_Measure]:
    unit = grid.quarters_per_beat * DIVISIONS
    measures, beat = [], 0
    for bar in grid.bars:
        measures.append(_Measure(bar, round(beat * unit), round((beat + len(bar.beats)) * unit)))
        beat += len(bar.beats)
    return measures


def _marks(song: SongMap, measures: list[_Measure]) -> dict[float, str]:
    """Return the names of sections by the start of their first bar."""
    groups = by_section(song, [measure.bar for measure in measures]) if song.sections else []
    return {group[0].start: name for group, name in zip(groups, headings(song), strict=True) if group}


def _quantised(song: SongMap, grid: Grid, end: int) -> list[_Sound]:
    """Return the melody and the rests between its notes, without gap or overlap."""
    sounds: list[_Sound] = []
    now = 0
    for note in song.melody:
        start = max(now, round(grid.quarter(note.start) * DIVISIONS))
        stop = min(end, max(start + 1, round(grid.quarter(note.end) * DIVISIONS)))
        if stop <= start:
            continue
        if start > now:
            sounds.append(_Sound(now, start, None))
        sounds.append(_Sound(start, stop, note.midi))
        now = stop
    if now < end:
        sounds.append(_Sound(now, end, None))
    return sounds


def _measure(
    part: ET.Element,
    song: SongMap,
    grid: Grid,
    measure: _Measure,
    sounds: list[_Sound],
    mark: str | None,
    held: _State,
) -> None:
    bar = measure.bar
    element = ET.SubElement(part, "measure", number=str(bar.number))
    numerator = grid.numerator(len(bar.beats))
    usual = grid.numerator(grid.beats_per_bar)
    partial = bar.number == 0 or bar is grid.bars[-1]
    if partial and numerator != usual:
        element.set("implicit", "yes")
    _attributes(element, song, bar, usual if partial else numerator, grid.denominator, held)
    if mark:
        direction = ET.SubElement(element, "direction", placement="above")
        _text(ET.SubElement(direction, "direction-type"), "rehearsal", mark)
    if not held.begun:
        _tempo(element, song, grid)
        held.begun = True
    _harmonies(element, song, measure, held)
    _sounds(element, song, measure, sounds)


def _attributes(
    measure: ET.Element, song: SongMap, bar: Bar, numerator: int | None, denominator: int, held: _State
) -> None:
    attributes = ET.Element("attributes")
    if not held.begun:
        _text(attributes, "divisions", str(DIVISIONS))
    index = active(song.key, bar.start)
    if index is not None:
        key = song.key[index]
        fifths = signature(key.tonic, key.mode)
        if (fifths, key.mode) != (held.fifths, held.mode):
            element = ET.SubElement(attributes, "key")
            _text(element, "fifths", str(fifths))
            _text(element, "mode", key.mode)
            held.fifths, held.mode = fifths, key.mode
    if numerator is not None and numerator != held.numerator:
        time = ET.SubElement(attributes, "time")
        _text(time, "beats", str(numerator))
        _text(time, "beat-type", str(denominator))
        held.numerator = numerator
    if not held.begun:
        clef = ET.SubElement(attributes, "clef")
        _text(clef, "sign", "G")
        _text(clef, "line", "2")
    if len(attributes):
        measure.append(attributes)


def _tempo(measure: ET.Element, song: SongMap, grid: Grid) -> None:
    """Write the tempo of the quarter note, which a player needs, whatever the beat is."""
    bpm = song.tempo.bpm_global or 60.0 / grid.interval
    quarters = round(bpm * float(grid.quarters_per_beat), 2)
    ET.SubElement(measure, "sound", tempo=f"{quarters:g}")


def _harmonies(measure: ET.Element, song: SongMap, place: _Measure, held: _State) -> None:
    unit = (place.end - place.start) // len(place.bar.beats)
    for beat, chord in place.bar.changes():
        label = chord.label if chord else "N"
        if label == held.chord:
            continue
        if held.chord is None and label == "N":
            continue  # silence before the first chord needs no symbol
        held.chord = label
        measure.append(_harmony(song, chord, label, place.bar.start, beat * unit))


def _harmony(song: SongMap, chord: Chord | None, label: str, time: float, offset: int) -> ET.Element:
    harmony = ET.Element("harmony")
    name = parse(label)
    if name is None:
        _pitch_name(ET.SubElement(harmony, "root"), "root", "C")
        _text(harmony, "kind", "none", text="N.C.")
    else:
        kind, shown = _KINDS[name.quality]
        _pitch_name(ET.SubElement(harmony, "root"), "root", name.root)
        _text(harmony, "kind", kind, **({"text": shown} if shown else {}))
        if name.bass:
            names = _names(song, chord.start if chord else time)
            bass = names[(name.root_pitch_class + name.bass) % 12]
            _pitch_name(ET.SubElement(harmony, "bass"), "bass", bass)
    if offset:
        _text(harmony, "offset", str(offset))
    return harmony


def _sounds(measure: ET.Element, song: SongMap, place: _Measure, sounds: Iterable[_Sound]) -> None:
    for sound in sounds:
        if sound.end <= place.start or sound.start >= place.end:
            continue
        start, end = max(sound.start, place.start), min(sound.end, place.end)
        edges = [start, *_edges(start, end)]
        for a, b in pairwise(edges):
            begins, ends = a == sound.start, b == sound.end
            measure.append(_note(song, sound.midi, b - a, place.bar.start, tied=(not begins, not ends)))


def _edges(start: int, end: int) -> list[int]:
    """Return where a stretch is split into note values, longest first, and its end."""
    edges = []
    while start < end:
        start += next(value for value, _, _ in _VALUES if value <= end - start)
        edges.append(start)
    return edges


def _note(song: SongMap, midi: int | None, length: int, time: float, tied: tuple[bool, bool]) -> ET.Element:
    """`tied`: to the note before, to the note after."""
    note = ET.Element("note")
    if midi is None:
        ET.SubElement(note, "rest")
    else:
        pitch = ET.SubElement(note, "pitch")
        name = _names(song, time)[midi % 12]
        _pitch_name(pitch, "", name)
        alter = name.count("#") - name.count("b")
        _text(pitch, "octave", str((midi - alter) // 12 - 1))
    _text(note, "duration", str(length))
    ties = [kind for kind, is_tied in zip(("stop", "start"), tied, strict=True) if is_tied and midi is not None]
    for kind in ties:
        ET.SubElement(note, "tie", type=kind)
    value, dotted = next((name, dot) for size, name, dot in _VALUES if size == length)
    _text(note, "type", value)
    if dotted:
        ET.SubElement(note, "dot")
    if ties:
        notations = ET.SubElement(note, "notations")
        for kind in ties:
            ET.SubElement(notations, "tied", type=kind)
    return note


def _names(song: SongMap, time: float) -> tuple[str, ...]:
    index = active(song.key, time)
    return spelling(song.key[index].tonic, song.key[index].mode) if index is not None else spelling("C", "major")


def _pitch_name(parent: ET.Element, prefix: str, name: str) -> None:
    """Write step and alteration of a note name under `root`, `bass` or (without prefix) `pitch`."""
    before = f"{prefix}-" if prefix else ""
    assert 0 <= pitch_class(name) < 12
    _text(parent, f"{before}step", name[0])
    if alter := name.count("#") - name.count("b"):
        _text(parent, f"{before}alter", str(alter))


def _text(parent: ET.Element, tag: str, content: str, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = content
