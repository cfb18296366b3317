"""What small convolutional networks are made of, in plain numpy and float32."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
_Float = TypeVar("_Float", np.float32, np.float64)


def convolve(x: F32, weight: F32, bias: F32, dilation: int = 1) -> F32:
    """Convolve along the last but one axis of x (..., T, in) with weight (taps, in, out), same length."""
    taps = len(weight)
    if taps == 1:
        out: F32 = x @ weight[0] + bias
        return out
    reach = taps // 2 * dilation
    length = x.shape[-2]
    padded = np.zeros((*x.shape[:-2], length + 2 * reach, x.shape[-1]), np.float32)
    padded[..., reach : reach + length, :] = x
    out = padded[..., :length, :] @ weight[0]
    shifted = np.empty_like(out)
    for tap in range(1, taps):
        out += np.matmul(padded[..., tap * dilation : tap * dilation + length, :], weight[tap], out=shifted)
    out += bias
    return out


def elu(x: F32) -> F32:
    y: F32 = np.minimum(x, 0)
    np.exp(y, out=y)  # vectorised in float32, unlike expm1
    y -= 1
    return np.maximum(x, y, out=y)  # exp(x) - 1 is no less than x, and 0 where x is above


def log_softmax(x: NDArray[_Float]) -> NDArray[_Float]:
    shifted = x - x.max(axis=-1, keepdims=True)
    y: NDArray[_Float] = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return y


def log_odds(log_probability: NDArray[np.floating]) -> NDArray[np.floating]:
    odds: NDArray[np.floating] = log_probability - np.log1p(-np.exp(np.minimum(log_probability, -1e-6)))
    return odds


def between(x: NDArray[np.floating], places: NDArray[np.float64], columns: NDArray[np.int64] | None = None) -> F32:
    """Interpolate the rows of x, or of each row one of `columns`, at fractional places; the ends go on."""
    places = np.clip(places, 0, len(x) - 1)
    first = np.minimum(places.astype(int), max(0, len(x) - 2))
    second = np.minimum(first + 1, len(x) - 1)
    one, other = (x[rows] if columns is None else x[rows, columns] for rows in (first, second))
    share = (places - first).astype(np.float32).reshape(-1, *[1] * (one.ndim - 1))
    value: F32 = one.astype(np.float32) * (1 - share) + other.astype(np.float32) * share
    return value


def pieces(length: int, piece: int, margin: int) -> list[tuple[slice, slice, slice]]:
    """Return (what to read, what of the result to keep, where it goes) for each piece."""
    out = []
    for first in range(0, max(length, 1), piece):
        last = min(length, first + piece)
        begin, end = max(0, first - margin), min(length, last + margin)
        out.append((slice(begin, end), slice(first - begin, last - begin), slice(first, last)))
    return out
