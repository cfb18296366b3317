"""A waveform at every zoom: from few blocks of much time to many of little, each half of the next."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performia_desktop.songmap.waveform import FULL, Waveform


class Pyramid:
    """`part` returns what is drawn of a stretch of time."""

    def __init__(self, waveform: Waveform) -> None:
        self._rate = waveform.rate
        peaks = waveform.peaks
        self._levels: list[NDArray[np.int8]] = [peaks]
        while len(peaks) > 256:
            even = peaks[: len(peaks) // 2 * 2].reshape(-1, 2, 2)
            halved = np.stack([even[:, :, 0].min(axis=1), even[:, :, 1].max(axis=1)], axis=1)
            peaks = np.concatenate([halved, peaks[-1:]]) if len(peaks) % 2 else halved
            self._levels.append(peaks)

    def part(
        self, start: float, end: float, scale: float
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Return times of the blocks between two times, and their lowest and highest, -1 to 1.

        `scale` is in pixels a second: a block is as wide as one to two pixels, or wider where there are no finer.
        """
        wanted = self._rate / max(scale, 1e-9)
        level = min(max(0, int(np.ceil(np.log2(max(wanted, 1e-9))))), len(self._levels) - 1)
        rate, peaks = self._rate / 2**level, self._levels[level]
        first = max(0, int(start * rate) - 1)
        last = min(len(peaks), int(end * rate) + 2)
        blocks = peaks[first:last].astype(np.float64) / FULL
        times = (np.arange(first, first + len(blocks)) + 0.5) / rate
        return times, blocks[:, 0], blocks[:, 1]
