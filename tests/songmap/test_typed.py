from __future__ import annotations

import pytest

from performia_desktop.songmap.chord import QUALITIES, display, spelling
from performia_desktop.songmap.typed import read


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("C", "C:maj"),
        ("am7", "A:min7"),
        ("F#m7b5", "F#:hdim7"),
        ("B♭maj7", "Bb:maj7"),
        ("G/B", "G:maj/3"),
        ("dm/f", "D:min/b3"),
        ("Esus", "E:sus4"),
        ("Ab+", "Ab:aug"),
        ("Cm(maj7)", "C:minmaj7"),
        ("N.C.", "N"),
        ("x", "N"),
    ],
)
def test_what_musicians_type(typed: str, label: str) -> None:
    assert read(typed) == label


@pytest.mark.parametrize("typed", ["", "H", "Cfoo", "C/", "C/X", "/G", "1", "C7/9", "<b>"])
def test_what_is_no_chord(typed: str) -> None:
    with pytest.raises(ValueError, match="not a chord"):
        read(typed)


@pytest.mark.parametrize("quality", QUALITIES)
def test_every_chord_that_is_shown_can_be_typed(quality: str) -> None:
    for label in (f"Eb:{quality}", f"F#:{quality}/5"):
        assert read(display(label, spelling("Eb" if label[1] == "b" else "F#", "major"))) == label
