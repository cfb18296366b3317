"""A database that another program locks, that is no database, is too new, or is the original service's."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from pytestqt.qtbot import QtBot

from performia_desktop.jobs import network
from performia_desktop.jobs.job import Status
from performia_desktop.jobs.store import Store
from performia_desktop.jobs.store_rows import to_text
from performia_desktop.paths import Paths
from performia_desktop.songmap import file as songmap_file
from tests.faults.running import service_on, until
from tests.jobs.original_service import OriginalJobManager, OriginalStatus
from tests.jobs.other_program import OtherProgram

ORIGINAL = Path(__file__).parents[1] / "jobs" / "data" / "original_service.db"


def program(paths: Paths, *words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "performia_desktop", "--data-dir", str(paths.data_dir), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@contextmanager
def no_stall() -> Iterator[None]:
    """See that the event loop never does nothing for a quarter of a second."""
    longest, last = 0.0, time.monotonic()

    def tick() -> None:
        nonlocal longest, last
        now = time.monotonic()
        longest, last = max(longest, now - last), now

    timer = QTimer()
    timer.timeout.connect(tick)
    timer.start(10)
    yield
    timer.stop()
    assert longest < 0.25


@pytest.fixture
def journals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Databases have a write-ahead log, or in a folder "rollback" a journal, whose lock keeps out readers as well."""
    monkeypatch.setattr(network, "served", lambda path: "nfs4" if "rollback" in Path(path).parts else None)


Locked = Callable[[QtBot, Paths, list[Path]], AbstractContextManager[None]]
"""Has a database locked for as long as it is entered, and sees that nothing comes of that."""


@contextmanager
def while_songs_run(qtbot: QtBot, paths: Paths, songs: list[Path]) -> Iterator[None]:
    with service_on(paths) as service, OtherProgram(paths.database) as other:
        until(service.jobs.loaded, service.open)
        with qtbot.waitSignal(service.queue.job_ended, timeout=30_000):
            service.add([songs[0]])
        qtbot.waitUntil(lambda: service._writer.pending == 0)
        other.execute("BEGIN EXCLUSIVE")
        with no_stall():
            with qtbot.waitSignal(service.blocked, timeout=10_000) as held:
                service.add(songs[1:])
            assert held.args is not None
            assert "Another program is using the job database" in held.args[0]
            service.queue.retry([next(iter(service.jobs)).job_id])
        yield
        with no_stall(), qtbot.waitSignal(service.unblocked, timeout=10_000):
            other.execute("ROLLBACK")
        qtbot.waitUntil(lambda: len(service.jobs) == 6, timeout=10_000)
        qtbot.waitUntil(lambda: not service.queue.busy, timeout=30_000)
        assert {job.status for job in service.jobs} == {Status.COMPLETE}
        in_memory = {job.job_id: job for job in service.jobs}
    store = Store.open(paths, read_only=True)
    assert {job.job_id: job for job in store.list()} == in_memory
    store.close()


@contextmanager
def at_the_start(qtbot: QtBot, paths: Paths, songs: list[Path]) -> Iterator[None]:
    with service_on(paths) as service:
        until(service.jobs.loaded, service.open)
    with service_on(paths) as service, OtherProgram(paths.database) as other:
        other.execute("BEGIN EXCLUSIVE")
        with qtbot.waitSignal(service.blocked, timeout=10_000) as held:
            service.open()
        assert held.args is not None
        assert "Another program is using the job database" in held.args[0]
        service.add(songs)
        yield
        with qtbot.waitSignal(service.queue.idle, timeout=30_000):
            other.execute("ROLLBACK")
        assert [job.status for job in service.jobs] == [Status.COMPLETE] * len(songs)


@pytest.mark.parametrize(
    ("locks", "seconds"),
    [
        pytest.param([(while_songs_run, "log")], 1.0, id="while songs run"),
        pytest.param([(at_the_start, "rollback")], 1.0, id="at the start"),
        pytest.param(
            [(locked, journal) for locked in (while_songs_run, at_the_start) for journal in ("log", "rollback")],
            60.0,
            id="all for a minute",
            marks=[pytest.mark.slow, pytest.mark.timeout(240)],
        ),
    ],
)
def test_a_lock(
    qtbot: QtBot,
    journals: None,
    tmp_path: Path,
    songs: list[Path],
    locks: list[tuple[Locked, str]],
    seconds: float,
) -> None:
    with ExitStack() as stack:
        for locked, journal in locks:
            paths = Paths.of(tmp_path / locked.__name__ / journal / "data")
            paths.create()
            stack.enter_context(locked(qtbot, paths, songs))
        with no_stall():
            qtbot.wait(int(seconds * 1000))


