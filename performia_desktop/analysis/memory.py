"""Gives memory back to the system that the C library keeps for later.

A stage leaves holes where its arrays were; the next one's arrays are larger than each of them, so that over a long
recording the holes add up to more than what is in use.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import Any


def give_back() -> None:
    """Give back what is free; only glibc has to be asked."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Any:
    return getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
