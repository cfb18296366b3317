"""Transcribes the leading line as notes, from what the melody network hears (see `lead_net`).

A Viterbi path over pitches and silence follows the line; a held pitch is cut where the network hears a note begin
anew. Each note begins at the centre of gravity of that evidence, which is finer than the network's frames, drawn to a
strong onset where there is one.

Pitches are MIDI numbers, times seconds.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from performia_desktop.analysis.features import ONSET_FPS, Features, Tick
from performia_desktop.analysis.lead_net import COUNT, FPS, LOWEST, STEP_SEC, LeadEvidence, times
from performia_desktop.analysis.notes import F32, NoteSpan, append, changes, likeliest
from performia_desktop.analysis.onset import Floats, onset_curve

_CHANGES: Final = changes(COUNT, move=3.0, move_per_semitone=0.02, breathe=2.0)
_SILENCE: Final = -0.3
"""Added to the evidence for silence."""
_ALONE: Final = 2.0
"""Taken from it where one line is alone."""
_ALONE_SEC: Final = 4.0
_SHARE: Final = (0.4, 0.5)
"""Shares of the strongest note in all that sounds: in company and alone."""
_UNLIKELY: Final = -8.0
"""No single frame speaks more than that against a pitch."""
_REPEATED: Final = 0.35
_CLOSEST: Final = 2  # frames between two beginnings
_LATE: Final = 0.015
"""Seconds by which notes begin after the evidence: by the attack that it takes to hear a pitch."""
_SURE: Final = 0.15
_DRAWN: Final = 0.05
"""Seconds that an onset draws the beginning by, and the strengths (standard deviations) between which it grows."""
_STRONG: Final = (1.5, 4.0)
_SHORTEST: Final = 0.09
_BLOCK: Final = 4096


def transcribe(features: Features, lead: LeadEvidence, tick: Tick = lambda _: None) -> list[NoteSpan]:
    """Return the melody's notes, in order and disjoint."""
    count = len(lead.lead)
    if not count:
        return []
    alone = _alone(features.notes, count)
    blocks = (slice(at, at + _BLOCK) for at in range(0, count, _BLOCK))
    path = likeliest((_scores(lead.lead[b], alone[b]) for b in blocks), count, _CHANGES, tick)
    centres = times(count)
    begins = np.negative(lead.onset)  # becomes its probability, in place: there are hours of it
    np.exp(begins, out=begins)
    begins += 1
    np.divide(1, begins, out=begins)
    onset = onset_curve(features, slice(1, 3))
    spans: list[NoteSpan] = []
    runs = np.flatnonzero(np.diff(path, prepend=-1))
    for first, last in zip(runs, np.append(runs[1:], count), strict=True):
        pitch = int(path[first])
        if pitch == COUNT:
            continue
        cuts = [first, *(first + k for k in _repeated(begins[first:last, pitch])), last]
        for a, b in pairwise(cuts):
            start = _drawn(_begin(begins[:, pitch], centres, a), onset)
            conf = float(np.exp(lead.lead[a:b, pitch]).mean())
            append(spans, NoteSpan(start, float(centres[b - 1] + STEP_SEC / 2), LOWEST + pitch, conf), _SHORTEST)
    return spans


def _scores(lead: F32, alone: F32) -> F32:
    scores = np.maximum(lead, np.float32(_UNLIKELY))
    scores[:, COUNT] += _SILENCE - _ALONE * alone
    return scores


def _alone(notes: NDArray[np.floating], count: int) -> F32:
    """Return 0-1 for each of `count` frames: whether nothing but one note sounds for some seconds.

    A line that is alone leads, however low it lies.
    """
    size = min(len(notes), 2 * count) // 2 * 2
    total, strongest = np.zeros(count, np.float32), np.zeros(count, np.float32)
    for at in range(0, size, 2 * _BLOCK):
        pairs = (
            notes[at : min(size, at + 2 * _BLOCK)].astype(np.float32).reshape(-1, 2, notes.shape[1]).mean(axis=1)
        )
        place = slice(at // 2, at // 2 + len(pairs))
        total[place], strongest[place] = pairs.sum(axis=1), pairs.max(axis=1)
    width = round(_ALONE_SEC * FPS)
    share = uniform_filter1d(strongest, width) / (uniform_filter1d(total, width) + 1e-4)
    company, solitude = _SHARE
    alone: F32 = np.clip((share - company) / (solitude - company), 0, 1).astype(np.float32)
    return alone


def _repeated(begins: Floats) -> list[int]:
    """Return the frames at which a held pitch is sung or struck again."""
    found = [0]
    for k in range(_CLOSEST, len(begins) - 1):
        highest = begins[k] > _REPEATED and begins[k] >= begins[k - 1 : k + 2].max()
        if highest and k - found[-1] >= _CLOSEST:
            found.append(k)
    return found[1:]


def _begin(begins: Floats, centres: Floats, frame: int) -> float:
    near = slice(max(0, frame - 2), frame + 3)
    weight = float(begins[near].sum())
    if weight <= _SURE:
        return float(centres[frame])
    return float(begins[near] @ centres[near]) / weight + _LATE


def _drawn(time: float, onset: Floats) -> float:
    """Return the time of a strong onset near `time`, or `time`."""
    reach = 2 * _DRAWN * ONSET_FPS
    first = max(0, int(time * ONSET_FPS - reach))
    near = onset[first : int(time * ONSET_FPS + reach) + 1]
    weak, strong = _STRONG
    pull = np.clip((near - weak) / (strong - weak), 0, 1)
    if not pull.any():
        return max(0.0, time)
    at = (first + np.arange(len(near))) / ONSET_FPS
    return float(at[(pull - 0.5 * ((at - time) / _DRAWN) ** 2).argmax()])
