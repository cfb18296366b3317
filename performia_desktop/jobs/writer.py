"""The one thread that owns the store and does everything with it, in the order in which it was asked.

The window never waits for a disk or a lock: it submits operations and is called back. What a lock, a full disk or
an unplugged one keeps from happening is tried again twice a second, with everything after it waiting in order;
nothing is dropped.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import traceback
from collections.abc import Callable
from typing import Final, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThread, Signal, SignalInstance, Slot

from performia_desktop.jobs.database import DatabaseBug, DatabaseError, KnownDatabaseError
from performia_desktop.jobs.errand import Errand
from performia_desktop.jobs.store import Store
from performia_desktop.paths import Paths

T = TypeVar("T")

_RETRY_SECONDS: Final = 0.5
_log = logging.getLogger(__name__)


class _GivenUp(Exception):
    """The program ends although an operation is still blocked."""


class Writer(QThread):
    """Runs operations on the store in its own thread; start it once, close it before the program ends.

    All signals and callbacks arrive in the thread that made the writer, in the order of what they tell.

    Signals
    -------
    opened(notice)
        The store is open; notice is a sentence about what happened to the old database, or None.
    refused(error)
        The store cannot be opened (DatabaseError); every operation fails with that error.
    blocked(sentence), unblocked()
        An operation, or the opening, waits for the world; and works again.
    bug(error)
        An operation failed for good and had nobody to tell (DatabaseError).
    """

    opened = Signal(object)
    refused = Signal(object)
    blocked = Signal(str)
    unblocked = Signal()
    bug = Signal(object)
    _deliver = Signal(object)

    def __init__(self, paths: Paths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("store writer")
        self._paths = paths
        self._errands: queue.SimpleQueue[Errand | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._unfinished = 0
        self._closed = False
        self._is_blocked = False
        self._is_refused = False
        self._give_up = threading.Event()
        self._deliver.connect(self._run_callback, Qt.ConnectionType.QueuedConnection)

    @property
    def pending(self) -> int:
        """How many operations have not been done yet."""
        with self._lock:
            return self._unfinished

    @property
    def is_blocked(self) -> bool:
        return self._is_blocked

    def submit(
        self,
        operation: Callable[[Store], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[DatabaseError], None] | None = None,
    ) -> None:
        """Have an operation done after those before it; the callbacks run in the thread that made the writer.

        A blocked operation is repeated from its start: let it be one call of the store, or one `transaction()`.

        Raises
        ------
        RuntimeError
            The writer was closed.
        """
        with self._lock:
            if self._closed:
                raise RuntimeError("the writer is closed")
            self._unfinished += 1
        self._errands.put(Errand(operation, done, failed or self._on_failed))

    def close(self, timeout_ms: int) -> bool:
        """Do everything submitted so far, close the store and end the thread.

        Callbacks of what was done run before this returns. False if that takes longer than `timeout_ms`, because
        the world blocks it: call again to wait on, or `give_up`.
        """
        with self._lock:
            first, self._closed = not self._closed, True
            if self._is_blocked and not self._unfinished:  # in the opening, for which nobody waits any more
                self._give_up.set()
        if first:
            self._errands.put(None)
        if self.isRunning() and not self.wait(timeout_ms):
            return False
        QCoreApplication.sendPostedEvents(self)
        return self.pending == 0

    def give_up(self) -> int:
        """End the thread although operations wait, and return how many are lost."""
        with self._lock:
            self._closed = True
        self._give_up.set()
        self._errands.put(None)
        self.wait()
        QCoreApplication.sendPostedEvents(self)
        return self.pending

    def run(self) -> None:
        """Own the store; not called by anybody but Qt."""
        try:
            self._own_store()
        except _GivenUp:
            if self.pending:
                _log.warning("The program ended with %d changes not written to the job database.", self.pending)
        except Exception:  # noqa: BLE001 - the edge of the thread: nothing may leave it untold
            self._tell(self.bug, DatabaseBug(traceback.format_exc()))

    def _own_store(self) -> None:
        try:
            store = self._until_it_works(lambda: Store.open(self._paths))
        except DatabaseError as error:
            self._is_refused = True
            self._tell(self.refused, error)
            while (errand := self._errands.get()) is not None:
                self._fail(errand, error)
            return
        try:
            self._tell(self.opened, store.notice)
            while (errand := self._errands.get()) is not None:
                self._do(store, errand)
                if self._errands.empty():
                    with contextlib.suppress(KnownDatabaseError):  # the next operation does it, or the next start
                        store.settle()
        finally:
            store.close()

    def _do(self, store: Store, errand: Errand) -> None:
        try:
            errand.succeed(self._until_it_works(lambda: errand.do(store)))
        except _GivenUp:
            raise
        except DatabaseError as error:
            self._fail(errand, error)
        except Exception:  # noqa: BLE001 - an operation's own mistake must not end the writer
            self._fail(errand, DatabaseBug(traceback.format_exc()))
        else:
            self._report(errand)

    def _until_it_works(self, action: Callable[[], T]) -> T:
        while True:
            try:
                result = action()
            except KnownDatabaseError as error:
                if not error.transient:
                    raise
                if not self._is_blocked:
                    self._is_blocked = True
                    _log.info("%s [%s]", error, error.details)
                    self._tell(self.blocked, str(error))
                if self._give_up.wait(_RETRY_SECONDS):
                    raise _GivenUp from error
            else:
                if self._is_blocked:
                    self._is_blocked = False
                    self._tell(self.unblocked)
                return result

    def _fail(self, errand: Errand, error: DatabaseError) -> None:
        errand.fail(error.with_traceback(None))  # whose frames hold the operation
        self._report(errand)

    def _report(self, errand: Errand) -> None:
        with self._lock:
            self._unfinished -= 1
        self._deliver.emit(errand.report)

    def _tell(self, signal: SignalInstance, *values: object) -> None:
        """Emit a signal over there: a lambda connected to it would run here."""
        self._deliver.emit(lambda: signal.emit(*values))

    def _on_failed(self, error: DatabaseError) -> None:
        if not self._is_refused:  # which has been told
            self.bug.emit(error)

    @Slot(object)
    def _run_callback(self, callback: Callable[[], None]) -> None:
        callback()
