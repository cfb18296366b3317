"""The whole song as one strip: its sections and its waveform, where it plays, and which part of it is in sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from performia_desktop.gui.colors import mix
from performia_desktop.gui.song.timeline.axis import Axis
from performia_desktop.gui.song.timeline.content import Content
from performia_desktop.gui.song.timeline.look import Look
from performia_desktop.gui.song.timeline.pyramid import Pyramid
from performia_desktop.gui.song.timeline.sections_lane import shortened
from performia_desktop.gui.song.timeline.wave_lane import draw
from performia_desktop.jobs.words import duration_words


class Overview(QWidget):
    """A click jumps, a drag moves what is in sight, a double click or the arrow keys choose a section."""

    section_chosen = Signal(int)
    sought = Signal(float)
    panned = Signal(float)
    """The time that should stand in the middle."""
    section_wanted = Signal(int)
    """A section that should fill the lanes."""

    def __init__(self, view: Axis, parent: QWidget | None = None) -> None:
        """`view` is the axis of the lanes."""
        super().__init__(parent)
        self.setObjectName("overview")
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # music is written so everywhere
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Sections"))
        self.setToolTip(self.tr("Click to hear it from there; drag to move what is shown below"))
        self._view = view
        self._axis = Axis()
        self._content: Content | None = None
        self._pyramid: Pyramid | None = None
        self._picture = QPixmap()  # all but the playhead and the frame
        self._position = 0.0
        self._pressed: float | None = None
        self._dragged = False

    def show_song(self, content: Content) -> None:
        self._content = content
        self._axis.set_duration(content.song.duration_sec)
        told = (
            f"{name} {duration_words(section.start)}"
            for name, section in zip(content.sections, content.song.sections, strict=True)
        )
        self.setAccessibleDescription(", ".join(told))
        self.refresh()

    def show_waveform(self, pyramid: Pyramid) -> None:
        self._pyramid = pyramid
        self.refresh()

    def show_position(self, position: float) -> None:
        before = round(self._axis.x(self._position))
        self._position = position
        after = round(self._axis.x(position))
        if before != after:
            for x in (before, after):
                self.update(x - 2, 0, 5, self.height())

    def refresh(self) -> None:
        """Draw it anew."""
        self._picture = QPixmap()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, -(-(self.fontMetrics().height() + 14) // 4) * 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._axis.resize(event.size().width())
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.refresh()

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        if self._picture.isNull() or self._picture.devicePixelRatio() != ratio:
            self._picture = self._drawn(ratio)
        with QPainter(self) as painter:
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            painter.drawPixmap(0, 0, self._picture)
            self._paint_over(painter)

    def _drawn(self, ratio: float) -> QPixmap:
        look = Look.of(self.palette(), self.font(), ratio)
        picture = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(look.scheme.panel)
        if self._content is None:
            return picture
        with QPainter(picture) as painter:
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            height = self.height()
            for section in self._content.song.sections:
                left, right = self._axis.x(section.start), self._axis.x(section.end)
                rect = QRectF(left, 0, right - left - 1, height)
                painter.fillRect(rect, look.fills[section.label])
                painter.fillRect(rect, look.patterns[section.label])
            if self._pyramid is not None:
                wave = QColor(mix(look.scheme.panel, look.scheme.text, 0.5))
                draw(
                    painter, self._pyramid, self._axis, QRectF(0, height * 0.45, self.width(), height * 0.5), wave
                )
            painter.setFont(look.small)
            painter.setPen(look.scheme.text)
            free = -1.0
            for name, section in zip(self._content.sections, self._content.song.sections, strict=True):
                left, right = self._axis.x(section.start), self._axis.x(section.end)
                words = shortened(name, right - left - 6, look)
                if words and left >= free:
                    painter.drawText(QRectF(left + 4, 1, right - left, height), 0, words)
                    free = left + 4 + look.small_metrics.horizontalAdvance(words)
        return picture

    def _paint_over(self, painter: QPainter) -> None:
        look = Look.of(self.palette(), self.font(), self.devicePixelRatioF())
        left, right = self._axis.x(self._view.left), self._axis.x(min(self._view.right, self._view.duration))
        if not self._view.whole:
            veil = QColor(look.scheme.window)
            veil.setAlpha(150)
            painter.fillRect(QRectF(0, 0, left, self.height()), veil)
            painter.fillRect(QRectF(right, 0, self.width() - right, self.height()), veil)
            painter.setPen(look.pen(look.scheme.muted))
            painter.drawRect(QRectF(left, 0, max(2.0, right - left - 1), self.height() - 1))
        x = round(self._axis.x(self._position))
        painter.fillRect(QRectF(x - 1, 0, 2, self.height()), look.scheme.accent)
        if self.hasFocus():
            painter.setPen(look.pen(look.scheme.accent))
            painter.drawRect(QRectF(0, 0, self.width() - 1, self.height() - 1))

    # the mouse and the keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position().x(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        if self._dragged or abs(event.position().x() - self._pressed) >= QApplication.startDragDistance():
            self._dragged = True
            self.panned.emit(self._axis.time(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = None
        if not self._dragged:
            time = min(max(0.0, self._axis.time(event.position().x())), self._axis.duration)
            self.sought.emit(time)
            if (index := self._section_at(time)) is not None:
                self.section_chosen.emit(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self._section_at(self._axis.time(event.position().x()))
        if index is not None:
            self.section_wanted.emit(index)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}
            and not event.modifiers().value
        ):
            event.accept()  # here the arrows go by sections, not by beats
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or self._content is None or not self._content.song.sections:
            super().keyPressEvent(event)
            return
        sections = self._content.song.sections
        now = self._section_at(self._position)
        index = min(max((len(sections) - 1 if now is None else now) + step, 0), len(sections) - 1)
        self.sought.emit(sections[index].start)
        self.section_chosen.emit(index)

    def _section_at(self, time: float) -> int | None:
        sections = self._content.song.sections if self._content else ()
        return next((i for i, one in enumerate(sections) if one.start <= time + 1e-6 < one.end), None)
