"""Draws the chord chart: lines of four or eight bars under section headings, chords in bold where they fall."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from performia_desktop.gui.colors import Colors, colors, mix
from performia_desktop.gui.fonts import scaled
from performia_desktop.gui.song.chart import Bar, Part, as_text
from performia_desktop.gui.song.hues import section_color

_MARGIN = 16
_CHORD = 1.5
"""Chords are this much larger than the text around them."""


@dataclass(frozen=True, slots=True)
class _Placed:
    rect: QRect
    bar: Bar
    first: bool  # of its line
    last: bool


class ChartView(QWidget):
    """As wide as it is given, as high as it needs; put it into a scroll area."""

    bar_clicked = Signal(float)
    """The start of the bar, in seconds."""
    bar_activated = Signal(float)
    """The start of a bar that was double-clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chart")
        self._parts: list[Part] = []
        self._bars: list[_Placed] = []
        self._headings: list[tuple[QRect, Part]] = []
        self._lit: _Placed | None = None
        self._lit_at: float | None = None
        self.setAccessibleName(self.tr("Chord chart"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_chart(self, parts: list[Part]) -> None:
        """Draw these parts."""
        self._parts = parts
        self.setAccessibleDescription(as_text(parts))
        self._place(self.width())
        self.updateGeometry()
        self.update()

    def light(self, position: float) -> QRect | None:
        """Mark the bar that is heard at a time; return its rectangle if it is another one than before."""
        lit, self._lit_at = self._lit, position
        if lit is not None and lit.bar.start <= position < lit.bar.end:
            return None
        self._lit = self._heard()
        if self._lit is lit:
            return None
        for one in (lit, self._lit):
            if one is not None:
                self.update(one.rect.adjusted(-2, -2, 2, 2))
        return self._lit.rect if self._lit else None

    def _heard(self) -> _Placed | None:
        at = self._lit_at
        return next((one for one in self._bars if at is not None and one.bar.start <= at < one.bar.end), None)

    def top_of(self, part: int) -> int:
        """Return where a part's heading stands."""
        return self._headings[part][0].top() if part < len(self._headings) else 0

    # sizes

    def _chord_font(self) -> QFont:
        return scaled(self.font(), _CHORD, QFont.Weight.Bold)

    def bars_per_line(self, width: int) -> int:
        """Return 8, 4, 2 or 1: what fits, and a musician expects."""
        chord = QFontMetrics(self._chord_font())
        widest = chord.horizontalAdvance("B♭m7")
        for bar in (bar for part in self._parts for bar in part.bars):
            widest = max(widest, sum(chord.horizontalAdvance(name) + 10 for _beat, name in bar.chords))
        fits = max(1, (width - 2 * _MARGIN) // (widest + 20))
        roomy = (width - 2 * _MARGIN) // (8 * self.fontMetrics().height())
        return next(n for n in (8, 4, 2, 1) if n <= fits and (n < 8 or n <= roomy))

    def heightForWidth(self, width: int) -> int:
        return self._place(width, keep=False)

    def hasHeightForWidth(self) -> bool:
        return True

    def sizeHint(self) -> QSize:
        return QSize(640, self._place(640, keep=False))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(event.size().width())

    def _place(self, width: int, *, keep: bool = True) -> int:
        """Give every heading and bar its rectangle and return the height."""
        per_line = self.bars_per_line(width)
        heading_height = -(-(self.fontMetrics().height() + 8) // 4) * 4
        height = -(-(QFontMetrics(self._chord_font()).height() + self.fontMetrics().height() + 4) // 4) * 4
        bar_width = (width - 2 * _MARGIN) / per_line
        bars: list[_Placed] = []
        heads: list[tuple[QRect, Part]] = []
        y = 8
        for part in self._parts:
            heads.append((QRect(_MARGIN, y, width - 2 * _MARGIN, heading_height), part))
            y += heading_height + 4 if part.heading else 0
            for i, bar in zip(count(), part.bars, strict=False):
                column = i % per_line
                left, right = round(_MARGIN + column * bar_width), round(_MARGIN + (column + 1) * bar_width)
                last = column == per_line - 1 or i == len(part.bars) - 1
                bars.append(_Placed(QRect(left, y, right - left, height), bar, column == 0, last))
                if last:
                    y += height + 4
            y += 12
        if keep:
            self._bars, self._headings = bars, heads
            self._lit = self._heard()
        return y

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint(painter, event.rect())

    def _paint(self, painter: QPainter, shown: QRect) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scheme = colors(self.palette())
        for rect, part in self._headings:
            if part.heading and rect.intersects(shown):
                self._paint_heading(painter, rect, part, scheme)
        for placed in self._bars:
            if placed.rect.adjusted(-2, 0, 2, 0).intersects(shown):
                self._paint_bar(painter, placed, scheme)

    def _paint_heading(self, painter: QPainter, rect: QRect, part: Part, scheme: Colors) -> None:
        font = scaled(self.font(), 1.0, QFont.Weight.DemiBold)
        width = QFontMetrics(font).horizontalAdvance(part.heading) + 16
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(section_color(part.label, self.palette()))
        painter.drawRoundedRect(QRect(rect.left(), rect.top(), min(width, rect.width()), rect.height()), 4, 4)
        painter.setFont(font)
        painter.setPen(scheme.text)
        painter.drawText(rect.adjusted(8, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, part.heading)

    def _paint_bar(self, painter: QPainter, placed: _Placed, scheme: Colors) -> None:
        rect, bar = placed.rect, placed.bar
        if placed is self._lit:
            painter.setPen(QPen(scheme.accent, 2))
            painter.setBrush(mix(scheme.panel, scheme.accent, 0.15))
            painter.drawRoundedRect(QRectF(rect).adjusted(2, 1, -2, -1), 6, 6)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(scheme.muted, 1))
        painter.drawLine(rect.left(), rect.top() + 4, rect.left(), rect.bottom() - 4)
        if placed.last:
            painter.drawLine(rect.right() + 1, rect.top() + 4, rect.right() + 1, rect.bottom() - 4)
        top = rect.top()
        if placed.first and bar.number:
            painter.setFont(scaled(self.font(), 0.8))
            painter.setPen(scheme.muted)
            painter.drawText(rect.adjusted(5, 2, 0, 0), Qt.AlignmentFlag.AlignTop, str(bar.number))
        font = self._chord_font()
        metrics = QFontMetrics(font)
        line = QRect(rect.left(), top + self.fontMetrics().height() - 2, rect.width(), metrics.height())
        if not bar.chords:
            self._paint_repeat(painter, line, scheme)
            return
        painter.setFont(font)
        painter.setPen(scheme.chords)
        inner = rect.width() - 16
        free = rect.left() + 8
        for i, (beat, name) in enumerate(bar.chords):
            x = max(rect.left() + 8 + round(inner * beat / max(1, bar.beats)), free)
            rest = bar.chords[i + 1 :]
            needed = sum(metrics.horizontalAdvance(other) + 6 for _beat, other in rest)
            x = max(free, min(x, rect.right() - 4 - needed - metrics.horizontalAdvance(name)))
            painter.drawText(QRect(x, line.top(), rect.right() - x, line.height()), 0, name)
            free = x + metrics.horizontalAdvance(name) + 6

    @staticmethod
    def _paint_repeat(painter: QPainter, line: QRect, scheme: Colors) -> None:
        """Draw the sign for "the same again": a slash between two dots."""
        size = line.height() * 0.5
        center = QRectF(line).center()
        painter.setPen(QPen(scheme.muted, 1.5))
        painter.drawLine(
            round(center.x() - size / 2),
            round(center.y() + size / 2),
            round(center.x() + size / 2),
            round(center.y() - size / 2),
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(scheme.muted)
        for side in (-1, 1):
            painter.drawEllipse(
                QRectF(center.x() + side * size * 0.45 - 1.5, center.y() + side * size * 0.25 - 1.5, 3, 3)
            )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        bar = self._bar_at(event)
        if bar is None:
            super().mousePressEvent(event)
        else:
            self.bar_clicked.emit(bar.start)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        bar = self._bar_at(event)
        if bar is not None:
            self.bar_activated.emit(bar.start)

    def _bar_at(self, event: QMouseEvent) -> Bar | None:
        place = event.position().toPoint()
        return next((placed.bar for placed in self._bars if placed.rect.contains(place)), None)
