from __future__ import annotations

import pytest

from performia_desktop.songmap.chord import QUALITIES, label, spelling
from performia_desktop.songmap.degrees import degree


@pytest.mark.parametrize(
    ("chord", "key", "roman", "nashville"),
    [
        ("C:maj", "C major", "I", "1"),
        ("A:min7", "C major", "vi⁷", "6-⁷"),
        ("G:7", "C major", "V⁷", "5⁷"),
        ("G:maj/3", "C major", "V⁶", "5/7"),
        ("C:maj/5", "C major", "I⁶₄", "1/5"),
        ("G:7/3", "C major", "V⁶₅", "5⁷/7"),
        ("G:7/b7", "C major", "V⁴₂", "5⁷/4"),
        ("C:maj/2", "C major", "I/2", "1/2"),
        ("Bb:maj", "C major", "♭VII", "♭7"),
        ("F#:dim", "C major", "♯iv°", "♯4°"),
        ("B:hdim7", "C major", "viiø⁷", "7ø⁷"),
        ("Eb:maj7", "Eb major", "Imaj⁷", "1maj⁷"),
        ("C:min", "C minor", "i", "6-"),
        ("Eb:maj", "C minor", "III", "1"),
        ("G:7", "C minor", "V⁷", "3⁷"),
        ("Bb:maj", "C minor", "VII", "5"),
        ("B:dim7", "C minor", "vii°⁷", "♭6°⁷"),
        ("Db:maj", "C minor", "♭II", "♭7"),
        ("F:maj", "D minor", "III", "1"),
        ("N", "C major", "", ""),
    ],
)
def test_degrees(chord: str, key: str, roman: str, nashville: str) -> None:
    tonic, mode = key.split()
    assert degree(chord, tonic, mode, "roman") == roman
    assert degree(chord, tonic, mode, "nashville") == nashville


@pytest.mark.parametrize("naming", ["roman", "nashville"])
@pytest.mark.parametrize("mode", ["major", "minor"])
def test_a_degree_is_the_same_in_every_key_and_no_other_chords(naming: str, mode: str) -> None:
    def all_of(tonic: str, shift: int) -> list[str]:
        names = spelling(tonic, mode)
        return [
            degree(label(root + shift, quality, names, bass), tonic, mode, naming)
            for quality in QUALITIES
            for root in range(12)
            for bass in range(12)
        ]

    in_c = all_of("C", 0)
    assert in_c == all_of("Eb", 3) == all_of("A", 9)
    assert len(set(in_c)) == len(in_c)
