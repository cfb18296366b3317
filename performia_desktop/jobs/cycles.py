"""Reference cycles are collected by the main thread alone while other threads are at work.

Python collects cycles in whichever thread happens to allocate. A closed dialog can be such a cycle; were it found by
the thread that writes the database, its widgets would be destroyed there while the main thread still delivers their
events, and the program dies. So Python's own collection is off, and a timer of the main thread does the same.

To look for cycles among many new jobs, which have none, takes longer than the window may stand still: nothing is
collected while they come.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

_INTERVAL_MS = 1_000


class CycleCollector(QObject):
    """Collects in the thread that it lives in, and nowhere else, between `begin` and `end`, but not while `busy`."""

    def __init__(self, parent: QObject | None = None, busy: Callable[[], bool] = lambda: False) -> None:
        super().__init__(parent)
        self._busy = busy
        self._was_enabled: bool | None = None
        self._timer = QTimer(self, interval=_INTERVAL_MS, timerType=Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self._collect)

    def begin(self) -> None:
        if self._was_enabled is None:
            self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer.start()

    def _collect(self) -> None:
        if not self._busy():
            collect_due()

    def end(self) -> None:
        self._timer.stop()
        if self._was_enabled:
            gc.enable()
        self._was_enabled = None


def collect_due() -> None:
    """Collect the oldest generation that is due by Python's own thresholds, and with it the younger ones."""
    due = [count > threshold for count, threshold in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    for generation in reversed(range(len(due))):
        if due[generation]:
            gc.collect(generation)
            return
