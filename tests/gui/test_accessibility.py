"""Everybody can use it: names for what has no words, keys for what has a button, words beside every colour."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QSpinBox,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from performia_desktop.gui.dialogs import CleanUpDialog, DeleteDialog
from performia_desktop.gui.info_bar import Notice
from performia_desktop.gui.joblist.columns import Column
from performia_desktop.gui.main_window import MainWindow
from performia_desktop.jobs.job import Job, Status
from tests.gui.conftest import make_job

Fill = Callable[..., list[Job]]


_CONTROLS = (QAbstractButton, QLineEdit, QSpinBox, QTableView, QComboBox, QPlainTextEdit, QListWidget)


def nameless(root: QWidget) -> list[str]:
    """Controls that a screen reader could not name, or that have no tooltip where they have no words."""
    found = []
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, _CONTROLS):
            continue
        if widget.objectName().startswith("qt_") or isinstance(
            widget.parent(), QLineEdit | QTableView | QSpinBox | QComboBox
        ):
            continue  # Qt's own parts
        interface = QAccessible.queryAccessibleInterface(widget)
        if not interface.text(QAccessible.Text.Name):
            found.append(f"{widget!r} has no name")
        if isinstance(widget, QAbstractButton) and not widget.text() and not widget.toolTip():
            found.append(f"{widget!r} has no tooltip")
    return found


def test_every_control_has_a_name(window: MainWindow) -> None:
    window.info.tell(Notice("a", "Told.", actions=(("Show", lambda: None),)))
    assert nameless(window) == []


def test_every_control_of_the_dialogs_has_a_name(qtbot: QtBot) -> None:
    for dialog in (DeleteDialog(None, [make_job(1, song_map_path="/m")]), CleanUpDialog(None, lambda _days: 3)):
        qtbot.addWidget(dialog)
        assert nameless(dialog) == []


def test_every_action_says_what_it_does(window: MainWindow) -> None:
    for action in window.actions():
        assert action.text()
        assert action.toolTip()


def test_every_toolbar_button_can_be_reached_by_tab(window: MainWindow, fill: Fill) -> None:
    fill(make_job(1))
    window.news.refresh()
    window.activateWindow()
    window.table.setFocus()
    seen: list[QWidget] = []
    for _ in range(30):
        focus = QApplication.focusWidget()
        if focus is None or focus in seen:
            break
        seen.append(focus)
        window.focusNextChild()
    names = {widget.accessibleName() or widget.objectName() for widget in seen}
    assert {"Add files", "Add folder", "Pause", "Clear finished", "Search songs", "Songs"} <= names
    assert any(name.startswith("Status shown") for name in names)


def test_the_table_is_read_cell_by_cell(window: MainWindow, fill: Fill) -> None:
    fill(
        make_job(1, title="Blue", artist="The Examples", tempo_bpm=112.0, key="Eb major"),
        make_job(2, Status.ERROR, error_message="It is damaged. Copy it again."),
    )
    table = QAccessible.queryAccessibleInterface(window.table)
    assert table.role() == QAccessible.Role.Table
    names = {table.child(i).text(QAccessible.Text.Name) for i in range(table.childCount())}
    assert {"Blue by The Examples", "112 beats per minute", "E flat major"} <= names
    assert any(name.endswith(": It is damaged. Copy it again.") for name in names)


def test_a_row_is_read_from_its_beginning_to_its_end(window: MainWindow, fill: Fill) -> None:
    fill(make_job(1, title="Blue", artist="The Examples", tempo_bpm=112.0, key="Eb major", duration_sec=222.0))
    table = QAccessible.queryAccessibleInterface(window.table)
    cells = [table.child(i) for i in range(table.childCount())]
    row = [cell.text(QAccessible.Text.Name) for cell in cells if cell.role() == QAccessible.Role.Cell]
    assert row[:2] == ["Blue by The Examples", "Complete"]
    assert {"112 beats per minute", "E flat major", "Length: 3:42"} <= set(row)
    headings = [cell.text(QAccessible.Text.Name) for cell in cells if cell.role() == QAccessible.Role.ColumnHeader]
    assert headings[:2] == ["Song", "Status"]


def test_no_status_is_told_by_colour_alone(window: MainWindow, fill: Fill) -> None:
    fill(*(make_job(i, status, error_message="It is damaged.") for i, status in enumerate(Status)))
    words = [window.model.index(row, Column.STATUS).data() for row in range(len(Status))]
    assert len(set(words)) == len(words)
    assert all(words)


def test_every_menu_has_a_letter_and_no_two_the_same(window: MainWindow) -> None:
    letters = [action.text().split("&")[1][0] for action in window.menuBar().actions()]
    assert len(letters) == len(set(letters)) == 6
