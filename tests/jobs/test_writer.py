"""The writer does everything in order, waits for the world without holding anybody up, and loses nothing."""

from __future__ import annotations

import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QThread
from PySide6.QtSql import QSqlDatabase
from pytestqt.qtbot import QtBot

from performia_desktop.jobs import migrations
from performia_desktop.jobs.database import DatabaseBug, DatabaseError, KnownDatabaseError
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.store import Store
from performia_desktop.jobs.writer import Writer
from performia_desktop.paths import Paths
from tests.jobs.other_program import OtherProgram


def a_job(n: int) -> Job:
    return Job(f"{n:08x}", Status.PENDING, created_at=1_760_000_000.0 + n)


@dataclass
class Heard:
    """What a writer told, in order, and in which threads."""

    events: list[tuple[str, Any]] = field(default_factory=list)
    threads: set[int] = field(default_factory=set)

    def note(self, name: str, value: Any = None) -> None:
        self.events.append((name, value))
        self.threads.add(threading.get_ident())

    def names(self) -> list[str]:
        return [name for name, _ in self.events]

    def listen(self, writer: Writer) -> None:
        writer.opened.connect(lambda notice: self.note("opened", notice))
        writer.refused.connect(lambda error: self.note("refused", error))
        writer.blocked.connect(lambda sentence: self.note("blocked", sentence))
        writer.unblocked.connect(lambda: self.note("unblocked"))
        writer.bug.connect(lambda error: self.note("bug", error))


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def writer(paths: Paths, qtbot: QtBot, heard: Heard) -> Iterator[Writer]:
    made = Writer(paths)
    heard.listen(made)
    made.start()
    yield made
    if made.isRunning():
        made.give_up()


def read(paths: Paths) -> list[Job]:
    store = Store.open(paths, read_only=True)
    jobs = store.list()
    store.close()
    return jobs


def test_operations_are_done_in_order_and_tell_it_here(writer: Writer, heard: Heard, qtbot: QtBot) -> None:
    for n in range(50):
        writer.submit(lambda store, n=n: store.insert([a_job(n)]), lambda jobs: heard.note("in", jobs[0].job_id))
    qtbot.waitUntil(lambda: len(heard.events) == 51)
    assert heard.events[0] == ("opened", None)
    assert [value for _, value in heard.events[1:]] == [f"{n:08x}" for n in range(50)]
    assert heard.threads == {threading.get_ident()}
    assert writer.pending == 0
    assert writer.close(5000)


def test_operations_run_in_one_thread_that_is_not_this_one(writer: Writer, qtbot: QtBot) -> None:
    threads: set[int] = set()
    for _ in range(10):
        writer.submit(lambda _: threads.add(threading.get_ident()))
    assert writer.close(5000)
    assert len(threads) == 1
    assert threads != {threading.get_ident()}


def test_closing_does_everything_first_and_says_so(writer: Writer, heard: Heard, paths: Paths) -> None:
    for n in range(300):
        writer.submit(lambda store, n=n: store.insert([a_job(n)]), lambda _: heard.note("in"))
    assert writer.close(30_000)
    assert heard.names().count("in") == 300
    assert not writer.isRunning()
    assert len(read(paths)) == 300
    assert QSqlDatabase.connectionNames() == []
    assert writer.close(1000)
    with pytest.raises(RuntimeError):
        writer.submit(lambda store: store.count())


def test_what_is_submitted_before_the_start_is_done_after_it(paths: Paths, qtbot: QtBot) -> None:
    writer = Writer(paths)
    writer.submit(lambda store: store.insert([a_job(1)]))
    assert writer.pending == 1
    writer.start()
    assert writer.close(5000)
    assert len(read(paths)) == 1


def test_a_writer_that_was_never_started_closes(paths: Paths, qtbot: QtBot) -> None:
    assert Writer(paths).close(1000)
    assert not paths.database.exists()


def test_a_mistake_in_an_operation_is_told_and_the_rest_goes_on(writer: Writer, heard: Heard) -> None:
    writer.submit(lambda store: store.get(1 / 0), failed=lambda error: heard.note("failed", error))  # type: ignore[arg-type]
    writer.submit(lambda store: store._connection.run("SELEKT"))
    writer.submit(lambda store: store.count(), lambda _: heard.note("counted"))
    assert writer.close(5000)
    assert heard.names() == ["opened", "failed", "bug", "counted"]
    assert isinstance(heard.events[1][1], DatabaseBug)
    assert "ZeroDivisionError" in heard.events[1][1].details
    assert "SELEKT" in heard.events[2][1].details


