"""Chord labels: Harte syntax (Harte et al., ISMIR 2005) in and out, spelling for a key, names to show.

Pitch classes are 0-11 from C. A key's signature decides between sharps and flats, so that C minor has an ``Eb``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

_LETTERS: Final = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_SHARPS: Final = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
_FLATS: Final = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")
_MAJOR_TONICS: Final = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_MINOR_TONICS: Final = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B")
_MAJOR_STEPS: Final = (0, 2, 4, 5, 7, 9, 11)
_MINOR_STEPS: Final = (0, 2, 3, 5, 7, 8, 10)

_OTHER_TONICS: Final = {
    **{"Db": "C#", "Eb": "D#", "Gb": "F#", "Ab": "G#", "Bb": "A#"},
    **{"C#": "Db", "D#": "Eb", "F#": "Gb", "G#": "Ab", "A#": "Bb", "B": "Cb"},
}
_SIDE: Final = {"sharps": 1, "flats": -1}

QUALITIES: Final[dict[str, tuple[int, ...]]] = {
    "maj": (0, 4, 7),
    "min": (0, 3, 7),
    "7": (0, 4, 7, 10),
    "maj7": (0, 4, 7, 11),
    "min7": (0, 3, 7, 10),
    "sus2": (0, 2, 7),
    "sus4": (0, 5, 7),
    "dim": (0, 3, 6),
    "dim7": (0, 3, 6, 9),
    "hdim7": (0, 3, 6, 10),
    "aug": (0, 4, 8),
    "maj6": (0, 4, 7, 9),
    "min6": (0, 3, 7, 9),
    "minmaj7": (0, 3, 7, 11),
    "9": (0, 4, 7, 10, 2),
    "maj9": (0, 4, 7, 11, 2),
    "min9": (0, 3, 7, 10, 2),
}
"""Chord qualities by Harte's shorthand: semitones above the root."""

_SHOWN: Final = {
    "maj": "",
    "min": "m",
    "min7": "m7",
    "dim": "dim",
    "dim7": "dim7",
    "hdim7": "m7♭5",
    "aug": "aug",
    "maj6": "6",
    "min6": "m6",
    "minmaj7": "m(maj7)",
    "min9": "m9",
}
_DEGREES: Final = {"1": 0, "2": 2, "3": 4, "4": 5, "5": 7, "6": 9, "7": 11, "9": 2}
_LABEL: Final = re.compile(r"([A-G][#b]*)(?::([a-z0-9]+))?(?:/([#b]*[1-9]))?\Z")


@dataclass(frozen=True, slots=True)
class ChordName:
    """A parsed label: root as spelled, quality, bass as semitones above the root (0 in root position)."""

    root: str
    quality: str
    bass: int = 0

    @property
    def root_pitch_class(self) -> int:
        return pitch_class(self.root)


def pitch_class(name: str) -> int:
    """Return 0-11 for a note name such as ``Eb`` or ``F##``. Raises ValueError for anything else."""
    if not re.fullmatch(r"[A-G][#b]*", name):
        raise ValueError(f"not a note name: {name!r}")
    return (_LETTERS[name[0]] + name.count("#") - name.count("b")) % 12


def parse(label: str) -> ChordName | None:
    """Return the parts of a Harte label, None for no chord (``N``). Raises ValueError when it is no label."""
    if label in {"N", "X"}:
        return None
    match = _LABEL.match(label)
    quality = match and (match[2] or "maj")
    if not match or quality not in QUALITIES:
        raise ValueError(f"not a chord: {label!r}")
    bass = 0
    if match[3]:
        degree = match[3].lstrip("#b")
        bass = (_DEGREES[degree] + match[3].count("#") - match[3].count("b")) % 12 if degree in _DEGREES else -1
        if bass < 0:
            raise ValueError(f"not a bass degree: {label!r}")
    return ChordName(match[1], str(quality), bass)


ACCIDENTALS: Final = ("key", "sharps", "flats")
"""How notes between the white keys can be written: as the key has them, or all one way."""


