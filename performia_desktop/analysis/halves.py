"""Numbers of half precision, in which features are kept: what is done with each of very many.

NumPy turns each of them into single precision and back by itself, and those below the normal range ten times as slowly.
But there are only 65,536: what is asked of them all is worked out once, and then looked up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

F16 = NDArray[np.float16]
F32 = NDArray[np.float32]
_Number = TypeVar("_Number", np.float16, np.float32)

_BLOCK: Final = 4096  # rows at a time: NumPy makes eight bytes of each index
_NORMAL: Final = np.float32(2.0**-14)
_STEP: Final = np.float32(0.5)
"""Beside it, single precision has the steps that half precision has below `_NORMAL`."""
_ALL: Final = np.arange(1 << 16, dtype=np.uint16).view(np.float16).astype(np.float32)
"""Every number of half precision, in the order of its bits."""


def table(function: Callable[[F32], NDArray[_Number]]) -> NDArray[_Number]:
    """Return what a function of one number makes of all that there are, for `look_up`."""
    with np.errstate(all="ignore"):  # it is asked of those too that nobody will look up
        return function(_ALL)


def look_up(x: F16, values: NDArray[_Number], out: NDArray[_Number] | None = None) -> NDArray[_Number]:
    """Return a `table`'s values of each x, in `out` if that is given, which may be x itself."""
    found = np.empty(x.shape, values.dtype) if out is None else out
    for at in range(0, len(x), _BLOCK):
        values.take(
            x[at : at + _BLOCK].view(np.uint16), out=found[at : at + _BLOCK], mode="clip"
        )  # none is outside
    return found


def single(x: F16) -> F32:
    """Return the same in single precision."""
    return look_up(x, _ALL)


def half(x: F32) -> F16:
    """Round to half precision; x is not negative."""
    return np.where(x < _NORMAL, (x + _STEP) - _STEP, x).astype(np.float16)
