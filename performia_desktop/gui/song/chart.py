"""A song as musicians write it down: sections, bars, the chords where they change, and the words under them.

Which chord is on which beat, `songmap.bars` decides, and `export.lines` which words make a line; here chords get
their names (or degrees, in the key and with the capo that the player wants), and everything its place under a heading.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from PySide6.QtCore import QCoreApplication

from performia_desktop.export.lines import Line, lines
from performia_desktop.songmap import bars as bars_
from performia_desktop.songmap.bars import bars, by_section, ordinals
from performia_desktop.songmap.chord import display, spelling
from performia_desktop.songmap.degrees import degree
from performia_desktop.songmap.model import Chord, Section, SongMap, active
from performia_desktop.songmap.transpose import respelled, transposed

_tr = QCoreApplication.translate
_BARS_IN_A_LINE = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """How the player reads the song: `naming` as in `songmap.degrees.NAMINGS`, `transpose` in semitones up.

    With a capo (its fret), chords are the shapes that the hand plays. `accidentals`: sharps or flats, as in
    `songmap.chord.ACCIDENTALS`.
    """

    naming: str = "names"
    transpose: int = 0
    capo: int = 0
    accidentals: str = "key"

    def played(self, song: SongMap) -> SongMap:
        """Return the song as the hand plays it."""
        return respelled(transposed(song, self.transpose - self.capo), self.accidentals)


@dataclass(frozen=True, slots=True)
class Bar:
    """`number` counts from 1, 0 is a pickup; `chords` are (beat from 0, name); no chords: as the bar before."""

    number: int
    start: float
    end: float
    beats: int
    chords: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word (or none) and the chord (or none) that stands over its beginning."""

    chord: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A bar in a row, or the part of it that belongs to a line of the lyrics; without words in a row of bars."""

    bar: Bar
    start: float
    end: float
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """Bars that stand in lines of equal bars; or, `sung`, one line of the lyrics."""

    cells: tuple[Cell, ...]
    sung: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of bars under one heading; `label` is the section's, "" where the song has none."""

    heading: str
    label: str
    start: float
    end: float
    rows: tuple[Row, ...]

    @property
    def bars(self) -> list[Bar]:
        return list(dict.fromkeys(cell.bar for row in self.rows for cell in row.cells))


def section_words(label: str) -> str:
    """Return a section's name as it is shown."""
    return {
        "intro": _tr("sections", "Intro"),
        "verse": _tr("sections", "Verse"),
        "pre-chorus": _tr("sections", "Pre-chorus"),
        "chorus": _tr("sections", "Chorus"),
        "bridge": _tr("sections", "Bridge"),
        "solo": _tr("sections", "Solo"),
        "interlude": _tr("sections", "Interlude"),
        "outro": _tr("sections", "Outro"),
    }.get(label, label)


def headings(sections: tuple[Section, ...]) -> list[str]:
    """Return each section's heading, numbered where its name comes more than once: Verse 1, Verse 2."""
    return [
        f"{section_words(section.label)} {number}" if number else section_words(section.label)
        for section, number in zip(sections, ordinals(sections), strict=True)
    ]


def chart(song: SongMap, reading: Reading = Reading()) -> list[Part]:
    """Return the song's parts with their bars; an empty list where no bars were found."""
    played = reading.played(song)
    found = bars(played)
    if not found:
        return []
    sections = played.sections or (Section(0.0, played.duration_sec, "", 0.0),)
    groups = by_section(played, found) if played.sections else [found]
    names = headings(played.sections) or [""]
    sung = lines(played)
    parts = []
    for name, section, group in zip(names, sections, groups, strict=True):
        own = [line for line in sung if section.start <= line.start < section.end]
        parts.append(
            Part(name, section.label, section.start, section.end, _rows(_Named(played, reading), group, own))
        )
    return parts


def chord_names(song: SongMap, reading: Reading) -> dict[str, str]:
    """Return the names of all chords in order of their coming, each with its label as the hand plays it."""
    played = reading.played(song)
    named = _Named(played, replace(reading, naming="names"))
    return {named.name(chord): chord.label for chord in played.chords if chord.label not in {"N", "X"}}


class _Named:
    """Gives chords their names."""

    def __init__(self, song: SongMap, reading: Reading) -> None:
        self._song = song
        self._reading = reading

    def name(self, chord: Chord | None) -> str:
        """Return what stands on the chart; empty where nothing is known."""
        if chord is None:
            return ""
        index = active(self._song.key, chord.start)
        key = self._song.key[index] if index is not None else None
        reading = self._reading
        if key is not None and reading.naming != "names":
            name = degree(chord.label, key.tonic, key.mode, reading.naming)
        else:
            name = display(chord.label, spelling(key.tonic, key.mode, reading.accidentals) if key else None)
        return name or _tr("chart", "N.C.")

    def bars(self, group: Sequence[bars_.Bar]) -> list[Bar]:
        """Name the chords of a section's bars, each where it is another than the one before."""
        shown, held = [], ""
        for bar in group:
            changes = []
            for beat, chord in bar.changes():
                name = self.name(chord)
                if name != held:
                    changes.append((beat, name))
                    held = name
            shown.append(Bar(bar.number, bar.start, bar.end, len(bar.beats), tuple(changes)))
        return shown


