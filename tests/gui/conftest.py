"""A real service over a real database, with a child that answers at once, and the window over it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from performia_desktop.assets import resource
from performia_desktop.gui.main_window import MainWindow
from performia_desktop.gui.theme import Theme
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.service import JobService
from performia_desktop.paths import Paths

FAKE_CHILD = [sys.executable, str(Path(__file__).parents[1] / "jobs" / "fake_child.py")]
_HARMLESS = ("This plugin does not support", "PulseAudioService", "No audio device detected")
NOW = 1_700_000_000.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the offscreen platform, and a machine without sound, say what they cannot do; it is no mistake of ours."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(*_HARMLESS, extend=True))


def make_job(number: int, status: Status = Status.COMPLETE, **columns: object) -> Job:
    """A plausible job; `number` gives its id, its place and its time."""
    usual: dict[str, object] = {"position": float(number), "input_file": f"/music/song {number}.flac"}
    return Job(f"{number:08x}", status, NOW + number, **{**usual, **columns})  # type: ignore[arg-type]


@pytest.fixture
def german(qapp: QApplication) -> Iterator[QTranslator]:
    """The window speaks German while the test runs; numbers are German too."""
    usual = QLocale()
    translator = QTranslator()
    assert translator.load("performia_de", str(resource("translations")))
    qapp.installTranslator(translator)
    QLocale.setDefault(QLocale("de"))
    yield translator
    QLocale.setDefault(usual)
    qapp.removeTranslator(translator)


@pytest.fixture
def service(paths: Paths, qtbot: QtBot) -> Iterator[JobService]:
    """A service that is not open yet."""
    service = JobService(paths, command=FAKE_CHILD)
    yield service
    assert service.quit()
    service.deleteLater()


@pytest.fixture
def resting(service: JobService, qtbot: QtBot) -> JobService:
    """An open service whose queue does not run."""
    with qtbot.waitSignal(service.jobs.loaded):
        service.open(run=False)
    return service


@pytest.fixture
def running(service: JobService, qtbot: QtBot) -> JobService:
    """An open service whose queue runs."""
    with qtbot.waitSignal(service.jobs.loaded):
        service.open()
    return service


@pytest.fixture
def fill(resting: JobService, qtbot: QtBot) -> Callable[..., list[Job]]:
    """Puts jobs into the resting service's database, and waits until they are in the list."""

    def put(*jobs: Job) -> list[Job]:
        with qtbot.waitSignal(resting.jobs.added):
            resting.jobs.add(jobs)
        return list(jobs)

    return put


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Callable[..., MainWindow]]:
    """Opens a main window over a service; it is closed unasked at the end."""
    windows: list[MainWindow] = []

    def open_window(service: JobService, theme: Theme | None = None) -> MainWindow:
        window = MainWindow(service.settings)
        window.fill(service, theme)
        windows.append(window)
        window.resize(1100, 680)
        with qtbot.waitExposed(window):
            window.show()
        return window

    yield open_window
    for window in windows:
        window.quit_unasked()
        window.deleteLater()


@pytest.fixture
def window(resting: JobService, show: Callable[..., MainWindow]) -> MainWindow:
    """The main window over an empty, resting service."""
    return show(resting)
