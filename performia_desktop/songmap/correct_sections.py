"""Corrections of where sections begin and end: a boundary moved, a section split, two joined.

A boundary is meant by its time; a new analysis may have put it a bar elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Final

from performia_desktop.songmap.correction import Correction, nearest, require
from performia_desktop.songmap.model import SECTION_LABELS, Section, SongMap, active

_REACH: Final = 2.5
"""Seconds: what is farther away is another boundary."""
_SHORTEST: Final = 0.5
"""Seconds that a section lasts, at least."""


@dataclass(frozen=True, slots=True)
class MoveSection(Correction):
    """The section that begins at `time` begins at `to`; the one before ends there."""

    name: ClassVar[str] = "section-moved"
    time: float
    to: float

    def __post_init__(self) -> None:
        require(self.time >= 0 and self.to >= 0, self)

    def apply(self, song: SongMap) -> SongMap:
        index = _boundary(song, self.time)
        if index is None:
            return song
        before, after = song.sections[index - 1], song.sections[index]
        low, high = before.start + _SHORTEST, after.end - _SHORTEST
        if low > high:
            return song
        to = round(min(max(self.to, low), high), 3)
        pair = (replace(before, end=to), replace(after, start=to, conf=1.0))
        return replace(song, sections=(*song.sections[: index - 1], *pair, *song.sections[index + 1 :]))


@dataclass(frozen=True, slots=True)
class SplitSection(Correction):
    """At `time` another section begins, with this label."""

    name: ClassVar[str] = "section-split"
    time: float
    label: str

    def __post_init__(self) -> None:
        require(self.time >= 0 and self.label in SECTION_LABELS, self)

    def apply(self, song: SongMap) -> SongMap:
        whole = song.sections or (Section(0.0, song.duration_sec, self.label, 1.0),)
        time = round(self.time, 3)
        index = active(whole, time)
        if index is None:
            return song
        old = whole[index]
        if time - old.start < _SHORTEST or old.end - time < _SHORTEST:
            return song
        pair = (replace(old, end=time), Section(time, old.end, self.label, 1.0))
        return replace(song, sections=(*whole[:index], *pair, *whole[index + 1 :]))


@dataclass(frozen=True, slots=True)
class JoinSections(Correction):
    """At `time` no section begins: the one before goes on."""

    name: ClassVar[str] = "section-joined"
    time: float

    def apply(self, song: SongMap) -> SongMap:
        index = _boundary(song, self.time)
        if index is None:
            return song
        whole = replace(song.sections[index - 1], end=song.sections[index].end, conf=1.0)
        return replace(song, sections=(*song.sections[: index - 1], whole, *song.sections[index + 1 :]))


def _boundary(song: SongMap, time: float) -> int | None:
    """Return the index of the section that begins at about a time; the first begins nowhere else."""
    starts = [section.start for section in song.sections[1:]]
    if not starts:
        return None
    index = nearest(starts, time)
    return index + 1 if abs(starts[index] - time) <= _REACH else None
