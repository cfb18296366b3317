"""Chords: triads, sevenths, none; inversions; the lattice itself."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from performia_desktop.analysis import beat, chord, key, meter, pipeline
from performia_desktop.analysis.evidence import Evidence
from performia_desktop.analysis.features import Features, extract
from performia_desktop.analysis.meter import NO_BARS, Bars
from performia_desktop.songmap.chord import QUALITIES
from tests.analysis import synth
from tests.analysis.conftest import Known


def share(found: list[chord.ChordSpan], known: Known) -> float:
    """Return the share of the bars' time in which root and quality are right."""
    right = total = 0.0
    for bar, wanted in enumerate(known.chords):
        begin = known.beats[bar * known.meter]
        end = begin + known.meter * (known.beats[1] - known.beats[0])
        total += end - begin
        right += sum(
            max(0.0, min(end, span.end) - max(begin, span.start))
            for span in found
            if (span.root, span.quality) == wanted
        )
    return right / total


def recognised(made: Features, bars: Bars, evidence: Evidence) -> list[chord.ChordSpan]:
    """Return what the first look tells."""
    return chord.decide(chord.hear(made, bars, evidence))


@pytest.mark.parametrize("song", ["pop", "waltz"])
def test_triads(song: str, request: pytest.FixtureRequest) -> None:
    known: Known = request.getfixturevalue(song)
    bars = meter.bars(known.features, known.evidence, beat.track(known.features, known.evidence))
    heard = chord.hear(known.features, bars, known.evidence)
    second = chord.decide(heard, key.find(known.features, chord.decide(heard)))
    assert share(second, known) > 0.95
    assert all(a.end == b.start for a, b in pairwise(second))
    assert (second[0].start, second[-1].end) == (0, known.features.duration_sec)
    assert np.average([s.conf for s in second], weights=[s.end - s.start for s in second]) > 0.8


def test_sevenths() -> None:
    """Four chord notes in two octaves over the root: a seventh in the midst alone is heard as a triad, on purpose."""
    chords = [(2, "min7"), (7, "7"), (0, "maj7")] * 4
    beats = np.arange(0.3, 0.3 + 48 * 0.6, 0.6)
    events = []
    for (root, quality), at in zip(chords, beats[::4], strict=True):
        notes = [48 + octave + root + step for octave in (0, 12) for step in QUALITIES[quality]]
        events += [(at, synth.strummed(tuple(notes), 2.3)), (at, synth.tone(36 + root, 2.3, 0.2))]
    samples = synth.mix(30, events)
    made = extract(samples, len(samples) / synth.RATE)
    known = Known(samples, made, Evidence(made), beats, 4, chords)
    bars = Bars(beats, beats[::4], 4, 4, 100.0, [], 1.0)
    assert share(recognised(made, bars, known.evidence), known) > 0.9


def test_without_beats_the_chords_are_still_there(pop: Known) -> None:
    assert share(recognised(pop.features, NO_BARS, pop.evidence), pop) > 0.7


def test_silence_within_a_song_is_no_chord() -> None:
    samples, _ = synth.band([(0, "maj"), (5, "maj")], 120, 8)
    song = np.concatenate([samples, synth.silence(8), samples])
    made = extract(song, len(song) / synth.RATE)
    middle = len(song) / synth.RATE / 2
    evidence = Evidence(made)
    found = recognised(made, meter.bars(made, evidence, beat.track(made, evidence)), evidence)
    assert next(span for span in found if span.start <= middle < span.end).root is None


def test_an_inversion_is_named_where_the_bass_is_clear() -> None:
    events = []
    for bar in range(8):
        events.append((2.0 * bar, synth.strummed((60, 64, 67, 72, 76), 2.0)))
        events.append((2.0 * bar, synth.tone((36, 43)[bar % 2], 2.0, 0.25, decay=0.5)))
    made = extract(synth.mix(16, events), 16.0)
    bars = Bars(np.arange(0, 16, 0.5), np.arange(0, 16, 2.0), 4, 4, 120.0, [], 1.0)
    found = {(span.root, span.quality, span.bass) for span in recognised(made, bars, Evidence(made))}
    assert found == {(0, "maj", 0), (0, "maj", 7)}


@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.4])
def test_too_short_for_chords(seconds: float) -> None:
    made = extract(synth.noise(seconds), seconds)
    assert pipeline._chords(made, NO_BARS, Evidence(made), lambda _: None) == []


class TestGrid:
    def test_changes_are_likely_on_downbeats(self) -> None:
        beats = np.arange(1.0, 9.0, 0.5)
        borders, change = chord.grid(Bars(beats, beats[1::4], 4, 4, 120.0, [], 1.0), 10.0)
        assert borders[0] == 0
        assert borders[-1] == 10
        by_time = dict(zip(borders[:-1], change, strict=True))
        assert by_time[1.5] > by_time[2.5] > by_time[2.0]

    def test_beats_at_the_very_ends_make_no_slivers(self) -> None:
        borders, _ = chord.grid(Bars(np.array([0.01, 1.0, 2.0, 2.98]), np.array([0.01]), 4, 4, 60.0, [], 1.0), 3.0)
        np.testing.assert_array_equal(borders, [0, 1, 2, 3])


class TestLattice:
    def test_viterbi_stays_unless_it_pays(self) -> None:
        scores = np.array([[5.0, 0], [0, 1], [2, 0], [0, 9], [0, 9]])
        np.testing.assert_array_equal(chord.viterbi(scores, np.full(5, -3.0)), [0, 0, 0, 1, 1])
        np.testing.assert_array_equal(chord.viterbi(scores, np.zeros(5)), scores.argmax(axis=1))

    def test_posterior_is_a_distribution_and_agrees(self) -> None:
        rng = np.random.default_rng(0)
        scores, change = rng.normal(0, 2, (50, 5)), np.full(50, -2.0)
        certain = chord.posterior(scores, change)
        np.testing.assert_allclose(certain.sum(axis=1), 1)
        path = chord.viterbi(scores, change)
        assert np.mean(certain.argmax(axis=1) == path) > 0.8
