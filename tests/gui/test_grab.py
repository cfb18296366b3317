from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from performia_desktop.gui.colors import DARK, LIGHT
from performia_desktop.gui.grab import grab_window
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.service import JobService
from tests.gui.conftest import make_job


@pytest.mark.parametrize(("dark", "scheme"), [(True, DARK), (False, LIGHT)])
def test_leaves_a_picture_of_the_list(
    resting: JobService,
    fill: Callable[..., list[Job]],
    tmp_path: Path,
    qapp: QApplication,
    dark: bool,
    scheme: object,
) -> None:
    sheet, palette = qapp.styleSheet(), qapp.palette()
    fill(make_job(1, Status.PENDING), make_job(2))
    path = tmp_path / "window.png"
    grab_window(resting, path, (900, 500), dark)
    image = QImage(str(path))
    assert (image.width(), image.height()) == (900, 500)
    assert image.pixelColor(2, 70) == scheme.window
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)


def test_waits_for_the_list(service: JobService, qtbot: QtBot, tmp_path: Path, qapp: QApplication) -> None:
    sheet, palette = qapp.styleSheet(), qapp.palette()
    service.open(run=False)
    grab_window(service, tmp_path / "w.png")
    assert service.jobs.is_loaded
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)


def test_says_where_it_cannot_write(resting: JobService, tmp_path: Path, qapp: QApplication) -> None:
    sheet, palette = qapp.styleSheet(), qapp.palette()
    with pytest.raises(OSError, match="cannot be written"):
        grab_window(resting, tmp_path / "no" / "such" / "folder.png")
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
