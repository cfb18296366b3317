"""Draws what `layout` has placed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen

from performia_desktop.gui.colors import colors, mix
from performia_desktop.gui.song.chart import Cell, Part
from performia_desktop.gui.song.hues import section_color
from performia_desktop.gui.song.sheet.layout import DIAGRAM, Diagram, Layout, Placed, Type


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of a surface; `section` is the background of a section's name."""

    text: QColor
    muted: QColor
    chords: QColor
    accent: QColor
    lit: QColor
    section: Callable[[str], QColor]

    @classmethod
    def of(cls, palette: QPalette) -> Ink:
        scheme = colors(palette)
        return cls(
            scheme.text,
            scheme.muted,
            scheme.chords,
            scheme.accent,
            mix(scheme.panel, scheme.accent, 0.15),
            lambda label: section_color(label, palette),
        )

    @classmethod
    def paper(cls) -> Ink:
        black, grey, pale = QColor("#000000"), QColor("#555555"), QColor("#e8e8e8")
        return cls(black, grey, black, black, pale, lambda _label: pale)


def paint(
    painter: QPainter, layout: Layout, type_: Type, ink: Ink, shown: QRectF, lit: Cell | None = None
) -> None:
    """Draw what lies within `shown`; the cell `lit` is marked as the one that is heard."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for diagram in layout.diagrams:
        if diagram.rect.intersects(shown):
            _paint_diagram(painter, diagram, type_, ink)
    for rect, part in layout.headings:
        if part.heading and rect.intersects(shown):
            _paint_heading(painter, rect, part, type_, ink)
    for placed in layout.cells:
        if placed.rect.adjusted(-2, 0, 2, 0).intersects(shown):
            _paint_cell(painter, placed, type_, ink, lit=placed.cell is lit)


def _paint_heading(painter: QPainter, rect: QRectF, part: Part, type_: Type, ink: Ink) -> None:
    width = type_.width(type_.heading, part.heading) + 16
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.section(part.label))
    painter.drawRoundedRect(QRectF(rect.left(), rect.top(), min(width, rect.width()), rect.height()), 4, 4)
    painter.setFont(type_.heading)
    painter.setPen(ink.text)
    painter.drawText(rect.adjusted(8, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, part.heading)


def _paint_cell(painter: QPainter, placed: Placed, type_: Type, ink: Ink, *, lit: bool) -> None:
    rect = placed.rect
    if lit:
        painter.setPen(QPen(ink.accent, 2))
        painter.setBrush(ink.lit)
        painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 6, 6)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if placed.sung:
        _paint_words(painter, placed, type_, ink)
        return
    painter.setPen(QPen(ink.muted, 1))
    painter.drawLine(QPointF(rect.left(), rect.top() + 4), QPointF(rect.left(), rect.bottom() - 4))
    if placed.last:
        painter.drawLine(QPointF(rect.right(), rect.top() + 4), QPointF(rect.right(), rect.bottom() - 4))
    if placed.first and placed.cell.bar.number:
        painter.setFont(type_.small)
        painter.setPen(ink.muted)
        painter.drawText(rect.adjusted(5, 2, 0, 0), Qt.AlignmentFlag.AlignTop, str(placed.cell.bar.number))
    line = QRectF(rect.left(), rect.top() + type_.height(type_.text) - 2, rect.width(), type_.height(type_.chord))
    if not placed.spots:
        _paint_repeat(painter, line, ink)
        return
    painter.setFont(type_.chord)
    painter.setPen(ink.chords)
    for x, name, _word in placed.spots:
        painter.drawText(QRectF(x, line.top(), rect.right() - x + 40, line.height()), 0, name)


def _paint_words(painter: QPainter, placed: Placed, type_: Type, ink: Ink) -> None:
    rect = placed.rect
    under = rect.top() + type_.height(type_.over) + 3
    if not placed.first:
        painter.setPen(QPen(ink.muted, 1))
        painter.drawLine(QPointF(rect.left(), rect.top() + 4), QPointF(rect.left(), under - 2))
    for x, name, word in placed.spots:
        if name:
            painter.setFont(type_.over)
            painter.setPen(ink.chords)
            painter.drawText(QRectF(x, rect.top() + 3, 10_000, type_.height(type_.over)), 0, name)
        if word:
            painter.setFont(type_.lyric)
            painter.setPen(ink.text)
            painter.drawText(QRectF(x, under, 10_000, type_.height(type_.lyric)), 0, word)


def _paint_repeat(painter: QPainter, line: QRectF, ink: Ink) -> None:
    """Draw the sign for "the same again": a slash between two dots."""
    size = line.height() * 0.5
    center = line.center()
    painter.setPen(QPen(ink.muted, max(1.5, size / 9)))
    half = QPointF(size / 2, -size / 2)
    painter.drawLine(center - half, center + half)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.muted)
    dot = max(1.5, size / 9)
    for side in (-1, 1):
        painter.drawEllipse(center + QPointF(side * size * 0.45, side * size * 0.25), dot, dot)


def _paint_diagram(painter: QPainter, diagram: Diagram, type_: Type, ink: Ink) -> None:
    """Draw strings and frets: a dot for a finger, a cross for a string that is not played, a ring for an open one."""
    shape = diagram.shape
    step = type_.height(type_.text) * DIAGRAM
    rect = diagram.rect
    painter.setFont(type_.heading)
    painter.setPen(ink.chords)
    name_height = type_.height(type_.heading)
    painter.drawText(
        QRectF(rect.left(), rect.top(), rect.width(), name_height), Qt.AlignmentFlag.AlignHCenter, diagram.name
    )
    left = rect.center().x() - 2.5 * step
    top = rect.top() + name_height + step * 1.1
    first = shape.first_fret
    bottom = top + 5 * step
    thin, thick = QPen(ink.muted, 1), QPen(ink.text, 3)
    painter.setPen(thin)
    for string in range(6):
        x = left + string * step
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))
    for line in range(6):
        painter.setPen(thick if line == 0 and first == 1 else thin)
        painter.drawLine(QPointF(left, top + line * step), QPointF(left + 5 * step, top + line * step))
    if first > 1:
        painter.setFont(type_.small)
        painter.setPen(ink.text)
        painter.drawText(
            QRectF(left - 3.2 * step, top, 2.7 * step, step),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            str(first),
        )
    radius = step * 0.36
    if shape.barre is not None:
        on = [
            string for string, pressed in enumerate(shape.frets) if pressed is not None and pressed >= shape.barre
        ]
        y = top + (shape.barre - first + 0.5) * step
        across = QPen(ink.text, radius * 1.4)
        across.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(across)
        painter.drawLine(QPointF(left + on[0] * step, y), QPointF(left + on[-1] * step, y))
    for string, fret in enumerate(shape.frets):
        center = QPointF(left + string * step, top - step * 0.5)
        painter.setPen(QPen(ink.muted, 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if fret is None:
            arm = QPointF(radius * 0.7, radius * 0.7)
            other = QPointF(radius * 0.7, -radius * 0.7)
            painter.drawLine(center - arm, center + arm)
            painter.drawLine(center - other, center + other)
        elif fret == 0:
            painter.drawEllipse(center, radius * 0.75, radius * 0.75)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink.text)
            painter.drawEllipse(QPointF(center.x(), top + (fret - first + 0.5) * step), radius, radius)
