"""Plays a song's audio, and knows to the millisecond what is heard.

QMediaPlayer tells its position some ten times a second only; between two reports the clock goes on at the speed of
the playback. Without a sound device it keeps time all the same, silently.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLoggingCategory, QObject, QTimer, QUrl, Signal
from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer

SPEEDS: Final = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_FRAME_MS: Final = 16
# What the user should know comes by `problem`; which sound libraries were looked for is nobody's business.
QLoggingCategory.setFilterRules("qt.multimedia.*=false")


class Player(QObject):
    """The audio of one song; positions are seconds."""

    moved = Signal(float)
    """The position, while playing once for each picture, and after every jump."""
    playing_changed = Signal(bool)
    problem = Signal(str)
    """A sentence: the audio cannot be heard."""

    def __init__(self, audio: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = QMediaPlayer(self)
        self._output = QAudioOutput(self)
        self._player.setAudioOutput(self._output)
        self._player.setPitchCompensation(True)
        self._reported = 0.0  # the last position it told, and when
        self._at = time.monotonic()
        self._loop: tuple[float, float] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._tick)
        self._player.positionChanged.connect(self._on_position)
        self._player.playbackStateChanged.connect(self._on_state)
        self._player.errorOccurred.connect(self._on_error)
        self._player.setSource(QUrl.fromLocalFile(str(audio)))

    @property
    def is_silent(self) -> bool:
        """There is no sound device."""
        return QMediaDevices.defaultAudioOutput().isNull()

    @property
    def is_playing(self) -> bool:
        return self._player.playbackState() is QMediaPlayer.PlaybackState.PlayingState

    @property
    def position(self) -> float:
        """What is heard now."""
        if not self.is_playing:
            return self._reported
        return self._reported + (time.monotonic() - self._at) * self.speed

    @property
    def speed(self) -> float:
        """1.0 is as recorded; slower keeps the pitch."""
        return self._player.playbackRate()

    @speed.setter
    def speed(self, value: float) -> None:
        self._note(self.position)
        self._player.setPlaybackRate(value)

    @property
    def loop(self) -> tuple[float, float] | None:
        """From where to where it plays again and again."""
        return self._loop

    @loop.setter
    def loop(self, value: tuple[float, float] | None) -> None:
        self._loop = value

    def toggle(self) -> None:
        """Play, or pause."""
        if self.is_playing:
            self._note(self.position)
            self._player.pause()
        else:
            self._player.play()

    def seek(self, position: float) -> None:
        """Go on from there."""
        self._note(max(0.0, position))
        self._player.setPosition(round(self._reported * 1000))
        self.moved.emit(self._reported)

    def close(self) -> None:
        """Let go of the audio file."""
        self._timer.stop()
        self._player.stop()
        self._player.setSource(QUrl())

    def _note(self, position: float) -> None:
        self._reported, self._at = position, time.monotonic()

    def _on_position(self, milliseconds: int) -> None:
        if self.is_playing:
            self._note(milliseconds / 1000)

    def _on_state(self, state: QMediaPlayer.PlaybackState) -> None:
        playing = state is QMediaPlayer.PlaybackState.PlayingState
        self._at = time.monotonic()
        (self._timer.start if playing else self._timer.stop)()
        if state is QMediaPlayer.PlaybackState.StoppedState:  # at the end
            self._note(0.0)
        self.moved.emit(self._reported)
        self.playing_changed.emit(playing)

    def _tick(self) -> None:
        position = self.position
        if self._loop is not None and position >= self._loop[1]:
            self.seek(self._loop[0])
        else:
            self.moved.emit(position)

    def _on_error(self, _error: QMediaPlayer.Error, reason: str) -> None:
        sentence = self.tr("The audio cannot be played ({reason}). See that the file is still where it was.")
        self.problem.emit(sentence.format(reason=reason.rstrip(".")))
