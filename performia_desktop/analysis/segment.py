"""Divides the song into sections and names them.

Bars are described by harmony (chroma in four slices), bass and sound (timbre, rhythm, level). Boundaries are a
dynamic program over bars that rewards novelty (sound before and after; a checkerboard on harmonic self-similarity,
Foote 2000; change of the repetition pattern, Serrà et al. 2014) and the lengths that sections have. Sections that
are alike bar by bar are clustered and share a label; which label is a guess from repetition, level and position.

Times are seconds; spans of bars are half-open.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from scipy.ndimage import gaussian_filter1d, uniform_filter1d

from performia_desktop.analysis.chroma import Floats, chromas, means, unit
from performia_desktop.analysis.features import FORM_FPS, ONSET_FPS, Features

_SLICES: Final = 4
_MOST_BARS: Final = 600  # a concert is described by groups of bars
_LONGEST: Final = 32
_LENGTH_BONUS: Final = {8: 1.0, 4: 0.7, 16: 0.3, 12: 0.2, 6: -0.1, 10: -0.3, 2: -0.8, 9: -0.2, 5: -0.4, 7: -0.3}
_BOUNDARY_COST: Final = 1.4
_SHORT_FIRST: Final = -1.5  # a pickup or count-in may stand alone,
_SHORT_LAST: Final = -4.0  # a last chord seldom does
_ALIKE: Final = 0.5  # between the median similarity of bars and identity
_LENGTH_PENALTY: Final = 0.15


@dataclass(frozen=True, slots=True)
class SectionSpan:
    """`label` is one of songmap.model.SECTION_LABELS; `conf` is for its start being a boundary within 3 s."""

    start: float
    end: float
    label: str
    conf: float


@dataclass(frozen=True, slots=True)
class _BarFeatures:
    """Borders of the bars (n + 1,) and what each sounds like, n rows each."""

    borders: Floats
    harmony: Floats
    bass: Floats
    sound: Floats
    level: Floats


def sections(features: Features, downbeats: Floats) -> list[SectionSpan]:
    """Return the sections, tiling the song; a single one where it is too short to have a form."""
    if features.duration_sec < 1:
        return []
    bars = _describe(features, downbeats)
    count = len(bars.borders) - 1
    if count < 8:
        return [SectionSpan(0.0, features.duration_sec, "verse", 0.2)]
    harmonic = 0.6 * _cosine(bars.harmony) + 0.4 * _cosine(bars.bass)
    distance = _squared_distances(bars.sound) / bars.sound.shape[1]
    sounding = np.exp(-distance / (np.median(distance) + 1e-9))
    novelty = _novelty(bars.sound, harmonic, sounding)
    cuts = _cut(novelty)
    groups = _group(cuts, harmonic, sounding)
    names = _name(cuts, groups, bars.level)
    return [
        SectionSpan(float(bars.borders[a]), float(bars.borders[b]), name, _confidence(novelty[a], a == 0))
        for (a, b), name in zip(pairwise(cuts), names, strict=True)
    ]


# ---------------------------------------------------------------- description


def _describe(features: Features, downbeats: Floats) -> _BarFeatures:
    duration = features.duration_sec
    starts = downbeats if len(downbeats) > 3 else np.arange(0, duration, 2.0)
    starts = starts[:: int(np.ceil(len(starts) / _MOST_BARS))]
    borders = np.append(starts[starts < duration - 0.3], duration)
    if borders[0] > 1.0:
        borders = np.insert(borders, 0, 0.0)
    borders[0] = 0.0
    count = len(borders) - 1
    quarters = np.interp(np.arange(_SLICES * count + 1) / _SLICES, np.arange(count + 1), borders)
    harmony, bass = (unit(means(x, quarters)).reshape(count, -1) for x in chromas(features))
    timbre = means(_z(features.timbre[:, 1:13].astype(np.float64)), borders, FORM_FPS)
    rhythm = np.log1p(means(features.onsets.astype(np.float64), borders, ONSET_FPS))
    level = means(features.level[:, None].astype(np.float64) * np.log(10) / 20, borders, FORM_FPS)
    sound = np.hstack([timbre, _z(rhythm), _z(level)])
    return _BarFeatures(borders, harmony, bass, sound, level[:, 0])


def _z(x: Floats) -> Floats:
    scored: Floats = (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-6)
    return scored


def _cosine(x: Floats) -> Floats:
    rows = unit(x)
    similarity: Floats = rows @ rows.T
    return similarity


def _squared_distances(x: Floats) -> Floats:
    square = (x**2).sum(axis=1)
    distances: Floats = np.maximum(0, square[:, None] + square - 2 * x @ x.T)
    return distances


# ---------------------------------------------------------------- boundaries


def _novelty(sound: Floats, harmonic: Floats, sounding: Floats) -> Floats:
    """Return the evidence for a boundary before each bar, z-scored and summed, (n + 1,)."""
    count = len(sound)
    inner = range(1, count)
    total = np.zeros(count + 1)
    for width in (2, 4):
        change = [
            np.sqrt(np.mean((sound[max(0, i - width) : i].mean(axis=0) - sound[i : i + width].mean(axis=0)) ** 2))
            for i in inner
        ]
        total[1:count] += 0.5 * _z(np.array(change))
    board = []
    for i in inner:
        a, b = slice(max(0, i - 4), i), slice(i, min(count, i + 4))
        board.append(0.5 * (harmonic[a, a].mean() + harmonic[b, b].mean()) - harmonic[a, b].mean())
    total[1:count] += _z(np.array(board))
    lags = _repetition(0.75 * harmonic + 0.25 * sounding)
    total[1:count] += _z(np.linalg.norm(np.diff(lags, axis=0), axis=1))
    return total


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


def _cut(novelty: Floats) -> list[int]:
    """Return the boundaries, first and last included, that maximise novelty and likely lengths."""
    count = len(novelty) - 1
    bonus = np.full(count + 1, -1.2)
    bonus[:2] = -6
    for length, value in _LENGTH_BONUS.items():
        if length <= count:
            bonus[length] = value
    bonus[17:] = -1.5 - 0.05 * np.arange(len(bonus[17:]))
    best = np.full(count + 1, -np.inf)
    best[0] = 0
    came = np.zeros(count + 1, int)
    for end in range(1, count + 1):
        for start in range(max(0, end - _LONGEST), end):
            length = end - start
            value = float(bonus[length])
            if start == 0 or end == count:
                value = max(value, -0.5) if length >= 4 else _SHORT_LAST if end == count else _SHORT_FIRST
            score = best[start] + value - _BOUNDARY_COST + (novelty[end] if end < count else 0)
            if score > best[end]:
                best[end], came[end] = score, start
    cuts = [count]
    while cuts[-1] > 0:
        cuts.append(int(came[cuts[-1]]))
    return cuts[::-1]


def _confidence(novelty: float, first: bool) -> float:
    return 0.9 if first else float(1 / (1 + np.exp(-0.35 * novelty + 0.6)))


# ---------------------------------------------------------------- labels


def _group(cuts: list[int], harmonic: Floats, sounding: Floats) -> list[int]:
    """Return a group number per section: average-linkage clusters of what is alike bar by bar."""
    spans = list(pairwise(cuts))
    typical = float(np.median(harmonic))
    threshold = typical + _ALIKE * (1 - typical)
    alike = np.full((len(spans), len(spans)), -1.0)
    for x, (a, b) in enumerate(spans):
        for y, (c, d) in enumerate(spans[:x]):
            length = min(b - a, d - c)
            bars = np.arange(length)
            pair = 0.85 * harmonic[a + bars, c + bars].mean() + 0.15 * sounding[a + bars, c + bars].mean()
            alike[x, y] = alike[y, x] = pair * (1 - _LENGTH_PENALTY * (1 - length / max(b - a, d - c)))
    clusters = [[x] for x in range(len(spans))]
    while len(clusters) > 1:
        value, m, n = max(
            (float(alike[np.ix_(p, q)].mean()), m, n)
            for m, p in enumerate(clusters)
            for n, q in enumerate(clusters[:m])
        )
        if value < threshold:
            break
        clusters[n] += clusters.pop(m)
    clusters.sort(key=min)
    group = {x: number for number, cluster in enumerate(clusters) for x in cluster}
    return [group[x] for x in range(len(spans))]


def _name(cuts: list[int], groups: list[int], level: Floats) -> list[str]:
    """Return a label per section, the same for the same group and, while labels last, only for it.

    What comes once at the ends is intro and outro; the loudest that comes back is the chorus, what leads to it the
    pre-chorus, the other that comes back most the verse; what comes once in between is a bridge or an interlude.
    """
    lengths = np.diff(cuts)
    members = {g: [x for x, other in enumerate(groups) if other == g] for g in groups}
    bars = {g: int(sum(lengths[x] for x in xs)) for g, xs in members.items()}
    loudness = {g: float(np.mean([level[cuts[x] : cuts[x + 1]].mean() for x in xs])) for g, xs in members.items()}
    names: dict[int, str] = {}
    if len(members[groups[0]]) == 1 and len(groups) > 1:
        names[groups[0]] = "intro"
    if len(members[groups[-1]]) == 1 and len(groups) > 2 and lengths[-1] <= 12:
        names[groups[-1]] = "outro"
    back = [g for g in members if len(members[g]) > 1 and g not in names]
    if back:
        chorus = max(back, key=lambda g: loudness[g] + 0.01 * bars[g])
        names[chorus] = "chorus"
        others = sorted((g for g in back if g != chorus), key=lambda g: -bars[g])
        if others:
            names[others[0]] = "verse"
        for g in others[1:]:
            if any(x + 1 < len(groups) and groups[x + 1] == chorus for x in members[g]):
                names[g] = "pre-chorus"
                break
    rest = sorted((g for g in members if g not in names), key=lambda g: (-len(members[g]), -bars[g]))
    free = [
        label for label in ("verse", "bridge", "interlude", "solo", "pre-chorus") if label not in names.values()
    ]
    if not back and "verse" in free and len(rest) > 1:
        free.insert(1, "chorus")
    for g in rest:
        names[g] = free.pop(0) if free else "interlude"
    return [names[g] for g in groups]
