"""The chord chart as a widget: bars to click on, the one that is heard lit, in a size that the player can read."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from performia_desktop.gui.fonts import scaled
from performia_desktop.gui.song.chart import Part, as_text
from performia_desktop.gui.song.sheet.layout import Layout, Placed, Type, bars_per_line, lay_out
from performia_desktop.gui.song.sheet.paint import Ink, paint

_REMEMBERED = 4


class ChartView(QWidget):
    """As wide as it is given, as high as it needs; put it into a scroll area."""

    bar_clicked = Signal(float)
    """The start of the bar, in seconds."""
    bar_activated = Signal(float)
    """The start of a bar that was double-clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chart")
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # music is written so everywhere
        self._parts: list[Part] = []
        self._shapes: Mapping[str, str] = {}
        self._zoom = 1.0
        self._type = Type(self.font())
        self._layout = Layout()
        self._laid: dict[int, Layout] = {}
        self._lit: Placed | None = None
        self._lit_at: float | None = None
        self.setAccessibleName(self.tr("Chord chart"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_chart(self, parts: list[Part], shapes: Mapping[str, str] | None = None) -> None:
        """Draw these parts, and over them the fingering of these chords (name, label)."""
        self._parts = parts
        self._shapes = shapes or {}
        self.setAccessibleDescription(as_text(parts))
        self._anew()

    @property
    def zoom(self) -> float:
        """The size of the type, 1 is the window's own."""
        return self._zoom

    @zoom.setter
    def zoom(self, value: float) -> None:
        if value != self._zoom:
            self._zoom = value
            self._type = Type(self._base_font())
            self._anew()

    @property
    def placed(self) -> list[Placed]:
        """Where the bars stand, in the order of the song."""
        return self._layout.cells

    @property
    def lit(self) -> Placed | None:
        """What is marked as heard."""
        return self._lit

    def light(self, position: float) -> QRect | None:
        """Mark the bar that is heard at a time; return its rectangle if it is another one than before."""
        lit, self._lit_at = self._lit, position
        if lit is not None and lit.cell.start <= position < lit.cell.end:
            return None
        self._lit = self._layout.heard(position)
        if self._lit is lit:
            return None
        for one in (lit, self._lit):
            if one is not None:
                for piece in self._layout.pieces(one.cell):
                    self.update(piece.rect.toAlignedRect().adjusted(-2, -2, 2, 2))
        return self._lit.rect.toAlignedRect() if self._lit else None

    def top_of(self, part: int) -> int:
        """Return where a part's heading stands."""
        return int(self._layout.headings[part][0].top()) if part < len(self._layout.headings) else 0

    # sizes

    def _base_font(self) -> QFont:
        return scaled(self.font(), self._zoom)

    def bars_per_line(self, width: int) -> int:
        return bars_per_line(self._parts, width, self._type)

    def heightForWidth(self, width: int) -> int:
        return int(self._lay_out(width).height)

    def hasHeightForWidth(self) -> bool:
        return True

    def sizeHint(self) -> QSize:
        return QSize(640, self.heightForWidth(640))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(event.size().width())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_layout"):
            self._type = Type(self._base_font())
            self._anew()

    def _lay_out(self, width: int) -> Layout:
        """Lay the chart out for a width; those that were asked for last are remembered."""
        if width not in self._laid:
            if len(self._laid) > _REMEMBERED:
                self._laid.clear()
            self._laid[width] = lay_out(self._parts, width, self._type, shapes=self._shapes)
        return self._laid[width]

    def _place(self, width: int) -> None:
        self._layout = self._lay_out(width)
        self._lit = self._layout.heard(self._lit_at)

    def _anew(self) -> None:
        self._laid.clear()
        self._place(self.width())
        self.updateGeometry()
        self.update()

    # painting and clicking

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            lit = self._lit.cell if self._lit else None
            paint(painter, self._layout, self._type, Ink.of(self.palette()), QRectF(event.rect()), lit)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        placed = self._at(event)
        if placed is None:
            super().mousePressEvent(event)
        else:
            self.bar_clicked.emit(placed.cell.start)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        placed = self._at(event)
        if placed is not None:
            self.bar_activated.emit(placed.cell.bar.start)

    def _at(self, event: QMouseEvent) -> Placed | None:
        return next((placed for placed in self.placed if placed.rect.contains(event.position())), None)
