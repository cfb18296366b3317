"""Three hours of music: analysed within the memory that is promised for any song."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
import soundfile
from PySide6.QtCore import QCoreApplication, QTimer

from performia_desktop import demo
from performia_desktop.jobs.job import Status
from performia_desktop.paths import Paths
from performia_desktop.songmap import file as songmap_file
from tests.faults.running import service_on, until

HOURS = 3


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder on the disk: this is too much to be kept in memory, as the other tests' files are."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.mark.slow
@pytest.mark.timeout(1500)
def test_three_hours(qapp: QCoreApplication, paths: Paths, tmp_path: Path) -> None:
    path = tmp_path / "three hours.flac"
    song = tmp_path / "song.wav"
    demo.write(song, seconds=60.0)
    samples, rate = soundfile.read(song, dtype="int16", always_2d=True)
    with soundfile.SoundFile(path, "w", rate, 1, "PCM_16") as file:
        for minute in range(60 * HOURS):
            file.write(np.roll(samples[:, 0], 997 * minute))

    largest = 0

    def watch() -> None:
        nonlocal largest
        for child in psutil.Process().children():
            largest = max(largest, child.memory_info().rss)

    with service_on(paths, at_once=1) as service:
        until(service.jobs.loaded, service.open)
        timer = QTimer()
        timer.timeout.connect(watch)
        timer.start(100)
        until(service.queue.idle, lambda: service.add([path]), 1400.0)
        timer.stop()
        [job] = service.jobs
    assert (job.status, job.error_message) == (Status.COMPLETE, None)
    song_map = songmap_file.read(Path(job.song_map_path or ""))
    assert song_map.duration_sec == pytest.approx(3600.0 * HOURS, abs=0.1)
    assert len(song_map.beats) > 3600 * HOURS
    assert largest < 700e6
