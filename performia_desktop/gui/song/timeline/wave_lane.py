"""The waveform, drawn column by column of the screen's own pixels."""

from __future__ import annotations

from functools import cache
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from performia_desktop.gui.song.timeline.axis import Axis
from performia_desktop.gui.song.timeline.content import Content
from performia_desktop.gui.song.timeline.lane import Lane, Scene
from performia_desktop.gui.song.timeline.look import Look
from performia_desktop.gui.song.timeline.pyramid import Pyramid

_tr = QCoreApplication.translate


class WaveLane(Lane):
    name: ClassVar[str] = "waveform"
    importance: ClassVar[int] = 6

    def __init__(self) -> None:
        self.pyramid: Pyramid | None = None
        self.missing = ""
        """Why there is none."""

    def heights(self, look: Look, _content: Content) -> tuple[float, float]:
        line = look.metrics.height()
        if self.missing:
            return line + 8, line + 8
        return 2 * line, 4.5 * line

    def paint(self, scene: Scene) -> None:
        if self.pyramid is None:
            words = self.missing or _tr("timeline", "The waveform is being drawn…")
            scene.painter.setFont(scene.look.small)
            scene.painter.setPen(scene.look.scheme.muted)
            words = scene.look.small_metrics.elidedText(
                words, Qt.TextElideMode.ElideRight, scene.area.width() - 16
            )
            place = scene.area.adjusted(8, 0, -8, 0)
            behind = QRectF(place.left() - 4, place.top(), scene.look.width(words, "small") + 8, place.height())
            scene.painter.fillRect(behind, scene.look.scheme.panel)
            scene.painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
            return
        shown = QRectF(scene.first, scene.area.top(), scene.last - scene.first, scene.area.height())
        draw(scene.painter, self.pyramid, scene.axis, shown.adjusted(0, 1, 0, -1), scene.look.wave)


def draw(painter: QPainter, pyramid: Pyramid, axis: Axis, shown: QRectF, color: QColor) -> None:
    """Fill a stretch of an axis with its waveform.

    The picture is made in device pixels, so that it is sharp at every scale; its outline is smooth because a pixel
    that is touched in part is painted in part.
    """
    to_device = painter.deviceTransform()
    ratio = to_device.m11()
    corner = to_device.map(shown.topLeft())
    left, top = round(corner.x()), round(corner.y())
    width, height = round(shown.width() * ratio) + 1, round(shown.height() * ratio)
    if width <= 1 or height <= 1:
        return
    origin = to_device.inverted()[0].map(QPointF(left, top))
    edges = axis.left + (origin.x() + np.arange(width + 1) / ratio) / axis.scale
    times, low, high = pyramid.part(float(edges[0]), float(edges[-1]), axis.scale * ratio)
    if len(times) < 2:
        return
    middle = (edges[:-1] + edges[1:]) / 2
    inside = (middle >= 0) & (middle <= axis.duration)
    half = (height - 1) / 2
    upper = half - half * np.interp(middle, times, high)
    lower = half - half * np.interp(middle, times, low) + 1  # never less than a pixel
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    pixels = np.frombuffer(image.bits(), np.uint32).reshape(height, width)
    shades = _shades(color.rgb())
    first, last = np.ceil(upper).astype(np.int16), np.floor(lower).astype(np.int16)
    first[~inside], last[~inside] = height, 0
    rows = np.arange(height, dtype=np.int16)[:, None]
    np.multiply((rows >= first) & (rows < last), shades[255], out=pixels)
    columns = np.flatnonzero(inside & (first > 0))  # the pixels that are touched in part
    pixels[first[columns] - 1, columns] = shades[(255 * (first - upper)[columns]).astype(np.uint8)]
    columns = np.flatnonzero(inside & (last < height))
    pixels[last[columns], columns] = shades[(255 * (lower - last)[columns]).astype(np.uint8)]
    image.setDevicePixelRatio(ratio)
    painter.drawImage(origin, image)


@cache
def _shades(rgb: int) -> NDArray[np.uint32]:
    """Return a colour's premultiplied pixels by how much of them it covers, 0 to 255."""
    step = np.arange(256)
    parts = ((255, 24), (rgb >> 16 & 255, 16), (rgb >> 8 & 255, 8), (rgb & 255, 0))
    return sum(step * part // 255 << shift for part, shift in parts).astype(np.uint32)  # type: ignore[union-attr]
