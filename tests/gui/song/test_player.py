"""Playing along: real audio through the real player, with or without a sound device."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from performia_desktop import demo
from performia_desktop.gui.song.player import Player
from performia_desktop.gui.song.window import SongWindow
from performia_desktop.jobs.background import Background
from performia_desktop.paths import Paths
from performia_desktop.settings import Settings
from performia_desktop.songmap import file as songmap_file
from tests.gui.conftest import make_job


@pytest.fixture
def player(demo_song: Path, qtbot: QtBot) -> Iterator[Player]:
    player = Player(demo_song)
    yield player
    player.close()


@pytest.fixture
def open_song(qtbot: QtBot, paths: Paths, tmp_path: Path) -> Iterator[Callable[[Path], SongWindow]]:
    background = Background()
    windows: list[SongWindow] = []
    path = tmp_path / "map.json"
    songmap_file.write(replace(demo.truth(20.0), provenance={}), path)

    def open_window(audio: Path) -> SongWindow:
        job = make_job(1, song_map_path=str(path), input_file=str(audio))
        window = SongWindow(job, Settings(paths.settings), background, paths.corrections)
        windows.append(window)
        with qtbot.waitSignal(window.ready):
            window.show()
        return window

    yield open_window
    for window in windows:
        window.close()
    background.close(5_000)


def test_the_position_goes_on_between_the_players_reports(qtbot: QtBot, player: Player) -> None:
    heard: list[float] = []
    player.moved.connect(heard.append)
    player.toggle()
    qtbot.waitUntil(lambda: player.position > 0.4, timeout=10_000)
    player.toggle()
    qtbot.waitUntil(lambda: not player.is_playing)
    steps = [b - a for a, b in itertools.pairwise(heard)]
    assert len(heard) > 8
    assert max(steps) < 0.3
    assert min(steps) > -0.15  # a report may correct the clock a little


def test_it_goes_round_in_a_loop(qtbot: QtBot, player: Player) -> None:
    heard: list[float] = []
    player.moved.connect(heard.append)
    player.seek(2.0)
    player.loop = (2.0, 2.4)
    player.toggle()
    qtbot.waitUntil(lambda: sum(b < a - 0.2 for a, b in itertools.pairwise(heard)) >= 2, timeout=10_000)
    assert max(heard) < 2.7


def test_slower_is_slower(player: Player) -> None:
    player.speed = 0.5
    assert player.speed == 0.5


def test_space_plays_and_the_chart_follows(
    qtbot: QtBot, open_song: Callable[[Path], SongWindow], demo_song: Path
) -> None:
    window = open_song(demo_song)
    assert window.transport.player is None  # nothing is opened before it is asked for
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert window.transport.player is not None
    qtbot.waitUntil(lambda: window.transport.play.text() == "Pause", timeout=10_000)
    qtbot.waitUntil(lambda: window.chart.lit is not None, timeout=10_000)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.transport.play.text() == "Play")


def test_a_click_on_a_bar_goes_there_and_keys_step_by_bars(
    qtbot: QtBot, open_song: Callable[[Path], SongWindow], demo_song: Path
) -> None:
    window = open_song(demo_song)
    placed = window.chart.placed[3]
    qtbot.mouseClick(window.chart, Qt.MouseButton.LeftButton, pos=placed.rect.center().toPoint())
    assert window.transport.player is not None
    assert window.transport.player.position == pytest.approx(placed.cell.bar.start, abs=0.01)
    assert window.chart.lit is not None
    assert window.chart.lit.cell.bar is placed.cell.bar
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert window.chart.lit.cell.bar is window.chart.placed[4].cell.bar
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert window.chart.lit.cell.bar is placed.cell.bar
    window.transport.loop.setChecked(True)
    assert window.transport.player.loop is not None
    start, end = window.transport.player.loop
    assert start <= placed.cell.bar.start < end


def test_audio_that_is_gone_is_said(qtbot: QtBot, open_song: Callable[[Path], SongWindow], tmp_path: Path) -> None:
    window = open_song(tmp_path / "gone.flac")
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "still where it was" in window.note.full_text(), timeout=10_000)
