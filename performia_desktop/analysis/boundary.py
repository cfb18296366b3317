"""Where sections begin: evidence for every bar line, and the division of the song that it and likely lengths favour.

Cues speak for each bar line: sound, harmony and melody change (a checkerboard on self-similarity, Foote 2000),
repetition begins or ends (Serrà et al. 2014), the cymbals strike after a fill. A tiny convolutional network, which sees
the cues of some fifteen bars on either side, weighs them (training/sections.py). A semi-Markov chain over bars, whose
lengths have been counted in some 1,400 songs, tells how likely each line begins a section; the division is the one of
which most is expected to be right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d, uniform_filter1d

from performia_desktop.analysis import net
from performia_desktop.analysis.chroma import Floats, unit
from performia_desktop.analysis.form import SLICES, Form, zscored
from performia_desktop.analysis.layers import F32, convolve, elu

DILATIONS: Final = (1, 2, 4, 8)
"""Of the network's layers over time, three bars wide each."""
_NEAREST: Final = 4


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike bars are, (n, n): in harmony and bass, in sound, and in all."""

    harmonic: Floats
    sounding: Floats
    both: Floats


def likeness(form: Form) -> Likeness:
    """Compare every bar with every other."""
    harmonic = 0.35 * cosine(form.harmony) + 0.25 * cosine(form.bass) + 0.4 * cosine(form.chords)
    distance = _squared_distances(form.sound) / form.sound.shape[1]
    sounding = np.exp(-distance / (np.median(distance) + 1e-9))
    return Likeness(harmonic, sounding, 0.75 * harmonic + 0.25 * sounding)


def cosine(x: Floats) -> Floats:
    rows = unit(x)
    similarity: Floats = rows @ rows.T
    return similarity


def _squared_distances(x: Floats) -> Floats:
    square = (x**2).sum(axis=1)
    distances: Floats = np.maximum(0, square[:, None] + square - 2 * x @ x.T)
    return distances


# ---------------------------------------------------------------- evidence


CUES: Final = (
    "sound 1", "sound 2", "sound 4", "harmony 2", "harmony 4", "harmony 8", "repetition", "starts 4", "ends 4",
    "starts 8", "ends 8", "louder", "quieter", "melody in", "melody out", "melody higher", "rest before",
    "silence before", "crash", "fill", "first bar", "first bar quieter", "last bar", "home", "away",
    "tune starts 4", "tune ends 4", "chord held", "sound 1 against neighbours", "fill against neighbours",
)  # fmt: skip


def evidence(forms: Sequence[Form], alike: Likeness, weights: net.Weights) -> Floats:
    """Return the log odds of a section beginning, for each bar but the first, (n - 1,).

    `forms` differ in which notes of the melody count; `weights` are those of resources/models/sections.npz, a few
    networks. The odds of all are averaged: by itself, each would take a few notes in doubt for a form.
    """
    heard = _in_sound(forms[0], alike)
    seen = np.stack([_in_order(heard | _in_melody(form)) for form in forms])
    x = ((seen - weights["mean"]) / weights["scale"]).astype(np.float32)
    odds: list[F32] = []
    while f"{len(odds)}.enter.weight" in weights:
        name = f"{len(odds)}."
        h = elu(convolve(x, weights[f"{name}enter.weight"], weights[f"{name}enter.bias"]))
        for k, dilation in enumerate(DILATIONS):
            layer = f"{name}time.{k}"
            h = h + elu(convolve(h, weights[f"{layer}.weight"], weights[f"{layer}.bias"], dilation))
        out = convolve(h, weights[f"{name}out.weight"], weights[f"{name}out.bias"])
        odds.append(out + convolve(x, weights[f"{name}direct.weight"], weights[f"{name}direct.bias"]))
    mean: Floats = np.mean(odds, axis=(0, 1))[:, 0].astype(np.float64)
    return mean


def cues(form: Form, alike: Likeness) -> Floats:
    """Return what speaks for a boundary before each bar but the first, (n - 1, cues); most are z-scored."""
    return _in_order(_in_sound(form, alike) | _in_melody(form))


def _in_order(columns: Mapping[str, NDArray[Any]]) -> Floats:
    return np.column_stack([np.asarray(columns[name], np.float64) for name in CUES])


def _in_sound(form: Form, alike: Likeness) -> dict[str, NDArray[Any]]:
    """Return the cues that no melody is asked for."""
    count = len(form)
    inner = np.arange(1, count)
    after, before = _ahead(form.level[:, None], 4)[1:, 0], _behind(form.level[:, None], 4)[1:, 0]
    changes = {f"sound {width}": _difference(form.sound, width) for width in (1, 2, 4)}
    changes |= {f"harmony {width}": _checkerboard(alike.harmonic, width) for width in (2, 4, 8)}
    changes["repetition"] = np.linalg.norm(np.diff(_repetition(alike.both), axis=0), axis=1)
    for length in (4, 8):
        changes[f"starts {length}"], changes[f"ends {length}"] = _edges(alike.harmonic, length)
    changes |= {"louder": np.maximum(0, after - before), "quieter": np.maximum(0, before - after)}
    changes = {name: zscored(change) for name, change in changes.items()}
    fill = zscored(form.fill)[:-1]
    home = cosine(form.chords.reshape(count, SLICES, 12)[:, 0])
    slices = form.chords.reshape(count * SLICES, 12)
    held = np.append(1.0, (slices[1:] * slices[:-1]).sum(axis=1)).reshape(count, SLICES)
    return changes | {
        "crash": zscored(form.crash)[1:],
        "fill": fill,
        "first bar": inner == 1,
        "first bar quieter": (inner == 1) * (form.level.mean() - form.level[0]),
        "last bar": inner == count - 1,
        "home": _first_like(home, inner),
        "away": -_first_like(home, inner - 1),
        "chord held": held[1:, 0],
        "sound 1 against neighbours": _against(changes["sound 1"]),
        "fill against neighbours": _against(fill),
    }


def _in_melody(form: Form) -> dict[str, NDArray[Any]]:
    """Return the cues that depend on which notes of the melody count."""
    active = form.melody.mean(axis=1)
    rise = _ahead(active[:, None], 4)[1:, 0] - _behind(active[:, None], 4)[1:, 0]
    higher = _ahead(form.height[:, None], 4)[1:, 0] - _behind(form.height[:, None], 4)[1:, 0]
    late = form.melody[:-1, SLICES // 2 :].mean(axis=1)
    starts, ends = _edges(cosine(form.tune), 4)
    return {
        "melody in": np.maximum(0, rise),
        "melody out": np.maximum(0, -rise),
        "melody higher": np.abs(higher) / 6,
        "rest before": np.maximum(0, active.mean() - late),
        "silence before": (active[:-1] < 0.05) & (active[1:] >= 0.05),
        "tune starts 4": zscored(starts),
        "tune ends 4": zscored(ends),
    }


def _against(x: Floats) -> Floats:
    """Return how much each value exceeds the larger of its neighbours."""
    framed = np.concatenate([x[:1], x, x[-1:]]) if len(x) > 1 else np.repeat(x, 3)
    excess: Floats = x - np.maximum(framed[:-2], framed[2:])
    return excess


def _ahead(x: Floats, width: int) -> Floats:
    """Return the mean of each row and the next `width - 1`, fewer at the end."""
    total = np.concatenate([np.zeros((1, x.shape[1])), np.cumsum(x, axis=0)])
    last = np.minimum(np.arange(len(x)) + width, len(x))
    mean: Floats = (total[last] - total[:-1]) / (last - np.arange(len(x)))[:, None]
    return mean


def _behind(x: Floats, width: int) -> Floats:
    """Return the mean of up to `width` rows before each; row 0 has none and repeats itself."""
    return np.concatenate([x[:1], _ahead(x[::-1], width)[::-1][:-1]])


def _difference(x: Floats, width: int) -> Floats:
    change: Floats = np.sqrt(((_ahead(x, width) - _behind(x, width)) ** 2).mean(axis=1))[1:]
    return change


def _checkerboard(similarity: Floats, width: int) -> Floats:
    count = len(similarity)
    board = []
    for i in range(1, count):
        a, b = slice(max(0, i - width), i), slice(i, min(count, i + width))
        board.append(0.5 * (similarity[a, a].mean() + similarity[b, b].mean()) - similarity[a, b].mean())
    return np.array(board)


def _edges(similarity: Floats, length: int) -> list[Floats]:
    """Return how much better the bars after a line are repeated elsewhere than those before; and the reverse.

    The best place of repetition is sought for each side of the comparison, at least `_NEAREST` bars away.
    """
    count = len(similarity)
    bar, lag = np.arange(count)[:, None], np.arange(-count + 1, count)
    first, end = np.maximum(0, -lag), np.minimum(count, count - lag)  # of the bars that have one so far away
    there = (bar >= first) & (bar < end)
    total = np.zeros((count + 1, len(lag)))
    np.cumsum(np.where(there, similarity[bar, np.clip(bar + lag, 0, count - 1)], 0.0), axis=0, out=total[1:])

    def mean(start: NDArray[np.int_], stop: NDArray[np.int_]) -> Floats:
        value: Floats = (total[stop, each] - total[start, each]) / np.maximum(1, stop - start)
        return value

    each = np.arange(len(lag))
    bar = np.clip(bar, first, end - 1)
    before = np.maximum(bar, first + 1)  # the first of all has none before it, and repeats itself
    change = mean(bar, np.minimum(bar + length, end)) - mean(np.maximum(before - length, first), before)
    change = np.where(there & (np.abs(lag) >= _NEAREST), change, 0.0)[1:]
    return [change.max(axis=1), (-change).max(axis=1)]


def _repetition(similarity: Floats) -> Floats:
    """Return for each bar how strongly it repeats at each lag: (n, 2 n), smoothed."""
    count = len(similarity)
    smooth = np.zeros_like(similarity)
    for lag in range(-count + 2, count - 1):
        diagonal = np.diagonal(similarity, lag)
        at = np.arange(len(diagonal))
        smooth[at - min(lag, 0), at + max(lag, 0)] = uniform_filter1d(
            diagonal, min(4, len(diagonal)), mode="nearest"
        )
    strong = np.maximum(0, smooth - np.quantile(smooth, 0.75))
    lags = np.zeros((count, 2 * count))
    rows = np.arange(count)[:, None]
    lags[rows, np.arange(count)[None] - rows + count] = strong
    lags[:, count - 2 : count + 3] = 0
    smoothed: Floats = gaussian_filter1d(gaussian_filter1d(lags, 1.0, axis=1), 0.8, axis=0)
    return smoothed


def _first_like(similarity: Floats, bars: np.ndarray) -> Floats:
    """Return how like the most common first chord each bar's first chord is."""
    centre = int(similarity.sum(axis=1).argmax())
    like: Floats = similarity[centre, bars]
    return like


