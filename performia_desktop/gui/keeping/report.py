"""Report a problem: everything that would help to find it, shown before it is saved; nothing is sent."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDateTime, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from performia_desktop.gui.keeping.facts import Facts, report
from performia_desktop.jobs.background import Background

_tr = QCoreApplication.translate


class ReportDialog(QDialog):
    """The report as it would be saved; the names of the user's music are left out unless they want them in."""

    def __init__(self, parent: QWidget | None, facts: Facts, background: Background, about: str = "") -> None:
        super().__init__(parent)
        self._facts = facts
        self._background = background
        self._about = about
        self.setWindowTitle(_tr("report", "Report a problem"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(12)
        told = _tr(
            "report",
            "This is everything in the report, and it stays on this computer. Read it, save it, and send it with a "
            "line on what you did when it happened.",
        )
        box.addWidget(self._label(told))
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(_tr("report", "The report"))
        self.text.setTabChangesFocus(True)
        box.addWidget(self.text, 1)
        self.hide_names = QCheckBox(_tr("report", "&Leave out the names and folders of my music"), self)
        self.hide_names.setChecked(True)
        self.hide_names.toggled.connect(self._make)
        box.addWidget(self.hide_names)
        self.said = self._label("")
        box.addWidget(self.said)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.copy_button = QPushButton(_tr("report", "Copy"), self)
        self.save_button = QPushButton(_tr("report", "Save…"), self)
        close = QPushButton(_tr("report", "Close"), self)
        for button in (self.copy_button, close):
            button.setAutoDefault(False)
        self.save_button.setDefault(True)
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._choose)
        close.clicked.connect(self.accept)
        row.addWidget(self.copy_button)
        row.addStretch(1)
        row.addWidget(self.save_button)
        row.addWidget(close)
        box.addLayout(row)
        em = self.fontMetrics().averageCharWidth()
        self.resize(100 * em, 88 * em)
        self._closed = False
        self.finished.connect(self._close)
        self._make()

    def _label(self, words: str) -> QLabel:
        label = QLabel(words, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _make(self) -> None:
        """Read the logs in the background, and show what comes of it."""
        facts, about, hide = self._facts, self._about, self.hide_names.isChecked()
        for button in (self.save_button, self.copy_button):
            button.setEnabled(False)
        self._background.run(lambda: report(facts, about, hide=hide), lambda text: self._show(text, hide))

    def _show(self, text: str, hide: bool) -> None:
        if self._closed or hide != self.hide_names.isChecked():
            return
        self.text.setPlainText(text)
        for button in (self.save_button, self.copy_button):
            button.setEnabled(True)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.said.setText(_tr("report", "Copied."))

    def _choose(self) -> None:
        stamp = QDateTime.currentDateTime().toString("yyyy-MM-dd")
        suggested = Path.home() / _tr("report", "Performia report {date}.txt").format(date=stamp)
        name, _ = QFileDialog.getSaveFileName(
            self, _tr("report", "Save the report"), str(suggested), f"{_tr('report', 'Text')} (*.txt)"
        )
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write what is shown."""
        text = self.text.toPlainText()

        def write() -> OSError | None:
            try:
                path.write_text(text, encoding="utf-8")
            except OSError as error:
                return error
            return None

        self._background.run(write, lambda error: self._saved(path, error))

    def _saved(self, path: Path, error: OSError | None) -> None:
        if self._closed:
            return
        words = _tr("report", "Saved as {path}. Nothing was sent.")
        if error is not None:
            words = _tr("report", "It could not be written ({reason}). Choose another place.")
        self.said.setText(words.format(path=path, reason=error.strerror if error else ""))

    def _close(self) -> None:
        self._closed = True
