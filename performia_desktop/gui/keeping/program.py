"""About the program: its name, picture, version and licence, and the licences of what it is made with."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from performia_desktop import __version__
from performia_desktop.gui.fonts import scaled
from performia_desktop.gui.icons import program_icon
from performia_desktop.gui.text import short_path
from performia_desktop.notices import notices
from performia_desktop.paths import Paths

_tr = QCoreApplication.translate


class AboutProgram(QDialog):
    """What every program says of itself."""

    def __init__(self, parent: QWidget | None, paths: Paths) -> None:
        super().__init__(parent)
        self.setWindowTitle(_tr("about", "About Performia Desktop"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(16)
        picture = QLabel(self)
        picture.setPixmap(program_icon().pixmap(64, 64))
        picture.setAccessibleName(_tr("about", "The program's icon"))
        words = QVBoxLayout()
        words.setSpacing(4)
        name = self._label("Performia Desktop")
        name.setFont(scaled(self.font(), 1.4, self.font().Weight.DemiBold))
        words.addWidget(name)
        words.addWidget(
            self._label(_tr("about", "Version {version}, Qt {qt}").format(version=__version__, qt=qVersion()))
        )
        head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        box.addLayout(head)
        box.addWidget(
            self._label(
                _tr("about", "Drop songs on the window, get their Song Maps. Everything happens on this computer.")
            )
        )
        box.addWidget(
            self._label(
                _tr(
                    "about",
                    "Free software under the MIT licence. It is made with the programs below, each under its own.",
                )
            )
        )
        self.notices = QPlainTextEdit(self)
        self.notices.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.notices.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.notices.setPlaceholderText(_tr("about", "Reading the licences…"))
        self.notices.setReadOnly(True)
        self.notices.setTabChangesFocus(True)
        self.notices.setAccessibleName(_tr("about", "Licences"))
        box.addWidget(self.notices, 1)
        where = self._label(_tr("about", "Your data: {folder}").format(folder=short_path(str(paths.data_dir))))
        where.setForegroundRole(where.palette().ColorRole.PlaceholderText)
        box.addWidget(where)
        row = QHBoxLayout()
        row.addStretch(1)
        close = QPushButton(_tr("about", "Close"), self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row.addWidget(close)
        box.addLayout(row)
        em = self.fontMetrics().averageCharWidth()
        self.resize(104 * em, 88 * em)
        close.setFocus()
        # A tenth of a second: a thread that outlives the dialog would cost more than it saves.
        self.notices.setPlainText(notices())

    def _label(self, words: str) -> QLabel:
        label = QLabel(words, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return label