# ---------------------------------------------------------------- decision

_LENGTHS: Final = {1: 2.6, 2: 2.8, 3: 1.4, 4: 20.6, 5: 1.9, 6: 2.4, 7: 1.5, 8: 36.6, 9: 4.3, 10: 2.4, 11: 0.7, 12: 4.2,
    13: 0.5, 14: 1.2, 15: 0.7, 16: 11.8, 17: 0.7, 18: 0.9, 20: 0.5, 22: 0.2, 24: 0.6, 28: 0.3, 32: 0.2}  # fmt: skip
"""Percent of the sections of POP909 and Billboard songs, each half, that are so many bars long."""
_RARELY: Final = 0.1
_LONGEST: Final = 40
_EAGERNESS: Final = 1.0
"""Added to the odds, which the lengths then lower again."""
_INNER: Final = 0.5
_FIRST: Final = 0.5
_LAST: Final = 0.2
"""Powers of the share of a length; the ends of a song are cut off more freely."""
_WORTH: Final = 0.28
"""What a cut must be likely to be right for,"""
_BESIDE: Final = 0.3
"""where it counts so much of the chance that the right one is the bar line before or after;"""
_CLOSEST: Final = 3
"""and bars from one cut to the next, at least."""


@dataclass(frozen=True, slots=True)
class Division:
    """The cuts, first and last bar line included, and for each one in between how likely it is right, 0-1."""

    cuts: list[int]
    conf: list[float]