def tonic_name(tonic: int, mode: str, accidentals: str = "key") -> str:
    """Return the usual name of a key's tonic: 3 major is ``Eb``, 8 minor is ``G#``.

    `accidentals` may ask for the other name, where a signature of at most seven can write it: 1 major is ``C#``
    by sharps, but 3 major stays ``Eb``.
    """
    usual = (_MINOR_TONICS if mode == "minor" else _MAJOR_TONICS)[tonic % 12]
    if accidentals == "key" or signature(usual, mode) * _SIDE[accidentals] >= 0:
        return usual
    other = _OTHER_TONICS.get(usual, usual)
    return other if abs(signature(other, mode)) <= 7 else usual


def signature(tonic: str, mode: str) -> int:
    """Return a key's signature: sharps positive, flats negative, as a walk through the circle of fifths."""
    letters = {"F": -1, "C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5}
    fifths = letters[tonic[0]] + 7 * (tonic.count("#") - tonic.count("b"))
    return fifths - 3 if mode == "minor" else fifths


@cache
def spelling(tonic: str, mode: str, accidentals: str = "key") -> tuple[str, ...]:
    """Return twelve note names, by pitch class, as a key writes them.

    Scale notes take the seven letters in order; the others take the key's side: flats in flat keys, sharps in
    sharp keys, but a minor key's raised sixth and seventh are written as the raised degree. `accidentals` may ask for
    sharps or flats alone.
    """
    if accidentals != "key":
        unwanted = "b" if accidentals == "sharps" else "#"
        plain = _SHARPS if accidentals == "sharps" else _FLATS
        return tuple(plain[pc] if unwanted in name else name for pc, name in enumerate(spelling(tonic, mode)))
    letters = "CDEFGAB"
    start = letters.index(tonic[0])
    steps = _MINOR_STEPS if mode == "minor" else _MAJOR_STEPS
    base = pitch_class(tonic)
    names: dict[int, str] = {}

    def put(step: int, degree: int) -> None:
        letter = letters[(start + degree) % 7]
        wanted = (base + step) % 12
        offset = (wanted - _LETTERS[letter] + 6) % 12 - 6
        if abs(offset) <= 1:
            names.setdefault(wanted, letter + ("#" * offset if offset > 0 else "b" * -offset))

    for degree, step in enumerate(steps):
        put(step, degree)
    flats = any("b" in name for name in names.values())
    if mode == "minor":
        put(9, 5)
        put(11, 6)
    fallback = _FLATS if flats or (tonic in {"C", "F"} and mode == "minor") else _SHARPS
    if mode == "major" and not flats:
        # The chords a sharp or plain major key borrows from its minor are written flat: Bb and Eb in C major.
        for step, degree in ((10, 6), (3, 2), (8, 5)):
            if base in {0, 7, 2, 9, 4}:
                put(step, degree)
    return tuple(names.get(pc, fallback[pc]) for pc in range(12))


def label(root: int, quality: str, names: tuple[str, ...], bass: int = 0) -> str:
    """Return the Harte label of a chord: root 0-11 spelled by `names`, bass in semitones above the root."""
    text = f"{names[root % 12]}:{quality}"
    if not bass:
        return text
    degree = {1: "b2", 2: "2", 3: "b3", 4: "3", 5: "4", 6: "b5", 7: "5", 8: "#5", 9: "6", 10: "b7", 11: "7"}
    return f"{text}/{degree[bass % 12]}"


def display(text: str, names: tuple[str, ...] | None = None) -> str:
    """Return what a musician writes for a Harte label: ``A:min7`` is Am7, ``G:maj/3`` is G/B, ``N`` is empty."""
    chord = parse(text)
    if chord is None:
        return ""
    shown = chord.root + _SHOWN.get(chord.quality, chord.quality)
    if chord.bass:
        table = names if names and names[chord.root_pitch_class] == chord.root else None
        table = table or (_FLATS if "b" in chord.root or chord.root == "F" else _SHARPS)
        shown += "/" + table[(chord.root_pitch_class + chord.bass) % 12]
    return pretty(shown)


def pretty(text: str) -> str:
    """Return a note, chord or key name with real accidentals: ``Eb major`` is E♭ major."""
    return re.sub(r"([A-G])([#b]+)", lambda m: m[1] + m[2].replace("#", "♯").replace("b", "♭"), text)
