from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from performia_desktop import demo
from performia_desktop.gui.main_window import MainWindow
from performia_desktop.gui.song.chart_view import ChartView
from performia_desktop.gui.song.window import SongWindow
from performia_desktop.jobs.background import Background
from performia_desktop.jobs.job import Job, Status
from performia_desktop.paths import Paths
from performia_desktop.settings import Settings
from performia_desktop.songmap import file as songmap_file
from tests.gui.conftest import make_job


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    background = Background()
    yield background
    background.close(5_000)


@pytest.fixture
def open_song(qtbot: QtBot, background: Background, paths: Paths) -> Iterator[Callable[..., SongWindow]]:
    windows: list[SongWindow] = []

    def open_window(path: Path, **columns: object) -> SongWindow:
        job = make_job(1, song_map_path=str(path), **columns)
        window = SongWindow(job, Settings(paths.settings), background, paths.corrections)
        windows.append(window)
        with qtbot.waitSignal(window.ready):
            window.show()
        return window

    yield open_window
    for window in windows:
        window.close()


@pytest.fixture
def demo_map(tmp_path: Path) -> Path:
    path = tmp_path / "map.json"
    songmap_file.write(demo.truth(), path)
    return path


def facts(window: SongWindow) -> set[str]:
    return {label.accessibleName() for label in window.findChildren(QLabel) if ": " in label.accessibleName()}


def test_shows_what_the_song_is(open_song: Callable[..., SongWindow], demo_map: Path) -> None:
    window = open_song(demo_map)
    assert window.windowTitle() == "Tin Roof Morning – The Examples"
    assert window.head.title.full_text() == "Tin Roof Morning"
    assert {"Tempo: 112 BPM", "Meter: 4/4", "Key: E♭ major"} <= facts(window)
    assert window.pages.currentWidget() is window.pages.area
    assert window.timeline.isVisible()


def test_the_chart_is_there_for_a_screen_reader_and_the_clipboard(
    open_song: Callable[..., SongWindow], demo_map: Path, qtbot: QtBot
) -> None:
    window = open_song(demo_map)
    assert "| E♭ | Cm7 | A♭ | B♭7 |" in window.chart.accessibleDescription()
    assert "Verse 1 0:09" in window.timeline.overview.accessibleDescription()
    window.copy_action.trigger()
    assert QGuiApplication.clipboard().text().startswith("Intro\n| E♭ |")


def test_a_section_chosen_is_scrolled_to(
    open_song: Callable[..., SongWindow], demo_map: Path, qtbot: QtBot
) -> None:
    window = open_song(demo_map)
    window.resize(640, 400)
    bar = window.pages.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    qtbot.mouseClick(
        window.timeline.overview, Qt.MouseButton.LeftButton, pos=QPoint(window.timeline.overview.width() - 4, 10)
    )
    assert bar.value() > 0
    window.timeline.overview.setFocus()
    for _ in range(9):
        qtbot.keyClick(window.timeline.overview, Qt.Key.Key_Left)
    assert bar.value() == 0


def test_bars_stand_in_fours_or_eights(open_song: Callable[..., SongWindow], demo_map: Path) -> None:
    window = open_song(demo_map)
    assert [window.chart.bars_per_line(width) for width in (2000, 700, 300, 120)] == [8, 4, 2, 1]
    heights = [window.chart.heightForWidth(width) for width in (2000, 700, 300)]
    assert heights == sorted(heights)


def test_a_bar_knows_its_time(open_song: Callable[..., SongWindow], demo_map: Path, qtbot: QtBot) -> None:
    window = open_song(demo_map)
    chart = window.chart
    with qtbot.waitSignal(chart.bar_clicked) as clicked:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.placed[4].rect.center().toPoint())
    assert clicked.args == [pytest.approx(demo.truth().downbeats[4])]


