"""What a child makes of a recording for a song's window, made once and kept: asked for, and waited for by nobody.

It is asked for in a pool of two threads, so that neither a slow disk nor a long decoding keeps anybody waiting.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from performia_desktop.jobs.child import Child
from performia_desktop.protocol import Decode, Decoded, Failed, Outline, Outlined, ProtocolError

T = TypeVar("T")
_LONGEST: Final = 1000

_log = logging.getLogger(__name__)


class _Signals(QObject):
    made = Signal(object)
    missing = Signal(str)


class ChildRequest(QRunnable, Generic[T]):
    """Something that a child makes of a recording, being looked for; `stop` it when nobody waits any more.

    It ends with ``signals.made(T)`` or ``signals.missing(sentence)``, unless it was stopped.
    """

    def __init__(self, audio: Path | None, command: Sequence[str]) -> None:
        super().__init__()
        self.setAutoDelete(False)  # Python owns it
        self.signals = _Signals()
        self._source = audio
        self._command = command
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._stopped = False

    def _find(self) -> T | None:
        """Return it if it is there."""
        raise NotImplementedError

    def _task(self) -> Outline | Decode:
        """Return what the child is to do."""
        raise NotImplementedError

    def _gone(self) -> str:
        """Return the sentence for a recording that is not there."""
        raise NotImplementedError

    def _failed(self) -> str:
        """Return the sentence for a child that made nothing, or broke."""
        raise NotImplementedError

    def stop(self) -> None:
        """End its child at once; nothing is told any more."""
        with self._lock:
            self._stopped = True
            if self._child is not None:
                self._child.kill()

    def run(self) -> None:
        try:
            outcome = self._find() or self._make()
        except Exception:  # noqa: BLE001  (an exception that leaves run() is only printed)
            _log.exception("%s broke", type(self).__name__)
            outcome = self._failed()
        if not self._stopped:
            if isinstance(outcome, str):
                self.signals.missing.emit(outcome[:_LONGEST])
            else:
                self.signals.made.emit(outcome)

    def _make(self) -> T | str:
        if self._source is None or not self._source.is_file():
            return self._gone()
        task = self._task()
        child = Child(self._command)
        with self._lock:
            self._child = child
            if self._stopped:
                child.kill()
        try:
            answer = self._ask(child, task)
        finally:
            with self._lock:
                self._child = None
            child.kill()  # its one task is done, or will not be
            child.finish()
        if isinstance(answer, Failed):
            return answer.message
        return (self._find() if answer is not None else None) or self._failed()

    @staticmethod
    def _ask(child: Child, task: Outline | Decode) -> Outlined | Decoded | Failed | None:
        """Return the child's answer, None where it ends without one or talks nonsense."""
        try:
            child.send(task)
            for message in child.messages():
                if isinstance(message, Outlined | Decoded | Failed):
                    return message
        except (OSError, ProtocolError):
            pass
        return None


class ChildRequests:
    """The threads that requests are met in."""

    def __init__(self) -> None:
        self._threads = QThreadPool()
        self._threads.setMaxThreadCount(2)
        self._requests: list[ChildRequest[Any]] = []

    def start(self, request: ChildRequest[T], made: Callable[[T], None], missing: Callable[[str], None]) -> None:
        """Have it met; `made` and `missing` are methods of a QObject of this thread."""
        request.signals.made.connect(made)
        request.signals.missing.connect(missing)
        if not self._threads.activeThreadCount():  # so that none is destroyed in the thread that meets it
            self._requests.clear()
        self._requests.append(request)
        self._threads.start(request)

    def close(self, timeout_ms: int) -> bool:
        """End all children and threads; False if that takes too long."""
        for request in self._requests:
            request.stop()
        return self._threads.waitForDone(timeout_ms)
