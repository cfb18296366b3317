"""The network behind one line of notes, in plain numpy: the same weights look around each pitch.

It looks 21.5 times a second at note activations and a semitone spectrum around a pitch, and at log bands, where players
differ. The windows that part pitches blur their beginnings; so each pitch is also heard, twice as often, by the bands
in which it has its harmonics: by them a note that is struck again is told, and by them, when a small loudspeaker or a
telephone has cut fundamentals off, in which octave it is.

It gives evidence, not decisions; `melody` and `bass` follow their lines (training/README.md tells how it is trained).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from performia_desktop.analysis import net
from performia_desktop.analysis.features import LOWEST, PITCH_FPS, PITCHES, band_centres
from performia_desktop.analysis.halves import single
from performia_desktop.analysis.layers import F32, between, convolve, elu, log_softmax, pieces

Floats = NDArray[np.float64]

FPS: Final = net.RATE / net.VIEW_HOP
WINDOW: Final = 61
"""Semitones that are seen around a pitch."""
SLOW: Final = 96
NEAR: Final = 4
"""Frames and semitones on either side of what has been going on around a pitch."""
_PIECE: Final = 1800
_MARGIN: Final = SLOW + 2 + 24 + 6


@dataclass(frozen=True, slots=True)
class Range:
    """Where a line is looked for, and where it is heard.

    From MIDI `lowest`, over `count` semitones; `down` semitones below each are seen, and its `harmonics`.
    """

    lowest: int
    count: int
    down: int
    harmonics: tuple[int, ...]

    @property
    def padding(self) -> tuple[int, int]:
        """Return how many semitones more than a view has are seen below and above."""
        below = self.down - (self.lowest - LOWEST)
        return below, self.count - 1 + WINDOW - len(PITCHES) - below

    @property
    def register(self) -> F32:
        """Return what the network knows of how high each pitch is, (count, 2)."""
        steps = np.linspace(-1, 1, self.count, dtype=np.float32)
        return np.stack([steps, steps**2], axis=1)


LEAD: Final = Range(lowest=40, count=57, down=24, harmonics=(1, 2, 3, 4))
BASS: Final = Range(lowest=24, count=36, down=12, harmonics=(1, 2, 3, 4, 6, 8))


@dataclass(frozen=True, slots=True)
class LineEvidence:
    """What a network makes of F frames at FPS; frame k is centred on `times`.

    Attributes
    ----------
    pitch : (F, count + 1), log-probability of each pitch sounding in the line, and of none
    onset : (2 F, count), logits of a note beginning, if the line has that pitch, at the frames of the pitch view
    voice : (F,), logits of somebody singing, of the leading line; (0,) of the bass
    """

    pitch: F32
    onset: F32
    voice: F32


def times(count: int) -> Floats:
    """Return when the frames are: each is the mean of two frames of the pitch view."""
    centres: Floats = (2 * np.arange(count, dtype=np.float64) + 0.5) / PITCH_FPS
    return centres


def frames_at(seconds: Floats) -> Floats:
    """Return at which frames, and between which, times are."""
    place: Floats = (seconds * PITCH_FPS - 0.5) / 2
    return place


def evidence(
    notes: net.F16,
    spectrum: net.F16,
    bands: net.F16,
    weights: net.Weights,
    line: Range,
    music: slice = slice(None),
) -> LineEvidence:
    """Listen for a line.

    Parameters
    ----------
    notes, spectrum : (F, 84), as `net.chord_evidence` takes them
    bands : (T, 73), see `net.band_view`
    weights : of resources/models/melody.npz or bass.npz
    music : which of the bands are of the song proper, not of talk or applause around it
    """
    count = len(notes)
    mean = net.mean_bands(bands[music]) if count else np.zeros(0, np.float32)
    pitch = np.empty((count, line.count + 1), np.float32)
    onset = np.empty((count, 2, line.count), np.float32)
    voice = np.empty(count if weights["whole.bias"].size > 1 else 0, np.float32)
    for read, keep, place in pieces(count, _PIECE, _MARGIN) if count else []:
        level = twice(bands, read, mean)
        views = single(np.stack([notes[read], spectrum[read]], axis=1))
        cells, whole = _network(views, level, weights, line)
        pitch[place] = log_softmax(np.hstack([cells[:, :, 0].T, whole[:, :1]])[keep])
        onset[place] = cells[:, :, 1:].transpose(1, 2, 0)[keep]
        if len(voice):
            voice[place] = whole[keep, 1]
    return LineEvidence(pitch, onset.reshape(2 * count, line.count), voice)


def twice(bands: net.F16, frames: slice, mean: F32) -> F32:
    """Return log bands less a mean, at both frames of the pitch view that make one of the network's, (F, 2, 73)."""
    seconds = np.arange(2 * frames.start, 2 * frames.stop) / PITCH_FPS
    level = between(bands, seconds * net.BEAT_FPS)
    level -= mean
    return level.reshape(-1, 2, level.shape[1])


