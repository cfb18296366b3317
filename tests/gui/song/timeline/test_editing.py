"""What is put right in the timeline, by hand and by key; undone, kept, marked."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from performia_desktop.gui.song.timeline import edits
from performia_desktop.gui.song.timeline.content import described
from performia_desktop.gui.song.timeline.dialogs import ChordDialog, WordsDialog
from performia_desktop.gui.song.timeline.grips import Grip
from performia_desktop.gui.song.timeline.menu import SpotMenu
from performia_desktop.gui.song.timeline.notes_lane import Roll
from performia_desktop.gui.song.timeline.view import TimelineView
from performia_desktop.gui.song.window import SongWindow
from performia_desktop.paths import Paths
from performia_desktop.songmap import overlay
from performia_desktop.songmap.model import Lyric, SongMap
from performia_desktop.songmap.repeats import alike
from performia_desktop.songmap.schema import validate
from tests.gui.song.timeline.conftest import SONG
from tests.gui.song.timeline.test_view import drag, lane, picture


@pytest.fixture
def view(window: SongWindow) -> TimelineView:
    view = window.timeline.view
    view.fit(SONG.downbeats[4], SONG.downbeats[9])
    view.setFocus()
    return view


def point(view: TimelineView, name: str, time: float, share: float = 0.5) -> QPoint:
    top, height = lane(view, name)
    return QPoint(round(view.axis.x(time)), round(top + share * height))


def now(view: TimelineView) -> SongMap:
    assert view.settled is not None
    song = view.settled.song
    validate(json.loads(json.dumps(song.to_json())))
    return song


def undo(qtbot: QtBot, window: SongWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def inner(spans: tuple[object, ...], view: TimelineView) -> int:
    """The first thing that begins well inside the view."""
    return next(i for i, s in enumerate(spans) if 150 < view.axis.x(s.start) < 700)  # type: ignore[attr-defined]


def test_a_chords_edge_is_dragged_to_a_beat(
    window: SongWindow, view: TimelineView, qtbot: QtBot, paths: Paths
) -> None:
    index = inner(SONG.chords, view)
    chord = SONG.chords[index]
    beat = next(b for b in SONG.beats if b > chord.start + 0.3)
    start = point(view, "chords", chord.start)
    drag(qtbot, view, start, point(view, "chords", beat) + QPoint(5, 0))
    song = now(view)
    assert song.chords[index].start == beat
    assert song.chords[index - 1].end == beat
    assert song.chords[index].label == chord.label
    place = overlay.place(paths.corrections, SONG)
    assert place is not None
    qtbot.waitUntil(lambda: place.exists() and len(overlay.load(place)) == 1)
    undo(qtbot, window)
    assert now(view).chords == SONG.chords


def test_a_drag_is_seen_before_it_is_done_and_escape_gives_it_up(
    window: SongWindow, view: TimelineView, qtbot: QtBot
) -> None:
    index = inner(SONG.sections, view) if any(150 < view.axis.x(s.start) < 700 for s in SONG.sections) else 1
    view.fit(SONG.sections[index].start - 8, SONG.sections[index].start + 8)
    start = point(view, "sections", SONG.sections[index].start)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, start + QPoint(60, 0))
    qtbot.mouseMove(view, start + QPoint(125, 0))
    assert view.content is not None
    assert view.content.song.sections[index].start > SONG.sections[index].start
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(125, 0))
    assert window.isVisible()
    assert view.content.song.sections == SONG.sections
    assert window.correcting is not None
    assert window.correcting.made == []


def test_a_sections_edge_goes_to_a_bar(window: SongWindow, view: TimelineView, qtbot: QtBot) -> None:
    section = SONG.sections[1]
    view.fit(section.start - 8, section.start + 8)
    bar = next(b for b in SONG.downbeats if b > section.start + 1)
    drag(qtbot, view, point(view, "sections", section.start), point(view, "sections", bar) - QPoint(9, 0))
    assert now(view).sections[1].start == bar
    assert now(view).sections[0].end == bar
    assert 1 in view.content.marks.section  # type: ignore[union-attr]


def test_a_beat_stops_at_its_neighbours(window: SongWindow, view: TimelineView, qtbot: QtBot) -> None:
    start = point(view, "beats", SONG.beats[22], 0.9)
    drag(qtbot, view, start, start + QPoint(round(3.3 * (SONG.beats[23] - SONG.beats[22]) * view.axis.scale), 0))
    assert now(view).beats[22] == pytest.approx(SONG.beats[23], abs=0.06)
    assert now(view).beats[23:] == SONG.beats[23:]
    assert view.selected is not None
    assert view.selected.index == 22
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert now(view).beats[22] < SONG.beats[23]
    undo(qtbot, window)
    assert now(view).beats == SONG.beats


def test_a_beat_is_added_moved_and_removed(window: SongWindow, view: TimelineView, qtbot: QtBot) -> None:
    beat = SONG.beats[22]
    drag(qtbot, view, point(view, "beats", beat, 0.9), point(view, "beats", beat, 0.9) + QPoint(10, 0))
    moved = now(view).beats[22]
    assert moved == pytest.approx(beat + 10 / view.axis.scale, abs=2 / view.axis.scale)
    assert view.selected is not None
    assert view.selected.kind == "beat"
    qtbot.keyClick(window, Qt.Key.Key_Delete)
    assert len(now(view).beats) == len(SONG.beats) - 1
    middle = (SONG.beats[25] + SONG.beats[26]) / 2
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=point(view, "waveform", middle))
    qtbot.keyClick(window, "b")
    assert any(abs(one - middle) < 0.02 for one in now(view).beats)
    assert window.correcting is not None
    made = len(window.correcting.made)
    qtbot.keyClick(window, "b")  # there is one now
    assert len(window.correcting.made) == made
    for _ in range(3):
        undo(qtbot, window)
    assert now(view).beats == SONG.beats


def test_a_note_is_selected_then_dragged_up_nudged_and_removed(
    window: SongWindow, view: TimelineView, qtbot: QtBot
) -> None:
    index = inner(SONG.melody, view)
    note = SONG.melody[index]
    top, height = lane(view, "notes")
    assert view.content is not None
    roll = Roll(view.content, QRectF(0, top, view.width(), height))
    x = round(view.axis.x((note.start + note.end) / 2))
    start = QPoint(x, round(roll.top(note.midi) + roll.row / 2))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=start)
    assert view.selected is not None
    assert (view.selected.kind, view.selected.index) == ("melody", index)
    drag(qtbot, view, start, start - QPoint(0, round(4 * roll.row)))
    assert now(view).melody[index].midi == note.midi + 4
    assert now(view).melody[index].start == note.start
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert now(view).melody[index].midi == note.midi + 3
    assert now(view).melody[index].start == pytest.approx(note.start + edits.NUDGE)
    assert "put right by hand" in described(view.content, view.selected)
    undo(qtbot, window)  # what was nudged is undone at once
    assert (now(view).melody[index].midi, now(view).melody[index].start) == (note.midi + 4, note.start)
    qtbot.keyClick(window, Qt.Key.Key_Delete)
    assert len(now(view).melody) == len(SONG.melody) - 1


def test_a_double_click_puts_a_note_where_there_is_none(view: TimelineView, qtbot: QtBot) -> None:
    top, height = lane(view, "notes")
    assert view.content is not None
    roll = Roll(view.content, QRectF(0, top, view.width(), height))
    place = QPoint(view.width() // 2, round(roll.top(roll.high - 2) + roll.row / 2))
    assert view.hand.under(QPointF(place))[0] is None
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=place)
    time = view.axis.time(place.x())
    added = [note for note in now(view).melody if note.conf == 1.0 and note not in SONG.melody]
    assert any(abs(note.start - time) < 0.02 for note in added)


def test_sections_are_split_and_joined_by_a_key(window: SongWindow, view: TimelineView, qtbot: QtBot) -> None:
    section = SONG.sections[1]
    bar = next(b for b in SONG.downbeats if b > section.start + 4)
    window.timeline.sought.emit(bar + 0.2)
    qtbot.keyClick(window, "s")
    song = now(view)
    assert (song.sections[2].start, song.sections[2].label) == (bar, section.label)
    view.select(Grip("section", 2, bar, song.sections[2].end))
    qtbot.keyClick(window, "j")
    assert [(s.start, s.label) for s in now(view).sections] == [(s.start, s.label) for s in SONG.sections]


def answer(kind: type, act: Callable[..., None]) -> None:
    """Do something with the next dialog."""

    def go() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:  # the key that opens it is still on its way
            QTimer.singleShot(1, go)
            return
        assert isinstance(dialog, kind)
        act(dialog)

    QTimer.singleShot(0, go)


def test_a_chord_is_typed_for_all_repeats(window: SongWindow, view: TimelineView, qtbot: QtBot) -> None:
    verse = next(section for section in SONG.sections if section.label == "verse")
    index = next(i for i, chord in enumerate(SONG.chords) if chord.start >= verse.start + 2)
    chord = SONG.chords[index]
    window.timeline.sought.emit(chord.start + 0.05)

    def type_chord(dialog: ChordDialog) -> None:
        dialog.text.setText("H")
        assert not dialog.act.isEnabled()
        dialog.text.setText("F#m7b5")
        dialog.repeats.setChecked(True)
        qtbot.keyClick(dialog.text, Qt.Key.Key_Return)

    answer(ChordDialog, type_chord)
    qtbot.keyClick(window, "e")
    there = [one for one in now(view).chords if one.label == "F#:hdim7"]
    assert len(there) == 2
    assert there[0].start == chord.start
    assert "F♯m7♭5" in view.content.chords  # type: ignore[union-attr]


def test_a_chord_that_is_right_is_no_doubtful_place_any_more(
    open_song: Callable[..., SongWindow], qtbot: QtBot
) -> None:
    chords = tuple(replace(chord, conf=0.2 if i in {3, 10} else 0.9) for i, chord in enumerate(SONG.chords))
    window = open_song(replace(SONG, chords=chords))
    view = window.timeline.view
    qtbot.keyClick(window, "n")
    qtbot.keyClick(window, "y")
    assert now(view).chords[3].conf == 1.0
    qtbot.keyClick(window, "n")
    assert view.position == pytest.approx(chords[10].start)
    qtbot.keyClick(window, "n")
    assert view.position == pytest.approx(chords[10].start)


def test_words_are_typed_and_changed(window: SongWindow, view: TimelineView, qtbot: QtBot) -> None:
    window.timeline.sought.emit(12.0)

    def write(words: str) -> Callable[[WordsDialog], None]:
        def act(dialog: WordsDialog) -> None:
            dialog.text.setText(words)
            qtbot.keyClick(dialog.text, Qt.Key.Key_Return)

        return act

    answer(WordsDialog, write("Roof of tin"))
    qtbot.keyClick(window, "w")
    assert [(one.text, one.start) for one in now(view).lyrics] == [("Roof of tin", 12.0)]
    assert "lyrics" in {one.name for one, _, _ in view.placed}
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    answer(WordsDialog, write(""))
    qtbot.keyClick(window, "w")
    assert now(view).lyrics == ()


def test_all_beats_a_little_later(window: SongWindow, view: TimelineView, qtbot: QtBot) -> None:
    qtbot.keyClick(window, ".")
    gap = SONG.beats[9] - SONG.beats[8]
    assert now(view).beats[8] == pytest.approx(SONG.beats[8] + edits.SHIFT * gap, abs=0.002)
    qtbot.keyClick(window, ",")
    assert now(view).beats[8] == pytest.approx(SONG.beats[8], abs=0.002)


def test_keys_go_from_lane_to_lane_and_thing_to_thing(view: TimelineView, qtbot: QtBot) -> None:
    view.window().timeline.sought.emit(SONG.chords[4].start + 0.01)  # type: ignore[attr-defined]
    kinds = []
    for _ in range(6):
        qtbot.keyClick(view, Qt.Key.Key_Down)
        assert view.selected is not None
        kinds.append(view.selected.kind)
    assert kinds == ["section", "beat", "chord", "melody", "bass", "bass"]
    for _ in range(2):
        qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.selected is not None
    qtbot.keyClick(view, Qt.Key.Key_Up)
    first = view.selected
    assert first is not None
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.selected is not None
    assert view.selected.index == first.index + 1
    assert view.position == view.selected.start
    assert view.accessibleDescription() == view.toolTip() != ""


def test_the_menu_offers_what_suits_the_thing(window: SongWindow, view: TimelineView, qtbot: QtBot) -> None:
    assert view.editor is not None
    assert window.correcting is not None
    section = SONG.sections[1]
    menu = SpotMenu(view.editor, window.correcting, Grip("section", 1, section.start, section.end), window)
    rename = menu.actions()[0].menu()
    assert rename is not None
    next(action for action in rename.actions() if action.text() == "Solo").trigger()
    assert now(view).sections[1].label == "solo"
    beat = SONG.beats[9]
    bar = SpotMenu(view.editor, window.correcting, Grip("beat", 9, beat, beat), window)
    bar.actions()[0].trigger()
    assert beat in now(view).downbeats


def test_what_is_put_right_is_marked(window: SongWindow, view: TimelineView, qtbot: QtBot) -> None:
    index = inner(SONG.chords, view)
    chord = SONG.chords[index]
    corner = point(view, "chords", chord.start, 0.0) + QPoint(3, 1)
    assert picture(view).pixelColor(corner) != view.look.scheme.accent
    window.timeline.sought.emit(chord.start + 0.01)
    answer(ChordDialog, lambda dialog: (dialog.text.setText("Bdim"), dialog.accept()))
    qtbot.keyClick(window, "e")
    view.select(None)
    view.fit(SONG.downbeats[4], SONG.downbeats[9])
    window.timeline.show_position(SONG.downbeats[8])
    assert picture(view).pixelColor(corner) == view.look.scheme.accent
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert picture(view).pixelColor(corner) != view.look.scheme.accent


def test_no_key_means_two_things(window: SongWindow) -> None:
    keys = [key.toString() for action in window.findChildren(QAction) for key in action.shortcuts()]
    keys += [shortcut.key().toString() for shortcut in window.findChildren(QShortcut)]
    assert sorted(keys) == sorted(set(keys))
    assert {"N", "B", "S", "X", "J", "Y", "W", "E", "Del"} <= set(keys)


def test_the_same_place_in_a_sections_repeats() -> None:
    verses = [section for section in SONG.sections if section.label == "verse"]
    beats = SONG.beats
    first = next(i for i, beat in enumerate(beats) if beat >= verses[0].start + 0.5)
    second = first + beats.index(verses[1].start) - beats.index(verses[0].start)
    assert alike(SONG, beats[first], beats[first + 2]) == [(beats[second], beats[second + 2])]
    assert alike(SONG, SONG.sections[0].start, SONG.sections[0].end) == []
    assert alike(replace(SONG, beats=(), downbeats=()), 1.0, 2.0) == []


def test_a_note_or_a_line_moves_as_a_whole() -> None:
    note = SONG.bass[5]
    moved = edits.moved(SONG, Grip("bass", 5, note.start, note.end), note.start + 0.02)
    song = SONG
    for correction in moved:
        song = correction.apply(song)
    assert song.bass[5].end - song.bass[5].start == pytest.approx(note.end - note.start, abs=0.002)
    sung = replace(SONG, lyrics=(Lyric(10.0, 12.0, "word", 0.5),))
    for correction in edits.moved(sung, Grip("lyric", 0, 10.0, 12.0), 11.0):
        sung = correction.apply(sung)
    assert [(one.start, one.end, one.text) for one in sung.lyrics] == [(11.0, 13.0, "word")]


def test_zoomed_out_a_drag_over_beats_is_one_over_bars(
    window: SongWindow, view: TimelineView, qtbot: QtBot
) -> None:
    view.axis.resize(300)
    view.fit_song()
    beat = SONG.beats[40]
    start = point(view, "beats", beat, 0.9)
    grip, _ = view.hand.under(QPointF(start))
    assert grip is not None
    assert grip.kind == "beat"
    drag(qtbot, view, start, start + QPoint(80, 0))
    assert now(view).beats == SONG.beats
    assert view.repeat is not None
    assert view.repeat[0] <= beat < view.repeat[1]


def test_escape_closes_a_window_only_where_nothing_can_be_undone_any_more(
    window: SongWindow, view: TimelineView, qtbot: QtBot
) -> None:
    qtbot.keyClick(view, Qt.Key.Key_B)
    assert window.correcting is not None
    assert window.correcting.made
    window.chart.setFocus()
    view.select(view.editor._at_playhead("chord"))  # type: ignore[union-attr]
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert view.selected is None
    for _ in range(2):
        qtbot.keyClick(window, Qt.Key.Key_Escape)
        assert window.isVisible()
    assert "Ctrl+W" in window.note.text()
    with qtbot.waitSignal(window.closed):
        qtbot.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
