"""The context menu of the timeline: what can be done with what is under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from performia_desktop.gui.song.chart import section_words
from performia_desktop.gui.song.correcting import Correcting
from performia_desktop.gui.song.timeline.grips import Grip
from performia_desktop.songmap.corrections import BarOne, SetSection
from performia_desktop.songmap.model import SECTION_LABELS

if TYPE_CHECKING:
    from performia_desktop.gui.song.timeline.editor import Editor

_KEYS = {
    # the keys of the editor's actions that suit a thing; the others follow below a line
    "section": ("S", "J"),
    "chord": ("E", "X", "J", "Y"),
    "beat": ("Del", "B", ",", "."),
    "melody": ("Del", "I"),
    "bass": ("Del", "I"),
    "lyric": ("E", "Del", "W"),
}


class SpotMenu(QMenu):
    """For a thing, or for the place where there is none."""

    def __init__(self, editor: Editor, correcting: Correcting, grip: Grip | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._correcting = correcting
        keys = _KEYS[grip.kind] if grip else ()
        by_key = {action.shortcut().toString(): action for action in editor.actions}
        if grip is not None and grip.kind == "section":
            self._sections(grip)
        if grip is not None and grip.kind == "beat":
            bar = QAction(self.tr("A bar begins here"), self)
            bar.triggered.connect(lambda _=False: correcting.make(self.tr("bars"), BarOne(grip.start)))
            self.addAction(bar)
        self.addActions([by_key[key] for key in keys])
        self.addSeparator()
        rest = [action for key, action in by_key.items() if key not in keys and key not in {"E", "J", "Del"}]
        self.addActions(rest)

    def _sections(self, grip: Grip) -> None:
        song = self._correcting.song
        section = song.sections[grip.index]
        time = (section.start + section.end) / 2
        menus = [(self.addMenu(self.tr("Call it")), False)]
        if sum(other.label == section.label for other in song.sections) > 1:
            menus.append((self.addMenu(self.tr("Call it and all like it")), True))
        for menu, repeats in menus:
            for label in SECTION_LABELS:
                action = menu.addAction(section_words(label))
                action.setCheckable(True)
                action.setChecked(label == section.label)
                correction = SetSection(time, label, repeats)
                action.triggered.connect(
                    lambda _=False, one=correction: self._correcting.make(self.tr("section"), one)
                )
