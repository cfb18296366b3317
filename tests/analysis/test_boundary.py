"""Boundaries: the division follows evidence and likely lengths; cues are finite for whatever has bars."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from performia_desktop.analysis import boundary, form
from performia_desktop.analysis.notes import NoteSpan
from tests.analysis.conftest import Known


def test_the_division_cuts_where_the_evidence_is() -> None:
    odds = np.full(47, -4.0)
    odds[[7, 23, 39]] = 2.0
    found = boundary.divide(odds)
    assert found.cuts == [0, 8, 24, 40, 48]
    assert min(found.conf) > 0.85


def test_likely_lengths_decide_where_the_evidence_does_not() -> None:
    odds = np.full(31, -4.0)
    odds[[7, 8, 15, 23]] = 0.5  # the bar after the eighth speaks as loud
    assert boundary.divide(odds).cuts == [0, 8, 16, 24, 32]


def test_a_trifle_does_not_change_it_all() -> None:
    odds = np.full(39, -4.0)
    odds[[7, 15, 23, 31]] = 0.0
    cuts = boundary.divide(odds).cuts
    odds[[5, 13, 21, 29]] = -0.5  # another division nearly as likely
    assert boundary.divide(odds).cuts == cuts == [0, 8, 16, 24, 32, 40]


def test_chances_are_those_of_all_divisions_together() -> None:
    odds = np.array([-1.0, 0.5, 1.5, -0.5, 0.0])
    count = len(odds) + 1
    total, with_cut = 0.0, np.zeros(len(odds))
    share = {length: boundary._LENGTHS.get(length, boundary._RARELY) for length in range(1, count + 1)}
    for chosen in product([False, True], repeat=len(odds)):
        cuts = [0, *(k + 1 for k, cut in enumerate(chosen) if cut), count]
        power = [
            boundary._FIRST if a == 0 else boundary._LAST if b == count else boundary._INNER
            for a, b in pairwise(cuts)
        ]
        lengths = [share[b - a] / sum(boundary._LENGTHS.values()) for a, b in pairwise(cuts)]
        weight = np.prod(np.power(lengths, power)) * np.exp(np.dot(chosen, odds + boundary._EAGERNESS))
        total += weight
        with_cut += weight * np.array(chosen)
    np.testing.assert_allclose(boundary.chances(odds), with_cut / total)


def test_no_section_is_longer_than_forty_bars() -> None:
    cuts = boundary.divide(np.full(199, -12.0)).cuts
    assert (cuts[0], cuts[-1]) == (0, 200)
    assert max(b - a for a, b in pairwise(cuts)) <= 40


@pytest.mark.parametrize("melody", [[], [NoteSpan(2.0, 3.0, 60, 0.5), NoteSpan(20.0, 24.0, 72, 0.5)]])
def test_cues_are_finite_and_there_for_each_bar_line(melody: list[NoteSpan], pop: Known) -> None:
    bars = form.describe(pop.features, pop.beats[::4], [], melody)
    cues = boundary.cues(bars, boundary.likeness(bars))
    assert cues.shape == (len(bars) - 1, len(boundary.CUES))
    assert np.isfinite(cues).all()


def test_the_melody_of_a_bar_is_described(pop: Known) -> None:
    line = [NoteSpan(float(pop.beats[8]), float(pop.beats[12]), 67, 0.9)]
    bars = form.describe(pop.features, pop.beats[::4], [], line)
    assert bars.melody[2].mean() > 0.95
    assert bars.melody[[0, 1, 3, 4]].max() < 0.05
    assert bars.tune[2, 7] == pytest.approx(1, abs=0.01)
    assert (bars.height == 67).all()


def test_notes_in_doubt_count_in_some_descriptions_only(pop: Known) -> None:
    bars = pop.beats[::4]
    line = [
        NoteSpan(float(bars[k]), float(bars[k + 1]), 60 + k, conf) for k, conf in ((2, 0.35), (3, 0.45), (4, 0.9))
    ]
    usual = form.describe(pop.features, bars, [], line)
    usual, more, fewer = form.less_and_more(usual, line)
    for one, counted in ((usual, {3, 4}), (more, {2, 3, 4}), (fewer, {4})):
        assert set(np.flatnonzero(one.melody.mean(axis=1) > 0.5)) == counted
        assert one.sound is usual.sound
