"""The stage: large, dark, turning its own pages, worked by feet."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QAbstractAnimation, QPoint, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from performia_desktop import demo
from performia_desktop.gui.colors import LIGHT, contrast
from performia_desktop.gui.colors import palette as palette_of
from performia_desktop.gui.song.chart import chart
from performia_desktop.gui.song.sheet.paint import Ink
from performia_desktop.gui.song.stage import CHORD_SHARE, Stage
from performia_desktop.gui.theme import style_sheet
from performia_desktop.paths import Paths
from performia_desktop.settings import Settings
from tests.gui.song.conftest import OpenSong

SONG = demo.truth()


@pytest.fixture
def settings(paths: Paths) -> Settings:
    return Settings(paths.settings)


@pytest.fixture
def stage(qtbot: QtBot, settings: Settings) -> Iterator[Stage]:
    stage = Stage(chart(SONG), None, settings, None)
    stage.resize(1280, 720)
    with qtbot.waitExposed(stage):
        stage.show()
    yield stage
    if isValid(stage):
        stage.close()


def turned(stage: Stage) -> int:
    """Finish what turns, and return where the page begins."""
    if stage._turn.state() is QAbstractAnimation.State.Running:
        stage._turn.setCurrentTime(stage._turn.duration())
    return stage.area.verticalScrollBar().value()


def visible(stage: Stage) -> Callable[[int], bool]:
    top = turned(stage)
    bottom = top + stage.area.viewport().height()
    return lambda i: top <= stage.chart.placed[i].rect.top() and stage.chart.placed[i].rect.bottom() <= bottom


def test_chords_are_as_large_as_the_screen_asks_for(stage: Stage) -> None:
    height = stage.chart._type.height(stage.chart._type.chord)
    assert height == pytest.approx(720 * CHORD_SHARE, rel=0.1)
    stage.resize(1920, 1080)
    assert stage.chart._type.height(stage.chart._type.chord) == pytest.approx(1080 * CHORD_SHARE, rel=0.1)


def test_everything_stands_out_from_black(qapp: QApplication, qtbot: QtBot, settings: Settings) -> None:
    before = qapp.palette()
    qapp.setPalette(palette_of(LIGHT))
    qapp.setStyleSheet(style_sheet(LIGHT))
    try:
        stage = Stage(chart(SONG), None, settings, None)
        stage.resize(1280, 720)
        with qtbot.waitExposed(stage):
            stage.show()
        _stands_out(stage)
        stage.close()
    finally:
        qapp.setStyleSheet("")
        qapp.setPalette(before)


def _stands_out(stage: Stage) -> None:
    ink = Ink.of(stage.chart.palette())
    black = stage.chart.palette().color(QPalette.ColorRole.Base)
    assert black == QColor("#000000")
    assert contrast(ink.chords, black) > 13
    assert contrast(ink.text, black) > 15
    assert stage.grab().toImage().pixelColor(2, 700) == black


def test_the_page_follows_the_song(stage: Stage) -> None:
    for i, bar in enumerate(SONG.downbeats):
        stage.follow(bar + 0.01)
        assert visible(stage)(i)
        assert stage.chart.lit is stage.chart.placed[i]
    assert turned(stage) > 0
    stage.follow(SONG.downbeats[0])
    assert turned(stage) == 0


@pytest.mark.parametrize(
    ("forth", "back"),
    [
        (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp),
        (Qt.Key.Key_Down, Qt.Key.Key_Up),
        (Qt.Key.Key_Right, Qt.Key.Key_Left),
    ],
)
def test_a_pedal_turns_pages_and_no_line_is_lost(stage: Stage, forth: Qt.Key, back: Qt.Key) -> None:
    seen = {i for i in range(len(stage.chart.placed)) if visible(stage)(i)}
    for _ in range(30):
        QTest.keyClick(stage, forth)
        shown = visible(stage)
        seen |= {i for i in range(len(stage.chart.placed)) if shown(i)}
    assert seen == set(range(len(stage.chart.placed)))
    for _ in range(30):
        QTest.keyClick(stage, back)
        turned(stage)
    assert turned(stage) == 0


def test_a_page_turned_ahead_stays_until_the_song_has_come_there(stage: Stage) -> None:
    stage.follow(SONG.downbeats[0])
    turned(stage)
    QTest.keyClick(stage, Qt.Key.Key_End)
    ahead = turned(stage)
    assert ahead > 0
    stage.follow(SONG.downbeats[1])
    assert turned(stage) == ahead
    stage.follow(SONG.downbeats[-1])
    stage.follow(SONG.downbeats[0])
    assert turned(stage) == 0


def test_the_cursor_comes_with_the_mouse_and_goes(stage: Stage, qtbot: QtBot) -> None:
    assert stage.cursor().shape() == Qt.CursorShape.BlankCursor
    QTest.mouseMove(stage.chart, QPoint(50, 50))
    QTest.mouseMove(stage.chart, QPoint(60, 60))
    assert stage.cursor().shape() != Qt.CursorShape.BlankCursor
    stage._hide_cursor.setInterval(0)
    stage._hide_cursor.start()
    qtbot.waitUntil(lambda: stage.cursor().shape() == Qt.CursorShape.BlankCursor)


def test_larger_and_smaller_is_kept(stage: Stage, settings: Settings) -> None:
    before = stage.chart.zoom
    QTest.keyClick(stage, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert stage.chart.zoom == pytest.approx(1.2 * before)
    assert settings.stage_size == 1.2
    assert settings.chart_size == 1.0
    QTest.keyClick(stage, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert stage.chart.zoom == pytest.approx(before)


def test_it_opens_from_the_song_and_escape_leaves_only_the_stage(qtbot: QtBot, open_song: OpenSong) -> None:
    window = open_song()
    qtbot.keyClick(window, Qt.Key.Key_F11)
    stage = window.findChild(Stage)
    assert stage is not None
    assert stage.isFullScreen()
    assert not stage.area.verticalScrollBar().isVisible()
    qtbot.waitUntil(lambda: stage.chart.width() == stage.width())
    placed = stage.chart.placed[2]
    with qtbot.waitSignal(stage.sought):
        QTest.mouseClick(stage.chart, Qt.MouseButton.LeftButton, pos=placed.rect.center().toPoint())
    with qtbot.waitSignal(stage.toggled):
        QTest.keyClick(stage, Qt.Key.Key_Space)
    assert stage.chart.lit is placed
    qtbot.keyClick(stage, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(stage))
    assert window.isVisible()
