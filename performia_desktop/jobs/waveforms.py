"""Waveforms for the songs' windows: from the cache, or made by an analysis child that only decodes.

Each is asked for in a thread of its own, so that neither a slow disk nor a long decoding keeps anybody waiting.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QThreadPool, Signal

from performia_desktop.jobs.child import Child
from performia_desktop.protocol import Failed, Outline, Outlined, ProtocolError

if TYPE_CHECKING:
    from performia_desktop.songmap.waveform import Waveform

_LONGEST: Final = 1000

_log = logging.getLogger(__name__)
_tr = QCoreApplication.translate


class _Signals(QObject):
    made = Signal(object)
    missing = Signal(str)


class WaveformRequest(QRunnable):
    """One waveform being looked for; `stop` it when nobody waits any more.

    It ends with ``signals.made(Waveform)`` or ``signals.missing(sentence)``, unless it was stopped.
    """

    def __init__(self, task: Outline, command: Sequence[str]) -> None:
        super().__init__()
        self.setAutoDelete(False)  # Python owns it
        self.signals = _Signals()
        self.ended = False
        self._task = task
        self._command = command
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._stopped = False

    def stop(self) -> None:
        """End its child at once; nothing is told any more."""
        with self._lock:
            self._stopped = True
            if self._child is not None:
                self._child.kill()

    def run(self) -> None:
        try:
            outcome = self._find() or self._make()
        except Exception as error:  # noqa: BLE001  (an exception that leaves run() is only printed)
            _log.exception("the waveform of job %s broke", self._task.job_id)
            outcome = _tr("waveform", "The waveform could not be drawn ({reason}).").format(reason=error)
        if not self._stopped:
            if isinstance(outcome, str):
                self.signals.missing.emit(outcome[:_LONGEST])
            else:
                self.signals.made.emit(outcome)
        self.ended = True

    def _find(self) -> Waveform | None:
        from performia_desktop.songmap import waveform

        path = waveform.place(Path(self._task.waveforms), self._task.content_hash)
        return waveform.load(path) if path is not None else None

    def _make(self) -> Waveform | str:
        if not self._task.input_file or not Path(self._task.input_file).is_file():
            return _tr("waveform", "The audio file is not there any more. Put it back to see its waveform.")
        child = Child(self._command)
        with self._lock:
            self._child = child
            if self._stopped:
                child.kill()
        try:
            answer = self._ask(child)
        finally:
            with self._lock:
                self._child = None
            child.kill()  # its one task is done, or will not be
            child.finish()
        if isinstance(answer, Failed):
            return answer.message
        found = self._find() if isinstance(answer, Outlined) else None
        return found or _tr("waveform", "The waveform could not be drawn. Open the song again to try once more.")

    def _ask(self, child: Child) -> Outlined | Failed | None:
        """Return the child's answer, None where it ends without one or talks nonsense."""
        try:
            child.send(self._task)
            for message in child.messages():
                if isinstance(message, Outlined | Failed):
                    return message
        except (OSError, ProtocolError):
            pass
        return None


class Waveforms:
    """Where the waveforms are, and who makes those that are missing."""

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        self._folder = folder
        self._command = command
        self._threads = QThreadPool()
        self._threads.setMaxThreadCount(2)
        self._requests: list[WaveformRequest] = []  # kept so that none is destroyed in its own thread

    def ask(
        self,
        audio: str | None,
        content_hash: object,
        made: Callable[[Waveform], None],
        missing: Callable[[str], None],
    ) -> WaveformRequest:
        """Look for the waveform of a recording; `made` and `missing` are methods of a QObject of this thread."""
        self._requests = [request for request in self._requests if not request.ended]
        content = content_hash if isinstance(content_hash, str) else ""
        request = WaveformRequest(Outline("waveform", audio or "", content, str(self._folder)), self._command)
        request.signals.made.connect(made)
        request.signals.missing.connect(missing)
        self._requests.append(request)
        self._threads.start(request)
        return request

    def close(self, timeout_ms: int) -> bool:
        """End all children and threads; False if that takes too long."""
        for request in self._requests:
            request.stop()
        return self._threads.waitForDone(timeout_ms)
