"""What the user may want of an export, and why there can be none."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """`transpose`: semitones up. `capo`: fret; chords are then the shapes that the hands play.

    `naming`: how chords are written where players read them, one of `songmap.degrees.NAMINGS`. `accidentals`: sharps or
    flats, one of `songmap.chord.ACCIDENTALS`.
    """

    transpose: int = 0
    capo: int = 0
    naming: str = "names"
    accidentals: str = "key"


class ExportError(Exception):
    """The song has nothing that this format could hold; `str()` is a sentence for the user."""
