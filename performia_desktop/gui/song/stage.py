"""The chart on the whole screen, for the stage: dark, large, turning its own pages, and nothing else.

Page keys and arrows turn pages, as foot pedals send them; a page turned ahead stays until the song has come there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEasingCurve, QEvent, QKeyCombination, QObject, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from performia_desktop.gui.colors import DARK, palette
from performia_desktop.gui.motion import reduced
from performia_desktop.gui.song.chart import Part
from performia_desktop.gui.song.chart_view import ChartView
from performia_desktop.gui.song.sheet.layout import CHORD
from performia_desktop.settings import CHART_SIZES, Settings

CHORD_SHARE: Final = 1 / 14
"""A chord's type, as a share of the screen's height: at two metres, letters of a centimetre on a small laptop."""
_UPPER: Final = 0.3
"""Where on the screen the line stands that is heard."""
_TURN_MS: Final = 350
_CURSOR_MS: Final = 1500
_NEXT: Final = frozenset({Qt.Key.Key_PageDown, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return})
_BACK: Final = frozenset({Qt.Key.Key_PageUp, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Backspace})
_CTRL_EQUAL: Final = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Equal)
_CTRL_ZERO: Final = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_0)


class Stage(QWidget):
    """Shows a chart and follows the song; `follow` tells it where the song is."""

    toggled = Signal()
    """Play or pause was asked for."""
    sought = Signal(float)
    """A bar was clicked: its start, in seconds."""

    def __init__(
        self, parts: list[Part], shapes: Mapping[str, str] | None, settings: Settings, parent: QWidget | None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("stage")
        self.setWindowTitle(self.tr("Stage view"))
        self._settings = settings
        self._ahead = False  # the player has turned pages by hand
        colors = palette(DARK)
        for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
            colors.setColor(role, QColor("#000000"))
        self.setAutoFillBackground(True)
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.chart = ChartView()
        self.chart.setMouseTracking(True)
        self.area.setWidget(self.chart)
        self.chart.installEventFilter(self)
        for widget in (self, self.area, self.area.viewport(), self.chart):
            widget.setPalette(colors)  # with a style sheet at work, palettes are not handed down
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.area)
        self.show_chart(parts, shapes)
        self.chart.bar_clicked.connect(self.sought)
        self._turn = QVariantAnimation(self)
        self._turn.setDuration(0 if reduced() else _TURN_MS)
        self._turn.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._turn.valueChanged.connect(lambda value: self.area.verticalScrollBar().setValue(int(value)))
        self._hide_cursor = QTimer(self)
        self._hide_cursor.setSingleShot(True)
        self._hide_cursor.setInterval(_CURSOR_MS)
        self._hide_cursor.timeout.connect(lambda: self.setCursor(Qt.CursorShape.BlankCursor))
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_chart(self, parts: list[Part], shapes: Mapping[str, str] | None) -> None:
        """Show this chart, where another one stood."""
        self.chart.show_chart(parts, shapes)

    def follow(self, position: float) -> None:
        """Light the bar that is heard, and bring it where the eyes are."""
        bar = self.chart.light(position)
        if bar is None:
            return
        scroll = self.area.verticalScrollBar()
        if self._ahead:
            top = scroll.value()
            self._ahead = not (top <= bar.top() and bar.bottom() <= top + self.area.viewport().height())
        if not self._ahead:
            self._go(bar.top() - round(_UPPER * self.area.viewport().height()))

    def turn(self, pages: int) -> None:
        """Turn pages by hand; a line that was cut off at the bottom is whole at the top of the next."""
        height = self.area.viewport().height()
        now = self._goal
        if pages > 0:
            cut = [box.rect.top() for box in self.chart.placed if box.rect.bottom() > now + height]
            goal = min(min(cut, default=now + height) - 8, now + height)
            goal = goal if goal > now + 8 else now + height
        else:
            goal = now - height + max((box.rect.height() for box in self.chart.placed), default=0.0)
        self._ahead = True
        self._go(round(goal))

    @property
    def _goal(self) -> int:
        running = self._turn.state() is QVariantAnimation.State.Running
        return int(self._turn.endValue()) if running else self.area.verticalScrollBar().value()

    def _go(self, top: int) -> None:
        scroll = self.area.verticalScrollBar()
        top = max(0, min(top, scroll.maximum()))
        if top == self._goal:
            return
        self._turn.stop()
        self._turn.setStartValue(scroll.value())
        self._turn.setEndValue(top)
        self._turn.start()

    def _fit(self) -> None:
        """Make the type as large as the screen asks for."""
        chord = self.height() * CHORD_SHARE * self._settings.stage_size
        own = max(1, self.fontMetrics().height()) * CHORD
        self.chart.zoom = max(0.5, chord / own)

    def resize_type(self, step: int) -> None:
        """Make the type larger (1) or smaller (-1) by a step, or as it was at first (0)."""
        place = CHART_SIZES.index(self._settings.stage_size) + step
        self._settings.stage_size = CHART_SIZES[max(0, min(len(CHART_SIZES) - 1, place))] if step else 1.0
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # every key is the stage's own here, not the song window's behind it
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _NEXT | _BACK:
            self.turn(1 if key in _NEXT else -1)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._ahead = True
            self._go(0 if key == Qt.Key.Key_Home else self.area.verticalScrollBar().maximum())
        elif key == Qt.Key.Key_Space:
            self.toggled.emit()
        elif key in {Qt.Key.Key_Escape, Qt.Key.Key_F11}:
            self.close()
        elif event.matches(QKeySequence.StandardKey.ZoomIn) or event.keyCombination() == _CTRL_EQUAL:
            self.resize_type(1)
        elif event.matches(QKeySequence.StandardKey.ZoomOut):
            self.resize_type(-1)
        elif event.keyCombination() == _CTRL_ZERO:
            self.resize_type(0)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self.unsetCursor()
            self._hide_cursor.start()
        return super().eventFilter(watched, event)
