"""The preferences: few, each at work as soon as it is chosen."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from performia_desktop import lyricsmodel
from performia_desktop.gui.export_dialog import format_words
from performia_desktop.gui.keeping.form import FormDialog
from performia_desktop.gui.language import LANGUAGES
from performia_desktop.gui.text import plural, short_path
from performia_desktop.gui.theme import Theme
from performia_desktop.jobs.service import JobService
from performia_desktop.settings import CLEANUP_DAYS, DRAG_FORMATS, LEAST_MEMORY, MOST_LATENCY_MS, machine_memory

_tr = QCoreApplication.translate
_MEMORY_STEPS = (1, 2, 4, 8, 16, 32, 64)
"""GiB to choose from, as far as the machine has them."""


class Preferences(FormDialog):
    """Shows the settings and changes them at once; there is nothing to confirm."""

    def __init__(self, parent: QWidget | None, service: JobService, theme: Theme | None) -> None:
        super().__init__(parent, _tr("keeping", "Preferences"), width=104)
        self._service = service
        self._settings = service.settings
        self._songs_at_once()
        self._memory()
        self._results()
        self._words()
        self._cleanup()
        self._notify()
        self._latency()
        self._drag()
        if theme is not None:
            self._scheme(theme)
        self._language()

    # the rows

    def _songs_at_once(self) -> None:
        queue = self._service.queue
        self.at_once = QSpinBox(self)
        self.at_once.lineEdit().setTextMargins(6, 0, 0, 0)  # a style sheet's padding does not reach it
        self.at_once.setRange(1, max(queue.at_once, os.cpu_count() or 1))
        self.at_once.setValue(queue.at_once)
        self.at_once.valueChanged.connect(lambda n: setattr(queue, "at_once", n))
        self._row(
            _tr("keeping", "&Songs at once:"),
            self.at_once,
            _tr("keeping", "More is faster, and leaves less of the computer to you."),
        )

    def _memory(self) -> None:
        total = machine_memory()
        if total is None:  # there is nothing to limit it with
            return
        choices: list[tuple[str, object]] = [(_tr("keeping", "Half of the computer's"), None)]
        fitting = [n << 30 for n in _MEMORY_STEPS if LEAST_MEMORY <= n << 30 < total]
        choices += [(QLocale().formattedDataSize(size, 0), size) for size in fitting]
        self.memory = self._choice(choices, self._settings.chosen_memory, "memory_bytes")
        self._row(
            _tr("keeping", "&Memory for a song:"),
            self.memory,
            _tr("keeping", "A song that needs more is given up, and the computer stays usable."),
        )

    def _results(self) -> None:
        self.folder, self.choose, self.no_folder, box = self._folder(
            _tr("keeping", "Choose the results folder"), _tr("keeping", "Write no copies")
        )
        self.choose.clicked.connect(self._choose_folder)
        self.no_folder.clicked.connect(lambda: self.set_folder(None))
        self._row(
            _tr("keeping", "&Results folder:"),
            box,
            _tr("keeping", "Every Song Map is also written there, under its song's name, with your corrections."),
            named=self.folder,
        )
        self._show_folder()

    def _words(self) -> None:
        self.model, choose, self.no_model, box = self._folder(
            _tr("keeping", "Choose the folder of a model that recognises words"),
            _tr("keeping", "Recognise no words"),
        )
        choose.clicked.connect(self._choose_model)
        self.no_model.clicked.connect(lambda: self.set_model(""))
        self._row(
            _tr("keeping", "&Words from singing:"),
            box,
            _tr("keeping", "With a Whisper model of yours (made for faster-whisper), where a song has no lyrics."),
            named=self.model,
        )
        self._show_model()

    def _cleanup(self) -> None:
        words = [
            plural(days, "", _tr("keeping", "After %Ln days", "", days)) if days else _tr("keeping", "Never")
            for days in CLEANUP_DAYS
        ]
        choices = list(zip(words, CLEANUP_DAYS, strict=True))
        self.cleanup = self._choice(choices, self._settings.cleanup_days, "cleanup_days")
        self._row(
            _tr("keeping", "&Delete finished songs:"),
            self.cleanup,
            _tr("keeping", "By itself, once a day. They can be brought back for 30 days; the audio stays."),
        )

    def _notify(self) -> None:
        self.notify = QCheckBox(_tr("keeping", "&Tell me when the queue is done"), self)
        self.notify.setChecked(self._settings.notify_done)
        self.notify.toggled.connect(lambda on: setattr(self._settings, "notify_done", on))
        told = _tr("keeping", "By a message of the desktop, if you are looking at something else.")
        self.form.addRow("", self._with_hint(self.notify, self.notify, told))

    def _latency(self) -> None:
        self.latency = QSpinBox(self)
        self.latency.lineEdit().setTextMargins(6, 0, 0, 0)
        self.latency.setRange(0, MOST_LATENCY_MS)
        self.latency.setSingleStep(10)
        self.latency.setSuffix(" ms")
        self.latency.setValue(self._settings.latency_ms)
        self.latency.valueChanged.connect(lambda n: setattr(self._settings, "latency_ms", n))
        self._row(
            _tr("keeping", "Sound comes late &by:"),
            self.latency,
            _tr(
                "keeping",
                "Raise it until the lit bar changes as you hear it: for wireless headphones, about 200 ms.",
            ),
        )

    def _drag(self) -> None:
        words = format_words()
        choices = [(words[name], name) for name in DRAG_FORMATS]
        self.drag = self._choice(choices, self._settings.drag_format, "drag_format")
        self._row(
            _tr("keeping", "Songs dra&gged out are:"),
            self.drag,
            _tr("keeping", "What you get when you drag selected songs from the list to a folder or a program."),
        )

    def _scheme(self, theme: Theme) -> None:
        choices = [
            (_tr("keeping", "As the system"), "system"),
            (_tr("keeping", "Light"), "light"),
            (_tr("keeping", "Dark"), "dark"),
        ]
        self.colors = self._choice(choices, theme.scheme, "scheme", theme)
        self._row(_tr("keeping", "&Colours:"), self.colors, "")

    def _language(self) -> None:
        choices = [
            (_tr("keeping", "As the system"), "system"),
            *((name, code) for code, name in LANGUAGES.items()),
        ]
        self.language = self._choice(choices, self._settings.language, "language")
        self._row(
            _tr("keeping", "&Language:"), self.language, _tr("keeping", "From the next start of the program.")
        )

    # the results folder

    def _choose_folder(self) -> None:
        now = self._settings.results_folder or Path.home()
        name = QFileDialog.getExistingDirectory(self, _tr("keeping", "Choose the results folder"), str(now))
        if name:
            self.set_folder(Path(name))

    def set_folder(self, folder: Path | None) -> None:
        """Take another folder, and write there what is finished already; what the old one holds stays."""
        self._settings.results_folder = folder
        self._show_folder()
        self._service.results.keep(self._service.jobs)

    def _show_folder(self) -> None:
        folder = self._settings.results_folder
        self.folder.setText(short_path(str(folder)) if folder else "")
        self.folder.setToolTip(str(folder) if folder else "")
        self.no_folder.setEnabled(folder is not None)

    # the model that recognises words

    def _choose_model(self) -> None:
        words = _tr("keeping", "Choose the folder of a model that recognises words")
        name = QFileDialog.getExistingDirectory(self, words, self._settings.lyrics_model or str(Path.home()))
        if name:
            self.set_model(name)

    def set_model(self, folder: str) -> None:
        """Recognise words with this model from the next song on; one that cannot be used is said and not taken."""
        if folder and (why := self._unusable(Path(folder))):
            QMessageBox.warning(self, _tr("keeping", "Preferences"), why)
            return
        self._settings.lyrics_model = folder
        self._show_model()

    @staticmethod
    def _unusable(folder: Path) -> str:
        """Return what is in the way of a model, in the user's language."""
        if not lyricsmodel.installed():
            return _tr(
                "keeping",
                "Recognising words needs another package, in an installation with Python: "
                "pip install 'performia-desktop[lyrics]'",
            )
        if lacking := lyricsmodel.missing(folder):
            words = _tr(
                "keeping",
                "This folder holds no model for recognising words (%1 missing). Choose the folder of a Whisper model "
                "that was made for faster-whisper.",
            )
            return words.replace("%1", ", ".join(lacking))
        return ""

    def _show_model(self) -> None:
        folder = self._settings.lyrics_model
        self.model.setText(short_path(folder))
        self.model.setToolTip(folder)
        self.no_model.setEnabled(bool(folder))

    # parts

    def _folder(self, choose: str, none: str) -> tuple[QLineEdit, QPushButton, QPushButton, QWidget]:
        """Return a folder's line with its buttons, and what holds the three; the words say what each button does."""
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        line = QLineEdit(box)
        line.setReadOnly(True)
        line.setPlaceholderText(_tr("keeping", "no folder"))
        buttons = QPushButton(_tr("keeping", "Choose…"), box), QPushButton(_tr("keeping", "None"), box)
        row.addWidget(line, 1)
        for button, words in zip(buttons, (choose, none), strict=True):
            button.setAutoDefault(False)
            button.setAccessibleName(words)
            button.setToolTip(words)
            row.addWidget(button)
        return line, *buttons, box

    def _choice(
        self, choices: list[tuple[str, Any]], now: object, attribute: str, of: object | None = None
    ) -> QComboBox:
        """Return a list that sets an attribute of the settings (or of `of`) to what is chosen."""
        box = QComboBox(self)
        for words, value in choices:
            box.addItem(words, value)
        values = [value for _, value in choices]
        box.setCurrentIndex(values.index(now) if now in values else 0)
        box.currentIndexChanged.connect(lambda at: setattr(of or self._settings, attribute, values[at]))
        return box

    def _row(self, name: str, control: QWidget, told: str, named: QWidget | None = None) -> None:
        """Add a row; `named` is what the name belongs to, where the control is several."""
        named = named or control
        label = QLabel(name, self)
        label.setBuddy(named)
        named.setAccessibleName(name.replace("&", "").rstrip(":"))
        self.form.addRow(label, self._with_hint(control, named, told) if told else control)

    def _with_hint(self, control: QWidget, named: QWidget, told: str) -> QWidget:
        """Return a control with a quiet line below it."""
        named.setAccessibleDescription(told)
        both = QWidget(self)
        box = QVBoxLayout(both)
        box.setContentsMargins(0, 0, 0, 8)
        box.setSpacing(4)
        hint = QLabel(told, both)
        hint.setTextFormat(Qt.TextFormat.PlainText)
        hint.setWordWrap(True)
        hint.setForegroundRole(hint.palette().ColorRole.PlaceholderText)
        box.addWidget(control)
        box.addWidget(hint)
        return both
