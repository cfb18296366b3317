"""About the database: where it is, how large, whether it is sound, when it was last backed up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from performia_desktop.gui.keeping.form import FormDialog
from performia_desktop.gui.keeping.words import size_words, time_words
from performia_desktop.gui.reveal import show_in_folder
from performia_desktop.gui.text import plain, plural
from performia_desktop.jobs.store_file import About

_tr = QCoreApplication.translate


class AboutDatabase(FormDialog):
    """What there is to know of the database; `check_done` takes what its check has found."""

    def __init__(self, parent: QWidget | None, about: About, counts: str, compact: Callable[[], None]) -> None:
        super().__init__(parent, _tr("keeping", "About the database"), width=64)
        self._row(_tr("keeping", "Where:"), str(about.path))
        self._row(_tr("keeping", "In the list:"), counts)
        self._row(
            _tr("keeping", "Recently deleted:"),
            plural(about.binned, _tr("keeping", "1 song"), _tr("keeping", "%Ln songs", "", about.binned))
            if about.binned
            else _tr("keeping", "none"),
        )
        size = size_words(about.size)
        if about.free:
            size = _tr("keeping", "{size}, of which {free} are free").format(
                size=size, free=size_words(about.free)
            )
        self._row(_tr("keeping", "Size:"), size)
        backup = about.last_backup
        self._row(
            _tr("keeping", "Last backup:"), time_words(backup.taken) if backup else _tr("keeping", "none yet")
        )
        if about.served:
            words = _tr("keeping", "on a network drive ({kind}); let one computer use it at a time")
            self._row(_tr("keeping", "Note:"), words.format(kind=about.served))
        self.health = self._row(_tr("keeping", "Health:"), _tr("keeping", "being checked…"))
        for place, (words, action) in enumerate(
            (
                (_tr("keeping", "Show in folder"), lambda: show_in_folder(about.path)),
                (_tr("keeping", "Compact"), compact),
            )
        ):
            button = QPushButton(words, self)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, action=action: action())
            self.buttons.insertWidget(place, button)

    def check_done(self, problems: list[str]) -> None:
        """Tell whether the database is sound."""
        if problems:
            words = _tr("keeping", "It is damaged. Quit and start again: what can be read is brought back.")
            self.health.setToolTip("\n".join(problems[:20]))
        else:
            words = _tr("keeping", "It is sound.")
        self.health.setText(words)
        self.health.setAccessibleName(words)

    def _row(self, name: str, words: str) -> QLabel:
        label = QLabel(plain(words), self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        label.setAccessibleName(f"{name} {label.text()}")
        self.form.addRow(name, label)
        return label
