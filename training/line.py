"""The networks of melody and bass: which pitch sounds, where its notes begin, whether somebody sings.

The same weights look at the spectrum around each pitch, so the network is blind to transposition but for a faint
sense of register. What it hears of the other pitches is what stands out most and what has led in the last seconds.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from performia_desktop.analysis import line_net, net
from performia_desktop.analysis.features import PITCH_FPS
from training import dataset
from training.tasks import Batch, Excerpt, Rng, Task, disturb, padded, shifted

F32 = NDArray[np.float32]
UNKNOWN = -1
_FRAMES = 280
_BESIDE = 35
"""How much a note begins, in hundredths, in the frames beside that in which it does."""
_CHORAL = "choir"


class LineNet(nn.Module):
    """(B, F, 2, 84) views and (B, F, 2, 73) bands to (B, F, count, 3) and (B, F, whole).

    They are also given the bands at each pitch's harmonics, (B, count, F, 2 * harmonics).
    """

    def __init__(
        self,
        line: line_net.Range,
        scale: F32,
        whole: int,
        channels: int = 16,
        frame: int = 24,
        dropout: float = 0.12,
    ) -> None:
        super().__init__()
        self.register_buffer("scale", torch.from_numpy(scale))
        self.register_buffer("register", torch.from_numpy(line.register), persistent=False)
        self.enter = nn.Conv2d(2, channels, (line_net.WINDOW, 1))
        self.struck = nn.Conv2d(2 * len(line.harmonics), channels, (1, 5), padding=(0, 2), bias=False)
        self.place = nn.Linear(2, channels, bias=False)
        self.time1 = nn.Conv2d(channels, channels, (1, 5), padding=(0, 2))
        self.bands1 = nn.Conv1d(len(scale), frame, 5, padding=2)
        self.bands2 = nn.Conv1d(frame, frame, 5, padding=8, dilation=4)
        self.bands3 = nn.Conv1d(frame, frame, 5, padding=32, dilation=16)
        self.pool1 = nn.Conv1d(frame + 2 * channels, frame, 1)
        self.here = nn.Conv2d(channels, channels, 1)
        self.around = nn.Conv1d(frame, channels, 1)
        self.before = nn.Conv2d(channels, channels, 1, bias=False)
        self.time2 = nn.Conv2d(channels, channels, (1, 5), padding=(0, 6), dilation=(1, 3))
        self.time3 = nn.Conv2d(channels, channels, (1, 5), padding=(0, 18), dilation=(1, 9))
        self.pool2 = nn.Conv1d(frame + 2 * channels, frame, 1)
        self.heads = nn.Conv2d(channels, 3, 1)
        self.whole = nn.Conv1d(frame, whole, 1)
        self._padding = line.padding
        self._dropout = dropout

    def forward(self, views: Tensor, level: Tensor, struck: Tensor) -> tuple[Tensor, Tensor]:
        def drop(h: Tensor) -> Tensor:
            """Drop channels of pitches (or frames) for the whole excerpt: cheap, and enough."""
            if not self.training:
                return h
            kept = torch.rand((*h.shape[:-1], 1)) > self._dropout
            return h * (kept / (1 - self._dropout))

        def pooled(h: Tensor, g: Tensor) -> Tensor:
            return torch.cat([g, h.amax(2), h.mean(2)], 1)

        x = functional.pad(views, self._padding).permute(0, 2, 3, 1)
        register = self.place(self.register).T[None, :, :, None]
        h = functional.elu(self.enter(x) + self.struck(struck.permute(0, 3, 1, 2)) + register)
        h = h + functional.elu(self.time1(h))
        g = functional.elu(self.bands1((level.flatten(2) / self.scale).transpose(1, 2)))
        g = g + functional.elu(self.bands2(drop(g)))
        g = g + functional.elu(self.bands3(g))
        g = functional.elu(self.pool1(drop(pooled(h, g))))
        h = functional.elu(self.here(h) + self.around(g)[:, :, None] + self.before(_neighbourhood(h)))
        h = h + functional.elu(self.time2(drop(h)))
        h = h + functional.elu(self.time3(h))
        g = functional.elu(self.pool2(drop(pooled(h, g))))
        return self.heads(h).permute(0, 3, 2, 1), self.whole(g).transpose(1, 2)


def _neighbourhood(h: Tensor) -> Tensor:
    """Average (B, C, P, T) over some seconds and semitones around."""
    return _moving_mean(_moving_mean(h, line_net.NEAR, 2), line_net.SLOW, 3)


def _moving_mean(h: Tensor, reach: int, axis: int) -> Tensor:
    count = h.shape[axis]
    edge = list(h.shape)
    edge[axis] = 1
    total = torch.cat([h.new_zeros(edge), h.cumsum(axis)], axis)
    places = torch.arange(count)
    first, last = (places - reach).clamp(min=0), (places + reach + 1).clamp(max=count)
    size = (last - first).to(h.dtype)
    shape = [-1 if k == axis else 1 for k in range(h.dim())]
    return (total.index_select(axis, last) - total.index_select(axis, first)) / size.view(shape)


class LineTask(Task):
    """A line of notes: its pitch and silence, the beginnings of its notes, and whether somebody sings it.

    `part` names its notes in an excerpt; `voices`: whether the network tells about singing; `beginnings`: how much
    these count in the loss; `echoes`: the share of excerpts that get one more. It goes on from the averaged weights in
    `start`, if that is given.
    """

    folders = ("data", *dataset.LINES)
    batch_size = 5
    half = False
    line: line_net.Range
    part: str
    voices: bool
    beginnings: float
    echoes: float

    def __init__(self, start: Path | None = None) -> None:
        self._start = start

    def read(self, path: Path) -> Excerpt | None:
        with np.load(path) as d:
            if self.part not in d:
                return None
            facts = json.loads(str(d["facts"]))
            views = np.stack([d["notes"], d["spectrum"]], axis=1)
            bands = d["bands"]
            level = line_net.twice(bands, slice(0, len(views)), net.mean_bands(bands)).astype(np.float16)
            notes, sung = d[self.part], bool(d["sung"])
        pitch = _pitches(notes, len(views), self.line)
        if (pitch == UNKNOWN).all():
            return None
        voice = np.full(len(views), UNKNOWN if facts["ensemble"] == _CHORAL else 0, np.int16)
        if sung:
            times = line_net.times(len(views))
            for start, end, _ in notes:
                voice[(times >= start) & (times < end + 0.2)] = 1
        y = np.column_stack([pitch, voice, _beginnings(notes, len(views))])
        return Excerpt(facts["song"], facts, (views, level, y))

    def build(self, excerpts: list[Excerpt]) -> nn.Module:
        if self._start:
            state = torch.load(self._start, weights_only=True)
            module = LineNet(self.line, state["scale"].numpy(), 1 + self.voices)
            module.load_state_dict(state)
            return module
        some = [e.arrays[1].astype(np.float32) for e in excerpts[:: max(1, len(excerpts) // 300)]]
        scale = np.mean([(x - x.mean(axis=(0, 1))).std(axis=(0, 1)) for x in some], axis=0) + 1e-3
        # the weights ship in float16, so the network learns with what it will be given
        return LineNet(self.line, np.tile(scale.astype(np.float16).astype(np.float32), 2), 1 + self.voices)

    def crop(self, excerpt: Excerpt, rng: Rng) -> tuple[NDArray[Any], ...]:
        views, level, y = excerpt.arrays
        start = int(rng.integers(max(1, len(views) - _FRAMES + 1)))
        cut = slice(start, start + _FRAMES)
        x, level = (padded(a[cut], _FRAMES).astype(np.float32) for a in (views, level))
        y = padded(y[cut], _FRAMES, UNKNOWN).astype(np.int64)
        shift = int(rng.integers(-6, 7))
        x = shifted(x, shift)
        _move(y[:, 0], shift, self.line)
        if rng.random() < self.echoes:
            _echo(x, level, rng)
        disturb(x, rng, tilt=0.7, noise=0.1, each=0.25)
        struck = line_net.at_harmonics(level, self.line, shift)
        each = rng.standard_normal((len(struck), 1, len(self.line.harmonics))) * rng.uniform(0, 0.05)
        struck += np.tile(each, 2).astype(np.float32)
        level += (rng.standard_normal(level.shape[2]) * rng.uniform(0, 0.1)).astype(np.float32)
        return x, level, struck, y

    def whole(self, excerpt: Excerpt) -> tuple[NDArray[Any], ...]:
        views, level, y = excerpt.arrays
        level = level.astype(np.float32)
        return views.astype(np.float32), level, line_net.at_harmonics(level, self.line), y.astype(np.int64)

    def loss(self, module: nn.Module, batch: Batch) -> tuple[Tensor, dict[str, float]]:
        views, level, struck, y = batch
        cells, whole = module(views, level, struck)
        pitch, voice, onsets = y[:, :, 0], y[:, :, 1], y[:, :, 2:]
        count = self.line.count
        logits = torch.cat([cells[:, :, :, 0], whole[:, :, :1]], 2)
        known, sounding = pitch >= 0, (pitch >= 0) & (pitch < count)
        sounds = functional.cross_entropy(
            logits.reshape(-1, count + 1), pitch.reshape(-1), ignore_index=UNKNOWN,
            label_smoothing=0.03 if module.training else 0.0,
        )  # fmt: skip
        there = pitch.clamp(0, count - 1)[:, :, None, None].expand(-1, -1, 1, 2)
        begins = _binary(cells[:, :, :, 1:].gather(2, there)[:, :, 0], onsets / 100, sounding[:, :, None])
        best = logits.argmax(2)
        parts = {
            "line": sounds,
            "onset": begins,
            "right": (best == pitch).float()[known].mean(),
            "sounds": ((best < count) == (pitch < count)).float()[known].mean(),
            "pitch": (logits[:, :, :count].argmax(2) == pitch).float()[sounding].mean(),
        }
        total = sounds + self.beginnings * begins
        if self.voices:
            parts["voice"] = _binary(whole[:, :, 1], voice, voice >= 0)
            total = total + 0.2 * parts["voice"]
        return total, {k: float(v.detach()) for k, v in parts.items()}


class Melody(LineTask):
    """The leading line: its pitch and silence, the beginnings of its notes, and whether it is sung."""

    name = "melody"
    line = line_net.LEAD
    part = "lead"
    voices = True
    beginnings = 0.7
    echoes = 0.0


class Bass(LineTask):
    """The bass: its pitch and silence, and the beginnings of its notes."""

    name = "bass"
    shares = (0.5, 0.3, 0.2)
    line = line_net.BASS
    part = "bass"
    voices = False
    beginnings = 2.0
    echoes = 0.3


class BassAgain(Bass):
    """The bass: its pitch and silence, and the beginnings of its notes; learned again in more echo."""

    name = "bass-again"
    echoes = 0.7


class BassInRooms(Bass):
    """The bass: its pitch and silence, and the beginnings of its notes; learned again in more echo and in rooms."""

    name = "bass-in-rooms"
    folders = (*Bass.folders, *dataset.BASS_AGAIN)
    shares = (0.35, 0.2, 0.15, 0.3)
    echoes = 0.5


def _binary(logits: Tensor, target: Tensor, known: Tensor) -> Tensor:
    """Return the mean cross-entropy where something is known."""
    each = functional.binary_cross_entropy_with_logits(logits, target.clamp(0, 1).float(), reduction="none")
    some = known.expand_as(each).float()
    return (each * some).sum() / some.sum().clamp(min=1)


def _pitches(notes: NDArray[np.float64], count: int, line: line_net.Range) -> NDArray[np.int16]:
    """Return (count,): class of the pitch that sounds of notes (start, end, MIDI); `line.count` for none."""
    y = np.full(count, line.count, np.int16)
    times = line_net.times(count)
    for start, end, midi in notes:
        pitch = round(midi) - line.lowest
        y[(times >= start - 0.01) & (times < end)] = pitch if 0 <= pitch < line.count else UNKNOWN
    return y


def _beginnings(notes: NDArray[np.float64], count: int) -> NDArray[np.int16]:
    """Return in hundredths how much a note begins, (count, 2), at both frames of the pitch view that make one."""
    y = np.zeros(2 * count, np.int16)
    for start in notes[:, 0]:
        near = np.abs(np.arange(2 * count) - start * PITCH_FPS)
        y = np.maximum(y, np.select([near <= 0.5, near <= 1.5], [100, _BESIDE])).astype(np.int16)
    return y.reshape(count, 2)


def _move(pitch: NDArray[np.int64], shift: int, line: line_net.Range) -> None:
    """Move classes by `shift` semitones, in place."""
    sounding = (pitch >= 0) & (pitch < line.count)
    pitch[sounding] += shift
    pitch[(pitch < 0) | (sounding & (pitch >= line.count))] = UNKNOWN


def _echo(views: F32, level: F32, rng: Rng) -> None:
    """Let everything ring on, in place, as in a room: what has sounded falls steadily, in dB, below what sounds.

    Views are (F, 2, 84), a square and a cube root, the level (F, 2, 73) is a decimal logarithm.
    """
    drop, fall = rng.uniform(0.2, 0.9), 3 / rng.uniform(0.4, 2.2) / PITCH_FPS
    before = level.mean(axis=(0, 1))
    tail = np.full(level.shape[2], -np.inf, np.float32)
    for row in level.reshape(-1, level.shape[2]):
        np.maximum(tail - np.float32(fall), row - np.float32(drop), out=tail)
        np.maximum(row, tail, out=row)
    level -= level.mean(axis=(0, 1)) - before
    roots = np.array([[1 / 2], [1 / 3]])
    softer, fading = (np.float32(10) ** (-by * roots).astype(np.float32) for by in (drop, 2 * fall))
    tail = np.zeros(views.shape[1:], np.float32)
    for frame in views:
        np.maximum(tail * fading, frame * softer, out=tail)
        np.maximum(frame, tail, out=frame)
