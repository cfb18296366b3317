"""Groups beats into bars: meter, downbeats, tempo.

Each beat gets accents (a change of harmony or bass, the bass drum, the onset; z-scored within the song, weighted
by a logistic fit), to which a network adds what it hears of downbeats (`net.beat_evidence`), and a Viterbi path
over the position in the bar is decoded for each meter; the meter whose path explains the accents best wins. Beats
that fall into three equal parts make a compound meter. The tempo is a fit to the beats: one number where the
recording is steady, else a curve of local fits.

Times are seconds, tempi beats per minute.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from performia_desktop.analysis.beat import Beats
from performia_desktop.analysis.chroma import change, chromas
from performia_desktop.analysis.evidence import Evidence
from performia_desktop.analysis.features import FORM_FPS, Features
from performia_desktop.analysis.net import F32, METERS, peaks
from performia_desktop.analysis.onset import Floats, onset_curve, onsets_near, strengths

_WEIGHTS: Final = np.array([0.6, 0.17, 0.37, 2.1, 0.4])
"""Of: harmony over one beat, over four; bass over two; onset below 120 Hz; onset over all."""
_REACHES: Final = ((1, 4), (2,))
"""Beats over which harmony and bass may change."""
_SIMPLE: Final = {3: 0.9, 4: 1.0}
_COMPOUND: Final = {2: 0.443, 4: 1.0}
"""Meters by beats a bar, and the factor on each one's score: a pure alternation scores 0.41 of its own as four."""
_HEARD_FOUR: Final = -0.005
"""Of the factor on two beats a bar, by the network's mean log odds of four rather than two."""
_LEARNED: Final = 1.5
"""Of the network's log odds of a downbeat, beside all accents at a standard deviation of one."""
_LIMITS: Final = (-5.0, 4.0)
_SLIP: Final = -16.0
_HALF_SLIP: Final = -30.0
"""Of going on elsewhere in the bar, as after a beat that was missed; and half a bar of four away, where the evidence
itself wavers as long as the chords change twice a bar."""
_ALIKE: Final = 1.5
"""Standard deviations between the halves of the bar below which the first beat of all is taken for a downbeat."""
_QUIET_DB: Final = 30.0
_SOFTEST: Final = 5.0
_HISS_DB: Final = 2.0
"""Silence is no louder than that above the softest percent of a song,"""
_RISE_DB: Final = 6.0
"""and what begins at once is that much louder."""
_STEADY_SEC: Final = 0.035
_STEADY_BPM: Final = 0.04


@dataclass(frozen=True, slots=True)
class Bars:
    """Beats, the downbeats among them, meter and tempo.

    Attributes
    ----------
    beats, downbeats : float64, seconds; empty where there is no pulse
    numerator, denominator : 12 over 8 for four beats of three parts
    bpm : None where there is no pulse
    curve : [time, bpm] points, a single one where the tempo is steady
    confidence : 0-1, that the tempo is right
    """

    beats: Floats
    downbeats: Floats
    numerator: int
    denominator: int
    bpm: float | None
    curve: list[list[float]]
    confidence: float


NO_BARS: Final = Bars(np.zeros(0), np.zeros(0), 4, 4, None, [], 0.0)


def bars(features: Features, evidence: Evidence, beats: Beats) -> Bars:
    """Return the bars of a song whose beats are known."""
    times = beats.times
    if len(times) < 8:
        return NO_BARS
    strength = accents(features, times) @ _WEIGHTS
    heard = np.clip(peaks(evidence.beat.downbeat, times), *_LIMITS)
    strength = strength / (strength.std() + 1e-9) + _LEARNED * (heard - heard.mean())
    compound = in_threes(features, times)
    meters = in_compound(evidence.beat.meter) if compound else _SIMPLE
    paths = {meter: bar_path(strength, meter) for meter in meters}
    meter = max(paths, key=lambda m: paths[m][0] * meters[m])
    place = paths[meter][1]
    if meter == 4 and place[0] == 2 and _alike(strength, place) and begins(features, times[0]):
        place = (place + 2) % 4
    downbeats = times[place == 0]
    bpm, curve = tempo(times)
    shape = (3 * meter, 8) if compound else (meter, 4)
    return Bars(times, downbeats, *shape, bpm, curve, beats.clarity * beats.level_conf)


