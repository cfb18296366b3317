"""One quiet line above the list for what the user should know, with what can be done about it.

Notices are kept by key: a newer one of the same key takes the place of the older; when one goes, the one before it
is shown again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from performia_desktop.gui import icons
from performia_desktop.gui.colors import colors
from performia_desktop.gui.text import plain, tooltip


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence, and buttons: (words, what they do). `level` is 'info', 'warning' or 'error'."""

    key: str
    text: str
    level: str = "info"
    actions: tuple[tuple[str, Callable[[], None]], ...] = ()
    closable: bool = True


class ElidedLabel(QLabel):
    """One line of plain text, shortened where it does not fit; all of it in the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._mode = Qt.TextElideMode.ElideRight
        self._full = ""
        self._tip = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_elide_mode(self, mode: Qt.TextElideMode) -> None:
        self._mode = mode

    def setText(self, text: str) -> None:
        self._full = plain(text)
        self.setAccessibleName(self._full)
        self._fit()
        self.updateGeometry()

    def set_tip(self, text: str) -> None:
        """Say this in the tooltip, whether the text fits or not."""
        self._tip = text
        self._fit()

    def full_text(self) -> str:
        return self._full

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._full) + 4, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._full, self._mode, max(0, self.width()))
        super().setText(shown)
        self.setToolTip(tooltip(self._tip or (self._full if shown != self._full else "")))


class InfoBar(QWidget):
    """The line; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("info-bar")
        self._notices: list[Notice] = []
        self._buttons: list[QToolButton] = []
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(12, 4, 8, 4)
        self._box.setSpacing(8)
        self._icon = QLabel(self)
        self._text = ElidedLabel(self)
        self._text.setObjectName("info-text")
        self._close = QToolButton(self)
        self._close.setAccessibleName(self.tr("Close this line"))
        self._close.setToolTip(self.tr("Close this line"))
        self._close.clicked.connect(self._close_current)
        self._box.addWidget(self._icon)
        self._box.addWidget(self._text, 1)
        self._box.addWidget(self._close)
        self.hide()

    @property
    def current(self) -> Notice | None:
        return self._notices[-1] if self._notices else None

    def tell(self, notice: Notice) -> None:
        """Show a notice."""
        self._notices = [old for old in self._notices if old.key != notice.key]
        self._notices.append(notice)
        self._refresh()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, plain(notice.text)))

    def withdraw(self, key: str) -> None:
        """Take a notice back."""
        if any(notice.key == key for notice in self._notices):
            self._notices = [notice for notice in self._notices if notice.key != key]
            self._refresh()

    def _close_current(self) -> None:
        if self._notices:
            self._notices.pop()
        self._refresh()

    def _refresh(self) -> None:
        for button in self._buttons:
            self._box.removeWidget(button)
            button.hide()
            button.deleteLater()  # it may be the one that was clicked
        self._buttons = []
        notice = self.current
        self.setVisible(notice is not None)
        if notice is None:
            return
        self._text.setText(notice.text)
        self._close.setVisible(notice.closable)
        for words, action in notice.actions:
            button = QToolButton(self)
            button.setObjectName("info-action")
            button.setText(words)
            button.setAccessibleName(words)
            button.setToolTip(words)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _=False, action=action: action())
            self._box.insertWidget(self._box.count() - 1, button)
            button.show()
            self._buttons.append(button)
        self._tint()

    def _tint(self) -> None:
        notice = self.current
        if notice is None:
            return
        scheme = colors(self.palette())
        color = {"info": scheme.accent, "warning": scheme.waiting, "error": scheme.error}[notice.level]
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(icons.pixmap(notice.level, color, 16, ratio))
        self._close.setIcon(icons.icon("close", self.palette(), ratio))
        for button in self._buttons:
            palette = QPalette(button.palette())
            palette.setColor(QPalette.ColorRole.ButtonText, scheme.accent)
            button.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_notices"):
            self._tint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        scheme = colors(self.palette())
        painter.fillRect(self.rect(), scheme.alternate)
        painter.setPen(scheme.line)
        painter.drawLine(self.rect().topLeft(), self.rect().topRight())
