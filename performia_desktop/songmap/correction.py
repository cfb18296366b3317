"""What every correction is: something that holds at a time in the song, and makes another song of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import ClassVar

from performia_desktop.songmap.model import SongMap


class Correction:
    """One thing put right; `name` is its word in files."""

    name: ClassVar[str]

    def apply(self, song: SongMap) -> SongMap:
        """Return the song with this put right."""
        raise NotImplementedError


def require(holds: bool, correction: Correction) -> None:
    """Raise ValueError where what was read from a file is no correction."""
    if not holds:
        raise ValueError(f"not a correction: {correction!r}")


def nearest(times: Sequence[float], time: float) -> int:
    """Return the index of the time that is closest; there must be one."""
    after = bisect_right(times, time)
    return min((i for i in (after - 1, after) if 0 <= i < len(times)), key=lambda i: abs(times[i] - time))
