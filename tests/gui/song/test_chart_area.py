"""The chart in the player's key, names and size, kept for the next time."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from performia_desktop.gui.song.chart import Reading, as_text
from performia_desktop.gui.song.window import SongWindow
from performia_desktop.songmap.corrections import SetChord
from tests.gui.song.conftest import OpenSong


def first_chord(window: SongWindow) -> str:
    return window.chart.placed[0].spots[0][1]


def facts(window: SongWindow) -> set[str]:
    widgets = (window.head.facts.itemAt(i).widget() for i in range(window.head.facts.count()))
    return {widget.accessibleName() for widget in widgets if widget is not None}


def choose(menu: QMenu, words: str) -> None:
    next(action for action in menu.actions() if action.text() == words).trigger()


def filled(window: SongWindow) -> tuple[QMenu, QMenu]:
    window.chart_menu.aboutToShow.emit()
    return window.chart_menu.transpose, window.chart_menu.capo


def test_key_and_capo_are_chosen_by_what_they_lead_to_and_kept_with_the_song(open_song: OpenSong) -> None:
    window = open_song()
    assert first_chord(window) == "E♭"
    transpose, capo = filled(window)
    choose(transpose, "−1: D major")
    assert first_chord(window) == "D"
    assert "Played in: D major" in facts(window)
    filled(window)
    choose(capo, "Fret 2: play in C major")
    assert first_chord(window) == "C"
    assert "Played in: C major, capo 2" in facts(window)
    window.close()
    again = open_song()
    assert first_chord(again) == "C"
    assert "Key: E♭ major" in facts(again)
    other = open_song("fedcba9876543210")
    assert first_chord(other) == "E♭"


def test_keys_transpose_within_an_octave(open_song: OpenSong, qtbot: QtBot) -> None:
    window = open_song()
    qtbot.keyClick(window, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert first_chord(window) == "E"
    for _ in range(30):
        qtbot.keyClick(window, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert window.pages.reading.transpose == -11
    transpose, _ = filled(window)
    texts = [action.text() for action in transpose.actions()]
    filled(window)
    assert [action.text() for action in transpose.actions()] == texts


def test_degrees_and_size_are_the_users_for_every_song(open_song: OpenSong, qtbot: QtBot) -> None:
    window = open_song()
    choose(window.chart_menu, "Roman numerals")
    assert first_chord(window) == "I"
    height = window.chart.placed[0].rect.height()
    for _ in range(2):
        qtbot.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert window.chart.placed[0].rect.height() > 1.3 * height
    other = open_song("fedcba9876543210")
    assert first_chord(other) == "I"
    assert other.chart.zoom == 1.4
    for _ in range(30):
        qtbot.keyClick(other, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert other.chart.zoom == 0.7
    qtbot.keyClick(other, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert other.chart.zoom == 1.0


def test_the_hands_shapes_stand_over_the_chart(open_song: OpenSong) -> None:
    window = open_song()
    window.pages.read(Reading(capo=3))
    action = next(a for a in window.findChildren(QAction) if a.text() == "Guitar shapes")
    action.trigger()
    diagrams = window.chart._layout.diagrams
    assert [(diagram.name, str(diagram.shape)) for diagram in diagrams][:2] == [("C", "x32010"), ("Am7", "x02010")]
    assert not window.chart.grab().isNull()
    action.trigger()
    assert not window.chart._layout.diagrams


def test_sharps_or_flats_are_the_users_for_every_song(open_song: OpenSong) -> None:
    window = open_song()
    choose(window.chart_menu.accidentals, "Sharps")
    assert first_chord(window) == "D♯"
    assert "Key: E♭ major" in facts(window)  # nobody writes nine sharps
    assert "♭" not in as_text(window.pages.parts)
    other = open_song("fedcba9876543210")
    assert first_chord(other) == "D♯"
    choose(other.chart_menu.accidentals, "As the key writes them")
    assert first_chord(other) == "E♭"


def test_the_stage_takes_in_what_is_corrected_while_it_is_open(open_song: OpenSong) -> None:
    window = open_song()
    window.show_stage()
    assert window.correcting is not None
    end = window.correcting.song.downbeats[1]
    window.correcting.make("chord", SetChord(0.0, end, "B:min"))
    assert window.stage.chart.placed[0].spots[0][1] == first_chord(window) == "Bm"
    choose(window.chart_menu.transpose, "A semitone up")
    assert window.stage.chart.placed[0].spots[0][1] == "Cm"
    window.stage.close()
