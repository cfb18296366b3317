"""Melody and bass as a piano roll; the surer, the stronger."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor

from performia_desktop.gui.song.timeline.content import Content, Notes, seen
from performia_desktop.gui.song.timeline.lane import Lane, Scene
from performia_desktop.gui.song.timeline.look import LEVELS, Look

_tr = QCoreApplication.translate
_FEWEST = 24  # semitones that are shown


class Roll:
    """Where pitches are in the lane."""

    def __init__(self, content: Content, area: QRectF) -> None:
        every = np.concatenate([content.melody.midi, content.bass.midi])
        low, high = (float(every.min()), float(every.max())) if len(every) else (48.0, 72.0)
        spare = max(0.0, _FEWEST - (high - low + 3)) / 2
        self.low = low - 1 - spare
        self.high = high + 2 + spare
        self._area = area
        self.row = area.height() / (self.high - self.low)

    def top(self, midi: float) -> float:
        """The upper edge of a pitch's row."""
        return self._area.top() + (self.high - 1 - midi) * self.row

    def midi(self, y: float) -> int:
        """The pitch at a height."""
        return int(np.floor(self.high - (y - self._area.top()) / self.row))


class NotesLane(Lane):
    name: ClassVar[str] = "notes"
    importance: ClassVar[int] = 5

    def heights(self, look: Look, content: Content) -> tuple[float, float]:
        if not len(content.melody.midi) and not len(content.bass.midi):
            return 0.0, 0.0
        line = look.metrics.height()
        return 2.5 * line, 6.5 * line

    def paint(self, scene: Scene) -> None:
        painter, look, area = scene.painter, scene.look, scene.area
        roll = Roll(scene.content, area)
        painter.setPen(look.pen(look.beat))
        for midi in range(0, 128, 12):
            if roll.low <= midi < roll.high:
                y = roll.top(midi) + roll.row
                painter.drawLine(QPointF(scene.first, y), QPointF(scene.last, y))
        painter.setPen(Qt.PenStyle.NoPen)
        self._paint_notes(scene, roll, scene.content.melody, look.melody)
        self._paint_notes(scene, roll, scene.content.bass, look.bass)
        marks = scene.content.marks
        self._paint_marks(scene, roll, scene.content.melody, marks.melody)
        self._paint_marks(scene, roll, scene.content.bass, marks.bass)
        if scene.first < 160:
            self._paint_legend(scene)

    @staticmethod
    def _paint_notes(scene: Scene, roll: Roll, notes: Notes, colors: tuple[QColor, ...]) -> None:
        found = seen(notes.spans, scene.start, scene.end)
        if not found:
            return
        part = slice(found.start, found.stop)
        left = (notes.spans[part, 0] - scene.axis.left) * scene.axis.scale
        width = np.maximum((notes.spans[part, 1] - notes.spans[part, 0]) * scene.axis.scale - 0.5, 1.0)
        top = scene.area.top() + (roll.high - 1 - notes.midi[part]) * roll.row
        level = np.minimum((notes.conf[part] * LEVELS).astype(int), LEVELS - 1)
        height = max(roll.row, 2.0)
        for strength, color in enumerate(colors):
            chosen = level == strength
            if chosen.any():
                scene.painter.setBrush(color)
                columns = zip(left[chosen].tolist(), top[chosen].tolist(), width[chosen].tolist(), strict=True)
                scene.painter.drawRects([QRectF(x, y, w, height) for x, y, w in columns])

    @staticmethod
    def _paint_marks(scene: Scene, roll: Roll, notes: Notes, marks: frozenset[int]) -> None:
        """Frame what was put right by hand."""
        if not marks:
            return
        scene.painter.setPen(scene.look.pen(scene.look.scheme.accent))
        scene.painter.setBrush(Qt.BrushStyle.NoBrush)
        for i in seen(notes.spans, scene.start, scene.end):
            if i in marks:
                left, right = scene.axis.x(notes.spans[i, 0]), scene.axis.x(notes.spans[i, 1])
                rect = QRectF(left, roll.top(float(notes.midi[i])), right - left, max(roll.row, 2.0))
                scene.painter.drawRect(rect.adjusted(-1.5, -1.5, 1.5, 1.5))
        scene.painter.setPen(Qt.PenStyle.NoPen)

    @staticmethod
    def _paint_legend(scene: Scene) -> None:
        """Say which colour is which, at the edge."""
        painter, look = scene.painter, scene.look
        painter.setFont(look.small)
        height = look.small_metrics.height()
        there = [
            (words, color, notes)
            for words, color, notes in (
                (_tr("timeline", "Melody"), look.melody[-1], scene.content.melody),
                (_tr("timeline", "Bass"), look.bass[-1], scene.content.bass),
            )
            if len(notes.midi)
        ]
        back = QColor(look.scheme.panel)
        back.setAlpha(190)
        for n, (words, color, _) in enumerate(there):
            y = scene.area.top() if n == 0 and len(there) == 2 else scene.area.bottom() - height - 1
            width = look.small_metrics.horizontalAdvance(words)
            painter.fillRect(QRectF(0, y, width + 22, height), back)
            painter.fillRect(QRectF(4, y + height / 2 - 4, 8, 8), color)
            painter.setPen(look.scheme.muted)
            painter.drawText(QRectF(16, y, width + 4, height), Qt.AlignmentFlag.AlignVCenter, words)
