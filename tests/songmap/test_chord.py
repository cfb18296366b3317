"""Chord labels written and read back, spelling by key, names for musicians."""

from __future__ import annotations

import json
import re
from itertools import product

import mir_eval
import pytest

from performia_desktop.assets import resource
from performia_desktop.songmap import chord

KEYS = [(chord.tonic_name(tonic, mode), mode) for tonic, mode in product(range(12), ("major", "minor"))]


def inversions(quality: str) -> tuple[int, ...]:
    """Return the basses that a chord of this quality may have: its own notes."""
    return chord.QUALITIES[quality]


@pytest.mark.parametrize(("tonic", "mode"), KEYS)
def test_every_label_is_written_and_read_back(tonic: str, mode: str) -> None:
    names = chord.spelling(tonic, mode)
    for root, quality in product(range(12), chord.QUALITIES):
        for bass in inversions(quality):
            read = chord.parse(chord.label(root, quality, names, bass))
            assert read is not None
            assert (read.root_pitch_class, read.quality, read.bass) == (root, quality, bass)


def test_every_label_fits_the_schema_and_means_the_same_to_others() -> None:
    schema = json.loads(resource("song_map.schema.json").read_text(encoding="utf-8"))
    pattern = schema["properties"]["chords"]["items"]["properties"]["label"]["pattern"]
    names = chord.spelling("Eb", "minor")
    for root, quality in product(range(12), chord.QUALITIES):
        for bass in inversions(quality):
            label = chord.label(root, quality, names, bass)
            assert re.match(pattern, label)
            if quality in mir_eval.chord.QUALITIES or quality in mir_eval.chord.EXTENDED_QUALITY_REDUX:
                assert mir_eval.chord.encode(label)[0::2] == (root, bass)


@pytest.mark.parametrize("label", ["N", "X"])
def test_no_chord(label: str) -> None:
    assert chord.parse(label) is None
    assert chord.display(label) == ""


@pytest.mark.parametrize(
    "label", ["", "H:maj", "c:maj", "C:happy", "C:maj/", "C:maj/8", "Cm7", "C:maj\n", "C maj"]
)
def test_what_is_no_chord_is_refused(label: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        chord.parse(label)


def test_a_bare_root_is_a_major_chord() -> None:
    assert chord.parse("Bb") == chord.ChordName("Bb", "maj")


@pytest.mark.parametrize(
    ("label", "bass"), [("C:maj/3", 4), ("C:min/b3", 3), ("C:7/b7", 10), ("C:aug/#5", 8), ("C:maj/2", 2)]
)
def test_degrees_are_counted_from_the_major_scale(label: str, bass: int) -> None:
    read = chord.parse(label)
    assert read is not None
    assert read.bass == bass


@pytest.mark.parametrize(
    ("name", "pitch_class"), [("C", 0), ("B#", 0), ("Cb", 11), ("F##", 7), ("Ebb", 2), ("E#", 5), ("Fb", 4)]
)
def test_pitch_class(name: str, pitch_class: int) -> None:
    assert chord.pitch_class(name) == pitch_class


@pytest.mark.parametrize("name", ["", "H", "c", "C♯", "#C", "Eb4"])
def test_what_is_no_note_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a note name"):
        chord.pitch_class(name)


class TestSpelling:
    @pytest.mark.parametrize(("tonic", "mode"), KEYS)
    def test_each_scale_takes_all_seven_letters_in_order(self, tonic: str, mode: str) -> None:
        steps = (0, 2, 3, 5, 7, 8, 10) if mode == "minor" else (0, 2, 4, 5, 7, 9, 11)
        names = chord.spelling(tonic, mode)
        scale = [names[(chord.pitch_class(tonic) + step) % 12] for step in steps]
        start = "CDEFGAB".index(tonic[0])
        assert "".join(name[0] for name in scale) == ("CDEFGAB" * 2)[start : start + 7]

    @pytest.mark.parametrize(("tonic", "mode"), KEYS)
    def test_every_name_has_its_pitch(self, tonic: str, mode: str) -> None:
        assert [chord.pitch_class(name) for name in chord.spelling(tonic, mode)] == list(range(12))

    @pytest.mark.parametrize(
        ("tonic", "mode", "pitch_class", "name"),
        [
            ("C", "minor", 3, "Eb"),
            ("C", "minor", 11, "B"),
            ("Eb", "minor", 11, "Cb"),
            ("Eb", "minor", 3, "Eb"),
            ("F#", "major", 5, "E#"),
            ("Db", "major", 6, "Gb"),
            ("A", "major", 1, "C#"),
            ("A", "minor", 8, "G#"),
            ("C#", "minor", 0, "B#"),
            ("G", "minor", 6, "F#"),
            ("D", "minor", 10, "Bb"),
            ("C", "major", 10, "Bb"),  # borrowed from C minor
            ("C", "major", 8, "Ab"),
            ("C", "major", 6, "F#"),  # leads to the dominant
            ("E", "minor", 3, "D#"),
        ],
    )
    def test_the_key_decides_between_sharp_and_flat(
        self, tonic: str, mode: str, pitch_class: int, name: str
    ) -> None:
        assert chord.spelling(tonic, mode)[pitch_class] == name

    def test_tonics_have_their_usual_names(self) -> None:
        assert chord.tonic_name(3, "major") == chord.tonic_name(3, "minor") == "Eb"
        assert (chord.tonic_name(8, "major"), chord.tonic_name(8, "minor")) == ("Ab", "G#")
        assert chord.tonic_name(13, "major") == "Db"


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("C:maj", "C"),
        ("A:min7", "Am7"),
        ("G:maj/3", "G/B"),
        ("Eb:7", "E♭7"),
        ("F#:hdim7", "F♯m7♭5"),
        ("D:maj6", "D6"),
        ("E:minmaj7", "Em(maj7)"),
        ("F:maj/b7", "F/E♭"),
        ("Bb:min/b3", "B♭m/D♭"),
        ("B:sus4", "Bsus4"),
    ],
)
def test_what_a_musician_writes(label: str, shown: str) -> None:
    assert chord.display(label) == shown


