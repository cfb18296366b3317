"""The degradations: what they do to the times of a recording is what they say."""

from __future__ import annotations

import numpy as np
import pytest

from performia_desktop.analysis.features import ONSET_FPS, extract
from performia_desktop.analysis.onset import onset_curve
from tests.analysis import synth
from tests.analysis.songs.degrade import DEGRADATIONS, RATE, degraded, moved_map

HITS = [1.5, 2.5, 3.1, 4.4, 5.0, 6.7, 8.2, 8.6]


def onsets(sound: synth.Samples) -> np.ndarray:
    """Return the peaks of the onset curve in seconds."""
    curve = onset_curve(extract(sound, len(sound) / RATE))
    peaks = (curve[1:-1] > 2) & (curve[1:-1] >= curve[:-2]) & (curve[1:-1] >= curve[2:])
    return (np.flatnonzero(peaks) + 1) / ONSET_FPS


@pytest.fixture(scope="module")
def hits() -> synth.Samples:
    return synth.mix(10.0, [(at, synth.snare(0.8)) for at in HITS] + [(0.0, synth.noise(10, 0.002))])


@pytest.fixture(scope="module")
def heard(hits: synth.Samples) -> np.ndarray:
    return onsets(hits)


@pytest.mark.parametrize("name", DEGRADATIONS)
def test_a_sound_is_where_its_times_say(name: str, hits: synth.Samples, heard: np.ndarray) -> None:
    sound, moved = degraded(name, hits)
    assert sound.dtype == np.float32
    assert np.isfinite(sound).all()
    kept = [at for at in heard if moved(at) > (moved.before and 1) + 4 * (name == "fade-in")]
    assert len(kept) >= 3
    distances = np.abs(np.array([moved(at) for at in kept])[:, None] - onsets(sound)).min(axis=1)
    assert np.median(distances) < 0.012


@pytest.mark.parametrize("name", ["noise", "reverb", "speech", "applause"])
def test_chance_is_always_the_same(name: str, hits: synth.Samples) -> None:
    assert np.array_equal(degraded(name, hits)[0], degraded(name, hits)[0])


def test_a_truth_moves_with_its_sound() -> None:
    truth = {
        "duration_sec": 10.0,
        "beats": [0.5, 1.0, 9.5],
        "tempo": {"bpm_global": 100.0},
        "key": [{"start": 0.0, "end": 10.0, "tonic": "C", "mode": "major"}],
        "chords": [{"start": 0.0, "end": 1.0, "label": "C:maj"}, {"start": 1.0, "end": 10.0, "label": "G:maj"}],
        "performance": {"melody": [{"start": 2.0, "end": 3.0, "midi": 60}], "bass": []},
    }
    silence = np.zeros(10 * RATE, np.float32)
    cut = moved_map(truth, degraded("cut", silence)[1], 8.7)
    assert cut["beats"] == pytest.approx([8.2])
    assert [(c["start"], c["label"]) for c in cut["chords"]] == [(0.0, "G:maj")]
    assert cut["performance"]["melody"][0]["end"] == pytest.approx(1.7)
    sharp = moved_map(truth, degraded("sharp", silence)[1], 10 / 2 ** (35 / 1200))
    assert sharp["tempo"]["bpm_global"] == pytest.approx(102.04, abs=0.01)
    assert sharp["key"][0]["end"] == pytest.approx(9.8, abs=0.01)
