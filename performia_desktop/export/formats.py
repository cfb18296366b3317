"""The formats: name, file extension, what it is for, and how a Song Map becomes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from performia_desktop.export.options import Options
from performia_desktop.songmap.model import SongMap
from performia_desktop.songmap.transpose import respelled, transposed


@dataclass(frozen=True, slots=True)
class Format:
    """`place` is "module:function" under `package`, imported when it is used; `text`: it can go to a terminal."""

    name: str
    suffix: str
    words: str
    place: str
    text: bool = True
    package: str = "performia_desktop.export"

    def render(self, song: SongMap, options: Options) -> bytes:
        """Return the file's content. Raises ExportError where the song has nothing for this format."""
        module, _, function = self.place.partition(":")
        make: Callable[[SongMap, Options], str | bytes] = getattr(
            import_module(f"{self.package}.{module}"), function
        )
        content = make(respelled(transposed(song, options.transpose), options.accidentals), options)
        return content.encode() if isinstance(content, str) else content


_ALL: Final = (
    Format("json", ".json", "Song Map, everything that was found", "songmap_json:render"),
    Format("livingchart", ".livingchart.json", "Living Chart for the web", "livingchart:render"),
    Format("chordpro", ".cho", "ChordPro song sheet", "chordpro:render"),
    Format("lrc", ".lrc", "lyrics, timed by line", "lrc:render"),
    Format("lrc-enhanced", ".lrc", "lyrics, timed by word", "lrc:render_enhanced"),
    Format("midi", ".mid", "MIDI file for a sequencer, in time with the audio", "midi:render", text=False),
    Format("musicxml", ".musicxml", "lead sheet for a notation program", "musicxml:render"),
    Format("jams", ".jams", "JAMS for research", "jams:render"),
    Format("audacity", ".txt", "label track for Audacity", "labels:audacity"),
    Format("reaper", ".csv", "markers and regions for Reaper", "labels:reaper"),
    Format("sonicvisualiser", ".csv", "region layer for Sonic Visualiser", "labels:sonic_visualiser"),
    Format("csv", ".csv", "table for a spreadsheet", "labels:plain"),
)
FORMATS: Final = {format_.name: format_ for format_ in _ALL}