def test_a_refused_database_fails_everything_with_its_reason(paths: Paths, qtbot: QtBot, heard: Heard) -> None:
    Store.open(paths).close()
    with OtherProgram(paths.database) as other:
        other.execute(f"PRAGMA user_version={migrations.LATEST + 1}")
    writer = Writer(paths)
    heard.listen(writer)
    writer.start()
    failed: list[DatabaseError] = []
    writer.submit(lambda store: store.count(), failed=failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    writer.submit(lambda store: store.count(), failed=failed.append)
    assert writer.close(5000)
    assert heard.names() == ["refused"]
    assert [error.kind for error in failed if isinstance(error, KnownDatabaseError)] == ["too-new", "too-new"]
    assert writer.pending == 0


def test_a_database_set_aside_is_told(paths: Paths, qtbot: QtBot, heard: Heard) -> None:
    paths.database.write_text("this is not a database")
    writer = Writer(paths)
    heard.listen(writer)
    writer.start()
    assert writer.close(5000)
    [(name, notice)] = heard.events
    assert name == "opened"
    assert "kept as" in notice


def test_a_lock_for_seconds_holds_up_nothing_and_loses_nothing(
    writer: Writer, heard: Heard, paths: Paths, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: heard.names() == ["opened"])
    with OtherProgram(paths.database) as other:
        other.execute("BEGIN IMMEDIATE")
        attempts: list[float] = []

        def first(store: Store) -> None:
            attempts.append(time.perf_counter())
            store.insert([a_job(0)])

        started = time.perf_counter()
        writer.submit(first, lambda _: heard.note("in", 0))
        for n in range(1, 100):
            writer.submit(lambda store, n=n: store.insert([a_job(n)]), lambda _, n=n: heard.note("in", n))
        assert time.perf_counter() - started < 0.2
        qtbot.waitUntil(lambda: "blocked" in heard.names())
        assert writer.is_blocked
        # The event loop turns all the while.
        qtbot.waitUntil(lambda: len(attempts) == 5, timeout=10_000)
        assert 0.3 < (attempts[-1] - attempts[0]) / 4 < 1.5
        assert writer.pending == 100
        assert not writer.close(100)
        assert writer.isRunning()
        other.execute("COMMIT")
    qtbot.waitUntil(lambda: writer.pending == 0)
    assert writer.close(5000)
    assert heard.names()[:2] == ["opened", "blocked"]
    assert heard.names().count("blocked") == heard.names().count("unblocked") == 1
    assert "Another program" in heard.events[1][1]
    assert [value for name, value in heard.events if name == "in"] == list(range(100))
    assert [job.position for job in sorted(read(paths), key=lambda job: job.job_id)] == [
        n + 1.0 for n in range(100)
    ]


def test_a_database_locked_at_the_start_is_waited_for(paths: Paths, qtbot: QtBot, heard: Heard) -> None:
    connection_made = Path(__file__).parent / "data" / "original_service.db"
    shutil.copyfile(connection_made, paths.database)
    with OtherProgram(paths.database) as other:
        other.execute("BEGIN EXCLUSIVE")
        writer = Writer(paths)
        heard.listen(writer)
        writer.submit(lambda store: store.insert([a_job(1)]), lambda _: heard.note("in"))
        writer.start()
        qtbot.waitUntil(lambda: heard.names() == ["blocked"])
        other.execute("COMMIT")
    qtbot.waitUntil(lambda: "in" in heard.names())
    assert heard.names() == ["blocked", "unblocked", "opened", "in"]
    assert writer.close(5000)
    assert len(list(paths.backups.glob("*.db"))) == 1


def test_a_database_locked_at_the_start_holds_up_no_end_with_nothing_to_save(
    paths: Paths, qtbot: QtBot, heard: Heard
) -> None:
    Store.open(paths).close()
    with OtherProgram(paths.database) as other:
        other.execute("PRAGMA journal_mode=DELETE")
        other.execute("BEGIN EXCLUSIVE")
        writer = Writer(paths)
        heard.listen(writer)
        writer.start()
        qtbot.waitUntil(lambda: heard.names() == ["blocked"])
        began = time.monotonic()
        assert writer.close(20_000)
        assert time.monotonic() - began < 5


def test_a_full_disk_is_waited_for(writer: Writer, heard: Heard, paths: Paths, qtbot: QtBot) -> None:
    """SQLITE_FULL at will, by a limit on the pages; on a real small file system in the next test."""
    writer.submit(lambda store: store._connection.run("PRAGMA max_page_count=12"))
    many = [a_job(n) for n in range(500)]
    writer.submit(lambda store: store.insert(many), lambda jobs: heard.note("in", len(jobs)))
    writer.submit(lambda store: store.insert([a_job(999)]), lambda jobs: heard.note("in", len(jobs)))
    with qtbot.waitSignal(writer.blocked) as blocked:
        pass
    assert "full" in blocked.args[0]
    # The limit is the connection's own: lift it from within, as the retry comes round.
    original, lifted = Store.insert, []

    def insert(store: Store, jobs: Any) -> Any:
        if not lifted:
            lifted.append(store._connection.run("PRAGMA max_page_count=100000"))
        return original(store, jobs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "insert", insert)
        qtbot.waitUntil(lambda: writer.pending == 0)
    assert writer.close(5000)
    assert heard.names() == ["opened", "blocked", "unblocked", "in", "in"]
    assert len(read(paths)) == 501


def test_a_disk_that_is_really_full_is_waited_for(tmp_path: Path, qtbot: QtBot, heard: Heard) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("needs the right to mount a small file system")
    try:
        paths = Paths.of(disk / "data")
        writer = Writer(paths)
        heard.listen(writer)
        writer.start()
        writer.submit(lambda store: store.insert([a_job(0)]))
        qtbot.waitUntil(lambda: writer.pending == 0)
        ballast = disk / "ballast"
        with ballast.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * 4096)
            except OSError:
                pass
        for start in range(1, 10_001, 1000):
            jobs = [a_job(n) for n in range(start, start + 1000)]
            writer.submit(lambda store, jobs=jobs: store.insert(jobs), lambda jobs: heard.note("in", len(jobs)))
        qtbot.waitUntil(lambda: "blocked" in heard.names())
        in_time = heard.names().count("in")
        assert in_time < 10
        ballast.unlink()
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        qtbot.waitUntil(lambda: writer.pending == 0, timeout=20_000)
        assert writer.close(5000)
        assert heard.names().count("in") == 10
        assert len(read(paths)) == 10_001
        store = Store.open(paths)
        assert store.check() == []
        store.close()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.allow_log("not written to the job database")
