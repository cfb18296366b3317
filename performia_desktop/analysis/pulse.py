"""Finds the pulse at twice the tempo, and which bars would stay bars at half of it.

The user may know better which level is the beat. Half-way beats go to the onsets near there; a bar line survives
halving if harmony and form change there rather than at the bar lines between.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from performia_desktop.analysis.chord import ChordSpan
from performia_desktop.analysis.features import ONSET_FPS, Features
from performia_desktop.analysis.meter import Bars
from performia_desktop.analysis.onset import Floats, onset_curve, onsets_near
from performia_desktop.analysis.segment import SectionSpan
from performia_desktop.songmap.pulse import Pulse

_REACH_SEC: Final = 0.05
_REACH: Final = 0.12  # of a beat; beyond, an onset is one of a swing or of a finer rhythm
_ONSET: Final = 0.5  # standard deviations
_SECTION: Final = 3.0  # how many chord changes a section's beginning counts for
_NEAR: Final = 0.25  # of a beat


def find(features: Features, bars: Bars, chords: Sequence[ChordSpan], sections: Sequence[SectionSpan]) -> Pulse:
    """Return the beats with those between them, to the millisecond."""
    if len(bars.beats) < 2:
        return Pulse()
    beats = np.round(bars.beats, 3)
    finer = np.empty(2 * len(beats) - 1)
    finer[::2] = beats
    finer[1::2] = _snapped((beats[1:] + beats[:-1]) / 2, np.diff(beats), onset_curve(features))
    finer = np.unique(np.round(finer[(finer >= 0) & (finer <= features.duration_sec)], 3))
    slow = _slow_bar(features, bars, chords, sections)
    return Pulse(tuple(finer.tolist()), slow)


def _snapped(times: Floats, intervals: Floats, curve: Floats) -> Floats:
    """Move times to the onset peak within reach, where there is one."""
    window = np.arange(-round(_REACH_SEC * ONSET_FPS), round(_REACH_SEC * ONSET_FPS) + 1)
    at = np.clip(np.round(times * ONSET_FPS).astype(int)[:, None] + window, 0, len(curve) - 1)
    within = np.abs(window) <= np.minimum(_REACH_SEC, _REACH * intervals)[:, None] * ONSET_FPS
    heights = np.where(within, curve[at] - 0.02 * np.abs(window), -np.inf)
    peak = at[np.arange(len(at)), heights.argmax(axis=1)]
    moved: Floats = np.where(curve[peak] > _ONSET, peak / ONSET_FPS, times)
    return moved


def _slow_bar(
    features: Features, bars: Bars, chords: Sequence[ChordSpan], sections: Sequence[SectionSpan]
) -> float | None:
    """Return the first downbeat that belongs to the stronger half of all downbeats."""
    downbeats = bars.downbeats
    if len(downbeats) < 2:
        return None
    near = _NEAR * float(np.median(np.diff(bars.beats)))
    strength = 0.01 * onsets_near(onset_curve(features, slice(0, 1)), downbeats)  # decides where nothing else does
    for spans, weight in ((chords, 1.0), (sections, _SECTION)):
        starts = np.array([span.start for span in spans[1:]])
        if len(starts):
            strength = strength + weight * (_distance(downbeats, starts) < near)
    weaker = strength[::2].mean() < strength[1::2].mean()
    return float(round(downbeats[int(weaker)], 3))


def _distance(times: Floats, starts: Floats) -> Floats:
    """Return how far the nearest of `starts`, ascending and not none, is from each time."""
    after = np.searchsorted(starts, times).clip(max=len(starts) - 1)
    before = (after - 1).clip(min=0)
    distance: Floats = np.minimum(np.abs(times - starts[after]), np.abs(times - starts[before]))
    return distance
