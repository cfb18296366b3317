"""Paints the job table's cells: two-line songs, status with icon, the thin bar, errors over the free width."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from performia_desktop.gui import icons
from performia_desktop.gui.colors import Colors, colors
from performia_desktop.gui.fonts import scaled, tabular
from performia_desktop.gui.joblist import columns
from performia_desktop.gui.joblist.columns import Column
from performia_desktop.gui.joblist.model import JobModel
from performia_desktop.gui.text import plain
from performia_desktop.jobs.job import Job, Status

MARGIN = 12
BAR_HEIGHT = 6
_GAP = 8

Index = QModelIndex | QPersistentModelIndex


class _Fonts:
    """What the cells are written with; made once, not for every cell."""

    def __init__(self, font: QFont) -> None:
        self.usual = QFont(font)
        self.title = scaled(font, 1.0, QFont.Weight.DemiBold)
        self.artist = scaled(font, 0.85)
        self.figures = tabular(font)
        self.error = scaled(font, 0.92)
        self.title_height = QFontMetrics(self.title).height()
        self.artist_height = QFontMetrics(self.artist).height()
        self.row_height = max(44, -(-(self.title_height + self.artist_height + 12) // 4) * 4)
        self.percent_width = QFontMetrics(self.figures).horizontalAdvance("100 %")
        self.icon = max(16, round(QFontMetrics(font).ascent() / 4) * 4)


class JobDelegate(QStyledItemDelegate):
    """Draws every cell from the job itself; it asks the model for one object a cell, not for ten roles."""

    def __init__(self, view: QTableView, model: JobModel, parent: QObject | None = None) -> None:
        super().__init__(parent or view)
        self._view = view
        self._model = model
        self._fonts = _Fonts(view.font())

    def take_font(self) -> None:
        """The view's font is another one."""
        self._fonts = _Fonts(self._view.font())

    def row_height(self) -> int:
        """Return the height of two lines and their air, on the 4 px grid; 44 at the usual font size."""
        return self._fonts.row_height

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = QFontMetrics(self._view.font())
        width = metrics.horizontalAdvance(str(index.data() or "")) + 2 * MARGIN
        return QSize(width, self.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        job, column = self._model.job(index.row()), Column(index.column())
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        scheme = colors(self._view.palette())
        painter.save()
        painter.setClipRect(rect)
        self._paint_ground(painter, rect, state, index, scheme)
        if job.status is Status.ERROR and self._paint_error(painter, rect, job, column, scheme):
            pass
        elif column is Column.SONG:
            self._paint_song(painter, rect, job, scheme)
        elif column is Column.STATUS:
            self._paint_status(painter, rect, job, scheme)
        elif column is Column.PROGRESS:
            if job.status is Status.PROCESSING:
                self._paint_progress(painter, rect, job, scheme)
        else:
            self._paint_value(painter, rect, index, column, scheme)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, index: Index, scheme: Colors
    ) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, scheme.selection)
            if self._header().visualIndex(index.column()) == 0:
                edge = QRect(rect.left(), rect.top(), 3, rect.height())
                painter.fillRect(self._at(rect, edge), scheme.accent)
        if self._view.hasFocus() and self._view.currentIndex().row() == index.row():
            for y in (rect.top(), rect.bottom()):
                painter.fillRect(rect.left(), y, rect.width(), 1, scheme.accent)

    def _paint_song(self, painter: QPainter, rect: QRect, job: Job, scheme: Colors) -> None:
        fonts = self._fonts
        inner = rect.adjusted(MARGIN, 0, -_GAP, 0)
        artist = plain(job.artist) if job.artist else ""
        above = fonts.title_height
        below = fonts.artist_height if artist else 0
        top = inner.top() + (inner.height() - above - below) // 2
        place = self._at(rect, QRect(inner.left(), top, inner.width(), above))
        self._line(painter, place, columns.title(job), fonts.title, scheme.text)
        if artist:
            place = self._at(rect, QRect(inner.left(), top + above, inner.width(), below))
            self._line(painter, place, artist, fonts.artist, scheme.muted)

    def _paint_status(self, painter: QPainter, rect: QRect, job: Job, scheme: Colors) -> None:
        name, color, words = {
            Status.PENDING: ("waiting", scheme.waiting, scheme.muted),
            Status.PROCESSING: ("working", scheme.accent, scheme.text),
            Status.COMPLETE: ("complete", scheme.complete, scheme.complete),
            Status.ERROR: ("error", scheme.error, scheme.error),
            Status.CANCELLED: ("cancelled", scheme.muted, scheme.muted),
        }[job.status]
        self._icon(painter, rect, name, color)
        inner = rect.adjusted(MARGIN + self._fonts.icon + _GAP, 0, -_GAP, 0)
        self._line(painter, self._at(rect, inner), columns.status_text(job), self._fonts.usual, words)

    def _icon(self, painter: QPainter, rect: QRect, name: str, color: QColor) -> None:
        size = self._fonts.icon
        picture = icons.pixmap(name, color, size, self._view.devicePixelRatioF())
        place = QRect(rect.left() + MARGIN, rect.top() + (rect.height() - size) // 2, size, size)
        painter.drawPixmap(self._at(rect, place).topLeft(), picture)

    def _paint_progress(self, painter: QPainter, rect: QRect, job: Job, scheme: Colors) -> None:
        font, figures = self._fonts.figures, self._fonts.percent_width
        place = QRect(rect.right() - MARGIN - figures + 1, rect.top(), figures, rect.height())
        percent = columns.text(job, Column.PROGRESS)
        self._line(painter, self._at(rect, place), percent, font, scheme.text, Qt.AlignmentFlag.AlignRight)
        bar = QRectF(
            rect.left() + MARGIN,
            rect.center().y() - BAR_HEIGHT / 2 + 1,
            place.left() - _GAP - rect.left() - MARGIN,
            6,
        )
        if bar.width() < BAR_HEIGHT:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(scheme.line)
        painter.drawRoundedRect(self._at_exactly(rect, bar), 3, 3)
        bar.setWidth(max(BAR_HEIGHT, bar.width() * min(1.0, job.progress)))
        painter.setBrush(scheme.accent)
        painter.drawRoundedRect(self._at_exactly(rect, bar), 3, 3)

    def _paint_value(self, painter: QPainter, rect: QRect, index: Index, column: Column, scheme: Colors) -> None:
        shown = index.data()
        if not shown:
            return
        quiet = column in {Column.TIME, Column.ADDED}
        side = Qt.AlignmentFlag.AlignRight if column in columns.RIGHT_ALIGNED else Qt.AlignmentFlag.AlignLeft
        inner = (
            rect.adjusted(_GAP, 0, -MARGIN, 0)
            if column in columns.RIGHT_ALIGNED
            else rect.adjusted(MARGIN, 0, -_GAP, 0)
        )
        color = scheme.muted if quiet else scheme.text
        self._line(painter, self._at(rect, inner), shown, self._fonts.figures, color, side)

    # An error's sentence begins in the status cell and goes on over the cells after it that have nothing to say.
    # Each of these cells draws its own slice of it, so that a repaint of any part comes out right.

    def _paint_error(self, painter: QPainter, rect: QRect, job: Job, column: Column, scheme: Colors) -> bool:
        span = self._error_span(job)
        if column not in span:
            return False
        header = self._header()
        shift = sum(header.sectionSize(one) for one in span[: span.index(column)])
        width = sum(header.sectionSize(one) for one in span)
        left = rect.right() + 1 + shift - width if self._mirrored else rect.left() - shift
        whole = QRect(left, rect.top(), width, rect.height())
        self._icon(painter, whole, "error", scheme.error)
        inner = self._at(whole, whole.adjusted(MARGIN + self._fonts.icon + _GAP, 0, -_GAP, 0))
        font, small = self._fonts.usual, self._fonts.error
        two = 2 * QFontMetrics(small).lineSpacing() <= rect.height() - 4
        message = columns.status_text(job)
        if QFontMetrics(font).horizontalAdvance(message) > inner.width() and two:
            lines = _two_lines(message, small.toString(), inner.width())
            height = QFontMetrics(small).lineSpacing()
            top = inner.top() + (inner.height() - len(lines) * height) // 2
            for number, line in enumerate(lines):
                place = QRect(inner.left(), top + number * height, inner.width(), height)
                self._line(painter, place, line, small, scheme.error)
        else:
            self._line(painter, inner, message, font, scheme.error)
        return True

    def _error_span(self, job: Job) -> list[Column]:
        header = self._header()
        span = [Column.STATUS]
        for visual in range(header.visualIndex(Column.STATUS) + 1, header.count()):
            column = Column(header.logicalIndex(visual))
            if header.isSectionHidden(column):
                continue
            if column is Column.SONG or columns.text(job, column):
                break
            span.append(column)
        return span

    def _header(self) -> QHeaderView:
        return self._view.horizontalHeader()

    # Cells are laid out from left to right, and mirrored where the window reads from right to left.

    @property
    def _mirrored(self) -> bool:
        return self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _at(self, cell: QRect, place: QRect) -> QRect:
        return QStyle.visualRect(self._view.layoutDirection(), cell, place)

    def _at_exactly(self, cell: QRect, place: QRectF) -> QRectF:
        if not self._mirrored:
            return place
        return QRectF(cell.left() + cell.right() + 1 - place.right(), place.top(), place.width(), place.height())

    def _line(
        self,
        painter: QPainter,
        place: QRect,
        text: str,
        font: QFont,
        color: QColor,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        """Draw one line in a place that is mirrored already, `side` not yet."""
        painter.setFont(font)
        painter.setPen(color)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        # The side is the column's, also for a title in Arabic in an English window: the column is read as a list.
        seen = QStyle.visualAlignment(self._view.layoutDirection(), side)
        flags = seen | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, int(flags) | int(Qt.TextFlag.TextSingleLine), shown)


@lru_cache(maxsize=512)
def _two_lines(text: str, font_key: str, width: int) -> tuple[str, ...]:
    """Break a sentence into two lines at a word, the second one shortened if it must be."""
    font = QFont()
    font.fromString(font_key)
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(width)
    layout.endLayout()
    cut = first.textLength()
    rest = QFontMetrics(font).elidedText(text[cut:].strip(), Qt.TextElideMode.ElideRight, width)
    return (text[:cut].rstrip(), rest) if rest else (text[:cut],)
