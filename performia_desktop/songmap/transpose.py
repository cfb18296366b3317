"""A song in another key: keys and chords spelled anew, notes moved."""

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


def _moved(chord: Chord, keys: tuple[Key, ...], semitones: int) -> str:
    name = parse(chord.label)
    if name is None:
        return chord.label
    index = active(keys, chord.start)
    names = spelling(keys[index].tonic, keys[index].mode) if index is not None else spelling("C", "major")
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
