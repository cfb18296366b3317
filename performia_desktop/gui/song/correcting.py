"""The corrections of one song under way: made, undone, kept; the window shows what comes of them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from shiboken6 import isValid

from performia_desktop.jobs.background import Background
from performia_desktop.songmap import overlay
from performia_desktop.songmap.correction import Correction
from performia_desktop.songmap.corrections import corrected
from performia_desktop.songmap.model import SongMap


class Correcting(QObject):
    """Holds what was detected and what was put right; every change is saved at once."""

    changed = Signal(object)
    """SongMap: what is to be shown now."""
    problem = Signal(str)
    """A sentence: the corrections could not be saved."""

    def __init__(
        self,
        detected: SongMap,
        made: Sequence[Correction],
        path: Path | None,
        background: Background,
        saved: Callable[[], None],
        parent: QObject,
    ) -> None:
        """`path` is where the corrections are kept; without one nothing can be corrected.

        `saved` is called whenever they are on disk, also when the window is closed by then.
        """
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self.detected = detected
        self.made = list(made)
        self._path = path
        self._background = background
        self._saved = saved
        self._shows_detected = False

    @property
    def possible(self) -> bool:
        return self._path is not None

    @property
    def song(self) -> SongMap:
        """The song as it is shown: corrected, unless the detection is asked for."""
        return self.detected if self._shows_detected else corrected(self.detected, self.made)

    def make(self, words: str, *corrections: Correction, together: str = "") -> None:
        """Put something right; `words` say what, for undo.

        What has the same `together` as what was put right just before is undone with it.
        """
        self._push(words, [*self.made, *corrections], together)

    def remove_all(self, words: str) -> None:
        """Go back to what was detected; can be undone."""
        self._push(words, [])

    def show_detected(self, shown: bool) -> None:
        """Show what was detected, without giving up what was put right."""
        self._shows_detected = shown
        self.changed.emit(self.song)

    def _push(self, words: str, made: list[Correction], together: str = "") -> None:
        if self._path is not None and made != self.made:
            self._shows_detected = False
            self.stack.push(_Change(self, words, self.made, made, together))

    def put(self, made: list[Correction]) -> None:
        """Have these corrections, and keep them; for undo and redo."""
        self.made = made
        self.changed.emit(self.song)
        path = self._path
        assert path is not None

        def save() -> OSError | None:
            try:
                overlay.save(path, made)
            except OSError as error:
                return error
            return None

        saved = self._saved

        def done(error: OSError | None) -> None:
            if error is None:
                saved()
            elif isValid(self):
                words = self.tr(
                    "The corrections could not be saved ({reason}). Free some space, and correct again."
                )
                self.problem.emit(words.format(reason=error.strerror))

        self._background.run(save, done)


class _Change(QUndoCommand):
    """From one list of corrections to another."""

    def __init__(
        self,
        correcting: Correcting,
        words: str,
        before: list[Correction],
        after: list[Correction],
        together: str,
    ) -> None:
        super().__init__(words)
        self._correcting = correcting
        self._before = before
        self.after = after
        self._id = zlib.crc32(together.encode()) >> 1 if together else -1  # Qt asks mergeWith for equal ids

    def id(self) -> int:
        return self._id

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Change):
            return False
        self.after = other.after
        return True

    def redo(self) -> None:
        self._correcting.put(self.after)

    def undo(self) -> None:
        self._correcting.put(self._before)
