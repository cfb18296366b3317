"""Divides the song into sections and names them.

`form` describes the bars, `boundary` finds where sections begin. Sections that are probably the same music (a
logistic fit on pairs: harmony, bass, sound and tune bar by bar, whether there is a melody) are clustered and share a
label; which label is a guess from repetition, level, melody and position.

Times are seconds; spans of bars are half-open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

import numpy as np

from performia_desktop.analysis import boundary, form, net
from performia_desktop.analysis.chord import ChordSpan
from performia_desktop.analysis.chroma import Floats
from performia_desktop.analysis.features import Features
from performia_desktop.analysis.form import Form
from performia_desktop.analysis.notes import NoteSpan
from performia_desktop.assets import resource

KIN: Final = (
    "harmony", "worst harmony", "chords", "bass", "sound", "tune", "as long", "melody in one only", "melody in both",
    "difference of sound", "difference of level", "difference of height",
)  # fmt: skip
"""What makes two sections the same, or not; how much is in resources/models/sections.npz."""
_NO_TUNE: Final = 0.25
_APART: Final = 0.25
"""Log odds on average below which clusters stay apart,"""
_MANY: Final = 8
_APART_OF_MANY: Final = -0.25
"""and in a song of so many sections: it is long enough to come back to something."""
_BARS: Final = 8
_ACTIVE: Final = 0.5
"""A section with less than that share of the song's usual melody is instrumental."""
_UNKNOWN: Final = 0.2


@dataclass(frozen=True, slots=True)
class SectionSpan:
    """`label` is one of songmap.model.SECTION_LABELS; `conf` is for its start being a boundary within 3 s.

    The start of the first one is no question; its `conf` is that of its end.
    """

    start: float
    end: float
    label: str
    conf: float


def sections(
    features: Features, downbeats: Floats, chords: Sequence[ChordSpan], melody: Sequence[NoteSpan]
) -> list[SectionSpan]:
    """Return the sections, tiling the song; a single one where it is too short to have a form."""
    if features.duration_sec < 1:
        return []
    bars = form.describe(features, downbeats, chords, melody)
    if len(bars) < _BARS:
        return [SectionSpan(0.0, features.duration_sec, "verse", _UNKNOWN)]
    weights = _weights()
    alike = boundary.likeness(bars)
    found = boundary.divide(boundary.evidence(form.less_and_more(bars, melody), alike, weights))
    spans = list(pairwise(found.cuts))
    names = _name(spans, _group(_kinship(pair_cues(bars, alike, spans), len(spans), weights)), bars)
    confs = [found.conf[0] if len(found.conf) else _UNKNOWN, *found.conf]
    return [
        SectionSpan(float(bars.borders[a]), float(bars.borders[b]), name, conf)
        for (a, b), name, conf in zip(spans, names, confs, strict=True)
    ]


@cache
def _weights() -> net.Weights:
    return net.load(resource("models", "sections.npz"))


# ---------------------------------------------------------------- what is the same


def _kinship(pairs: dict[tuple[int, int], Floats], count: int, weights: net.Weights) -> Floats:
    """Return the log odds of each two sections being the same music, (sections, sections)."""
    odds = np.zeros((count, count))
    for (x, y), cues in pairs.items():
        odds[x, y] = odds[y, x] = float(cues @ weights["kin.weight"] + weights["kin.bias"])
    return odds


def pair_cues(
    bars: Form, alike: boundary.Likeness, spans: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], Floats]:
    """Return for each two of the sections what `KIN` weighs."""
    typical = float(np.median(alike.harmonic))
    harmonic = (alike.harmonic - typical) / (1 - typical + 1e-6)
    chords, low, tunes = (boundary.cosine(x) for x in (bars.chords, bars.bass, bars.tune))
    chords, low = chords - np.median(chords), low - np.median(low)
    active = bars.melody.mean(axis=1)
    means = [
        (active[a:b].mean(), bars.sound[a:b].mean(axis=0), bars.level[a:b].mean(), bars.height[a:b].mean())
        for a, b in spans
    ]
    pairs = {}
    for y, (c, d) in enumerate(spans):
        for x, (a, b) in enumerate(spans[:y]):
            length = min(b - a, d - c)
            first, second = a + np.arange(length), c + np.arange(length)
            same = harmonic[first, second]
            both = np.minimum(active[first], active[second])
            tune = (tunes[first, second] * both).sum() / both.sum() if both.sum() > 0.5 else _NO_TUNE
            one, other = means[x], means[y]
            pairs[x, y] = np.array(
                [
                    same.mean(),
                    np.percentile(same, 20),
                    chords[first, second].mean(),
                    low[first, second].mean(),
                    alike.sounding[first, second].mean(),
                    tune,
                    np.log(length / max(b - a, d - c)),
                    abs(one[0] - other[0]),
                    min(one[0], other[0]),
                    np.sqrt(((one[1] - other[1]) ** 2).mean()),
                    abs(one[2] - other[2]),
                    abs(one[3] - other[3]) / 6,
                ]
            )
    return pairs


