from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QMenuBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from performia_desktop.assets import resource
from performia_desktop.gui import language
from performia_desktop.gui.colors import LIGHT
from performia_desktop.gui.export_dialog import ExportDialog
from performia_desktop.gui.joblist.columns import Column
from performia_desktop.gui.keeping.preferences import Preferences
from performia_desktop.gui.main_window import MainWindow
from performia_desktop.gui.text import key_words
from performia_desktop.gui.theme import Theme, style_sheet
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.service import JobService
from tests.gui import seeing
from tests.gui.conftest import make_job

Fill = Callable[..., list[Job]]


@pytest.mark.parametrize(
    ("choice", "system", "shown"),
    [
        ("system", ["de-AT", "de", "en"], "de"),
        ("system", ["es-MX"], "es"),
        ("system", ["en-US", "de-DE"], "en"),  # English is wanted before German
        ("system", ["fr-FR", "de-DE"], "de"),
        ("system", ["ja-JP"], "en"),
        ("system", [], "en"),
        ("de", ["es-ES"], "de"),
        ("en", ["de-DE"], "en"),
        ("klingon", ["es_ES"], "es"),
    ],
)
def test_the_users_choice_comes_first_then_the_systems_order(choice: str, system: list[str], shown: str) -> None:
    assert language.chosen(choice, system) == shown


@pytest.mark.parametrize("code", [code for code in language.LANGUAGES if code != "en"])
def test_our_words_and_qts_own_are_there(code: str) -> None:
    assert QTranslator().load(f"performia_{code}", str(resource("translations")))
    assert QTranslator().load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))


def test_a_language_is_installed_with_its_numbers(qapp: QApplication) -> None:
    usual = QLocale()
    app_words = QCoreApplication.translate
    try:
        assert language.install(qapp, "es") == "es"
        assert app_words("words", "Waiting") == "En espera"
        assert QLocale().language() == QLocale.Language.Spanish
    finally:
        for translator in qapp.findChildren(QTranslator):
            qapp.removeTranslator(translator)
            translator.deleteLater()
        QLocale.setDefault(usual)
    assert app_words("words", "Waiting") == "Waiting"


def test_the_window_is_german_throughout(german: QTranslator, window: MainWindow, fill: Fill) -> None:
    fill(
        make_job(1, key="Eb major", tempo_bpm=112.0),
        make_job(2, Status.ERROR, error_message="The disk is full. Free some space and retry."),
    )
    window.news.refresh()
    model = window.model
    cells = {model.index(row, column).data() for row in range(2) for column in (Column.KEY, Column.STATUS)}
    assert {"E♭-Dur", "Fertig", "Das Laufwerk ist voll. Platz schaffen und noch einmal versuchen."} <= cells
    assert window.status.counts.full_text() == "2 Songs: 1 fertig, 1 Fehler"
    assert [action.text() for action in window.menuBar().actions()][:2] == ["&Datei", "&Bearbeiten"]
    english = {"Add files…", "Preferences…", "Delete…", "Quit", "Search"}
    assert not english & {action.text() for action in window.findChildren(QAction)}


def letters(root: QWidget) -> list[str]:
    """The keys that work with Alt in a dialog, or in the menu bar."""
    if isinstance(root, QMenuBar):
        words = [action.text() for action in root.actions()]
    else:
        words = [one.text() for one in root.findChildren(QWidget) if isinstance(one, QLabel | QAbstractButton)]
    return [match[1].casefold() for text in words if (match := re.search(r"&(\w)", text))]


@pytest.fixture(params=list(language.LANGUAGES))
def speaking(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """Each language in turn, with the program's own style."""
    translator = QTranslator()
    if request.param != "en":
        assert translator.load(f"performia_{request.param}", str(resource("translations")))
        qapp.installTranslator(translator)
    usual = qapp.styleSheet(), qapp.palette()
    qapp.setStyleSheet(style_sheet(LIGHT))
    yield request.param
    qapp.setStyleSheet(usual[0])
    qapp.setPalette(usual[1])
    qapp.removeTranslator(translator)


def test_no_letter_means_two_things_and_no_words_are_cut(
    speaking: str, qapp: QApplication, resting: JobService, show: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    theme = Theme(qapp, resting.settings)
    for root in (show(resting).menuBar(), Preferences(None, resting, theme), ExportDialog(None, 2)):
        if isinstance(root, QDialog):
            qtbot.addWidget(root)
            with qtbot.waitExposed(root):
                root.show()
        found = letters(root)
        assert len(found) == len(set(found)) > 2, found
        for label in root.findChildren(QLabel):
            if label.isVisible() and label.text():
                needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
                assert label.height() >= needed, label.text()
                assert label.wordWrap() or label.width() >= label.sizeHint().width(), label.text()
    theme.deleteLater()


def test_keys_are_written_as_musicians_do() -> None:
    assert [key_words(key) for key in ("Eb major", "F# minor", "C dorian")] == ["E♭ major", "F♯ minor", "C dorian"]


def test_the_row_stays_english_whatever_the_window_speaks(
    german: QTranslator, resting: JobService, qtbot: QtBot
) -> None:
    """Other programs, and the command line, read the row too."""
    with qtbot.waitSignal(resting.jobs.added):
        resting.jobs.add([make_job(1, Status.PENDING, input_file=None)])
    with qtbot.waitSignal(resting.queue.job_ended) as ended:
        resting.queue.start()
    assert ended.args[0].error_message.startswith("It is not known where")


@pytest.fixture
def right_to_left(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def ink(window: MainWindow, row: int, column: Column) -> tuple[int, int]:
    """How far the ink of a cell is from the cell's left and right edge."""
    place = window.table.visualRect(window.model.index(row, column))
    seen = seeing.pixels(window.table.viewport(), place.adjusted(0, 2, 0, -2))
    inked = np.flatnonzero((seen != seen[0, seen.shape[1] // 2]).any(axis=(0, 2)))
    return int(inked[0]), int(seen.shape[1] - 1 - inked[-1])


def test_the_window_is_mirrored_where_one_reads_from_right_to_left(
    right_to_left: None, window: MainWindow, fill: Fill
) -> None:
    message = "The disk is full. Free some space and retry."
    fill(make_job(2, key="C major", tempo_bpm=99.0), make_job(1, Status.ERROR, error_message=message))
    QApplication.processEvents()
    rows = {window.model.job(row).status: row for row in range(2)}
    complete = rows[Status.COMPLETE]
    for column in (Column.SONG, Column.STATUS, Column.KEY):
        left, right = ink(window, complete, column)
        assert right < 20 < left, column
    left, right = ink(window, complete, Column.TEMPO)
    assert left < 20 < right
    assert ink(window, rows[Status.ERROR], Column.STATUS)[1] < 20
    add = next(button for button in window.toolbar.findChildren(QToolButton) if button.text() == "Add files")
    assert add.x() > window.toolbar.search.x() > window.toolbar.filter.x()
    assert window.status.counts.x() > window.status.database.x()
    for widget in window.toolbar.findChildren(QWidget):
        if widget.isVisible() and widget.parent() is window.toolbar:
            assert window.toolbar.rect().contains(widget.geometry()), widget
