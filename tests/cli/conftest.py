"""A database with jobs of every kind, and the program run in this process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication

from performia_desktop import cli, demo
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.store import Store
from performia_desktop.paths import Paths
from performia_desktop.songmap import file as songmap_file

NOON = 1_740_830_400.0  # 2025-03-01 12:00 UTC
DAY = 86_400.0


@dataclass
class Result:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Result]


@pytest.fixture
def run(data_dir: Path, capsys: pytest.CaptureFixture[str], qapp: QCoreApplication) -> Run:
    """Run the program on the test's own data directory."""

    def call(*arguments: object) -> Result:
        status = cli.main(["--data-dir", str(data_dir), *map(str, arguments)])
        captured = capsys.readouterr()
        return Result(status, captured.out, captured.err)

    return call


@pytest.fixture
def jobs(paths: Paths, qapp: QCoreApplication) -> list[Job]:
    """Five jobs, a day apart, the newest last: one in each status."""
    song_map = paths.song_map("0000000c")
    songmap_file.write(demo.truth(5.0), song_map)
    made = [
        Job("0000000a", Status.PENDING, NOON, input_file="/songs/Waiting.mp3"),
        Job(
            "0000000b",
            Status.PROCESSING,
            NOON + DAY,
            started_at=NOON + DAY + 1,
            progress=0.25,
            stage="chord",
            input_file="/songs/Working.mp3",
        ),
        Job(
            "0000000c",
            Status.COMPLETE,
            NOON + 2 * DAY,
            started_at=NOON + 2 * DAY + 2,
            completed_at=NOON + 2 * DAY + 12.5,
            progress=1.0,
            song_map_path=str(song_map),
            input_file="/songs/Bossa.mp3",
            title="Água de Março",
            artist="The Examples",
            duration_sec=222.0,
            tempo_bpm=112.04,
            key="Eb major",
        ),
        Job(
            "0000000d",
            Status.ERROR,
            NOON + 3 * DAY,
            started_at=NOON + 3 * DAY,
            completed_at=NOON + 3 * DAY + 1,
            progress=0.1,
            error_message="This is no audio file. Convert it, then retry.",
            error_code="not-audio",
            input_file="/songs/text.mp3",
        ),
        Job("0000000e", Status.CANCELLED, NOON + 4 * DAY, input_file="/songs/Cancelled.mp3"),
    ]
    store = Store.open(paths)
    stored = store.insert(made)
    store.close()
    return stored


@pytest.fixture
def running(jobs: list[Job], paths: Paths) -> Iterator[subprocess.Popen[str]]:
    """A program that holds the data directory and writes down what it is asked, as a window would be."""
    program = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("running.py")), str(paths.data_dir)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdin is not None
    assert program.stdout is not None
    assert program.stdout.readline() == "ready\n"
    yield program
    program.stdin.close()
    assert program.wait(20) == 0
    program.stdout.close()