def _group(odds: Floats) -> list[int]:
    """Return a group number per section, by average linkage."""
    apart = _APART if len(odds) < _MANY else _APART_OF_MANY
    clusters = [[x] for x in range(len(odds))]
    while len(clusters) > 1:
        value, m, n = max(
            (float(odds[np.ix_(p, q)].mean()), m, n)
            for m, p in enumerate(clusters)
            for n, q in enumerate(clusters[:m])
        )
        if value < apart:
            break
        clusters[n] += clusters.pop(m)
    clusters.sort(key=min)
    group = {x: number for number, cluster in enumerate(clusters) for x in cluster}
    return [group[x] for x in range(len(odds))]


# ---------------------------------------------------------------- names


def _name(spans: Sequence[tuple[int, int]], groups: Sequence[int], bars: Form) -> list[str]:
    """Return a label per section, the same for the same group and, while labels last, only for it.

    What comes once at the ends is intro and outro, and so is what has no melody there; the loudest that comes back
    with a melody is the chorus, what leads to it the pre-chorus, the other that comes back most the verse; what has
    no melody in between is an interlude or a solo, what comes once with one a bridge.
    """
    lengths = [b - a for a, b in spans]
    members = {g: [x for x, other in enumerate(groups) if other == g] for g in groups}
    melody = bars.melody.mean(axis=1)
    usual = float(np.median(melody))

    def mean(of: Floats, g: int) -> float:
        return float(np.mean([of[a:b].mean() for a, b in (spans[x] for x in members[g])]))

    count = {g: sum(lengths[x] for x in xs) for g, xs in members.items()}
    played = {g for g in members if mean(melody, g) < _ACTIVE * usual}
    names: dict[int, str] = {}
    first, last = groups[0], groups[-1]
    if len(members) > 1 and (len(members[first]) == 1 or first in played):
        names[first] = "intro"
    if (
        len(members) > 2
        and last not in names
        and lengths[-1] <= 12
        and (len(members[last]) == 1 or last in played)
    ):
        names[last] = "outro"
    back = [g for g in members if len(members[g]) > 1 and g not in names and g not in played]
    if back:
        chorus = max(back, key=lambda g: mean(bars.level, g) + 0.1 * mean(bars.height, g) / 12 + 0.01 * count[g])
        if len(back) > 1 or any(g not in names and g not in played and g != chorus for g in members):
            names[chorus] = "chorus"
        others = sorted((g for g in back if g not in names), key=lambda g: -count[g])
        if others:
            names[others[0]] = "verse"
        for g in others[1:]:
            if any(x + 1 < len(groups) and names.get(groups[x + 1]) == "chorus" for x in members[g]):
                names[g] = "pre-chorus"
                break
    rest = sorted((g for g in members if g not in names), key=lambda g: (-len(members[g]), -count[g]))
    sung = [x for x in ("verse", "bridge", "chorus", "pre-chorus") if x not in names.values()]
    if back and "chorus" in sung:
        sung.remove("chorus")
    instrumental = ["interlude", "solo"]
    for g in rest:
        free = instrumental if g in played else sung
        names[g] = free.pop(0) if free else (instrumental or sung or ["interlude"]).pop(0)
    found = [names[g] for g in groups]
    return _placed(found, [g in played for g in groups])


def _placed(names: Sequence[str], played: Sequence[bool]) -> list[str]:
    """Return the labels with what has no melody named by its place: the same music can open, link and close a song."""
    placed = list(names)
    ends = {"intro", "outro"}
    for k, name in enumerate(names):
        if played[k] and name in ends | {"interlude"}:
            opening, closing = all(n == name for n in names[:k]), all(n == name for n in names[k:])
            placed[k] = "intro" if opening else "outro" if closing else "interlude"
    return placed
