"""Beats: on clicks, in a band, at any tempo; level and phase; nothing where nothing beats."""

from __future__ import annotations

import mir_eval
import numpy as np
import pytest

from performia_desktop.analysis import beat, onset
from performia_desktop.analysis.evidence import Evidence
from performia_desktop.analysis.features import ONSET_FPS, extract
from tests.analysis import synth
from tests.analysis.conftest import Known
from tests.analysis.songs.degrade import degraded


def track(samples: synth.Samples) -> beat.Beats:
    made = extract(samples, len(samples) / synth.RATE)
    return beat.track(made, Evidence(made))


@pytest.mark.parametrize("bpm", [80, 100, 124, 150])
def test_clicks(bpm: float) -> None:
    times = np.arange(0.4, 20, 60 / bpm)
    found = track(synth.mix(20.5, ((t, synth.snare()) for t in times)))
    assert mir_eval.beat.f_measure(times, found.times) > 0.97
    assert found.clarity > 0.9


def test_band(pop: Known) -> None:
    found = beat.track(pop.features, pop.evidence)
    assert mir_eval.beat.f_measure(pop.beats, found.times) > 0.97
    assert np.abs(found.times[5:-5, None] - pop.beats).min(axis=1).max() < 0.03


@pytest.mark.parametrize("bpm", [72, 96, 132])
def test_level_follows_the_drums(bpm: float) -> None:
    """Bass drum and snare alternate on the beats, the hi-hat is twice as fast: the beat is the drums'."""
    samples, beats = synth.band([(0, "maj"), (5, "maj")], bpm, bars=12)
    assert mir_eval.beat.f_measure(beats, track(samples).times) > 0.95


def test_follows_a_ritardando() -> None:
    times = 0.4 + np.cumsum(0.5 * 1.01 ** np.arange(40))
    found = track(synth.mix(times[-1] + 1, synth.drums(list(times))))
    assert mir_eval.beat.f_measure(times, found.times) > 0.95


@pytest.mark.parametrize("seconds", [0, 0.05, 3])
def test_too_short_to_beat(seconds: float) -> None:
    found = track(synth.noise(seconds))
    assert len(found.times) == 0
    assert found.clarity == 0


def test_decode_takes_the_cheapest_way_through() -> None:
    odds = np.full(600, -3.0)
    odds[7::25] = 4.0  # 120 BPM at 50 frames a second
    np.testing.assert_array_equal(np.diff(beat.decode(odds))[1:-1], 25)


def test_decode_is_the_same_in_blocks_of_any_size(pop: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    odds = beat.odds(onset.onset_curve(pop.features), pop.evidence.beat.beat)
    whole = beat.decode(odds)
    monkeypatch.setattr(beat, "BLOCK", 100)
    np.testing.assert_array_equal(beat.decode(odds), whole)


def test_what_the_network_hears_no_beat_in_is_no_music() -> None:
    odds = np.concatenate([np.full(6, -2.0), np.full(40, 1.0), [-3.0, -3.0], np.full(20, 1.5), np.full(9, -1.9)])
    assert beat.music(odds.astype(np.float32)) == slice(6, 68)
    assert beat.music(np.array([1.0, -1.5, 2.0], np.float32)) == slice(0, 3)  # a weak beat or two is no applause
    assert beat.music(np.full(30, -2.0, np.float32)) == slice(None)  # hears nothing anywhere: no judge of this one
    assert beat.music(np.zeros(0, np.float32)) == slice(None)
    long = np.concatenate([np.full(20, -2.0), np.full(40, 1.5)])
    assert beat.music(long.astype(np.float32)) == slice(0, 60)  # nobody talks for a third of a song


def test_applause_has_no_beats(pop: Known) -> None:
    heard, moved = degraded("applause", pop.samples)
    assert track(heard).times[-1] < moved(len(pop.samples) / synth.RATE) + 2


def test_a_pause_does_not_change_what_is_counted() -> None:
    slow, fast = 1.2 * np.arange(12), 14.4 + 0.6 * np.arange(30)
    assert beat.one_level(np.concatenate([slow, fast])) == pytest.approx(0.6 * np.arange(54))


def test_a_ritardando_is_not_divided() -> None:
    pulse = np.cumsum(np.linspace(0.5, 1.3, 40))
    assert beat.one_level(pulse) == pytest.approx(pulse)


def test_a_single_short_interval_divides_nothing() -> None:
    pulse = np.concatenate([0.6 * np.arange(20), 11.7 + 0.6 * np.arange(20)])
    assert beat.one_level(pulse) == pytest.approx(pulse)


def test_a_path_that_begins_with_the_second_beat_gets_the_first() -> None:
    curve = np.zeros(1000)
    curve[50::50] = 3.0
    beats = np.arange(50, 1000, 50) / ONSET_FPS
    np.testing.assert_allclose(beat.led_in(beats[1:], curve), beats)
    curve[50] = 0
    np.testing.assert_array_equal(beat.led_in(beats[1:], curve), beats[1:])
