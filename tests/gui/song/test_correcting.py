"""What was heard wrong, put right in the song's window."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from performia_desktop import demo
from performia_desktop.gui.song.correct_dialogs import BarDialog, NamesDialog
from performia_desktop.gui.song.window import SongWindow
from performia_desktop.jobs.background import Background
from performia_desktop.paths import Paths
from performia_desktop.settings import Settings
from performia_desktop.songmap import file as songmap_file
from performia_desktop.songmap import overlay
from performia_desktop.songmap.corrections import Correction, SetChord, TempoFactor
from tests.gui.conftest import make_job

SONG = replace(demo.truth(), provenance={"content_hash": "0123456789abcdef0123456789abcdef"})
Open = Callable[[], SongWindow]


@pytest.fixture
def kept(paths: Paths) -> Path:
    place = overlay.place(paths.corrections, SONG)
    assert place is not None
    return place


@pytest.fixture
def open_song(qtbot: QtBot, paths: Paths, tmp_path: Path) -> Iterator[Open]:
    background = Background()
    windows: list[SongWindow] = []
    path = tmp_path / "map.json"
    songmap_file.write(SONG, path)

    def open_window() -> SongWindow:
        window = SongWindow(
            make_job(1, song_map_path=str(path)), Settings(paths.settings), background, paths.corrections
        )
        windows.append(window)
        with qtbot.waitSignal(window.ready):
            window.show()
        return window

    yield open_window
    for window in windows:
        if isValid(window):
            window.close()
    background.close(5_000)


def facts(window: SongWindow) -> set[str]:
    labels = (label for label in window.findChildren(QLabel) if label.isVisible())
    return {label.accessibleName() for label in labels if ": " in label.accessibleName()}


def shows(qtbot: QtBot, window: SongWindow, fact: str) -> None:
    qtbot.waitUntil(lambda: fact in facts(window))


def saved(qtbot: QtBot, path: Path, *made: Correction) -> None:
    qtbot.waitUntil(lambda: overlay.load(path) == list(made))


def menu(window: SongWindow) -> QMenu:
    """Return the menu, filled as if it were open."""
    found = window.correct_button.menu()
    assert found is not None
    found.aboutToShow.emit()
    return found


def choose(parent: QMenu, *words: str) -> None:
    for word in words[:-1]:
        parent = next(action for action in parent.actions() if action.text() == word).menu()
    next(action for action in parent.actions() if action.text() == words[-1]).trigger()


def test_one_key_halves_the_tempo_and_another_undoes_it(qtbot: QtBot, open_song: Open, kept: Path) -> None:
    window = open_song()
    shows(qtbot, window, "Tempo: 112 BPM")
    qtbot.keyClick(window, Qt.Key.Key_H)
    shows(qtbot, window, "Tempo: 56 BPM")
    assert window.note.full_text() == "1 correction"
    saved(qtbot, kept, TempoFactor(0.5))
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    shows(qtbot, window, "Tempo: 112 BPM")
    assert window.note.full_text() == ""
    qtbot.waitUntil(lambda: not kept.exists())


def test_corrections_are_there_again_and_can_be_looked_behind(qtbot: QtBot, open_song: Open, kept: Path) -> None:
    overlay.save(kept, [TempoFactor(2.0)])
    window = open_song()
    shows(qtbot, window, "Tempo: 224 BPM")
    qtbot.keyClick(window, Qt.Key.Key_F8)
    shows(qtbot, window, "Tempo: 112 BPM")
    assert "kept" in window.note.full_text()
    qtbot.keyClick(window, Qt.Key.Key_F8)
    shows(qtbot, window, "Tempo: 224 BPM")
    choose(menu(window), "Remove all corrections")
    shows(qtbot, window, "Tempo: 112 BPM")
    qtbot.waitUntil(lambda: not kept.exists())


def test_key_meter_and_section_from_the_menu(qtbot: QtBot, open_song: Open) -> None:
    window = open_song()
    choose(menu(window), "Key", "C minor")
    shows(qtbot, window, "Key: C minor")
    choose(menu(window), "Meter", "2/4")
    shows(qtbot, window, "Meter: 2/4")
    choose(menu(window), "Sections", "Verse 1", "And all like it", "Solo")
    assert "Solo 2" in window.timeline.overview.accessibleDescription()
    assert "Verse" not in window.timeline.overview.accessibleDescription()


def test_bars_move_by_a_beat(qtbot: QtBot, open_song: Open) -> None:
    window = open_song()
    qtbot.keyClick(window, "]")
    assert window.song is not None
    assert window.song.downbeats[1] == SONG.beats[5]
    qtbot.keyClick(window, "[")
    assert window.song.downbeats[1] == SONG.beats[4]


def test_chords_are_typed_for_a_bar_and_its_repeats(qtbot: QtBot, open_song: Open, kept: Path) -> None:
    window = open_song()
    bar = window.chart.placed[5].cell.bar

    def type_chords() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, BarDialog)
        assert dialog.number.value() == bar.number
        dialog.chords.setText("H7")
        assert not dialog.act.isEnabled()
        assert "no chord" in dialog.told.text()
        dialog.chords.setText("C C C")
        assert not dialog.act.isEnabled()
        dialog.chords.setText("Fm7 . . G/B")
        dialog.repeats.setChecked(True)
        qtbot.keyClick(dialog.chords, Qt.Key.Key_Return)

    QTimer.singleShot(0, type_chords)
    window.chart.bar_activated.emit(bar.start)
    qtbot.waitUntil(kept.exists)
    made = overlay.load(kept)
    assert [one.label for one in made if isinstance(one, SetChord)] == ["F:min7", "G:maj/3"] * 2
    assert window.chart.placed[5].cell.bar.chords == ((0, "Fm7"), (3, "G/B"))


def test_title_and_artist_are_typed(qtbot: QtBot, open_song: Open) -> None:
    window = open_song()

    def type_names() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, NamesDialog)
        dialog.title.setText("Another")
        dialog.artist.setText("Somebody")
        qtbot.keyClick(dialog.title, Qt.Key.Key_Return)

    QTimer.singleShot(0, type_names)
    qtbot.keyClick(window, Qt.Key.Key_T)
    assert window.windowTitle() == "Another – Somebody"


def test_damaged_corrections_are_said_and_left_alone(qtbot: QtBot, open_song: Open, kept: Path) -> None:
    kept.parent.mkdir(parents=True)
    kept.write_text("{")
    window = open_song()
    assert "Move the file away" in window.note.full_text()
    assert not window.correct_button.isEnabled()
    assert kept.read_text() == "{"


def test_corrections_that_cannot_be_saved_are_said(
    qtbot: QtBot, open_song: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(overlay, "save", full)
    window = open_song()
    qtbot.keyClick(window, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: "No space left" in window.note.full_text())
    assert "Free some space" in window.note.full_text()
    shows(qtbot, window, "Tempo: 224 BPM")


def test_closing_right_after_a_correction_loses_nothing(qtbot: QtBot, open_song: Open, kept: Path) -> None:
    window = open_song()
    qtbot.keyClick(window, Qt.Key.Key_H)
    window.close()
    qtbot.waitUntil(lambda: not isValid(window))
    saved(qtbot, kept, TempoFactor(0.5))
