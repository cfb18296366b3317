"""The melody network: which pitch leads, where its notes begin, whether somebody sings.

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

from performia_desktop.analysis import lead_net
from training.tasks import Batch, Excerpt, Rng, Task, padded, shifted

F32 = NDArray[np.float32]
_UNKNOWN = -1
_CHORAL = "choir"


class MelodyNet(nn.Module):
    """(B, T, 2, 84) views and (B, T, 73) bands to (B, T, 57 + 57 + 2): lead, onset, none and voice."""

    def __init__(self, scale: F32, channels: int = 16, frame: int = 24, dropout: float = 0.12) -> None:
        super().__init__()
        self.register_buffer("scale", torch.from_numpy(scale))
        self.register_buffer("register", torch.from_numpy(lead_net.REGISTER), persistent=False)
        self.enter = nn.Conv2d(2, channels, (lead_net.WINDOW, 1))
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
        self.heads = nn.Conv2d(channels, 2, 1)
        self.whole = nn.Conv1d(frame, 2, 1)
        self._dropout = dropout

    def forward(self, views: Tensor, bands: Tensor) -> Tensor:
        def drop(h: Tensor) -> Tensor:
            """Drop channels of pitches (or frames) for the whole excerpt: cheap, and enough."""
            if not self.training:
                return h
            kept = torch.rand((*h.shape[:-1], 1)) > self._dropout
            return h * (kept / (1 - self._dropout))

        def pooled(h: Tensor, g: Tensor) -> Tensor:
            return torch.cat([g, h.amax(2), h.mean(2)], 1)

        x = functional.pad(views, (lead_net.BELOW, lead_net.ABOVE)).permute(0, 2, 3, 1)
        h = functional.elu(self.enter(x) + self.place(self.register).T[None, :, :, None])
        h = h + functional.elu(self.time1(h))
        g = functional.elu(self.bands1((bands / self.scale).transpose(1, 2)))
        g = g + functional.elu(self.bands2(drop(g)))
        g = g + functional.elu(self.bands3(g))
        g = functional.elu(self.pool1(drop(pooled(h, g))))
        h = functional.elu(self.here(h) + self.around(g)[:, :, None] + self.before(_neighbourhood(h)))
        h = h + functional.elu(self.time2(drop(h)))
        h = h + functional.elu(self.time3(h))
        g = functional.elu(self.pool2(drop(pooled(h, g))))
        cells = self.heads(h)
        return torch.cat([cells[:, 0], cells[:, 1], self.whole(g)], 1).transpose(1, 2)


def _neighbourhood(h: Tensor) -> Tensor:
    """Average (B, C, P, T) over some seconds and semitones around."""
    return _moving_mean(_moving_mean(h, lead_net.NEAR, 2), lead_net.SLOW, 3)


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


class Melody(Task):
    """The leading line: its pitch and silence, the beginnings of its notes, and whether it is sung."""

    name = "melody"
    batch_size = 5
    half = False
    _frames = 280

    def read(self, path: Path) -> Excerpt | None:
        with np.load(path) as d:
            facts = json.loads(str(d["facts"]))
            views = np.stack([d["notes"], d["spectrum"]], axis=1)
            bands = lead_net.bands_at(d["bands"], len(views)).astype(np.float16)
            lead, sung = d["lead"], bool(d["sung"])
        y = _targets(lead, len(views))
        voice = np.full(len(views), _UNKNOWN if facts["ensemble"] == _CHORAL else 0, np.int16)
        if sung and len(lead):
            times = lead_net.times(len(views))
            for start, end, _ in lead:
                voice[(times >= start) & (times < end + 0.2)] = 1
        if (y[:, 0] == _UNKNOWN).all():
            return None
        return Excerpt(facts["song"], facts, (views, bands, np.column_stack([y, voice])))

    def build(self, excerpts: list[Excerpt]) -> nn.Module:
        some = [e.arrays[1].astype(np.float32) for e in excerpts[:: max(1, len(excerpts) // 300)]]
        scale = np.mean([(x - x.mean(axis=0)).std(axis=0) for x in some], axis=0) + 1e-3
        # the weights ship in float16, so the network learns with what it will be given
        return MelodyNet(scale.astype(np.float16).astype(np.float32))

    def crop(self, excerpt: Excerpt, rng: Rng) -> tuple[NDArray[Any], ...]:
        views, bands, y = excerpt.arrays
        start = int(rng.integers(max(1, len(views) - self._frames + 1)))
        cut = slice(start, start + self._frames)
        x = padded(views[cut], self._frames).astype(np.float32)
        bands = padded(bands[cut], self._frames).astype(np.float32)
        y = padded(y[cut], self._frames, _UNKNOWN).astype(np.int64)
        shift = int(rng.integers(-6, 7))
        moved = shifted(x, shift)
        sounding = (y[:, 0] >= 0) & (y[:, 0] < lead_net.COUNT)
        y[sounding, 0] += shift
        y[(y[:, 0] < 0) | (sounding & (y[:, 0] >= lead_net.COUNT)), 0] = _UNKNOWN
        if rng.random() < 0.7:
            moved *= np.exp(rng.uniform(-0.7, 0.7) * np.linspace(-1, 1, 84)).astype(np.float32)
        if rng.random() < 0.5:
            moved += np.abs(rng.standard_normal(moved.shape, np.float32)) * np.float32(rng.uniform(0, 0.1))
        if rng.random() < 0.5:
            moved *= np.exp(rng.standard_normal((1, 2, 84)) * rng.uniform(0, 0.25)).astype(np.float32)
        bands = bands + (rng.standard_normal(bands.shape[1]) * rng.uniform(0, 0.1)).astype(np.float32)
        return moved, bands, y

    def whole(self, excerpt: Excerpt) -> tuple[NDArray[Any], ...]:
        views, bands, y = excerpt.arrays
        return views.astype(np.float32), bands.astype(np.float32), y.astype(np.int64)

    def loss(self, module: nn.Module, batch: Batch) -> tuple[Tensor, dict[str, float]]:
        views, bands, y = batch
        out = module(views, bands).float()
        pitch, onset, voice = y.unbind(2)
        count = lead_net.COUNT
        logits = torch.cat([out[:, :, :count], out[:, :, 2 * count : 2 * count + 1]], 2)
        lead = functional.cross_entropy(
            logits.reshape(-1, count + 1), pitch.reshape(-1), ignore_index=_UNKNOWN, reduction="mean",
            label_smoothing=0.03 if module.training else 0.0,
        )  # fmt: skip
        along = out[:, :, count : 2 * count].gather(2, pitch.clamp(0, count - 1)[:, :, None])[:, :, 0]
        sounding = ((pitch >= 0) & (pitch < count)).float()
        begins = functional.binary_cross_entropy_with_logits(along, onset / 100, reduction="none")
        begins = (begins * sounding).sum() / sounding.sum().clamp(min=1)
        known = (voice >= 0).float()
        sings = functional.binary_cross_entropy_with_logits(
            out[:, :, 2 * count + 1], voice.clamp(0, 1).float(), reduction="none"
        )
        sings = (sings * known).sum() / known.sum().clamp(min=1)
        best = logits.argmax(2)
        parts = {
            "lead": lead,
            "onset": begins,
            "voice": sings,
            "right": (best == pitch).float()[pitch >= 0].mean(),
            "leads": ((best < count) == (pitch < count)).float()[pitch >= 0].mean(),
            "pitch": (logits[:, :, :count].argmax(2) == pitch).float()[sounding > 0].mean(),
        }
        return lead + 0.5 * begins + 0.2 * sings, {k: float(v.detach()) for k, v in parts.items()}


class MelodyAgain(Melody):
    """The leading line: its pitch and silence, its notes, if it is sung; learned again with interludes."""

    name = "melody-again"
    folders = ("data", "interludes")

    def __init__(self, start: Path) -> None:
        self._start = start

    def build(self, excerpts: list[Excerpt]) -> nn.Module:  # noqa: ARG002  the scale of its inputs stays
        state = torch.load(self._start, weights_only=True)
        module = MelodyNet(state["scale"].numpy())
        module.load_state_dict(state)
        return module


def _targets(lead: NDArray[np.float64], count: int) -> NDArray[np.int16]:
    """Return (count, 2): class of the leading pitch (COUNT for none), and onsets in hundredths."""
    y = np.zeros((count, 2), np.int16)
    y[:, 0] = lead_net.COUNT
    times = lead_net.times(count)
    for start, end, midi in lead:
        pitch = round(midi) - lead_net.LOWEST
        inside = (times >= start - 0.01) & (times < end)
        y[inside, 0] = pitch if 0 <= pitch < lead_net.COUNT else _UNKNOWN
    for start in lead[:, 0]:
        near = np.abs(times - start) / (lead_net.STEP_SEC)
        y[:, 1] = np.maximum(y[:, 1], np.select([near <= 0.5, near <= 1.5], [100, 30]))
    return y
