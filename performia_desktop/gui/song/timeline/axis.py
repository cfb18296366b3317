"""Which second is at which pixel."""

from __future__ import annotations

from typing import Final

CLOSEST: Final = 640.0
"""Pixels a second, at most: a beat at 120 BPM is then as wide as a hand."""
_TURN_AT: Final = 0.92
_TURN_TO: Final = 0.08


class Axis:
    """A stretch of time over a width; it never shows what is before the song or after it.

    `left` is the time at pixel 0, `scale` is in pixels a second. The song is moved by whole pixels, so that what is
    drawn looks the same wherever it stands.
    """

    def __init__(self) -> None:
        self.duration = 1.0
        self.width = 1.0
        self.scale = 1.0
        self.left = 0.0

    @property
    def right(self) -> float:
        """The time at the right edge."""
        return self.left + self.width / self.scale

    @property
    def smallest(self) -> float:
        """The scale at which the whole song is seen."""
        return self.width / self.duration

    @property
    def whole(self) -> bool:
        """The whole song is seen."""
        return self.scale <= self.smallest * 1.0001

    def x(self, time: float) -> float:
        return (time - self.left) * self.scale

    def time(self, x: float) -> float:
        return self.left + x / self.scale

    def set_duration(self, duration: float) -> None:
        """Have a song of another length, and see all of it."""
        self.duration = max(duration, 0.001)
        self.fit()

    def resize(self, width: float) -> None:
        """Have another width: the whole song stays whole, a part begins where it began."""
        whole = self.whole
        self.width = max(1.0, width)
        if whole:
            self.fit()
        else:
            self._put(self.left, self.scale)

    def fit(self) -> None:
        """Show the whole song."""
        self._put(0.0, self.smallest)

    def begin(self, second: float) -> None:
        """Show the beginning, a second as wide as so many pixels if the song does not fit like that."""
        self._put(0.0, second)

    def show(self, start: float, end: float) -> None:
        """Show a stretch of time with a little room around it."""
        length = max(end - start, 0.05) * 1.04
        self._put((start + end) / 2 - length / 2, self.width / length)

    def zoom(self, factor: float, x: float) -> None:
        """See less or more, the time at pixel `x` staying there."""
        fixed = self.time(x)
        scale = min(max(self.scale * factor, self.smallest), max(CLOSEST, self.smallest))
        self._put(fixed - x / scale, scale)

    def pan(self, pixels: float) -> None:
        """Go to the right by so many pixels."""
        self._put(self.left + pixels / self.scale, self.scale)

    def go(self, left: float) -> None:
        """Begin at this time."""
        self._put(left, self.scale)

    def turn(self, time: float) -> bool:
        """Turn the page if a playing song is about to leave it, or is not on it; return whether it was turned."""
        x = self.x(time)
        if self.whole or 0 <= x <= self.width * _TURN_AT:
            return False
        before = self.left
        self._put(time - _TURN_TO * self.width / self.scale, self.scale)
        return self.left != before

    def reveal(self, start: float, end: float) -> None:
        """Bring a stretch of time into sight, with as little way as there is."""
        room = 0.08 * self.width / self.scale
        if start - room < self.left:
            self.go(start - room)
        elif end + room > self.right:
            self.go(min(end + room - self.width / self.scale, start - room))

    def _put(self, left: float, scale: float) -> None:
        self.scale = min(max(scale, self.smallest), max(CLOSEST, self.smallest))
        most = self.duration - self.width / self.scale
        pixels = round(min(max(left, 0.0), max(most, 0.0)) * self.scale)
        self.left = pixels / self.scale
