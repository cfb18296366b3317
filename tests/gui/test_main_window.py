"""The main window over a real service: what a user does, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from performia_desktop.gui.colors import DARK, LIGHT
from performia_desktop.gui.dialogs import CleanUpDialog, DeleteDialog, DetailsDialog, QuitDialog
from performia_desktop.gui.joblist.columns import Column
from performia_desktop.gui.main_window import MainWindow
from performia_desktop.gui.theme import Theme
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.service import JobService
from tests.gui.conftest import make_job

Fill = Callable[..., list[Job]]
Show = Callable[..., MainWindow]


def audio(folder: Path, *names: str) -> list[Path]:
    """Files that the fake child takes for songs; all of different content."""
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"a song called " + path.name.encode())
    return paths


def mime(*paths: Path | str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) if isinstance(path, Path) else QUrl(path) for path in paths])
    return data


def drop(window: MainWindow, data: QMimeData) -> QDropEvent:
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), actions, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    event = QDropEvent(QPointF(300, 300), actions, data, buttons, keys)
    QApplication.sendEvent(window, event)
    return event


def answering(kind: type[QDialog], answer: Callable[[QDialog], object]) -> list[QDialog]:
    """Answer the next dialog of a kind when its event loop runs; the list holds it afterwards."""
    seen: list[QDialog] = []

    def look() -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, kind) and widget.isVisible() and widget not in seen:
                seen.append(widget)
                answer(widget)
                return
        QTimer.singleShot(5, look)

    QTimer.singleShot(0, look)
    return seen


def titles(window: MainWindow) -> list[str]:
    return [str(window.model.index(row, Column.SONG).data()) for row in range(window.model.rowCount())]


def info_text(window: MainWindow) -> str:
    return window.info.current.text if window.info.current else ""


def press_info(window: MainWindow, words: str) -> None:
    buttons = {button.text(): button for button in window.info.findChildren(QToolButton) if not button.isHidden()}
    buttons[words].click()


# songs come in


def test_a_drop_becomes_rows_and_song_maps(running: JobService, show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    window = show(running)
    assert window.pages.currentWidget() is window.invitation
    files = audio(tmp_path, "one.wav", "album/two.flac", "album/three.mp3")
    with qtbot.waitSignal(running.queue.idle, timeout=20_000):
        event = drop(window, mime(files[0], tmp_path / "album"))
    assert event.dropAction() == Qt.DropAction.CopyAction  # a move would delete the audio
    assert window.pages.currentWidget() is window.table
    qtbot.waitUntil(lambda: all(job.status is Status.COMPLETE for job in running.jobs))
    assert window.model.rowCount() == 3
    qtbot.waitUntil(lambda: window.status.counts.full_text() == "3 songs: 3 complete")


def test_a_drop_shows_that_it_is_welcome(window: MainWindow, tmp_path: Path) -> None:
    event = QDragEnterEvent(
        QPoint(300, 300),
        Qt.DropAction.CopyAction,
        data := mime(*(tmp_path / f"{i}.mp3" for i in range(12))),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, event)
    assert data.hasUrls()
    assert window.drops.hint.isVisible()
    assert window.drops.hint.words == "Add 12 songs"
    QApplication.sendEvent(window, QEvent(QEvent.Type.DragLeave))


def test_text_is_not_welcome(window: MainWindow) -> None:
    data = QMimeData()
    data.setText("a poem")
    event = QDragEnterEvent(
        QPoint(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window, event)
    assert not event.isAccepted()
    assert not window.drops.hint.isVisible()


def test_paste_adds_files(window: MainWindow, resting: JobService, qtbot: QtBot, tmp_path: Path) -> None:
    QGuiApplication.clipboard().setMimeData(mime(*audio(tmp_path, "one.wav")))
    with qtbot.waitSignal(resting.intake_done):
        window.actions_.paste.trigger()
    assert titles(window) == ["one"]
    QGuiApplication.clipboard().setText("just words")
    window.actions_.paste.trigger()
    assert "clipboard holds no files" in info_text(window)


def test_what_is_no_song_is_said_once_with_details(
    window: MainWindow, resting: JobService, qtbot: QtBot, tmp_path: Path
) -> None:
    audio(tmp_path, "song.mp3", "letter.pdf", "picture.jpg")
    with qtbot.waitSignal(resting.intake_done):
        drop(window, mime(tmp_path / "song.mp3", tmp_path / "letter.pdf", tmp_path / "picture.jpg"))
    assert titles(window) == ["song"]
    assert info_text(window) == "2 files were left out."
    press_info(window, "Details")
    dialog = window.findChild(DetailsDialog)
    assert dialog is not None
    assert "letter.pdf" in dialog.details.toPlainText()
    dialog.copy()
    assert "picture.jpg" in QGuiApplication.clipboard().text()
    dialog.accept()


def test_a_web_address_is_explained(window: MainWindow) -> None:
    drop(window, mime("https://example.com/song.mp3"))
    assert "Download" in info_text(window)


def test_the_same_song_again_is_offered_not_analysed(
    running: JobService, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    window = show(running)
    (song,) = audio(tmp_path, "song.wav")
    (tmp_path / "copy.wav").write_bytes(song.read_bytes())
    with qtbot.waitSignal(running.queue.idle, timeout=20_000):
        drop(window, mime(song))
    with qtbot.waitSignal(running.intake_done):
        drop(window, mime(tmp_path / "copy.wav"))
    assert "already analysed" in info_text(window)
    assert window.model.rowCount() == 1
    press_info(window, "Show")
    assert len(window.table.selected()) == 1
    with qtbot.waitSignal(running.queue.idle, timeout=20_000):
        press_info(window, "Analyse again")
    assert window.model.rowCount() == 1
    assert window.info.current is None


def test_songs_that_the_search_hides_are_mentioned(
    window: MainWindow, resting: JobService, fill: Fill, qtbot: QtBot, tmp_path: Path
) -> None:
    fill(make_job(1, title="Blue"))
    window.toolbar.search.setText("blue")
    qtbot.waitUntil(lambda: window.model.filtered)
    with qtbot.waitSignal(resting.intake_done):
        drop(window, mime(*audio(tmp_path, "red.wav", "green.wav")))
    assert "2 songs were added" in info_text(window)
    press_info(window, "Show all")
    assert window.model.rowCount() == 3
    assert window.info.current is None


# finding


def test_search_and_status_filter(window: MainWindow, fill: Fill, qtbot: QtBot) -> None:
    fill(make_job(1, title="Blue"), make_job(2, Status.ERROR, title="Red"), make_job(3, title="Bluer"))
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.toolbar.search.hasFocus()
    qtbot.keyClicks(window.toolbar.search, "BLU")
    qtbot.waitUntil(lambda: titles(window) == ["Bluer", "Blue"])
    qtbot.keyClick(window.toolbar.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.model.rowCount() == 3)
    window.toolbar.choose(Status.ERROR)
    assert titles(window) == ["Red"]
    qtbot.keyClicks(window.toolbar.search, "nothing")
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.nothing)
    window.nothing.clear.click()
    assert window.model.rowCount() == 3
    assert window.pages.currentWidget() is window.table


def test_enter_in_the_search_goes_to_the_list(window: MainWindow, fill: Fill, qtbot: QtBot) -> None:
    fill(make_job(1))
    window.toolbar.search.setFocus()
    qtbot.keyClick(window.toolbar.search, Qt.Key.Key_Return)
    assert window.table.hasFocus()


# the selection


def test_the_menu_of_a_finished_song(window: MainWindow, fill: Fill) -> None:
    fill(make_job(1, song_map_path="/m.json"))
    window.table.selectRow(0)
    place = window.table.visualRect(window.model.index(0, 0)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, window.table.viewport().mapToGlobal(place))
    QApplication.sendEvent(window.table.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    enabled = {action.text(): action.isEnabled() for action in menu.actions() if not action.isSeparator()}
    assert enabled == {
        "Open": True,
        "Show audio in folder": True,
        "Show Song Map in folder": True,
        "Export…": True,
        "Copy path": True,
        "Copy Song Map JSON": True,
        "Analyse again": True,
        "Cancel": False,
        "Move to top": False,
        "Delete…": True,
        "Clean up…": True,
    }
    menu.close()


def test_the_menu_key_opens_the_menu_at_the_row(window: MainWindow, fill: Fill) -> None:
    fill(make_job(1), make_job(2))
    window.table.selectRow(1)
    window.table.setFocus()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(window.table, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    row = window.table.visualRect(window.model.index(1, 0))
    assert row.contains(window.table.viewport().mapFromGlobal(menu.pos()))
    menu.close()


def test_keys(window: MainWindow) -> None:
    a = window.actions_
    keys = {
        a.add_files: "Ctrl+O",
        a.paste: "Ctrl+V",
        a.delete: "Del",
        a.select_all: "Ctrl+A",
        a.retry: "F5",
        a.find: "Ctrl+F",
        a.undo: "Ctrl+Z",
        a.quit: "Ctrl+Q",
    }
    for action, key in keys.items():
        assert QKeySequence(key) in action.shortcuts(), action.text()
    used = [key.toString() for action in window.actions() for key in action.shortcuts()]
    assert len(used) == len(set(used))


def test_select_all_by_key(window: MainWindow, fill: Fill, qtbot: QtBot) -> None:
    fill(*(make_job(i) for i in range(5)))
    window.table.setFocus()
    qtbot.keyClick(window.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(window.table.selected()) == 5


def test_copy_path_and_map(window: MainWindow, fill: Fill, qtbot: QtBot, tmp_path: Path) -> None:
    song_map = tmp_path / "m.json"
    song_map.write_text('{"id": "x"}\n', encoding="utf-8")
    fill(make_job(1, song_map_path=str(song_map)), make_job(2, song_map_path=str(song_map)))
    window.table.selectRow(0)
    window.actions_.copy_path.trigger()
    assert QGuiApplication.clipboard().text() == "/music/song 2.flac"
    window.actions_.copy_map.trigger()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == '{"id": "x"}')
    window.table.selectAll()
    window.actions_.copy_map.trigger()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == '[{"id": "x"},\n{"id": "x"}]')
    song_map.unlink()
    window.actions_.copy_map.trigger()
    qtbot.waitUntil(lambda: "cannot be read" in info_text(window))


def test_a_folder_that_is_gone_is_said(window: MainWindow, fill: Fill, qtbot: QtBot) -> None:
    fill(make_job(1, input_file="/no/such/place/song.mp3"))
    window.table.selectRow(0)
    window.actions_.show_audio.trigger()
    qtbot.waitUntil(lambda: "is gone" in info_text(window))


def test_retry_cancel_and_move_to_top(window: MainWindow, resting: JobService, fill: Fill, qtbot: QtBot) -> None:
    fill(make_job(1, Status.PENDING), make_job(2, Status.PENDING), make_job(3, Status.ERROR, error_message="No."))
    window.table.select(["00000003"])
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert [job.job_id for job in resting.jobs.pending()] == ["00000001", "00000002", "00000003"]
    qtbot.waitUntil(window.actions_.top.isEnabled)
    window.actions_.top.trigger()
    assert [job.job_id for job in resting.jobs.pending()] == ["00000003", "00000001", "00000002"]
    assert "is next" in info_text(window)
    window.actions_.down.trigger()
    assert [job.job_id for job in resting.jobs.pending()] == ["00000001", "00000003", "00000002"]
    window.actions_.down.trigger()
    window.actions_.down.trigger()
    assert [job.job_id for job in resting.jobs.pending()] == ["00000001", "00000002", "00000003"]
    window.actions_.up.trigger()
    assert [job.job_id for job in resting.jobs.pending()] == ["00000001", "00000003", "00000002"]
    window.actions_.cancel.trigger()
    assert resting.jobs.get("00000003").status is Status.CANCELLED  # type: ignore[union-attr]


def test_a_song_that_is_analysed_again_stays_in_sight(window: MainWindow, fill: Fill, qtbot: QtBot) -> None:
    fill(*(make_job(n) for n in range(200)))
    window.table.select(["00000003"])
    qtbot.keyClick(window, Qt.Key.Key_F5)
    [job] = window.table.selected()
    assert job.job_id == "00000003"
    assert job.status is Status.PENDING
    place = window.table.visualRect(window.table.currentIndex())
    assert window.table.viewport().rect().contains(place.center())
    window.actions_.open.trigger()
    assert "waits to be analysed" in info_text(window)


def test_pause_and_resume(running: JobService, show: Show, qtbot: QtBot) -> None:
    window = show(running)
    assert window.actions_.pause.text() == "Pause"
    window.actions_.pause.trigger()
    assert running.queue.paused
    qtbot.waitUntil(lambda: window.actions_.pause.text() == "Resume")
    window.actions_.pause.trigger()
    assert not running.queue.paused


def test_an_error_opens_its_reason_and_can_be_retried(
    running: JobService, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    window = show(running)
    (song,) = audio(tmp_path, "x.fail-damaged.wav")
    with qtbot.waitSignal(running.queue.idle, timeout=20_000):
        drop(window, mime(song))
    window.table.selectRow(0)
    window.actions_.open.trigger()
    qtbot.waitUntil(lambda: window.findChild(DetailsDialog) is not None)
    dialog = window.findChild(DetailsDialog)
    assert dialog is not None
    assert dialog.sentence.text() == "It is damaged. Copy it again."
    assert "byte 7" in dialog.details.toPlainText()
    assert str(song) in dialog.details.toPlainText()
    retry = next(button for button in dialog.findChildren(QWidget) if getattr(button, "text", str)() == "Retry")
    with qtbot.waitSignal(running.queue.idle, timeout=20_000):
        retry.click()  # type: ignore[attr-defined]


# songs go


def test_delete_asks_and_can_be_undone(window: MainWindow, resting: JobService, fill: Fill, qtbot: QtBot) -> None:
    song_map = resting.paths.song_map("00000001")
    song_map.write_text("{}", encoding="utf-8")
    fill(make_job(1, song_map_path=str(song_map)), make_job(2))
    window.table.select(["00000001"])

    answering(DeleteDialog, lambda dialog: dialog.reject())
    qtbot.keyClick(window, Qt.Key.Key_Delete)
    assert window.model.rowCount() == 2

    def delete_with_map(dialog: QDialog) -> None:
        assert isinstance(dialog, DeleteDialog)
        assert dialog.keep.isDefault()
        assert not dialog.maps.isChecked()
        dialog.maps.setChecked(True)
        dialog.act.click()

    answering(DeleteDialog, delete_with_map)
    window.actions_.delete.trigger()
    assert window.model.rowCount() == 1
    assert info_text(window) == "Deleted 1 song."
    qtbot.waitUntil(lambda: not song_map.exists())

    with qtbot.waitSignal(resting.jobs.added):
        window.actions_.undo.trigger()
    assert window.model.rowCount() == 2
    assert song_map.exists()
    assert not window.actions_.undo.isEnabled()


def test_clean_up_says_how_many_before(window: MainWindow, resting: JobService, fill: Fill, qtbot: QtBot) -> None:
    fill(make_job(1), make_job(2), make_job(3, Status.PENDING))

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, CleanUpDialog)
        assert dialog.told.text() == "2 songs would go."
        dialog.days.setValue(30_000)
        assert dialog.told.text() == "No song is that old."
        assert not dialog.act.isEnabled()
        dialog.days.setValue(30)
        dialog.act.click()

    qtbot.waitUntil(window.actions_.clean_up.isEnabled)
    seen = answering(CleanUpDialog, look)
    window.actions_.clean_up.trigger()
    assert seen
    assert [job.job_id for job in resting.jobs] == ["00000003"]


def test_clear_finished_leaves_what_waits(window: MainWindow, resting: JobService, fill: Fill) -> None:
    fill(make_job(1), make_job(2, Status.ERROR, error_message="No."), make_job(3, Status.PENDING))
    window.news.refresh()
    answering(DeleteDialog, lambda dialog: dialog.accept())
    window.actions_.clear.trigger()
    assert [job.job_id for job in resting.jobs] == ["00000003"]
    window.news.refresh()
    assert not window.actions_.clear.isEnabled()


# the end


def test_quitting_asks_while_songs_are_analysed(
    running: JobService, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    window = show(running)
    (song,) = audio(tmp_path, "x.wait.wav")
    drop(window, mime(song))
    qtbot.waitUntil(lambda: bool(running.queue.running), timeout=20_000)

    def keep(dialog: QDialog) -> None:
        assert isinstance(dialog, QuitDialog)
        assert (dialog.act.text(), dialog.keep.text()) == ("Quit", "Keep working")
        assert dialog.keep.isDefault()
        dialog.keep.click()

    assert answering(QuitDialog, keep) == []
    assert not window.close()
    assert window.isVisible()
    answering(QuitDialog, lambda dialog: dialog.accept())
    with qtbot.waitSignal(window.closed):
        assert window.close()


def test_quitting_does_not_ask_otherwise(window: MainWindow, fill: Fill, qtbot: QtBot) -> None:
    fill(make_job(1, Status.PENDING))
    with qtbot.waitSignal(window.closed):
        window.actions_.quit.trigger()


def test_the_window_comes_back_as_it_was(resting: JobService, show: Show) -> None:
    first = show(resting)
    first.resize(733, 555)
    first.quit_unasked()
    second = MainWindow(resting.settings)
    assert (second.width(), second.height()) == (733, 555)
    second.quit_unasked()
    second.deleteLater()


# what is told


def test_before_the_list_is_there_nothing_is_claimed(service: JobService, show: Show) -> None:
    window = show(service)
    assert window.pages.currentWidget() is window.table
    assert "opening" in window.status.counts.full_text()


def test_a_refused_database_is_said_for_good(service: JobService, show: Show, qtbot: QtBot) -> None:
    service.paths.database.mkdir()
    window = show(service)
    with qtbot.waitSignal(service.refused):
        service.open()
    assert window.info.current is not None
    assert window.info.current.level == "error"
    assert not window.info.current.closable
    assert "cannot be opened" in window.status.counts.full_text()
    assert not window.actions_.add_files.isEnabled()
    assert not window.acceptDrops()


def test_a_database_that_was_set_aside_is_told(service: JobService, show: Show, qtbot: QtBot) -> None:
    service.paths.database.write_text("this is a letter, not a database " * 100, encoding="utf-8")
    window = show(service)
    with qtbot.waitSignal(service.opened):
        service.open()
    assert window.info.current is not None
    assert window.info.current.level == "warning"


def test_a_locked_database_is_told_and_withdrawn(window: MainWindow, resting: JobService) -> None:
    resting.blocked.emit("Another program is using the list. Waiting for it.")
    assert "Another program" in info_text(window)
    resting.unblocked.emit()
    assert window.info.current is None


def test_a_bug_is_shown_with_details(window: MainWindow) -> None:
    window.news.show_problem("Something went wrong.", "Traceback: <b>x</b>")
    press_info(window, "Details")
    dialog = window.findChild(DetailsDialog)
    assert dialog is not None
    assert dialog.details.toPlainText() == "Traceback: <b>x</b>"
    dialog.accept()


def test_a_finished_queue_is_told_to_who_looks_elsewhere(
    running: JobService, show: Show, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = show(running)
    told: list[str] = []
    monkeypatch.setattr(window.news.notifier, "queue_done", lambda _title, message: told.append(message))
    with qtbot.waitSignal(running.queue.idle, timeout=20_000):
        drop(window, mime(*audio(tmp_path, "one.wav", "two.wav", "x.fail-damaged.wav")))
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["2 songs are analysed. 1 failed."]


def test_the_status_bar_counts_and_says_where(
    window: MainWindow, resting: JobService, fill: Fill, qtbot: QtBot
) -> None:
    fill(make_job(1), make_job(2), make_job(3, Status.ERROR, error_message="No."), make_job(4, Status.PENDING))
    qtbot.waitUntil(lambda: "4 songs: 2 complete, 1 waiting, 1 error" in window.status.counts.full_text())
    qtbot.waitUntil(lambda: window.news.size is not None)
    assert window.status.database.full_text().endswith("B")
    assert str(resting.paths.database) in window.status.database.full_text()


def test_columns_and_colours_stand_in_the_view_menu(resting: JobService, show: Show, qapp: QApplication) -> None:
    sheet, palette = qapp.styleSheet(), qapp.palette()
    theme = Theme(qapp, resting.settings)
    window = show(resting, theme)
    texts = {action.text() for menu in window.menuBar().findChildren(QMenu) for action in menu.actions()}
    assert {"Dark", "Light", "As the system"} <= texts
    columns = window.findChild(QMenu, "columns-menu")
    assert columns is not None
    columns.aboutToShow.emit()
    assert "Key" in {action.text() for action in columns.actions()}
    theme.scheme = "dark"
    dark = window.actions_.add_folder.icon().pixmap(20).toImage()
    theme.scheme = "light"
    light = window.actions_.add_folder.icon().pixmap(20).toImage()
    assert dark != light
    assert window.palette().color(window.backgroundRole()) == LIGHT.window != DARK.window
    theme.deleteLater()
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)


@pytest.mark.parametrize("size", [(640, 400), (3840, 2160)])
def test_everything_has_room(window: MainWindow, fill: Fill, size: tuple[int, int]) -> None:
    fill(make_job(1, Status.PROCESSING, progress=0.3, stage="beat"), make_job(2))
    window.resize(*size)
    QApplication.processEvents()
    assert (window.width(), window.height()) == size
    for widget in (window.toolbar.search, window.toolbar.filter, window.table):
        assert widget.isVisible()
        right = widget.mapTo(window, QPoint(widget.width(), 0)).x()
        assert right <= size[0]
    for action in (window.toolbar.add, window.actions_.pause):
        assert window.toolbar.widgetForAction(action).isVisible()