def test_a_text_in_its_place_is_kept_aside(paths: Paths, songs: list[Path]) -> None:
    paths.database.write_text("Dear diary,\n" * 1000)
    done = program(paths, "analyze", songs[0], "--json")
    assert done.returncode == 0, done.stderr
    [aside] = [path for path in paths.data_dir.rglob("*") if path.is_file() and _begins(path, b"Dear diary")]
    assert aside.read_text() == "Dear diary,\n" * 1000
    assert str(aside) in done.stderr
    store = Store.open(paths, read_only=True)
    assert [job.status for job in store.list()] == [Status.COMPLETE]
    store.close()


def _begins(path: Path, text: bytes) -> bool:
    return path.read_bytes()[: len(text)] == text


def test_a_newer_one_is_refused_untouched(paths: Paths, songs: list[Path], qapp: QCoreApplication) -> None:
    Store.open(paths).close()
    with OtherProgram(paths.database) as newer:
        newer.execute("PRAGMA journal_mode=DELETE")
        newer.execute("PRAGMA user_version=1000")
    before = paths.database.read_bytes()
    for words in (["analyze", songs[0]], ["jobs"], ["retry", "00000000"], ["cleanup", "--days", "1"], ["vacuum"]):
        done = program(paths, *words)
        assert (done.returncode, done.stdout) == (3, "")
        assert "written by a newer version" in done.stderr
    assert paths.database.read_bytes() == before
    assert [path.name for path in paths.data_dir.glob("jobs.db*")] == ["jobs.db"]


def test_the_original_service_reads_and_writes_on(
    qapp: QCoreApplication, paths: Paths, songs: list[Path], tmp_path: Path
) -> None:
    """Before our upgrade, after it, and after our own work; and what it adds is work for us."""
    shutil.copy(ORIGINAL, paths.database)
    with service_on(paths) as service:
        service.queue.pause()
        until(service.jobs.loaded, service.open)
        upgraded = {job.job_id: job for job in service.jobs}
    original = OriginalJobManager(paths.database)
    assert {job.job_id for job in original.list()} == upgraded.keys()
    for job_id, ours in upgraded.items():
        theirs = original.read(job_id)
        assert theirs is not None
        assert (theirs.status.value, theirs.created_at) == (ours.status.value, ours.created_at)
        file = to_text(ours.input_file) if ours.input_file else None
        assert (theirs.error_message, theirs.input_file) == (ours.error_message, file)

    with service_on(paths) as service:
        until(service.jobs.loaded, service.open)
        until(service.queue.idle, lambda: service.add(songs[:2]))
        done = [job for job in service.jobs if job.input_file in {str(path) for path in songs}]
    for ours in done:
        theirs = original.read(ours.job_id)
        assert theirs is not None
        assert (theirs.status, theirs.progress) == (OriginalStatus.COMPLETE, 1.0)
        assert theirs.completed_at == ours.completed_at
        assert songmap_file.read(Path(theirs.song_map_path or "")).id == ours.job_id

    added = original.create(str(songs[2]))
    original.update(done[0].job_id, OriginalStatus.PENDING, 0.0)
    original.delete(done[1].job_id)
    with service_on(paths) as service:
        until(service.queue.idle, service.open)
        for job_id in (added.job_id, done[0].job_id):
            job = service.jobs.get(job_id)
            assert job is not None
            assert (job.status, job.error_message) == (Status.COMPLETE, None)
        assert service.jobs.get(done[1].job_id) is None


@pytest.mark.parametrize("was_there", [pytest.param(False, marks=pytest.mark.slow), True])
def test_on_a_network_drive_it_has_no_log_and_says_so(
    qapp: QCoreApplication, paths: Paths, songs: list[Path], monkeypatch: pytest.MonkeyPatch, was_there: bool
) -> None:
    if was_there:
        with service_on(paths) as service:
            until(service.jobs.loaded, service.open)
    monkeypatch.setattr(network, "served", lambda _: "cifs")
    told: list[str | None] = []
    for _ in range(2):
        with service_on(paths) as service:
            service.opened.connect(told.append)
            until(service.jobs.loaded, service.open)
            until(service.queue.idle, lambda service=service: service.add(songs, again=True))
            assert {job.status for job in service.jobs} == {Status.COMPLETE}
            assert not paths.database.with_name("jobs.db-wal").exists()
    assert "on a network drive (cifs)" in (told[0] or "")
    assert told[1] is None
    with OtherProgram(paths.database) as other:
        assert other.execute("PRAGMA journal_mode") != [["wal"]]
