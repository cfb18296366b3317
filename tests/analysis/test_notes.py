"""Melody and bass: pitches, onsets, repeats, rests, ranges."""

from __future__ import annotations

from itertools import pairwise

import mir_eval
import numpy as np
import pytest

from performia_desktop.analysis import bass, line_net, melody
from performia_desktop.analysis.evidence import Evidence
from performia_desktop.analysis.features import PITCH_FPS, Features, extract
from performia_desktop.analysis.line_net import BASS, LEAD, LineEvidence
from performia_desktop.analysis.notes import NoteSpan, runs
from tests.analysis import synth
from tests.analysis.conftest import Known

Note = tuple[float, float, int]


def f_measure(truth: list[Note], found: list[NoteSpan]) -> float:
    """Return the F-measure of notes with the right onset (50 ms) and pitch."""
    return float(
        mir_eval.transcription.precision_recall_f1_overlap(
            np.array([(a, b) for a, b, _ in truth]),
            mir_eval.util.midi_to_hz(np.array([p for _, _, p in truth])),
            np.array([(n.start, n.end) for n in found]),
            mir_eval.util.midi_to_hz(np.array([n.midi for n in found])),
            offset_ratio=None,
        )[2]
    )


def low(made: Features) -> list[NoteSpan]:
    return bass.transcribe(Evidence(made).bass, np.zeros(0))


def lead(made: Features) -> list[NoteSpan]:
    return melody.transcribe(made, Evidence(made).lead, np.zeros(0))


def played(notes: list[Note], level: float = 0.3) -> list[tuple[float, synth.Samples]]:
    return [(start, synth.tone(midi, end - start, level, decay=1.5)) for start, end, midi in notes]


def test_a_tune_over_chords() -> None:
    steps = [72, 74, 76, 79, 76, 74, 72, 72, 69, 72, 74, 76, 77, 76, 74, 72]
    tune = [(0.5 + 0.5 * k, 0.95 + 0.5 * k, midi) for k, midi in enumerate(steps * 2)]
    chords = [(2.0 * k, synth.strummed((48, 55, 60, 64), 2.0, 0.04)) for k in range(9)]
    song = synth.mix(18, played(tune) + chords)
    assert f_measure(tune, lead(extract(song, 18.0))) > 0.75


@pytest.mark.parametrize("centre", [50, 64, 80])
def test_the_range_follows_the_singer(centre: int) -> None:
    tune = [(0.3 + 0.6 * k, 0.8 + 0.6 * k, centre + step) for k, step in enumerate([0, 2, 4, 5, 4, 2, 0, -1] * 3)]
    found = lead(extract(synth.mix(15, played(tune)), 15.0))
    assert f_measure(tune, found) > 0.85


def test_rests_stay_empty() -> None:
    tune = [(k, k + 0.5, 72) for k in (0, 1, 2, 9, 10, 11)]
    found = lead(extract(synth.mix(14, played(tune)), 14.0))
    assert not any(note.start < 8 and note.end > 4 for note in found)


def evidence(frames: int, parts: list[tuple[slice, float]], voice: float) -> LineEvidence:
    """One pitch leads in `parts` with a probability, else none does; `voice` is that of a singer."""
    led = np.full(frames, 0.02)
    for part, probability in parts:
        led[part] = probability
    lead = np.full((frames, LEAD.count + 1), 1e-6)
    lead[:, 72 - LEAD.lowest], lead[:, -1] = led, 1 - led
    singer = np.log(voice / (1 - voice))
    return LineEvidence(
        np.log(lead).astype(np.float32),
        np.full((2 * frames, LEAD.count), -6, np.float32),
        np.full(frames, singer, np.float32),
    )


FRAMES = round(60 * line_net.FPS)
CLEAR, FAINT = slice(0, 800), slice(1000, 1200)


@pytest.fixture(scope="module")
def quiet() -> Features:
    return extract(synth.noise(60, 0.01), 60.0)


def late(found: list[NoteSpan]) -> list[NoteSpan]:
    return [note for note in found if note.start > 900 / line_net.FPS]