def accents(features: Features, beats: Floats) -> Floats:
    """Return z-scored accents, shape (beats, len(_WEIGHTS))."""
    period = float(np.median(np.diff(beats)))
    columns = [
        change(view, beats, reach * period)
        for view, reaches in zip(chromas(features), _REACHES, strict=True)
        for reach in reaches
    ]
    columns += [
        onsets_near(onset_curve(features, slice(0, 1)), beats),
        onsets_near(onset_curve(features), beats),
    ]
    table = np.stack(columns, axis=1)
    scored: Floats = (table - table.mean(axis=0)) / (table.std(axis=0) + 1e-6)
    return scored


def in_threes(features: Features, beats: Floats) -> bool:
    """Return whether the beats divide into three rather than two; a shuffle has only the last of the three."""
    curve = (onset_curve(features),)
    step = np.diff(beats)
    half, first, second = (strengths(curve, beats[:-1] + share * step)[0] for share in (1 / 2, 1 / 3, 2 / 3))
    return bool(min(first, second) > max(half, 0.1))


def in_compound(heard: F32) -> dict[int, float]:
    """Return the factors on compound meters, given the network's logits of METERS (T, 3)."""
    four = float((heard[:, METERS.index(4)] - heard[:, METERS.index(2)]).mean())
    return _COMPOUND | {2: _COMPOUND[2] + _HEARD_FOUR * four}


def bar_path(strength: Floats, meter: int) -> tuple[float, NDArray[np.int64]]:
    """Return the score of the best path through a meter, and each beat's position in the bar (0 = downbeat)."""
    reward = np.repeat((-strength / (meter - 1))[:, None], meter, axis=1)
    reward[:, 0] = strength
    skipped = (np.arange(meter) - np.arange(meter)[:, None] - 1) % meter
    cost = np.where(skipped == 0, 0.0, _SLIP)
    if meter == 4:
        cost[skipped == 2] = _HALF_SLIP
    score = reward[0].copy()
    came = np.zeros((len(strength), meter), np.int64)
    for k in range(1, len(strength)):
        reached = score[:, None] + cost
        came[k] = reached.argmax(axis=0)
        score = reached.max(axis=0) + reward[k]
    path = np.zeros(len(strength), np.int64)
    path[-1] = score.argmax()
    for k in range(len(strength) - 1, 0, -1):
        path[k - 1] = came[k][path[k]]
    return float(score.max()) / np.sqrt(1 + 1 / (meter - 1)), path


def _alike(strength: Floats, place: NDArray[np.int64]) -> bool:
    """Return whether the third beats of bars of four are nearly as strong as the first ones."""
    return bool(strength[place == 0].mean() - strength[place == 2].mean() < _ALIKE)


def begins(features: Features, time: float) -> bool:
    """Return whether the music begins at a time, out of silence and at once, rather than was cut or faded in.

    Silence is also the hiss of a recording, which is all there is where it is softest.
    """
    frame = int(time * FORM_FPS)
    before, after = features.level[: max(0, frame - 1)], features.level[frame : frame + 3]
    if len(before) == 0 or len(after) == 0:
        return False
    loud = max(float(after.max()), float(np.median(features.level)) - _QUIET_DB / 2)
    quiet = max(loud - _QUIET_DB, float(np.percentile(features.level, _SOFTEST)) + _HISS_DB)
    rise = float(after.max() - before.max())
    return float(after.max()) >= loud and float(np.median(before)) < quiet and rise > _RISE_DB


def tempo(beats: Floats) -> tuple[float, list[list[float]]]:
    """Return the global tempo, and the tempo curve as [time, bpm] points, one point where the tempo is steady.

    Steady means: nearly all beats lie within 35 ms of an even grid (beats left out are allowed for). A steady
    tempo within its own uncertainty of a whole number is that number, as sequencers have it.
    """
    intervals = np.diff(beats)
    middle = float(np.median(intervals))
    index = np.concatenate([[0], np.cumsum(np.maximum(1, np.round(intervals / middle)))])
    # The median over beats half a song apart: a few that are off, as in the last chord's fading, do not count.
    half = max(1, len(beats) // 2)
    slope = float(np.median((beats[half:] - beats[:-half]) / (index[half:] - index[:-half])))
    offset = float(np.median(beats - slope * index))
    if np.percentile(np.abs(beats - (slope * index + offset)), 90) < _STEADY_SEC:
        bpm = 60 / slope
        if abs(bpm - round(bpm)) < _STEADY_BPM:
            bpm = float(round(bpm))
        return bpm, [[float(beats[0]), bpm]]
    points = []
    for first in range(0, max(1, len(beats) - 8), 4):
        part = slice(max(0, first - 4), first + 9)
        local = 60 / float(np.polyfit(index[part], beats[part], 1)[0])
        points.append([float(beats[first]), local])
    return float(np.median([bpm for _, bpm in points])), points
