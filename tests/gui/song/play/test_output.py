"""The pump between mixer and sink, with a sink that takes as little as it likes."""

from __future__ import annotations

from threading import Lock

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from performia_desktop.gui.song.play import output
from performia_desktop.gui.song.play.mixer import Mixer
from performia_desktop.gui.song.play.output import Output
from tests.gui.song.play.test_mixer import RATE, ramp


class Sink:
    """Takes what there is room for, and less where `takes` says so; plays when told."""

    def __init__(self, room: int = 5000, takes: int = 10**9) -> None:
        self.heard = b""
        self.held = b""
        self.room = room
        self.takes = takes
        self.closed = False
        self.gone = False

    def free(self) -> int:
        return self.room - len(self.held) // 4

    def waiting(self) -> int:
        return len(self.held) // 4

    def write(self, pcm: bytes) -> int:
        taken = pcm[: min(self.takes, 4 * self.free())]
        self.held += taken
        return len(taken)

    def close(self) -> None:
        self.closed = True

    def broken(self) -> bool:
        return self.gone

    def play(self, frames: int) -> None:
        self.heard += self.held[: 4 * frames]
        self.held = self.held[4 * frames :]


@pytest.fixture
def sink(monkeypatch: pytest.MonkeyPatch) -> Sink:
    sink = Sink()
    monkeypatch.setattr(output, "ClockSink", lambda _rate: sink)
    return sink


@pytest.mark.parametrize("takes", [10**9, 4 * 700])
def test_what_is_mixed_arrives_whole_and_in_order(qtbot: QtBot, sink: Sink, takes: int) -> None:
    sink.takes = takes
    song = ramp(1.0)
    pump = Output(Mixer(song, RATE), Lock(), device=False)
    reports: list[tuple[int, float, int]] = []
    ended: list[None] = []
    pump.heard.connect(reports.append)
    pump.ended.connect(lambda: ended.append(None))
    pump.play()
    while not ended:
        pump.pump()
        if not ended:
            assert reports[-1][2] == len(sink.heard) // 4, "what it says is heard is what was played"
        sink.play(1234)
    found = np.frombuffer(sink.heard, np.int16).reshape(-1, 2)
    assert len(found) == RATE
    assert np.abs(found.astype(int) - song).max() <= 1
    assert sink.closed


def test_a_device_that_goes_away_leaves_the_song_running_in_silence(
    qtbot: QtBot, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = Sink()
    monkeypatch.setattr(output, "DeviceSink", lambda _rate: device)
    pump = Output(Mixer(ramp(), RATE), Lock(), device=True)
    reports: list[tuple[int, float, int]] = []
    pump.heard.connect(reports.append)
    pump.play()
    assert device.waiting() > 0
    device.play(1000)
    device.gone = True
    with qtbot.waitSignal(pump.silent):
        pump.pump()
    assert device.closed
    assert sink.waiting() > 0
    assert {run for run, _, _ in reports} == {1}, "it is still the same playing"
    pump.halt()


def test_a_device_that_cannot_be_opened_is_said(qtbot: QtBot, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_rate: int) -> Sink:
        raise OSError("busy")

    monkeypatch.setattr(output, "DeviceSink", refuse)
    pump = Output(Mixer(ramp(), RATE), Lock(), device=True)
    with qtbot.waitSignal(pump.silent):
        pump.play()
    assert sink.waiting() > 0
    pump.halt()


def test_the_pump_ends_though_some_is_heard_while_it_fills(
    qtbot: QtBot, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or it would go on mixing a few frames at a time, and hold up the window."""
    written: list[int] = []

    def write(pcm: bytes) -> int:
        written.append(len(pcm) // 4)
        sink.play(20)
        return Sink.write(sink, pcm)

    monkeypatch.setattr(sink, "write", write)
    pump = Output(Mixer(ramp(1.0), RATE), Lock(), device=False)
    pump.play()
    assert written == [4096, 904]
    pump.halt()
