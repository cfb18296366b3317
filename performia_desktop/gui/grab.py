"""A picture of the window as a user would see it, without a screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from performia_desktop.gui.colors import DARK, LIGHT, palette
from performia_desktop.gui.main_window import MainWindow
from performia_desktop.gui.theme import style_sheet
from performia_desktop.jobs.service import JobService


def grab_window(service: JobService, path: Path, size: tuple[int, int] = (1280, 800), dark: bool = True) -> None:
    """Draw the main window over an open service, as a PNG. Raises OSError when `path` cannot be written.

    A QApplication must be there; with QT_QPA_PLATFORM=offscreen it needs no display.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("a picture of the window needs a QApplication")
    scheme = DARK if dark else LIGHT
    app.setStyle("Fusion")
    app.setPalette(palette(scheme))
    app.setStyleSheet(style_sheet(scheme))
    window = MainWindow(service.settings)
    window.fill(service)
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.resize(*size)
    window.show()
    if not service.jobs.is_loaded:
        loop = QEventLoop()
        service.jobs.loaded.connect(loop.quit)
        service.refused.connect(loop.quit)
        QTimer.singleShot(10_000, loop, loop.quit)
        loop.exec()
    app.processEvents()
    picture = window.grab()
    window.quit_unasked()
    window.deleteLater()
    if not picture.save(str(path), "PNG"):
        raise OSError(f"the picture {path} cannot be written")
