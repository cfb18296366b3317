"""A disk that is full or may not be written: the queue says so and waits, nothing is lost, and it goes on by itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from performia_desktop.jobs.child import default_command
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.service import JobService
from performia_desktop.jobs.store import Store
from performia_desktop.paths import Paths
from performia_desktop.songmap import file as songmap_file
from tests.faults import plain_user
from tests.faults.conftest import Disk
from tests.faults.running import service_on, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="small file systems and limits are those of Linux")

_LIMIT = (
    "import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)); "
    "os.execv(sys.argv[1], sys.argv[1:])"
)
LIMITED = [sys.executable, "-c", _LIMIT, *default_command()]
"""An analysis that cannot write a file of more than a hundred bytes."""


def stored(paths: Paths) -> list[Job]:
    store = Store.open(paths, read_only=True)
    jobs = store.list()
    store.close()
    return jobs


def all_complete(service: JobService, songs: list[Path]) -> bool:
    """Every song is there once, complete, with a whole map."""
    jobs = list(service.jobs)
    assert sorted(job.input_file or "" for job in jobs) == [str(path) for path in songs]
    assert [(job.status, job.error_message) for job in jobs] == [(Status.COMPLETE, None)] * len(songs)
    return all(songmap_file.read(Path(job.song_map_path or "")).id == job.job_id for job in jobs)


def test_a_disk_full_before_the_drop(qtbot: QtBot, disk: Disk, songs: list[Path]) -> None:
    paths = Paths.of(disk.folder / "data")
    with service_on(paths) as service:
        until(service.jobs.loaded, service.open)
        disk.fill()
        held: list[str] = []
        service.blocked.connect(held.append)
        service.queue.stalled.connect(held.append)
        service.add(songs)
        qtbot.waitUntil(lambda: bool(held), timeout=20_000)
        assert "full" in held[0]
        assert "Free some space" in held[0]
        assert service.queue.blocked == held[0]
        until(service.queue.idle, disk.free)
        assert service.queue.blocked is None
        assert all_complete(service, songs)


def test_a_disk_that_fills_up_while_songs_run(qtbot: QtBot, disk: Disk, songs: list[Path]) -> None:
    paths = Paths.of(disk.folder / "data")
    held: list[str] = []
    running: list[int] = []
    with service_on(paths, at_once=2) as service:
        service.queue.stalled.connect(held.append)
        service.jobs.changed.connect(lambda _: running.append(len(service.queue.running)))
        until(service.jobs.loaded, service.open)
        with qtbot.waitSignal(service.queue.job_ended, timeout=30_000):
            service.add(songs)
        disk.fill()
        qtbot.waitUntil(lambda: bool(held) and not service.jobs.counts[Status.PROCESSING], timeout=20_000)
        assert "The disk is full" in held[0]
        assert service.queue.running == ()
        assert {job.status for job in service.jobs} <= {Status.PENDING, Status.COMPLETE}
        assert service.queue.busy
        running.clear()
        until(service.queue.idle, disk.free)
        assert max(running) == 2
        assert service.queue.at_once == 2
        assert all_complete(service, songs)
    assert {job.status for job in stored(paths)} == {Status.COMPLETE}


@pytest.mark.allow_log("not written to the job database")
def test_a_disk_that_stays_full_until_the_next_start(qtbot: QtBot, disk: Disk, songs: list[Path]) -> None:
    paths = Paths.of(disk.folder / "data")
    service = JobService(paths)
    shown: list[str] = []
    service.jobs.added.connect(lambda jobs: shown.extend(job.job_id for job in jobs))
    until(service.jobs.loaded, service.open)
    with qtbot.waitSignal(service.queue.job_ended, timeout=30_000):
        service.add(songs)
    disk.fill()
    for job_id in shown[3:]:
        service.queue.retry([job_id])
    with qtbot.waitSignal(service.queue.stalled, timeout=20_000):
        pass
    service.quit(1000)

    disk.free()
    with service_on(paths) as again:
        until(again.queue.idle, again.open)
        assert {job.job_id for job in again.jobs} == set(shown)
        assert all_complete(again, songs)


@pytest.mark.allow_log("not written to the job database")
def test_a_file_system_that_may_not_be_written_is_waited_for(qtbot: QtBot, disk: Disk, songs: list[Path]) -> None:
    paths = Paths.of(disk.folder / "data")
    with service_on(paths) as service:
        until(service.jobs.loaded, service.open)
        until(service.queue.idle, lambda: service.add(songs[:3]))
    disk.remount("ro")
    for words in (["jobs"], ["jobs", "--json"], ["health"], ["check"]):
        done = program(paths, *words)
        assert (done.returncode, done.stderr) == (0, "")
    with service_on(paths) as service:
        with qtbot.waitSignal(service.blocked, timeout=20_000) as held:
            service.open()
        assert held.args is not None
        assert "may not be written" in held.args[0]
        service.add(songs)
        until(service.jobs.loaded, lambda: disk.remount("rw"))
        qtbot.waitUntil(lambda: len(service.jobs) == len(songs), timeout=20_000)
        qtbot.waitUntil(lambda: not service.queue.busy, timeout=20_000)
        assert all_complete(service, songs)


def program(paths: Paths, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "performia_desktop", "--data-dir", str(paths.data_dir), *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_folder_for_results_that_may_not_be_written(
    qapp: QCoreApplication, paths: Paths, songs: list[Path]
) -> None:
    if not plain_user.permissions_count():
        pytest.skip("this user may write everything")
    with service_on(paths) as service:
        until(service.jobs.loaded, service.open)
        paths.maps.chmod(0o500)
        until(service.queue.idle, lambda: service.add(songs))
        for job in service.jobs:
            assert (job.status, job.error_code) == (Status.ERROR, "results")
            assert "cannot be written. Allow it" in (job.error_message or "")
        paths.maps.chmod(0o700)
        until(service.queue.idle, lambda: service.queue.retry([job.job_id for job in service.jobs]))
        assert all_complete(service, songs)


def test_a_song_map_for_which_alone_there_is_no_room(
    qapp: QCoreApplication, paths: Paths, songs: list[Path]
) -> None:
    """Another disk, or the user's quota, is full: no space to wait for is to be seen, so the song fails alone."""
    service = JobService(paths, command=LIMITED)
    until(service.jobs.loaded, service.open)
    until(service.queue.idle, lambda: service.add(songs))
    for job in service.jobs:
        assert (job.status, job.error_code) == (Status.ERROR, "disk-full")
        assert job.error_message == "The disk is full. Free some space and retry."
    assert service.quit()
    assert list(paths.maps.iterdir()) == []
    with service_on(paths) as service:
        until(service.jobs.loaded, service.open)
        until(service.queue.idle, lambda: service.queue.retry([job.job_id for job in service.jobs]))
        assert all_complete(service, songs)


def test_a_disk_that_is_full_at_the_start(qtbot: QtBot, disk: Disk, songs: list[Path]) -> None:
    paths = Paths.of(disk.folder / "data")
    with service_on(paths) as service:
        until(service.jobs.loaded, service.open)
        until(service.queue.idle, lambda: service.add(songs[:2]))
    disk.fill()
    for words in (["jobs", "--json"], ["health"], ["check"]):
        done = program(paths, *words)
        assert (done.returncode, done.stderr) == (0, "")
    done = program(paths, "analyze", str(songs[2]))
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith(f"The disk with {paths.data_dir} is full. Free some space")
    with service_on(paths) as service:
        with qtbot.waitSignal(service.blocked, timeout=20_000) as held:
            service.open()
        assert held.args is not None
        assert "is full. Free some space" in held.args[0]
        service.add(songs)
        until(service.jobs.loaded, disk.free)
        qtbot.waitUntil(lambda: len(service.jobs) == len(songs), timeout=20_000)
        qtbot.waitUntil(lambda: not service.queue.busy, timeout=20_000)
        assert all_complete(service, songs)