def test_giving_up_says_what_is_lost(writer: Writer, heard: Heard, paths: Paths, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: heard.names() == ["opened"])
    with OtherProgram(paths.database) as other:
        other.execute("BEGIN IMMEDIATE")
        for n in range(3):
            writer.submit(lambda store, n=n: store.insert([a_job(n)]))
        qtbot.waitUntil(lambda: "blocked" in heard.names())
        assert not writer.close(50)
        assert writer.give_up() == 3
        other.execute("ROLLBACK")
    assert not writer.isRunning()
    assert read(paths) == []
    assert QSqlDatabase.connectionNames() == []


def test_a_repeated_transaction_is_not_done_twice(
    writer: Writer, heard: Heard, paths: Paths, qtbot: QtBot
) -> None:
    attempts: list[int] = []

    def twice(store: Store) -> None:
        with store.transaction():
            store.insert([a_job(1)])
            attempts.append(1)
            if len(attempts) < 3:
                raise KnownDatabaseError("io", "The disk stuttered. Wait.")
            store.insert([a_job(2)])

    writer.submit(twice)
    qtbot.waitUntil(lambda: writer.pending == 0)
    assert writer.close(5000)
    assert len(attempts) == 3
    assert sorted(job.job_id for job in read(paths)) == ["00000001", "00000002"]


def test_a_clean_up_is_finished_when_there_is_nothing_else_to_do(
    writer: Writer, paths: Paths, qtbot: QtBot
) -> None:
    writer.submit(lambda store: store.insert([a_job(1)]))
    writer.submit(lambda store: store.transition("00000001", Status.CANCELLED))
    with OtherProgram(paths.database) as other:
        writer.submit(lambda store: store.cleanup(0))
        qtbot.waitUntil(lambda: writer.pending == 0)
        qtbot.waitUntil(lambda: other.execute("SELECT count(*) FROM jobs") == [[0]])
        assert other.execute("SELECT count(*) FROM bin") == [[1]]
    assert writer.close(5000)


def test_callbacks_arrive_although_the_event_loop_stands_still(writer: Writer, heard: Heard) -> None:
    writer.submit(lambda store: store.count(), lambda _: heard.note("counted"))
    writer.wait(50)  # the thread is not ended by this; the event loop does not turn
    assert writer.close(5000)
    assert heard.names() == ["opened", "counted"]


def test_a_writer_is_a_thread_of_qt(writer: Writer) -> None:
    assert isinstance(writer, QThread)
    assert writer.close(5000)
