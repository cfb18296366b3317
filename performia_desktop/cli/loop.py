"""The event loop of a command: Qt's, which also hears Ctrl+C and SIGTERM at once.

Python runs its signal handlers only between its own instructions, and inside Qt's loop there are none. So the
signal's number goes through a socket that the loop watches (signal.set_wakeup_fd).
"""

from __future__ import annotations

import contextlib
import signal
import socket
from collections.abc import Iterator
from types import FrameType, TracebackType
from typing import Any, Self

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Signal


def application() -> QCoreApplication:
    """Return the one application object, made without a window system if there is none yet."""
    return QCoreApplication.instance() or QCoreApplication(["performia-desktop"])


class Interrupts(QObject):
    """While entered, signals that ask the program to end are told by `caught` instead of ending it."""

    caught = Signal(int)
    """The signal's number."""

    def __init__(self) -> None:
        super().__init__()
        self._old: dict[int, Any] = {}

    def __enter__(self) -> Self:
        self._out, self._in = socket.socketpair()
        self._out.setblocking(False)
        self._in.setblocking(False)
        self._notifier = QSocketNotifier(self._out.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        self._old_descriptor = signal.set_wakeup_fd(self._in.fileno(), warn_on_full_buffer=False)
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                self._old[number] = signal.signal(number, _heard)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.let_through()
        signal.set_wakeup_fd(self._old_descriptor)
        self._notifier.setEnabled(False)
        self._out.close()
        self._in.close()

    def let_through(self) -> None:
        """From now on a signal does again what it did before."""
        for number, handler in self._old.items():
            signal.signal(number, handler)
        self._old.clear()

    def _read(self) -> None:
        with contextlib.suppress(BlockingIOError):
            for number in self._out.recv(64):
                if number in self._old:
                    self.caught.emit(number)


def _heard(number: int, frame: FrameType | None) -> None:
    """Do nothing; that it is a Python handler makes Python write the number to the socket."""


@contextlib.contextmanager
def ends_at_once() -> Iterator[None]:
    """While entered, Ctrl+C ends the program even inside a call that waits; for what leaves nothing half done."""
    old = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, old)
