"""Bars: meter, downbeats, tempo."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import cast

import mir_eval
import numpy as np
import pytest

from performia_desktop.analysis import beat, meter
from performia_desktop.analysis.beat import NO_BEATS
from performia_desktop.analysis.evidence import Evidence
from performia_desktop.analysis.features import Features, extract
from performia_desktop.analysis.net import BEAT_FPS
from tests.analysis import synth
from tests.analysis.conftest import Known


@pytest.mark.parametrize("song", ["pop", "waltz"])
def test_downbeats_and_meter(song: str, request: pytest.FixtureRequest) -> None:
    known: Known = request.getfixturevalue(song)
    bars = meter.bars(known.features, known.evidence, beat.track(known.features, known.evidence))
    assert (bars.numerator, bars.denominator) == (known.meter, 4)
    assert mir_eval.beat.f_measure(known.beats[:: known.meter], bars.downbeats) > 0.95
    assert set(bars.downbeats) <= set(bars.beats)


def test_a_pickup_bar_moves_the_downbeat() -> None:
    samples, beats = synth.band([(0, "maj"), (5, "maj"), (7, "maj"), (9, "min")], 104, bars=16)
    cut = round((beats[1] - 0.1) * synth.RATE)  # the first beat is gone
    bars = meter.bars(*_heard(samples[cut:]))
    truth = beats[4::4] - cut / synth.RATE
    assert mir_eval.beat.f_measure(truth, bars.downbeats) > 0.95


def test_beats_in_threes_make_a_compound_meter() -> None:
    beats = 0.3 + 60 / 70 * np.arange(48)
    events = synth.drums(list(beats))[0::3]  # without the hi-hat on the halves
    third = 60 / 70 / 3
    events += [(b + k * third, synth.hat(0.3)) for b in beats for k in range(3)]
    for bar in range(12):
        root = (0, 5, 7, 9)[bar % 4]
        at = beats[4 * bar]
        events += [(at + k * third, synth.tone(60 + root + (0, 4, 7)[k % 3], 0.5)) for k in range(12)]
        events += [(at, synth.tone(36 + root, 1.5, 0.4))]
    bars = meter.bars(*_heard(synth.mix(beats[-1] + 1.5, events)))
    assert (bars.numerator, bars.denominator) == (12, 8)
    assert bars.bpm == pytest.approx(70, rel=0.02)


def test_no_beats_no_bars(pop: Known) -> None:
    assert meter.bars(pop.features, pop.evidence, NO_BEATS) is meter.NO_BARS


def _heard(samples: synth.Samples) -> tuple[Features, Evidence, beat.Beats]:
    made = extract(samples, len(samples) / synth.RATE)
    evidence = Evidence(made)
    return made, evidence, beat.track(made, evidence)


class TestTempo:
    def test_a_steady_song_has_one_number(self) -> None:
        rng = np.random.default_rng(1)
        beats = 0.37 + 60 / 117 * np.arange(300) + rng.normal(0, 0.008, 300)
        bpm, curve = meter.tempo(beats)
        assert bpm == 117.0
        assert curve == [[pytest.approx(beats[0]), 117.0]]

    def test_and_keeps_its_fraction(self) -> None:
        bpm, _ = meter.tempo(60 / 92.5 * np.arange(200))
        assert bpm == pytest.approx(92.5, abs=0.01)

    def test_a_missing_beat_is_no_change_of_tempo(self) -> None:
        bpm, curve = meter.tempo(np.delete(0.5 * np.arange(100), [30, 31, 70]))
        assert (bpm, len(curve)) == (120.0, 1)

    def test_a_changing_tempo_has_a_curve(self) -> None:
        beats = np.cumsum(np.linspace(0.6, 0.4, 120))
        bpm, curve = meter.tempo(beats)
        assert 110 < bpm < 135
        tempi = [value for _, value in curve]
        assert tempi[0] == pytest.approx(101, abs=3)
        assert tempi[-1] == pytest.approx(146, abs=4)
        assert all(b > a for a, b in pairwise(tempi))


def test_bars_stand_where_chords_change_twice_a_bar_for_a_while() -> None:
    strength = np.tile([3.0, -1, -1, -1], 40)
    strength[40:120] = np.tile([0.5, -2, 2.0, -2], 20)  # the third beat is the stronger one, for twenty bars
    _, path = meter.bar_path(strength, 4)
    assert np.array_equal(np.flatnonzero(path == 0), np.arange(0, 160, 4))


def test_a_beat_that_was_missed_moves_the_bars_at_once() -> None:
    strength = np.delete(np.tile([3.0, -1, -1, -1], 12), 22)
    _, path = meter.bar_path(strength, 4)
    assert set(np.flatnonzero(path == 0)) >= set(range(0, 21, 4)) | set(range(27, 47, 4))


def test_bar_path_finds_the_phase_and_survives_a_slip() -> None:
    strength = np.tile([3.0, -1, -1, -1], 12)
    strength = np.insert(strength, 24, [-1.0, -1.0])  # two beats too many in the middle
    _, path = meter.bar_path(strength, 4)
    assert set(np.flatnonzero(path == 0)) >= set(range(0, 20, 4)) | set(range(26, 50, 4))


@pytest.mark.parametrize(("beginning", "first"), [("silence", 0), ("hiss", 0), ("sound", 2), ("fade", 2)])
def test_where_the_halves_of_bars_are_alike_a_song_begins_with_a_bar(beginning: str, first: int) -> None:
    """A recording that was cut or faded in says nothing, and the slightly stronger half counts."""
    beats = 0.6 + 0.5 * np.arange(48)
    events = [(b, synth.kick() if k % 2 == 0 else synth.snare()) for k, b in enumerate(beats)]
    events += [(b, synth.tone(48 + 5 * (k % 2), 1.0)) for k, b in enumerate(beats[::2])]
    samples = synth.mix(beats[-1] + 1, events)
    if beginning == "hiss":
        hiss = np.random.default_rng(0).standard_normal(len(samples)).astype(np.float32)
        samples += hiss * np.sqrt(np.mean(samples**2)) * np.float32(10 ** (-15 / 20))
    if beginning == "sound":
        samples[: round(0.6 * synth.RATE)] += synth.tone(60, 0.6, 0.5)
    if beginning == "fade":
        samples[: 8 * synth.RATE] *= np.linspace(0, 1, 8 * synth.RATE, dtype=np.float32) ** 2
    downbeat = np.full(round(50 * len(samples) / synth.RATE), -2.0, np.float32)
    for k, time in enumerate(beats[::2]):
        downbeat[round(time * BEAT_FPS)] = 1.0 + 0.2 * (k % 2)
    evidence = SimpleNamespace(beat=SimpleNamespace(downbeat=downbeat))
    made = extract(samples, len(samples) / synth.RATE)
    bars = meter.bars(made, cast(Evidence, evidence), beat.Beats(beats, 1.0, 1.0))
    np.testing.assert_array_equal(bars.downbeats, beats[first::4])
