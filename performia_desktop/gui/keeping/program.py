"""About the program: its name, picture, version and licence, and the licences of what it is made with."""

from __future__ import annotations

import re
from importlib import metadata

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from performia_desktop import __version__
from performia_desktop.assets import resource
from performia_desktop.gui.fonts import scaled
from performia_desktop.gui.icons import program_icon
from performia_desktop.gui.text import short_path
from performia_desktop.paths import Paths

_tr = QCoreApplication.translate
_NAME = "performia-desktop"


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
        self.notices = QPlainTextEdit(notices(), self)
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
        self.resize(84 * em, 80 * em)
        close.setFocus()

    def _label(self, words: str) -> QLabel:
        label = QLabel(words, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return label


def notices() -> str:
    """Return the licences of all that is bundled: those that the bundle brings, else what the packages say."""
    try:
        return resource("notices.txt").read_text(encoding="utf-8")
    except OSError:
        return "\n".join(f"{name} {version}: {licence}" for name, version, licence in packages())


def packages() -> list[tuple[str, str, str]]:
    """Return name, version and licence of the packages that the program needs, by their own metadata."""
    try:
        needed = metadata.requires(_NAME) or []
    except metadata.PackageNotFoundError:
        return []
    found = {}
    for requirement in needed:
        name = re.split(r"[\s<>=!~;\[]", requirement, maxsplit=1)[0]
        if "extra ==" in requirement or name in found:
            continue
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        found[name] = (str(about["Name"]), str(about["Version"]), _licence(about))
    return sorted(found.values(), key=lambda one: one[0].casefold())


def _licence(about: metadata.PackageMetadata) -> str:
    """Return a package's licence in one line: its expression, its classifiers, or how its text begins."""
    if expression := about.get("License-Expression"):  # type: ignore[attr-defined]
        return str(expression)
    classified = [
        line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or [] if line.startswith("License ::")
    ]
    written = (about.get("License") or "").strip().splitlines()  # type: ignore[attr-defined]
    return ", ".join(classified) or (written[0] if written else "see its homepage")
