"""The mouse in the lanes: a click is heard, a drag over bars repeats them, a drag of an edge puts it right."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from performia_desktop.gui.song.timeline.grips import REACH, Grip, grip_at, spans

if TYPE_CHECKING:
    from performia_desktop.gui.song.timeline.view import TimelineView

_HELD = frozenset({"melody", "bass", "lyric"})


class Hand:
    """What the mouse is doing over a view."""

    def __init__(self, view: TimelineView) -> None:
        self._view = view
        self._pressed: QPointF | None = None
        self._grip: Grip | None = None  # what was pressed on
        self._area = QRectF()
        self._moving = False
        self._panned: QPointF | None = None
        self.stretch: tuple[float, float] | None = None
        """The bars that are being dragged over."""

    @property
    def busy(self) -> bool:
        return self._pressed is not None

    def under(self, place: QPointF) -> tuple[Grip | None, QRectF]:
        """Return what is at a place, and the lane's rectangle."""
        view = self._view
        lane = view.lane_at(place.y())
        if lane is None or view.content is None:
            return None, QRectF()
        return grip_at(view.content, view.axis, lane[0].name, lane[1], place), lane[1]

    def movable(self, grip: Grip | None) -> bool:
        """Return whether a drag moves it: an edge and a beat at once, a note or a line when it is selected."""
        if grip is None or self._view.editor is None:
            return False
        selected = self._view.selected
        own = selected is not None and (selected.kind, selected.index) == (grip.kind, grip.index)
        if grip.kind in _HELD:
            return own
        return (grip.edge or grip.kind == "beat") and self._apart(grip)

    def _apart(self, grip: Grip) -> bool:
        """Return whether a beat or an edge is so far from its neighbours that it is the one that is meant.

        Zoomed out, every place is near one; a drag there is over bars.
        """
        content, scale = self._view.settled, self._view.axis.scale
        if content is None:
            return False
        starts = [start for start, _ in spans(content.song, grip.kind)][max(0, grip.index - 1) : grip.index + 2]
        return all((b - a) * scale > 2 * REACH for a, b in pairwise(starts))

    def press(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._moving = event.position(), False
            self._grip, self._area = self.under(event.position())
        elif event.button() == Qt.MouseButton.MiddleButton:
            self._panned = event.position()
            self._view.setCursor(Qt.CursorShape.ClosedHandCursor)

    def move(self, event: QMouseEvent) -> None:
        if self._panned is not None:
            self._view.pan(self._panned.x() - event.position().x())
            self._panned = event.position()
            return
        if self._pressed is None:
            self._hover(event.position())
            return
        self._scroll(event.position().x())
        way = event.position() - self._pressed
        if not self._moving and max(abs(way.x()), abs(way.y())) < self._threshold():
            return
        self._moving = True
        editor = self._view.editor
        if editor is not None and self._grip is not None and self.movable(self._grip):
            free = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            editor.drag(self._grip, self._area, self._pressed, event.position(), free=free)
        else:
            self.stretch = self._bars(self._pressed.x(), event.position().x())
            self._view.update()

    def _scroll(self, x: float) -> None:
        """Go on through the song while a drag is beyond the edge."""
        over = min(0.0, x) + max(0.0, x - self._view.width())
        if self._moving and over and self._pressed is not None:
            before = self._view.axis.left
            self._view.pan(over / 4)
            self._pressed -= QPointF((self._view.axis.left - before) * self._view.axis.scale, 0.0)

    def release(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.MiddleButton and self._panned is not None:
            self._panned = None
            self._view.unsetCursor()
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        stretch, moving, grip = self.stretch, self._moving, self._grip
        self._pressed, self.stretch, self._moving = None, None, False
        if not moving:
            self._click(event.position(), grip)
        elif stretch is not None and stretch[1] > stretch[0]:
            self._view.repeated.emit(*stretch)
        elif self._view.editor is not None:
            self._view.editor.drop()
        self._view.update()

    def double_click(self, event: QMouseEvent) -> None:
        grip, area = self.under(event.position())
        view = self._view
        if grip is not None and grip.kind == "section":
            view.fit(grip.start, grip.end)
        elif view.editor is not None and event.button() == Qt.MouseButton.LeftButton:
            view.editor.open(grip, area, event.position())

    def cancel(self) -> bool:
        """Give up what is being dragged; return whether there was anything."""
        if self._pressed is None:
            return False
        self._pressed, self.stretch, self._moving = None, None, False
        if self._view.editor is not None:
            self._view.editor.cancel()
        self._view.update()
        return True

    def _click(self, place: QPointF, grip: Grip | None) -> None:
        view = self._view
        view.select(grip)
        time = grip.start if grip is not None and grip.kind == "beat" else view.axis.time(place.x())
        view.sought.emit(min(max(0.0, time), view.axis.duration))

    def _threshold(self) -> int:
        return 3 if self.movable(self._grip) else QApplication.startDragDistance()

    def _hover(self, place: QPointF) -> None:
        grip, _ = self.under(place)
        if not self.movable(grip):
            self._view.unsetCursor()
        elif grip is not None and grip.kind in _HELD:
            self._view.setCursor(Qt.CursorShape.SizeAllCursor)
        else:
            self._view.setCursor(Qt.CursorShape.SplitHCursor)
        self._view.tell(grip)

    def _bars(self, x: float, other: float) -> tuple[float, float]:
        """Return the bars that a drag touches, or just the stretch where there are none."""
        axis, content = self._view.axis, self._view.content
        start, end = sorted((axis.time(x), axis.time(other)))
        start, end = max(0.0, start), min(end, axis.duration)
        if content is None or not content.song.downbeats:
            return start, end
        edges = (0.0, *content.song.downbeats, axis.duration)
        touched = [(a, b) for a, b in pairwise(edges) if a < end and b > start and b > a]
        return (touched[0][0], touched[-1][1]) if touched else (start, end)
