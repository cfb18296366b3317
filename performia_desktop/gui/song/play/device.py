"""The system's sound device.

Qt looks for libraries of the system's sound and video when its module is loaded and says which are not there. Nobody
needs that: what the user should know, the window says. `QT_LOGGING_RULES` in the environment brings it back.
"""

from __future__ import annotations

from typing import Final, Protocol

from PySide6.QtCore import QIODevice, QLoggingCategory

QLoggingCategory.setFilterRules("qt.multimedia.*=false")

from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices, QtAudio  # noqa: E402

FRAME_BYTES: Final = 4  # two channels of 16 bits
BUFFER_SEC: Final = 0.15


class Sink(Protocol):
    """What takes the frames."""

    def free(self) -> int:
        """Return how many frames it takes now."""

    def waiting(self) -> int:
        """Return how many it has that are not heard yet."""

    def write(self, pcm: bytes) -> int:
        """Take frames; return how many bytes were taken."""

    def close(self) -> None:
        """Stop at once; what was not heard yet is never heard."""

    def broken(self) -> bool:
        """Return whether it takes nothing any more, as when a device is unplugged."""


def there_is_one() -> bool:
    return not QMediaDevices.defaultAudioOutput().isNull()


class DeviceSink:
    """The system's own sound device."""

    def __init__(self, rate: int) -> None:
        """Raises OSError where it cannot be opened."""
        format_ = QAudioFormat()
        format_.setSampleRate(rate)
        format_.setChannelCount(2)
        format_.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._sink = QAudioSink(QMediaDevices.defaultAudioOutput(), format_)
        self._sink.setBufferSize(round(BUFFER_SEC * rate) * FRAME_BYTES)
        self._device: QIODevice | None = self._sink.start()
        if self._device is None:
            raise OSError("the sound device cannot be opened")

    def free(self) -> int:
        return self._sink.bytesFree() // FRAME_BYTES

    def waiting(self) -> int:
        return (self._sink.bufferSize() - self._sink.bytesFree()) // FRAME_BYTES

    def write(self, pcm: bytes) -> int:
        return int(self._device.write(pcm)) if self._device is not None else 0

    def close(self) -> None:
        self._device = None
        self._sink.reset()

    def broken(self) -> bool:
        return self._sink.state() == QtAudio.State.StoppedState
