"""The two small networks, run in plain numpy: evidence for beats and bars, and for chords.

Both are convolutional (training/README.md tells how they were trained). The beat network hears 50 frames a second
of a log spectrogram and how much the harmony changes there; it is a temporal convolutional network after Davies &
Böck (EUSIPCO 2019). The chord network sees note activations and a semitone spectrum 10.8 times a second; the same
weights look at the 73 semitones above each of the twelve roots, so it knows no keys by heart.

They give evidence, not decisions: logits and log-probabilities per frame, for the decoders of beat, meter
and chord. Long recordings are worked on in pieces that overlap by more than the networks can see, with the same
result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from performia_desktop.analysis.halves import look_up, single, table
from performia_desktop.analysis.layers import convolve, elu, log_softmax, pieces

F32 = NDArray[np.float32]
F16 = NDArray[np.float16]
Weights = Mapping[str, F32]

RATE: Final = 22050
BEAT_HOP: Final = 440
BEAT_FPS: Final = RATE / BEAT_HOP
"""Frames a second of the beat network; frame k is centred on k * BEAT_HOP samples."""
VIEW_HOP: Final = 1024
CHORD_HOP: Final = 2048
CHORD_FPS: Final = RATE / CHORD_HOP
"""Frames a second of the chord network; frame k averages four of the pitch view, centred on (4 k + 1.5) * 512."""
CHORD_LAG: Final = 1.5 * 512 / RATE
"""Seconds at which the chord network's frame 0 is centred."""
METERS: Final = (2, 3, 4)
QUALITIES: Final = (
    "maj",
    "min",
    "7",
    "maj7",
    "min7",
    "sus4",
    "sus2",
    "dim",
    "aug",
    "hdim7",
    "dim7",
    "maj6",
    "min6",
)
"""Chord classes in the network's order; class 12 * quality + root, and the last one for no chord."""

_BEAT_PIECE: Final = 15000
_BEAT_MARGIN: Final = 1100
_CHORD_PIECE: Final = 3000
_CHORD_MARGIN: Final = 40
_WINDOW: Final = 73
_BLOCK: Final = 8192  # frames at a time, an even number, for the sake of memory
_LOOK: Final = 100_000  # frames are enough to know what is loud


@dataclass(frozen=True, slots=True)
class BeatEvidence:
    """Logits at BEAT_FPS: of beats (T,), downbeats (T,), METERS (T, 3), and beats that fall into three (T,)."""

    beat: F32
    downbeat: F32
    meter: F32
    ternary: F32


def load(path: Path) -> dict[str, F32]:
    """Read a float16 .npz of weights."""
    with np.load(path) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


def peaks(logits: F32, times: NDArray[np.float64], reach: int = 2) -> F32:
    """Return the highest of logits at BEAT_FPS within `reach` frames of each time."""
    near = np.round(times * BEAT_FPS).astype(int)[:, None] + np.arange(-reach, reach + 1)
    highest: F32 = logits[np.clip(near, 0, len(logits) - 1)].max(axis=1)
    return highest


# ---------------------------------------------------------------- inputs


def band_view(bands: F32) -> F16:
    """Halve the frequency resolution of log bands (T, 146) computed every BEAT_HOP samples."""
    return ((bands[:, 0::2] + bands[:, 1::2]) / 2).astype(np.float16)


def halved(rows: F32) -> F32:
    """Average pairs of frames (43 to 21.5 a second)."""
    size = len(rows) // 2 * 2
    half: F32 = (rows[0:size:2] + rows[1:size:2]) / np.float32(2)
    return half


