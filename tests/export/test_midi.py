"""MIDI, read back by mido: every beat and note at its time in the audio."""

from __future__ import annotations

import io
from typing import Any

import mido
import pytest

from performia_desktop.export.formats import FORMATS
from performia_desktop.export.options import Options
from performia_desktop.songmap.model import SongMap
from tests.export.conftest import SONGS

CLOSE = 0.002


def played(song: SongMap) -> tuple[Any, list[tuple[float, Any]]]:
    """Return the file, and its messages with their times in seconds, as a player would time them."""
    file = mido.MidiFile(file=io.BytesIO(FORMATS["midi"].render(song, Options())), charset="utf-8")
    messages, now = [], 0.0
    for message in file:
        now += message.time
        messages.append((now, message))
    return file, messages


def notes(messages: list[tuple[float, Any]], channel: int) -> list[tuple[float, float, int]]:
    found, sounding = [], {}
    for time, message in messages:
        if message.type in {"note_on", "note_off"} and message.channel == channel:
            if message.type == "note_on":
                sounding[message.note] = time
            else:
                found.append((sounding.pop(message.note), time, message.note))
    assert not sounding
    return sorted(found)


def test_notes_are_where_they_are_heard(song: SongMap) -> None:
    _, messages = played(song)
    for channel, wanted in ((1, song.melody), (2, song.bass)):
        heard = notes(messages, channel)
        assert len(heard) == len(wanted)
        for (start, end, midi), note in zip(heard, wanted, strict=True):
            assert abs(start - note.start) < CLOSE
            assert abs(end - note.end) < CLOSE
            assert midi == note.midi


@pytest.mark.parametrize("name", ["four", "waltz", "six", "twelve", "pickup", "late", "ritardando", "demo"])
def test_bar_lines_of_a_sequencer_are_the_downbeats(name: str) -> None:
    song = SONGS[name]
    file, _ = played(song)
    assert file.ticks_per_beat == 960
    signatures = [(0, 4, 4)]
    tick = 0
    for message in file.tracks[0]:
        tick += message.time
        if message.type == "time_signature":
            signatures.append((tick, message.numerator, message.denominator))
    lines, at = [], 0.0
    last = sum(message.time for message in file.tracks[2])
    while at <= last:
        _, numerator, denominator = [one for one in signatures if one[0] <= at][-1]
        lines.append(at)
        at += 960 * 4 * numerator / denominator
    seconds = [_seconds(file.tracks[0], line) for line in lines]
    for downbeat in song.downbeats:
        assert min(abs(downbeat - second) for second in seconds) < CLOSE, downbeat


def _seconds(conductor: Any, tick: float) -> float:
    now, time, tempo = 0, 0.0, 500_000
    for message in conductor:
        step = min(message.time, tick - now)
        if step <= 0 and message.time > 0:
            break
        time += step * tempo / 960 / 1e6
        now += message.time
        if now > tick:
            return time
        if message.type == "set_tempo":
            tempo = message.tempo
    return time + max(0.0, tick - now) * tempo / 960 / 1e6


def test_key_sections_chords_and_words_are_named() -> None:
    _, messages = played(SONGS["sung"])
    kinds: dict[str, list[Any]] = {}
    for _, message in messages:
        kinds.setdefault(message.type, []).append(message)
    assert [message.key for message in kinds["key_signature"]] == ["C"]
    assert [message.text for message in kinds["marker"]] == ["Verse", "Chorus"]
    assert [message.text for message in kinds["text"]] == ["C", "Am7", "F", "Gsus4"]
    assert [message.text for message in kinds["lyrics"]] == ["Down ", "by ", "the ", "river ", "Stay "]


def test_chords_sound_with_their_bass() -> None:
    _, messages = played(SONGS["four"])
    first = [note for start, _, note in notes(messages, 0) if start < 0.1]
    second = [note for start, _, note in notes(messages, 0) if 1.9 < start < 2.1]
    assert first == [36, 48, 52, 55]
    assert second == [47, 50, 53, 55, 59]  # a G7 over its third, B
