"""Lyrics as lines of words, and the chords that change over each word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from performia_desktop.songmap.model import Chord, Lyric, SongMap, active

_PAUSE: Final = 1.0  # seconds between words that begin a new line
_LONGEST: Final = 10  # words


@dataclass(frozen=True, slots=True)
class Word:
    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """`chords` are (index of the word it is sung on, chord); an index past the last word: after the line."""

    words: tuple[Word, ...]
    chords: tuple[tuple[int, Chord], ...]

    @property
    def start(self) -> float:
        return self.words[0].start

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def lines(song: SongMap) -> list[Line]:
    """Return the lyrics in lines, each with its chords: the one it begins on, and every change until the next line."""
    grouped = _lines(song.lyrics)
    ends = [*(line[0].start for line in grouped[1:]), song.duration_sec][: len(grouped)]
    return [Line(tuple(words), _chords(song.chords, words, end)) for words, end in zip(grouped, ends, strict=True)]


def _lines(lyrics: Sequence[Lyric]) -> list[list[Word]]:
    """Return words by lines; lyrics come as lines, or word by word."""
    sung = [lyric for lyric in lyrics if lyric.text.strip()]
    if any(len(lyric.text.split()) > 1 for lyric in sung):
        return [_words(lyric) for lyric in sung]
    grouped: list[list[Word]] = []
    for lyric in sung:
        word = Word(lyric.start, lyric.end, lyric.text.strip())
        if grouped and word.start - grouped[-1][-1].end < _PAUSE and len(grouped[-1]) < _LONGEST:
            grouped[-1].append(word)
        else:
            grouped.append([word])
    return grouped


def _words(lyric: Lyric) -> list[Word]:
    """Spread a line's words over its time by their lengths."""
    texts = lyric.text.split()
    total = sum(len(text) + 1 for text in texts)
    words, start = [], lyric.start
    for text in texts:
        end = start + (lyric.end - lyric.start) * (len(text) + 1) / total
        words.append(Word(round(start, 3), round(end, 3), text))
        start = end
    return words


def _chords(chords: tuple[Chord, ...], words: list[Word], end: float) -> tuple[tuple[int, Chord], ...]:
    first = active(chords, words[0].start)
    placed: list[tuple[int, Chord]] = [(0, chords[first])] if first is not None else []
    for chord in chords:
        if words[0].start < chord.start < end:
            # A change is sung on the word that it falls into, or on the next if it comes between two.
            place = next((i for i, word in enumerate(words) if chord.start < word.end), len(words))
            placed.append((place, chord))
    return tuple(placed)
