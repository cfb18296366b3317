"""A song in another key, or written with other accidentals: keys and chords spelled anew, notes moved."""

from __future__ import annotations

from dataclasses import replace

from performia_desktop.songmap.chord import label, parse, pitch_class, spelling, tonic_name
from performia_desktop.songmap.model import Chord, Key, Note, SongMap, active


def transposed(song: SongMap, semitones: int) -> SongMap:
    """Return the song that many semitones higher, spelled as the new keys write it.

    Notes that would leave MIDI's range are moved back by octaves.
    """
    if not semitones:
        return song
    keys = tuple(replace(key, tonic=tonic_name(pitch_class(key.tonic) + semitones, key.mode)) for key in song.key)
    return replace(
        song,
        key=keys,
        chords=tuple(replace(chord, label=_moved(chord, keys, semitones)) for chord in song.chords),
        melody=_shifted(song.melody, semitones),
        bass=_shifted(song.bass, semitones),
    )


def respelled(song: SongMap, accidentals: str) -> SongMap:
    """Return the song with its keys and chords written in sharps or in flats, or ("key") as it is."""
    if accidentals == "key":
        return song
    keys = tuple(replace(key, tonic=tonic_name(pitch_class(key.tonic), key.mode, accidentals)) for key in song.key)
    chords = tuple(replace(chord, label=_moved(chord, keys, 0, accidentals)) for chord in song.chords)
    return replace(song, key=keys, chords=chords)


def _moved(chord: Chord, keys: tuple[Key, ...], semitones: int, accidentals: str = "key") -> str:
    name = parse(chord.label)
    if name is None:
        return chord.label
    index = active(keys, chord.start)
    tonic, mode = (keys[index].tonic, keys[index].mode) if index is not None else ("C", "major")
    names = spelling(tonic, mode, accidentals)
    return label(name.root_pitch_class + semitones, name.quality, names, name.bass)


def _shifted(notes: tuple[Note, ...], semitones: int) -> tuple[Note, ...]:
    def move(midi: int) -> int:
        midi += semitones
        while midi > 127:
            midi -= 12
        while midi < 0:
            midi += 12
        return midi

    return tuple(replace(note, midi=move(note.midi)) for note in notes)
