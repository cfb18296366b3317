"""The lanes of a song over one time axis: painted, moved, zoomed, clicked.

Every lane paints only the stretch that is asked for, so that a playhead that moves by a pixel costs a pixel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QPinchGesture, QSizePolicy, QWidget

from performia_desktop.gui.song.timeline import keys
from performia_desktop.gui.song.timeline.axis import Axis
from performia_desktop.gui.song.timeline.chords_lane import ChordsLane
from performia_desktop.gui.song.timeline.content import Content, described
from performia_desktop.gui.song.timeline.doubt_lane import DoubtLane
from performia_desktop.gui.song.timeline.grips import Grip
from performia_desktop.gui.song.timeline.hand import Hand
from performia_desktop.gui.song.timeline.lane import Lane, Scene, layout
from performia_desktop.gui.song.timeline.look import Look
from performia_desktop.gui.song.timeline.lyrics_lane import LyricsLane
from performia_desktop.gui.song.timeline.marks import HEAD, paint_playhead, paint_repeat, paint_selected
from performia_desktop.gui.song.timeline.notes_lane import NotesLane
from performia_desktop.gui.song.timeline.pyramid import Pyramid
from performia_desktop.gui.song.timeline.ruler_lane import RulerLane, grid
from performia_desktop.gui.song.timeline.sections_lane import SectionsLane
from performia_desktop.gui.song.timeline.tempo_lane import TempoLane
from performia_desktop.gui.song.timeline.wave_lane import WaveLane
from performia_desktop.songmap.model import SongMap

if TYPE_CHECKING:
    from performia_desktop.gui.song.timeline.editor import Editor

GAP: Final = 4
_PLAIN: Final = frozenset({"sections", "beats", "confidence"})
"""The lanes without lines behind them."""
_STEP: Final = 1.25  # of a zoom by key or button
_NOTCH: Final = 120.0  # of a wheel
_BAR_LINES: Final = 5.5
"""A usual bar is at first so many lines of text wide."""


class TimelineView(QWidget):
    """Shows a song; says what is clicked and dragged, and does nothing about it itself."""

    viewed = Signal()
    """Another stretch of the song is in sight."""
    sought = Signal(float)
    """A time that was clicked."""
    repeated = Signal(float, float)
    """A stretch that was dragged over, from bar to bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lanes")
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # music is written so everywhere
        self.setAccessibleName(self.tr("Timeline"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.axis = Axis()
        self.position = 0.0
        self.following = True
        self.repeat: tuple[float, float] | None = None
        self._untouched = True  # nobody has zoomed yet
        self._away = False  # the user looks elsewhere while it plays
        self._content: Content | None = None
        self._look: Look | None = None
        self._wave = WaveLane()
        self._lanes: list[Lane] = [
            SectionsLane(),
            self._wave,
            RulerLane(),
            ChordsLane(),
            NotesLane(),
            LyricsLane(),
            TempoLane(),
            DoubtLane(),
        ]
        self.placed: list[tuple[Lane, float, float]] = []
        """The lanes that have room, each with its top and height."""
        self.editor: Editor | None = None
        """Puts right what is dragged, once there is a song that can be corrected."""
        self.selected: Grip | None = None
        self._settled: Content | None = None  # what is shown when no drag is under way
        self._detected: SongMap | None = None
        self.hand = Hand(self)

    # what is shown

    @property
    def content(self) -> Content | None:
        return self._content

    @property
    def settled(self) -> Content | None:
        """What there is, without what a drag that is under way would make of it."""
        return self._settled

    def show_song(self, song: SongMap, detected: SongMap | None = None) -> None:
        """Show a song, or the same with corrections; then what is in sight stays in sight.

        What is other than in `detected` is marked.
        """
        known = self._content is not None and self._content.song.duration_sec == song.duration_sec
        self._detected = detected
        self._content = self._settled = Content.of(song, detected)
        if not known:
            self.axis.set_duration(song.duration_sec)
            self._begin()
        self._place()
        self.viewed.emit()

    def show_draft(self, song: SongMap, selected: Grip | None) -> None:
        """Show what a drag would come to."""
        self._content = Content.of(song, self._detected)
        self.selected = selected
        self.update()

    def show_settled(self) -> None:
        """Show the song as it is, after a drag that came to nothing."""
        self._content = self._settled
        self.update()

    def select(self, grip: Grip | None) -> None:
        """Mark a thing, for the keys."""
        if grip != self.selected:
            self.selected = grip
            self.tell(grip)
            self.update()

    def tell(self, grip: Grip | None) -> None:
        """Say in words what a thing is: to the pointer, and to who cannot see it."""
        words = described(self._content, grip) if self._content is not None and grip is not None else ""
        if words != self.toolTip():
            self.setToolTip(words)
        if grip is not None and grip == self.selected:
            self.setAccessibleDescription(words)

    def _begin(self) -> None:
        """Show the beginning so large that chords can be read."""
        bars = self._content.downbeats if self._content else ()
        if len(bars) > 1:
            usual = float(np.median(np.diff(bars)))
            self.axis.begin(_BAR_LINES * self.fontMetrics().height() / max(usual, 0.1))
        self._untouched = True

    def show_waveform(self, pyramid: Pyramid) -> None:
        self._wave.pyramid, self._wave.missing = pyramid, ""
        self._place()

    @property
    def has_waveform(self) -> bool:
        return self._wave.pyramid is not None

    def show_no_waveform(self, sentence: str) -> None:
        """Say why there is no waveform, in its lane."""
        self._wave.missing = sentence
        self._place()

    def show_repeat(self, repeat: tuple[float, float] | None) -> None:
        """Mark what is played again and again."""
        self.repeat = repeat
        self.update()

    def show_position(self, position: float, *, jump: bool = False) -> None:
        """Draw the playhead there; the page turns with it, unless the user looks elsewhere or it `jump`s."""
        before, self.position = self.line(), position
        x = self.axis.x(position)
        if jump or 0 <= x <= self.axis.width:
            self._away = False
        if jump and not 0 <= x <= self.axis.width:
            self._moved(self.axis.turn(position))
        elif self.following and not self._away and not self.hand.busy and self.axis.turn(position):
            self._moved(True)
        after = self.line()
        if after != before:
            for line in (before, after):
                self.update(line - HEAD - 1, 0, 2 * HEAD + 3, self.height())

    def line(self) -> int:
        """Return the pixel of the playhead."""
        return round(self.axis.x(self.position))

    # what is in sight

    def zoom(self, factor: float, x: float | None = None) -> None:
        """See less (above 1) or more, around a pixel: that of the playhead, or the middle."""
        if x is None:
            line = self.axis.x(self.position)
            x = line if 0 <= line <= self.axis.width else self.axis.width / 2
        self.axis.zoom(factor, x)
        self._untouched = False
        self._moved(True)

    def zoom_in(self) -> None:
        self.zoom(_STEP)

    def zoom_out(self) -> None:
        self.zoom(1 / _STEP)

    def fit_song(self) -> None:
        self.axis.fit()
        self._untouched = False
        self._moved(True)

    def fit(self, start: float, end: float) -> None:
        """Show this stretch, whole."""
        self.axis.show(start, end)
        self._untouched = False
        self._look_away()
        self._moved(True)

    def pan(self, pixels: float) -> None:
        self.axis.pan(pixels)
        self._look_away()
        self._moved(True)

    def go(self, left: float) -> None:
        """Have a time at the left edge."""
        self.axis.go(left)
        self._look_away()
        self._moved(True)

    def _look_away(self) -> None:
        self._away = not 0 <= self.axis.x(self.position) <= self.axis.width

    def _moved(self, really: bool) -> None:
        if really:
            self.update()
            self.viewed.emit()

    # sizes

    @property
    def look(self) -> Look:
        if self._look is None or self._look.thin != max(1, round(self.devicePixelRatioF())):
            self._look = Look.of(self.palette(), self.font(), self.devicePixelRatioF())
        return self._look

    def _place(self) -> None:
        if self._content is not None:
            self.placed = layout(self._lanes, self.look, self._content, self.height(), GAP)
        self.update()

    def lane_at(self, y: float) -> tuple[Lane, QRectF] | None:
        """Return the lane at a height, and where it is."""
        for lane, top, height in self.placed:
            if top <= y < top + height + GAP:
                return lane, QRectF(0, top, self.width(), height)
        return None

    def sizeHint(self) -> QSize:
        return QSize(800, 19 * self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 3 * self.fontMetrics().height() + 24)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.axis.resize(event.size().width())
        if self._untouched:
            left = self.axis.left
            self._begin()
            self.axis.go(left)
        self._place()
        self.viewed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {
            QEvent.Type.PaletteChange,
            QEvent.Type.FontChange,
            QEvent.Type.StyleChange,
            QEvent.Type.ApplicationPaletteChange,
        }:
            self._look = None
            self._place()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            self._paint(painter, event.rect())

    def _paint(self, painter: QPainter, dirty: QRect) -> None:
        look = self.look
        if self._content is None:
            painter.fillRect(dirty, look.scheme.panel)
            return
        first, last = float(dirty.left()), float(dirty.right() + 1)
        scenes = [
            (
                lane,
                Scene(painter, look, self.axis, self._content, QRectF(0, top, self.width(), height), first, last),
            )
            for lane, top, height in self.placed
        ]
        lined = [scene for lane, scene in scenes if lane.name not in _PLAIN]
        self._paint_behind(painter, QRectF(dirty), look.scheme.panel, lined)
        for lane, scene in scenes:
            if scene.area.intersects(QRectF(dirty)):
                lane.paint(scene)
        paint_repeat(painter, self)
        paint_selected(painter, self)
        paint_playhead(painter, self)
        if self.hasFocus():
            painter.setPen(look.pen(look.scheme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(0, 0, self.width() - 1, self.height() - 1))

    @staticmethod
    def _paint_behind(painter: QPainter, dirty: QRectF, panel: QColor, lined: list[Scene]) -> None:
        """Fill the background, every pixel once: with the lines of beats and bars in some lanes, plain elsewhere."""
        below = dirty.top()
        lines = grid(lined[0]) if lined else QBrush()
        for scene in lined:
            top = max(below, scene.area.top())
            painter.fillRect(QRectF(dirty.left(), below, dirty.width(), top - below), panel)
            painter.fillRect(QRectF(dirty.left(), top, dirty.width(), max(0.0, scene.area.bottom() - top)), lines)
            below = max(below, scene.area.bottom())
        painter.fillRect(QRectF(dirty.left(), below, dirty.width(), max(0.0, dirty.bottom() - below)), panel)

    # the mouse and the keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hand.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hand.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.hand.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.hand.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.editor is None:
            return
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            x = min(max(0, self.line()), self.width())
            self.editor.popup(self.selected, self.mapToGlobal(QPoint(x, self.height() // 3)))
            return
        place = QPointF(event.pos())
        grip, _ = self.hand.under(place)
        self.select(grip)
        self.sought.emit(min(max(0.0, self.axis.time(place.x())), self.axis.duration))
        self.editor.popup(grip, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not keys.pressed(self, Qt.Key(event.key()), event.modifiers()):
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom around the pointer, the wheel alone goes through the song."""
        pixels, angle = event.pixelDelta(), event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            notches = (angle.y() or angle.x()) / _NOTCH
            self.zoom(_STEP**notches, event.position().x())
        elif not pixels.isNull():
            self.pan(-(pixels.x() or pixels.y()))
        else:
            self.pan(-(angle.x() or angle.y()) / _NOTCH * self.width() / 10)
        event.accept()

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and keys.comes_first(self, Qt.Key(event.key()), event.modifiers())
        ):
            event.accept()  # before the window's own keys
            return True
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom(1.0 + event.value(), event.position().x())
                return True
        elif event.type() == QEvent.Type.Gesture:
            pinch = event.gesture(Qt.GestureType.PinchGesture)  # type: ignore[attr-defined]
            if isinstance(pinch, QPinchGesture):
                center = self.mapFromGlobal(pinch.centerPoint().toPoint())
                self.zoom(pinch.scaleFactor(), center.x())
                return True
        return super().event(event)
