"""Sections: boundaries on bars, repeats share a label, everything is covered."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from performia_desktop.analysis import form, segment
from performia_desktop.analysis.features import extract
from performia_desktop.songmap.model import SECTION_LABELS
from tests.analysis import synth
from tests.analysis.conftest import Known

VERSE = [(0, "maj"), (9, "min"), (5, "maj"), (7, "maj")]
CHORUS = [(8, "maj"), (10, "maj"), (3, "maj"), (3, "maj")]


@pytest.fixture(scope="module")
def song() -> tuple[synth.Samples, list[float]]:
    """Verse, chorus, verse, chorus of eight bars each at 150 BPM; the choruses are the louder."""
    parts, starts, total = [], [], 0
    for progression, level in ((VERSE, 0.5), (CHORUS, 1.0), (VERSE, 0.5), (CHORUS, 1.0)):
        samples, beats = synth.band(progression, 150, 8, start=0.0, with_drums=level == 1.0)
        part = level * samples[: round(len(beats) * 0.4 * synth.RATE)]
        starts.append(total / synth.RATE)
        parts.append(part)
        total += len(part)
    return np.concatenate(parts).astype(np.float32), starts


def test_form(song: tuple[synth.Samples, list[float]]) -> None:
    samples, starts = song
    duration = len(samples) / synth.RATE
    found = segment.sections(extract(samples, duration), np.arange(0, duration - 0.1, 1.6), [], [])
    assert [span.start for span in found] == pytest.approx(starts, abs=0.1)
    assert found[0].label == found[2].label
    assert found[1].label == found[3].label == "chorus"
    assert found[0].label != found[1].label


def test_tiles_with_labels_of_the_schema(pop: Known) -> None:
    found = segment.sections(pop.features, pop.beats[::4], [], [])
    assert (found[0].start, found[-1].end) == (0, pop.features.duration_sec)
    assert all(a.end == b.start for a, b in pairwise(found))
    assert {span.label for span in found} <= set(SECTION_LABELS)
    bars = set(pop.beats[::4]) | {0.0}
    assert all(span.start in bars for span in found)


@pytest.mark.parametrize(("seconds", "count"), [(0.05, 0), (5.0, 1)])
def test_too_short_for_a_form(seconds: float, count: int) -> None:
    assert len(segment.sections(extract(synth.noise(seconds), seconds), np.zeros(0), [], [])) == count


def test_a_concert_is_described_by_groups_of_bars(pop: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form, "_MOST_BARS", 10)
    found = segment.sections(pop.features, pop.beats[::4], [], [])
    assert (found[0].start, found[-1].end) == (0, pop.features.duration_sec)
