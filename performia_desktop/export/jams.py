"""JAMS (Humphrey et al., ISMIR 2014): every annotation of the map in the namespaces that mir_eval reads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from performia_desktop.export.options import Options
from performia_desktop.songmap.bars import bars
from performia_desktop.songmap.model import Note, SongMap

_VERSION: Final = "0.3.5"
_Observation = tuple[float, float, Any, float | None]


def render(song: SongMap, _options: Options) -> str:
    annotations = [
        _annotation(song, "beat", _beats(song)),
        _annotation(song, "chord", ((c.start, c.end - c.start, c.label, c.conf) for c in song.chords)),
        _annotation(
            song, "key_mode", ((k.start, k.end - k.start, f"{k.tonic}:{k.mode}", k.conf) for k in song.key)
        ),
        _annotation(song, "segment_open", ((s.start, s.end - s.start, s.label, s.conf) for s in song.sections)),
        _annotation(song, "tempo", _tempo(song)),
        _annotation(song, "lyrics", ((w.start, w.end - w.start, w.text, w.conf) for w in song.lyrics)),
        _annotation(song, "note_midi", _notes(song.melody), role="melody"),
        _annotation(song, "note_midi", _notes(song.bass), role="bass"),
    ]
    document = {
        "annotations": [annotation for annotation in annotations if annotation["data"]],
        "file_metadata": {
            "title": song.title,
            "artist": song.artist,
            "release": "",
            "duration": song.duration_sec,
            "identifiers": {},
            "jams_version": _VERSION,
        },
        "sandbox": {"song_map_id": song.id},
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _annotation(
    song: SongMap, namespace: str, observations: Iterable[_Observation], role: str = ""
) -> dict[str, Any]:
    return {
        "namespace": namespace,
        "time": 0.0,
        "duration": song.duration_sec,
        "data": [
            {"time": time, "duration": round(duration, 3), "value": value, "confidence": conf}
            for time, duration, value, conf in observations
        ],
        "annotation_metadata": {
            "curator": {"name": "", "email": ""},
            "annotator": {},
            "version": "",
            "corpus": "",
            "annotation_tools": "Performia Desktop",
            "annotation_rules": "",
            "validation": "",
            "data_source": "program",
        },
        "sandbox": {"role": role} if role else {},
    }


def _beats(song: SongMap) -> Iterable[_Observation]:
    """Yield beats with their place in the bar, 1 for the downbeat; a pickup counts towards the next bar."""
    found = bars(song)
    usual = max((len(bar.beats) for bar in found[:-1]), default=song.meter.numerator)
    for bar in found:
        first = 1 if bar.number else max(1, usual - len(bar.beats) + 1)
        for position, time in enumerate(bar.beats, start=first):
            yield time, 0.0, position, None
    if not found:
        for time in song.beats:
            yield time, 0.0, None, None


def _tempo(song: SongMap) -> Iterable[_Observation]:
    if song.tempo.bpm_global is not None:
        yield 0.0, song.duration_sec, song.tempo.bpm_global, song.tempo.confidence


def _notes(notes: Iterable[Note]) -> Iterable[_Observation]:
    return ((note.start, note.end - note.start, note.midi, note.conf) for note in notes)
