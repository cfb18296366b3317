"""How the tempo moves, where it does."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPolygonF

from performia_desktop.gui.song.timeline.content import Content
from performia_desktop.gui.song.timeline.lane import Lane, Scene
from performia_desktop.gui.song.timeline.look import Look

_tr = QCoreApplication.translate


class TempoLane(Lane):
    name: ClassVar[str] = "tempo"
    importance: ClassVar[int] = 2

    def heights(self, look: Look, content: Content) -> tuple[float, float]:
        height = 2 * look.small_metrics.height() + 4 if len(content.tempo) else 0.0
        return height, height

    def paint(self, scene: Scene) -> None:
        painter, look, area, curve = scene.painter, scene.look, scene.area, scene.content.tempo
        low, high = float(curve[:, 1].min()), float(curve[:, 1].max())
        first = max(0, int(np.searchsorted(curve[:, 0], scene.start)) - 1)
        last = int(np.searchsorted(curve[:, 0], scene.end)) + 1
        xs = (curve[first:last, 0] - scene.axis.left) * scene.axis.scale
        ys = area.bottom() - 3 - (curve[first:last, 1] - low) / max(high - low, 1e-9) * (area.height() - 6)
        points = [QPointF(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)]
        if last >= len(curve) and points:
            points.append(QPointF(scene.axis.x(scene.axis.duration), points[-1].y()))
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setPen(look.pen(look.scheme.muted))
        painter.drawPolyline(QPolygonF(points))
        painter.setRenderHint(painter.RenderHint.Antialiasing, on=False)
        if scene.first < 100:
            painter.setFont(look.small)
            back = QColor(look.scheme.panel)
            back.setAlpha(190)
            height = look.small_metrics.height()
            for y, bpm in ((area.top(), high), (area.bottom() - height, low)):
                words = _tr("timeline", "{bpm} BPM").format(bpm=f"{bpm:.0f}")
                rect = QRectF(0, y, look.small_metrics.horizontalAdvance(words) + 8, height)
                painter.fillRect(rect, back)
                painter.setPen(look.scheme.muted)
                painter.drawText(rect.adjusted(4, 0, 4, 0), Qt.AlignmentFlag.AlignVCenter, words)
