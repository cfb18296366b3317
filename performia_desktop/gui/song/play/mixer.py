"""What is heard, sample by sample: the song at its speed and in its loop, and a metronome exactly on its beats.

Nothing here knows of devices or threads; whoever plays asks for the next frames. Times are seconds outside, frames
of the song inside; the output has the song's rate and two channels.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from performia_desktop.gui.song.play.stretch import HOP, SIZE, Samples, Stretch

Pcm = NDArray[np.int16]
"""Shape (frames, channels); may lie in a file."""

_SEAM_SEC: Final = 0.005
"""Where a loop goes round, the end fades into the beginning."""
_CLICK_SEC: Final = 0.04
_TRAIL: Final = 4096


def click(rate: int, *, accent: bool) -> NDArray[np.float32]:
    """Return a metronome's tick: a short decaying tone, higher and louder on the one."""
    t = np.arange(round(_CLICK_SEC * rate)) / rate
    tone = np.sin(2 * np.pi * (1600.0 if accent else 1000.0) * t) * np.exp(-t / 0.008)
    return (tone * (0.8 if accent else 0.55)).astype(np.float32)


class Mixer:
    """The stream of one song. `song_volume` and `click_volume` are 0-1."""

    def __init__(self, pcm: Pcm, rate: int) -> None:
        self.rate = rate
        self.song_volume = 1.0
        self.click_volume = 0.0
        self._pcm = pcm
        self._speed = 1.0
        self._loop: tuple[int, int] | None = None
        self._position = 0.0
        self._center = 0.0  # where the stretch reads
        self._stretch = Stretch(self._read)
        self._left: Samples = np.zeros((0, 2), np.float32)  # of the last frame of the stretch
        self._seam: Samples = np.zeros((0, 2), np.float32)  # the end of a loop, fading over its beginning
        self._beats: NDArray[np.int64] = np.zeros(0, np.int64)
        self._accents: frozenset[int] = frozenset()
        self._ticks = {accent: click(rate, accent=accent) for accent in (False, True)}
        self._sounding: list[
            tuple[NDArray[np.float32], int]
        ] = []  # ticks, and where in the next frames they go on
        self._lead: deque[tuple[int, bool]] = deque()  # the count-in: frames to wait, accent
        self._waiting = 0  # frames of the count-in that are left
        self._out = 0
        self._trail: deque[tuple[int, float, float]] = deque(maxlen=_TRAIL)  # output frame, song frame, speed

    # what is played

    @property
    def frames_out(self) -> int:
        """How many frames were rendered."""
        return self._out

    @property
    def position(self) -> float:
        """Where the next frame is from, in seconds."""
        return self._position / self.rate

    @property
    def duration(self) -> float:
        return len(self._pcm) / self.rate

    @property
    def ended(self) -> bool:
        return self._position >= len(self._pcm)

    @property
    def speed(self) -> float:
        return self._speed

    @speed.setter
    def speed(self, value: float) -> None:
        if value != self._speed:
            self._speed = value
            self._restart()

    @property
    def loop(self) -> tuple[float, float] | None:
        return None if self._loop is None else (self._loop[0] / self.rate, self._loop[1] / self.rate)

    @loop.setter
    def loop(self, value: tuple[float, float] | None) -> None:
        loop = (
            None
            if value is None
            else (round(value[0] * self.rate), min(round(value[1] * self.rate), len(self._pcm)))
        )
        loop = loop if loop is not None and loop[1] - loop[0] > SIZE // 4 else None
        if loop != self._loop:
            self._loop = loop
            self._restart()

    def set_beats(self, beats: Sequence[float], downbeats: Sequence[float]) -> None:
        """Have the metronome tick there, with an accent on the downbeats."""
        self._beats = np.array([round(time * self.rate) for time in beats], np.int64)
        self._accents = frozenset(round(time * self.rate) for time in downbeats)

    def seek(self, position: float) -> None:
        """Go on from there; a count-in that was under way is over."""
        self._position = min(max(0.0, position * self.rate), float(len(self._pcm)))
        self._waiting = 0
        self._lead.clear()
        self._sounding.clear()
        self._seam = self._seam[:0]
        self._trail.clear()
        self._restart()

    def count_in(self, beats: int) -> None:
        """Tick so many beats, at the pace of those that follow, before the song goes on."""
        later = self._beats[np.searchsorted(self._beats, self._position - 0.02 * self.rate) :][:2]
        if len(later) < 2 or beats < 1:
            return
        step = round(float(later[1] - later[0]) / self._speed)
        rest = round(max(0.0, float(later[0]) - self._position) / self._speed)
        total = max(0, beats * step - rest)
        self._lead = deque((n * step, n == 0) for n in range(beats) if n * step < total)
        self._waiting = total
        self._note()

    def song_position(self, frame: int) -> float:
        """Return which second of the song an output frame is of."""
        trail = self._trail
        index = bisect_right(trail, frame, key=lambda entry: entry[0]) - 1
        if index < 0:
            return self.position if not trail else trail[0][1] / self.rate
        out, song, speed = trail[index]
        until = trail[index + 1][0] if index + 1 < len(trail) else self._out
        return (song + min(frame - out, until - out) * speed) / self.rate

    # rendering

    def render(self, count: int) -> NDArray[np.int16]:
        """Return the next frames, shape (n, 2); fewer than `count` only at the end of the song."""
        pieces = []
        done = 0
        while done < count:
            piece = self._silence(count - done) if self._waiting else self._song(count - done)
            if not len(piece):
                break
            pieces.append(piece)
            done += len(piece)
        mixed = np.concatenate(pieces) if pieces else np.zeros((0, 2), np.float32)
        pcm: NDArray[np.int16] = np.rint(mixed.clip(-1.0, 1.0) * 32767).astype(np.int16)
        return pcm

    def _silence(self, count: int) -> Samples:
        """Return the next frames of the count-in."""
        count = min(count, self._waiting)
        out = np.zeros((count, 2), np.float32)
        while self._lead and self._lead[0][0] < count:
            at, accent = self._lead.popleft()
            self._sounding.append((self._ticks[accent], at))
        self._lead = deque((at - count, accent) for at, accent in self._lead)
        self._waiting -= count
        self._tick(out, max(self.click_volume, 0.5))
        self._out += count
        if not self._waiting:
            self._note()
        return out

    def _song(self, count: int) -> Samples:
        """Return the next frames of the song, up to where it ends or a loop goes round."""
        stop = self._stop()
        left = int(np.ceil((stop - self._position) / self._speed))
        count = min(count, left)
        if count <= 0:
            return np.zeros((0, 2), np.float32)
        before = self._position
        if self._speed == 1.0:
            out = self._read(round(self._position), count)
            self._lay_seam(out)
        else:
            out = self._stretched(count)
        out = out * np.float32(self.song_volume)
        self._position = before + count * self._speed
        first, last = np.searchsorted(self._beats, (before, min(self._position, stop)))
        for beat in self._beats[first:last].tolist():
            at = min(count - 1, round((beat - before) / self._speed))
            self._sounding.append((self._ticks[beat in self._accents], at))
        self._tick(out, self.click_volume)
        self._out += count
        if self._loop is not None and self._position >= stop == self._loop[1]:
            self._go_round()
        return out

    def _stop(self) -> int:
        if self._loop is not None and self._position < self._loop[1]:
            return self._loop[1]
        return len(self._pcm)

    def _go_round(self) -> None:
        assert self._loop is not None
        start, end = self._loop
        if self._speed == 1.0:
            tail = self._read(end, round(_SEAM_SEC * self.rate))
            self._seam = tail * np.linspace(1, 0, len(tail), endpoint=False, dtype=np.float32)[:, None]
        self._position = start + (self._position - end)
        self._note()

    def _lay_seam(self, out: Samples) -> None:
        """Fade from the end of the loop, which is still to be heard, into its beginning."""
        n = min(len(out), len(self._seam))
        if n:
            whole = round(_SEAM_SEC * self.rate)
            done = whole - len(self._seam)
            out[:n] *= (np.arange(done, done + n, dtype=np.float32) / whole)[:, None]
            out[:n] += self._seam[:n]
            self._seam = self._seam[n:]

    def _stretched(self, count: int) -> Samples:
        if self._stretch.fresh:
            # what the window needs to be full at the first frame is played in silence
            self._center = self._position + (HOP - SIZE + SIZE // 2) * self._speed
            for _ in range(SIZE // HOP - 1):
                self._stretch.frame(self._center)
                self._center += HOP * self._speed
        while len(self._left) < count:
            self._left = np.concatenate([self._left, self._stretch.frame(self._center)])
            before, self._center = self._center, self._center + HOP * self._speed
            if self._loop is not None and before < self._loop[1] <= self._center:
                self._center -= self._loop[1] - self._loop[0]
        out, self._left = self._left[:count], self._left[count:]
        return out

    def _restart(self) -> None:
        self._stretch.reset()
        self._left = self._left[:0]
        self._note()

    def _note(self) -> None:
        """Write down from where the next frames are; in a count-in the song stands still."""
        self._trail.append((self._out, self._position, 0.0 if self._waiting else self._speed))

    def _tick(self, out: Samples, volume: float) -> None:
        """Let the ticks sound, those that go on and those that begin in these frames."""
        going = []
        for tick, at in self._sounding:
            begin = max(0, -at)  # so much of it was heard before
            place = max(0, at)
            n = min(len(tick) - begin, len(out) - place)
            if n > 0:
                out[place : place + n] += (tick[begin : begin + n] * np.float32(volume))[:, None]
            if at + len(tick) > len(out):
                going.append((tick, at - len(out)))
        self._sounding = going

    def _read(self, start: int, count: int) -> Samples:
        """Return frames of the song in two channels, zeros outside."""
        out = np.zeros((count, 2), np.float32)
        a, b = max(0, start), min(len(self._pcm), start + count)
        if b > a:
            out[a - start : b - start] = self._pcm[a:b, :2] * np.float32(1 / 32768)
        return out
