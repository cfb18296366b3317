"""Tells what happens to a window; overrides in the window itself would run before its first picture."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget


class Watch(QObject):
    """Filters a window's events and lets all of them through."""

    look_changed = Signal()
    """The palette, or the pixel ratio of the screen."""
    activated = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in {QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange}:
            self.look_changed.emit()
        elif kind == QEvent.Type.ActivationChange and self._window.isActiveWindow():
            self.activated.emit()
        return False
