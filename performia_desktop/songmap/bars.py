"""A song in bars and beats: what sounds on which beat, and which bars belong to a section.

Bars run from downbeat to downbeat; what sounds before the first is a pickup bar, number 0. Every beat has the chord
that sounds longest in it, so that what is written down reads in beats, not in milliseconds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from performia_desktop.songmap.model import Chord, Section, SongMap, active


@dataclass(frozen=True, slots=True)
class Bar:
    """`number` counts from 1, 0 is a pickup; `beats` are seconds; `chords` has one for each beat, None for none."""

    number: int
    start: float
    end: float
    beats: tuple[float, ...]
    chords: tuple[Chord | None, ...]

    def changes(self) -> list[tuple[int, Chord | None]]:
        """Return (beat from 0, chord) where it is another than on the beat before; the first beat always."""
        labels = [chord.label if chord else None for chord in self.chords]
        return [
            (beat, chord) for beat, chord in enumerate(self.chords) if not beat or labels[beat] != labels[beat - 1]
        ]


def bars(song: SongMap) -> list[Bar]:
    """Return the song's bars, an empty list where none were found."""
    if not song.downbeats:
        return []
    edges = [*song.downbeats, song.duration_sec]
    spans = [(number, a, b) for number, (a, b) in enumerate(pairwise(edges), start=1) if b > a]
    if song.beats[0] < song.downbeats[0]:
        spans.insert(0, (0, song.beats[0], song.downbeats[0]))
    found = []
    for number, start, end in spans:
        first = bisect_right(song.beats, start - 1e-6)
        last = bisect_right(song.beats, end - 1e-6)
        beats = song.beats[first:last] or (start,)
        chords = tuple(_most(song.chords, a, b) for a, b in pairwise((*beats, end)))
        found.append(Bar(number, start, end, beats, chords))
    return found


def by_section(song: SongMap, found: Sequence[Bar]) -> list[list[Bar]]:
    """Return the bars of each section.

    A boundary is seldom exactly on the downbeat; a bar goes where its middle is.
    """
    groups: list[list[Bar]] = [[] for _ in song.sections]
    for bar in found:
        index = active(song.sections, (bar.start + min(bar.end, song.duration_sec)) / 2)
        groups[len(groups) - 1 if index is None else index].append(bar)
    return groups


def ordinals(sections: Sequence[Section]) -> list[int]:
    """Return for each section how many of its label have come, itself included; 0 where it is the only one."""
    total = Counter(section.label for section in sections)
    seen: Counter[str] = Counter()
    numbers = []
    for section in sections:
        seen[section.label] += 1
        numbers.append(seen[section.label] if total[section.label] > 1 else 0)
    return numbers


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