def test_what_is_faint_beside_a_clear_instrument_is_not_the_lead(quiet: Features) -> None:
    assert not late(melody.transcribe(quiet, evidence(FRAMES, [(CLEAR, 0.97), (FAINT, 0.7)], 0.02), np.zeros(0)))
    assert late(melody.transcribe(quiet, evidence(FRAMES, [(CLEAR, 0.97), (FAINT, 0.97)], 0.02), np.zeros(0)))


def test_a_singer_may_be_faint(quiet: Features) -> None:
    assert late(melody.transcribe(quiet, evidence(FRAMES, [(CLEAR, 0.97), (FAINT, 0.7)], 0.9), np.zeros(0)))


def test_where_no_beat_is_any_more_the_faint_is_somebody_talking(quiet: Features) -> None:
    beats = np.arange(0, 800 / line_net.FPS, 0.5)
    assert not late(melody.transcribe(quiet, evidence(FRAMES, [(CLEAR, 0.97), (FAINT, 0.7)], 0.9), beats))
    assert late(melody.transcribe(quiet, evidence(FRAMES, [(CLEAR, 0.97), (FAINT, 0.97)], 0.9), beats))


def test_where_nothing_is_clear_the_faint_line_is_the_lead(quiet: Features) -> None:
    faint = evidence(FRAMES, [(slice(0, 700), 0.51), (slice(700, 900), 0.4)], 0.02)
    assert melody.transcribe(quiet, faint, np.zeros(0))[-1].end > 880 / line_net.FPS


def test_a_note_ends_where_it_fades() -> None:
    notes = [(0.5 + k, 1.0 + k, 72 + k % 3) for k in range(10)]

    def ringing(midi: int) -> synth.Samples:
        time = np.arange(round(0.9 * synth.RATE)) / synth.RATE
        tail = np.exp(-12 * np.maximum(0, time - 0.5)).astype(np.float32)
        return synth.tone(midi, 0.9, 0.3, decay=0.2) * tail

    found = lead(extract(synth.mix(11, [(a, ringing(p)) for a, _, p in notes]), 11.0))
    ends = [min((abs(n.start - a), n.end - b) for n in found)[1] for a, b, _ in notes]
    assert abs(np.median(ends)) < 0.2


def test_bass_with_repeated_notes() -> None:
    line = [(0.25 + 0.5 * k, 0.7 + 0.5 * k, midi) for k, midi in enumerate([36, 36, 43, 43, 41, 41, 38, 43] * 4)]
    chords = [(0.25 + 2 * k, synth.strummed((60, 64, 67), 2.0, 0.03)) for k in range(8)]
    heard = Evidence(extract(synth.mix(17, played(line) + chords), 17.0)).bass
    assert f_measure(line, bass.transcribe(heard, 0.25 + 0.5 * np.arange(33))) > 0.85


def test_bass_drum_between_the_beats_strikes_no_long_note_again() -> None:
    line = [(0.25 + 2 * k, 2.2 + 2 * k, midi) for k, midi in enumerate([36, 43, 41, 38] * 2)]
    drums = [(0.375 + 0.5 * k, synth.kick()) for k in range(32)]
    made = extract(synth.mix(17, [(a, synth.tone(p, b - a, 0.3, decay=0.3)) for a, b, p in line] + drums), 17.0)
    found = bass.transcribe(Evidence(made).bass, 0.25 + 0.5 * np.arange(33))
    assert len(found) < 1.5 * len(line)


@pytest.mark.parametrize("transcribe", [lead, low])
def test_notes_are_in_order_and_disjoint(transcribe: object) -> None:
    assert callable(transcribe)
    tune = [(0.25 + 0.5 * k, 0.7 + 0.5 * k, 72 + step) for k, step in enumerate([0, 2, 4, 5, 4, 2, 0, 7] * 3)]
    below = [(0.25 + 0.5 * k, 0.75 + 0.5 * k, midi) for k, midi in enumerate([36, 36, 43, 41] * 6)]
    found: list[NoteSpan] = transcribe(extract(synth.mix(13, played(tune) + played(below)), 13.0))
    assert len(found) > 5
    assert all(note.end > note.start for note in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= note.conf <= 1 for note in found)