def test_the_bass_is_spelled_for_the_key_where_it_is_known() -> None:
    assert chord.display("G:maj/3") == "G/B"
    assert chord.display("Ab:min/b3", chord.spelling("Eb", "minor")) == "A♭m/C♭"


def test_keys_are_shown_with_real_accidentals() -> None:
    assert chord.pretty("Eb major") == "E♭ major"
    assert chord.pretty("C# minor, F## and b") == "C♯ minor, F♯♯ and b"


@pytest.mark.parametrize(
    ("tonic", "mode", "accidentals", "name"),
    [
        (1, "major", "sharps", "C#"),
        (6, "major", "flats", "Gb"),
        (11, "major", "flats", "Cb"),
        (3, "major", "sharps", "Eb"),  # D# major would have nine sharps
        (8, "minor", "flats", "Ab"),
        (10, "minor", "sharps", "A#"),
        (1, "minor", "flats", "C#"),  # eight flats
        (0, "major", "flats", "C"),
        (5, "major", "flats", "F"),
    ],
)
def test_a_key_takes_its_other_name_where_that_can_be_written(
    tonic: int, mode: str, accidentals: str, name: str
) -> None:
    assert chord.tonic_name(tonic, mode, accidentals) == name


def test_sharps_or_flats_alone() -> None:
    for tonic in range(12):
        for mode in ("major", "minor"):
            for accidentals, unwanted in (("sharps", "b"), ("flats", "#")):
                names = chord.spelling(chord.tonic_name(tonic, mode, accidentals), mode, accidentals)
                assert [chord.pitch_class(name) for name in names] == list(range(12))
                assert not any(unwanted in name for name in names)


def test_the_bass_is_written_as_its_root_is() -> None:
    assert chord.display("D#:maj/3", chord.spelling("Eb", "major")) == "D♯/G"
    assert chord.display("G#:maj/5", chord.spelling("Eb", "major")) == "G♯/D♯"
    assert chord.display("Ab:maj/5", chord.spelling("Eb", "major")) == "A♭/E♭"
