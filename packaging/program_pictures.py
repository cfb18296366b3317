"""Draws the program's other views for resources/screenshots: the first start, a thousand songs, two dialogs, German.

Part of ``packaging/screenshot.py``. The songs are invented.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from performia_desktop.gui.colors import DARK, LIGHT, palette
from performia_desktop.gui.failures import failure_words
from performia_desktop.gui.grab import grab_window
from performia_desktop.gui.keeping.preferences import Preferences
from performia_desktop.gui.keeping.program import AboutProgram
from performia_desktop.gui.language import install
from performia_desktop.gui.theme import Theme, style_sheet
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.service import JobService
from performia_desktop.paths import Paths
from performia_desktop.settings import Settings

_SIZE = (1180, 660)
_THOUSAND = 1000


def draw(app: QApplication, target: Path, some: list[Job]) -> None:
    """Draw all of them, light and dark; `some` jobs are repeated to a thousand, and are those of the German list."""
    with _service(app, []) as service:
        theme = Theme(app, service.settings)
        for ending, dark in ((".png", False), ("-dark.png", True)):
            grab_window(service, target / f"empty{ending}", _SIZE, dark)
            _grab(app, Preferences(None, service, theme), target / f"preferences{ending}", dark)
            _grab(app, AboutProgram(None, service.paths), target / f"about{ending}", dark)
        theme.deleteLater()
    with _service(app, list(_many(some))) as service:
        for ending, dark in ((".png", False), ("-dark.png", True)):
            grab_window(service, target / f"thousand{ending}", _SIZE, dark)
    install(app, "de")
    failure_words.cache_clear()  # a program speaks one language as long as it runs; this one has spoken English
    with _service(app, some) as service:
        for ending, dark in ((".png", False), ("-dark.png", True)):
            grab_window(service, target / f"german{ending}", _SIZE, dark)


def _many(some: list[Job]) -> Iterator[Job]:
    finished = [job for job in some if job.status is Status.COMPLETE]
    for number in range(_THOUSAND):
        job = finished[number % len(finished)]
        yield replace(job, job_id=f"4{number:07x}", created_at=job.created_at - 60 * number)


@contextmanager
def _service(app: QApplication, jobs: list[Job]) -> Iterator[JobService]:
    """A service whose queue rests, over a new database with these jobs."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder  # the status bar shows where the database is
        paths = Paths.of(Path(folder) / ".local" / "share" / "Performia Desktop")
        service = JobService(paths, Settings(paths.settings))
        service.jobs.loaded.connect(lambda: service.jobs.add(jobs, lambda _: app.quit()))
        service.open(run=False)
        app.exec()
        yield service
        service.quit()


def _grab(app: QApplication, dialog: QDialog, path: Path, dark: bool) -> None:
    scheme = DARK if dark else LIGHT
    app.setPalette(palette(scheme))
    app.setStyleSheet(style_sheet(scheme))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    dialog.show()
    until = time.monotonic() + 0.3  # what it asks of the database and the disk is there
    while time.monotonic() < until:
        app.processEvents()
    dialog.grab().save(str(path))
    dialog.close()
