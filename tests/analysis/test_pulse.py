"""What a map keeps so that its tempo can be flipped: offbeats on their onsets, and the bars of half the tempo."""

from __future__ import annotations

import numpy as np
import pytest

from performia_desktop.analysis import meter, pulse
from performia_desktop.analysis.chord import ChordSpan
from performia_desktop.analysis.features import extract
from performia_desktop.analysis.meter import Bars
from performia_desktop.analysis.segment import SectionSpan
from tests.analysis import synth

BEATS = 0.5 + 0.5 * np.arange(48)
LATE = BEATS[:-1] + 0.28


def bars_of(beats: np.ndarray) -> Bars:
    return Bars(beats, beats[::4], 4, 4, 120.0, [[0.5, 120.0]], 0.9)


@pytest.fixture(scope="module")
def features() -> object:
    hits = [(at, synth.snare(0.5)) for at in [*BEATS, *LATE]]
    sound = synth.mix(25.0, [*hits, (0.0, synth.noise(25.0, 0.002))])
    return extract(sound, 25.0)


def test_offbeats_are_on_their_onsets_and_beats_stay(features) -> None:
    found = pulse.find(features, bars_of(BEATS), [], [])
    assert set(BEATS.tolist()) < set(found.times)
    offbeats = np.array(sorted(set(found.times) - set(BEATS.tolist())))
    assert len(offbeats) == len(LATE)
    # the onset curve tells of a sound some milliseconds before it is loudest: beats and offbeats alike
    on = pulse._snapped(BEATS, np.full(len(BEATS), 0.5), pulse.onset_curve(features))
    assert np.median(offbeats - LATE) == pytest.approx(np.median(on - BEATS), abs=0.006)
    assert np.all(np.abs(offbeats - LATE) < 0.045)


@pytest.mark.parametrize("first", [0, 1])
def test_bars_of_half_the_tempo_begin_where_the_harmony_does(features, first: int) -> None:
    lines = [0.0, *BEATS[4 * first :: 8].tolist()]
    chords = [ChordSpan(a, b, 0, "maj", 0, 1.0) for a, b in zip(lines, [*lines[1:], 25.0], strict=True)]
    found = pulse.find(features, bars_of(BEATS), chords, [])
    assert found.slow_bar == BEATS[4 * first]
    sections = [
        SectionSpan(0.0, 4.5, "intro", 0.5),
        SectionSpan(4.5, 25.0, "verse", 0.5),
    ]  # a bar of the first half
    assert pulse.find(features, bars_of(BEATS), [], sections).slow_bar == BEATS[0]


@pytest.mark.parametrize("count", [1, 2, 40])
def test_the_nearest_start_is_found(count: int) -> None:
    random = np.random.default_rng(count)
    starts, times = np.sort(random.uniform(0, 25, count)), np.append(random.uniform(-1, 30, 200), [0.0, 25.0])
    expected = np.abs(times[:, None] - starts).min(axis=1)
    np.testing.assert_array_equal(pulse._distance(times, starts), expected)


def test_no_beats_no_pulse(features) -> None:
    assert pulse.find(features, meter.NO_BARS, [], []).times == ()
