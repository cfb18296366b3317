"""How the chart is read and what is done with it: the menu, and the keys that work without opening it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from performia_desktop.gui.song.chart_area import ChartArea
from performia_desktop.gui.text import key_words
from performia_desktop.songmap.model import SongMap
from performia_desktop.songmap.transpose import transposed

_Key = QKeySequence.StandardKey
_TRANSPOSE = range(-6, 7)
_CAPO = range(10)


class ChartMenu(QMenu):
    """Names or degrees, key and capo, sharps or flats, size; then what takes the chart elsewhere (`more`)."""

    def __init__(self, area: ChartArea, song: Callable[[], SongMap | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._area = area
        self._window = parent
        self._song = song
        self._offered: list[QAction] = []  # keys, named anew for the song as it is
        self._one_of(
            self,
            "naming",
            ("names", self.tr("Chord names")),
            ("roman", self.tr("Roman numerals")),
            ("nashville", self.tr("Nashville numbers")),
        )
        self.addSeparator()
        self.transpose = self.addMenu(self.tr("Transpose"))
        self._act(self.tr("A semitone up"), "Alt+Up", lambda: area.transpose_by(1), self.transpose)
        self._act(self.tr("A semitone down"), "Alt+Down", lambda: area.transpose_by(-1), self.transpose)
        self.transpose.addSeparator()
        self.capo = self.addMenu(self.tr("Capo"))
        self.accidentals = self.addMenu(self.tr("Sharps or flats"))
        self._one_of(
            self.accidentals,
            "accidentals",
            ("key", self.tr("As the key writes them")),
            ("sharps", self.tr("Sharps")),
            ("flats", self.tr("Flats")),
        )
        self._fingering = self._act(self.tr("Guitar shapes"), "Ctrl+G", lambda: None)
        self._fingering.setCheckable(True)
        self._fingering.setChecked(area.fingering)
        self._fingering.toggled.connect(lambda on: setattr(area, "fingering", on))
        self.addSeparator()
        self._act(self.tr("Larger type"), _Key.ZoomIn, lambda: area.resize_type(1)).setShortcuts(
            [*QKeySequence.keyBindings(_Key.ZoomIn), QKeySequence("Ctrl+=")]
        )
        self._act(self.tr("Smaller type"), _Key.ZoomOut, lambda: area.resize_type(-1))
        self._act(self.tr("Usual type"), "Ctrl+0", lambda: area.resize_type(0))
        self.addSeparator()
        self.aboutToShow.connect(self._fill)

    def _one_of(self, menu: QMenu, part: str, *choices: tuple[str, str]) -> None:
        """Offer what a part of the reading can be: its value, and the words for it."""
        group = QActionGroup(self)
        for value, words in choices:
            action = group.addAction(words)
            action.setCheckable(True)
            action.setChecked(value == getattr(self._area.reading, part))
            action.triggered.connect(lambda _=False, value=value: self._read(part, value))
            menu.addAction(action)

    def _read(self, part: str, value: str | int) -> None:
        """Read the chart with one part of the reading otherwise."""
        self._area.read(replace(self._area.reading, **{part: value}))  # type: ignore[arg-type]

    def more(self, words: str, key: QKeySequence.StandardKey | str, act: Callable[[], None]) -> QAction:
        """Add what takes the chart elsewhere."""
        return self._act(words, key, act)

    def _act(
        self,
        words: str,
        key: QKeySequence.StandardKey | str,
        act: Callable[[], None],
        menu: QMenu | None = None,
    ) -> QAction:
        action = QAction(words, self._window)
        if isinstance(key, str):
            action.setShortcut(QKeySequence(key))
        else:
            action.setShortcuts(key)
        action.triggered.connect(lambda _=False: act())
        self._window.addAction(action)
        (menu or self).addAction(action)
        return action

    def _fill(self) -> None:
        """Name the keys that transposition and capo lead to."""
        song, area = self._song(), self._area
        reading = area.reading
        for old in self._offered:
            self.transpose.removeAction(old)
            self.capo.removeAction(old)
            old.deleteLater()
        self._offered = []
        for n in _TRANSPOSE:
            words = f"{n:+d}".replace("-", "−") if n else self.tr("As recorded")
            key = _key(song, n)
            choice = self._choice(self.transpose, f"{words}: {key}" if key else words, now=n == reading.transpose)
            choice.triggered.connect(lambda _=False, n=n: self._read("transpose", n))
        for n in _CAPO:
            words = self.tr("Fret {n}").format(n=n) if n else self.tr("No capo")
            if key := _key(song, reading.transpose - n):
                words = self.tr("{place}: play in {key}").format(place=words, key=key)
            choice = self._choice(self.capo, words, now=n == reading.capo)
            choice.triggered.connect(lambda _=False, n=n: self._read("capo", n))

    def _choice(self, menu: QMenu, words: str, *, now: bool) -> QAction:
        action = menu.addAction(words)
        self._offered.append(action)
        action.setCheckable(True)
        action.setChecked(now)
        return action


def _key(song: SongMap | None, shift: int) -> str:
    key = transposed(song, shift).main_key if song is not None else None
    return key_words(key) if key else ""
