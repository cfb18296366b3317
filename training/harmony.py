"""Chords as pitch classes: reads Harte labels, names pitch sets, numbers the classes of the chord network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

QUALITIES: Final = {
    "maj": (0, 4, 7),
    "min": (0, 3, 7),
    "7": (0, 4, 7, 10),
    "maj7": (0, 4, 7, 11),
    "min7": (0, 3, 7, 10),
    "sus4": (0, 5, 7),
    "sus2": (0, 2, 7),
    "dim": (0, 3, 6),
    "aug": (0, 4, 8),
    "hdim7": (0, 3, 6, 10),
    "dim7": (0, 3, 6, 9),
    "maj6": (0, 4, 7, 9),
    "min6": (0, 3, 7, 9),
}
"""The classes of the chord network, in its order; each stands for twelve roots."""
NAMES: Final = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
NO_CHORD: Final = len(QUALITIES) * 12
UNKNOWN: Final = -1

_EXTENDED: Final = {
    **QUALITIES,
    "": (0, 4, 7),
    "5": (0, 7),
    "1": (0,),
    "minmaj7": (0, 3, 7, 11),
    "9": (0, 4, 7, 10, 2),
    "maj9": (0, 4, 7, 11, 2),
    "min9": (0, 3, 7, 10, 2),
    "11": (0, 7, 10, 2, 5),
    "min11": (0, 3, 7, 10, 2, 5),
    "maj11": (0, 4, 7, 11, 2),
    "13": (0, 4, 10, 2, 9),
    "maj13": (0, 4, 11, 2, 9),
    "min13": (0, 3, 10, 2, 9),
    "sus4(b7)": (0, 5, 7, 10),
    "sus4(b7,9)": (0, 5, 7, 10, 2),
    "aug(b7)": (0, 4, 8, 10),
}
_DEGREES: Final = {"1": 0, "2": 2, "3": 4, "4": 5, "5": 7, "6": 9, "7": 11, "9": 2, "11": 5, "13": 9}
_PRINTED: Final = ("1", "b2", "2", "b3", "3", "4", "b5", "5", "#5", "6", "b7", "7")
_LETTERS: Final = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


@dataclass(frozen=True, slots=True)
class Chord:
    """A root, the intervals above it (semitones, in the order they matter) and the bass's pitch class."""

    root: int
    intervals: tuple[int, ...]
    bass: int

    @property
    def pitch_classes(self) -> list[int]:
        return [(self.root + i) % 12 for i in self.intervals]

    @property
    def label(self) -> str:
        shape = frozenset(self.intervals)
        quality = next((q for q, i in _EXTENDED.items() if q and frozenset(i) == shape), reduced(shape) or "maj")
        inversion = (self.bass - self.root) % 12
        return f"{NAMES[self.root]}:{quality}" + (f"/{_PRINTED[inversion]}" if inversion else "")

    def transposed(self, semitones: int) -> Chord:
        return Chord((self.root + semitones) % 12, self.intervals, (self.bass + semitones) % 12)


def pitch_class(name: str) -> int:
    """Return 0-11 for a note name such as Eb or F#."""
    return (_LETTERS[name[0]] + name.count("#") - name[1:].count("b")) % 12


def _degree(text: str) -> int:
    digits = text.lstrip("#b")
    return (_DEGREES[digits] + text.count("#") - text.count("b")) % 12


@cache
def parse(label: str) -> Chord | None:
    """Return the chord of a Harte label; None for N, X and what cannot be read."""
    match = re.fullmatch(r"([A-G][#b]*)(?::([^/(]*))?(\([^)]*\))?(?:/(.+))?", label)
    if not match:
        return None
    root = pitch_class(match[1])
    quality, added = match[2] or "", match[3] or ""
    try:
        if quality + added in _EXTENDED:
            intervals = list(_EXTENDED[quality + added])
        else:
            intervals = list(_EXTENDED[quality]) if quality or not added else [0]
            for degree in filter(None, added.strip("()").split(",")):
                value = _degree(degree.lstrip("*"))
                if degree.startswith("*"):
                    intervals = [i for i in intervals if i != value]
                elif value not in intervals:
                    intervals.append(value)
        bass = (root + _degree(match[4])) % 12 if match[4] else root
    except KeyError:
        return None
    return Chord(root, tuple(intervals), bass)


def reduced(shape: frozenset[int]) -> str | None:
    """Return the class of QUALITIES that a set of intervals is heard as, or None where no class fits."""
    for quality, intervals in QUALITIES.items():
        if shape == frozenset(intervals):
            return quality
    if 4 in shape:
        if 8 in shape and 7 not in shape:
            return "aug"
        return "7" if 10 in shape else "maj7" if 11 in shape else "maj6" if 9 in shape else "maj"
    if 3 in shape:
        if 6 in shape and 7 not in shape:
            return "hdim7" if 10 in shape else "dim7" if 9 in shape else "dim"
        return "min7" if 10 in shape else "min6" if 9 in shape else "min"
    return "sus4" if {5, 7} <= shape else "sus2" if {2, 7} <= shape else None


@cache
def targets(label: str) -> tuple[int, int, tuple[int, ...]]:
    """Return (class, bass pitch class, pitch classes); UNKNOWN where the label does not say, NO_CHORD for N."""
    if label == "N":
        return NO_CHORD, UNKNOWN, ()
    chord = parse(label)
    if chord is None:
        return UNKNOWN, UNKNOWN, ()
    quality = reduced(frozenset(chord.intervals))
    number = UNKNOWN if quality is None else list(QUALITIES).index(quality) * 12 + chord.root
    return number, chord.bass, tuple(chord.pitch_classes)


def name(pitches: list[int]) -> Chord | None:
    """Return the simplest chord that has exactly these pitches' classes, or the largest contained in them."""
    bass = min(pitches) % 12
    classes = sorted({p % 12 for p in pitches}, key=lambda c: c != bass)
    exact: list[tuple[float, Chord]] = []
    partial: list[tuple[float, Chord]] = []
    for root in classes:
        shape = frozenset((c - root) % 12 for c in classes)
        for rank, (quality, intervals) in enumerate(_EXTENDED.items()):
            if not quality or len(intervals) < 3:
                continue
            cost = 0.02 * rank + (root != bass) * (
                1.4 if quality in {"maj6", "min6", "sus2", "aug", "dim7"} else 1.0
            )
            if frozenset(intervals) == shape:
                exact.append((cost, Chord(root, intervals, bass)))
            elif frozenset(intervals) < shape and quality in QUALITIES:
                partial.append((cost + len(shape) - len(intervals), Chord(root, intervals, bass)))
    found = exact or partial
    return min(found, key=lambda f: f[0])[1] if found else None
