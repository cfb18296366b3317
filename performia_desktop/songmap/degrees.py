"""Chords as degrees of the key: roman numerals, or the numbers of Nashville's studio musicians.

Roman numerals count from the tonic, in minor along the natural minor scale (C minor: i, III, iv, VI, VII); inversions
are figured (V⁶₅). Nashville numbers count from the major scale of the key's signature, as they are written there: in
C minor the tonic is 6-, and a bass note stands after a slash.
"""

from __future__ import annotations

from typing import Final

from performia_desktop.songmap.chord import parse, pitch_class

NAMINGS: Final = ("names", "roman", "nashville")
"""How chords can be written."""

_MAJOR: Final = (0, 2, 4, 5, 7, 9, 11)
_MINOR: Final = (0, 2, 3, 5, 7, 8, 10)
_NUMERALS: Final = ("I", "II", "III", "IV", "V", "VI", "VII")
_LOWER: Final = frozenset({"min", "min7", "dim", "dim7", "hdim7", "min6", "minmaj7", "min9"})
_DIMINISHED: Final = frozenset({"dim", "dim7", "hdim7"})
_ROMAN: Final = {
    "maj": "",
    "min": "",
    "7": "⁷",
    "maj7": "maj⁷",
    "min7": "⁷",
    "sus2": "sus²",
    "sus4": "sus⁴",
    "dim": "°",
    "dim7": "°⁷",
    "hdim7": "ø⁷",
    "aug": "+",
    "maj6": "add⁶",
    "min6": "add⁶",
    "minmaj7": "maj⁷",
    "9": "⁹",
    "maj9": "maj⁹",
    "min9": "⁹",
}
_NASHVILLE: Final = {
    "maj": "",
    "min": "-",
    "7": "⁷",
    "maj7": "maj⁷",
    "min7": "-⁷",
    "sus2": "sus²",
    "sus4": "sus⁴",
    "dim": "°",
    "dim7": "°⁷",
    "hdim7": "ø⁷",
    "aug": "+",
    "maj6": "⁶",
    "min6": "-⁶",
    "minmaj7": "-maj⁷",
    "9": "⁹",
    "maj9": "maj⁹",
    "min9": "-⁹",
}
_SEVENTHS: Final = frozenset({"7", "maj7", "min7", "dim7", "hdim7", "minmaj7"})
_TRIADS: Final = frozenset({"maj", "min", "dim", "aug"})
_INVERSIONS: Final = {"triad": ("⁶", "⁶₄", ""), "seventh": ("⁶₅", "⁴₃", "⁴₂")}


def degree(label: str, tonic: str, mode: str, naming: str) -> str:
    """Return a Harte label as a degree of a key; empty for no chord. `naming` is ``roman`` or ``nashville``."""
    chord = parse(label)
    if chord is None:
        return ""
    step = (chord.root_pitch_class - pitch_class(tonic)) % 12
    bass = (step + chord.bass) % 12
    if naming == "nashville":
        home = 9 if mode == "minor" else 0  # the tonic of a minor key is the sixth of its signature's major
        shown = _number((step + home) % 12, _MAJOR) + _NASHVILLE[chord.quality]
        return f"{shown}/{_number((bass + home) % 12, _MAJOR)}" if chord.bass else shown
    scale = _MINOR if mode == "minor" else _MAJOR
    accidental, place = _place(step, scale)
    if mode == "minor" and place == 6 and chord.quality in _DIMINISHED:
        accidental = "" if step == 11 else "♭"  # vii° is the one on the leading note, as everybody writes it
    numeral = _NUMERALS[place]
    numeral = accidental + (numeral.lower() if chord.quality in _LOWER else numeral)
    figures = _figures(chord.quality, chord.bass)
    if figures:
        sign = _ROMAN[chord.quality].rstrip("⁷")
        return numeral + sign + figures
    shown = numeral + _ROMAN[chord.quality]
    return f"{shown}/{_number(bass, scale)}" if chord.bass else shown


def _figures(quality: str, bass: int) -> str:
    """Return the figures of an inversion; empty in root position and where the bass is no note of the chord."""
    kind = "seventh" if quality in _SEVENTHS else "triad" if quality in _TRIADS else ""
    if not kind or not bass:
        return ""
    inversion = {3: 0, 4: 0, 6: 1, 7: 1, 8: 1, 9: 2, 10: 2, 11: 2}.get(bass)
    fits = {
        0: (3,) if quality in _LOWER else (4,),
        1: (6,) if quality in _DIMINISHED else (8,) if quality == "aug" else (7,),
        2: (9,) if quality == "dim7" else (11,) if quality in {"maj7", "minmaj7"} else (10,),
    }
    return _INVERSIONS[kind][inversion] if inversion is not None and bass in fits[inversion] else ""


def _number(step: int, scale: tuple[int, ...]) -> str:
    accidental, place = _place(step, scale)
    return f"{accidental}{place + 1}"


def _place(step: int, scale: tuple[int, ...]) -> tuple[str, int]:
    """Return the accidental and the place in a scale; between two notes it is the higher one's flat.

    The raised fourth is a sharp, as it is heard: on its way to the fifth; so are minor's raised sixth and seventh.
    """
    if step in scale:
        return "", scale.index(step)
    if step == 6:
        return "♯", 3
    if scale is _MINOR and step in {9, 11}:
        return "♯", 5 if step == 9 else 6
    if scale is _MINOR and step == 4:
        return "♯", 2
    return "♭", scale.index(step + 1)