def test_a_band_without_a_lead_has_no_melody(pop: Known) -> None:
    assert sum(note.end - note.start for note in lead(pop.features)) < 0.1 * pop.features.duration_sec


@pytest.mark.parametrize("seconds", [0.0, 0.05, 2.0])
def test_silence_has_no_notes(seconds: float) -> None:
    made = extract(synth.silence(seconds), seconds)
    assert lead(made) == []
    assert low(made) == []


def test_a_path_falls_into_its_sounding_stretches() -> None:
    assert list(runs(np.array([2, 2, 0, 3, 3, 1, 1, 3]), silence=3)) == [(0, 2, 2), (2, 3, 0), (5, 7, 1)]
    assert list(runs(np.array([3, 3]), silence=3)) == []


def test_a_pitch_counts_for_less_where_the_lead_does_not_lie() -> None:
    both = evidence(FRAMES, [(slice(None), 0.6)], 0.02).pitch
    high, low = 72 - LEAD.lowest, 45 - LEAD.lowest
    both[600:620, [high, low]] = np.log([0.25, 0.35])
    moved = melody.in_register(both)
    assert moved[610, high] > moved[610, low]
    assert np.exp(moved).sum(axis=1) == pytest.approx(np.exp(both).sum(axis=1), abs=1e-3)
    assert moved[:, -1] == pytest.approx(both[:, -1])


def held(seconds: int, odds: dict[float, float]) -> LineEvidence:
    """The bass holds one pitch, and there are onsets at some times, with log odds of a note beginning."""
    frames = round(seconds * line_net.FPS)
    likely = np.full((frames, BASS.count + 1), np.log(1e-4), np.float32)
    likely[:, 36 - BASS.lowest] = np.log(0.99)
    onset = np.full((2 * frames, BASS.count), -6, np.float32)
    for time, logit in odds.items():
        onset[round(time * PITCH_FPS)] = logit
    return LineEvidence(likely, onset, np.zeros(0, np.float32))


@pytest.mark.parametrize(("others", "struck"), [(3.0, True), (-3.0, False)])
def test_an_onset_in_doubt_is_what_the_player_is_used_to(others: float, struck: bool) -> None:
    beats = 0.5 * np.arange(121)
    odds = {float(beat): others for beat in beats[1:-1]} | {30.0: -0.5}
    starts = [note.start for note in bass.transcribe(held(60, odds), beats)]
    assert bool(np.abs(np.array(starts) - 30.0).min() < 0.05) is struck


@pytest.mark.parametrize(("others", "struck"), [(-1.0, True), (-5.0, False)])
def test_what_is_faint_is_struck_where_all_of_it_is_heard(others: float, struck: bool) -> None:
    """In an echo every stroke between the beats is faint; what others play there now and then is no stroke."""
    beats = 0.5 * np.arange(121)
    between = {float(beat) + 0.25: -1.0 if k % 2 else others for k, beat in enumerate(beats[:-1])}
    starts = np.array(
        [n.start for n in bass.transcribe(held(60, dict.fromkeys(beats[1:-1], 1.0) | between), beats)]
    )
    assert (np.abs(starts[:, None] - (beats[1:-1:2] + 0.25)).min(axis=0) < 0.05).mean() == (1 if struck else 0)


def test_who_plays_on_beats_does_not_strike_between_them() -> None:
    beats = 0.5 * np.arange(121)
    odds = {float(beat): 3.0 for beat in beats[1:-1]} | {float(beat) + 0.25: -2.5 for beat in beats[:-1]}
    found = bass.transcribe(held(60, odds), beats)
    assert len(found) == pytest.approx(len(beats) - 1, abs=2)
    assert np.abs(np.diff([note.start for note in found]) - 0.5).max() < 0.05


def test_without_beats_what_the_network_hears_counts_alone() -> None:
    found = bass.transcribe(held(10, {2.0: 5.0, 4.0: 5.0, 6.0: -3.5}), np.zeros(0))
    assert [note.start for note in found] == pytest.approx([0, 2, 4], abs=0.05)
