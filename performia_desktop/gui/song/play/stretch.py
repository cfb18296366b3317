"""Slower at the same pitch: a phase vocoder whose bins follow the peaks they belong to.

Each output frame is the spectrum of the song at its own time, turned so that every peak goes on where it was left:
Laroche & Dolson, "Improved phase vocoder time-scale modification of audio", IEEE Trans. Speech and Audio Proc. 7(3),
1999. All channels are turned alike, which keeps the stereo picture. At an attack the phases are the song's own again
(Röbel, DAFx 2003, in its simplest form), so that drums stay drums.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Shape (frames, channels), full scale at 1."""

SIZE: Final = 4096
"""Frames of a spectrum: 93 ms at 44.1 kHz."""
HOP: Final = SIZE // 4
_ATTACK: Final = 4.0
"""An attack is where the energy of the upper spectrum grows so many times from one hop to the next."""
_UPPER: Final = SIZE // 20


class Stretch:
    """Turns a song, read by time, into a stream at another speed."""

    def __init__(self, read: Callable[[int, int], Samples]) -> None:
        """`read(start, count)` returns so many frames of the song, zeros where it has none."""
        self._read = read
        self._window = np.hanning(SIZE + 1)[:SIZE].astype(np.float32)[:, None]
        self._scale = np.float32(1 / 1.5)  # the sum of squared windows, a quarter apart
        self._tail: Samples | None = None
        self._last: NDArray[np.complex64] | None = None

    def reset(self) -> None:
        """Forget what was played: the next frame is the first."""
        self._tail = None
        self._last = None

    @property
    def fresh(self) -> bool:
        return self._tail is None

    def frame(self, center: float) -> Samples:
        """Add the song around a time (in frames) and return the next HOP frames of output."""
        at = round(center) - SIZE // 2
        spectrum = self._spectrum(at)
        if self._last is not None:
            spectrum = spectrum * self._turn(spectrum, self._spectrum(at - HOP))
        self._last = spectrum
        piece = np.fft.irfft(spectrum, axis=0).astype(np.float32) * self._window * self._scale
        if self._tail is None:
            self._tail = np.zeros_like(piece)
        summed = self._tail + piece
        self._tail = np.concatenate([summed[HOP:], np.zeros_like(summed[:HOP])])
        return summed[:HOP]

    def _spectrum(self, at: int) -> NDArray[np.complex64]:
        return np.fft.rfft(self._read(at, SIZE) * self._window, axis=0).astype(np.complex64)

    def _turn(self, now: NDArray[np.complex64], before: NDArray[np.complex64]) -> NDArray[np.complex64]:
        """Return the factor of each bin, shape (bins, 1), that lets its peak go on from the last output."""
        power = (now.real**2 + now.imag**2).sum(axis=1)
        old = (before[_UPPER:].real ** 2 + before[_UPPER:].imag ** 2).sum()
        ones = np.ones((len(power), 1), np.complex64)
        if power[_UPPER:].sum() > _ATTACK * old + 1e-9:
            return ones
        inner = power[2:-2]
        higher = (inner > power[1:-3]) & (inner >= power[3:-1]) & (inner > power[:-4]) & (inner >= power[4:])
        peaks = np.flatnonzero(higher) + 2
        if not len(peaks):
            return ones
        assert self._last is not None
        turn = (self._last[peaks] * before[peaks].conj()).sum(axis=1)
        size = np.abs(turn)
        turn = np.where(size > 1e-12, turn / np.maximum(size, 1e-12), 1.0)
        nearest = np.searchsorted((peaks[1:] + peaks[:-1]) / 2, np.arange(len(power)))
        return turn[nearest].astype(np.complex64)[:, None]
