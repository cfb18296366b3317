"""Corrections of single beats: one added, moved or taken away.

A beat is meant by its time; a new analysis may have put it a little elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Final

from performia_desktop.songmap.correction import Correction, nearest, require
from performia_desktop.songmap.model import SongMap

_REACH: Final = 0.12
"""Seconds: what is farther away is another beat."""
_ROOM: Final = 0.05
"""Seconds between two beats, at least."""


@dataclass(frozen=True, slots=True)
class AddBeat(Correction):
    """There is a beat at `time`; where one is already, nothing changes."""

    name: ClassVar[str] = "beat-added"
    time: float

    def __post_init__(self) -> None:
        require(self.time >= 0, self)

    def apply(self, song: SongMap) -> SongMap:
        time = round(self.time, 3)
        if time > song.duration_sec or any(abs(beat - time) < _ROOM for beat in song.beats):
            return song
        return replace(song, beats=tuple(sorted((*song.beats, time))))


@dataclass(frozen=True, slots=True)
class MoveBeat(Correction):
    """The beat at `time` is at `to`, as far as its neighbours let it."""

    name: ClassVar[str] = "beat-moved"
    time: float
    to: float

    def __post_init__(self) -> None:
        require(self.time >= 0 and self.to >= 0, self)

    def apply(self, song: SongMap) -> SongMap:
        index = _meant(song, self.time)
        if index is None:
            return song
        beats = list(song.beats)
        low = beats[index - 1] + _ROOM if index else 0.0
        high = beats[index + 1] - _ROOM if index + 1 < len(beats) else song.duration_sec
        if low > high:
            return song
        was, beats[index] = beats[index], round(min(max(self.to, low), high), 3)
        bars = tuple(beats[index] if time == was else time for time in song.downbeats)
        return replace(song, beats=tuple(beats), downbeats=bars)


@dataclass(frozen=True, slots=True)
class RemoveBeat(Correction):
    """The beat at `time` is none; if a bar began there, it begins on the next beat."""

    name: ClassVar[str] = "beat-removed"
    time: float

    def apply(self, song: SongMap) -> SongMap:
        index = _meant(song, self.time)
        if index is None:
            return song
        gone = song.beats[index]
        beats = (*song.beats[:index], *song.beats[index + 1 :])
        bars = set(song.downbeats)
        if gone in bars:
            bars.remove(gone)
            if index < len(beats):
                bars.add(beats[index])
        return replace(song, beats=beats, downbeats=tuple(sorted(bars)))


def _meant(song: SongMap, time: float) -> int | None:
    if not song.beats:
        return None
    index = nearest(song.beats, time)
    return index if abs(song.beats[index] - time) <= _REACH else None
