"""Damaged recordings of every format: each ends complete or with a named error, soon, and leaves nothing open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.security import fuzz, recordings


@pytest.mark.parametrize(
    ("first", "count"),
    [
        (0, 200),
        pytest.param(200, 10_000, marks=[pytest.mark.slow, pytest.mark.timeout(1800)]),
    ],
)
def test_no_file_harms_the_analysis(first: int, count: int, tmp_path: Path) -> None:
    tally = fuzz.run(tmp_path, first, count, children=2)
    assert [f"{result.number} ({result.format}): {result.bad}\n{result.details}" for result in tally.bad] == []
    assert tally.files == count
    assert tally.counts.keys() == set(recordings.FORMATS)
    assert max(tally.handles) <= min(tally.handles) + 1
    assert list(tmp_path.glob("*")) == []
