"""What is painted, and what the mouse, the wheel and the keys do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from performia_desktop.gui.colors import DARK, LIGHT, palette
from performia_desktop.gui.song.timeline.panel import TimelinePanel
from performia_desktop.gui.song.timeline.view import TimelineView
from performia_desktop.gui.song.window import SongWindow
from performia_desktop.songmap.model import Lyric
from tests.gui.song.timeline.conftest import SONG


def picture(view: TimelineView) -> QImage:
    return view.grab().toImage()


def colors_in(image: QImage, top: float, height: float) -> set[str]:
    rows = range(int(top), int(top + height))
    return {image.pixelColor(x, y).name() for y in rows for x in range(0, image.width(), 2)}


def lane(view: TimelineView, name: str) -> tuple[float, float]:
    return next((top, height) for one, top, height in view.placed if one.name == name)


def test_the_lanes_are_there_from_the_top(open_song: Callable[..., SongWindow]) -> None:
    words = Lyric(9.0, 10.0, "word", 0.9)
    curve = ((0.0, 100.0), (20.0, 120.0))
    view = open_song(replace(SONG, lyrics=(words,), tempo=replace(SONG.tempo, curve=curve))).timeline.view
    names = [one.name for one, _, _ in view.placed]
    assert names == ["sections", "waveform", "beats", "chords", "notes", "lyrics", "tempo", "confidence"]
    edges = [(top, top + height) for _, top, height in view.placed]
    assert all(a[1] < b[0] for a, b in pairwise(edges))
    assert edges[-1][1] <= view.height()


def test_a_flat_tempo_and_no_words_take_no_room(panel: TimelinePanel) -> None:
    assert not {"tempo", "lyrics"} & {one.name for one, _, _ in panel.view.placed}


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
def test_every_lane_is_in_the_colours_of_the_scheme(panel: TimelinePanel, scheme: object) -> None:
    view = panel.view
    panel.window().setPalette(palette(scheme))  # type: ignore[arg-type]
    view.fit(0.0, 20.0)
    image, look = picture(view), view.look
    assert look.scheme is scheme
    assert look.fills["intro"].name() in colors_in(image, *lane(view, "sections"))
    assert look.wave.name() in colors_in(image, *lane(view, "waveform"))
    assert look.scheme.muted.name() in colors_in(image, *lane(view, "beats"))
    assert look.scheme.chords.name() in colors_in(image, *lane(view, "chords"))
    notes = colors_in(image, *lane(view, "notes"))
    assert {look.melody[-1].name(), look.bass[-1].name()} <= notes


def test_the_playhead_is_where_the_song_is(panel: TimelinePanel) -> None:
    view = panel.view
    for position in (2.0, 5.5):
        panel.show_position(position)
        image = picture(view)
        x = round(view.axis.x(position))
        assert image.pixelColor(x, image.height() // 2) == LIGHT.accent
        assert image.pixelColor(x + 8, image.height() // 2) != LIGHT.accent


def test_a_moving_playhead_leaves_nothing_behind(panel: TimelinePanel, qtbot: QtBot) -> None:
    view = panel.view
    for position in (1.0, 1.1, 1.9, 4.0):
        panel.show_position(position)
        QApplication.processEvents()
    window = panel.window()
    corner = view.mapTo(window, QPoint())
    screen = window.screen().grabWindow(window.winId(), corner.x(), corner.y(), view.width(), view.height())
    shown = screen.toImage().convertToFormat(QImage.Format.Format_RGB32)
    same = bool(picture(view).convertToFormat(QImage.Format.Format_RGB32) == shown)
    assert same


def test_the_waveform_is_as_loud_as_the_song(panel: TimelinePanel) -> None:
    """It begins softly, and here ends in silence."""
    view = panel.view
    view.fit_song()
    image = picture(view)
    top, height = lane(view, "waveform")
    wave = view.look.wave

    def ink(second: float) -> int:
        x = int(view.axis.x(second))
        return sum(image.pixelColor(x, y) == wave for y in range(int(top), int(top + height)))

    loud = max(ink(second) for second in range(10, 20))
    assert loud > 0.6 * height
    assert ink(30.0) < 0.2 * height
    assert max(ink(second) for second in (4, 5, 6)) < loud


def test_a_song_without_audio_says_so_and_shows_the_rest(
    open_song: Callable[..., SongWindow], qtbot: QtBot
) -> None:
    window = open_song()
    view = window.timeline.view
    view.show_no_waveform("The audio file is not there any more.")
    assert [one.name for one, _, _ in view.placed][:4] == ["sections", "waveform", "beats", "chords"]
    top, height = lane(view, "waveform")
    assert height < 2 * view.fontMetrics().height()
    view._wave.pyramid = None
    assert view.look.wave.name() not in colors_in(picture(view), top, height)


def test_a_click_anywhere_is_heard_from(panel: TimelinePanel, qtbot: QtBot) -> None:
    view = panel.view
    view.fit(10.0, 20.0)
    for name in ("waveform", "notes"):
        top, height = lane(view, name)
        with qtbot.waitSignal(panel.sought) as sought:
            qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(400, int(top + height / 2)))
        assert sought.args[0] == pytest.approx(view.axis.time(400), abs=0.01)
        assert panel.view.position == sought.args[0]


def drag(qtbot: QtBot, view: TimelineView, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, (start + end) / 2)
    qtbot.mouseMove(view, end)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)


def test_dragging_over_bars_repeats_them(window: SongWindow, qtbot: QtBot) -> None:
    view = window.timeline.view
    bars = SONG.downbeats
    view.fit(bars[4], bars[12])
    top, height = lane(view, "waveform")
    y = int(top + height / 2)
    start = QPoint(int(view.axis.x(bars[6]) + 12), y)
    end = QPoint(int(view.axis.x(bars[8]) - 12), y)
    drag(qtbot, view, start, end)
    assert window.transport.player is not None
    assert window.transport.player.loop == (bars[6], bars[8])
    assert window.transport.loop.text() == "Repeat bars 7 to 8"
    assert view.repeat == (bars[6], bars[8])
    window.transport.loop.setChecked(False)
    assert view.repeat is None
    assert window.transport.loop.text() == "Repeat the section"


def test_a_drag_beyond_the_edge_goes_on_through_the_song(window: SongWindow, qtbot: QtBot) -> None:
    view = window.timeline.view
    bars = SONG.downbeats
    view.fit(bars[4], bars[8])
    top, height = lane(view, "waveform")
    y = int(top + height / 2)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(round(view.axis.x(bars[5])) + 9, y))
    for _ in range(12):
        qtbot.mouseMove(view, QPoint(view.width() + 200, y))
        qtbot.mouseMove(view, QPoint(view.width() + 199, y))
    assert view.axis.left > bars[5]
    last = view.axis.time(view.width() + 199)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(view.width() + 199, y))
    assert view.repeat is not None
    assert view.repeat[0] == bars[5]
    assert view.repeat[1] >= last


def wheel(view: TimelineView, x: int, notches: int, *modifiers: Qt.KeyboardModifier) -> None:
    keys = Qt.KeyboardModifier.NoModifier
    for one in modifiers:
        keys |= one
    place = QPointF(x, view.height() / 2)
    event = QWheelEvent(
        place,
        QPointF(view.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def test_two_fingers_zoom_around_them(panel: TimelinePanel) -> None:
    panel.view.fit(20.0, 40.0)
    axis = panel.view.axis
    scale, under = axis.scale, axis.time(250)
    place = QPointF(250, 40)
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        place,
        place,
        QPointF(panel.view.mapToGlobal(place.toPoint())),
        0.5,
        QPointF(),
    )
    QApplication.sendEvent(panel.view, pinch)
    assert axis.scale == pytest.approx(1.5 * scale)
    assert axis.time(250) == pytest.approx(under, abs=0.02)


def test_the_wheel_goes_through_the_song_and_zooms_with_ctrl(panel: TimelinePanel) -> None:
    axis = panel.view.axis
    panel.view.fit(20.0, 40.0)
    left, scale = axis.left, axis.scale
    wheel(panel.view, 300, -1)
    assert axis.left > left
    assert axis.scale == scale
    under = axis.time(300)
    wheel(panel.view, 300, 2, Qt.KeyboardModifier.ControlModifier)
    assert axis.scale > 1.5 * scale
    assert axis.time(300) == pytest.approx(under, abs=0.02)


def test_keys_zoom_fit_and_follow(window: SongWindow, qtbot: QtBot) -> None:
    view = window.timeline.view
    scale = view.axis.scale
    qtbot.keyClick(window, "+")
    assert view.axis.scale == pytest.approx(1.25 * scale)
    qtbot.keyClick(window, "0")
    assert view.axis.whole
    window.timeline.show_position(30.0)
    qtbot.keyClick(window, "9")
    section = next(one for one in SONG.sections if one.start <= 30.0 < one.end)
    assert view.axis.left < section.start
    assert view.axis.right == pytest.approx(section.end, abs=1.0)
    qtbot.keyClick(window, "f")
    assert not view.following


def test_it_follows_unless_the_user_looks_elsewhere(panel: TimelinePanel) -> None:
    view = panel.view
    view.fit(0.0, 10.0)
    for tenth in range(150):
        panel.show_position(tenth / 10)
        assert 0 <= view.axis.x(tenth / 10) <= view.width()
    view.go(40.0)
    left = view.axis.left
    panel.show_position(15.1)
    assert view.axis.left == left
    panel.show_position(41.0)
    panel.show_position(52.0)
    assert view.axis.left > left


def test_the_overview_jumps_and_moves_what_is_shown(panel: TimelinePanel, qtbot: QtBot) -> None:
    overview, view = panel.overview, panel.view
    view.fit(0.0, 10.0)
    middle = QPoint(overview.width() // 2, 8)
    with qtbot.waitSignals([panel.sought, panel.section_chosen]):
        qtbot.mouseClick(overview, Qt.MouseButton.LeftButton, pos=middle)
    assert view.axis.left < SONG.duration_sec / 2 < view.axis.right
    qtbot.mousePress(overview, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(overview, middle + QPoint(20, 0))
    qtbot.mouseMove(overview, QPoint(overview.width() - 1, 8))
    qtbot.mouseRelease(overview, Qt.MouseButton.LeftButton, pos=QPoint(overview.width() - 1, 8))
    assert view.axis.right == pytest.approx(SONG.duration_sec, abs=0.1)
    assert view.position == pytest.approx(SONG.duration_sec / 2, abs=0.2)


def test_the_arrows_go_by_sections_in_the_overview(window: SongWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.timeline.overview.setFocus()
    qtbot.waitUntil(window.timeline.overview.hasFocus)
    qtbot.keyClick(window.timeline.overview, Qt.Key.Key_Right)
    qtbot.keyClick(window.timeline.overview, Qt.Key.Key_Right)
    assert window.transport.position == pytest.approx(SONG.sections[2].start)
    qtbot.keyClick(window.timeline.overview, Qt.Key.Key_Left)
    assert window.timeline.view.position == pytest.approx(SONG.sections[1].start)


def test_n_goes_to_the_next_doubtful_place(open_song: Callable[..., SongWindow], qtbot: QtBot) -> None:
    chords = tuple(replace(chord, conf=0.2 if i in {3, 4, 10} else 0.9) for i, chord in enumerate(SONG.chords))
    window = open_song(replace(SONG, chords=chords))
    view = window.timeline.view
    qtbot.keyClick(window, "n")
    assert view.position == pytest.approx(chords[3].start)
    assert window.note.full_text() == "Chords here: 20 % sure"
    qtbot.keyClick(window, "n")
    assert view.position == pytest.approx(chords[10].start)
    qtbot.keyClick(window, "n", Qt.KeyboardModifier.ShiftModifier)
    assert view.position == pytest.approx(chords[3].start)


def test_an_unknown_width_or_an_empty_song_paints_nothing_and_does_not_fall(qtbot: QtBot) -> None:
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(1, 1)
    assert not view.grab().isNull()
    empty = replace(SONG, beats=(), downbeats=(), chords=(), sections=(), key=(), melody=(), bass=())
    view.resize(500, 300)
    view.show_song(empty)
    names = [one.name for one, _, _ in view.placed]
    assert names == ["waveform", "beats"]
    assert picture(view).pixelColor(1, 290) != QColor()