def pitch_view(half: F16) -> F16:
    """Divide `halved` frames by their 99.7th percentile (of a sample, where there are hours of them)."""
    sample = single(half[:: max(1, len(half) // _LOOK)])
    loud = np.float32(np.percentile(sample, 99.7) + 1e-6) if half.size else np.float32(1)
    return look_up(half, table(lambda x: np.minimum(x / loud, np.float32(4)).astype(np.float16)))


def note_view(notes: F16) -> F16:
    """Return the square root of note activations (P, 84) as `pitch_view`."""
    half = np.empty((len(notes) // 2, notes.shape[1]), np.float16)
    roots = table(np.sqrt)
    for at in range(0, len(notes), _BLOCK):
        half[at // 2 : (at + _BLOCK) // 2] = halved(look_up(notes[at : at + _BLOCK], roots))
    return pitch_view(half)


def harmonic_change(notes: F16, count: int) -> F32:
    """Return (count, 8): cosine distances of the harmony before and after each beat frame.

    Columns: all pitch classes over 0.25, 0.5, 1 and 2 s on either side, then the bass's over the same.
    `notes` (P, 84) is the pitch view's 21.5 frames a second.
    """
    pitch = np.arange(24, 24 + notes.shape[1])
    fold = (pitch[:, None] % 12 == np.arange(12)).astype(np.float32)
    upper = fold * (1 / (1 + np.exp(-(pitch - 50) / 1.5)) / (1 + np.exp((pitch - 88) / 6)))[:, None]
    lower = fold * (1 / (1 + np.exp(-(pitch - 23) / 1.5)) / (1 + np.exp((pitch - 50) / 2)))[:, None]
    size, both = len(notes), np.hstack([upper, lower])
    total = np.zeros((size + 1, 24))
    for at in range(0, size, _BLOCK):
        total[at + 1 : at + 1 + _BLOCK] = single(notes[at : at + _BLOCK]) @ both
    np.cumsum(total, axis=0, out=total)
    frames = np.arange(size)
    columns = []
    times = np.arange(count) * BEAT_HOP / VIEW_HOP
    for part in (slice(0, 12), slice(12, 24)):
        for seconds in (0.25, 0.5, 1.0, 2.0):
            width = round(seconds * RATE / VIEW_HOP)
            here = total[frames, part]
            before = here - total[np.maximum(frames - width, 0), part]
            after = total[np.minimum(frames + width, size), part] - here
            norm = np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1)
            change = 1 - (before * after).sum(axis=1) / (norm + 1e-6)
            columns.append(np.interp(times, frames, change) if size else np.zeros(count))
    stacked: F32 = np.stack(columns, axis=1).astype(np.float32)
    return stacked


def beat_input(bands: F16, notes: F16) -> F32:
    """Return (T, 81): bands without the recording's own mean spectrum, and the harmonic change."""
    return _beat_rows(bands, mean_bands(bands), harmonic_change(notes, len(bands)))


def mean_bands(bands: F16) -> F32:
    """Return the mean spectrum of a recording."""
    mean: F32 = bands.mean(axis=0, dtype=np.float32)
    return mean


def _beat_rows(bands: F16, mean: F32, change: F32) -> F32:
    return np.hstack([single(bands) - mean, change])


def chord_input(notes: F16, spectrum: F16) -> F32:
    """Return (C, 2, 84) at CHORD_FPS from the two pitch views at twice that rate."""
    both = single(np.stack([notes, spectrum], axis=1))
    size = len(both) // 2 * 2
    pairs: F32 = (both[0:size:2] + both[1:size:2]) / np.float32(2)
    return pairs


# ---------------------------------------------------------------- networks


def beat_evidence(bands: F16, notes: F16, weights: Weights) -> BeatEvidence:
    """Listen for beats and bars.

    Parameters
    ----------
    bands : (T, 73), see `band_view`
    notes : (P, 84), square root of the note activations through `pitch_view`
    weights : of resources/models/beat.npz
    """
    mean, change = mean_bands(bands), harmonic_change(notes, len(bands))
    out = np.empty((len(bands), 6), np.float32)
    for read, keep, place in pieces(len(bands), _BEAT_PIECE, _BEAT_MARGIN):
        x = (_beat_rows(bands[read], mean, change[read]) - weights["mean"]) / weights["scale"]
        out[place] = _beat_network(x, weights)[keep]
    return BeatEvidence(out[:, 0], out[:, 1], out[:, 2:5], out[:, 5])


def _beat_network(x: F32, weights: Weights) -> F32:
    x = elu(convolve(x, weights["first.weight"], weights["first.bias"]))
    x = elu(convolve(x, weights["second.weight"], weights["second.bias"]))
    block = 0
    while f"blocks.{block}.wide.weight" in weights:
        name = f"blocks.{block}"
        y = elu(convolve(x, weights[f"{name}.wide.weight"], weights[f"{name}.wide.bias"], 2**block))
        x = x + convolve(y, weights[f"{name}.back.weight"], weights[f"{name}.back.bias"])
        block += 1
    return convolve(elu(x), weights["out.weight"], weights["out.bias"])


def chord_evidence(notes: F16, spectrum: F16, weights: Weights) -> F32:
    """Listen for chords: log-probabilities at CHORD_FPS, (C, 157).

    Parameters
    ----------
    notes, spectrum : (P, 84), square root of the note activations and cube root of the semitone spectrum, through
        `pitch_view`
    weights : of resources/models/chord.npz
    """
    count = len(notes) // 2
    chord = np.empty((count, 12 * len(QUALITIES) + 1), np.float32)
    for read, keep, place in pieces(count, _CHORD_PIECE, _CHORD_MARGIN):
        rows = slice(2 * read.start, 2 * read.stop)
        chord[place] = log_softmax(_chord_network(chord_input(notes[rows], spectrum[rows]), weights)[keep])
    return chord


def _chord_network(x: F32, weights: Weights) -> F32:
    """Return (C, 157) logits; inside, arrays are (root, C, channels).

    The heads for the bass and the pitch classes are there to teach the layers below, and are not asked.
    """
    count = len(x)
    enter = weights["enter.weight"]
    h = np.empty((12, count, enter.shape[1]), np.float32)
    for root in range(12):  # one at a time stays in the processor's cache
        one = elu(x[:, :, root : root + _WINDOW].reshape(count, len(enter)) @ enter + weights["enter.bias"])
        h[root] = one + elu(convolve(one, weights["time1.weight"], weights["time1.bias"]))
    mixed = elu(_around_the_circle(h, weights["mix.weight"]) + weights["mix.bias"])
    for root in range(12):
        beside = np.concatenate([h[root], mixed[:, root]], axis=1)
        one = elu(beside @ weights["join.weight"] + weights["join.bias"])
        one += elu(convolve(one, weights["time2.weight"], weights["time2.bias"], 4))
        one += elu(convolve(one, weights["time3.weight"], weights["time3.bias"], 12))
        h[root] = one
    qualities = len(QUALITIES)
    heads = h @ weights["heads.weight"][:, :qualities] + weights["heads.bias"][:qualities]
    none = h.mean(axis=0) @ weights["none.weight"] + weights["none.bias"]
    return np.hstack([heads.transpose(1, 2, 0).reshape(count, 12 * qualities), none])


def _around_the_circle(h: F32, weight: F32) -> F32:
    """Return what each root makes of all twelve by their steps above it: (12, C, in), (12, in, out) -> (C, 12, out).

    One large product: many small ones take longer.
    """
    each, (_, count, channels) = np.arange(12), h.shape
    steps = (each[:, None] - each) % 12  # rows: of the one that is heard; columns: of the one that hears
    square = weight[steps].transpose(0, 2, 1, 3).reshape(12 * channels, -1)
    flat: F32 = h.transpose(1, 0, 2).reshape(count, 12 * channels) @ square
    return flat.reshape(count, 12, weight.shape[2])
