"""Features of a few synthetic songs, computed once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from performia_desktop.analysis.evidence import Evidence
from performia_desktop.analysis.features import Features, extract
from tests.analysis import synth


@dataclass(frozen=True)
class Known:
    """A song and the truth: beats in seconds, beats in a bar, a chord (root, quality) for each bar."""

    samples: synth.Samples
    features: Features
    evidence: Evidence
    beats: NDArray[np.float64]
    meter: int
    chords: list[tuple[int, str]]


def known(
    progression: list[tuple[int, str]], bpm: float, bars: int, meter: int = 4, *, drums: bool = True
) -> Known:
    samples, beats = synth.band(progression, bpm, bars, meter, with_drums=drums)
    chords = [progression[bar % len(progression)] for bar in range(bars)]
    made = extract(samples, len(samples) / synth.RATE)
    return Known(samples, made, Evidence(made), beats, meter, chords)


@pytest.fixture(scope="session")
def pop() -> Known:
    """C, A minor, F, G at 112 BPM, 4/4."""
    return known([(0, "maj"), (9, "min"), (5, "maj"), (7, "maj")], 112, 20)


@pytest.fixture(scope="session")
def waltz() -> Known:
    """D, B minor, G, A at 138 BPM, 3/4."""
    return known([(2, "maj"), (11, "min"), (7, "maj"), (9, "maj")], 138, 24, meter=3)
