"""What each network learns: excerpts as arrays, random crops with augmentation of the features, losses."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from performia_desktop.analysis import net
from training import dataset, harmony, nets

F32 = NDArray[np.float32]
Rng = np.random.Generator
Batch = tuple[Tensor, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One version of one excerpt: its song, how it was degraded, and the task's arrays (float16 where large)."""

    song: str
    facts: dict[str, str]
    arrays: tuple[NDArray[Any], ...]


class Task(Protocol):
    """What `train` needs to know of a network's purpose.

    `folders`, below the one for everything made, hold the excerpts that it learns from; `shares` are those of a batch
    that come from each of them, where not every excerpt is as good as any other.
    """

    name: str
    folders: tuple[str, ...] = ("data",)
    shares: tuple[float, ...] = ()
    batch_size: int
    half: bool

    def read(self, path: Path) -> Excerpt | None: ...
    def build(self, excerpts: list[Excerpt]) -> nn.Module: ...
    def crop(self, excerpt: Excerpt, rng: Rng) -> tuple[NDArray[Any], ...]: ...
    def whole(self, excerpt: Excerpt) -> tuple[NDArray[Any], ...]: ...
    def loss(self, module: nn.Module, batch: Batch) -> tuple[Tensor, dict[str, float]]: ...


def padded(array: NDArray[Any], size: int, value: float = 0) -> NDArray[Any]:
    if len(array) >= size:
        return array[:size]
    return np.pad(array, [(0, size - len(array))] + [(0, 0)] * (array.ndim - 1), constant_values=value)


def shifted(x: F32, shift: int) -> F32:
    """Move pitches (..., 84) by `shift` semitones; what comes in at an end is silent."""
    moved = np.zeros_like(x)
    if shift >= 0:
        moved[..., shift:] = x[..., : 84 - shift]
    else:
        moved[..., :shift] = x[..., -shift:]
    return moved


def disturb(views: F32, rng: Rng, tilt: float, noise: float, each: float) -> None:
    """Change, in place, what views (F, 2, 84) sound like: tilt them, add noise, change each semitone a little."""
    if rng.random() < 0.7:
        views *= np.exp(rng.uniform(-tilt, tilt) * np.linspace(-1, 1, 84)).astype(np.float32)
    if rng.random() < 0.5:
        views += np.abs(rng.standard_normal(views.shape, np.float32)) * np.float32(rng.uniform(0, noise))
    if rng.random() < 0.5:
        views *= np.exp(rng.standard_normal((1, 2, 84)) * rng.uniform(0, each)).astype(np.float32)


# ---------------------------------------------------------------- beats


