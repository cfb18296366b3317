"""What a child that lies can do to the program: fail its own song, with a sentence, and nothing else."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.service import JobService
from performia_desktop.paths import Paths
from performia_desktop.songmap.file import read
from tests.jobs.fakes import song
from tests.security import rogue_child

ROGUE_CHILD = [sys.executable, str(Path(__file__).with_name("rogue_child.py"))]

NONSENSE = "makes no sense"
LIES = {
    "flood": NONSENSE,
    "longline": NONSENSE,
    "notutf8": NONSENSE,
    "deep": NONSENSE,
    "huge": NONSENSE,
    "nan": NONSENSE,
    "nowhere": NONSENSE,
    "otherdone": NONSENSE,
    "otherfailed": NONSENSE,
    "elsewhere": NONSENSE,
    "outside": NONSENSE,
    "nomap": "not there",
    "emptymap": NONSENSE,
    "brokenmap": NONSENSE,
    "wrongmap": NONSENSE,
    "deepmap": NONSENSE,
    "othermap": NONSENSE,
    "wildmap": NONSENSE,
    "dirmap": "not there",
    "longtitle": NONSENSE,
    "badhash": NONSENSE,
    "quiet": "without an answer",
}


@pytest.fixture
def service(qtbot: QtBot, paths: Paths) -> Iterator[JobService]:
    service = JobService(paths, command=ROGUE_CHILD, silence_seconds=5.0)
    service.settings.jobs_at_once = 1
    with qtbot.waitSignal(service.jobs.loaded):
        service.open()
    yield service
    service.quit()


def play(qtbot: QtBot, service: JobService, *files: Path) -> list[Job]:
    """Run songs to the queue's end and return what became of them."""
    with (
        qtbot.waitSignal(service.queue.idle, timeout=30_000),
        qtbot.waitSignal(service.intake_done) as done,
    ):
        service.add(files)
    assert done.args is not None
    jobs = [service.jobs.get(job.job_id) for job in done.args[0].added]
    return [job for job in jobs if job is not None]


def test_every_lie_is_known() -> None:
    honest = {"beyond", "twice", "chatterbox", "shout", "closes"}
    assert rogue_child.DEEDS.keys() == LIES.keys() | honest


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_fails_its_own_song_only(
    qtbot: QtBot, service: JobService, paths: Paths, tmp_path: Path, lie: str
) -> None:
    before, bad, after = play(
        qtbot, service, *(song(tmp_path, name) for name in ("1.mp3", f"2.{lie}.mp3", "3.mp3"))
    )
    assert (before.status, after.status) == (Status.COMPLETE, Status.COMPLETE)
    assert bad.status is Status.ERROR
    assert bad.error_code in {"crashed", "results"}
    assert LIES[lie] in (bad.error_message or "")
    assert bad.song_map_path is None
    assert bad.title is None
    assert read(paths.song_map(after.job_id)).id == after.job_id
    assert list(paths.checkpoints.iterdir()) == []
    if paths.song_map(bad.job_id).is_file():  # the map was not the lie
        assert read(paths.song_map(bad.job_id)).id == bad.job_id
    if lie == "dirmap":
        paths.song_map(bad.job_id).rmdir()


@pytest.mark.parametrize("word", ["twice", "chatterbox"])
def test_what_is_left_in_the_pipe_is_not_the_next_songs_fault(
    qtbot: QtBot, service: JobService, tmp_path: Path, word: str
) -> None:
    jobs = play(qtbot, service, song(tmp_path, f"1.{word}.mp3"), song(tmp_path, "2.mp3"), song(tmp_path, "3.mp3"))
    assert [job.status for job in jobs] == [Status.COMPLETE] * 3


def test_a_progress_beyond_its_bounds_is_kept_within(qtbot: QtBot, service: JobService, tmp_path: Path) -> None:
    seen: list[float] = []
    service.jobs.changed.connect(lambda job: seen.append(job.progress))
    [job] = play(qtbot, service, song(tmp_path, "1.beyond.mp3"))
    assert job.status is Status.COMPLETE
    assert max(seen) == 1.0
    assert min(seen) == 0.0


def test_a_child_that_closes_its_mouth_is_ended(qtbot: QtBot, service: JobService, tmp_path: Path) -> None:
    bad, good = play(qtbot, service, song(tmp_path, "1.closes.mp3"), song(tmp_path, "2.mp3"))
    assert (bad.status, bad.error_code) == (Status.ERROR, "crashed")
    assert good.status is Status.COMPLETE


@pytest.mark.parametrize("word", ["flood", "longline", "shout"])
def test_a_hundred_megabytes_do_not_become_ours(
    qtbot: QtBot, service: JobService, tmp_path: Path, word: str
) -> None:
    play(qtbot, service, song(tmp_path, "1.mp3"))
    process = psutil.Process()
    before = largest = process.memory_info().rss
    stop = threading.Event()

    def watch() -> None:
        nonlocal largest
        while not stop.wait(0.005):
            largest = max(largest, process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        play(qtbot, service, song(tmp_path, f"2.{word}.mp3"))
    finally:
        stop.set()
        watcher.join()
    assert largest - before < 20_000_000
