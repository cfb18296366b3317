"""The shared spectra: shapes, loudness, tuning, pitch; the same in pieces as in one."""

from __future__ import annotations

import numpy as np
import pytest

from performia_desktop.analysis import features
from performia_desktop.analysis.audio import ScratchSamples
from tests.analysis import synth
from tests.analysis.conftest import Known


def test_views_cover_the_song(pop: Known) -> None:
    made = pop.features
    seconds = len(pop.samples) / synth.RATE
    assert made.onsets.shape[1] == len(features.ONSET_BANDS)
    assert made.notes.shape[1] == len(features.PITCHES)
    assert made.timbre.shape == (len(made.level), features.TIMBRES)
    for view, fps in (
        (made.onsets, features.ONSET_FPS),
        (made.notes, features.PITCH_FPS),
        (made.level, features.FORM_FPS),
    ):
        assert len(view) == pytest.approx(seconds * fps, abs=2)
        assert np.isfinite(view).all()


@pytest.mark.parametrize("count", [0, 1, 2, 100, 4096, 30000])
def test_however_short(count: int) -> None:
    made = features.extract(synth.noise(2)[:count], count / synth.RATE)
    assert len(made.notes) == count // features.PITCH_HOP + 1
    assert all(np.isfinite(x).all() for x in (made.onsets, made.notes, made.level, made.timbre))


def test_loudness_does_not_matter(pop: Known) -> None:
    part = pop.samples[: 10 * synth.RATE]
    loud, quiet = features.extract(part, 10.0), features.extract(part * np.float32(0.01), 10.0)
    np.testing.assert_allclose(quiet.onsets, loud.onsets, atol=0.05)
    np.testing.assert_allclose(quiet.notes.astype(float), loud.notes.astype(float), atol=0.05)
    assert quiet.level.max() == pytest.approx(loud.level.max() - 40, abs=0.5)


@pytest.mark.parametrize("cents", [-45, -20, 0, 15, 35])
def test_tuning(cents: int) -> None:
    song = synth.mix(8, ((k * 0.5, synth.tone(60 + k % 12 + cents / 100, 0.5)) for k in range(16)))
    assert features.estimate_tuning(song) == pytest.approx(cents / 100, abs=0.04)


@pytest.mark.parametrize("midi", [33, 45, 60, 76, 88])
@pytest.mark.parametrize("cents", [0, 40])
def test_a_note_activates_its_pitch(midi: int, cents: int) -> None:
    song = synth.mix(6, ((k, synth.tone(midi + cents / 100, 1.0)) for k in range(6)))
    made = features.extract(song, 6.0)
    assert features.PITCHES[made.notes[20:-20].astype(float).sum(axis=0).argmax()] == midi


def test_onsets_rise_where_notes_begin() -> None:
    song = synth.mix(4, ((k * 0.5 + 0.25, synth.tone(64, 0.4)) for k in range(7)))
    curve = features.extract(song, 4.0).onsets.sum(axis=1)
    peaks = [
        k
        for k in range(1, len(curve) - 1)
        if curve[k - 1] < curve[k] >= curve[k + 1] and curve[k] > 0.5 * curve.max()
    ]
    np.testing.assert_allclose(np.array(peaks) / features.ONSET_FPS, np.arange(7) * 0.5 + 0.25, atol=0.03)


def test_samples_in_a_file_give_the_same(pop: Known) -> None:
    part = pop.samples[: 20 * synth.RATE]
    scratch = ScratchSamples()
    try:
        for at in range(0, len(part), 10_000):
            scratch.append(part[at : at + 10_000])
        there, here = features.extract(scratch, 20.0), features.extract(part, 20.0)
    finally:
        scratch.close()
    for name in ("onsets", "notes", "level", "timbre"):
        np.testing.assert_array_equal(getattr(there, name), getattr(here, name))


def test_tells_how_far_it_is() -> None:
    heard: list[float] = []
    features.extract(synth.noise(10), 10.0, heard.append)
    assert len(heard) > 3
    assert heard == sorted(heard)
    assert heard[-1] == pytest.approx(1)
