"""Playing along: real audio, decoded in a child, through the real player, with or without a sound device."""

from __future__ import annotations

import contextlib
import itertools
import time
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from performia_desktop import demo
from performia_desktop.gui.song.play.output import ClockSink
from performia_desktop.gui.song.player import Player
from tests.gui.song.conftest import OpenSong

RATE = 44_100


@pytest.fixture(scope="module")
def noise(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds of noise, decoded."""
    path = tmp_path_factory.mktemp("audio") / "noise.wav"
    samples = np.random.default_rng(1).integers(-3000, 3000, (4 * RATE, 2), np.int16)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return path


@pytest.fixture
def player(noise: Path, qtbot: QtBot) -> Iterator[Player]:
    player = Player()
    player.load(noise)
    yield player
    player.close()


def test_the_position_goes_on_evenly(qtbot: QtBot, player: Player) -> None:
    heard: list[tuple[float, float]] = []
    player.moved.connect(lambda position: heard.append((time.monotonic(), position)))
    player.toggle()
    qtbot.waitUntil(lambda: player.position > 0.5, timeout=10_000)
    player.toggle()
    assert not player.is_playing
    assert len(heard) > 8
    ahead = [(after - before) - (late - early) for (early, before), (late, after) in itertools.pairwise(heard)]
    assert max(ahead) < 0.1


def test_it_goes_round_in_a_loop(qtbot: QtBot, player: Player) -> None:
    heard: list[float] = []
    player.moved.connect(heard.append)
    player.seek(2.0)
    player.loop = (2.0, 2.4)
    player.toggle()
    qtbot.waitUntil(lambda: sum(b < a - 0.2 for a, b in itertools.pairwise(heard)) >= 2, timeout=10_000)
    assert max(heard) < 2.41
    assert min(heard) >= 2.0 - 0.01


def test_a_loop_that_ends_where_it_was_mixed_past_already_is_kept_all_the_same(
    qtbot: QtBot, player: Player
) -> None:
    heard: list[float] = []
    player.seek(1.0)
    player.toggle()
    qtbot.waitUntil(lambda: player.position > 1.05, timeout=10_000)
    player.moved.connect(heard.append)
    player.loop = (1.0, player.position + 0.02)
    qtbot.waitUntil(lambda: any(b < a - 0.01 for a, b in itertools.pairwise(heard)), timeout=10_000)


def test_slower_is_slower_from_what_is_heard_on(qtbot: QtBot, player: Player) -> None:
    player.toggle()
    qtbot.waitUntil(lambda: player.position > 0.3, timeout=10_000)
    before = player.position
    player.speed = 0.5
    assert player.position == pytest.approx(before, abs=0.1)
    qtbot.waitUntil(lambda: player.position > before + 0.2, timeout=10_000)
    assert player.speed == 0.5
    _, frame = player._heard or (0.0, 0)
    mixer = player._mixer
    assert mixer is not None
    assert mixer.song_position(frame) - mixer.song_position(frame - 1000) == pytest.approx(500 / RATE, rel=0.01)


def test_a_jump_is_heard_at_once_and_no_late_report_takes_it_back(qtbot: QtBot, player: Player) -> None:
    heard: list[float] = []
    player.toggle()
    qtbot.waitUntil(lambda: player.position > 0.3, timeout=10_000)
    player.moved.connect(heard.append)
    player.seek(3.0)
    qtbot.waitUntil(lambda: player.position > 3.1, timeout=10_000)
    assert min(heard) >= 3.0 - 0.001


def test_the_end_is_the_beginning(qtbot: QtBot, player: Player) -> None:
    player.seek(3.8)
    with qtbot.waitSignal(player.playing_changed, check_params_cb=lambda playing: not playing, timeout=10_000):
        player.toggle()
    assert player.position == 0.0


def test_latency_moves_the_picture_not_the_sound(noise: Path, qtbot: QtBot) -> None:
    latency = 60.0
    with contextlib.closing(Player(latency=lambda: latency)) as player:
        player.load(noise)
        player.toggle()
        qtbot.waitUntil(lambda: player._heard is not None, timeout=10_000)
        assert player.position == pytest.approx(0.0, abs=0.001)
        latency = 0.0
        qtbot.waitUntil(lambda: player.position > 0.1, timeout=10_000)


def test_a_clock_takes_what_a_device_would() -> None:
    now = 0.0
    sink = ClockSink(1000, lambda: now)
    room = sink.free()
    assert sink.write(bytes(4 * room)) == 4 * room
    assert (sink.free(), sink.waiting()) == (0, room)
    now = 0.05
    assert (sink.free(), sink.waiting()) == (50, room - 50)
    now = 10.0
    assert sink.waiting() == 0
    sink.write(bytes(4 * 100))
    assert sink.waiting() == 100  # what came too late is played from then on


def test_space_plays_and_the_chart_follows(qtbot: QtBot, open_song: OpenSong, demo_song: Path) -> None:
    window = open_song(audio=demo_song)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert window.transport.play.text() == "Pause"
    qtbot.waitUntil(lambda: window.chart.lit is not None, timeout=20_000)
    if window.transport.player.is_silent:
        assert "no sound device" in window.note.full_text()
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert window.transport.play.text() == "Play"


def test_keys_step_by_beats_and_bars(qtbot: QtBot, open_song: OpenSong, demo_song: Path) -> None:
    window = open_song(audio=demo_song)
    placed = window.chart.placed[3]
    qtbot.mouseClick(window.chart, Qt.MouseButton.LeftButton, pos=placed.rect.center().toPoint())
    player = window.transport.player
    assert player.position == pytest.approx(placed.cell.bar.start, abs=0.01)
    assert window.chart.lit is placed
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert window.chart.lit is window.chart.placed[4]
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert window.chart.lit is placed
    song = demo.truth()
    beat = song.beats.index(placed.cell.bar.start)
    for step in (1, 2):
        qtbot.keyClick(window, Qt.Key.Key_Right)
        assert player.position == pytest.approx(song.beats[beat + step], abs=0.01)
    qtbot.keyClick(window, Qt.Key.Key_Left)
    assert player.position == pytest.approx(song.beats[beat + 1], abs=0.01)
    window.transport.loop.setChecked(True)
    assert player.loop is not None
    start, end = player.loop
    assert start <= placed.cell.bar.start < end


def test_the_metronome_and_the_count_in_are_kept(qtbot: QtBot, open_song: OpenSong, demo_song: Path) -> None:
    window = open_song(audio=demo_song)
    transport = window.transport
    assert transport.player._volumes == (1.0, 0.0)
    qtbot.keyClick(window, Qt.Key.Key_K)
    assert transport.click.isChecked()
    transport.sound.metronome.setValue(40)
    transport.sound.song.setValue(80)
    transport.sound.count_in.setChecked(True)
    assert transport.player._volumes == (0.8, 0.4)
    qtbot.waitUntil(lambda: transport.player.is_loaded, timeout=20_000)
    transport.seek(demo.truth().downbeats[2])
    heard: list[float] = []
    transport.moved.connect(heard.append)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    mixer = transport.player._mixer
    assert mixer is not None
    assert mixer._waiting > 3 * RATE * 60 / 113 - RATE
    qtbot.keyClick(window, Qt.Key.Key_Space)
    again = open_song("fedcba9876543210")
    assert again.transport.sound.count_in.isChecked()
    assert again.transport.sound.song.value() == 80


def test_audio_that_is_gone_is_said(qtbot: QtBot, open_song: OpenSong, tmp_path: Path) -> None:
    window = open_song(audio=tmp_path / "gone.flac")
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "still where it was" in window.note.full_text(), timeout=10_000)
    assert window.transport.play.text() == "Play"


def test_in_a_narrow_window_the_row_says_it_shorter(qtbot: QtBot, open_song: OpenSong) -> None:
    window = open_song()
    transport = window.transport
    transport.show()
    window.resize(1200, 700)
    qtbot.waitUntil(lambda: transport.width() > 1000)
    assert (transport.loop.text(), transport.click.text()) == ("Repeat the section", "Metronome")
    window.resize(480, 400)
    qtbot.waitUntil(lambda: transport.width() < 480)
    assert (transport.loop.text(), transport.click.text()) == ("Repeat", "♩")
    assert transport.loop.accessibleName() == "Repeat the section"
    assert transport.click.accessibleName() == "Metronome"
