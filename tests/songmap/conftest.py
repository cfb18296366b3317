"""A small Song Map with something in every field."""

from __future__ import annotations

import pytest

from performia_desktop.songmap.model import Chord, Key, Lyric, Meter, Note, Section, SongMap, Tempo


@pytest.fixture
def song() -> SongMap:
    return SongMap(
        id="0123abcd",
        duration_sec=8.0,
        title="Été à Łódź",
        artist="The Bar Lines",
        meter=Meter(4, 4),
        tempo=Tempo(120.0, ((0.0, 120.0), (4.0, 121.5)), 0.9),
        beats=(0.0, 0.5, 1.0, 1.5, 2.0),
        downbeats=(0.0, 2.0),
        key=(Key(0.0, 5.0, "C", "minor", 0.8), Key(5.0, 8.0, "Eb", "major", 0.7)),
        chords=(Chord(0.0, 4.0, "C:min7", 0.9), Chord(4.0, 8.0, "N", 0.5)),
        sections=(Section(0.0, 3.5, "intro", 0.9), Section(3.5, 8.0, "pre-chorus", 0.4)),
        lyrics=(Lyric(1.0, 1.5, "Où", 0.9), Lyric(2.0, 2.5, "?", 0.9)),
        melody=(Note(1.0, 1.5, 72, 0.6), Note(1.5, 2.0, 72, 0.5)),
        bass=(Note(0.0, 0.5, 36, 0.9),),
        provenance={"program": "test", "fields": {"beats": {"version": 1}}},
    )
