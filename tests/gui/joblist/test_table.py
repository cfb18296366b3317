from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from performia_desktop.gui.joblist.columns import Column
from performia_desktop.gui.joblist.model import JobModel
from performia_desktop.gui.joblist.table import JobTable
from performia_desktop.jobs.job import Job, Status
from performia_desktop.paths import Paths
from performia_desktop.settings import Settings
from tests.gui.conftest import make_job


@pytest.fixture
def settings(paths: Paths) -> Settings:
    return Settings(paths.settings)


def table_of(qtbot: QtBot, settings: Settings, *jobs: Job, width: int = 1200) -> JobTable:
    model = JobModel()
    model.insert(jobs)
    table = JobTable(model, settings)
    model.setParent(table)
    qtbot.addWidget(table)
    table.resize(width, 400)
    with qtbot.waitExposed(table):
        table.show()
    return table


def order(table: JobTable) -> list[Column]:
    header = table.horizontalHeader()
    return [Column(header.logicalIndex(i)) for i in range(header.count())]


def shown(table: JobTable) -> set[Column]:
    return {column for column in Column if not table.isColumnHidden(column)}


def test_columns_are_remembered(qtbot: QtBot, settings: Settings, paths: Paths) -> None:
    table = table_of(qtbot, settings)
    table.horizontalHeader().moveSection(Column.KEY, 1)
    table.setColumnWidth(Column.STATUS, 301)
    table.show_column(Column.TEMPO, False)
    table.sort_by(Column.LENGTH, descending=False)
    wanted = order(table)
    table.save()
    settings.sync()
    again = table_of(qtbot, Settings(paths.settings))
    assert order(again) == wanted
    assert again.columnWidth(Column.STATUS) == 301
    assert again.isColumnHidden(Column.TEMPO)
    assert again.horizontalHeader().sortIndicatorSection() == Column.LENGTH
    assert again.model().sorting == (Column.LENGTH, False)  # type: ignore[attr-defined]


def test_the_width_of_a_hidden_column_is_remembered(qtbot: QtBot, settings: Settings) -> None:
    table = table_of(qtbot, settings)
    table.setColumnWidth(Column.KEY, 177)
    table.show_column(Column.KEY, False)
    table.save()
    again = table_of(qtbot, settings)
    again.show_column(Column.KEY, True)
    assert again.columnWidth(Column.KEY) == 177


@pytest.mark.parametrize(
    "state",
    [
        b"",
        b"not json",
        b"[]",
        b'{"order": 3}',
        b'{"order": ["NO"], "widths": {}, "hidden": ["SONG"], "descending": 1}',
    ],
)
def test_what_cannot_be_read_gives_the_usual_columns(qtbot: QtBot, settings: Settings, state: bytes) -> None:
    settings.set_state("job-columns", QByteArray(state))
    table = table_of(qtbot, settings)
    assert order(table) == list(Column)
    assert Column.SONG in shown(table)


def test_a_narrow_window_keeps_song_and_status(qtbot: QtBot, settings: Settings) -> None:
    table = table_of(qtbot, settings, width=420)
    assert {Column.SONG, Column.STATUS} <= shown(table)
    assert Column.ADDED not in shown(table)
    table.resize(1600, 400)
    assert shown(table) == set(Column)


def test_want_of_room_is_not_remembered_as_a_wish(qtbot: QtBot, settings: Settings) -> None:
    table_of(qtbot, settings, width=420).save()
    assert shown(table_of(qtbot, settings, width=1600)) == set(Column)


def test_the_headers_menu_hides_and_shows(qtbot: QtBot, settings: Settings) -> None:
    table = table_of(qtbot, settings, width=1600)
    table.horizontalHeader().customContextMenuRequested.emit(QPoint(5, 5))
    menu = table.findChild(QMenu)
    assert menu is not None
    actions = {action.text(): action for action in menu.actions()}
    assert "Song" not in actions
    actions["Key"].trigger()
    assert table.isColumnHidden(Column.KEY)
    actions["Key"].trigger()
    assert not table.isColumnHidden(Column.KEY)
    actions["Key"].trigger()
    actions["Usual columns"].trigger()
    assert not table.isColumnHidden(Column.KEY)
    menu.close()


def test_clicking_a_header_sorts_turns_and_then_gives_the_queues_order(qtbot: QtBot, settings: Settings) -> None:
    table = table_of(qtbot, settings, make_job(1, title="b"), make_job(2, title="a"), make_job(3, title="c"))
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(Column.SONG) + 20, 10)
    titles = []
    for _ in range(3):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        titles.append("".join(job.title or "" for job in table.model().rows()))  # type: ignore[attr-defined]
    assert titles == ["abc", "cba", "bac"]


def test_enter_and_double_click_open(qtbot: QtBot, settings: Settings) -> None:
    table = table_of(qtbot, settings, make_job(1), make_job(2))
    table.selectRow(1)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [make_job(1)]
    place = table.visualRect(table.model().index(0, 0)).center()
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [make_job(2)]


def test_typing_goes_to_a_title(qtbot: QtBot, settings: Settings) -> None:
    table = table_of(
        qtbot, settings, make_job(1, title="Zebra"), make_job(2, title="Blue"), make_job(3, title="Alto")
    )
    table.setFocus()
    qtbot.keyClicks(table, "ze")
    assert [job.title for job in table.selected()] == ["Zebra"]


def test_selected_is_from_the_top_down_and_every_row_once(qtbot: QtBot, settings: Settings) -> None:
    table = table_of(qtbot, settings, *(make_job(i) for i in range(5)))
    table.select(["00000001", "00000003", "00000004"])
    assert [job.job_id for job in table.selected()] == ["00000004", "00000003", "00000001"]
    table.selectAll()
    assert len(table.selected()) == 5


def test_a_row_holds_two_lines_at_any_font_size(qtbot: QtBot, settings: Settings) -> None:
    table = table_of(qtbot, settings, make_job(1, title="A", artist="B"))
    assert table.rowHeight(0) == 44
    font = table.font()
    font.setPointSizeF(24)
    table.setFont(font)
    lines = table.fontMetrics().height() * 1.85
    assert table.verticalHeader().defaultSectionSize() >= lines


def test_the_song_column_takes_the_free_width(qtbot: QtBot, settings: Settings) -> None:
    table = table_of(qtbot, settings, width=1500)
    narrow = table.columnWidth(Column.SONG)
    table.resize(1800, 400)
    assert table.columnWidth(Column.SONG) == narrow + 300


def test_a_running_songs_row_is_painted(qtbot: QtBot, settings: Settings) -> None:
    table = table_of(qtbot, settings, make_job(1, Status.PROCESSING, progress=0.5, stage="beat"))
    image = table.grab().toImage()
    accent = table.palette().color(table.palette().ColorRole.Highlight)
    assert image.width() >= 1200
    assert accent.isValid()
