"""What is music and what is not."""

from __future__ import annotations

import numpy as np
import pytest

from performia_desktop.analysis import beat, gate
from performia_desktop.analysis.evidence import Evidence
from performia_desktop.analysis.features import extract
from tests.analysis import synth
from tests.analysis.conftest import Known


def judged(samples: synth.Samples) -> gate.Heard:
    made = extract(samples, len(samples) / synth.RATE)
    return gate.judge(made, beat.track(made, Evidence(made)))


def talk(seconds: float) -> synth.Samples:
    """Something like speech: syllables of gliding pitch with moving formants, hisses, pauses."""
    rng = np.random.default_rng(7)
    parts = []
    while sum(len(part) for part in parts) < seconds * synth.RATE:
        count = int(synth.RATE * rng.uniform(0.12, 0.3))
        time = np.arange(count) / synth.RATE
        pitch = rng.uniform(90, 160) * np.exp(np.linspace(0, rng.uniform(-0.3, 0.25), count))
        phase = 2 * np.pi * np.cumsum(pitch) / synth.RATE
        formants = rng.uniform((300, 900), (800, 2200))
        voice = np.zeros(count)
        for h in range(1, 25):
            near = np.exp(-0.5 * ((h * pitch[:, None] - formants) / 150) ** 2).sum(axis=1)
            voice += near * np.sin(h * phase)
        if rng.random() < 0.35:
            voice = rng.standard_normal(count) * 0.5
        parts.append(0.1 * voice * np.hanning(count) + 0 * time)
        parts.append(np.zeros(int(synth.RATE * rng.choice([0.03, 0.06, 0.4]))))
    return np.concatenate(parts)[: round(seconds * synth.RATE)].astype(np.float32) + synth.noise(seconds, 0.001)


@pytest.mark.parametrize(
    "samples",
    [
        synth.silence(12),
        synth.noise(12, 1e-5),
        synth.noise(12, 0.1),
        np.cumsum(synth.noise(12, 0.002)).astype(np.float32) * np.float32(0.2),  # brown
        synth.noise(12, 3.0).clip(-1, 1),
        talk(20),
    ],
    ids=["silence", "dither", "white", "brown", "clipped", "talk"],
)
def test_not_music(samples: synth.Samples) -> None:
    heard = judged(samples)
    assert not heard.music
    assert not heard.harmony


def test_music(pop: Known) -> None:
    assert gate.judge(pop.features, beat.track(pop.features, pop.evidence)) == gate.Heard(harmony=True, pulse=True)


def test_drums_alone_have_a_pulse_and_no_harmony() -> None:
    beats = list(np.arange(0.3, 16, 0.5))
    heard = judged(synth.mix(17, synth.drums(beats)))
    assert heard.pulse
    assert not heard.harmony


def test_a_held_chord_has_harmony_and_no_pulse() -> None:
    heard = judged(synth.mix(12, [(0.0, synth.strummed((48, 55, 64), 12.0))]))
    assert heard.harmony
    assert not heard.pulse


@pytest.mark.parametrize("seconds", [0.0, 0.00005, 0.05])
def test_too_short_to_judge(seconds: float) -> None:
    assert not judged(synth.noise(seconds)).music
