"""Where the notes of the line end: as long as they are held, the same in pieces, for every line that can be."""

from __future__ import annotations

import numpy as np
import pytest

from performia_desktop.analysis import ending, melody, net
from performia_desktop.analysis.evidence import Evidence
from performia_desktop.analysis.features import band_centres, extract
from performia_desktop.analysis.line_net import FPS, LEAD
from performia_desktop.analysis.notes import NoteSpan
from tests.analysis import synth


def heard(held: float) -> list[NoteSpan]:
    """Return the melody of a song in which a note begins every half second and is held for `held` seconds."""
    steps = (72, 74, 76, 79, 77, 74)
    tune = [(0.5 + 0.5 * k, synth.tone(steps[k % 6], held, 0.3, decay=0.5)) for k in range(40)]
    chords = [(2.0 * k, synth.strummed((48, 55, 60, 64), 2.0, 0.03)) for k in range(11)]
    made = extract(synth.mix(22, tune + chords), 22.0)
    return melody.transcribe(made, Evidence(made).lead, np.zeros(0))


def test_notes_are_as_long_as_they_are_held() -> None:
    short, long = (np.median([n.end - n.start for n in heard(held)]) for held in (0.3, 0.5))
    assert short == pytest.approx(0.3, abs=0.06)
    assert long == pytest.approx(0.5, abs=0.06)


def line(seconds: float) -> tuple[net.F16, net.F32]:
    rng = np.random.default_rng(4)
    bands = rng.random((round(seconds * net.BEAT_FPS) + 1, len(band_centres()))).astype(np.float16)
    odds = rng.standard_normal((round(seconds * FPS), LEAD.count + 1)).astype(np.float32)
    return bands, odds - np.log(np.exp(odds).sum(axis=1, keepdims=True))


def test_many_notes_end_as_they_do_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    notes = [NoteSpan(0.2 * k, 0.2 * k + 0.15, 50 + k % 30, 0.5) for k in range(90)]
    whole = ending.ends(*line(20), notes)
    monkeypatch.setattr(ending, "BLOCK", 7)
    assert ending.ends(*line(20), notes) == pytest.approx(whole, abs=1e-5)
    assert all(end < after.start + 0.02 for end, after in zip(whole, notes[1:], strict=False))


@pytest.mark.parametrize("notes", [[], [NoteSpan(0.0, 0.05, 40, 0.5)], [NoteSpan(0.9, 1.0, 96, 0.5)]])
def test_the_first_and_the_last_moment_have_ends_too(notes: list[NoteSpan]) -> None:
    found = ending.ends(*line(1.0), notes)
    assert len(found) == len(notes)
    assert all(0 <= end <= 1.1 for end in found)
