"""Where a guitarist's fingers go: one good shape for every chord, in standard tuning (E A D G B E).

Shapes are those of the first pages of every chord book: open ones where there are some, else barré chords after the
open E, A and D shapes, the one that lies lowest on the neck.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from performia_desktop.songmap.chord import parse

OPEN_STRINGS: Final = (40, 45, 50, 55, 59, 64)
"""MIDI pitches, from the lowest string."""

# For each quality the shapes that can be moved along the neck: root string (0 is the lowest), frets.
_MOVABLE: Final[dict[str, tuple[tuple[int, str], ...]]] = {
    "maj": ((0, "022100"), (1, "x02220"), (2, "xx0232")),
    "min": ((0, "022000"), (1, "x02210"), (2, "xx0231")),
    "7": ((0, "020100"), (1, "x02020"), (2, "xx0212"), (1, "x3231x")),
    "maj7": ((0, "021100"), (1, "x02120"), (2, "xx0222")),
    "min7": ((0, "020000"), (1, "x02010"), (2, "xx0211")),
    "sus2": ((1, "x02200"), (2, "xx0230"), (0, "024400")),
    "sus4": ((0, "022200"), (1, "x02230"), (2, "xx0233")),
    "dim": ((1, "x0121x"), (2, "xx0131"), (0, "0120xx")),
    "dim7": ((2, "xx0101"), (1, "x01212"), (0, "01202x")),
    "hdim7": ((1, "x0101x"), (2, "xx0111"), (0, "01003x")),
    "aug": ((2, "xx0332"), (1, "x0322x"), (0, "0x211x")),
    "maj6": ((0, "022120"), (1, "x02222"), (2, "xx0202"), (1, "x3221x")),
    "min6": ((0, "022020"), (1, "x02212"), (2, "xx0201")),
    "minmaj7": ((0, "021000"), (1, "x02110"), (2, "xx0221")),
    "9": ((1, "x32333"), (0, "020102")),
    "maj9": ((1, "x3243x"), (0, "021102")),
    "min9": ((1, "x3133x"), (0, "020002")),
}
_OPEN: Final = {
    # roots as pitch classes; shapes that lie well only where they are, and a few with another bass
    (0, "maj", 0): "x32010",
    (7, "maj", 0): "320003",
    (5, "maj7", 0): "xx3210",
    (0, "maj7", 0): "x32000",
    (7, "maj7", 0): "320002",
    (0, "7", 0): "x32310",
    (7, "7", 0): "320001",
    (11, "7", 0): "x21202",
    (7, "maj6", 0): "320000",
    (0, "aug", 0): "x32110",
    (7, "maj", 4): "x20003",
    (7, "maj", 7): "xx0003",
    (2, "maj", 4): "2x0232",
    (2, "maj", 7): "x00232",
    (0, "maj", 4): "032010",
    (0, "maj", 7): "332010",
    (9, "maj", 4): "x4222x",
    (9, "maj", 7): "002220",
    (9, "min", 7): "002210",
    (9, "min", 10): "3x2210",
    (5, "maj", 4): "x03211",
    (5, "maj", 7): "x33211",
    (4, "maj", 4): "4x245x",
    (4, "min", 3): "322000",
    (2, "min", 3): "1x0231",
    (9, "min7", 10): "3x2010",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """`frets` from the lowest string, None for one that is not played; `bass`: it has the slash chord's bass."""

    frets: tuple[int | None, ...]
    bass: bool = True

    @property
    def first_fret(self) -> int:
        """The topmost fret of a diagram of four or five: 1 where the nut is in it."""
        pressed = [fret for fret in self.frets if fret]
        return 1 if not pressed or max(pressed) <= 4 else min(pressed)

    @property
    def barre(self) -> int | None:
        """The fret across which one finger lies, None where four fingers are enough."""
        pressed = [fret for fret in self.frets if fret]
        low = min(pressed, default=0)
        if 0 in self.frets or len(pressed) <= 4 or pressed.count(low) < 2:
            return None
        return low

    def __str__(self) -> str:
        """As players write it: x32010; with dashes from the tenth fret on."""
        words = ["x" if fret is None else str(fret) for fret in self.frets]
        return ("" if all(len(word) == 1 for word in words) else "-").join(words)


@cache
def shape(label: str) -> Shape | None:
    """Return the shape of a chord (Harte label), None for no chord.

    A slash chord that has no usual shape gets the one of its upper chord, and `bass` is False.
    """
    chord = parse(label)
    if chord is None:
        return None
    root = chord.root_pitch_class
    for bass in dict.fromkeys((chord.bass, 0)):
        fixed = _OPEN.get((root, chord.quality, bass))
        if fixed is not None:
            return Shape(_frets(fixed, 0), bass == chord.bass)
        if not bass:
            break
    moved = []
    for string, frets in _MOVABLE[chord.quality]:
        anchor = int(frets[string])
        lowest = min(int(fret) for fret in frets if fret != "x")
        at = (root - OPEN_STRINGS[string]) % 12
        at += 0 if at - anchor + lowest >= 0 else 12
        found = _frets(frets, at - anchor)
        height = max(fret for fret in found if fret is not None)
        moved.append((height + (2 if string == 2 and at > 0 else 0), found))
    return Shape(min(moved, key=lambda one: one[0])[1], not chord.bass)


def _frets(written: str, shift: int) -> tuple[int | None, ...]:
    return tuple(None if fret == "x" else int(fret) + shift for fret in written)
