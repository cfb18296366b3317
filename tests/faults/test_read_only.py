"""A disk that may not be written any more while the program runs: for a moment, and for good.

A file system with files open for writing refuses to be remounted read-only. So for good it is an ext4 whose journal
is aborted, which is what the kernel does on an error of the disk; and for a moment every write to the database's
files is answered with EROFS, by strace.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.service import JobService
from performia_desktop.jobs.store import Store
from performia_desktop.paths import Paths
from tests.faults.running import service_on, until
from tests.faults.test_disk import all_complete
from tests.jobs.tracing import needs_strace

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="file systems and strace are those of Linux"),
]

_WRITES = "pwrite64,write,ftruncate,fsync,fdatasync,fallocate"


class Ext4:
    """A small disk with an image for a device."""

    def __init__(self, folder: Path, image: Path) -> None:
        self.folder, self.image = folder, image

    def mount(self) -> bool:
        return _does("mount", "-o", "loop", self.image, self.folder)

    def abort(self) -> None:
        """Have the kernel do what it does on an error: nothing is written any more."""
        assert _does("mount", "-o", "remount,abort", self.folder)

    def repair(self) -> None:
        assert _does("umount", self.folder)
        subprocess.run(["e2fsck", "-p", str(self.image)], capture_output=True, check=False)
        assert self.mount()


def _does(*command: str | Path) -> bool:
    try:
        return subprocess.run([*map(str, command)], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@pytest.fixture
def ext4(tmp_path: Path) -> Iterator[Ext4]:
    disk = Ext4(tmp_path / "disk", tmp_path / "image")
    disk.folder.mkdir()
    disk.image.write_bytes(b"")
    os.truncate(disk.image, 64 << 20)
    if not (_does("mkfs.ext4", "-q", disk.image) and disk.mount()):
        pytest.skip("needs the right to mount a small file system")
    yield disk
    subprocess.run(["umount", "-l", str(disk.folder)], check=True)


@contextlib.contextmanager
def refusing_writes(*files: Path) -> Iterator[None]:
    """Have the kernel refuse what this process writes into some files."""
    paths = [word for file in files for word in ("-P", str(file))]
    command = ["strace", "-f", "-qq", *paths, "-e", f"inject={_WRITES}:error=EROFS", "-o", os.devnull]
    tracer = subprocess.Popen([*command, "-p", str(os.getpid())], stderr=subprocess.PIPE, text=True)
    try:
        while "TracerPid:\t0\n" in Path("/proc/self/status").read_text():
            if tracer.poll() is not None:
                pytest.skip(f"needs the right to trace: {tracer.stderr and tracer.stderr.read()}")
        yield
    finally:
        tracer.terminate()
        tracer.communicate(timeout=20)


@needs_strace
def test_for_a_moment_while_songs_run(qtbot: QtBot, paths: Paths, songs: list[Path]) -> None:
    held: list[str] = []
    with service_on(paths, at_once=2) as service:
        service.blocked.connect(held.append)
        until(service.jobs.loaded, service.open)
        with qtbot.waitSignal(service.queue.job_ended, timeout=30_000):
            service.add(songs)
        files = [paths.database.with_name(paths.database.name + side) for side in ("", "-wal", "-shm")]
        with refusing_writes(*files):
            service.queue.retry([job.job_id for job in service.jobs if job.finished])
            qtbot.waitUntil(lambda: bool(held), timeout=30_000)
            assert str(paths.database) in held[0]
            assert "cannot be read or written" in held[0]  # SQLite says no more than that
            assert "goes on by itself" in held[0]
            told = {job.job_id: job for job in service.jobs}
            assert len(told) == len(songs)
        qtbot.waitUntil(lambda: service.queue.blocked is None and not service.queue.busy, timeout=60_000)
        assert all_complete(service, songs)
    assert in_the_file(paths) == [Status.COMPLETE] * len(songs)


@pytest.mark.allow_log(
    "not written to the job database", "cannot be written", "is damaged", "Read-only file system"
)
def test_for_good_while_songs_run(qtbot: QtBot, ext4: Ext4, songs: list[Path]) -> None:
    paths = Paths.of(ext4.folder / "data")
    service = JobService(paths)
    held: list[str] = []
    service.blocked.connect(held.append)
    service.queue.stalled.connect(held.append)
    until(service.jobs.loaded, service.open)
    with qtbot.waitSignal(service.queue.job_ended, timeout=30_000):
        service.add(songs)
    ext4.abort()
    service.queue.retry([job.job_id for job in service.jobs if job.finished])
    qtbot.waitUntil(lambda: bool(held), timeout=30_000)
    assert "cannot be read or written" in held[0] or "may not be written" in held[0]
    assert len(list(service.jobs)) == len(songs)  # the window still shows them all
    assert not service.quit(1000)

    ext4.repair()
    with service_on(paths) as again:
        notices: list[str | None] = []
        again.opened.connect(notices.append)
        until(again.jobs.loaded, again.open)
        assert notices == [None]
        assert sorted(job.input_file or "" for job in again.jobs) == [str(path) for path in songs]
        qtbot.waitUntil(lambda: not again.queue.busy, timeout=60_000)
        assert all_complete(again, songs)
    assert in_the_file(paths) == [Status.COMPLETE] * len(songs)


def in_the_file(paths: Paths) -> list[Status]:
    store = Store.open(paths, read_only=True)
    assert store.check() == []
    jobs: list[Job] = store.list()
    store.close()
    return [job.status for job in jobs]
