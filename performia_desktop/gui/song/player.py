"""Plays a song's audio with a metronome, and knows to the millisecond what is heard.

The audio comes decoded (see `jobs.sounds`) and is mixed in a thread of its own; between two reports of what the
device has played, the clock goes on at the speed of the playback. Without a sound device it keeps time all the same,
silently.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from performia_desktop.gui.song.play import device

if TYPE_CHECKING:
    from performia_desktop.gui.song.play.mixer import Mixer
    from performia_desktop.gui.song.play.output import Output

SPEEDS: Final = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_FRAME_MS: Final = 16


class Player(QObject):
    """The audio of one song; positions are seconds. `load` it first: until then it only remembers."""

    moved = Signal(float)
    """The position, while playing once for each picture, and after every jump."""
    playing_changed = Signal(bool)
    problem = Signal(str)
    """A sentence: the audio cannot be heard."""
    _begin = Signal()
    _stop = Signal()
    _end = Signal()

    def __init__(self, latency: Callable[[], float] = lambda: 0.0, parent: QObject | None = None) -> None:
        """`latency` tells what the device takes from being handed a sound to its being heard, in seconds."""
        super().__init__(parent)
        self._latency = latency
        self._lock = threading.Lock()
        self._mixer: Mixer | None = None
        self._output: Output | None = None
        self._thread: QThread | None = None
        self._wanted = False  # to play, as soon as the audio is there
        self._playing = False
        self._counting_in = 0
        self._runs = 0
        self._rest = 0.0  # the position while it does not play
        self._heard: tuple[float, int] | None = None
        self._speed = 1.0
        self._loop: tuple[float, float] | None = None
        self._volumes = (1.0, 0.0)
        self._beats: tuple[Sequence[float], Sequence[float]] = ((), ())
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(lambda: self.moved.emit(self.position))

    # what it plays

    def load(self, wav: Path) -> None:
        """Have this audio: a WAV file of 16 bits. Raises OSError, ValueError."""
        from performia_desktop.gui.song.play.mixer import Mixer
        from performia_desktop.gui.song.play.output import Output
        from performia_desktop.gui.song.play.wav import open_wav

        pcm, rate = open_wav(wav)
        self._mixer = mixer = Mixer(pcm, rate)
        mixer.set_beats(*self._beats)
        mixer.speed, mixer.loop = self._speed, self._loop
        mixer.song_volume, mixer.click_volume = self._volumes
        self._thread = QThread(self)
        self._thread.setObjectName("player")
        self._output = Output(mixer, self._lock, device=not self.is_silent)
        self._output.moveToThread(self._thread)
        self._begin.connect(self._output.play)
        self._stop.connect(self._output.halt)
        self._end.connect(self._output.end)
        self._output.heard.connect(self._on_heard)
        self._output.ended.connect(self._on_ended)
        self._output.silent.connect(self._on_silent)
        self._thread.start(QThread.Priority.TimeCriticalPriority)
        if self._wanted:
            self._start()

    @property
    def is_loaded(self) -> bool:
        return self._mixer is not None

    @property
    def is_silent(self) -> bool:
        """There is no sound device."""
        return not device.there_is_one()

    @property
    def is_playing(self) -> bool:
        """It plays, or will as soon as its audio is there."""
        return self._playing or self._wanted

    @property
    def position(self) -> float:
        """What is heard now."""
        if not self._playing or self._mixer is None or self._heard is None:
            return self._rest
        at, frame = self._heard
        now = frame + (time.monotonic() - at - self._latency()) * self._mixer.rate
        return self._mixer.song_position(int(now))

    @property
    def speed(self) -> float:
        """1.0 is as recorded; slower keeps the pitch."""
        return self._speed

    @speed.setter
    def speed(self, value: float) -> None:
        if value != self._speed:
            self._speed = value
            self._change(lambda mixer: setattr(mixer, "speed", value))

    @property
    def loop(self) -> tuple[float, float] | None:
        """From where to where it plays again and again."""
        return self._loop

    @loop.setter
    def loop(self, value: tuple[float, float] | None) -> None:
        if value == self._loop:
            return
        self._loop = value
        mixer = self._mixer
        if mixer is None:
            return
        late = value is not None and self.position < value[1] <= mixer.position
        if late or (value is None and mixer.position < self.position):
            self._change(lambda mixer: setattr(mixer, "loop", value))  # it was mixed too far already
        else:
            with self._lock:
                mixer.loop = value

    def set_volumes(self, song: float, click: float) -> None:
        """How loud the song and the metronome are, 0-1."""
        self._volumes = (song, click)
        if self._mixer is not None:
            with self._lock:
                self._mixer.song_volume, self._mixer.click_volume = self._volumes

    def set_beats(self, beats: Sequence[float], downbeats: Sequence[float]) -> None:
        """Where the metronome ticks."""
        self._beats = (beats, downbeats)
        if self._mixer is not None:
            with self._lock:
                self._mixer.set_beats(beats, downbeats)

    # playing

    def toggle(self, count_in: int = 0) -> None:
        """Play, after so many beats of count-in; or pause."""
        if self.is_playing:
            self._pause()
        else:
            self._counting_in = count_in
            self._wanted = True
            if self._mixer is not None:
                self._start()
            self.playing_changed.emit(True)

    def seek(self, position: float) -> None:
        """Go on from there."""
        self._rest = max(0.0, position)
        if self._playing:
            self._change(None, self._rest)
        self.moved.emit(self._rest)

    def close(self) -> None:
        """End the thread and let go of the audio file."""
        self._timer.stop()
        self._playing = self._wanted = False
        if self._thread is not None:
            self._end.emit()
            self._thread.wait()
            self._thread.deleteLater()
            self._thread = None
        self._output = None
        self._mixer = None

    def _start(self) -> None:
        assert self._mixer is not None
        with self._lock:
            if self._rest >= self._mixer.duration - 0.01:
                self._rest = 0.0
            self._mixer.seek(self._rest)
            self._mixer.count_in(self._counting_in)
        self._wanted = False
        self._playing = True
        self._begin_anew()
        self._timer.start()

    def _pause(self) -> None:
        self._rest = self.position
        self._wanted = self._playing = False
        self._timer.stop()
        self._stop.emit()
        self.moved.emit(self._rest)
        self.playing_changed.emit(False)

    def _change(self, change: object, position: float | None = None) -> None:
        """Change what is mixed from what is heard now on; what waits in the device is not heard any more."""
        mixer = self._mixer
        if mixer is None:
            return
        here = self.position if position is None else position
        self._rest = here
        with self._lock:
            if callable(change):
                change(mixer)
            if self._playing:
                mixer.seek(here)
        if self._playing:
            self._begin_anew()

    def _begin_anew(self) -> None:
        self._runs += 1
        self._heard = None
        self._begin.emit()

    @Slot(object)
    def _on_heard(self, report: tuple[int, float, int]) -> None:
        if self._playing and report[0] == self._runs:  # no report of what was left in the meantime
            self._heard = report[1:]

    @Slot()
    def _on_ended(self) -> None:
        if self._playing:
            self._playing = False
            self._timer.stop()
            self._rest = 0.0
            self.moved.emit(0.0)
            self.playing_changed.emit(False)

    @Slot()
    def _on_silent(self) -> None:
        self.problem.emit(self.tr("The sound device cannot be opened. The song goes on in silence."))
