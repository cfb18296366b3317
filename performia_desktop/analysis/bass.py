"""Transcribes the bass as notes: the most salient steady line below middle C (see `notes`).

A held pitch is cut where it is struck again. What else is played at the same time has onsets too, so that is told
from several cues by a logistic fit: the onsets, the rise of the note itself, and where in the beat it is; and by what
the player does in the rest of the song. Each note begins with the onset by which it is heard.

Times are seconds, onset strengths standard deviations (see `onset.onset_curve`).
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from scipy.ndimage import gaussian_filter1d, maximum_filter1d

from performia_desktop.analysis.features import ONSET_FPS, PITCH_FPS, PITCHES, Features, Tick, pitch_range
from performia_desktop.analysis.notes import F32, Line, NoteSpan, append, follow, runs, salience
from performia_desktop.analysis.onset import Floats, onset_curve

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
)
_SHORTEST: Final = 0.12
_EARLIER: Final = 32
_LATER: Final = 7
"""Onset frames within which a note begins with an onset: under the tail of the note before it is heard late."""
_DISTANT: Final = 0.1
"""What a frame's distance takes from an onset's strength, which counts no more than _STRONGEST."""
_STRONGEST: Final = 4.0
_SNAP_ABOVE: Final = 0.6
_CLOSEST: Final = 3  # pitch frames between two beginnings of a held pitch
_ONSET_ABOVE: Final = 0.3
_STRUCK: Final = np.array([0.9, 0.2, -0.5, 11.7, 2.5, 5.4, -5.7])
_STRUCK_BIAS: Final = -2.1
"""Log odds that a held pitch is struck again, of: the onset in the bass, in the middle, and by how much that in all is
stronger than the bass's; the rise of its salience; how near a beat, a half and a quarter of a beat are (the bass seldom
moves in quarters of a beat)."""
_OWN_WAY: Final = 0.75
_USUAL: Final = 0.25
"""How far the mean log odds of a song's onsets, beside the usual, count in each of them."""
_RISE: Final = 0.3
_NEAR_SEC: Final = 0.025


def transcribe(features: Features, beats: Floats, tick: Tick = lambda _: None) -> list[NoteSpan]:
    """Return the bass notes, in order and disjoint; `beats` may be none."""
    strength = salience(features.notes, _LINE)
    if not strength.any():
        return []
    pitches = PITCHES[pitch_range(_LINE.low, _LINE.high)]
    path = follow(strength, _LINE, tick)
    low, low_mid, mid, full = (
        onset_curve(features, bands) for bands in (slice(0, 1), slice(1, 2), slice(2, 3), slice(None))
    )
    cues = np.stack([_at_frames(curve, len(path)) for curve in (low, low_mid, mid, full)], axis=1)
    near = _near(beats, len(path))
    heard = low + 0.5 * low_mid
    held = list(runs(path, len(pitches)))
    again = [_struck_odds(strength[a:b, k], cues[a:b], near[a:b]) for a, b, k in held]
    habit = _habit([odds for one in again for _, odds in one])
    spans: list[NoteSpan] = []
    for (first, last, k), one in zip(held, again, strict=True):
        struck = _apart([first + at for at, odds in one if odds + habit > 0], first)
        for a, b in pairwise([first, *struck, last]):
            conf = float(np.clip(strength[a:b, k].mean(), 0, 1))
            append(spans, NoteSpan(_snap(a / PITCH_FPS, heard), b / PITCH_FPS, int(pitches[k]), conf), _SHORTEST)
    return spans


def _at_frames(curve: Floats, count: int) -> Floats:
    """Return an onset curve, limited, at the frames of the pitch view."""
    peaks = maximum_filter1d(np.clip(curve, -1, _STRONGEST), 3)
    there: Floats = np.interp(np.arange(count) / PITCH_FPS, np.arange(len(curve)) / ONSET_FPS, peaks)
    return there


def _near(beats: Floats, count: int) -> Floats:
    """Return (count, 3): 0-1, how near each frame of the pitch view is to a beat, a half and a quarter of one."""
    near = np.zeros((count, 3))
    if len(beats) < 2:
        return near
    place = np.interp(np.arange(count) / PITCH_FPS, beats, np.arange(len(beats)))
    period = float(np.median(np.diff(beats)))
    for column, parts in enumerate((1, 2, 4)):
        off = np.abs(parts * place - np.round(parts * place)) * period / parts
        near[:, column] = np.exp(-0.5 * (off / _NEAR_SEC) ** 2)
    return near


def _struck_odds(height: F32, cues: Floats, near: Floats) -> list[tuple[int, float]]:
    """Return the frames of a held pitch at which there is an onset, and the log odds that it is struck again there."""
    size = len(height)
    if size < 6:
        return []
    smooth = gaussian_filter1d(height.astype(np.float64), 0.8)
    rise = np.maximum(0, smooth[2:] - smooth[:-2])
    onset = cues[:, 0] + 0.5 * cues[:, 1]
    found = []
    for k in range(_CLOSEST + 1, size - 2):
        if onset[k] <= _ONSET_ABOVE or onset[k] < onset[k - 2 : k + 3].max():
            continue
        risen = min(float(rise[k - 2 : k + 2].max()), _RISE)
        low, _, mid, full = cues[k]
        facts = np.array([low, mid, max(0.0, full - low), risen, *near[k]])
        found.append((k, float(facts @ _STRUCK + _STRUCK_BIAS)))
    return found


def _habit(odds: list[float]) -> float:
    """Return what a player's habit adds to the log odds of each: who holds notes holds them through the song."""
    return _OWN_WAY * (float(np.mean(odds)) - _USUAL) if odds else 0.0


def _apart(frames: list[int], first: int) -> list[int]:
    """Return frames without those that follow the one before, or `first`, too closely."""
    kept = [first]
    for frame in frames:
        if frame - kept[-1] > _CLOSEST:
            kept.append(frame)
    return kept[1:]


def _snap(time: float, onset: Floats) -> float:
    """Return the time of the onset that begins a note heard from `time` on, or `time` where there is none."""
    centre = round(time * ONSET_FPS)
    first = max(0, centre - _EARLIER)
    near = onset[first : centre + _LATER + 1]
    if not len(near) or near.max() <= _SNAP_ABOVE:
        return time
    places = first + np.arange(len(near))
    return int(places[(np.minimum(near, _STRONGEST) - _DISTANT * np.abs(places - centre)).argmax()]) / ONSET_FPS
