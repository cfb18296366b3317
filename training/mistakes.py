"""The mistakes of a chord finder, made on purpose: what is learned from right chords has to stand them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from performia_desktop.analysis.chord import ChordSpan
from performia_desktop.analysis.tonic import MINOR_LIKE

_QUALITY: Final = {
    "maj": ("7", "maj7", "sus4", "sus2", "maj6"),
    "min": ("min7", "sus4", "sus2", "min6"),
    "7": ("maj", "sus4"),
    "maj7": ("maj",),
    "min7": ("min",),
    "sus4": ("maj", "min", "7"),
    "sus2": ("maj", "min"),
    "dim": ("min", "hdim7", "dim7"),
    "aug": ("maj",),
    "hdim7": ("min", "dim", "min7"),
    "dim7": ("dim", "7"),
    "maj6": ("maj",),
    "min6": ("min",),
}
"""What each quality is heard as where only the quality is wrong."""
_KINDS: Final = {"quality": 0.42, "two notes": 0.2, "mode": 0.08, "fifth": 0.1, "missed": 0.12, "none": 0.08}
"""How likely each mistake is; by `two notes` that two chords share, they are taken for each other."""
_OFTEN: Final = 0.2
_ALWAYS: Final = 0.3
_EACH_TIME: Final = 0.7
_LATE: Final = 0.3
_BASS: Final = 0.2
"""At worst: the share of chords mistaken now and then; of kinds of chords mistaken again and again, and how often each
of these is; of chords that begin a beat early or late; of those whose bass alone is wrong."""
_TOUCHING_SEC: Final = 0.05


def mistaken(
    chords: Sequence[ChordSpan], rng: np.random.Generator, severity: float, beat: float
) -> list[ChordSpan]:
    """Return chords as a finder might hear them; `severity` is 0 to 1, `beat` in seconds."""
    always: dict[tuple[int | None, str], ChordSpan | None] = {}
    heard: list[ChordSpan] = []
    for chord in chords:
        name = (chord.root, chord.quality)
        if name not in always:
            always[name] = _other(chord, chord, rng) if rng.random() < _ALWAYS * severity else None
        again = always[name]
        if rng.random() < _OFTEN * severity:
            heard.append(_other(chord, heard[-1] if heard else chord, rng))
        elif again and rng.random() < _EACH_TIME:
            heard.append(replace(chord, root=again.root, quality=again.quality, bass=0))
        elif rng.random() < _BASS * severity:
            heard.append(replace(chord, bass=0 if chord.bass else int(rng.choice([3, 4, 7]))))
        else:
            heard.append(chord)
    return _moved(heard, rng, severity, beat)


def _other(chord: ChordSpan, before: ChordSpan, rng: np.random.Generator) -> ChordSpan:
    """Return what a chord is mistaken for; `before` is what was heard before it."""
    if chord.root is None:
        return chord
    kind = str(rng.choice(list(_KINDS), p=list(_KINDS.values())))
    minor = chord.quality in MINOR_LIKE
    root, quality = chord.root, chord.quality
    if kind == "quality":
        quality = str(rng.choice(_QUALITY[quality]))
    elif kind == "two notes":
        steps = (3, 8) if minor else (9, 4)
        root, quality = root + int(rng.choice(steps, p=(0.6, 0.4))), "maj" if minor else "min"
    elif kind == "mode":
        quality = "maj" if minor else "min"
    elif kind == "fifth":
        root += int(rng.choice((5, 7)))
    elif kind == "missed":
        return replace(before, start=chord.start, end=chord.end)
    else:
        return replace(chord, root=None, quality="N", bass=0)
    return replace(chord, root=root % 12, quality=quality, bass=0)


def _moved(chords: list[ChordSpan], rng: np.random.Generator, severity: float, beat: float) -> list[ChordSpan]:
    """Move some of the borders by a beat."""
    for k in range(1, len(chords)):
        left, right = chords[k - 1 : k + 1]
        if right.start - left.end < _TOUCHING_SEC and rng.random() < _LATE * severity:
            border = right.start + beat * rng.choice((-1, 1))
            border = min(max(border, left.start), right.end)
            chords[k - 1 : k + 1] = replace(left, end=border), replace(right, start=border)
    return [chord for chord in chords if chord.end > chord.start]
