"""The song from end to end as a band of sections; the timeline will grow around it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from performia_desktop.gui.colors import colors, mix
from performia_desktop.gui.fonts import scaled
from performia_desktop.gui.song.chart import headings
from performia_desktop.gui.song.hues import section_color
from performia_desktop.jobs.words import duration_words
from performia_desktop.songmap.model import SECTION_LABELS, Section

_PATTERNS = (
    Qt.BrushStyle.NoBrush,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.Dense7Pattern,
    Qt.BrushStyle.FDiagPattern,
    Qt.BrushStyle.HorPattern,
    Qt.BrushStyle.DiagCrossPattern,
    Qt.BrushStyle.VerPattern,
    Qt.BrushStyle.CrossPattern,
)


class SectionBand(QWidget):
    """Sections to scale, each with name, colour and pattern; a click or the arrow keys choose one."""

    section_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Sections"))
        self.setToolTip(self.tr("Click a section to see its chords"))
        self._sections: tuple[Section, ...] = ()
        self._names: list[str] = []
        self._duration = 1.0
        self._chosen = -1
        self._position: float | None = None

    def show_position(self, position: float) -> None:
        """Draw a line where the song is."""
        before, self._position = self._line(), position
        if self._line() != before:
            for x in {before, self._line()} - {None}:
                self.update(int(x or 0) - 2, 0, 5, self.height())

    def _line(self) -> int | None:
        if self._position is None:
            return None
        return round((self.width() - 1) * min(self._position, self._duration) / self._duration)

    def show_sections(self, sections: tuple[Section, ...], duration: float) -> None:
        self._sections, self._duration = sections, max(duration, 0.001)
        self._names = headings(sections)
        told = (f"{name} {duration_words(s.start)}" for name, s in zip(self._names, sections, strict=True))
        self.setAccessibleDescription(", ".join(told))
        self.update()

    def choose(self, index: int) -> None:
        """Mark a section, without telling anybody."""
        self._chosen = index
        self.update()

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().height()
        return QSize(400, -(-(2 * height + 24) // 4) * 4)

    def _rect(self, section: Section) -> QRectF:
        width = self.width() - 1
        left = width * section.start / self._duration
        right = width * min(section.end, self._duration) / self._duration
        below = self.fontMetrics().height() + 4
        return QRectF(left, 0.5, right - left, self.height() - below)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scheme = colors(self.palette())
        small = scaled(self.font(), 0.85)
        free = -1.0
        for i, section in enumerate(self._sections):
            rect = self._rect(section).adjusted(0.5, 0, -1.5, 0)
            fill = section_color(section.label, self.palette())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawRoundedRect(rect, 4, 4)
            if section.label in SECTION_LABELS:
                pattern = _PATTERNS[SECTION_LABELS.index(section.label)]
                painter.setBrush(QBrush(mix(fill, scheme.text, 0.14), pattern))
                painter.drawRoundedRect(rect, 4, 4)
            if i == self._chosen:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(scheme.accent, 2))
                painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)
            painter.setPen(scheme.text)
            painter.setFont(self.font())
            inner = rect.adjusted(6, 0, -4, 0)
            name = self._names[i]
            if painter.fontMetrics().horizontalAdvance(name) > inner.width():
                name = name[:1] + name.split(" ")[-1] if name[-1].isdigit() else name[:1]
            if painter.fontMetrics().horizontalAdvance(name) <= inner.width() + 4:
                painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
            painter.setFont(small)
            painter.setPen(scheme.muted)
            clock = duration_words(section.start)
            if rect.left() > free:
                painter.drawText(QRectF(rect.left(), rect.bottom() + 4, 80, self.height()), 0, clock)
                free = rect.left() + painter.fontMetrics().horizontalAdvance(clock) + 8
        line = self._line()
        if line is not None:
            painter.fillRect(line - 1, 0, 2, self.height() - self.fontMetrics().height() - 3, scheme.accent)
        if self.hasFocus():
            painter.setPen(QPen(scheme.accent, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            height = self.height() - self.fontMetrics().height() - 3
            painter.drawRoundedRect(QRectF(0.5, 0.5, self.width() - 1, height), 4, 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for i, section in enumerate(self._sections):
            if self._rect(section).left() <= event.position().x() < self._rect(section).right():
                self._take(i)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self._sections:
            super().keyPressEvent(event)
            return
        self._take(max(0, min(len(self._sections) - 1, self._chosen + step)))

    def _take(self, index: int) -> None:
        self.choose(index)
        self.section_chosen.emit(index)
