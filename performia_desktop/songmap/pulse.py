"""The pulse at twice the tempo: with it a song is flipped to double, half or the offbeat without a new analysis.

The analysis leaves it in the map's provenance as ``pulse``: ``steps``, whole milliseconds, the first from the start
of the song and the others each from the one before; and ``slow_bar``, the milliseconds of one downbeat that would
also be one at half the tempo. A map without it (of another program, or of an older version) has none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, Final, TypeGuard

_FIELD: Final = "pulse"
_LONGEST: Final = 10**9  # milliseconds
_CENTRAL: Final = 0.25  # of an interval; nearer to a beat, a time is that beat's own onset


@dataclass(frozen=True, slots=True)
class Pulse:
    """`times` in seconds, ascending: all beats and what is between them; `slow_bar` in seconds, None if unknown."""

    times: tuple[float, ...] = ()
    slow_bar: float | None = None

    def between(self, start: float, end: float) -> float:
        """Return the time of the pulse nearest to half-way, half-way itself where there is none."""
        middle = (start + end) / 2
        margin = _CENTRAL * (end - start)
        first, last = bisect_right(self.times, start + margin), bisect_left(self.times, end - margin)
        return min(self.times[first:last], key=lambda time: abs(time - middle), default=round(middle, 3))

    def to_provenance(self) -> dict[str, Any]:
        """Return the provenance's part, nothing where there is no pulse."""
        if not self.times:
            return {}
        whole = [round(1000 * time) for time in self.times]
        steps = [whole[0], *(b - a for a, b in pairwise(whole))]
        slow = {} if self.slow_bar is None else {"slow_bar": round(1000 * self.slow_bar)}
        return {_FIELD: {"steps": steps, **slow}}


def of(provenance: Mapping[str, Any]) -> Pulse:
    """Return a map's pulse; an empty one where the provenance has none that could be right."""
    data = provenance.get(_FIELD)
    steps = data.get("steps") if isinstance(data, dict) else None
    if not isinstance(steps, list) or not all(map(_is_time, steps)):
        return Pulse()
    slow = data.get("slow_bar") if isinstance(data, dict) else None
    times = tuple(whole / 1000 for whole in accumulate(steps))
    return Pulse(times, slow / 1000 if _is_time(slow) else None)


def _is_time(value: object) -> TypeGuard[int]:
    return type(value) is int and 0 <= value <= _LONGEST
