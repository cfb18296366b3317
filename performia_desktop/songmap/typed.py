"""Chord names as musicians type them, read into Harte labels: Am7, F#m7b5, G/B, Bbmaj7, N.C."""

from __future__ import annotations

import re
from typing import Final

from performia_desktop.songmap.chord import label, pitch_class

_NAME: Final = re.compile(r"([A-Ga-g])([#b]?)([^/]*)(?:/([A-Ga-g][#b]?))?")
_QUALITIES: Final = {
    "maj": ("", "maj", "major", "M"),
    "min": ("m", "min", "minor", "-"),
    "7": ("7", "dom7"),
    "maj7": ("maj7", "M7", "ma7", "j7", "Δ", "Δ7"),
    "min7": ("m7", "min7", "-7"),
    "sus2": ("sus2",),
    "sus4": ("sus4", "sus"),
    "dim": ("dim", "°", "o"),
    "dim7": ("dim7", "°7", "o7"),
    "hdim7": ("m7b5", "min7b5", "-7b5", "ø", "ø7", "hdim7"),
    "aug": ("aug", "+"),
    "maj6": ("6", "maj6"),
    "min6": ("m6", "min6", "-6"),
    "minmaj7": ("m(maj7)", "mmaj7", "mM7", "minmaj7"),
    "9": ("9",),
    "maj9": ("maj9", "M9"),
    "min9": ("m9", "min9", "-9"),
}
_BY_NAME: Final = {name: quality for quality, names in _QUALITIES.items() for name in names}
_NONE: Final = {"n", "nc", "n.c.", "n.c", "x"}


def read(text: str) -> str:
    """Return the Harte label of a chord name. Raises ValueError where it is none."""
    plain = text.strip().replace("♯", "#").replace("♭", "b")
    if plain.lower() in _NONE:
        return "N"
    match = _NAME.fullmatch(plain)
    quality = match and _BY_NAME.get(match[3].strip().strip("()") if match[3] != "m(maj7)" else match[3])
    if match is None or quality is None:
        raise ValueError(f"not a chord: {text!r}")
    root = match[1].upper() + match[2]
    bass = pitch_class(match[4][0].upper() + match[4][1:]) - pitch_class(root) if match[4] else 0
    names = tuple(root for _ in range(12))  # spelled as it was typed
    return label(pitch_class(root), quality, names, bass % 12)
