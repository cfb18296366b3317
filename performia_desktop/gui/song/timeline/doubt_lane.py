"""The confidence strip: the less sure the chords are, the higher it stands; doubtful stretches are filled."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush

from performia_desktop.gui.colors import mix
from performia_desktop.gui.song.timeline.content import Content, seen
from performia_desktop.gui.song.timeline.lane import Lane, Scene
from performia_desktop.gui.song.timeline.look import Look
from performia_desktop.gui.song.timeline.spots import doubtful


class DoubtLane(Lane):
    name: ClassVar[str] = "confidence"
    importance: ClassVar[int] = 3

    def heights(self, _look: Look, content: Content) -> tuple[float, float]:
        height = 12.0 if content.chords or content.sections else 0.0
        return height, height

    def paint(self, scene: Scene) -> None:
        painter, look, axis, area = scene.painter, scene.look, scene.axis, scene.area
        song = scene.content.song
        painter.fillRect(QRectF(scene.first, area.bottom() - 1, scene.last - scene.first, 1), look.beat)
        unsure = mix(look.scheme.panel, look.scheme.waiting, 0.4)
        hatched = QBrush(look.scheme.waiting, Qt.BrushStyle.Dense3Pattern)
        for spans, whole in ((song.chords, True), (song.sections, False)):
            times = scene.content.chord_times if whole else scene.content.section_times
            for i in seen(times, scene.start, scene.end):
                left, right = axis.x(times[i][0]), axis.x(times[i][1])
                doubt = 1.0 - spans[i].conf
                height = area.height() * doubt
                if doubtful(spans[i]):
                    if whole:
                        painter.fillRect(QRectF(left, area.bottom() - height, right - left, height), hatched)
                    else:  # a section: a line along its length
                        painter.fillRect(QRectF(left, area.top(), right - left - 1, 2), look.scheme.waiting)
                elif whole:
                    painter.fillRect(QRectF(left, area.bottom() - height, right - left, height), unsure)
