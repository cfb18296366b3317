"""A standard MIDI file: tempo map, meter, keys, sections as markers, and tracks of chords, melody, bass and words.

The tempo follows the beats, one change a beat where needed, so that the bars stand under the recording in any
sequencer: time 0 of the file is time 0 of the audio.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import mido

from performia_desktop.export.grid import Grid
from performia_desktop.export.options import ExportError, Options
from performia_desktop.export.words import chord_name, headings, one_line
from performia_desktop.songmap.chord import QUALITIES, parse, signature
from performia_desktop.songmap.model import Note, SongMap

TICKS: Final = 960
"""A quarter note."""
_SLOWEST: Final = 0xFFFFFF  # microseconds in a quarter note, as large as the format takes
_CHORD_OCTAVE, _BASS_OCTAVE = 48, 36
_LOUDNESS: Final = 80

Event = tuple[int, int, Any]
"""Tick, order at that tick, message."""


@dataclass(frozen=True, slots=True)
class _Tempo:
    """Where the ticks are: the lead-in before the first beat, then the beats; evenly where there are none."""

    grid: Grid | None
    lead_beats: int

    def tick(self, time: float, first: float) -> int:
        if self.grid is None:
            return round(time * 2 * TICKS)
        quarters = float(self.grid.quarters_per_beat)
        beat = time / first * self.lead_beats if time < first else self.lead_beats + self.grid.beat(time)
        return max(0, round(beat * quarters * TICKS))


def render(song: SongMap, _options: Options) -> bytes:
    try:
        grid: Grid | None = Grid(song)
    except ExportError:
        grid = None
    first = song.beats[0] if grid else 0.0
    lead = max(1, round(first / grid.interval)) if grid and first > 0.001 else 0
    tempo = _Tempo(grid, lead)

    def tick(time: float) -> int:
        return tempo.tick(time, first)

    file = mido.MidiFile(type=1, ticks_per_beat=TICKS, charset="utf-8")
    conductor = [*_tempos(song, grid, lead), *_meters(song, grid, lead), *_keys(song, tick), *_markers(song, tick)]
    file.tracks.append(_track(one_line(song.title) or "Song", conductor))
    file.tracks.append(_track("Chords", _chords(song, tick)))
    for channel, (name, notes) in enumerate((("Melody", song.melody), ("Bass", song.bass)), start=1):
        file.tracks.append(_track(name, _notes(notes, channel, tick)))
    if song.lyrics:
        words = ((tick(w.start), 0, mido.MetaMessage("lyrics", text=one_line(w.text) + " ")) for w in song.lyrics)
        file.tracks.append(_track("Lyrics", words))
    out = io.BytesIO()
    file.save(file=out)
    return out.getvalue()


def _track(name: str, events: Iterable[Event]) -> Any:
    track = mido.MidiTrack([mido.MetaMessage("track_name", name=name)])
    now = 0
    for tick, _, message in sorted(events, key=lambda event: event[:2]):
        track.append(message.copy(time=tick - now))
        now = tick
    track.append(mido.MetaMessage("end_of_track"))
    return track


def _tempos(song: SongMap, grid: Grid | None, lead: int) -> Iterable[Event]:
    if grid is None:
        yield 0, 0, mido.MetaMessage("set_tempo", tempo=500_000)
        return
    quarters = float(grid.quarters_per_beat)
    intervals = [song.beats[0] / lead for _ in range(lead)]
    intervals += [b - a for a, b in zip(song.beats, song.beats[1:], strict=False)]
    last = None
    for beat, seconds in enumerate(intervals):
        tempo = min(_SLOWEST, max(1, round(seconds / quarters * 1e6)))
        if tempo != last:
            yield round(beat * quarters * TICKS), 0, mido.MetaMessage("set_tempo", tempo=tempo)
            last = tempo


def _meters(song: SongMap, grid: Grid | None, lead: int) -> Iterable[Event]:
    """Yield a time signature wherever a bar has another number of beats than the one before.

    The lead-in is whole bars and, before them, what does not fill one; a pickup belongs to it.
    """
    if grid is None:
        yield 0, 1, _time_signature(song.meter.numerator, song.meter.denominator)
        return
    per_bar = grid.beats_per_bar
    before = lead + sum(len(bar.beats) for bar in grid.bars if not bar.number)
    sizes = [before % per_bar] if before % per_bar else []
    sizes += [per_bar] * (before // per_bar)
    sizes += [len(bar.beats) for bar in grid.bars[:-1] if bar.number]
    beat, last = 0, None
    for size in [*sizes, per_bar]:
        numerator = grid.numerator(size)
        if numerator is not None and numerator != last:
            tick = round(beat * float(grid.quarters_per_beat) * TICKS)
            yield tick, 1, _time_signature(numerator, grid.denominator)
            last = numerator
        beat += size


def _time_signature(numerator: int, denominator: int) -> Any:
    return mido.MetaMessage("time_signature", numerator=min(255, numerator), denominator=denominator)


def _keys(song: SongMap, tick: Any) -> Iterable[Event]:
    for key in song.key:
        if abs(signature(key.tonic, key.mode)) <= 7:
            name = f"{key.tonic}m" if key.mode == "minor" else key.tonic
            yield tick(key.start), 2, mido.MetaMessage("key_signature", key=name)


def _markers(song: SongMap, tick: Any) -> Iterable[Event]:
    for section, name in zip(song.sections, headings(song), strict=True):
        yield tick(section.start), 3, mido.MetaMessage("marker", text=name)


def _chords(song: SongMap, tick: Any) -> Iterable[Event]:
    for chord in song.chords:
        name = parse(chord.label)
        start, end = tick(chord.start), tick(chord.end)
        if name is None or end <= start:
            continue
        yield start, 1, mido.MetaMessage("text", text=chord_name(song, chord.label, chord.start))
        root = name.root_pitch_class
        pitches = {_BASS_OCTAVE + (root + name.bass) % 12}
        pitches |= {_CHORD_OCTAVE + (root + step) % 12 for step in QUALITIES[name.quality]}
        for pitch in sorted(pitches):
            yield from _note(start, end, pitch, 0)


def _notes(notes: Iterable[Note], channel: int, tick: Any) -> Iterable[Event]:
    for note in notes:
        start = tick(note.start)
        yield from _note(start, max(start + 1, tick(note.end)), note.midi, channel)


def _note(start: int, end: int, pitch: int, channel: int) -> Iterable[Event]:
    yield start, 2, mido.Message("note_on", note=pitch, velocity=_LOUDNESS, channel=channel)
    yield end, 0, mido.Message("note_off", note=pitch, velocity=0, channel=channel)
