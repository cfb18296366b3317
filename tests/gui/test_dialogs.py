from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from performia_desktop.gui.dialogs import (
    CleanUpDialog,
    DeleteDialog,
    DetailsDialog,
    Question,
    QuitDialog,
)
from performia_desktop.jobs.job import Status
from performia_desktop.jobs.store_bin import KEPT_SECONDS
from tests.gui.conftest import make_job

HOSTILE = "<img src=x><b>Title</b>\u202e"


def all_dialogs() -> dict[str, Callable[[], Question]]:
    return {
        "delete one": lambda: DeleteDialog(None, [make_job(1, title=HOSTILE, song_map_path="/m")]),
        "delete many": lambda: DeleteDialog(None, [make_job(i) for i in range(3)]),
        "clean up": lambda: CleanUpDialog(None, lambda _days: 3),
        "quit": lambda: QuitDialog(None, 1, 2),
    }


@pytest.mark.parametrize("name", all_dialogs())
def test_the_safe_button_is_the_default_and_escape_takes_it(qtbot: QtBot, name: str) -> None:
    dialog = all_dialogs()[name]()
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.keep.isDefault()
    assert not dialog.act.isDefault()
    assert not dialog.act.autoDefault()
    assert dialog.act.text() not in {"OK", "Yes"}
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


@pytest.mark.parametrize("name", all_dialogs())
def test_enter_does_no_harm(qtbot: QtBot, name: str) -> None:
    dialog = all_dialogs()[name]()
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Rejected


@pytest.mark.parametrize("name", all_dialogs())
def test_every_label_is_plain_text(qtbot: QtBot, name: str) -> None:
    dialog = all_dialogs()[name]()
    qtbot.addWidget(dialog)
    named = [label for label in dialog.findChildren(QLabel) if "<" in label.text()]
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in named)


def test_a_name_is_shown_as_it_is_without_its_tricks(qtbot: QtBot) -> None:
    dialog = DeleteDialog(None, [make_job(1, title=HOSTILE)])
    qtbot.addWidget(dialog)
    assert dialog.heading.text() == "Delete “\u2068<img src=x><b>Title</b>\u2069”?"


def test_delete_says_what_happens_to_what(qtbot: QtBot) -> None:
    dialog = DeleteDialog(None, [make_job(1), make_job(2, Status.PROCESSING), make_job(3, song_map_path="/m")])
    qtbot.addWidget(dialog)
    assert dialog.heading.text() == "Delete 3 jobs from the list?"
    assert dialog.act.text() == "Delete 3 jobs"
    assert "audio stays" in dialog.body.text()
    assert "analysed stops" in dialog.body.text()
    assert f"back for {KEPT_SECONDS / 86_400:.0f} days" in dialog.body.text()
    assert not dialog.maps.isHidden()
    assert dialog.maps.text() == "Delete the Song Map too"


def test_delete_does_not_speak_of_maps_where_there_is_none(qtbot: QtBot) -> None:
    dialog = DeleteDialog(None, [make_job(1, Status.PENDING)])
    qtbot.addWidget(dialog)
    assert dialog.maps.isHidden()


def test_clean_up_counts_while_the_days_change(qtbot: QtBot) -> None:
    asked: list[float] = []

    def count(days: float) -> int:
        asked.append(days)
        return {30: 1, 10: 12}.get(int(days), 0)

    dialog = CleanUpDialog(None, count)
    qtbot.addWidget(dialog)
    assert (dialog.told.text(), dialog.act.text()) == ("1 song would go.", "Delete 1 song")
    dialog.days.setValue(10)
    assert (dialog.told.text(), dialog.act.text()) == ("12 songs would go.", "Delete 12 songs")
    dialog.days.setValue(300)
    assert not dialog.act.isEnabled()
    assert asked == [30, 10, 300]


def test_quit_says_what_becomes_of_the_work(qtbot: QtBot) -> None:
    dialog = QuitDialog(None, 2, 5)
    qtbot.addWidget(dialog)
    assert dialog.heading.text() == "2 songs are being analysed"
    assert "5 more songs wait" in dialog.body.text()
    assert "goes on where it stopped" in dialog.body.text()


def test_details_can_be_copied_and_acted_on(qtbot: QtBot) -> None:
    done: list[bool] = []
    dialog = DetailsDialog(None, "Song", "It is <b>damaged</b>.", "line 1\nline 2")
    button = dialog.add_button("Retry", lambda: done.append(True))
    dialog.show()
    assert dialog.sentence.textFormat() == Qt.TextFormat.PlainText
    dialog.copy()
    assert QGuiApplication.clipboard().text() == "It is <b>damaged</b>.\n\nline 1\nline 2"
    with qtbot.waitSignal(dialog.accepted):
        button.click()
    assert done == [True]
