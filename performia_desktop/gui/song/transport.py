"""Play and pause, where it is, how fast, and round again: the row between the sections and the chart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from performia_desktop.gui.failures import failure_words
from performia_desktop.gui.fonts import tabular
from performia_desktop.gui.song.player import SPEEDS, Player
from performia_desktop.gui.song.sound_button import SoundButton
from performia_desktop.jobs.sounds import SoundRequest, Sounds
from performia_desktop.jobs.words import duration_words
from performia_desktop.settings import Settings
from performia_desktop.songmap.bars import bars
from performia_desktop.songmap.model import SongMap, active


class Transport(QWidget):
    """The controls of a player; their keys work in the whole window."""

    moved = Signal(float)
    """The position in seconds, for whatever follows it."""
    problem = Signal(str)
    repeating = Signal(object)
    """(start, end) of what is played again and again from now on, or None."""

    def __init__(self, audio: Path, settings: Settings, sounds: Sounds | None, window: QWidget) -> None:
        super().__init__(window)
        self._audio = audio
        self._settings = settings
        self._sounds = sounds
        self._request: SoundRequest | None = None
        self._song: SongMap | None = None
        self._stretch: tuple[float, float] | None = None  # what the user wants again, if it is no section
        self.player = Player(lambda: settings.latency_ms / 1000, self)
        self.player.moved.connect(self._tell)
        self.player.moved.connect(self.moved)
        self.player.playing_changed.connect(self._playing)
        self.player.problem.connect(self.problem)
        self._loop_words = self.tr("Repeat the section")
        self._box = box = QHBoxLayout(self)
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
        self.speed.setToolTip(self.tr("Slower, at the same pitch (Ctrl+Down, Ctrl+Up)"))
        for speed in reversed(SPEEDS):
            self.speed.addItem(f"{100 * speed:.0f} %", speed)
        self.speed.currentIndexChanged.connect(self._set_speed)
        self.click = QCheckBox(self.tr("Metronome"), self)
        self.click.setAccessibleName(self.tr("Metronome"))
        self.click.setToolTip(self.tr("Tick on the beats (K)"))
        self.click.toggled.connect(self._set_volumes)
        self.loop = QCheckBox(self._loop_words, self)
        self.loop.toggled.connect(self._set_loop)
        self.sound = SoundButton(settings, self)
        self.sound.changed.connect(self._set_volumes)
        box.addWidget(self.play)
        box.addWidget(self.clock)
        box.addStretch(1)
        for control in (self.click, self.loop, self.speed, self.sound):
            box.addWidget(control)
        for key, action in (
            ("Space", self.toggle),
            ("Left", lambda: self._step(-1, self._beats)),
            ("Right", lambda: self._step(1, self._beats)),
            ("Ctrl+Left", lambda: self._step(-1, self._bars)),
            ("Ctrl+Right", lambda: self._step(1, self._bars)),
            ("Ctrl+Down", lambda: self._change_speed(1)),
            ("Ctrl+Up", lambda: self._change_speed(-1)),
            ("K", self.click.toggle),
            ("R", self.loop.toggle),
        ):
            QShortcut(QKeySequence(key), window, action)
        self._set_volumes()
        self._tell(0.0)

    def show_song(self, song: SongMap) -> None:
        """Have this song's bars and sections to step by and to repeat; get its audio ready."""
        first, self._song = self._song is None, song
        self.player.set_beats(song.beats, song.downbeats)
        self.click.setVisible(bool(song.beats))
        if first:
            self._get_ready()
        self._tell(self.position)
        self._name_loop()

    @property
    def position(self) -> float:
        """What is heard now, in seconds."""
        return self.player.position

    def toggle(self) -> None:
        """Play, after a bar of count-in if that is wanted; or pause."""
        if not self.player.is_playing and not self.player.is_loaded:
            self._get_ready()
            self.clock.setText(self.tr("Getting the audio ready…"))
        self.player.toggle(self._count() if self._settings.count_in else 0)

    def _count(self) -> int:
        """Return how many beats the bar has that is played next."""
        if self._song is None:
            return 0
        now = self.position + 0.05
        found = bars(self._song)
        bar = next((bar for bar in found if bar.end > now), None)
        return len(bar.beats) if bar is not None and bar.number else self._song.meter.numerator

    def seek(self, position: float) -> None:
        """Go to a place in the song; what is repeated from now on is the section there."""
        self.player.loop = None
        self.player.seek(position)
        self._set_loop()

    def repeat(self, start: float, end: float) -> None:
        """Go to `start`, and play up to `end` again and again, until it is switched off or left."""
        self._stretch = (start, end)
        self.loop.blockSignals(True)
        self.loop.setChecked(True)
        self.loop.blockSignals(False)
        self.seek(start)

    def close_player(self) -> None:
        """End the player, and what makes its audio."""
        if self._request is not None:
            self._request.stop()
        self.player.close()

    def _get_ready(self) -> None:
        """Have the audio decoded, if it is not yet."""
        if self._sounds is not None and self._request is None:
            self._request = self._sounds.ask(self._audio, self._load, self._say_missing)

    @Slot(object)
    def _load(self, wav: Path) -> None:
        self._request = None
        try:
            self.player.load(wav)
        except (OSError, ValueError) as error:
            self._say(self.tr("The audio cannot be played ({reason}).").format(reason=error))
            return
        self._tell(self.position)
        if self.player.is_silent and self.player.is_playing:
            self._say_silent()

    @Slot(str)
    def _say_missing(self, sentence: str) -> None:
        self._request = None  # so that it is asked for again
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        if self.player.is_playing:
            self.player.toggle()
            self.problem.emit(failure_words(sentence))

    def _say_silent(self) -> None:
        self.problem.emit(self.tr("There is no sound device. The chart follows in silence."))

    def _playing(self, playing: bool) -> None:
        self.play.setText(self.tr("Pause") if playing else self.tr("Play"))
        if playing and self.player.is_loaded and self.player.is_silent:
            self._say_silent()

    def _set_speed(self) -> None:
        self.player.speed = float(self.speed.currentData())

    def _change_speed(self, steps: int) -> None:
        self.speed.setCurrentIndex(max(0, min(self.speed.count() - 1, self.speed.currentIndex() + steps)))

    def _set_volumes(self) -> None:
        click = self._settings.click_volume if self.click.isChecked() else 0.0
        self.player.set_volumes(self._settings.song_volume, click)

    def _set_loop(self) -> None:
        """Repeat the stretch that was chosen, or else the section that is heard now."""
        if not self.loop.isChecked():
            self._stretch = None
        if self._song is None:
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
        self._loop_words = words
        self.loop.setAccessibleName(words)
        self.loop.setToolTip(f"{words} (R)")
        self.loop.setVisible(bool(self._stretch or (self._song and self._song.sections)))
        self._fit()

    def _fit(self) -> None:
        """Say it in as many words as there is room for."""
        self.loop.setText(self._loop_words)
        self.click.setText(self.tr("Metronome"))
        for control, short in ((self.loop, self.tr("Repeat")), (self.click, "♩")):
            if self._box.sizeHint().width() > self.width():
                control.setText(short)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @property
    def _beats(self) -> Sequence[float]:
        return self._song.beats if self._song else ()

    @property
    def _bars(self) -> Sequence[float]:
        return self._song.downbeats if self._song else ()

    def _step(self, steps: int, lines: Sequence[float]) -> None:
        """Go to the next or the last of these times; back from well within one, to its beginning first."""
        if not lines:
            return
        now = self.position
        passed = bisect_right(lines, now + 0.05)
        at = passed - 1 + steps
        if steps < 0 and passed and self._well_within(now, lines, passed - 1):
            at = passed - 1
        self.seek(lines[min(max(at, 0), len(lines) - 1)])

    def _well_within(self, now: float, lines: Sequence[float], place: int) -> bool:
        """Half a second after a line, or half of the way to the next; where it does not play, right after it."""
        until = lines[place + 1] if place + 1 < len(lines) else now + 1.0
        room = min(0.5, 0.5 * (until - lines[place])) if self.player.is_playing else 0.06
        return now - lines[place] > room

    def _tell(self, position: float) -> None:
        end = self._song.duration_sec if self._song else 0.0
        words = f"{duration_words(min(position, end))} / {duration_words(end)}"
        if words != self.clock.text():
            self.clock.setText(words)
