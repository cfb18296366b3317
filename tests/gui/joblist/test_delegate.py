"""What the cells look like, looked at as pixels."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from performia_desktop.gui.colors import LIGHT, palette
from performia_desktop.gui.joblist.columns import Column
from performia_desktop.gui.joblist.table import JobTable
from performia_desktop.jobs.job import Job, Status
from performia_desktop.paths import Paths
from performia_desktop.settings import Settings
from tests.gui.conftest import make_job
from tests.gui.joblist.test_table import table_of

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "<b>bold</b>",
    "\u202egnp.exe\u202c",
    "a\nb\rc\td\x00e",
    "🎸" * 50,
    "W" * 5000,
    "e" + "\u0301" * 500,
    "\u2066\u2067\u2068",
    "&amp; && %1 %n {0}",
    "",
]


@pytest.fixture
def table(qtbot: QtBot, paths: Paths) -> Callable[..., JobTable]:
    def make(*jobs: Job) -> JobTable:
        table = table_of(qtbot, Settings(paths.settings), *jobs, width=1300)
        table.setPalette(palette(LIGHT))
        table.clearFocus()
        return table

    return make


def cell(table: JobTable, row: int, column: Column) -> QImage:
    rect = table.visualRect(table.model().index(row, column))
    return table.viewport().grab(rect).toImage()


def near(a: QColor, b: QColor) -> bool:
    return abs(a.red() - b.red()) + abs(a.green() - b.green()) + abs(a.blue() - b.blue()) < 60


def ink(image: QImage, color: QColor, area: QRect | None = None) -> int:
    area = area or image.rect()
    xs, ys = range(area.left(), area.right() + 1), range(area.top(), area.bottom() + 1)
    return sum(near(image.pixelColor(x, y), color) for x in xs for y in ys)


def test_the_bar_is_as_long_as_the_progress(table: Callable[..., JobTable]) -> None:
    shown = table(
        make_job(1, Status.PROCESSING, progress=0.2, stage="beat"),
        make_job(2, Status.PROCESSING, progress=0.8, stage="beat"),
    )
    long, short = (ink(cell(shown, row, Column.PROGRESS), LIGHT.accent) for row in (0, 1))
    assert long == pytest.approx(4 * short, rel=0.15)


@pytest.mark.parametrize("status", [Status.PENDING, Status.COMPLETE, Status.CANCELLED])
def test_a_song_that_does_not_run_shows_no_bar(table: Callable[..., JobTable], status: Status) -> None:
    shown = table(make_job(1, status, progress=0.5))
    assert ink(cell(shown, 0, Column.PROGRESS), LIGHT.line) == 0


def test_an_error_runs_over_the_cells_that_are_free(table: Callable[..., JobTable]) -> None:
    message = "This file is damaged after 0:41 and so is the other copy of it. Copy both again, then retry."
    shown = table(make_job(1, Status.ERROR, error_message=message))
    for column in (Column.STATUS, Column.PROGRESS, Column.TEMPO):
        assert ink(cell(shown, 0, column), LIGHT.error) > 10, column
    assert ink(cell(shown, 0, Column.ADDED), LIGHT.error) == 0


def test_an_error_stops_where_a_cell_has_something_to_say(table: Callable[..., JobTable]) -> None:
    shown = table(make_job(1, Status.ERROR, error_message="Damaged. " * 30, tempo_bpm=120.0))
    assert ink(cell(shown, 0, Column.PROGRESS), LIGHT.error) > 10
    assert ink(cell(shown, 0, Column.TEMPO), LIGHT.error) == 0
    assert ink(cell(shown, 0, Column.KEY), LIGHT.error) == 0


def test_an_errors_slices_fit_together(table: Callable[..., JobTable]) -> None:
    """A part painted alone is the same as that part of the whole."""
    shown = table(make_job(1, Status.ERROR, error_message="This goes on over several of the columns. " * 2))
    rect = shown.visualRect(shown.model().index(0, 0)).adjusted(0, 0, 900, 0)
    whole = shown.viewport().grab(rect).toImage()
    for column in (Column.STATUS, Column.PROGRESS, Column.TEMPO, Column.KEY):
        place = shown.visualRect(shown.model().index(0, column))
        assert cell(shown, 0, column) == whole.copy(place)


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_title_is_text_in_its_own_cell(table: Callable[..., JobTable], title: str) -> None:
    shown = table(
        make_job(1, title=title, artist=title, key=title), make_job(2, Status.ERROR, error_message=title)
    )
    status = cell(shown, 1, Column.STATUS)
    plain_table = table(make_job(1), make_job(2))
    assert status == cell(plain_table, 1, Column.STATUS)


def test_markup_is_shown_as_it_is(table: Callable[..., JobTable]) -> None:
    bold = cell(table(make_job(1, title="<b>x</b>")), 0, Column.SONG)
    plain = cell(table(make_job(1, title="x")), 0, Column.SONG)
    assert ink(bold, LIGHT.text) > 2 * ink(plain, LIGHT.text)


def test_a_selected_row_has_a_fill_and_an_edge(table: Callable[..., JobTable]) -> None:
    shown = table(make_job(1), make_job(2))
    shown.selectRow(0)
    image = cell(shown, 0, Column.SONG)
    assert near(image.pixelColor(1, 20), LIGHT.accent)
    assert near(image.pixelColor(200, 4), LIGHT.selection)
    assert not near(cell(shown, 1, Column.SONG).pixelColor(1, 20), LIGHT.accent)
