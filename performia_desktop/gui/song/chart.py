"""A song as musicians write it down: sections, bars, and the chords where they change.

Which chord is on which beat, `songmap.bars` decides; here it gets its name, and its place under a heading.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from performia_desktop.songmap import bars as bars_
from performia_desktop.songmap.bars import bars, by_section, ordinals
from performia_desktop.songmap.chord import display, spelling
from performia_desktop.songmap.model import Chord, Section, SongMap, active

_tr = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Bar:
    """`number` counts from 1, 0 is a pickup; `chords` are (beat from 0, name); no chords: as the bar before."""

    number: int
    start: float
    end: float
    beats: int
    chords: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of bars under one heading; `label` is the section's, "" where the song has none."""

    heading: str
    label: str
    start: float
    end: float
    bars: tuple[Bar, ...]


def section_words(label: str) -> str:
    """Return a section's name as it is shown."""
    return {
        "intro": _tr("sections", "Intro"),
        "verse": _tr("sections", "Verse"),
        "pre-chorus": _tr("sections", "Pre-chorus"),
        "chorus": _tr("sections", "Chorus"),
        "bridge": _tr("sections", "Bridge"),
        "solo": _tr("sections", "Solo"),
        "interlude": _tr("sections", "Interlude"),
        "outro": _tr("sections", "Outro"),
    }.get(label, label)


def headings(sections: tuple[Section, ...]) -> list[str]:
    """Return each section's heading, numbered where its name comes more than once: Verse 1, Verse 2."""
    return [
        f"{section_words(section.label)} {number}" if number else section_words(section.label)
        for section, number in zip(sections, ordinals(sections), strict=True)
    ]


def chart(song: SongMap) -> list[Part]:
    """Return the song's parts with their bars; an empty list where no bars were found."""
    found = bars(song)
    shown = dict(zip((bar.number for bar in found), _shown(song, found), strict=True))
    if not song.sections:
        return [Part("", "", 0.0, song.duration_sec, tuple(shown.values()))] if found else []
    return [
        Part(heading, section.label, section.start, section.end, tuple(shown[bar.number] for bar in group))
        for heading, section, group in zip(
            headings(song.sections), song.sections, by_section(song, found), strict=True
        )
    ]


def _shown(song: SongMap, found: list[bars_.Bar]) -> list[Bar]:
    """Name the chords of bars, each where it is another than the one before."""
    shown, held = [], ""
    for bar in found:
        changes = []
        for beat, chord in bar.changes():
            name = _name(song, chord)
            if name != held:
                changes.append((beat, name))
                held = name
        shown.append(Bar(bar.number, bar.start, bar.end, len(bar.beats), tuple(changes)))
    return shown


def _name(song: SongMap, chord: Chord | None) -> str:
    if chord is None:
        return ""
    index = active(song.key, chord.start)
    key = song.key[index] if index is not None else None
    return display(chord.label, spelling(key.tonic, key.mode) if key else None) or _tr("chart", "N.C.")


def as_text(parts: list[Part]) -> str:
    """Return the chart as plain text, four bars to a line, to paste into a message."""
    blocks = []
    for part in parts:
        lines = [part.heading] if part.heading else []
        for i in range(0, len(part.bars), 4):
            cells = (" ".join(name for _beat, name in bar.chords) or "%" for bar in part.bars[i : i + 4])
            lines.append("| " + " | ".join(cells) + " |")
        blocks.append("\n".join(lines))
    return "\n\n".join(block for block in blocks if block)
