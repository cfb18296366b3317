"""Filters on spectra, each of which listens to a few neighbouring lines only.

Multiplying by them as one dense matrix would be spent on zeros: neighbouring filters are taken together, and each group
is multiplied with the lines that it listens to.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
Floats = NDArray[np.float64]

_GROUP: Final = 24
"""Filters: fewer cost more calls, more cost more zeros."""


class Filters:
    """A matrix (lines, filters) of which each column is zero but for a stretch.

    Attributes
    ----------
    lines : how many of a spectrum's lines are listened to; the ones above may be left out
    """

    def __init__(self, matrix: F32) -> None:
        self._count = matrix.shape[1]
        self._groups: list[tuple[slice, slice, F32]] = []
        for first in range(0, self._count, _GROUP):
            columns = slice(first, first + _GROUP)
            heard = np.flatnonzero(matrix[:, columns].any(axis=1))
            lines = slice(int(heard[0]), int(heard[-1]) + 1) if len(heard) else slice(0, 0)
            self._groups.append((lines, columns, np.ascontiguousarray(matrix[lines, columns])))
        self.lines = max(lines.stop for lines, _, _ in self._groups)

    def of(self, spectra: F32) -> F32:
        """Return what the filters let through of spectra (frames, at least `lines`): (frames, filters)."""
        out = np.empty((len(spectra), self._count), np.float32)
        for lines, columns, weights in self._groups:
            np.matmul(spectra[:, lines], weights, out=out[:, columns])
        return out


def log_bands(
    size: int, rate: float, per_octave: int = 24, low: float = 30.0, high: float = 10500.0
) -> tuple[F32, Floats]:
    """Return triangular filters (size // 2 + 1, bands), unnormalised as in SuperFlux, and their centres in Hz."""
    edges = low * 2 ** (np.arange(np.log2(high / low) * per_octave + 1) / per_octave)
    bins = np.unique(np.round(edges * size / rate).astype(int))
    filters = np.zeros((size // 2 + 1, len(bins) - 2), np.float32)
    for k in range(len(bins) - 2):
        a, b, c = bins[k : k + 3]
        filters[a:b, k] = np.linspace(0, 1, b - a, endpoint=False)
        filters[b:c, k] = np.linspace(1, 0, c - b, endpoint=False)
    return filters, bins[1:-1] * rate / size


def peaked(centres: Floats, half_width: Floats, size: int, rate: float) -> F32:
    """Return triangular kernels (size // 2 + 1, centres), each adding up to one and at least a line wide; Hz."""
    lines = np.fft.rfftfreq(size, 1 / rate)
    kernels = np.maximum(0, 1 - np.abs(lines[:, None] - centres) / np.maximum(half_width, rate / size))
    kernels /= kernels.sum(axis=0) + 1e-9
    return kernels.astype(np.float32)
