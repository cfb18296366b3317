"""Bugs: every exception that nobody caught, and Qt's own warnings, go to the log; the user sees each bug once."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, QtMsgType, Signal, qInstallMessageHandler

from performia_desktop import __version__

_log = logging.getLogger(__name__)
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
}
_NO_SOUND = ("No QtMultimedia backends found", "PulseAudioService: ", "No audio device detected")
"""What Qt says where nothing can be heard, or played by Qt's own player, which we do not use; the window says more."""


class Unforeseen(QObject):
    """Listens while it is installed."""

    seen = Signal(str, str)
    """A sentence for the user, and details to copy; the same bug is told once."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: set[str] = set()

    def install(self) -> None:
        sys.excepthook = self.handle
        threading.excepthook = self._handle_thread
        qInstallMessageHandler(_qt_message)

    @staticmethod
    def uninstall() -> None:
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    def handle(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log an exception, and tell it if it is a new one."""
        if issubclass(kind, KeyboardInterrupt):
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        _log.error("a bug\n%s", details)
        if details not in self._known:
            self._known.add(details)
            about = f"Performia Desktop {__version__}, Python {sys.version.split()[0]}, {sys.platform}"
            sentence = self.tr("Something went wrong that nobody foresaw. Your songs are safe.")
            self.seen.emit(sentence, f"{about}\n\n{details}")

    def _handle_thread(self, args: threading.ExceptHookArgs) -> None:
        self.handle(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)


def _qt_message(kind: QtMsgType, _context: object, message: str | None) -> None:
    level = _LEVELS.get(kind, logging.ERROR)
    if level == logging.WARNING and (message or "").startswith(_NO_SOUND):
        level = logging.INFO
    logging.getLogger("performia_desktop.qt").log(level, "%s", message)
