"""Beats and bars: ticks, the numbers of bars, and the lines that go on through the lanes below."""

from __future__ import annotations

from math import ceil, floor
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QImage, QTransform

from performia_desktop.gui.song.timeline.axis import Axis
from performia_desktop.gui.song.timeline.content import F64, Content
from performia_desktop.gui.song.timeline.lane import Lane, Scene
from performia_desktop.gui.song.timeline.look import Look
from performia_desktop.jobs.words import duration_words

_CLOSEST = 7.0  # pixels between lines; nearer ones are left out
_CLOCK_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 3600)


class RulerLane(Lane):
    name: ClassVar[str] = "beats"
    importance: ClassVar[int] = 7

    def heights(self, look: Look, _content: Content) -> tuple[float, float]:
        height = look.small_metrics.height() + 6
        return height, height

    def paint(self, scene: Scene) -> None:
        painter, look, axis, area = scene.painter, scene.look, scene.axis, scene.area
        painter.setFont(look.small)
        if not len(scene.content.downbeats):
            self._paint_clock(scene)
            return
        middle = area.top() + area.height() * 0.55
        painter.setPen(look.pen(look.bar))
        painter.drawLines(lines(scene.content.beats, scene, middle, area.bottom()))
        painter.setPen(look.pen(look.scheme.muted))
        painter.drawLines(lines(scene.content.downbeats, scene, area.top() + 2, area.bottom()))
        self._paint_marks(scene)
        stride = self._stride(scene.content.downbeats, look, axis)
        bars = scene.content.downbeats
        room = look.width("0000", "small")
        first = int(np.searchsorted(bars, axis.time(scene.first - room)))
        last = int(np.searchsorted(bars, scene.end))
        painter.setPen(look.scheme.muted)
        for i in range(first - first % stride, last):
            if i % stride == 0 and i >= 0:
                place = QRectF(axis.x(bars[i]) + 4, area.top(), 80, area.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignTop, str(i + 1))

    @staticmethod
    def _paint_marks(scene: Scene) -> None:
        """Put a dot under each beat that was put right by itself; where most were, that is the tempo."""
        beats, marks = scene.content.beats, scene.content.marks.beat
        if len(marks) * 2 > len(beats):
            return
        for i in range(int(np.searchsorted(beats, scene.start)), int(np.searchsorted(beats, scene.end))):
            if i in marks:
                x = round(scene.axis.x(beats[i]))
                scene.painter.fillRect(QRectF(x - 2, scene.area.bottom() - 4, 5, 4), scene.look.scheme.accent)

    @staticmethod
    def _stride(bars: F64, look: Look, axis: Axis) -> int:
        """Return every how many bars there is room for a number: 1, 2, 4, 8, ..."""
        usual = float(np.median(np.diff(bars))) if len(bars) > 1 else 2.0
        room = look.small_metrics.horizontalAdvance(str(len(bars))) + 12
        stride = 1
        while stride * usual * axis.scale < room and stride < len(bars):
            stride *= 2
        return stride

    @staticmethod
    def _paint_clock(scene: Scene) -> None:
        """Write the time, where there are no bars."""
        room = scene.look.width("0:00:00", "small") + 16
        step = next((step for step in _CLOCK_STEPS if step * scene.axis.scale >= room), _CLOCK_STEPS[-1])
        scene.painter.setPen(scene.look.scheme.muted)
        for i in range(int(max(0.0, scene.start) // step), int(scene.end // step) + 1):
            x = scene.axis.x(i * step)
            scene.painter.drawLine(QPointF(x, scene.area.top() + 2), QPointF(x, scene.area.bottom()))
            place = QRectF(x + 4, scene.area.top(), 80, scene.area.height())
            words = (
                duration_words(i * step)
                if step >= 1
                else f"{duration_words(int(i * step))}.{i * 10 * step % 10:.0f}"
            )
            scene.painter.drawText(place, Qt.AlignmentFlag.AlignTop, words)


def columns(times: F64, scene: Scene) -> NDArray[np.float64]:
    """Return the pixels of the times in sight, none where they would stand too close."""
    first, last = np.searchsorted(times, scene.start), np.searchsorted(times, scene.end, side="right")
    if len(times) > 1:
        usual = (times[-1] - times[0]) / (len(times) - 1)
        if usual * scene.axis.scale < _CLOSEST:
            return np.empty(0)
    return np.rint((times[first:last] - scene.axis.left) * scene.axis.scale)


def lines(times: F64, scene: Scene, top: float, bottom: float) -> list[QLineF]:
    """Return an upright line for each time in sight."""
    return [QLineF(x, top, x, bottom) for x in columns(times, scene).tolist()]


def grid(scene: Scene) -> QBrush:
    """Return the background of lanes with its lines of beats and bars: a row of pixels, to be repeated downwards.

    Filling with it takes no longer than filling with a colour, and half of what drawing the lines does.
    """
    look = scene.look
    to_device = scene.painter.deviceTransform()
    ratio = to_device.m11()
    left = floor(to_device.map(QPointF(scene.first, 0.0)).x())
    width = ceil((scene.last - scene.first) * ratio) + 2
    image = QImage(width, 1, QImage.Format.Format_RGB32)
    image.fill(look.scheme.panel)
    row = np.frombuffer(image.bits(), np.uint32)
    for times, color in ((scene.content.beats, look.beat), (scene.content.downbeats, look.bar)):
        at = (
            np.floor(columns(times, scene) * ratio + to_device.dx() + 0.5).astype(np.int64) - left - look.thin // 2
        )
        for offset in range(look.thin):
            inside = at + offset
            row[inside[(inside >= 0) & (inside < width)]] = color.rgb()
    brush = QBrush(image)
    origin = to_device.inverted()[0].map(QPointF(left, 0.0)).x()
    brush.setTransform(QTransform().translate(origin, 0.0).scale(1 / ratio, 1 / ratio))
    return brush
