"""One thread for what may take a while on a disk: work goes in, results come back to the window in order."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, Qt, QThreadPool, Signal, SignalInstance, Slot

from performia_desktop.jobs.errand import Errand

T = TypeVar("T")

_log = logging.getLogger(__name__)


class _Task(QRunnable):
    def __init__(self, errand: Errand, arrived: SignalInstance) -> None:
        super().__init__()
        self._errand = errand
        self._arrived = arrived

    def run(self) -> None:
        try:
            self._errand.succeed(self._errand.do())
        except Exception:  # noqa: BLE001  (the edge of the thread: nothing may leave it untold)
            self._errand.fail(traceback.format_exc())
        self._arrived.emit(self._errand)


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
        self._arrived.connect(self._report, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        return self._unfinished > 0

    def run(self, work: Callable[[], T], then: Callable[[T], None] | None = None) -> None:
        """Call `work` in the thread, then `then` with its result in this one. Nothing happens once closed."""
        if self._closed:
            return
        self._unfinished += 1
        self._pool.start(_Task(Errand(work, then, self._on_trouble), self._arrived))

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
    def _report(self, errand: Errand) -> None:
        self._unfinished -= 1
        errand.report()

    def _on_trouble(self, trouble: str) -> None:
        _log.error("a background task broke\n%s", trouble)
        self.bug.emit(trouble)