class Beats(Task):
    """Beats, downbeats, beats in the bar and their division."""

    name = "beat"
    batch_size = 16
    half = True
    _frames = 1500

    def read(self, path: Path) -> Excerpt | None:
        with np.load(path) as d:
            facts = json.loads(str(d["facts"]))
            x = net.beat_input(d["bands"], d["notes"]).astype(np.float16)
            beats, places = d["beats"], d["places"]
            if len(beats) < 8:
                return None
            y = np.zeros((len(x), 2), np.float32)
            for column, times in ((0, beats), (1, beats[places == 0])):
                for shift, value in ((-2, 0.25), (2, 0.25), (-1, 0.6), (1, 0.6), (0, 1.0)):
                    at = np.round(times * net.BEAT_FPS).astype(int) + shift
                    at = at[(at >= 0) & (at < len(x))]
                    y[at, column] = np.maximum(y[at, column], value)
            known = np.ones(len(x), np.float32)
            known[int((beats[-1] + 0.08) * net.BEAT_FPS) :] = 0
            music = np.zeros(len(x), np.float32)
            music[int(beats[0] * net.BEAT_FPS) : int(beats[-1] * net.BEAT_FPS)] = 1
            meter = net.METERS.index(int(d["bar_beats"]))
            ternary = float(d["division"] == 3 or float(facts["swing"]) > 0.62)
            y = np.hstack([y, known[:, None], music[:, None]]).astype(np.float16)
        return Excerpt(facts["song"], facts, (x, y, np.array([meter, ternary], np.float32)))

    def build(self, excerpts: list[Excerpt]) -> nn.Module:
        some = [e.arrays[0].astype(np.float32) for e in excerpts[:: max(1, len(excerpts) // 300)]]
        mean = np.mean([x.mean(axis=0) for x in some], axis=0)
        scale = np.mean([x.std(axis=0) for x in some], axis=0) + 1e-3
        # the weights ship in float16, so the network learns with what it will be given
        return nets.BeatNet(*(v.astype(np.float16).astype(np.float32) for v in (mean, scale)))

    def crop(self, excerpt: Excerpt, rng: Rng) -> tuple[NDArray[Any], ...]:
        x, y, piece = excerpt.arrays
        ratio = 2 ** rng.uniform(-0.35, 0.35) if rng.random() < 0.5 else 1.0
        size = int(self._frames * ratio) + 2
        start = int(rng.integers(max(1, len(x) - size + 1)))
        x = padded(x[start : start + size], size).astype(np.float32)
        y = padded(y[start : start + size], size).astype(np.float32)
        if ratio != 1.0:
            at = np.arange(self._frames) * ratio
            low = at.astype(int)
            part = (at - low)[:, None].astype(np.float32)
            x = x[low] * (1 - part) + x[low + 1] * part
            peaks = np.maximum(y[low, :2] * (1 - part), y[low + 1, :2] * part)
            y = np.hstack([peaks / np.maximum(1 - part, part), y[low, 2:]])
        x, y = x[: self._frames], y[: self._frames]
        bands = x.shape[1] - 8
        if rng.random() < 0.3:  # transpose the spectrum
            x[:, :bands] = np.roll(x[:, :bands], int(rng.integers(-3, 4)), axis=1)
        if rng.random() < 0.5:
            first, width = int(rng.integers(bands)), int(rng.integers(1, 16))
            x[:, first : min(bands, first + width)] = 0
        if rng.random() < 0.3:
            x[:, :bands] *= rng.uniform(0.75, 1.3)
        if rng.random() < 0.2:
            x[:, :bands] += rng.normal(0, 0.1, (len(x), bands)).astype(np.float32)
        if rng.random() < 0.2:
            x[:, bands:] = x[:, bands:].mean(axis=0)
        return np.ascontiguousarray(x.T, np.float32), np.ascontiguousarray(y.T, np.float32), piece

    def whole(self, excerpt: Excerpt) -> tuple[NDArray[Any], ...]:
        x, y, piece = excerpt.arrays
        return x.T.astype(np.float32), y.T.astype(np.float32), piece

    def loss(self, module: nn.Module, batch: Batch) -> tuple[Tensor, dict[str, float]]:
        x, y, piece = batch
        out = module(x).float()
        known, music = y[:, 2], y[:, 3]
        weight = torch.tensor([2.0, 3.0])[:, None]
        both = functional.binary_cross_entropy_with_logits(
            out[:, :2], y[:, :2], pos_weight=weight, reduction="none"
        )
        beat, down = ((both[:, k] * known).sum() / known.sum() for k in (0, 1))
        frames = music.sum().clamp(min=1)
        meters = piece[:, :1].long().expand(-1, x.shape[2])
        meter = (functional.cross_entropy(out[:, 2:5], meters, reduction="none") * music).sum() / frames
        ternary = functional.binary_cross_entropy_with_logits(
            out[:, 5], piece[:, 1:].expand(-1, x.shape[2]), reduction="none"
        )
        ternary = (ternary * music).sum() / frames
        parts = {"beat": beat, "down": down, "meter": meter, "ternary": ternary}
        total = beat + 1.5 * down + 0.1 * meter + 0.1 * ternary
        return total, {k: float(v.detach()) for k, v in parts.items()}


class BeatsAgain(Beats):
    """Beats, downbeats, beats in the bar and their division; learned again with rubato."""

    name = "beat-again"
    folders = ("data", *dataset.BEATS_AGAIN)
    shares = (9 / 16, 4 / 16, 3 / 16)

    def __init__(self, start: Path) -> None:
        self._start = start

    def build(self, excerpts: list[Excerpt]) -> nn.Module:  # noqa: ARG002  the scale of its inputs stays
        state = torch.load(self._start, weights_only=True)
        module = nets.BeatNet(state["mean"].numpy(), state["scale"].numpy())
        module.load_state_dict(state)
        return module


# ---------------------------------------------------------------- chords


class Chords(Task):
    """Chords, their bass and pitch classes."""

    name = "chord"
    batch_size = 12
    half = False
    _frames = 288

    def read(self, path: Path) -> Excerpt | None:
        with np.load(path) as d:
            facts = json.loads(str(d["facts"]))
            x = net.chord_input(d["notes"], d["spectrum"]).astype(np.float16)
            chords, keys = json.loads(str(d["chords"])), json.loads(str(d["keys"]))
            begins = float(d["begins"])
        times = (4 * np.arange(len(x)) + 1.5) * 512 / net.RATE
        y = np.full((len(x), 3), harmony.UNKNOWN, np.int16)
        classes = np.full((len(x), 12), -1, np.int8)
        y[times < begins - 0.1, 0] = harmony.NO_CHORD
        for start, end, label in chords:
            inside = (times >= start + 0.05) & (times < end - 0.05)
            number, bass, members = harmony.targets(label)
            y[inside, 0], y[inside, 1] = number, bass
            if number != harmony.UNKNOWN:
                classes[inside] = np.isin(np.arange(12), members)
        for start, end, label in keys:
            tonic, mode = label.split()
            y[(times >= start) & (times < end), 2] = harmony.pitch_class(tonic) + 12 * (mode == "minor")
        if (y[:, :2] == harmony.UNKNOWN).all():
            return None
        return Excerpt(facts["song"], facts, (x, y, classes))

    def build(self, excerpts: list[Excerpt]) -> nn.Module:  # noqa: ARG002  nothing depends on the data
        return nets.ChordNet()

    def crop(self, excerpt: Excerpt, rng: Rng) -> tuple[NDArray[Any], ...]:
        x, y, classes = excerpt.arrays
        start = int(rng.integers(max(1, len(x) - self._frames + 1)))
        cut = slice(start, start + self._frames)
        x = padded(x[cut], self._frames).astype(np.float32)
        y = padded(y[cut], self._frames, harmony.UNKNOWN).astype(np.int64)
        classes = padded(classes[cut], self._frames, -1)
        shift = int(rng.integers(-5, 6))
        x, y, classes = _transposed(x, y, classes, shift)
        disturb(x, rng, tilt=0.8, noise=0.12, each=0.35)
        if rng.random() < 0.2:
            x[:, :, : int(rng.integers(4, 28))] *= np.float32(rng.uniform(0, 0.6))
        return x, y, classes.astype(np.float32)

    def whole(self, excerpt: Excerpt) -> tuple[NDArray[Any], ...]:
        x, y, classes = excerpt.arrays
        return x.astype(np.float32), y.astype(np.int64), classes.astype(np.float32)

    def loss(self, module: nn.Module, batch: Batch) -> tuple[Tensor, dict[str, float]]:
        x, y, classes = batch
        out = module(x).float()
        chords = harmony.NO_CHORD + 1
        smooth = 0.05 if module.training else 0.0

        def entropy(logits: Tensor, target: Tensor, smoothing: float = 0.0) -> Tensor:
            count = (target >= 0).sum().clamp(min=1)
            return (
                functional.cross_entropy(
                    logits.reshape(-1, logits.shape[-1]), target.reshape(-1), ignore_index=-1, reduction="sum",
                    label_smoothing=smoothing,
                )
                / count
            )  # fmt: skip

        chord = entropy(out[:, :, :chords], y[:, :, 0], smooth)
        bass = entropy(out[:, :, chords : chords + 12], y[:, :, 1])
        known = (classes >= 0).float()
        pitch = functional.binary_cross_entropy_with_logits(
            out[:, :, chords + 12 : chords + 24], classes.clamp(0, 1), reduction="none"
        )
        pitch = (pitch * known).sum() / known.sum().clamp(min=1)
        key = entropy(out[:, :, chords + 24 :], y[:, :, 2], smooth)
        right = (out[:, :, :chords].argmax(2) == y[:, :, 0]).float()[y[:, :, 0] >= 0].mean()
        parts = {"chord": chord, "bass": bass, "pitch": pitch, "key": key, "right": right}
        return chord + 0.4 * bass + 0.5 * pitch + 0.15 * key, {k: float(v.detach()) for k, v in parts.items()}


def _transposed(
    x: F32, y: NDArray[np.int64], classes: NDArray[Any], shift: int
) -> tuple[F32, NDArray[np.int64], NDArray[Any]]:
    """Move everything by `shift` semitones."""
    y = y.copy()
    chord = (y[:, 0] >= 0) & (y[:, 0] < harmony.NO_CHORD)
    for column, rows in ((0, chord), (1, y[:, 1] >= 0), (2, y[:, 2] >= 0)):
        y[rows, column] = y[rows, column] // 12 * 12 + (y[rows, column] + shift) % 12
    return shifted(x, shift), y, np.roll(classes, shift, axis=1)
