"""The key of a stretch of chords as a whole: relative keys, modes, transposition, silence."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from performia_desktop.analysis import key, tonic
from performia_desktop.analysis.chord import ChordSpan
from training.mistakes import mistaken

C, D, E, F, G, A, B = 0, 2, 4, 5, 7, 9, 11
Chords = Sequence[tuple[int, str]]


def spans(chords: Chords, each: float = 2.0) -> list[ChordSpan]:
    return [ChordSpan(k * each, (k + 1) * each, root, quality, 0, 1.0) for k, (root, quality) in enumerate(chords)]


SONG = spans([(E, "maj"), (B, "maj"), (A, "maj"), (E, "maj")] * 6)


def likeliest(chords: Chords) -> tuple[int, str]:
    told = tonic.log_probabilities(spans(chords), 0, 2.0 * len(chords))
    best = int(told.argmax())
    return best % 12, "major" if best < 12 else "minor"


@pytest.mark.parametrize(
    ("chords", "right"),
    [
        ([(C, "maj"), (A, "min"), (F, "maj"), (G, "7")] * 6 + [(C, "maj")], (C, "major")),
        ([(A, "min"), (F, "maj"), (D, "min"), (E, "7")] * 6 + [(A, "min")], (A, "minor")),
        ([(A, "min"), (F, "maj"), (G, "maj")] * 8 + [(A, "min")], (A, "minor")),
        ([(G, "7"), (C, "7"), (G, "7"), (D, "7"), (C, "7"), (G, "7")] * 5, (G, "major")),
        ([(D, "min7"), (G, "7"), (C, "maj7")] * 8, (C, "major")),
        ([(D, "maj"), (C, "maj"), (G, "maj"), (D, "maj")] * 6, (D, "major")),
    ],
    ids=["pop", "minor", "aeolian", "blues", "ii-V-I", "mixolydian"],
)
def test_the_key_of_a_song(chords: Chords, right: tuple[int, str]) -> None:
    assert likeliest(chords) == right


def test_a_doubtful_chord_after_talk_is_no_beginning() -> None:
    def began(quiet_sec: float, conf: float) -> bool:
        song = [
            ChordSpan(3.0, 4.0, A, "maj", 0, conf),
            *(replace(s, start=s.start + 4, end=s.end + 4) for s in SONG),
        ]
        begins = tonic.describe(song, 3.0 - quiet_sec, 60)[:, tonic.BEGINS]
        assert begins.sum() in {0, 1}
        return bool(begins[A, 0])

    assert not began(3.0, 0.9)
    assert began(3.0, 1.0)
    assert began(1.0, 0.9)


@pytest.mark.parametrize(
    ("chords", "right"),
    [
        ([(C, "maj"), (A, "min"), (F, "maj"), (G, "7")] * 6, C),
        ([(A, "min"), (D, "min"), (E, "7"), (A, "min")] * 6, 12 + A),
    ],
    ids=["major", "minor"],
)
def test_mistakes_of_a_chord_finder_leave_the_key(chords: Chords, right: int) -> None:
    told = []
    for seed in range(40):
        heard = mistaken(spans(chords), np.random.default_rng(seed), 0.6, 0.5)
        told.append(int(tonic.log_probabilities(heard, 0, 2.0 * len(chords)).argmax()))
    assert told.count(right) >= 38


def test_mistakes_change_chords_and_keep_time() -> None:
    song = spans([(C, "maj"), (A, "min7"), (F, "maj7"), (G, "7"), (B, "dim"), (E, "sus4")] * 10)
    assert mistaken(song, np.random.default_rng(0), 0.0, 0.5) == song
    heard = mistaken(song, np.random.default_rng(0), 1.0, 0.5)
    assert (heard[0].start, heard[-1].end) == (song[0].start, song[-1].end)
    assert all(a.end == b.start for a, b in itertools.pairwise(heard))
    same = [(a.root, a.quality) == (b.root, b.quality) for a, b in zip(song, heard, strict=True)]
    assert 0.4 < np.mean(same) < 0.85


def test_where_a_song_begins_and_ends_weighs_between_relative_keys() -> None:
    middle = [(F, "maj"), (G, "maj"), (C, "maj"), (A, "min")] * 4

    def for_the_minor(edge: tuple[int, str]) -> float:
        chords = [edge, *middle, edge]
        told = tonic.log_probabilities(spans(chords), 0, 2.0 * len(chords))
        return float(told[12 + A] - told[C])

    assert for_the_minor((A, "min")) > for_the_minor((C, "maj")) + 2


def test_a_transposed_song_is_in_the_transposed_key() -> None:
    song: Chords = [
        (E, "min"),
        (C, "maj7"),
        (G, "maj"),
        (D, "sus4"),
        (B, "7"),
        (E, "min6"),
        (F, "dim7"),
        (A, "aug"),
    ]
    told = tonic.log_probabilities(spans(song), 0, 16)
    higher = tonic.log_probabilities(spans([((root + 3) % 12, quality) for root, quality in song]), 0, 16)
    assert np.allclose(np.roll(told.reshape(2, 12), 3, axis=1), higher.reshape(2, 12))


def test_probabilities_are_probabilities_also_of_silence() -> None:
    silence = [ChordSpan(0, 20, None, "N", 0, 1.0)]
    for chords in ([], silence, spans([(C, "maj")] * 4)):
        assert np.exp(tonic.log_probabilities(chords, 0, 20)).sum() == pytest.approx(1)


def test_only_what_is_inside_counts() -> None:
    song = spans(
        [(C, "maj"), (F, "maj"), (G, "maj"), (C, "maj")] * 2 + [(E, "maj"), (A, "maj"), (B, "maj"), (E, "maj")] * 2
    )
    assert np.array_equal(tonic.describe(song, 0, 16), tonic.describe(song[:8], 0, 16))
    assert np.array_equal(tonic.describe(song, 16, 32), tonic.describe(song[8:], 0, 40))
    shares = tonic.describe(song, 0, 16)[:, :2] ** 2
    assert shares.sum() == pytest.approx(1)
    assert shares[C, 0] == pytest.approx(0.5)


def test_near_keys_are_at_most_a_fifth_away() -> None:
    near = key._neighbours()
    assert sorted(near[C]) == sorted([C, G, F, 12 + A, 12 + E, 12 + D])
    assert sorted(near[12 + A]) == sorted([12 + A, 12 + E, 12 + D, C, G, F])
