"""The melody network in plain numpy: which pitch leads, where its notes begin, whether somebody sings.

It looks 21.5 times a second at note activations and a semitone spectrum, with the same weights around each of 57
pitches, and at the log bands, where voices differ from instruments (training/README.md tells how it was trained).
It gives evidence, not decisions; `melody` follows the line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from performia_desktop.analysis import net
from performia_desktop.analysis.layers import between, convolve, elu, log_softmax, pieces

F16 = net.F16
F32 = net.F32

LOWEST: Final = 40
COUNT: Final = 57
"""The line is looked for from MIDI `LOWEST`, over `COUNT` semitones."""
FPS: Final = net.RATE / net.VIEW_HOP
STEP_SEC: Final = net.VIEW_HOP / net.RATE
WINDOW: Final = 61
"""Semitones that are seen around a pitch: two octaves below to three above."""
BELOW: Final = 24 - (LOWEST - 24)
ABOVE: Final = LOWEST + COUNT - 1 + (WINDOW - 24) - 108
SLOW: Final = 96
NEAR: Final = 4
"""Frames and semitones on either side of what has been going on around a pitch."""
_STEPS = np.linspace(-1, 1, COUNT, dtype=np.float32)
REGISTER: Final[F32] = np.stack([_STEPS, _STEPS**2], axis=1)

_PIECE: Final = 1800
_MARGIN: Final = SLOW + 2 + 24 + 6


@dataclass(frozen=True, slots=True)
class LeadEvidence:
    """What the network makes of F frames at FPS; frame k is centred on `times`.

    Attributes
    ----------
    lead : (F, COUNT + 1), log-probability of each pitch leading, and of none
    onset : (F, COUNT), logits of a note beginning, if that pitch leads
    voice : (F,), logits of somebody singing
    """

    lead: F32
    onset: F32
    voice: F32


def times(count: int) -> NDArray[np.float64]:
    """Return when the frames are: each is the mean of two frames of the pitch view."""
    centres: NDArray[np.float64] = (2 * np.arange(count) + 0.5) * (net.VIEW_HOP / 2) / net.RATE
    return centres


def frames_at(seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return at which frames, and between which, times are."""
    place: NDArray[np.float64] = (seconds * net.RATE / (net.VIEW_HOP / 2) - 0.5) / 2
    return place


def bands_at(
    bands: NDArray[np.floating], count: int, part: slice = slice(None), music: slice = slice(None)
) -> F32:
    """Return log bands (T, 73) at the times of (a part of) `count` frames, without their own mean in the music."""
    level = between(bands, times(count)[part] * net.BEAT_FPS)
    level -= bands[music].mean(axis=0, dtype=np.float32)
    return level


def evidence(
    notes: F16, spectrum: F16, bands: F16, weights: net.Weights, music: slice = slice(None)
) -> LeadEvidence:
    """Listen for the leading line.

    Parameters
    ----------
    notes, spectrum : (F, 84), as `net.chord_evidence` takes them
    bands : (T, 73), see `net.band_view`
    weights : of resources/models/melody.npz
    music : which of the bands are of the song proper, not of talk or applause around it
    """
    count = len(notes)
    lead = np.empty((count, COUNT + 1), np.float32)
    onset = np.empty((count, COUNT), np.float32)
    voice = np.empty(count, np.float32)
    for read, keep, place in pieces(count, _PIECE, _MARGIN) if count else []:
        views = np.stack([notes[read], spectrum[read]], axis=1).astype(np.float32)
        cells, whole = _network(views, bands_at(bands, count, read, music), weights)
        lead[place] = log_softmax(np.hstack([cells[:, :, 0].T, whole[:, :1]])[keep])
        onset[place] = cells[:, :, 1].T[keep]
        voice[place] = whole[keep, 1]
    return LeadEvidence(lead, onset, voice)


def _network(views: F32, bands: F32, weights: net.Weights) -> tuple[F32, F32]:
    """Return (pitch, F, 2) and (F, 2) logits; inside, arrays are (pitch, F, channels)."""
    count = len(views)
    padded = np.pad(views, [(0, 0), (0, 0), (BELOW, ABOVE)])
    enter = weights["enter.weight"]
    h = np.empty((COUNT, count, enter.shape[1]), np.float32)
    register = REGISTER @ weights["place.weight"] + weights["enter.bias"]
    for pitch in range(COUNT):  # one at a time stays in the processor's cache
        window = padded[:, :, pitch : pitch + WINDOW].reshape(count, -1)
        one = elu(window @ enter + register[pitch])
        h[pitch] = one + elu(_in_time(one, weights, "time1", 1))
    g = elu(_in_time(bands / weights["scale"], weights, "bands1", 1))
    g = g + elu(_in_time(g, weights, "bands2", 4))
    g = g + elu(_in_time(g, weights, "bands3", 16))
    g = elu(_pooled(h, g) @ weights["pool1.weight"][0] + weights["pool1.bias"])
    around = g @ weights["around.weight"][0] + weights["around.bias"] + weights["here.bias"]
    near = _near(h @ weights["before.weight"])
    for pitch in range(COUNT):
        one = elu(_slow(near[pitch]) + around + h[pitch] @ weights["here.weight"])
        one += elu(_in_time(one, weights, "time2", 3))
        one += elu(_in_time(one, weights, "time3", 9))
        h[pitch] = one
    g = elu(_pooled(h, g) @ weights["pool2.weight"][0] + weights["pool2.bias"])
    cells: F32 = h @ weights["heads.weight"] + weights["heads.bias"]
    return cells, g @ weights["whole.weight"][0] + weights["whole.bias"]


def _in_time(x: F32, weights: net.Weights, name: str, dilation: int) -> F32:
    return convolve(x, weights[f"{name}.weight"], weights[f"{name}.bias"], dilation)


def _pooled(h: F32, g: F32) -> F32:
    """Put beside what is known of the frames what stands out most and what there is on average."""
    return np.concatenate([g, h.max(axis=0), h.mean(axis=0)], axis=1)


def _near(x: F32) -> F32:
    """Average over NEAR pitches on either side, fewer at the ends."""
    mean = np.empty_like(x)
    total = x[:NEAR].sum(axis=0)
    for pitch in range(COUNT):
        if pitch + NEAR < COUNT:
            total += x[pitch + NEAR]
        if pitch > NEAR:
            total -= x[pitch - NEAR - 1]
        np.divide(total, min(COUNT, pitch + NEAR + 1) - max(0, pitch - NEAR), out=mean[pitch])
    return mean


def _slow(x: F32) -> F32:
    """Average (F, channels) over SLOW frames on either side, fewer at the ends."""
    width, at = 2 * SLOW + 1, np.arange(len(x))
    there = np.minimum(at, SLOW) + np.minimum(at[::-1], SLOW) + 1
    mean: F32 = uniform_filter1d(x, width, axis=0, mode="constant")
    mean *= (width / there).astype(np.float32)[:, None]
    return mean
