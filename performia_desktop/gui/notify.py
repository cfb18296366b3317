"""Tells a user who is looking elsewhere that the queue is done."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from performia_desktop.gui.icons import program_icon

_SECONDS = 12


class Notifier:
    """A message of the desktop where there is one, else the window asks for attention in the task bar."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._tray: QSystemTrayIcon | None = None

    def queue_done(self, title: str, message: str) -> bool:
        """Say it, unless the window is being looked at; return whether it was said."""
        if self._window.isActiveWindow() and not self._window.isMinimized():
            return False
        QApplication.alert(self._window)
        if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
            if self._tray is None:
                self._tray = QSystemTrayIcon(program_icon(), self._window)
                self._tray.messageClicked.connect(self._raise)
            tray = self._tray
            tray.show()  # only as long as the message: a resident icon is not wanted
            tray.showMessage(title, message, tray.icon(), _SECONDS * 1000)
            QTimer.singleShot(_SECONDS * 1000, tray, tray.hide)
        return True

    def _raise(self) -> None:
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.raise_()
        self._window.activateWindow()
