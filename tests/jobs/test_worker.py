from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from performia_desktop.jobs.childpool import ChildPool
from performia_desktop.jobs.worker import Worker
from performia_desktop.paths import Paths
from performia_desktop.protocol import FAILURE_CODES, Done, Failed, Progress
from performia_desktop.songmap.file import read
from tests.jobs.fakes import FAKE_CHILD, song, task

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def pool() -> Iterator[ChildPool]:
    pool = ChildPool(FAKE_CHILD)
    yield pool
    pool.close()


class Heard:
    """Runs a worker in this very thread and keeps what it says."""

    def __init__(self, worker: Worker) -> None:
        self.progress: list[Progress] = []
        self.outcomes: list[Done | Failed | str] = []
        worker.signals.progressed.connect(self.progress.append)
        for outcome in (worker.signals.finished, worker.signals.failed, worker.signals.stopped):
            outcome.connect(self.outcomes.append)
        self.worker = worker

    @property
    def outcome(self) -> Done | Failed | str:
        QCoreApplication.processEvents()
        assert len(self.outcomes) == 1
        return self.outcomes[0]


def run(paths: Paths, pool: ChildPool, file: Path, job_id: str = "00000001") -> Heard:
    heard = Heard(Worker(task(paths, job_id, file), pool))
    heard.worker.run()
    return heard


def test_a_song_becomes_a_map_and_the_child_goes_back(paths: Paths, pool: ChildPool, tmp_path: Path) -> None:
    done = run(paths, pool, song(tmp_path, "a.mp3")).outcome
    assert isinstance(done, Done)
    assert read(paths.song_map("00000001")).id == "00000001"
    assert pool.idle == 1
    assert list(paths.checkpoints.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "code", "in_message", "in_details"),
    [
        ("crash.mp3", "crashed", "without an answer", "the last words"),
        ("silent.mp3", "crashed", "without an answer", "exit status 0"),
        ("segfault.mp3", "crashed", "SIGSEGV", "Segmentation fault"),
        ("memory.mp3", "memory", "not enough memory", "MemoryError"),
        ("garbage.mp3", "crashed", "makes no sense", "Hello, I am a native library"),
        ("endless.mp3", "crashed", "makes no sense", "xxx"),
        ("foreign.mp3", "crashed", "makes no sense", "somebody"),
        ("fail-damaged.mp3", "damaged", "Copy it again", "byte 7"),
        ("fail-newer.mp3", "bug", "Copy it again", "byte 7"),
        ("nomap.mp3", "results", "not there", "00000001.json"),
    ],
)
def test_every_misfortune_is_one_sentence(
    paths: Paths, pool: ChildPool, tmp_path: Path, name: str, code: str, in_message: str, in_details: str
) -> None:
    failed = run(paths, pool, song(tmp_path, name)).outcome
    assert isinstance(failed, Failed)
    assert failed.code == code
    assert failed.code in FAILURE_CODES
    assert in_message in failed.message
    assert in_details in failed.details
    assert list(paths.checkpoints.iterdir()) == []
    assert isinstance(run(paths, pool, song(tmp_path, "next.mp3"), "00000002").outcome, Done)


def test_progress_is_forwarded_at_most_ten_times_a_second_and_the_rest_is_kept(
    paths: Paths, pool: ChildPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr("performia_desktop.jobs.worker.time.monotonic", lambda: now[0])
    heard = run(paths, pool, song(tmp_path, "chatty.mp3"))
    assert isinstance(heard.outcome, Done)
    assert [progress.stage for progress in heard.progress] == ["decode"]
    withheld = heard.worker.take_withheld()
    assert withheld is not None
    assert withheld.stage == "write"
    assert heard.worker.take_withheld() is None


@pytest.mark.parametrize("keep", [True, False])
def test_stop_kills_the_child_and_removes_what_it_leaves(
    paths: Paths, pool: ChildPool, tmp_path: Path, keep: bool
) -> None:
    heard = Heard(Worker(task(paths, "00000001", song(tmp_path, "half.mp3")), pool))
    half = paths.maps / ".00000001.json.0badf00d.tmp"

    def stop_when_there() -> None:
        while not half.exists():
            pass
        heard.worker.stop(keep_checkpoints=keep)

    stopper = threading.Thread(target=stop_when_there)
    stopper.start()
    heard.worker.run()
    stopper.join()
    assert heard.outcome == "00000001"
    assert list(paths.maps.iterdir()) == []
    assert (paths.checkpoints / "00000001").exists() is keep
    assert pool.idle == 0


def test_stop_before_the_start_starts_no_child(paths: Paths, pool: ChildPool, tmp_path: Path) -> None:
    heard = Heard(Worker(task(paths, "00000001", song(tmp_path, "a.mp3")), pool))
    heard.worker.stop(keep_checkpoints=True)
    heard.worker.run()
    assert heard.outcome == "00000001"
    assert pool.empty


def test_a_child_given_up_says_where_it_stood(paths: Paths, pool: ChildPool, tmp_path: Path) -> None:
    heard = Heard(Worker(task(paths, "00000001", song(tmp_path, "hang.mp3")), pool))

    def give_up() -> None:
        while heard.worker.heard < 4:
            pass
        heard.worker.hang()

    thread = threading.Thread(target=give_up)
    thread.start()
    heard.worker.run()
    thread.join()
    failed = heard.outcome
    assert isinstance(failed, Failed)
    assert failed.code == "hung"
    assert "misbehave" in failed.details


def test_a_child_that_died_between_two_songs_is_not_the_next_songs_fault(
    paths: Paths, pool: ChildPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = song(tmp_path, "a.mp3")
    first = run(paths, pool, file).outcome
    assert isinstance(first, Done)
    child = pool._idle[0][0]
    os.kill(child.pid, signal.SIGKILL)
    child._process.wait()
    monkeypatch.setattr(type(child), "alive", property(lambda _: True))  # as if it died just after that look
    assert isinstance(run(paths, pool, file, "00000002").outcome, Done)


def test_a_song_that_kills_every_child_fails_after_the_second(
    paths: Paths, pool: ChildPool, tmp_path: Path
) -> None:
    run(paths, pool, song(tmp_path, "a.mp3"))
    failed = run(paths, pool, song(tmp_path, "crash.mp3"), "00000002").outcome
    assert isinstance(failed, Failed)


def test_an_analysis_that_cannot_be_started(paths: Paths, tmp_path: Path) -> None:
    heard = run(paths, ChildPool(["/no-such-program"]), song(tmp_path, "a.mp3"))
    assert isinstance(heard.outcome, Failed)
    assert "could not be started (No such file or directory)" in heard.outcome.message
    assert heard.worker.start_failed


@pytest.mark.allow_log("the worker of job 00000001 broke")
def test_a_mistake_of_ours_is_an_outcome_too(
    paths: Paths, pool: ChildPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "take", lambda **_: 1 / 0)
    failed = run(paths, pool, song(tmp_path, "a.mp3")).outcome
    assert isinstance(failed, Failed)
    assert failed.code == "bug"
    assert "ZeroDivisionError" in failed.message
    assert "Traceback" in failed.details
