"""Transcribes the leading line as notes: the most salient steady line above the bass (see `notes`).

Where the line lies differs from song to song, so the range adapts: its centre is the median of the pitches that
stand out most against everything else.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from performia_desktop.analysis.features import PITCHES, Features, Tick, pitch_range
from performia_desktop.analysis.notes import F32, LOOK, Line, NoteSpan, favoured, follow, salience
from performia_desktop.analysis.onset import onset_curve

_LINE: Final = Line(
    low=43,
    high=96,
    centre=70,
    width=10,
    compression=4,
    favour="highest",
    favour_by=0.2,
    silence=0.45,
    move=5,
    move_per_semitone=0.05,
    breathe=5,
    shortest=0.1,
    attack=0.12,
)
_LIKELY_WIDTH: Final = 18.0
"""Standard deviation, in semitones, of where melodies of different songs lie."""


def transcribe(features: Features, tick: Tick = lambda _: None) -> list[NoteSpan]:
    """Return the melody's notes, in order and disjoint."""
    strength = salience(features.notes, _LINE)
    line = replace(_LINE, centre=centre(strength))
    return follow(strength, onset_curve(features, slice(1, 3)), line, tick)


def centre(strength: F32) -> float:
    """Return the pitch (MIDI) around which the leading line lies, from its salience."""
    pitches = PITCHES[pitch_range(_LINE.low, _LINE.high)]
    likely = np.exp(-0.5 * ((pitches - _LINE.centre) / _LIKELY_WIDTH) ** 2).astype(np.float32)
    look = strength[:: max(1, len(strength) // LOOK)]
    weighed = favoured(look, _LINE) * likely
    second, first = np.partition(weighed, -2, axis=1)[:, -2:].T
    histogram = np.bincount(weighed.argmax(axis=1), weights=(first - second) ** 2, minlength=len(pitches))
    if histogram.sum() <= 0:
        return _LINE.centre
    return float(pitches[np.searchsorted(np.cumsum(histogram), histogram.sum() / 2)])
