"""Pitch classes from note activations, and their means over spans of time."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from performia_desktop.analysis.features import PITCH_FPS, PITCHES, Features
from performia_desktop.analysis.halves import F16, look_up, table

Floats = NDArray[np.float64]
F32 = NDArray[np.float32]
_BLOCK: Final = 4096  # frames at a time, for the sake of memory


def folded(notes: F16, power: float, *weights: Floats) -> list[F32]:
    """Return activations ** `power` folded to pitch classes, (frames, 12), for each weighting of the pitches (84,)."""
    mapping = np.zeros((len(PITCHES), len(weights), 12), np.float32)
    mapping[np.arange(len(PITCHES)), :, PITCHES % 12] = np.stack(weights, axis=1)
    flat = mapping.reshape(len(PITCHES), -1)
    classes = np.empty((len(notes), flat.shape[1]), np.float32)
    powers = table(lambda x: x ** np.float32(power))
    for at in range(0, len(notes), _BLOCK):
        classes[at : at + _BLOCK] = look_up(notes[at : at + _BLOCK], powers) @ flat
    return np.split(classes, len(weights), axis=1)


def range_weights(low: float, high: float, softness: float) -> Floats:
    """Return weights per pitch that rise at MIDI `low` and fall, over about `softness` semitones, at `high`."""
    pitch = PITCHES.astype(np.float64)
    weights: Floats = 1 / (1 + np.exp(-(pitch - low) / 1.5)) / (1 + np.exp((pitch - high) / softness))
    return weights


TREBLE: Final = range_weights(47, 86, 6)
BASS: Final = range_weights(23, 50, 2)


def chromas(features: Features, power: float = 0.5) -> list[F32]:
    """Return treble and bass chroma of a recording, (frames, 12) each."""
    return folded(features.notes, power, TREBLE, BASS)


def unit(x: Floats) -> Floats:
    """Scale rows to length 1; a row of zeros stays."""
    scaled: Floats = x / (np.linalg.norm(x, axis=1, keepdims=True) + 1e-6)
    return scaled


def change(chroma: F32, times: Floats, reach: float) -> Floats:
    """Return the cosine distance of the chroma `reach` seconds before and after each time."""
    total = _running(chroma)
    before = _between(total, times - reach, times - 0.02)
    after = _between(total, times + 0.02, times + reach)
    distance: Floats = 1 - (unit(before) * unit(after)).sum(axis=1)
    return distance


def means(x: NDArray[np.floating], edges: Floats, fps: float = PITCH_FPS) -> Floats:
    """Return the means of rows between successive `edges` (seconds), shape (len(edges) - 1, columns)."""
    return _between(_running(x), edges[:-1], edges[1:], fps)


def _running(x: NDArray[np.floating]) -> Floats:
    """Return the running sums of rows, from none to all."""
    total = np.zeros((len(x) + 1, x.shape[1]))
    np.cumsum(x, axis=0, dtype=np.float64, out=total[1:])
    return total


def _between(total: Floats, start: Floats, end: Floats, fps: float = PITCH_FPS) -> Floats:
    """Return the means of rows from `start` to `end` (seconds), given their running sum; at least one row each."""
    count = len(total) - 1
    first = np.clip(np.round(start * fps).astype(int), 0, count - 1)
    last = np.maximum(np.clip(np.round(end * fps).astype(int), 1, count), first + 1)
    mean: Floats = (total[last] - total[first]) / (last - first)[:, None]
    return mean
