"""A song as musicians write it down: sections, bars, and the chords where they change.

Bars run from downbeat to downbeat; what sounds before the first is a pickup bar without a number. Every beat has
the chord that sounds longest in it, so that the chart reads in beats, not in milliseconds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QCoreApplication

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
    total = Counter(section.label for section in sections)
    seen: Counter[str] = Counter()
    names = []
    for section in sections:
        seen[section.label] += 1
        words = section_words(section.label)
        names.append(f"{words} {seen[section.label]}" if total[section.label] > 1 else words)
    return names


def chart(song: SongMap) -> list[Part]:
    """Return the song's parts with their bars; an empty list where no bars were found."""
    bars = _bars(song)
    if not song.sections:
        return [Part("", "", 0.0, song.duration_sec, tuple(bars))] if bars else []
    groups: list[list[Bar]] = [[] for _ in song.sections]
    for bar in bars:
        # A boundary is seldom exactly on the downbeat; the bar goes where its middle is.
        index = active(song.sections, (bar.start + min(bar.end, song.duration_sec)) / 2)
        groups[len(groups) - 1 if index is None else index].append(bar)
    return [
        Part(heading, section.label, section.start, section.end, tuple(group))
        for heading, section, group in zip(headings(song.sections), song.sections, groups, strict=True)
    ]


def _bars(song: SongMap) -> list[Bar]:
    if not song.downbeats:
        return []
    edges = [*song.downbeats, song.duration_sec]
    spans = [(number, a, b) for number, (a, b) in enumerate(pairwise(edges), start=1) if b > a]
    if song.beats[0] < song.downbeats[0]:
        spans.insert(0, (0, song.beats[0], song.downbeats[0]))
    bars, held = [], ""
    for number, start, end in spans:
        first = bisect_right(song.beats, start - 1e-6)
        last = bisect_right(song.beats, end - 1e-6)
        beats = song.beats[first:last] or (start,)
        chords = _chords(song, beats, end)
        shown = []
        for beat, name in chords:
            if name != held:
                shown.append((beat, name))
                held = name
        bars.append(Bar(number, start, end, len(beats), tuple(shown)))
    return bars


def _chords(song: SongMap, beats: tuple[float, ...], end: float) -> list[tuple[int, str]]:
    """Return the chord on each beat where it is another than on the beat before."""
    found: list[tuple[int, str]] = []
    for beat, (start, stop) in enumerate(pairwise((*beats, end))):
        name = _name(song, _most(song.chords, start, stop))
        if not found or found[-1][1] != name:
            found.append((beat, name))
    return found


def _most(chords: tuple[Chord, ...], start: float, stop: float) -> Chord | None:
    """Return the chord that sounds longest in a beat."""
    index = active(chords, start)
    best, longest = None, 0.0
    for chord in chords[index or 0 :]:
        if chord.start >= stop:
            break
        share = min(chord.end, stop) - max(chord.start, start)
        if share > longest + 1e-9:
            best, longest = chord, share
    return best


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
