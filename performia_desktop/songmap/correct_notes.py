"""Corrections of notes and of words: one that is there, one that is not.

What is put somewhere takes the place of what was there; what was longer goes on around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Final, TypeVar

from performia_desktop.songmap.correction import Correction, require
from performia_desktop.songmap.model import Lyric, Note, SongMap

PARTS: Final = ("melody", "bass")
_SHORTEST: Final = 0.03
"""Seconds: what is left of a note that is shorter than this is nothing."""
_Span = TypeVar("_Span", Note, Lyric)


@dataclass(frozen=True, slots=True)
class SetNote(Correction):
    """From `start` to `end` a part plays this note."""

    name: ClassVar[str] = "note"
    part: str
    start: float
    end: float
    midi: int

    def __post_init__(self) -> None:
        require(self.part in PARTS and 0 <= self.midi <= 127, self)
        require(0 <= self.start <= self.end - _SHORTEST, self)

    def apply(self, song: SongMap) -> SongMap:
        span = _within(song, self.start, self.end)
        if span is None:
            return song
        notes: tuple[Note, ...] = getattr(song, self.part)
        return _with_part(song, self.part, _put(notes, Note(*span, self.midi, 1.0)))


@dataclass(frozen=True, slots=True)
class RemoveNote(Correction):
    """The note that a part plays at `time` is none."""

    name: ClassVar[str] = "note-removed"
    part: str
    time: float

    def __post_init__(self) -> None:
        require(self.part in PARTS, self)

    def apply(self, song: SongMap) -> SongMap:
        notes: tuple[Note, ...] = getattr(song, self.part)
        kept = tuple(note for note in notes if not note.start <= self.time < note.end)
        return _with_part(song, self.part, kept)


@dataclass(frozen=True, slots=True)
class SetLyric(Correction):
    """From `start` to `end` these words are sung, or none if there are none."""

    name: ClassVar[str] = "lyric"
    start: float
    end: float
    text: str

    def __post_init__(self) -> None:
        require(isinstance(self.text, str) and len(self.text) <= 1000, self)
        require(0 <= self.start <= self.end - _SHORTEST, self)

    def apply(self, song: SongMap) -> SongMap:
        span = _within(song, self.start, self.end)
        if span is None:
            return song
        words = Lyric(*span, self.text.strip(), 1.0)
        put = _put(song.lyrics, words)
        return replace(song, lyrics=put if words.text else tuple(lyric for lyric in put if lyric is not words))


def _within(song: SongMap, start: float, end: float) -> tuple[float, float] | None:
    """Return a span in the map's precision, cut at the song's end; None where too little of it is left."""
    start, end = round(start, 3), round(min(end, song.duration_sec), 3)
    return (start, end) if end - start >= _SHORTEST else None


def _with_part(song: SongMap, part: str, notes: tuple[Note, ...]) -> SongMap:
    return replace(song, melody=notes) if part == "melody" else replace(song, bass=notes)


def _put(spans: Sequence[_Span], new: _Span) -> tuple[_Span, ...]:
    """Return the spans with a new one among them, the others cut where it is.

    What keeps less than half of itself goes: a word is not half there, and the rest of a note would be a stutter.
    """
    kept: list[_Span] = [new]
    for span in spans:
        for start, end in ((span.start, min(span.end, new.start)), (max(span.start, new.end), span.end)):
            if end - start >= max(_SHORTEST, (span.end - span.start) / 2):
                kept.append(replace(span, start=start, end=end))
                break
    return tuple(sorted(kept, key=lambda span: span.start))
