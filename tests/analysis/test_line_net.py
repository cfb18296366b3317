"""The networks of melody and bass: pieces, shapes and times with random weights; what the shipped weights hear."""

from __future__ import annotations

import numpy as np
import pytest

from performia_desktop.analysis import net
from performia_desktop.analysis.evidence import Evidence
from performia_desktop.analysis.features import extract
from performia_desktop.analysis.line_net import (
    BASS,
    FPS,
    LEAD,
    WINDOW,
    Range,
    at_harmonics,
    evidence,
    times,
    twice,
)
from tests.analysis import synth


def weights(line: Range, whole: int) -> dict[str, net.F32]:
    """Return those of a narrow network."""
    rng = np.random.default_rng(1)
    channels, frame = 6, 5
    shapes: dict[str, tuple[int, ...]] = {
        "enter.weight": (2 * WINDOW, channels),
        "time1.weight": (5, channels, channels),
        "bands1.weight": (5, 146, frame),
        "bands2.weight": (5, frame, frame),
        "bands3.weight": (5, frame, frame),
        "pool1.weight": (1, frame + 2 * channels, frame),
        "here.weight": (channels, channels),
        "around.weight": (1, frame, channels),
        "time2.weight": (5, channels, channels),
        "time3.weight": (5, channels, channels),
        "pool2.weight": (1, frame + 2 * channels, frame),
        "heads.weight": (channels, 3),
        "whole.weight": (1, frame, whole),
    }
    made = {"scale": np.ones(146, np.float32)}
    for name, shape in shapes.items():
        made[name] = (rng.standard_normal(shape) * 0.2).astype(np.float32)
        made[name.replace("weight", "bias")] = (rng.standard_normal(shape[-1]) * 0.1).astype(np.float32)
    unbiased = {
        "place.weight": (2, channels),
        "before.weight": (channels, channels),
        "struck.weight": (5, 2 * len(line.harmonics), channels),
    }
    return made | {name: (rng.standard_normal(shape) * 0.2).astype(np.float32) for name, shape in unbiased.items()}


def heard(frames: int) -> tuple[net.F16, net.F16, net.F16]:
    rng = np.random.default_rng(2)
    notes, spectrum = (rng.random((frames, 84)).astype(np.float16) for _ in range(2))
    return notes, spectrum, rng.random((round(frames * net.BEAT_FPS / FPS), 73)).astype(np.float16)


@pytest.mark.parametrize(("line", "heads"), [(LEAD, 2), (BASS, 1)])
def test_a_long_recording_is_the_same_in_pieces(line: Range, heads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = evidence(*heard(900), weights(line, heads), line)
    monkeypatch.setattr("performia_desktop.analysis.line_net._PIECE", 130)
    pieces = evidence(*heard(900), weights(line, heads), line)
    assert whole.pitch.shape == (900, line.count + 1)
    assert whole.onset.shape == (1800, line.count)
    assert whole.voice.shape == ((900,) if heads == 2 else (0,))
    for name in ("pitch", "onset", "voice"):
        np.testing.assert_allclose(getattr(pieces, name), getattr(whole, name), atol=1e-4)
    np.testing.assert_allclose(np.exp(whole.pitch).sum(axis=1), 1, atol=1e-4)


@pytest.mark.parametrize("frames", [0, 1, 3])
def test_next_to_nothing(frames: int) -> None:
    assert evidence(*heard(frames), weights(LEAD, 2), LEAD).voice.shape == (frames,)
    assert evidence(*heard(frames), weights(BASS, 1), BASS).onset.shape == (2 * frames, BASS.count)


def test_bands_come_at_the_frames_times_without_their_mean() -> None:
    ramp = np.repeat(np.arange(501)[:, None] / 64, 73, axis=1).astype(np.float16)  # which are exact
    both = twice(ramp, slice(50, 60), net.mean_bands(ramp))
    at = times(60)[50:] * net.BEAT_FPS / 64
    np.testing.assert_allclose(both[:, :, 0].mean(axis=1), at - ramp[:, 0].mean(dtype=np.float64), atol=1e-3)


def test_each_pitch_is_heard_in_the_bands_of_its_harmonics() -> None:
    bands = np.broadcast_to(np.arange(73, dtype=np.float32), (1, 2, 73))
    lower, upper = at_harmonics(bands, BASS)[:, 0], at_harmonics(bands, BASS, -12)[:, 0]
    harmonics = len(BASS.harmonics)
    assert lower.shape == (BASS.count, 2 * harmonics)
    np.testing.assert_array_equal(lower[:, :harmonics], lower[:, harmonics:])  # both frames are the same here
    np.testing.assert_array_equal(upper[:, 0], lower[:, 1])  # an octave up is the second harmonic
    assert (np.diff(lower[:, :harmonics], axis=1) >= 0).all()


def test_the_shipped_weights_follow_a_tune_and_its_bass() -> None:
    steps = [72, 74, 76, 79, 76, 74, 72, 72, 69, 72, 74, 76, 77, 76, 74, 72]
    below = [36, 36, 43, 43, 41, 41, 36, 36, 33, 33, 38, 38, 43, 43, 36, 36]
    played = [
        (0.5 + 0.5 * k, synth.tone(midi, 0.45, 0.3, decay=1.5))
        for k, midi in [*enumerate(steps), *enumerate(below)]
    ]
    made = Evidence(extract(synth.mix(9, played), 9.0))
    frames = [int((0.7 + 0.5 * k) * FPS) for k in range(len(steps))]
    led = made.lead.pitch[frames, : LEAD.count].argmax(axis=1) + LEAD.lowest
    low = made.bass.pitch[frames, : BASS.count].argmax(axis=1) + BASS.lowest
    assert (led == steps).mean() > 0.85
    assert (low == below).mean() > 0.85
