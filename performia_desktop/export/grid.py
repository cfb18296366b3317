"""Seconds to quarter notes: the beats of a song as the grid of a score.

Beats stand where they were played, so a score's tempo follows them; between two beats time runs evenly. The meter
says how many quarters a beat is: one in 4/4, one and a half in 6/8.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from fractions import Fraction

from performia_desktop.export.options import ExportError
from performia_desktop.songmap.bars import Bar, bars
from performia_desktop.songmap.model import SongMap


class Grid:
    """The beats of a song.

    Attributes
    ----------
    bars : with the pickup, if there is one
    beats_per_bar : of most bars
    quarters_per_beat
    interval : seconds of the usual beat
    """

    def __init__(self, song: SongMap) -> None:
        """Raises ExportError where the song has fewer than two beats."""
        if len(song.beats) < 2:
            raise ExportError("No beats were found in this song, so it cannot be written as bars.")
        self._beats = song.beats
        self.bars: list[Bar] = bars(song)
        full = [len(bar.beats) for bar in self.bars[:-1] if bar.number]
        per_bar = Counter(full).most_common(1)[0][0] if full else song.meter.numerator
        self.beats_per_bar = per_bar
        self.quarters_per_beat = Fraction(song.meter.numerator * 4, song.meter.denominator * per_bar)
        self.denominator = song.meter.denominator
        intervals = sorted(b - a for a, b in zip(song.beats, song.beats[1:], strict=False))
        self.interval = intervals[len(intervals) // 2]

    def beat(self, time: float) -> float:
        """Return a time in beats from the first one; before it and after the last, at the pace of what is next."""
        beats = self._beats
        index = bisect_right(beats, time) - 1
        if index < 0:
            return (time - beats[0]) / (beats[1] - beats[0])
        index = min(index, len(beats) - 2)
        return index + (time - beats[index]) / (beats[index + 1] - beats[index])

    def quarter(self, time: float) -> float:
        """Return a time in quarter notes from the first beat."""
        return self.beat(time) * float(self.quarters_per_beat)

    def numerator(self, beats: int) -> int | None:
        """Return the numerator of a bar of so many beats, None where the meter cannot say that."""
        count = beats * self.quarters_per_beat * self.denominator / 4
        return int(count) if count.denominator == 1 and count > 0 else None
