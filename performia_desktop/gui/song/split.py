"""The two halves of a song's window: one above the other or, where there is room, side by side."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from performia_desktop.settings import Settings

_NAMES: Final = {Qt.Orientation.Vertical: "song-split", Qt.Orientation.Horizontal: "song-split-wide"}
_SHARES: Final = {Qt.Orientation.Vertical: [500, 400], Qt.Orientation.Horizontal: [900, 600]}
_WIDE: Final = 1500


class Split(QSplitter):
    """Remembers for each of the two ways how the user shares out the room."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._settings = settings
        self.setChildrenCollapsible(False)
        self.setHandleWidth(8)

    def arrange(self, width: int) -> None:
        """Lie as fits a window of that width."""
        orientation = Qt.Orientation.Horizontal if width >= _WIDE else Qt.Orientation.Vertical
        if self.orientation() != orientation:
            self.keep()
            self.setOrientation(orientation)
            self.restore()

    def restore(self) -> None:
        """Share out the room as the user last did, when it lay as now."""
        orientation = self.orientation()
        self.setSizes(_SHARES[orientation])
        self.restoreState(self._settings.state(_NAMES[orientation]))
        self.setOrientation(orientation)  # whatever was kept

    def keep(self) -> None:
        """Remember how the room is shared out."""
        self._settings.set_state(_NAMES[self.orientation()], self.saveState())
