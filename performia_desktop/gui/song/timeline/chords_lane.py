"""The chords, large enough to play from."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF, Qt

from performia_desktop.gui.colors import mix
from performia_desktop.gui.song.timeline.content import Content, seen
from performia_desktop.gui.song.timeline.lane import Lane, Scene, paint_mark
from performia_desktop.gui.song.timeline.look import Look


class ChordsLane(Lane):
    name: ClassVar[str] = "chords"
    importance: ClassVar[int] = 9

    def heights(self, look: Look, content: Content) -> tuple[float, float]:
        height = look.chord_metrics.height() + 8 if content.chords else 0.0
        return height, height

    def paint(self, scene: Scene) -> None:
        painter, look, axis, area = scene.painter, scene.look, scene.axis, scene.area
        fill = mix(look.scheme.panel, look.scheme.chords, 0.10)
        for i in seen(scene.content.chord_times, scene.start, scene.end):
            name = scene.content.chords[i]
            left, right = (round(axis.x(time)) for time in scene.content.chord_times[i])
            if not name:
                continue
            painter.fillRect(QRectF(left + 1, area.top(), max(1, right - left - 1), area.height()), fill)
            text_left = max(left, 0) + 5
            room = right - 2 - text_left
            size = next((one for one in ("chord", "bold", "small") if look.width(name, one) <= room), None)
            if size is not None:
                painter.setFont(look.fonts[size])
                painter.setPen(look.scheme.chords)
                inner = QRectF(text_left, area.top(), room + 4, area.height())
                painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.setPen(look.pen(mix(look.scheme.panel, look.scheme.chords, 0.4)))
        edge = painter.pen()
        for i in seen(scene.content.chord_times, scene.start, scene.end):
            left, right = (round(axis.x(time)) for time in scene.content.chord_times[i])
            if i in scene.content.marks.chord:
                paint_mark(scene, left, right)
                painter.setPen(edge)
            painter.drawLine(QPointF(left, area.top()), QPointF(left, area.bottom()))
