"""Hands what is mixed to the sound device, in a thread of its own, and knows what is heard of it.

Without a device the same stream runs against the clock, unheard: bars and pages go by as if it were.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from performia_desktop.gui.song.play.device import BUFFER_SEC, FRAME_BYTES, DeviceSink, Sink
from performia_desktop.gui.song.play.mixer import Mixer

_PUMP_MS: Final = 10
_AT_ONCE: Final = 4096


class ClockSink:
    """No device: frames are used up as time goes by."""

    def __init__(self, rate: int, now: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._now = now
        self._begun = now()
        self._written = 0
        self._size = round(BUFFER_SEC * rate)

    def waiting(self) -> int:
        return max(0, self._written - int((self._now() - self._begun) * self._rate))

    def free(self) -> int:
        return max(0, self._size - self.waiting())

    def write(self, pcm: bytes) -> int:
        late = int((self._now() - self._begun) * self._rate) - self._written
        if late > 0:  # nothing was there to be used up in the meantime
            self._begun += late / self._rate
        self._written += len(pcm) // FRAME_BYTES
        return len(pcm)

    def close(self) -> None:
        self._written = 0

    def broken(self) -> bool:
        return False


class Output(QObject):
    """Pumps a mixer into a sink. Lives in its own thread; the slots are for queued signals.

    `lock` is held while the mixer is at work; whoever changes the mixer holds it.
    """

    heard = Signal(object)
    """(which `play` it belongs to, monotonic time, output frame that is heard then)."""
    ended = Signal()
    """The last frame of the song was heard."""
    silent = Signal()
    """There is no device, or it went away: the song goes on unheard."""

    def __init__(self, mixer: Mixer, lock: Lock, device: bool) -> None:
        super().__init__()
        self._mixer = mixer
        self._lock = lock
        self._device = device
        self._sink: Sink | None = None
        self._rest = b""
        self._runs = 0
        self._timer: QTimer | None = None

    @Slot()
    def play(self) -> None:
        """Begin, or begin anew with what the mixer has next: what waited in the device is not heard."""
        self.halt()
        self._runs += 1
        if self._device:
            try:
                self._sink = DeviceSink(self._mixer.rate)
            except OSError:
                self._device = False
                self.silent.emit()
        if self._sink is None:
            self._sink = ClockSink(self._mixer.rate)
        if self._timer is None:
            self._timer = QTimer(self)
            self._timer.setInterval(_PUMP_MS)
            self._timer.timeout.connect(self.pump)
        self.pump()
        self._timer.start()

    @Slot()
    def halt(self) -> None:
        """Stop at once."""
        if self._timer is not None:
            self._timer.stop()
        if self._sink is not None:
            self._sink.close()
            self._sink = None
        self._rest = b""

    @Slot()
    def end(self) -> None:
        """Stop for good, and end the thread: what belongs to it goes in it."""
        self.halt()
        if self._timer is not None:
            self._timer.deleteLater()
            self._timer = None
        self.thread().quit()

    @Slot()
    def pump(self) -> None:
        """Fill the sink, and tell what is heard."""
        sink = self._sink
        if sink is None:
            return
        if sink.broken():
            sink.close()
            self._device = False
            self._sink = sink = ClockSink(self._mixer.rate)  # from what would have come next
            self.silent.emit()
        drained = False
        # asked once: while it is filled, some is heard, and there would always be a little room
        free = sink.free()
        while free > 0:
            if not self._rest:
                with self._lock:
                    self._rest = self._mixer.render(min(free, _AT_ONCE)).tobytes()
                if not self._rest:
                    drained = True
                    break
            taken = sink.write(self._rest[: free * FRAME_BYTES])
            if taken <= 0:
                break
            self._rest = self._rest[taken:]
            free -= taken // FRAME_BYTES
        now, waiting = time.monotonic(), sink.waiting()
        unsent = len(self._rest) // FRAME_BYTES
        self.heard.emit((self._runs, now, self._mixer.frames_out - waiting - unsent))
        if drained and waiting <= 0:
            self.halt()
            self.ended.emit()
