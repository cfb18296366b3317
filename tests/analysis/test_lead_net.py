"""The melody network's inference: pieces and shapes with random weights; what the shipped weights hear."""

from __future__ import annotations

import numpy as np
import pytest

from performia_desktop.analysis import lead_net, net
from performia_desktop.analysis.evidence import Evidence
from performia_desktop.analysis.features import extract
from tests.analysis import synth


def _weights() -> dict[str, net.F32]:
    rng = np.random.default_rng(1)
    channels, frame = 6, 5
    shapes: dict[str, tuple[int, ...]] = {
        "enter.weight": (2 * lead_net.WINDOW, channels),
        "time1.weight": (5, channels, channels),
        "bands1.weight": (5, 73, frame),
        "bands2.weight": (5, frame, frame),
        "bands3.weight": (5, frame, frame),
        "pool1.weight": (1, frame + 2 * channels, frame),
        "here.weight": (channels, channels),
        "around.weight": (1, frame, channels),
        "time2.weight": (5, channels, channels),
        "time3.weight": (5, channels, channels),
        "pool2.weight": (1, frame + 2 * channels, frame),
        "heads.weight": (channels, 2),
        "whole.weight": (1, frame, 2),
    }
    weights = {"scale": np.ones(73, np.float32)}
    for name, shape in shapes.items():
        weights[name] = (rng.standard_normal(shape) * 0.2).astype(np.float32)
        weights[name.replace("weight", "bias")] = (rng.standard_normal(shape[-1]) * 0.1).astype(np.float32)
    for name, size in (("place.weight", 2), ("before.weight", channels)):
        weights[name] = (rng.standard_normal((size, channels)) * 0.2).astype(np.float32)
    return weights


def _heard(frames: int) -> tuple[net.F16, net.F16, net.F16]:
    rng = np.random.default_rng(2)
    notes, spectrum = (rng.random((frames, 84)).astype(np.float16) for _ in range(2))
    return notes, spectrum, rng.random((round(frames * net.BEAT_FPS / lead_net.FPS), 73)).astype(np.float16)


def test_a_long_recording_is_the_same_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = lead_net.evidence(*_heard(900), _weights())
    monkeypatch.setattr(lead_net, "_PIECE", 130)
    pieces = lead_net.evidence(*_heard(900), _weights())
    assert whole.lead.shape == (900, lead_net.COUNT + 1)
    np.testing.assert_allclose(pieces.lead, whole.lead, atol=1e-4)
    np.testing.assert_allclose(pieces.onset, whole.onset, atol=1e-4)
    np.testing.assert_allclose(pieces.voice, whole.voice, atol=1e-4)


def test_what_leads_adds_up_to_one() -> None:
    heard = lead_net.evidence(*_heard(60), _weights())
    np.testing.assert_allclose(np.exp(heard.lead).sum(axis=1), 1, atol=1e-4)


@pytest.mark.parametrize("frames", [0, 1, 3])
def test_next_to_nothing(frames: int) -> None:
    assert lead_net.evidence(*_heard(frames), _weights()).voice.shape == (frames,)


def test_bands_come_at_the_frames_times_without_their_mean() -> None:
    ramp = np.repeat(np.arange(501, dtype=np.float64)[:, None] / net.BEAT_FPS, 73, axis=1)
    level = lead_net.bands_at(ramp, 200)
    np.testing.assert_allclose(level[:, 0], lead_net.times(200) - ramp[:, 0].mean(), atol=1e-3)


def test_the_shipped_weights_follow_a_tune() -> None:
    steps = [72, 74, 76, 79, 76, 74, 72, 72, 69, 72, 74, 76, 77, 76, 74, 72]
    tune = [(0.5 + 0.5 * k, synth.tone(midi, 0.45, 0.3, decay=1.5)) for k, midi in enumerate(steps)]
    heard = Evidence(extract(synth.mix(9, tune), 9.0)).lead
    frames = [int((0.7 + 0.5 * k) * lead_net.FPS) for k in range(len(steps))]
    led = heard.lead[frames, : lead_net.COUNT].argmax(axis=1) + lead_net.LOWEST
    assert (led == steps).mean() > 0.85
