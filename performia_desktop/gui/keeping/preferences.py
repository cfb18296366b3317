"""The preferences: few, each at work as soon as it is chosen."""

from __future__ import annotations

import os
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QSpinBox, QWidget

from performia_desktop.gui.keeping.form import FormDialog
from performia_desktop.gui.text import plural
from performia_desktop.gui.theme import Theme
from performia_desktop.jobs.queue import Queue
from performia_desktop.settings import CLEANUP_DAYS, Settings

_tr = QCoreApplication.translate


class Preferences(FormDialog):
    """Shows the settings and changes them at once; there is nothing to confirm."""

    def __init__(self, parent: QWidget | None, settings: Settings, queue: Queue, theme: Theme | None) -> None:
        super().__init__(parent, _tr("keeping", "Preferences"), width=60)
        self.at_once = QSpinBox(self)
        self.at_once.setRange(1, max(queue.at_once, os.cpu_count() or 1))
        self.at_once.setValue(queue.at_once)
        self.at_once.valueChanged.connect(lambda n: setattr(queue, "at_once", n))
        self._row(
            _tr("keeping", "&Songs at once:"),
            self.at_once,
            _tr("keeping", "More is faster, and leaves less of the computer to you."),
        )
        self.cleanup = QComboBox(self)
        for days in CLEANUP_DAYS:
            words = (
                plural(days, "", _tr("keeping", "After %Ln days", "", days)) if days else _tr("keeping", "Never")
            )
            self.cleanup.addItem(words, days)
        self._choose(self.cleanup, settings.cleanup_days)
        self.cleanup.currentIndexChanged.connect(
            lambda: setattr(settings, "cleanup_days", self.cleanup.currentData())
        )
        self._row(
            _tr("keeping", "&Delete finished songs:"),
            self.cleanup,
            _tr("keeping", "By itself, once a day. They can be brought back for 30 days; the audio stays."),
        )
        if theme is not None:
            self.colors = QComboBox(self)
            for words, scheme in (
                (_tr("keeping", "As the system"), "system"),
                (_tr("keeping", "Light"), "light"),
                (_tr("keeping", "Dark"), "dark"),
            ):
                self.colors.addItem(words, scheme)
            self._choose(self.colors, theme.scheme)
            self.colors.currentIndexChanged.connect(lambda: setattr(theme, "scheme", self.colors.currentData()))
            self._row(_tr("keeping", "&Colours:"), self.colors, "")

    @staticmethod
    def _choose(box: QComboBox, value: Any) -> None:
        box.setCurrentIndex(max(0, box.findData(value)))

    def _row(self, name: str, control: QWidget, told: str) -> None:
        label = QLabel(name, self)
        label.setBuddy(control)
        control.setAccessibleName(name.replace("&", "").rstrip(":"))
        control.setAccessibleDescription(told)
        self.form.addRow(label, control)
        if told:
            hint = QLabel(told, self)
            hint.setTextFormat(Qt.TextFormat.PlainText)
            hint.setWordWrap(True)
            hint.setForegroundRole(hint.palette().ColorRole.PlaceholderText)
            hint.setContentsMargins(0, 0, 0, 8)
            self.form.addRow("", hint)
