"""Tells which key a stretch of chords is in, by the stretch as a whole.

How much of the time each chord sounds, what follows what, what is in the bass, what comes first and last: all of it
seen from each of the twelve possible tonics, and weighed by the same log-linear model (training/keys.py). So it tells
what no single chord can: relative keys, and a I - bVII from a V - IV.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np

from performia_desktop.analysis.chord import ChordSpan
from performia_desktop.analysis.chroma import Floats
from performia_desktop.analysis.layers import log_softmax
from performia_desktop.analysis.net import Weights, load
from performia_desktop.assets import resource

MINOR_LIKE: Final = frozenset({"min", "min7", "dim", "dim7", "hdim7", "min6"})
_KINDS: Final = (
    ("maj", "maj6"),
    ("min", "min6"),
    ("dim", "hdim7", "dim7"),
    ("7",),
    ("min7",),
    ("maj7",),
    ("aug",),
    ("sus2", "sus4"),
)
_KIND: Final = {quality: number for number, qualities in enumerate(_KINDS) for quality in qualities}
_PAUSE: Final = 0.3
"""Seconds; chords further apart do not follow each other."""
_TALK_SEC: Final = 2.0
_SURE: Final = 0.99
"""After so long without harmony, a chord that is not as sure is talk rather than what the music begins with."""
BEGINS: Final = slice(2 + len(_KINDS), 4 + len(_KINDS))
COLUMNS: Final = BEGINS.stop + 2 + 48 + 1


def describe(chords: Sequence[ChordSpan], start: float, end: float) -> Floats:
    """Return what is known of each pitch class as a root between two times, (12, COLUMNS).

    Roots of shares: of the time, as a major or minor triad and by kind; of the changes, into it from each root and
    family; of the time in the bass. And whether it begins or ends, as major or minor: what comes after talk and is in
    doubt is no beginning. Zeros where no chord sounds.
    """
    sounding = [c for c in chords if c.root is not None and c.end > start and c.start < end]
    about = np.zeros((12, COLUMNS))
    if not sounding:
        return about
    spans = np.array([[max(c.start, start), min(c.end, end)] for c in sounding])
    length = (spans[:, 1] - spans[:, 0]) / (spans[:, 1] - spans[:, 0]).sum()
    root = np.array([c.root for c in sounding])
    family = np.array([c.quality in MINOR_LIKE for c in sounding], int)
    kind = np.array([_KIND[c.quality] for c in sounding])
    triads, kinds, edges, changes, bass = np.split(about, np.cumsum([2, len(_KINDS), 4, 48]), axis=1)
    np.add.at(triads, (root, family), length)
    np.add.at(kinds, (root, kind), length)
    np.add.at(bass[:, 0], (root + [c.bass for c in sounding]) % 12, length)
    if sounding[0].conf >= _SURE or sounding[0].start - start < _TALK_SEC:
        edges[root[0], family[0]] = 1
    edges[root[-1], 2 + family[-1]] = 1
    follows = (np.diff(root + 12 * family) != 0) & (spans[1:, 0] - spans[:-1, 1] < _PAUSE)
    before, after = np.flatnonzero(follows), np.flatnonzero(follows) + 1
    movement = 4 * ((root[before] - root[after]) % 12) + 2 * family[before] + family[after]
    np.add.at(changes, (root[after], movement), 1 / max(1, len(after)))
    described: Floats = np.sqrt(np.concatenate([triads, kinds, edges, changes, bass], axis=1))
    return described


def rotated(described: Floats) -> Floats:
    """Return a description as seen from each of the twelve tonics, (12, 12 * COLUMNS)."""
    return np.stack([np.roll(described, -tonic, axis=0).ravel() for tonic in range(12)])


def log_probabilities(chords: Sequence[ChordSpan], start: float, end: float) -> Floats:
    """Return the log probability of each key between two times: twelve major keys, then twelve minor ones."""
    weights = _weights()
    scores = (rotated(describe(chords, start, end)) @ weights["weight"].T + weights["bias"]).T.ravel()
    return log_softmax(scores)


@cache
def _weights() -> Weights:
    return load(resource("models", "key.npz"))
