"""Transcribes the bass as notes: the most salient steady line below middle C (see `notes`)."""

from __future__ import annotations

from typing import Final

from performia_desktop.analysis.features import Features, Tick
from performia_desktop.analysis.notes import Line, NoteSpan, follow, salience
from performia_desktop.analysis.onset import onset_curve

_LINE: Final = Line(
    low=26,
    high=54,
    centre=38,
    width=12,
    compression=0.3,
    favour_lowest=0.2,
    silence=0.3,
    move=7,
    move_per_semitone=0.02,
    breathe=2,
    shortest=0.12,
    attack=0.025,
)


def transcribe(features: Features, tick: Tick = lambda _: None) -> list[NoteSpan]:
    """Return the bass notes, in order and disjoint."""
    return follow(salience(features.notes, _LINE), onset_curve(features, slice(0, 1)), _LINE, tick)
