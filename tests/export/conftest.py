"""Song Maps to export: one with everything in it, and odd ones."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace

import pytest

from performia_desktop import demo
from performia_desktop.songmap.model import Chord, Key, Lyric, Meter, Note, Section, SongMap, Tempo
from performia_desktop.songmap.schema import validate

HOSTILE = 'A {title: x} [C] <b>&amp;</b> "quoted"\n=1+1'


def even(
    bars: int, beats_per_bar: int, interval: float, meter: Meter, lead: float = 0.0, pickup: int = 0
) -> SongMap:
    """Return a song whose beats are even; C and G by turns, four bars verse, four bars chorus."""
    beats = tuple(round(lead + i * interval, 3) for i in range(pickup + bars * beats_per_bar))
    end = round(beats[-1] + interval, 3)
    downbeats = beats[pickup::beats_per_bar]
    starts = [0.0, *downbeats[1:], end]
    chords = tuple(
        Chord(a, b, "C:maj" if i % 2 == 0 else "G:7/3", 0.9) for i, (a, b) in enumerate(itertools.pairwise(starts))
    )
    half = downbeats[bars // 2]
    return SongMap(
        id="0123abcd",
        duration_sec=end,
        title="Even",
        artist="The Grid",
        meter=meter,
        tempo=Tempo(round(60 / interval, 2), ((beats[0], round(60 / interval, 2)),), 0.9),
        beats=beats,
        downbeats=downbeats,
        key=(Key(0.0, end, "C", "major", 0.9),),
        chords=chords,
        sections=(Section(0.0, half, "verse", 0.8), Section(half, end, "chorus", 0.8)),
        melody=tuple(Note(b, round(b + interval * 0.9, 3), 60 + i % 12, 0.7) for i, b in enumerate(beats)),
        bass=tuple(Note(b, round(b + interval, 3), 36, 0.7) for b in downbeats),
    )


SONGS = {
    "four": even(8, 4, 0.5, Meter(4, 4)),
    "waltz": even(8, 3, 0.4, Meter(3, 4), lead=0.7),
    "six": even(8, 2, 0.6, Meter(6, 8), lead=2.0),
    "twelve": even(8, 4, 0.75, Meter(12, 8)),
    "pickup": even(8, 4, 0.5, Meter(4, 4), lead=0.25, pickup=2),
    "late": even(8, 4, 0.5, Meter(4, 4), lead=11.3),
}


def ritardando() -> SongMap:
    """Beats that come later and later."""
    song = SONGS["four"]
    beats = [0.3]
    for i in range(len(song.beats) - 1):
        beats.append(round(beats[-1] + 0.5 * 1.01**i, 3))
    end = round(beats[-1] + 1.0, 3)
    return replace(
        song,
        duration_sec=end,
        beats=tuple(beats),
        downbeats=tuple(beats[::4]),
        key=(Key(0.0, end, "Bb", "minor", 0.9),),
        chords=(Chord(0.0, end, "Bb:min7", 0.9),),
        sections=(Section(0.0, end, "outro", 0.9),),
        melody=tuple(Note(b, round(b + 0.3, 3), 70, 0.9) for b in beats),
        bass=(),
    )


def sung() -> SongMap:
    """Two lines of words; a chord changes in a word, between words, and after a line."""
    song = SONGS["four"]
    chords = (
        Chord(0.0, 1.2, "C:maj", 0.9),
        Chord(1.2, 2.6, "A:min7", 0.9),
        Chord(2.6, 3.4, "F:maj", 0.9),
        Chord(3.4, song.duration_sec, "G:sus4", 0.9),
    )
    words = (("Down", 0.0, 0.5), ("by", 0.5, 1.0), ("the", 1.0, 1.5), ("river", 1.5, 2.5), ("Stay", 4.0, 5.0))
    return replace(song, chords=chords, lyrics=tuple(Lyric(a, b, text, 0.9) for text, a, b in words))


SONGS |= {
    "ritardando": ritardando(),
    "sung": sung(),
    "demo": demo.truth(),
    "hostile": replace(sung(), title=HOSTILE, artist=HOSTILE, lyrics=(Lyric(0.0, 2.0, HOSTILE, 0.5),)),
    "silence": SongMap("0000000a", 5.0, "", "", Meter(4, 4), Tempo(None, (), 0.0)),
}
for _song in SONGS.values():
    validate(json.loads(json.dumps(_song.to_json())))


@pytest.fixture(params=SONGS)
def song(request: pytest.FixtureRequest) -> SongMap:
    """Each of the songs."""
    return SONGS[request.param]