@dataclass(frozen=True, slots=True)
class _Sung:
    line: int
    start: float
    end: float
    text: str


def _rows(named: _Named, group: Sequence[bars_.Bar], sung: Sequence[Line]) -> tuple[Row, ...]:
    """Lay a section's bars out: those that are sung by the lines of the lyrics, the others by themselves."""
    shown = named.bars(group)
    words = [_Sung(i, word.start, word.end, word.text) for i, line in enumerate(sung) for word in line.words]
    in_bar: list[list[_Sung]] = [[] for _ in group]
    starts = [bar.start for bar in group]
    for word in words if group else ():
        in_bar[max(0, bisect_right(starts, word.start) - 1)].append(word)
    rows: list[tuple[list[Cell], bool]] = []
    silent: list[Bar] = []
    line = -1  # that the last row has
    for source, bar, own in zip(group, shown, in_bar, strict=True):
        if not own:
            silent.append(bar)
            continue
        goes_on = own[0].line == line
        _put_silent(rows, silent, within=goes_on)
        silent = []
        pieces = [list(piece) for _, piece in groupby(own, key=lambda word: word.line)]
        edges = [bar.start, *(piece[0].start for piece in pieces[1:]), bar.end]
        for piece, start, end in zip(pieces, edges, edges[1:], strict=False):
            if piece[0].line != line or not rows:
                rows.append(([], True))
                line = piece[0].line
            first = not rows[-1][0]
            rows[-1][0].append(Cell(bar, start, end, _over(named, source, bar, (start, end), piece, first=first)))
    _put_silent(rows, silent, within=False)
    return tuple(Row(tuple(cells), is_sung) for cells, is_sung in rows)


def _put_silent(rows: list[tuple[list[Cell], bool]], silent: Sequence[Bar], *, within: bool) -> None:
    """Put bars without words down: into the line if it goes on after them or they are but one, else by themselves."""
    if not silent:
        return
    if rows and rows[-1][1] and (within or len(silent) == 1):
        cells = rows[-1][0]
        cells += [Cell(bar, bar.start, bar.end, tuple(Word(name, "") for _, name in bar.chords)) for bar in silent]
    else:
        rows.append(([Cell(bar, bar.start, bar.end) for bar in silent], False))


def _over(
    named: _Named,
    source: bars_.Bar,
    bar: Bar,
    span: tuple[float, float],
    words: Sequence[_Sung],
    *,
    first: bool,
) -> tuple[Word, ...]:
    """Put the chords of a stretch over its words; one that changes well before the next word stands alone.

    A line begins with the chord that it begins on.
    """
    chords = [(source.beats[beat], name) for beat, name in bar.chords if span[0] <= source.beats[beat] < span[1]]
    if first and not (chords and chords[0][0] <= words[0].start):
        beat = max(0, bisect_right(source.beats, span[0]) - 1)
        chords.insert(0, (span[0], named.name(source.chords[beat])))
    lead = 0.6 * (source.end - source.start) / len(source.beats)
    out: list[Word] = []
    left = list(words)
    for i, (time, name) in enumerate(chords):
        while left and left[0].end <= time:
            out.append(Word("", left.pop(0).text))
        following = chords[i + 1][0] if i + 1 < len(chords) else span[1]
        if left and left[0].start - lead < time and left[0].start < following:
            out.append(Word(name, left.pop(0).text))
        else:
            out.append(Word(name, ""))
    return (*out, *(Word("", word.text) for word in left))


def as_text(parts: list[Part]) -> str:
    """Return the chart as plain text, four bars to a line, chords over words, to paste into a message."""
    blocks = []
    for part in parts:
        out = [part.heading] if part.heading else []
        for row in part.rows:
            out += _sung_text(row) if row.sung else _bars_text(row)
        blocks.append("\n".join(out))
    return "\n\n".join(block for block in blocks if block)


def _bars_text(row: Row) -> list[str]:
    written = []
    for i in range(0, len(row.cells), _BARS_IN_A_LINE):
        some = row.cells[i : i + _BARS_IN_A_LINE]
        bars_text = (" ".join(name for _beat, name in cell.bar.chords) or "%" for cell in some)
        written.append("| " + " | ".join(bars_text) + " |")
    return written


def _sung_text(row: Row) -> list[str]:
    over = under = ""
    for word in (word for cell in row.cells for word in cell.words):
        if word.chord:
            over = over.ljust(len(under)) + word.chord + " "
            under = under.ljust(len(over) - len(word.chord) - 1)
        under += f"{word.text} " if word.text else ""
    return [over.rstrip(), under.rstrip()]
