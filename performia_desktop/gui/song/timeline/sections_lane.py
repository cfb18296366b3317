"""The sections, each with colour, pattern and name; the name stays in sight while its section does."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF, Qt

from performia_desktop.gui.song.timeline.content import Content, seen
from performia_desktop.gui.song.timeline.lane import Lane, Scene, paint_mark
from performia_desktop.gui.song.timeline.look import Look


class SectionsLane(Lane):
    name: ClassVar[str] = "sections"
    importance: ClassVar[int] = 8

    def heights(self, look: Look, content: Content) -> tuple[float, float]:
        height = look.metrics.height() + 8 if content.sections else 0.0
        return height, height

    def paint(self, scene: Scene) -> None:
        painter, look, axis, area = scene.painter, scene.look, scene.axis, scene.area
        painter.setFont(look.font)
        for i in seen(scene.content.section_times, scene.start, scene.end):
            section = scene.content.song.sections[i]
            left, right = axis.x(section.start), axis.x(section.end)
            rect = QRectF(left, area.top(), right - left - 1, area.height())
            painter.fillRect(rect, look.fills[section.label])
            painter.setBrushOrigin(QPointF(left, area.top()))
            painter.fillRect(rect, look.patterns[section.label])
            start = max(left, 0.0) + 6
            room = right - 4 - start
            name = shortened(scene.content.sections[i], room, look)
            if name:
                painter.setPen(look.scheme.text)
                inner = QRectF(start, area.top(), room + 4, area.height())
                painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
            if i in scene.content.marks.section:
                paint_mark(scene, left, right)
        painter.setBrushOrigin(QPointF(0, 0))


def shortened(name: str, room: float, look: Look) -> str:
    """Return a section's name, its initial and number, its initial, or nothing: what there is room for."""
    initial = name[:1]
    number = name.rsplit(" ", 1)[-1] if name[-1:].isdigit() else ""
    for candidate in (name, initial + number, initial):
        if look.width(candidate) <= room:
            return candidate
    return ""