def at_harmonics(level: F32, line: Range, shift: int = 0) -> F32:
    """Return bands (F, 2, 73) where each pitch, or that `shift` semitones below it, has its harmonics.

    The result is (count, F, 2 * harmonics).
    """
    heard = level[:, :, _bands(line, shift)]
    together: F32 = heard.transpose(2, 0, 1, 3).reshape(line.count, len(level), -1)
    return together


@cache
def _bands(line: Range, shift: int) -> NDArray[np.int64]:
    """Return the bands of each pitch's harmonics, (count, harmonics)."""
    midi = line.lowest - shift + np.arange(line.count)[:, None]
    hertz = 440 * 2 ** ((midi - 69) / 12) * line.harmonics
    nearest: NDArray[np.int64] = np.abs(np.log(band_centres() / hertz[:, :, None])).argmin(axis=2)
    return nearest


def _network(views: F32, level: F32, weights: net.Weights, line: Range) -> tuple[F32, F32]:
    """Return logits of each pitch, (count, F, heads), and of each frame, (F, heads)."""
    count = len(views)
    padded = np.pad(views, [(0, 0), (0, 0), line.padding])
    struck = at_harmonics(level, line)
    enter = weights["enter.weight"]
    h = np.empty((line.count, count, enter.shape[1]), np.float32)
    register = line.register @ weights["place.weight"] + weights["enter.bias"]
    for pitch in range(line.count):  # one at a time stays in the processor's cache
        one = convolve(struck[pitch], weights["struck.weight"], register[pitch])
        for view, weight in enumerate(np.split(enter, 2)):
            one += padded[:, view, pitch : pitch + WINDOW] @ weight
        one = elu(one)
        h[pitch] = one + elu(_in_time(one, weights, "time1", 1))
    g = elu(_in_time(level.reshape(count, -1) / weights["scale"], weights, "bands1", 1))
    g = g + elu(_in_time(g, weights, "bands2", 4))
    g = g + elu(_in_time(g, weights, "bands3", 16))
    g = elu(_pooled(h, g) @ weights["pool1.weight"][0] + weights["pool1.bias"])
    around = g @ weights["around.weight"][0] + weights["around.bias"] + weights["here.bias"]
    near = _near(h @ weights["before.weight"])
    for pitch in range(line.count):
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
    pitches = len(x)
    mean = np.empty_like(x)
    total = x[:NEAR].sum(axis=0)
    for pitch in range(pitches):
        if pitch + NEAR < pitches:
            total += x[pitch + NEAR]
        if pitch > NEAR:
            total -= x[pitch - NEAR - 1]
        np.divide(total, min(pitches, pitch + NEAR + 1) - max(0, pitch - NEAR), out=mean[pitch])
    return mean


def _slow(x: F32) -> F32:
    """Average (F, channels) over SLOW frames on either side, fewer at the ends."""
    width, at = 2 * SLOW + 1, np.arange(len(x))
    there = np.minimum(at, SLOW) + np.minimum(at[::-1], SLOW) + 1
    mean: F32 = uniform_filter1d(x, width, axis=0, mode="constant")
    mean *= (width / there).astype(np.float32)[:, None]
    return mean