def divide(odds: Floats) -> Division:
    """Return the division that is worth most, given the log odds of a section beginning with each bar but the first.

    Not the likeliest as a whole: where the evidence is faint that is one of many, and a trifle turns it into another.
    """
    count = len(odds) + 1
    chance = np.concatenate([np.zeros(1), chances(odds), np.zeros(1)])
    beside = np.append(chance[1:], 0.0) + np.append(0.0, chance[:-1])
    worth = chance + _BESIDE * beside - _WORTH
    best = np.full(count + 1, -np.inf)
    best[0] = 0
    came = np.zeros(count + 1, int)
    for end in range(1, count + 1):
        starts = np.arange(max(0, end - _LONGEST), end)
        near = (end - starts < _CLOSEST) & (starts > 0) & (end < count)
        scores = np.where(near, -np.inf, best[starts])
        best[end], came[end] = scores.max() + worth[end], starts[scores.argmax()]
    cuts = [count]
    while cuts[-1] > 0:
        cuts.append(int(came[cuts[-1]]))
    cuts.reverse()
    return Division(cuts, [float(chance[k]) for k in cuts[1:-1]])


def chances(odds: Floats) -> Floats:
    """Return how likely a section begins with each bar but the first: the chain's posterior, forward and backward."""
    count = len(odds) + 1
    gain = np.concatenate([np.zeros(1), odds + _EAGERNESS, np.zeros(1)])
    share = np.array([_LENGTHS.get(length, _RARELY) for length in range(count + 1)])
    likely = np.log(share / sum(_LENGTHS.values()))

    def steps(starts: NDArray[np.int_], ends: NDArray[np.int_]) -> Floats:
        power = np.where(starts == 0, _FIRST, np.where(ends == count, _LAST, _INNER))
        step: Floats = power * likely[ends - starts] + gain[ends]
        return step

    ahead, behind = np.zeros(count + 1), np.zeros(count + 1)
    for at in range(1, count + 1):
        starts = np.arange(max(0, at - _LONGEST), at)
        ahead[at] = np.logaddexp.reduce(ahead[starts] + steps(starts, np.full(len(starts), at)))
    for at in range(count - 1, -1, -1):
        ends = np.arange(at + 1, min(count, at + _LONGEST) + 1)
        behind[at] = np.logaddexp.reduce(behind[ends] + steps(np.full(len(ends), at), ends))
    chance: Floats = np.exp(ahead + behind - ahead[count])[1:-1]
    return chance
