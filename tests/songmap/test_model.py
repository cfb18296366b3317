"""The model: JSON and back, the main key, the span at a time."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from performia_desktop.songmap.model import Key, Meter, Note, SongMap, Tempo, active
from performia_desktop.songmap.schema import validate


def test_json_and_back_is_the_same_song(song: SongMap) -> None:
    assert SongMap.from_json(json.loads(json.dumps(song.to_json()))) == song


def test_a_song_in_which_nothing_was_found_keeps_all_fields(song: SongMap) -> None:
    silence = SongMap("0123abcd", 3.0, "", "", Meter(4, 4), Tempo(None, (), 0.0))
    data = json.loads(json.dumps(silence.to_json()))
    validate(data)
    assert data.keys() == song.to_json().keys()
    assert SongMap.from_json(data) == silence


def test_the_fields_of_the_original_system_are_where_it_has_them(song: SongMap) -> None:
    data = song.to_json()
    assert data["meter"] == {"numerator": 4, "denominator": 4}
    assert [tuple(point) for point in data["tempo"]["curve"]] == [(0.0, 120.0), (4.0, 121.5)]
    assert data["chords"][0] == {"start": 0.0, "end": 4.0, "label": "C:min7", "conf": 0.9}
    assert list(data["performance"]["bass"]) == [{"start": 0.0, "end": 0.5, "midi": 36, "conf": 0.9}]


def test_missing_title_and_artist_read_as_empty(song: SongMap) -> None:
    data = song.to_json() | {"title": None, "artist": None}
    assert (SongMap.from_json(data).title, SongMap.from_json(data).artist) == ("", "")


class TestMainKey:
    def test_is_the_one_that_sounds_longest_in_all(self, song: SongMap) -> None:
        spans = (Key(0, 3, "A", "minor", 1), Key(3, 7, "C", "major", 1), Key(7, 10, "A", "minor", 1))
        assert replace(song, key=spans).main_key == "A minor"

    def test_is_none_without_a_key(self, song: SongMap) -> None:
        assert replace(song, key=()).main_key is None


@pytest.mark.parametrize(
    ("time", "index"), [(0.9, None), (1.0, 0), (1.999, 0), (2.0, None), (3.0, 1), (4.5, 2), (5.0, None)]
)
def test_the_span_that_holds_a_time(time: float, index: int | None) -> None:
    spans = [Note(1.0, 2.0, 60, 1), Note(3.0, 4.0, 62, 1), Note(4.0, 5.0, 64, 1)]
    assert active(spans, time) == index


def test_nothing_is_active_in_nothing() -> None:
    assert active([], 1.0) is None
