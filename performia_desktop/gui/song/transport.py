"""Play and pause, where it is, how fast, and round again: the row between the sections and the chart."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from performia_desktop.gui.fonts import tabular
from performia_desktop.gui.song.player import SPEEDS, Player
from performia_desktop.jobs.words import duration_words
from performia_desktop.songmap.model import SongMap, active


class Transport(QWidget):
    """The controls of a player, made when the first of them is used; keys work in the whole window."""

    moved = Signal(float)
    """The position in seconds, for whatever follows it."""
    problem = Signal(str)
    repeating = Signal(object)
    """(start, end) of what is played again and again from now on, or None."""

    def __init__(self, audio: Path, window: QWidget) -> None:
        super().__init__(window)
        self._audio = audio
        self._song: SongMap | None = None
        self.player: Player | None = None
        self._stretch: tuple[float, float] | None = None  # what the user wants again, if it is no section
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        self.play = QPushButton(self.tr("Play"), self)
        self.play.setToolTip(self.tr("Play or pause (Space)"))
        self.play.clicked.connect(self.toggle)
        self.clock = QLabel(self)
        self.clock.setFont(tabular(self.font()))
        self.clock.setAccessibleName(self.tr("Position"))
        self.speed = QComboBox(self)
        self.speed.setAccessibleName(self.tr("Speed"))
        self.speed.setToolTip(self.tr("Slower, at the same pitch"))
        for speed in reversed(SPEEDS):
            self.speed.addItem(f"{100 * speed:.0f} %", speed)
        self.speed.currentIndexChanged.connect(self._set_speed)
        self.loop = QCheckBox(self.tr("Repeat the section"), self)
        self.loop.toggled.connect(self._set_loop)
        box.addWidget(self.play)
        box.addWidget(self.clock)
        box.addStretch(1)
        box.addWidget(self.loop)
        box.addWidget(self.speed)
        for key, action in (
            (QKeySequence(Qt.Key.Key_Space), self.toggle),
            (QKeySequence("Ctrl+Left"), lambda: self._step(-1)),
            (QKeySequence("Ctrl+Right"), lambda: self._step(1)),
        ):
            QShortcut(key, window, action)
        self._tell(0.0)

    def show_song(self, song: SongMap) -> None:
        """Have this song's bars and sections to step by and to repeat."""
        self._song = song
        self._tell(self.position)
        self._name_loop()

    @property
    def position(self) -> float:
        """What is heard now, in seconds."""
        return self.player.position if self.player else 0.0

    def toggle(self) -> None:
        """Play, or pause."""
        self._ready().toggle()

    def seek(self, position: float) -> None:
        """Go to a place in the song; what is repeated from now on is the section there."""
        player = self._ready()
        player.loop = None
        player.seek(position)
        self._set_loop()

    def repeat(self, start: float, end: float) -> None:
        """Go to `start`, and play up to `end` again and again, until it is switched off or left."""
        self._stretch = (start, end)
        self.loop.blockSignals(True)
        self.loop.setChecked(True)
        self.loop.blockSignals(False)
        self.seek(start)

    def close_player(self) -> None:
        if self.player is not None:
            self.player.close()

    def _ready(self) -> Player:
        """Return the player; the first time it opens the audio."""
        if self.player is None:
            self.player = Player(self._audio, self)
            self.player.moved.connect(self._tell)
            self.player.moved.connect(self.moved)
            self.player.playing_changed.connect(self._playing)
            self.player.problem.connect(self.problem)
            self._set_speed()
            if self.player.is_silent:
                self.problem.emit(self.tr("There is no sound device. The chart follows in silence."))
        return self.player

    def _playing(self, playing: bool) -> None:
        self.play.setText(self.tr("Pause") if playing else self.tr("Play"))

    def _set_speed(self) -> None:
        if self.player is not None:
            self.player.speed = float(self.speed.currentData())

    def _set_loop(self) -> None:
        """Repeat the stretch that was chosen, or else the section that is heard now."""
        if not self.loop.isChecked():
            self._stretch = None
        if self.player is None or self._song is None:
            return
        position = self.player.position
        if self._stretch and not self._stretch[0] <= position < self._stretch[1]:
            self._stretch = None
        wanted = self._stretch
        if wanted is None and self.loop.isChecked():
            index = active(self._song.sections, position)
            section = self._song.sections[index] if index is not None else None
            wanted = (section.start, section.end) if section else None
        self.player.loop = wanted
        self._name_loop()
        self.repeating.emit(wanted)

    def _name_loop(self) -> None:
        """Say what is, or would be, repeated."""
        words = self.tr("Repeat the section")
        if self._stretch and self._song:
            lines = self._song.downbeats
            first = sum(line <= self._stretch[0] + 0.001 for line in lines)
            last = sum(line < self._stretch[1] - 0.001 for line in lines)
            one, many = self.tr("Repeat bar {first}"), self.tr("Repeat bars {first} to {last}")
            words = (many if last > first else one).format(first=first, last=last) if lines else self.tr("Repeat")
        self.loop.setText(words)
        self.loop.setVisible(bool(self._stretch or (self._song and self._song.sections)))

    def _step(self, bars: int) -> None:
        if self._song is None or not self._song.downbeats:
            return
        now = self.position
        lines = self._song.downbeats
        passed = sum(line <= now + 0.05 for line in lines)
        at = passed - 1 + bars
        if bars < 0 and passed and now - lines[passed - 1] > 0.5:
            at = passed - 1  # first to the beginning of this bar
        self.seek(lines[min(max(at, 0), len(lines) - 1)])

    def _tell(self, position: float) -> None:
        end = self._song.duration_sec if self._song else 0.0
        words = f"{duration_words(min(position, end))} / {duration_words(end)}"
        if words != self.clock.text():
            self.clock.setText(words)
