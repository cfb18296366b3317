"""The web Living Chart's JSON: sections, their lines, and syllables with start, duration and chord.

A line without words has one empty syllable for each chord, four bars to a line.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any, Final

from performia_desktop.export.lines import Line, lines
from performia_desktop.export.options import Options
from performia_desktop.export.words import chord_name, headings, key_name
from performia_desktop.songmap.bars import bars
from performia_desktop.songmap.model import Section, SongMap, active

_BARS_IN_A_LINE: Final = 4


def render(song: SongMap, _options: Options) -> str:
    sung = lines(song)
    names = headings(song)
    sections = song.sections or (Section(0.0, song.duration_sec, "", 0.0),)
    chart = {
        "title": song.title,
        "artist": song.artist,
        "key": key_name(song),
        "bpm": song.tempo.bpm_global,
        "sections": [
            {"name": name, "startTime": section.start, "lines": _lines(song, section, sung)}
            for name, section in zip(names or [""], sections, strict=True)
        ],
    }
    return json.dumps(chart, ensure_ascii=False, indent=1) + "\n"


def _lines(song: SongMap, section: Section, sung: list[Line]) -> list[dict[str, Any]]:
    """Return the lines that begin in a section; where nobody sings, its chords."""
    own = [line for line in sung if section.start <= line.start < section.end]
    if own:
        return [{"syllables": _syllables(song, line)} for line in own]
    edges = _edges(song, section)
    return [
        {"syllables": chords} for start, end in pairwise(edges) if (chords := _chord_syllables(song, start, end))
    ]


def _syllables(song: SongMap, line: Line) -> list[dict[str, Any]]:
    syllables = []
    for index, word in enumerate(line.words):
        over = [chord for place, chord in line.chords if place == index]
        # A word that is held over several chords stands on the last; those before it stand alone.
        syllables += [_syllable(song, "", early.start, 0.0, early.label) for early in over[:-1]]
        label = over[-1].label if over else None
        syllables.append(_syllable(song, word.text, word.start, word.end - word.start, label))
    for place, chord in line.chords:
        if place == len(line.words):
            syllables.append(_syllable(song, "", chord.start, chord.end - chord.start, chord.label))
    return sorted(syllables, key=lambda one: float(one["startTime"]))


def _chord_syllables(song: SongMap, start: float, end: float) -> list[dict[str, Any]]:
    return [
        _syllable(song, "", from_, min(chord.end, end) - from_, chord.label)
        for chord in song.chords
        if chord.end > start and chord.start < end and (from_ := max(chord.start, start)) < end
    ]


def _syllable(song: SongMap, text: str, start: float, duration: float, label: str | None) -> dict[str, Any]:
    return {
        "text": text,
        "startTime": round(start, 3),
        "duration": round(max(0.0, duration), 3),
        "chord": chord_name(song, label, start) if label else "",
    }


def _edges(song: SongMap, section: Section) -> list[float]:
    """Return where lines of four bars begin in a section, and its end."""
    starts = [bar.start for bar in bars(song) if active((section,), (bar.start + bar.end) / 2) is not None]
    inner = [start for start in starts[_BARS_IN_A_LINE::_BARS_IN_A_LINE] if section.start < start < section.end]
    return [section.start, *inner, section.end]
