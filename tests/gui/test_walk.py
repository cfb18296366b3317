"""A new user's evening with a song, counted: no step may come to take more clicks or keys than it does today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import mido
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from performia_desktop import demo
from performia_desktop.gui.export_dialog import ExportDialog
from performia_desktop.gui.joblist.columns import Column
from performia_desktop.gui.main_window import MainWindow
from performia_desktop.gui.song.timeline.grips import Grip
from performia_desktop.gui.song.window import SongWindow
from performia_desktop.jobs.child import default_command
from performia_desktop.jobs.job import Job
from performia_desktop.jobs.service import JobService
from performia_desktop.jobs.sounds import Sounds
from performia_desktop.protocol import ONLY_DECODES
from performia_desktop.songmap import file as songmap_file
from tests.gui.conftest import make_job

NONE = Qt.KeyboardModifier.NoModifier


class Hand:
    """Clicks and types, and counts what it does."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._count = 0

    def key(self, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        self._count += 1
        self._qtbot.keyClick(widget, key, modifier)

    def choose(self, menu: QMenu, words: str) -> QMenu:
        """Click an entry of an open menu; return what opens."""
        self._count += 1
        action = next(action for action in menu.actions() if action.text() == words)
        opened = action.menu()
        if isinstance(opened, QMenu):
            return opened
        action.trigger()
        return menu

    def clicked(self) -> None:
        self._count += 1

    def took(self) -> int:
        """Return how much was done since this was asked last."""
        count, self._count = self._count, 0
        return count


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    return Hand(qtbot)


def export(
    hand: Hand, song: SongWindow, monkeypatch: pytest.MonkeyPatch, folder: Path, keys: list[Qt.Key]
) -> None:
    """Export from the song's window: type in the dialog, and accept the folder that is offered."""

    def accept_folder(*_: object) -> str:
        hand.clicked()
        return str(folder)

    def type_in_dialog() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, ExportDialog):
            QTimer.singleShot(0, type_in_dialog)  # it is about to open
            return
        for key in keys:
            hand.key(dialog.formats, key)
        hand.key(dialog, Qt.Key.Key_Return)

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", accept_folder)
    QTimer.singleShot(0, type_in_dialog)
    hand.key(song, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)


def test_the_walk(
    qtbot: QtBot,
    hand: Hand,
    window: MainWindow,
    resting: JobService,
    fill: Callable[..., list[Job]],
    demo_song: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sounds = Sounds(resting.paths.sounds, [*default_command(), ONLY_DECODES])  # the analysis is a fake here
    monkeypatch.setattr(resting, "sounds", sounds)
    took: dict[str, int] = {}
    path = resting.paths.song_map("00000001")
    truth = replace(demo.truth(), id="00000001", provenance={"content_hash": "0123456789abcdef"})
    songmap_file.write(truth, path)
    fill(make_job(1, input_file=str(demo_song), song_map_path=str(path)))

    place = window.table.visualRect(window.table.model().index(0, Column.SONG)).center()
    qtbot.mouseClick(window.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(window.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    hand.clicked()
    song = window.commands._songs["00000001"]
    qtbot.waitUntil(lambda: song.song is not None)
    took["open"] = hand.took()

    hand.key(song, Qt.Key.Key_Space)
    assert song.transport.player.is_playing
    qtbot.waitUntil(lambda: song.chart.lit is not None, timeout=20_000)
    took["play"] = hand.took()

    hand.key(song, Qt.Key.Key_R)
    assert song.transport.player.loop is not None
    took["repeat the section"] = hand.took()

    for _ in range(5):
        hand.key(song, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert song.transport.player.speed == 0.5
    took["slow down to 50 %"] = hand.took()
    hand.key(song, Qt.Key.Key_Space)
    hand.took()

    hand.key(song, Qt.Key.Key_H)
    assert song.song is not None
    assert song.song.tempo.bpm_global == pytest.approx(56)
    took["put a double tempo right"] = hand.took()
    qtbot.keyClick(song, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    view = song.timeline.view
    section = truth.sections[0]
    grip = Grip("section", 0, section.start, section.end)  # under the pointer
    menus: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, *_: menus.append(menu))
    assert view.editor is not None
    view.editor.popup(grip, QPoint(0, 0))
    hand.clicked()
    hand.choose(hand.choose(menus[0], "Call it"), "Solo")
    assert song.song.sections[0].label == "solo"
    took["rename a section"] = hand.took()

    for _ in range(2):
        hand.key(song, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert song.chart.placed[0].spots[0][1] == "F"
    took["transpose by two semitones"] = hand.took()

    export(hand, song, monkeypatch, tmp_path, [])
    sheet = tmp_path / "The Examples - Tin Roof Morning.cho"
    qtbot.waitUntil(sheet.exists)
    assert "{key: F}" in sheet.read_text()
    assert "Solo" in sheet.read_text()
    took["export to ChordPro"] = hand.took()

    song.activateWindow()  # as a window manager does when a dialog is gone
    qtbot.waitUntil(song.isActiveWindow)
    export(hand, song, monkeypatch, tmp_path, [Qt.Key.Key_F])
    midi = tmp_path / "The Examples - Tin Roof Morning.mid"
    qtbot.waitUntil(midi.exists)
    assert any(message.type == "key_signature" and message.key == "F" for message in mido.MidiFile(midi))
    took["export to MIDI"] = hand.took()

    assert took == {
        "open": 1,
        "play": 1,
        "repeat the section": 1,
        "slow down to 50 %": 5,
        "put a double tempo right": 1,
        "rename a section": 3,
        "transpose by two semitones": 2,
        "export to ChordPro": 3,
        "export to MIDI": 4,
    }
    song.close()
    assert sounds.close(10_000)
