"""The words, each where it is sung."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QRectF, Qt

from performia_desktop.gui.song.timeline.content import Content, seen
from performia_desktop.gui.song.timeline.lane import Lane, Scene, paint_mark
from performia_desktop.gui.song.timeline.look import Look


class LyricsLane(Lane):
    name: ClassVar[str] = "lyrics"
    importance: ClassVar[int] = 4

    def heights(self, look: Look, content: Content) -> tuple[float, float]:
        height = look.metrics.height() + 8 if content.lyrics else 0.0
        return height, height

    def paint(self, scene: Scene) -> None:
        painter, look, axis, area = scene.painter, scene.look, scene.axis, scene.area
        times = scene.content.lyric_times
        painter.setFont(look.font)
        for i in seen(times, scene.start, scene.end):
            left, right = axis.x(times[i][0]), axis.x(times[i][1])
            following = axis.x(times[i + 1][0]) if i + 1 < len(times) else axis.x(axis.duration)
            painter.fillRect(QRectF(left, area.bottom() - 2, max(1.0, right - left - 1), 2), look.bar)
            text_left = max(left, 0.0) + 2
            room = max(following - 4, right) - text_left
            words = scene.content.lyrics[i]
            if i in scene.content.marks.lyric:
                paint_mark(scene, left, right)
            if look.width(words) > room:
                words = look.metrics.elidedText(words, Qt.TextElideMode.ElideRight, room) if room > 24 else ""
            if words:
                painter.setPen(look.scheme.text)
                inner = QRectF(text_left, area.top(), room + 4, area.height() - 2)
                painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
