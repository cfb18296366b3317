"""Confidence: monotone curves, probabilities, and what has no curve stays as it is."""

from __future__ import annotations

import pytest

from performia_desktop.analysis.confidence import calibrated, points

FIELDS = ("tempo", "chords", "melody", "bass")


@pytest.mark.parametrize("field", FIELDS)
def test_more_is_never_less(field: str) -> None:
    curve = points(field)
    assert curve is not None
    assert [raw for raw, _ in curve] == sorted(raw for raw, _ in curve)
    values = [calibrated(field, raw / 50) for raw in range(-5, 60)]
    assert values == sorted(values)
    assert all(0 < value < 1 for value in values)


def test_what_has_no_curve_stays() -> None:
    assert calibrated("lyrics", 0.95) == 0.95
    assert calibrated("lyrics", 1.7) == 1
