"""Words can be read and the focus can be seen, in both schemes: measured on the pictures of the real widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from performia_desktop.gui.colors import DARK, LIGHT, palette
from performia_desktop.gui.dialogs import CleanUpDialog, DeleteDialog, DetailsDialog
from performia_desktop.gui.export_dialog import ExportDialog
from performia_desktop.gui.info_bar import Notice
from performia_desktop.gui.keeping.bin import BinDialog
from performia_desktop.gui.keeping.facts import gather
from performia_desktop.gui.keeping.preferences import Preferences
from performia_desktop.gui.keeping.program import AboutProgram
from performia_desktop.gui.keeping.report import ReportDialog
from performia_desktop.gui.keeping.restore import RestoreDialog
from performia_desktop.gui.main_window import MainWindow
from performia_desktop.gui.theme import Theme, style_sheet
from performia_desktop.jobs.background import Background
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.service import JobService
from tests.gui import seeing
from tests.gui.conftest import make_job
from tests.gui.seeing import AA, unreadable, unseen_focus
from tests.gui.test_accessibility import nameless

Fill = Callable[..., list[Job]]


@pytest.fixture(params=["dark", "light"])
def theme(request: pytest.FixtureRequest, qapp: QApplication, resting: JobService) -> Iterator[Theme]:
    usual = qapp.palette(), qapp.styleSheet()
    resting.settings.color_scheme = request.param
    theme = Theme(qapp, resting.settings)
    yield theme
    theme.deleteLater()
    qapp.setStyleSheet(usual[1])
    qapp.setPalette(usual[0])
    QGuiApplication.styleHints().unsetColorScheme()


def show(dialog: QWidget, qtbot: QtBot) -> QWidget:
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def dialogs(service: JobService, theme: Theme, background: Background) -> list[QWidget]:
    jobs = [make_job(1, song_map_path="/m"), make_job(2, song_map_path="/m")]
    return [
        DeleteDialog(None, jobs),
        CleanUpDialog(None, lambda _days: 3),
        DetailsDialog(None, "What happened", "Something went wrong.", "Traceback"),
        ExportDialog(None, 2),
        Preferences(None, service, theme),
        AboutProgram(None, service.paths),
        ReportDialog(None, gather(service.paths, service.settings, []), background),
        RestoreDialog(None, [], 0),
        BinDialog(None, service.trash),
    ]


def test_every_word_of_the_window_can_be_read(
    theme: Theme, resting: JobService, show_window: Callable[[], MainWindow], fill: Fill
) -> None:
    window = show_window()
    fill(
        *(
            make_job(
                n, status, title=f"Song {n}", artist="The Examples", error_message="It is damaged.", key="C major"
            )
            for n, status in enumerate(Status)
        )
    )
    window.table.selectRow(1)
    QApplication.processEvents()
    for level in ("info", "warning", "error"):
        window.info.tell(Notice("a", "Something to know.", level, actions=(("Show", lambda: None),)))
        assert unreadable(window) == []
    table = window.table
    for row in range(len(Status)):
        for column in range(window.model.columnCount()):
            index = window.model.index(row, column)
            place = table.visualRect(index)
            if not index.data() or table.isColumnHidden(column) or not place.width():
                continue
            contrast = seeing.text_contrast(seeing.pixels(table.viewport(), place))
            assert contrast >= AA, f"row {row}, column {column}: {contrast:.2f}"
    header = table.horizontalHeader()
    for column in range(header.count()):
        if not header.isSectionHidden(column):
            place = QRect(header.sectionViewportPosition(column), 0, header.sectionSize(column), header.height())
            assert seeing.text_contrast(seeing.pixels(header.viewport(), place)) >= AA


def test_every_word_of_an_empty_window_and_of_the_menus_can_be_read(
    theme: Theme, show_window: Callable[[], MainWindow]
) -> None:
    window = show_window()
    assert unreadable(window) == []
    bar = window.menuBar()
    for action in bar.actions():
        assert seeing.text_contrast(seeing.pixels(bar, bar.actionGeometry(action))) >= AA
        menu = action.menu()
        assert isinstance(menu, QMenu)
        menu.popup(window.pos())
        for entry in menu.actions():
            if entry.isEnabled() and entry.text():
                contrast = seeing.text_contrast(seeing.pixels(menu, menu.actionGeometry(entry)))
                assert contrast >= AA, f"{entry.text()}: {contrast:.2f}"
        menu.close()


def test_every_word_of_the_dialogs_can_be_read(
    theme: Theme, resting: JobService, qtbot: QtBot, background: Background
) -> None:
    for dialog in dialogs(resting, theme, background):
        assert unreadable(show(dialog, qtbot)) == [], dialog


def test_where_the_keyboard_is_can_be_seen(
    theme: Theme,
    resting: JobService,
    show_window: Callable[[], MainWindow],
    fill: Fill,
    qtbot: QtBot,
    background: Background,
) -> None:
    window = show_window()
    fill(make_job(1), make_job(2))
    QApplication.processEvents()
    window.info.tell(Notice("a", "Told.", actions=(("Show", lambda: None),)))
    assert unseen_focus(window) == []
    for dialog in dialogs(resting, theme, background):
        assert unseen_focus(show(dialog, qtbot)) == [], dialog


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    background = Background()
    yield background
    background.close(5_000)
    background.deleteLater()


@pytest.fixture
def show_window(resting: JobService, theme: Theme, show: Callable[..., MainWindow]) -> Callable[[], MainWindow]:
    return lambda: show(resting, theme)


def test_the_measure_is_right(qapp: QApplication, qtbot: QtBot) -> None:
    """The same numbers as for the colours themselves, from a picture."""
    from PySide6.QtWidgets import QLabel

    from performia_desktop.gui.colors import contrast

    for scheme in (DARK, LIGHT):
        label = QLabel("Words")
        qtbot.addWidget(label)
        label.setPalette(palette(scheme))
        label.setAutoFillBackground(True)
        font = label.font()
        font.setPixelSize(40)
        label.setFont(font)
        label.resize(200, 60)
        assert seeing.text_contrast(seeing.pixels(label)) == pytest.approx(
            contrast(scheme.text, scheme.window), abs=0.1
        )
        assert "$" not in style_sheet(scheme)


def test_every_control_of_the_dialogs_is_named_and_reached_by_tab(
    theme: Theme, resting: JobService, qtbot: QtBot, background: Background
) -> None:
    for dialog in dialogs(resting, theme, background):
        show(dialog, qtbot)
        dialog.activateWindow()
        assert nameless(dialog) == [], dialog
        controls = list(seeing.focusable(dialog))
        reached = set()
        for _ in range(len(controls) + 5):
            dialog.focusNextChild()
            reached.add(QApplication.focusWidget())
        assert {repr(one) for one in controls} <= {repr(one) for one in reached}, dialog
