"""The networks as PyTorch modules, and their weights in the layout that performia_desktop.analysis.net reads."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from performia_desktop.analysis import net

F32 = NDArray[np.float32]
_NEAR, _WIDE = 64, 200  # chord frames on either side, for the key


class _Block(nn.Module):
    def __init__(self, channels: int, dilation: int, dropout: float) -> None:
        super().__init__()
        self.wide = nn.Conv1d(channels, channels, 5, padding=2 * dilation, dilation=dilation)
        self.back = nn.Conv1d(channels, channels, 1)
        self._dropout = dropout

    def forward(self, x: Tensor) -> Tensor:
        y = functional.dropout(functional.elu(self.wide(x)), self._dropout, self.training)
        out: Tensor = x + self.back(y)
        return out


class BeatNet(nn.Module):
    """(B, 81, T) to (B, 6, T): beat, downbeat, three meters, ternary division."""

    def __init__(self, mean: F32, scale: F32, channels: int = 48, blocks: int = 9, dropout: float = 0.12) -> None:
        super().__init__()
        self.register_buffer("mean", torch.from_numpy(mean))
        self.register_buffer("scale", torch.from_numpy(scale))
        self.first = nn.Conv1d(len(mean), channels, 5, padding=2)
        self.second = nn.Conv1d(channels, channels, 3, padding=1)
        self.blocks = nn.ModuleList(_Block(channels, 2**k, dropout) for k in range(blocks))
        self.out = nn.Conv1d(channels, 6, 1)
        self._dropout = dropout

    def forward(self, x: Tensor) -> Tensor:
        x = (x - self.mean[:, None]) / self.scale[:, None]
        x = functional.dropout(functional.elu(self.first(x)), self._dropout, self.training)
        x = functional.elu(self.second(x))
        for block in self.blocks:
            x = block(x)
        out: Tensor = self.out(functional.elu(x))
        return out


class ChordNet(nn.Module):
    """(B, C, 2, 84) to (B, C, 157 + 12 + 12), see `net.chord_evidence`, + 24.

    The key of the last 24 only teaches the layers below: beside the rules of `analysis.key` it gained nothing, and it
    does not ship.
    """

    def __init__(self, channels: int = 48, mixed: int = 24, dropout: float = 0.25) -> None:
        super().__init__()
        qualities = len(net.QUALITIES)
        self.enter = nn.Linear(2 * net._WINDOW, channels)
        self.time1 = nn.Conv1d(channels, channels, 5, padding=2)
        self.mix = nn.Conv1d(channels, mixed, 12)
        self.join = nn.Linear(channels + mixed, channels)
        self.time2 = nn.Conv1d(channels, channels, 5, padding=8, dilation=4)
        self.time3 = nn.Conv1d(channels, channels, 5, padding=24, dilation=12)
        self.heads = nn.Linear(channels, qualities + 2)
        self.none = nn.Linear(channels, 1)
        self.key1 = nn.Linear(2 * channels, 24)
        self.key2 = nn.Linear(24, 2)
        self._dropout = dropout

    def forward(self, x: Tensor) -> Tensor:
        batch, count = x.shape[:2]
        roots = x.unfold(3, net._WINDOW, 1)[:, :, :, :12].permute(0, 3, 1, 2, 4).reshape(batch * 12, count, -1)

        def in_time(layer: nn.Conv1d, h: Tensor) -> Tensor:
            return h + functional.elu(layer(h.transpose(1, 2)).transpose(1, 2))

        def drop(h: Tensor) -> Tensor:
            return functional.dropout(h, self._dropout, self.training)

        h = in_time(self.time1, drop(functional.elu(self.enter(roots))))
        channels = h.shape[2]
        circle = h.view(batch, 12, count, channels).permute(0, 2, 3, 1).reshape(batch * count, channels, 12)
        circle = functional.elu(self.mix(torch.cat([circle, circle[:, :, :11]], 2)))
        circle = circle.view(batch, count, -1, 12).permute(0, 3, 1, 2).reshape(batch * 12, count, -1)
        h = drop(functional.elu(self.join(torch.cat([h, circle], 2))))
        h = in_time(self.time3, in_time(self.time2, h))
        heads = self.heads(h).view(batch, 12, count, -1).permute(0, 2, 3, 1)
        none = self.none(h.view(batch, 12, count, channels).mean(1))
        slow = torch.cat([_moving_mean(h, _NEAR), _moving_mean(h, _WIDE)], 2)
        key = self.key2(functional.elu(self.key1(drop(slow)))).view(batch, 12, count, 2).permute(0, 2, 3, 1)
        qualities = len(net.QUALITIES)
        return torch.cat(
            [
                heads[:, :, :qualities].reshape(batch, count, -1),
                none,
                heads[:, :, qualities],
                heads[:, :, qualities + 1],
                key.reshape(batch, count, -1),
            ],
            2,
        )


def _moving_mean(h: Tensor, reach: int) -> Tensor:
    size = 2 * reach + 1
    return functional.avg_pool1d(h.transpose(1, 2), size, 1, reach, count_include_pad=False).transpose(1, 2)


def _laid_out(layer: nn.Module, array: F32) -> F32:
    if isinstance(layer, nn.Conv1d):
        return array.transpose(2, 1, 0)
    if isinstance(layer, nn.Conv2d):  # over (pitch, time), one of the two at a time
        outputs, *_, times = array.shape
        return array.reshape(outputs, -1).T if times == 1 else array[:, :, 0].transpose(2, 1, 0)
    return array.T


def exported(module: nn.Module, state: dict[str, Tensor]) -> dict[str, NDArray[np.float16]]:
    """Return the weights for `net`: convolutions as (taps, in, out), linear layers as (in, out), in float16."""
    layers = dict(module.named_modules())
    out = {}
    for name, value in state.items():
        if name.startswith("key"):
            continue
        array = value.detach().float().numpy()
        if name.endswith("weight"):
            array = _laid_out(layers[name.rpartition(".")[0]], array)
        out[name] = array.astype(np.float16)
    return out
