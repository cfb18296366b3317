"""How far a song is: stages weighed by the time they take, told at most ten times a second, never going back."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from performia_desktop.protocol import STAGES, Progress

WEIGHTS: Final = {
    "decode": 0.15,
    "features": 0.38,
    "beat": 0.11,
    "meter": 0.015,
    "chord": 0.1,
    "key": 0.015,
    "melody": 0.15,
    "bass": 0.04,
    "segment": 0.03,
    "lyrics": 0.005,
    "write": 0.005,
}
"""Each stage's share of the time of a four-minute song, measured."""

_INTERVAL: Final = 0.1

Emit = Callable[[Progress], None]


class Reporter:
    """Turns a stage's finished fraction into the job's progress."""

    def __init__(self, job_id: str, emit: Emit, clock: Callable[[], float] = time.monotonic) -> None:
        self._job_id = job_id
        self._emit = emit
        self._clock = clock
        self._stage = STAGES[0]
        self._progress = 0.0
        self._last = float("-inf")
        self.tick(0.0)

    def begin(self, stage: str) -> None:
        """Tell that a stage begins."""
        self._stage = stage
        self.tick(0.0)

    def end(self, stage: str) -> None:
        """Tell that a stage is done; the end of the last one is told however recent the last word is."""
        self._stage = stage
        if stage == STAGES[-1]:
            self._last = float("-inf")
        self.tick(1.0)

    def tick(self, fraction: float) -> None:
        """Tell that the stage is `fraction` done."""
        before = sum(WEIGHTS[stage] for stage in STAGES[: STAGES.index(self._stage)])
        reached = min(1.0, before + WEIGHTS[self._stage] * min(1.0, max(0.0, fraction)))
        self._progress = max(self._progress, reached)
        now = self._clock()
        if now - self._last < _INTERVAL:
            return
        self._last = now
        self._emit(Progress(self._job_id, round(self._progress, 4), self._stage))
