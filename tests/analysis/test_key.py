"""Keys: relative keys told apart, modulations, none."""

from __future__ import annotations

import numpy as np
import pytest

from performia_desktop.analysis import beat, chord, key, meter
from performia_desktop.analysis.evidence import Evidence
from performia_desktop.analysis.features import Features, extract
from tests.analysis import synth
from tests.analysis.conftest import Known


def analysed(samples: synth.Samples) -> list[key.KeySpan]:
    made: Features = extract(samples, len(samples) / synth.RATE)
    evidence = Evidence(made)
    bars = meter.bars(made, evidence, beat.track(made, evidence))
    return key.find(made, chord.decide(chord.hear(made, bars, evidence)))


@pytest.mark.parametrize(
    ("progression", "tonic", "mode"),
    [
        ([(0, "maj"), (9, "min"), (5, "maj"), (7, "maj")], 0, "major"),
        ([(9, "min"), (2, "min"), (4, "maj"), (9, "min")], 9, "minor"),
        ([(3, "maj"), (8, "maj"), (10, "maj"), (3, "maj")], 3, "major"),
        ([(6, "min"), (2, "maj"), (9, "maj"), (1, "7")], 6, "minor"),
    ],
)
def test_key(progression: list[tuple[int, str]], tonic: int, mode: str) -> None:
    samples, _ = synth.band(progression, 116, 12)
    found = analysed(samples)
    assert [(span.tonic, span.mode) for span in found] == [(tonic, mode)]
    assert found[0].start == 0
    assert found[-1].end == pytest.approx(len(samples) / synth.RATE)


def test_a_modulation_up_a_tone() -> None:
    low, _ = synth.band([(0, "maj"), (5, "maj"), (7, "maj"), (0, "maj")], 120, 20)
    high, _ = synth.band([(2, "maj"), (7, "maj"), (9, "maj"), (2, "maj")], 120, 20)
    found = analysed(np.concatenate([low, high]))
    assert [(span.tonic, span.mode) for span in found] == [(0, "major"), (2, "major")]
    assert found[1].start == pytest.approx(len(low) / synth.RATE, abs=5)


def test_no_chords_no_key(pop: Known) -> None:
    assert key.find(pop.features, []) == []
    nothing = [chord.ChordSpan(0.0, pop.features.duration_sec, None, "N", 0, 1.0)]
    assert key.find(pop.features, nothing) == []
