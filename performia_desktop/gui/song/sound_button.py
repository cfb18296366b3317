"""How loud the song and the metronome are, and whether a bar is counted in: behind one button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QMenu, QPushButton, QSlider, QWidget, QWidgetAction

from performia_desktop.settings import Settings


class SoundButton(QPushButton):
    """Keeps what is chosen in the settings, and tells when it changes."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(self.tr("Sound"))
        self.setToolTip(self.tr("Volume of the song and of the metronome; count-in"))
        panel = QWidget(self)
        form = QFormLayout(panel)
        form.setContentsMargins(12, 8, 12, 8)
        form.setHorizontalSpacing(16)
        self.song = self._slider(settings.song_volume, lambda value: setattr(settings, "song_volume", value))
        self.metronome = self._slider(
            settings.click_volume, lambda value: setattr(settings, "click_volume", value)
        )
        self.count_in = QCheckBox(self.tr("Count a bar in"), panel)
        self.count_in.setChecked(settings.count_in)
        self.count_in.toggled.connect(lambda on: setattr(settings, "count_in", on))
        for words, slider in ((self.tr("Song"), self.song), (self.tr("Metronome"), self.metronome)):
            slider.setAccessibleName(words)
            form.addRow(words, slider)
        form.addRow(self.count_in)
        action = QWidgetAction(self)
        action.setDefaultWidget(panel)
        menu = QMenu(self)
        menu.addAction(action)
        self.setMenu(menu)

    def _slider(self, now: float, keep: Callable[[float], None]) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(0, 100)
        slider.setPageStep(10)
        slider.setMinimumWidth(160)
        slider.setValue(round(100 * now))
        slider.valueChanged.connect(lambda value: self._take(keep, value))
        return slider

    def _take(self, keep: Callable[[float], None], value: int) -> None:
        keep(value / 100)
        self.changed.emit()
