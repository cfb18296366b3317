"""Whole songs of a kind that is easily heard wrong, clean and degraded, against their exact truth.

The floors lie a little under what was measured; what a case lacks there is not heard well enough yet to be held.
"""

from __future__ import annotations

import json
from functools import cache

import numpy as np
import pytest

from performia_desktop.songmap.schema import validate
from tests.analysis.songs.band import RATE, Played, play
from tests.analysis.songs.cases import CASES, case
from tests.analysis.songs.degrade import DEGRADATIONS
from tests.analysis.songs.listen import after, listen
from tests.analysis.songs.scores import scores

FLOORS = """
                  tempo     beats  steadily downbeats     meter       key    chords    melody   voicing      bass
waltz               100        90        90        90       100        90        85        85        80        60
six-eight           100        90        90        90       100        90        85        80        80        55
twelve-eight        100        90        85        85       100        90        80        90        85         -
swing               100        90        90        90       100        90        80        80        80        55
ballad-70           100        90        85        85       100        90        85        90        85        60
punk-180            100        90        90        90       100        90        85        75        75         -
half-time           100        90        90        90       100        90        70        70        70        35
tempo-change          -        90        85        90       100        90        85        80        80         -
ritardando            -        90        90        90       100        90        85        85        85        35
pickup              100        90        85        90       100        90        80        85        80        35
a-cappella          100        85        85         -       100        90         -        90        85         -
solo-bass           100        90        85        85       100         -         -         -         -        85
drums-only          100        90        85        90       100         -         -         -         -         -
modulation          100        90        90        90       100        90        80        80        80        45
no-drums            100        90        90        90       100        90        90        85        85        80
"""
"""In percent."""
QUICK = ("waltz", "ritardando", "drums-only")


@cache
def played(name: str) -> Played:
    return play(case(name))


@cache
def heard(name: str) -> dict[str, float]:
    song = played(name)
    return scores(song.truth, listen(song.samples))


def floors(name: str) -> dict[str, int]:
    columns, *rows = (line.split() for line in FLOORS.strip().splitlines())
    cells = next(row[1:] for row in rows if row[0] == name)
    return {what: int(cell) for what, cell in zip(columns, cells, strict=True) if cell != "-"}


def hold(name: str) -> None:
    result = heard(name)
    missed = {
        what: (round(100 * result[what]), low) for what, low in floors(name).items() if 100 * result[what] < low
    }
    assert not missed, f"(measured, floor): {missed}"


@pytest.mark.parametrize(
    "one", [pytest.param(c, id=c.name, marks=() if c.name in QUICK else pytest.mark.slow) for c in CASES]
)
def test_a_songs_truth_is_a_valid_map(one) -> None:
    song = played(one.name)
    validate(json.loads(json.dumps(song.truth.to_json())))
    assert len(song.samples) == round(song.truth.duration_sec * RATE)
    assert 0.89 < np.abs(song.samples).max() < 0.91
    perfect = scores(song.truth, song.truth)
    assert perfect and min(perfect.values()) > 0.999


def test_the_same_song_twice_is_the_same_samples() -> None:
    assert np.array_equal(play(case("waltz")).samples, played("waltz").samples)


def test_tempo_goes_where_it_should() -> None:
    slower = np.diff(played("ritardando").truth.beats)
    assert 60 / slower[0] == pytest.approx(112, abs=0.5)
    assert 60 / slower[-1] == pytest.approx(67, abs=2)
    change = 60 / np.diff(played("tempo-change").truth.beats)
    assert change[38] == pytest.approx(96, abs=0.5)
    assert change[40] == pytest.approx(124, abs=0.5)


@pytest.mark.parametrize("name", QUICK)
def test_a_song_is_heard(name: str) -> None:
    hold(name)


@pytest.mark.slow
@pytest.mark.parametrize("name", [one.name for one in CASES if one.name not in QUICK])
def test_every_song_is_heard(name: str) -> None:
    hold(name)


DEGRADED = ("waltz", "ballad-70", "tempo-change")
FALLS = {("applause", "key"): 0.1}
"""What falls by more than five points today, and by how much at most."""


@pytest.mark.slow
@pytest.mark.parametrize("name", DEGRADATIONS)
def test_a_degraded_recording_is_heard_nearly_as_well(name: str) -> None:
    clean = [heard(song) for song in DEGRADED]
    worse = [(bad := after(name, played(song))) and scores(bad.truth, listen(bad.samples)) for song in DEGRADED]
    falls = {}
    for what in ("tempo", "beats", "downbeats", "meter", "key", "chords"):
        pairs = [(a[what], b[what]) for a, b in zip(clean, worse, strict=True) if what in a]
        fall = float(np.mean([a - b for a, b in pairs]))
        if fall > FALLS.get((name, what), 0.05):
            falls[what] = round(fall, 3)
    assert not falls
