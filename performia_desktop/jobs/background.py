"""One thread for what may take a while on a disk: work goes in, results come back to the window in order."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, Qt, QThreadPool, Signal, Slot

T = TypeVar("T")

_log = logging.getLogger(__name__)


class _Task(QRunnable):
    def __init__(self, work: Callable[[], Any], deliver: Callable[[Any, str | None], None]) -> None:
        super().__init__()
        self._work = work
        self._deliver = deliver

    def run(self) -> None:
        result, trouble = None, None
        try:
            result = self._work()
        except Exception:  # noqa: BLE001  (the edge of the thread: nothing may leave it untold)
            trouble = traceback.format_exc()
        self._deliver(result, trouble)


class Background(QObject):
    """Runs functions one after the other in a thread of its own."""

    bug = Signal(str)
    """The traceback of an exception that a function should have handled."""
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._unfinished = 0
        self._closed = False
        self._arrived.connect(self._call, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        return self._unfinished > 0

    def run(self, work: Callable[[], T], then: Callable[[T], None] | None = None) -> None:
        """Call `work` in the thread, then `then` with its result in this one. Nothing happens once closed."""
        if self._closed:
            return

        def deliver(result: T, trouble: str | None) -> None:
            self._arrived.emit((then, result, trouble))

        self._unfinished += 1
        self._pool.start(_Task(work, deliver))

    def wait(self, timeout_ms: int) -> bool:
        """Wait until what was asked for so far is done, and hand the results over; False if it takes too long."""
        done = self._pool.waitForDone(timeout_ms)
        QCoreApplication.sendPostedEvents(self)
        return done

    def close(self, timeout_ms: int) -> bool:
        """Do what was asked for, hand the results over, and take no more; False if that takes too long."""
        done = self.wait(timeout_ms)
        self._closed = True
        return done

    @Slot(object)
    def _call(self, arrival: tuple[Callable[[Any], None] | None, Any, str | None]) -> None:
        then, result, trouble = arrival
        self._unfinished -= 1
        if trouble is not None:
            _log.error("a background task broke\n%s", trouble)
            self.bug.emit(trouble)
        elif then is not None:
            then(result)