def test_a_song_without_beats_says_so(open_song: Callable[..., SongWindow], tmp_path: Path) -> None:
    data = demo.truth().to_json()
    data.update(beats=[], downbeats=[], chords=[], sections=[], key=[])
    data["tempo"] = {"bpm_global": None, "curve": [], "confidence": 0.0}
    path = tmp_path / "silent.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    window = open_song(path)
    assert "No beat was found" in window.pages.message.text()
    assert not window.timeline.overview.accessibleDescription()
    assert facts(window) == {f"Length: {_length()}"}


def _length() -> str:
    from performia_desktop.jobs.words import duration_words

    return duration_words(demo.truth().duration_sec)


@pytest.mark.parametrize("content", [None, "", "{}", "not json"])
def test_a_map_that_is_gone_or_broken_is_said(
    open_song: Callable[..., SongWindow], tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "m.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    window = open_song(path)
    assert "Analyse the song again" in window.pages.message.text()
    assert window.pages.message.textFormat() == Qt.TextFormat.PlainText


def test_a_hostile_title_is_text(open_song: Callable[..., SongWindow], tmp_path: Path) -> None:
    data = {**demo.truth().to_json(), "title": "<img src=x>\u202e", "artist": "<b>a</b>"}
    path = tmp_path / "m.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    window = open_song(path)
    assert window.head.title.text() == "<img src=x>"
    assert window.head.title.textFormat() == Qt.TextFormat.PlainText
    assert window.windowTitle() == "<img src=x> – <b>a</b>"


def test_closing_before_the_map_is_read_is_fine(
    qtbot: QtBot, background: Background, paths: Paths, demo_map: Path
) -> None:
    window = SongWindow(
        make_job(1, song_map_path=str(demo_map)), Settings(paths.settings), background, paths.corrections
    )
    window.show()
    window.close()
    qtbot.waitUntil(lambda: not background.busy)


def test_enter_opens_one_window_a_song(
    window: MainWindow, fill: Callable[..., list[Job]], qtbot: QtBot, demo_map: Path
) -> None:
    fill(make_job(1, song_map_path=str(demo_map)), make_job(2, Status.PENDING))
    window.table.select(["00000001"])
    for _ in range(2):
        qtbot.keyClick(window.table, Qt.Key.Key_Return)
    songs = list(window.commands._songs.values())
    assert len(songs) == 1
    qtbot.waitUntil(lambda: songs[0].song is not None)
    qtbot.keyClick(songs[0], Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.commands._songs)
    window.table.select(["00000002"])
    qtbot.keyClick(window.table, Qt.Key.Key_Return)
    assert window.info.current is not None
    assert "waits to be analysed" in window.info.current.text


def test_an_empty_chart_paints_nothing_and_does_not_fall(qtbot: QtBot) -> None:
    chart = ChartView()
    qtbot.addWidget(chart)
    chart.resize(300, 100)
    assert not chart.grab().isNull()
    assert chart.top_of(3) == 0


def test_in_a_wide_window_the_chart_stands_beside_the_timeline(
    open_song: Callable[..., SongWindow], demo_map: Path, qtbot: QtBot
) -> None:
    window = open_song(demo_map)
    window.resize(1040, 760)
    qtbot.waitUntil(lambda: window.split.orientation() is Qt.Orientation.Vertical)
    window.split.setSizes([300, 300])
    window.resize(1700, 900)
    qtbot.waitUntil(lambda: window.chart.mapTo(window, QPoint()).x() > window.timeline.width())
    assert window.split.orientation() is Qt.Orientation.Horizontal
    window.split.setSizes([800, 800])
    shares = window.split.sizes()
    window.resize(1040, 760)
    qtbot.waitUntil(lambda: window.chart.mapTo(window, QPoint()).y() > window.timeline.height())
    window.resize(1700, 900)
    qtbot.waitUntil(lambda: window.split.orientation() is Qt.Orientation.Horizontal)
    assert window.split.sizes() == shares
