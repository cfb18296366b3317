"""What stands over all lanes: the stretch that is repeated, the frame of what is selected, the playhead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from performia_desktop.gui.colors import mix
from performia_desktop.gui.song.timeline.notes_lane import Roll

if TYPE_CHECKING:
    from performia_desktop.gui.song.timeline.view import TimelineView

_LANES: Final = {
    "section": "sections",
    "beat": "beats",
    "chord": "chords",
    "melody": "notes",
    "bass": "notes",
    "lyric": "lyrics",
}
HEAD: Final = 5  # half a playhead's width


def paint_repeat(painter: QPainter, view: TimelineView) -> None:
    """Veil the stretch that is repeated, or is being dragged over."""
    look = view.look
    stretch = view.hand.stretch or view.repeat
    if stretch is None:
        return
    left, right = view.axis.x(stretch[0]), view.axis.x(stretch[1])
    veil = QColor(look.scheme.accent)
    veil.setAlpha(36)
    painter.fillRect(QRectF(left, 0, right - left, view.height()), veil)
    for x in (left, right - 2):
        painter.fillRect(QRectF(x, 0, 2, view.height()), mix(look.scheme.panel, look.scheme.accent, 0.7))


def paint_selected(painter: QPainter, view: TimelineView) -> None:
    """Frame what is selected."""
    look = view.look
    grip = view.selected
    lane = _LANES.get(grip.kind) if grip is not None else None
    place = next(((top, height) for one, top, height in view.placed if one.name == lane), None)
    if grip is None or place is None or view.content is None:
        return
    rect = QRectF(view.axis.x(grip.start), place[0], view.axis.x(grip.end) - view.axis.x(grip.start), place[1])
    if grip.kind in {"melody", "bass"}:
        notes = view.content.song.melody if grip.kind == "melody" else view.content.song.bass
        if grip.index >= len(notes):
            return
        roll = Roll(view.content, QRectF(0, place[0], view.width(), place[1]))
        rect = QRectF(rect.left(), roll.top(notes[grip.index].midi), rect.width(), max(roll.row, 2.0))
        rect.adjust(-2, -2, 2, 2)
    elif grip.kind == "beat":
        rect.adjust(-3, 0, 3, 0)
    painter.setPen(look.pen(look.scheme.accent, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(1, 1, -1, -1))


def paint_playhead(painter: QPainter, view: TimelineView) -> None:
    look = view.look
    x = view.line()
    painter.fillRect(QRectF(x - 1, 0, 2, view.height()), look.scheme.accent)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.scheme.accent)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawPolygon(QPolygonF([QPointF(x - HEAD, 0), QPointF(x + HEAD, 0), QPointF(x, 1.4 * HEAD)]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
