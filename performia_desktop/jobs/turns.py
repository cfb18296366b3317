"""Work that would hold the window up if it were done at once: done in pieces, a few in each turn of the event loop."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

_BUDGET_SEC: Final = 0.008
"""Of the thread's own time: no piece is begun in a turn that has taken longer."""


class Turns(QObject):
    """Does pieces of work one after the other; every few of them the window paints and hears the user.

    Each piece is to take some ten milliseconds at most, and to leave everything as the user may see it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pieces: deque[Callable[[], None]] = deque()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._next)

    @property
    def busy(self) -> bool:
        """Something is left to do."""
        return bool(self._pieces)

    def do(self, piece: Callable[[], None]) -> None:
        """Have a piece of work done in a later turn, after those before it."""
        self._pieces.append(piece)
        if not self._timer.isActive():
            self._timer.start()

    def forget(self) -> None:
        """Do nothing of what is left."""
        self._pieces.clear()
        self._timer.stop()

    def _next(self) -> None:
        begin = time.thread_time()
        done = []  # until the end: a piece may be the last that holds whom this belongs to
        while self._pieces and time.thread_time() - begin < _BUDGET_SEC:
            done.append(self._pieces.popleft())
            done[-1]()
        if not self._pieces:
            self._timer.stop()
