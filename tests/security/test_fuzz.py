"""Damaged recordings of every format: each ends complete or with a named error, soon, and leaves nothing open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
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


def test_files_that_once_broke_the_analysis(feeder: fuzz.Feeder) -> None:
    numbers = (1470, 2238, 3291, 6210, 6875, 6988, 7520)
    results = [feeder.feed(number, *fuzz.hostile(number)) for number in numbers]
    assert [(result.number, result.bad, result.details) for result in results if result.bad] == []


def test_any_number_of_channels(feeder: fuzz.Feeder, tmp_path: Path) -> None:
    """With FFmpeg: libsndfile does not read Matroska."""
    outcomes = {}
    for channels in (1, 2, 6, 8, 9, 16, 64):
        path = tmp_path / f"{channels} channels.mka"
        _write(path, channels)
        outcomes[channels] = feeder.feed_file(channels, "mka", path).outcome
    assert set(outcomes.values()) == {"complete"}, outcomes


def _write(path: Path, channels: int) -> None:
    layout = f"{channels} channels"
    sound = (recordings.sound() * 9999).astype(np.int16)
    frame = av.AudioFrame.from_ndarray(np.repeat(sound, channels).reshape(1, -1), format="s16", layout=layout)
    frame.sample_rate = recordings.RATE
    with av.open(path, "w") as container:
        stream = container.add_stream("pcm_s16le", rate=recordings.RATE)
        stream.codec_context.layout = layout
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


@pytest.fixture
def feeder(tmp_path: Path) -> Iterator[fuzz.Feeder]:
    feeder = fuzz.Feeder(tmp_path)
    yield feeder
    feeder.close()
