"""A dialog of rows: what each is, beside it, and a button to close it all."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget


class FormDialog(QDialog):
    """`form` is for the rows, `buttons` has room at its left."""

    def __init__(self, parent: QWidget | None, title: str, width: int) -> None:
        """`width` in characters, at least."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box = self._box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(16)
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(16)
        self.form.setVerticalSpacing(8)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        close = QPushButton(QCoreApplication.translate("keeping", "Close"), self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        self.buttons.addWidget(close)
        box.addLayout(self.form)
        box.addStretch(1)
        box.addLayout(self.buttons)
        self.setMinimumWidth(width * self.fontMetrics().averageCharWidth())

    def showEvent(self, event: QShowEvent) -> None:
        """Give words that are wrapped the lines they need."""
        super().showEvent(event)
        needed = self._box.totalHeightForWidth(self.width())
        if needed > self.height():
            self.resize(self.width(), needed)
