"""Every shape is looked at as a guitar would sound it."""

from __future__ import annotations

import itertools

import pytest

from performia_desktop.songmap.chord import QUALITIES, label, spelling
from performia_desktop.songmap.fingering import OPEN_STRINGS, Shape, shape

NAMES = spelling("C", "major")
OPTIONAL = {7}  # the fifth may be left out, as every chord book does


def sounding(found: Shape) -> list[int]:
    return [open_ + fret for open_, fret in zip(OPEN_STRINGS, found.frets, strict=True) if fret is not None]


@pytest.mark.parametrize("quality", QUALITIES)
def test_a_shape_sounds_its_chord_with_the_root_below(quality: str) -> None:
    for root in range(12):
        found = shape(label(root, quality, NAMES))
        assert found is not None
        pitches = sounding(found)
        heard = {(pitch - root) % 12 for pitch in pitches}
        wanted = set(QUALITIES[quality])
        assert heard <= wanted
        assert wanted - heard <= OPTIONAL
        assert pitches[0] % 12 == root
        assert found.bass


@pytest.mark.parametrize("quality", QUALITIES)
def test_a_hand_can_hold_it(quality: str) -> None:
    for root in range(12):
        found = shape(label(root, quality, NAMES))
        assert found is not None
        pressed = [fret for fret in found.frets if fret]
        assert max(pressed, default=0) - min(pressed, default=0) <= 4
        assert max(pressed, default=0) <= 12
        fingers = len(pressed) if found.barre is None else sum(fret > found.barre for fret in pressed) + 1
        assert fingers <= 4 or len(set(pressed)) <= 3  # what lies on one fret takes one finger across


@pytest.mark.parametrize("quality", QUALITIES)
def test_a_slash_chord_has_its_bass_or_says_that_it_has_not(quality: str) -> None:
    for root, bass in itertools.product(range(12), range(1, 12)):
        found = shape(label(root, quality, NAMES, bass))
        assert found is not None
        pitches = sounding(found)
        assert pitches[0] % 12 == ((root + bass) % 12 if found.bass else root)
        heard = {(pitch - root) % 12 for pitch in pitches}
        assert heard <= {*QUALITIES[quality], *({bass} if found.bass else ())}


@pytest.mark.parametrize(
    ("chord", "frets"),
    [
        ("C:maj", "x32010"),
        ("G:maj", "320003"),
        ("E:min", "022000"),
        ("F:maj", "133211"),
        ("Bb:maj", "x13331"),
        ("F#:min", "244222"),
        ("B:7", "x21202"),
        ("C:9", "x32333"),
        ("G:maj/3", "x20003"),
        ("Eb:maj", "xx1343"),
    ],
)
def test_the_shapes_that_everybody_knows(chord: str, frets: str) -> None:
    assert str(shape(chord)) == frets


def test_no_chord_has_no_shape() -> None:
    assert shape("N") is None


def test_a_diagram_begins_where_the_hand_is() -> None:
    assert (Shape((None, 3, 2, 0, 1, 0)).first_fret, Shape((7, 9, 9, 8, 7, 7)).first_fret) == (1, 7)
    assert (Shape((None, 3, 2, 0, 1, 0)).barre, Shape((7, 9, 9, 8, 7, 7)).barre) == (None, 7)
