"""A dialog of rows: what each is, beside it, and a button to close it all; on a small screen the rows scroll."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

_FRAME: Final = (8, 40)
"""What the desktop puts around a window, in pixels across and down."""


class FormDialog(QDialog):
    """`form` is for the rows, `buttons` has room at its left."""

    def __init__(self, parent: QWidget | None, title: str, width: int) -> None:
        """`width` in characters, at least where the screen has room for them."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box = self._box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(16)
        self.rows = QWidget()
        self.form = QFormLayout(self.rows)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setHorizontalSpacing(16)
        self.form.setVerticalSpacing(8)
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the rows have the focus, and are scrolled to
        self.area.setWidget(self.rows)
        for widget in (self.area.viewport(), self.rows):
            widget.setAutoFillBackground(False)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        close = QPushButton(QCoreApplication.translate("keeping", "Close"), self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        self.buttons.addWidget(close)
        box.addWidget(self.area, 1)
        box.addLayout(self.buttons)
        self._wide = width * self.fontMetrics().averageCharWidth()

    def showEvent(self, event: QShowEvent) -> None:
        """Give words that are wrapped the lines they need, as far as the screen reaches."""
        super().showEvent(event)
        screen = self.screen().availableGeometry()
        self.fit(screen.width() - _FRAME[0], screen.height() - _FRAME[1])

    def fit(self, width: int, height: int) -> None:
        """Be as large as the rows ask for, and no larger than this."""
        margins = self._box.contentsMargins()
        around = margins.left() + margins.right()
        bar = self.area.verticalScrollBar().sizeHint().width()
        least = self.rows.minimumSizeHint().width()
        across = min(max(self._wide, least + around), width)
        needed = self._box.spacing() + self.buttons.sizeHint().height() + margins.top() + margins.bottom()
        needed += self.form.totalHeightForWidth(across - around)
        if needed > height:
            across = min(across + bar, width)
        self.setMinimumSize(min(least + bar + around, width), min(needed, height, 240))
        self.resize(across, min(needed, height))
        for layout in (self._box, self.form):
            layout.activate()
        if lacking := self.area.verticalScrollBar().maximum():  # a form promises a little less than it takes
            self.resize(across, min(needed + lacking, height))
