"""ChordPro (chordpro.org, version 6): chords in brackets over lyrics, or a grid of bars where nobody sings."""

from __future__ import annotations

from typing import Final

from performia_desktop.export.lines import Line, lines
from performia_desktop.export.options import Options
from performia_desktop.export.words import chord_name, clock, headings, key_name, one_line
from performia_desktop.songmap.bars import Bar, bars, by_section
from performia_desktop.songmap.model import Chord, Section, SongMap
from performia_desktop.songmap.transpose import respelled, transposed

_ENVIRONMENTS: Final = {"verse": "verse", "chorus": "chorus", "bridge": "bridge"}
_BARS_IN_A_LINE: Final = 4


def render(song: SongMap, options: Options) -> str:
    """With a capo, chords are the shapes that are played, and `key` is the key that sounds."""
    shapes = respelled(transposed(song, -options.capo), options.accidentals)
    out = [f"{{title: {_safe(song.title or 'Untitled')}}}"]
    if song.artist:
        out.append(f"{{artist: {_safe(song.artist)}}}")
    if key := key_name(shapes):
        out.append(f"{{key: {key}}}")
    if options.capo:
        out.append(f"{{capo: {options.capo}}}")
    if song.tempo.bpm_global:
        out.append(f"{{tempo: {song.tempo.bpm_global:g}}}")
    out.append(f"{{time: {song.meter.numerator}/{song.meter.denominator}}}")
    out.append(f"{{duration: {clock(song.duration_sec)}}}")
    sung, found = lines(shapes), bars(shapes)
    sections = song.sections or (Section(0.0, song.duration_sec, "", 0.0),)
    groups = by_section(song, found) if song.sections else [found]
    for section, name, group in zip(sections, headings(song) or [""], groups, strict=True):
        own = [line for line in sung if section.start <= line.start < section.end]
        out += ["", *_section(_Writer(shapes, options), section, name, own, group)]
    return "\n".join(out) + "\n"


class _Writer:
    """Names chords as they are wanted."""

    def __init__(self, song: SongMap, options: Options) -> None:
        self._song = song
        self._options = options

    def name(self, chord: Chord | None) -> str:
        if chord is None:
            return "N.C."
        options = self._options
        return chord_name(self._song, chord.label, chord.start, options.naming, options.accidentals) or "N.C."

    def bracket(self, chord: Chord) -> str:
        return f"[{self.name(chord)}]"


def _section(writer: _Writer, section: Section, name: str, sung: list[Line], group: list[Bar]) -> list[str]:
    """Return a section's lines; one that is played is a grid, named by its label as ChordPro allows."""
    if sung:
        environment = _ENVIRONMENTS.get(section.label, "verse")
        heading = f": {name}" if name else ""
        body = [_line(writer, line) for line in sung]
        return [f"{{start_of_{environment}{heading}}}", *body, f"{{end_of_{environment}}}"]
    if not group:
        return [f"{{comment: {name}}}"] if name else []
    rows = [_row(writer, group[i : i + _BARS_IN_A_LINE]) for i in range(0, len(group), _BARS_IN_A_LINE)]
    heading = f": {name}" if name else ""
    return [f"{{start_of_grid{heading}}}", *rows, "{end_of_grid}"]


def _line(writer: _Writer, line: Line) -> str:
    parts = []
    for index, word in enumerate(line.words):
        over = "".join(writer.bracket(chord) for place, chord in line.chords if place == index)
        parts.append(over + _safe(word.text))
    after = [writer.bracket(chord) for place, chord in line.chords if place == len(line.words)]
    return " ".join([*parts, *after])


def _row(writer: _Writer, group: list[Bar]) -> str:
    """Return bars as `| Eb . . . | Ab . Bb . |`: a cell for each beat."""
    cells = []
    for bar in group:
        changes = dict(bar.changes())
        names = [writer.name(changes[beat]) if beat in changes else "." for beat in range(len(bar.beats))]
        cells.append(" ".join(names))
    return f"| {' | '.join(cells)} |"


def _safe(text: str) -> str:
    """Return a text that is no directive and no chord."""
    return one_line(text).translate(str.maketrans("{}[]", "()()"))
