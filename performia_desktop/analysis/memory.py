"""Gives memory back to the system that the C library keeps for later.

A stage leaves holes where its arrays were; the next one's arrays are larger than each of them, so that over a long
recording the holes add up to more than what is in use. Over a song they do not, and getting them back costs more.
"""

from __future__ import annotations

import ctypes
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any, Final

_MUCH: Final = 256 << 20
"""Bytes in use from which on it pays."""


def give_back() -> None:
    """Give back what is free, if much is held; only glibc has to be asked."""
    trim = _trim()
    if trim is not None and _resident() > _MUCH:
        trim(0)


def _resident() -> int:
    """Return the process's memory in bytes, 0 where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


@cache
def _trim() -> Any:
    return getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
