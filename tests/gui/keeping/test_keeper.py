"""The list as a whole, through the window: backups and back, what was deleted, the database, the preferences."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from performia_desktop.gui.dialogs import Question
from performia_desktop.gui.keeping.about import AboutDatabase
from performia_desktop.gui.keeping.bin import BinDialog
from performia_desktop.gui.keeping.preferences import Preferences
from performia_desktop.gui.keeping.restore import RestoreDialog
from performia_desktop.gui.main_window import MainWindow
from performia_desktop.gui.theme import Theme
from performia_desktop.jobs.job import Job
from performia_desktop.jobs.service import JobService
from performia_desktop.songmap import file as songmap_file
from tests.gui.conftest import make_job
from tests.jobs.fake_child import song_map

Fill = Callable[..., list[Job]]
HOSTILE = "<img src=x><b>Title</b>\u202e"


def said(window: MainWindow) -> str:
    assert window.info.current is not None
    return window.info.current.text


def answer(kind: type[QDialog], do: Callable[[QDialog], object]) -> None:
    """Act on the modal dialog that opens next."""

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        do(dialog)

    QTimer.singleShot(0, act)


def open_dialog(qtbot: QtBot, window: MainWindow, kind: type[QDialog]) -> QDialog:
    qtbot.waitUntil(lambda: bool(window.findChildren(kind)))
    return window.findChildren(kind)[-1]


# --- backups


def test_a_backup_is_made_and_shown(qtbot: QtBot, window: MainWindow, resting: JobService, fill: Fill) -> None:
    fill(make_job(1))
    with qtbot.waitSignal(resting.housekeeping.backed_up):
        window.actions_.back_up.trigger()
    assert said(window) == "The list is backed up."
    assert len(resting.housekeeping.backups()) == 1


def test_a_backup_goes_where_the_user_wants_it(
    qtbot: QtBot, window: MainWindow, fill: Fill, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(make_job(1))
    target = tmp_path / "mine.db"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    window.actions_.back_up_to.trigger()
    qtbot.waitUntil(lambda: window.info.current is not None)
    assert said(window) == "The list is backed up."
    assert target.stat().st_size > 0


def test_a_backup_that_cannot_be_written_is_said_with_a_remedy(
    qtbot: QtBot, window: MainWindow, fill: Fill, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(make_job(1))
    (tmp_path / "file").touch()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "file" / "mine.db"), ""))
    window.actions_.back_up_to.trigger()
    qtbot.waitUntil(lambda: window.info.current is not None)
    assert "choose another place" in said(window)


def test_a_backup_comes_back_and_what_came_since_is_in_the_bin(
    qtbot: QtBot, window: MainWindow, resting: JobService, fill: Fill
) -> None:
    fill(make_job(1))
    with qtbot.waitSignal(resting.housekeeping.backed_up):
        window.actions_.back_up.trigger()
    fill(make_job(2))
    answer(RestoreDialog, lambda dialog: dialog.act.click())  # type: ignore[attr-defined]
    with qtbot.waitSignal(resting.jobs.loaded):
        window.actions_.restore.trigger()
    assert [job.job_id for job in resting.jobs] == [make_job(1).job_id]
    assert said(window) == "The backup is back, with 1 song. 1 song added since then is in Recently deleted."


def test_restore_offers_the_newest_first_and_a_file(
    qtbot: QtBot, resting: JobService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = RestoreDialog(None, [], 0)
    qtbot.addWidget(empty)
    assert not empty.act.isEnabled()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "a.db"), ""))
    with qtbot.waitSignal(empty.accepted):
        empty.from_file.click()
    assert empty.path == tmp_path / "a.db"
    with qtbot.waitSignal(resting.housekeeping.backed_up):
        resting.housekeeping.backup()
    one = RestoreDialog(None, resting.housekeeping.backups(), 1)
    qtbot.addWidget(one)
    assert one.path == resting.housekeeping.backups()[0].path
    assert one.keep.isDefault()
    assert "goes on afterwards" in one.body.text()


# --- what was deleted


def binned(qtbot: QtBot, window: MainWindow, service: JobService, jobs: list[Job]) -> BinDialog:
    """Delete jobs and open the bin."""
    for job in jobs:
        songmap_file.write_atomically(service.paths.song_map(job.job_id), _bytes(job.job_id), "map")
    service.delete([job.job_id for job in jobs])
    window.actions_.recently_deleted.trigger()
    dialog = open_dialog(qtbot, window, BinDialog)
    assert isinstance(dialog, BinDialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == len(jobs))
    return dialog


def _bytes(job_id: str) -> bytes:
    import json

    return json.dumps(song_map(job_id)).encode()


def test_a_deleted_song_is_shown_and_brought_back_with_its_map(
    qtbot: QtBot, window: MainWindow, resting: JobService, fill: Fill
) -> None:
    jobs = fill(make_job(1, title=HOSTILE), make_job(2, title="Second"))
    dialog = binned(qtbot, window, resting, jobs)
    shown = [dialog.model.data(dialog.model.index(row, 0)) for row in range(2)]
    assert "\u202e" not in "".join(shown)
    assert dialog.model.data(dialog.model.index(0, 2)) == "30 days"
    assert not dialog.back.isEnabled()
    dialog.table.selectRow(shown.index("Second"))
    assert dialog.back.isEnabled()
    with qtbot.waitSignal(resting.jobs.added):
        dialog.back.click()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)
    assert [job.job_id for job in resting.jobs] == [make_job(2).job_id]
    assert resting.paths.song_map(make_job(2).job_id).exists()
    dialog.close_button.click()


def test_deleting_for_good_says_what_it_frees_and_asks(
    qtbot: QtBot, window: MainWindow, resting: JobService, fill: Fill
) -> None:
    dialog = binned(qtbot, window, resting, fill(make_job(1), make_job(2)))
    for words in ("Keep", "Delete for good"):
        dialog.empty.click()
        question = open_dialog(qtbot, window, Question)
        assert isinstance(question, Question)
        assert question.heading.text() == "Delete 2 songs for good?"
        assert "It frees " in question.body.text()
        (question.act if words == question.act.text() else question.keep).click()
        qtbot.waitUntil(lambda: not window.findChildren(Question))
        if words == "Keep":
            assert dialog.model.rowCount() == 2
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 0)
    assert dialog.told.text() == "Nothing was deleted in the last 30 days."
    assert not dialog.empty.isEnabled()
    dialog.close_button.click()


def test_what_goes_by_itself_is_said_and_can_be_taken_back(
    qtbot: QtBot, window: MainWindow, resting: JobService, fill: Fill
) -> None:
    fill(make_job(1))
    resting.settings.cleanup_days = 7
    resting.settings.last_cleanup = 0.0
    resting.housekeeping.cleaned_up.emit(resting.cleanup(7))
    assert said(window) == "1 old song was deleted."
    assert window.info.current is not None
    [(words, undo)] = window.info.current.actions
    assert words == "Undo"
    with qtbot.waitSignal(resting.jobs.added):
        undo()
    assert len(resting.jobs) == 1


# --- the database


def test_about_the_database_says_where_how_large_and_how_well(
    qtbot: QtBot, window: MainWindow, resting: JobService, fill: Fill
) -> None:
    fill(make_job(1), make_job(2))
    window.actions_.about_database.trigger()
    dialog = open_dialog(qtbot, window, AboutDatabase)
    assert isinstance(dialog, AboutDatabase)
    qtbot.waitUntil(lambda: dialog.health.text() == "It is sound.")
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert str(resting.paths.database) in words
    assert "2 songs: 2 complete" in words
    assert "none yet" in words
    dialog.check_done(["row 3 missing from index"])
    assert "start again" in dialog.health.text()
    dialog.accept()


def test_compacting_says_what_it_gave_back(
    qtbot: QtBot, window: MainWindow, resting: JobService, fill: Fill
) -> None:
    jobs = fill(*(make_job(n, title="x" * 2000) for n in range(1, 600)))
    resting.delete([job.job_id for job in jobs])
    with qtbot.waitSignal(resting.trash.changed):
        resting.trash.empty()
    window.actions_.compact.trigger()
    qtbot.waitUntil(lambda: window.info.current is not None and "smaller now" in said(window))


# --- preferences


def test_a_preference_is_at_work_as_soon_as_it_is_chosen(
    qtbot: QtBot, resting: JobService, show: Callable[..., MainWindow], qapp: QApplication
) -> None:
    theme = Theme(qapp, resting.settings)
    window = show(resting, theme)
    window.actions_.preferences.trigger()
    dialog = open_dialog(qtbot, window, Preferences)
    assert isinstance(dialog, Preferences)
    dialog.at_once.setValue(1)
    assert resting.queue.at_once == 1
    dialog.cleanup.setCurrentIndex(dialog.cleanup.findText("After 30 days"))
    assert resting.settings.cleanup_days == 30
    dialog.cleanup.setCurrentIndex(dialog.cleanup.findText("Never"))
    assert resting.settings.cleanup_days == 0
    dialog.colors.setCurrentIndex(dialog.colors.findText("Dark"))
    assert theme.dark
    dialog.colors.setCurrentIndex(dialog.colors.findText("Light"))
    assert not theme.dark
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(Preferences))
