"""What stands where there are no rows: an invitation to drop songs, or a word that the search found none."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from performia_desktop.gui import icons
from performia_desktop.gui.colors import colors
from performia_desktop.gui.fonts import scaled


class _Centered(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(32, 24, 32, 24)
        self.box.setSpacing(12)
        self.box.addStretch(1)

    def line(self, text: str, size: float = 1.0, *, quiet: bool = False) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFont(scaled(label.font(), size))
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        label.setWordWrap(True)
        if quiet:
            label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
        self.box.addWidget(label)
        return label

    def button(self, text: str, *, primary: bool = False) -> QPushButton:
        button = QPushButton(text, self)
        button.setDefault(primary)
        button.setAutoDefault(True)
        self.box.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        return button


class Invitation(_Centered):
    """The large dashed area of an empty list."""

    add_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("invitation")
        self.setAccessibleName(self.tr("No songs yet"))
        self._icon = QLabel(self)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.box.addWidget(self._icon)
        self.line(self.tr("Drop songs or folders here"), 1.5)
        self.box.addSpacing(4)
        self.add = self.button(self.tr("Add files…"), primary=True)
        self.add.setToolTip(self.tr("Choose audio files to analyse"))
        self.add.setAccessibleDescription(self.add.toolTip())
        self.add.clicked.connect(self.add_wanted)
        self.box.addSpacing(4)
        self._formats = self.line(self.tr("WAV, FLAC, MP3, M4A, OGG, Opus, AIFF, WMA. Playlists too."), quiet=True)
        self.line(self.tr("Everything happens on this computer. Nothing is uploaded."), quiet=True)
        self.box.addStretch(1)
        self._tint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is low, the picture goes first and the formats next."""
        super().resizeEvent(event)
        for part in (self._icon, self._formats):
            part.show()
        for part in (self._icon, self._formats):
            if self.box.totalHeightForWidth(self.width()) <= self.height():
                break
            part.hide()

    def _tint(self) -> None:
        accent = colors(self.palette()).accent
        self._icon.setPixmap(icons.pixmap("song", accent, 48, self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_icon"):
            self._tint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        scheme = colors(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(scheme.muted, 1.5)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.setBrush(scheme.panel)
        painter.drawRoundedRect(QRect(self.rect()).adjusted(16, 16, -16, -16), 12, 12)


class NothingFound(_Centered):
    """Stands in for the table while search and filter let no song through."""

    clear_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nothing-found")
        self.line(self.tr("No song fits the search"), 1.2)
        self.clear = self.button(self.tr("Show all songs"))
        self.clear.setToolTip(self.tr("Empty the search box and show every status"))
        self.clear.clicked.connect(self.clear_wanted)
        self.box.addStretch(1)
