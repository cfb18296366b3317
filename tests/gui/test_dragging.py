"""Songs dragged out of the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag, QGuiApplication
from pytestqt.qtbot import QtBot

from performia_desktop import demo
from performia_desktop.gui.joblist.columns import Column
from performia_desktop.gui.main_window import MainWindow
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.service import JobService
from performia_desktop.songmap import file as songmap_file
from tests.gui.conftest import make_job

HASH = "0123456789abcdef"
Dragged = list[tuple[list[Path], Qt.DropAction]]


@pytest.fixture
def songs(resting: JobService, fill: Callable[..., list[Job]]) -> list[Job]:
    """Two finished songs of one name, and one that waits."""
    jobs = []
    for n in (1, 2):
        path = resting.paths.song_map(f"0000000{n}")
        songmap_file.write(replace(demo.truth(), id=f"0000000{n}", provenance={"content_hash": HASH}), path)
        jobs.append(make_job(n, title=f"Song {n}", song_map_path=str(path), content_hash=HASH))
    return fill(*jobs, make_job(3, Status.PENDING))


@pytest.fixture
def dragged(monkeypatch: pytest.MonkeyPatch) -> Dragged:
    """What was dragged; the button is held all the while."""
    found: Dragged = []

    def carry(drag: QDrag, action: Qt.DropAction) -> Qt.DropAction:
        found.append(([Path(url.toLocalFile()) for url in drag.mimeData().urls()], action))
        return action

    monkeypatch.setattr(QDrag, "exec", carry)
    monkeypatch.setattr(QGuiApplication, "mouseButtons", lambda: Qt.MouseButton.LeftButton)
    return found


def row(window: MainWindow, n: int) -> QPoint:
    index = next(
        window.table.model().index(i, Column.SONG)
        for i in range(window.table.model().rowCount())
        if window.table._model.job(i).job_id == f"0000000{n}"
    )
    return window.table.visualRect(index).center()


def pull(qtbot: QtBot, window: MainWindow, start: QPoint, end: QPoint) -> None:
    place = window.table.viewport()
    qtbot.mousePress(place, Qt.MouseButton.LeftButton, pos=start)
    for share in (0.3, 0.6, 1.0):
        qtbot.mouseMove(place, start + QPoint(30, 0) + (end - start) * share)
    qtbot.mouseRelease(place, Qt.MouseButton.LeftButton, pos=end)


def test_selected_songs_are_dragged_as_charts_in_the_players_key(
    qtbot: QtBot, window: MainWindow, resting: JobService, songs: list[Job], dragged: Dragged
) -> None:
    resting.settings.set_own_key(HASH, 0, 3)
    window.table.select(["00000001", "00000002"])
    window.table.drag_wanted.emit()
    qtbot.waitUntil(lambda: bool(dragged), timeout=10_000)
    ((files, action),) = dragged
    assert action == Qt.DropAction.CopyAction
    assert [file.name for file in files] == [
        "The Examples - Tin Roof Morning.pdf",
        "The Examples - Tin Roof Morning (2).pdf",
    ]
    assert "Am7" in pypdf.PdfReader(files[0]).pages[0].extract_text()
    resting.settings.drag_format = "json"
    window.table.drag_wanted.emit()
    qtbot.waitUntil(lambda: len(dragged) == 2, timeout=10_000)
    assert dragged[1][0][0].name == "The Examples - Tin Roof Morning.json"
    assert songmap_file.read(dragged[1][0][0]).title == "Tin Roof Morning"


def test_what_waits_is_not_dragged(qtbot: QtBot, window: MainWindow, songs: list[Job], dragged: Dragged) -> None:
    window.table.select(["00000003"])
    window.table.drag_wanted.emit()
    window.commands._background.wait(5_000)
    assert not dragged


def test_a_button_let_go_before_the_files_are_there_drags_nothing(
    qtbot: QtBot, window: MainWindow, songs: list[Job], dragged: Dragged, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "mouseButtons", lambda: Qt.MouseButton.NoButton)
    window.table.select(["00000001"])
    window.table.drag_wanted.emit()
    window.commands._background.wait(5_000)
    assert not dragged


def test_a_song_that_cannot_be_read_is_said(
    qtbot: QtBot, window: MainWindow, songs: list[Job], dragged: Dragged
) -> None:
    Path(songs[0].song_map_path or "").unlink()
    window.table.select(["00000001"])
    window.table.drag_wanted.emit()
    qtbot.waitUntil(lambda: window.info.current is not None)
    assert window.info.current is not None
    assert "Analyse the song again" in window.info.current.text
    assert not dragged


def test_the_mouse_selects_as_ever_and_drags_only_what_is_selected(
    qtbot: QtBot, window: MainWindow, songs: list[Job]
) -> None:
    wanted: list[None] = []
    window.table.drag_wanted.connect(lambda: wanted.append(None))
    window.table.clearSelection()
    pull(qtbot, window, row(window, 1), row(window, 2))
    assert {job.job_id for job in window.table.selected()} >= {"00000001", "00000002"}
    assert not wanted
    window.table.select(["00000001"])
    pull(qtbot, window, row(window, 1), row(window, 2))
    assert len(wanted) == 1
    assert [job.job_id for job in window.table.selected()] == ["00000001"]
    qtbot.mouseClick(window.table.viewport(), Qt.MouseButton.LeftButton, pos=row(window, 2))
    assert [job.job_id for job in window.table.selected()] == ["00000002"]
