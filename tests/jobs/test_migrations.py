"""Old databases come up to date without losing anything; newer and foreign ones are left alone."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from performia_desktop.jobs import migrations
from performia_desktop.jobs.database import Connection, DatabaseBug, KnownDatabaseError
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.store import JobQuery, Store
from performia_desktop.paths import Paths
from tests.jobs.data import make_original_service as original
from tests.jobs.data import make_version_1 as version_1
from tests.jobs.original_service import OriginalJobManager, OriginalStatus
from tests.jobs.other_program import OtherProgram

STORED = Path(__file__).parent / "data" / "original_service.db"
VERSION_1 = STORED.with_name("version_1.db")

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def old(paths: Paths) -> Paths:
    shutil.copyfile(STORED, paths.database)
    return paths


def rows_by_position(path: Path) -> list[tuple[Any, ...]]:
    """Read the table as the original service does: all columns, by their place."""
    connection = sqlite3.connect(path)
    connection.text_factory = lambda b: b.decode(errors="surrogateescape")
    rows = connection.execute("SELECT * FROM jobs ORDER BY rowid").fetchall()
    connection.close()
    return [row[:9] for row in rows]


def upgraded(paths: Paths) -> dict[str, Job]:
    store = Store.open(paths)
    jobs = {job.job_id: job for job in store.list()}
    store.close()
    return jobs


def test_the_stored_database_is_what_the_script_writes(tmp_path: Path) -> None:
    original.write(tmp_path / "again.db")
    assert rows_by_position(tmp_path / "again.db") == rows_by_position(STORED)


def test_every_job_of_the_original_is_there(old: Paths) -> None:
    store = Store.open(old)
    assert store.notice is None
    assert sum(store.count().values()) == len(original.ROWS)
    assert store.check() == []
    jobs = {job.job_id: job for job in store.list()}
    assert jobs["0a1b2c3d"] == Job(
        "0a1b2c3d",
        Status.COMPLETE,
        created_at=original.T,
        started_at=original.T + 1.5,
        completed_at=original.T + 60.25,
        progress=1.0,
        song_map_path="/srv/out/0a1b2c3d.json",
        input_file="/srv/up/a.wav",
        position=jobs["0a1b2c3d"].position,
    )
    assert jobs["test_001"].input_file == "/srv/performia/uploads/Ünïcode ♪ 🎸.mp3"
    assert jobs["00000000"].progress == 0.0
    assert jobs["00000000"].input_file is None
    store.close()


def test_sound_values_stay_and_the_first_nine_columns_keep_their_places(old: Paths) -> None:
    before = {row[0]: row for row in rows_by_position(STORED)}
    Store.open(old).close()
    after = {row[0]: row for row in rows_by_position(old.database)}
    for job_id in ("0a1b2c3d", "test_001", "deadbeef"):
        assert after[job_id] == before[job_id]
    connection = sqlite3.connect(old.database)
    columns = [row[1:3] for row in connection.execute("PRAGMA table_info(jobs)")]
    assert [name for name, _ in columns[:9]] == list(migrations.ORIGINAL_COLUMNS)
    assert [kind for _, kind in columns[:9]] == ["TEXT", "TEXT", *["REAL"] * 4, *["TEXT"] * 3]
    # The original's own way to add a job still works, and the job is ours to see.
    connection.execute(
        "INSERT INTO jobs (job_id, status, created_at, started_at, completed_at, progress, error_message, "
        "song_map_path, input_file) VALUES ('aaaaaaaa', 'pending', ?, NULL, NULL, 0.0, NULL, NULL, '/a.wav')",
        (original.T + 99,),
    )
    connection.commit()
    connection.close()
    assert upgraded(old)["aaaaaaaa"].input_file == "/a.wav"


def test_a_traceback_becomes_a_line_and_stays_whole_in_the_details(old: Paths) -> None:
    store = Store.open(old)
    job = store.get("0badf00d")
    assert job is not None
    assert job.error_message == original.TRACEBACK.splitlines()[-1]
    assert len(original.TRACEBACK) > 5000
    assert store.details("0badf00d") == original.TRACEBACK
    store.close()


def test_odd_values_become_sound_ones(old: Paths) -> None:
    before = time.time()
    jobs = upgraded(old)
    iso = jobs["11111111"]
    assert iso.created_at == datetime.fromisoformat("2025-10-01T12:30:00+00:00").timestamp()
    assert iso.started_at == datetime.fromisoformat("2025-10-01T12:30:01").timestamp()
    assert iso.completed_at is None
    queued = jobs["22222222"]
    assert queued.status is Status.ERROR
    assert queued.error_message is not None
    assert "queued" in queued.error_message
    assert "Retry" in queued.error_message
    assert jobs["33333333"].status is Status.COMPLETE
    assert jobs["33333333"].progress == 1.0
    assert all(re.fullmatch(r"[0-9A-Za-z_-]{1,64}", job_id) for job_id in jobs)
    [hostile] = [job for job in jobs.values() if job.input_file == "/srv/f.wav"]
    assert hostile.progress == 0.0
    assert hostile.created_at >= before  # "soon" is no time
    assert hostile.error_message == "'; DROP TABLE jobs; --"
    [nameless] = [job for job in jobs.values() if job.input_file and "uploads/e" in job.input_file]
    assert nameless.status is Status.PENDING
    assert nameless.input_file == os.fsdecode(b"/srv/performia/uploads/e\xff.wav")
    assert nameless.progress == 0.0


def test_the_old_message_of_an_unknown_state_is_kept(old: Paths) -> None:
    store = Store.open(old)
    assert store.details("22222222") == "waiting for a slot"
    store.close()


def test_the_queue_has_the_order_of_creation(old: Paths) -> None:
    store = Store.open(old)
    in_queue = [job for page in store.pages(size=3) for job in page]
    by_age = store.list(JobQuery(descending=False))
    store.close()
    assert [job.created_at for job in in_queue] == sorted(job.created_at for job in by_age)
    assert len({job.position for job in in_queue}) == len(original.ROWS)


def test_a_backup_of_the_old_database_is_made_first(old: Paths) -> None:
    Store.open(old).close()
    [backup] = old.backups.iterdir()
    assert re.fullmatch(r"jobs-before-upgrade-from-0-\d{4}-\d\d-\d\d-\d{6}\.db", backup.name)
    assert rows_by_position(backup) == rows_by_position(STORED)
    assert backup.stat().st_mode & 0o777 == 0o600
    connection = sqlite3.connect(backup)
    assert connection.execute("PRAGMA user_version").fetchone() == (0,)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_nothing_is_done_twice(old: Paths) -> None:
    first = upgraded(old)
    assert upgraded(old) == first
    assert len(list(old.backups.iterdir())) == 1


def test_a_new_database_needs_no_backup(paths: Paths) -> None:
    Store.open(paths).close()
    assert list(paths.backups.iterdir()) == []


def test_a_new_and_an_upgraded_database_have_the_same_columns(old: Paths, tmp_path: Path) -> None:
    fresh = Paths.of(tmp_path / "fresh")
    shapes = []
    for paths in (old, fresh):
        Store.open(paths).close()
        connection = sqlite3.connect(paths.database)
        shapes.append(
            {
                table: [row[1:] for row in connection.execute(f"PRAGMA table_info({table})")]
                for (table,) in connection.execute(
                    "SELECT name FROM sqlite_schema WHERE type = 'table'"
                ).fetchall()
            }
        )
        assert connection.execute("PRAGMA user_version").fetchone() == (migrations.LATEST,)
        connection.close()
    assert shapes[0] == shapes[1]


def test_a_failed_step_leaves_the_database_as_it_was(old: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(connection: Connection) -> None:
        migrations.MIGRATIONS_BEFORE[0](connection)  # type: ignore[attr-defined]
        connection.run("SELECT nonsense FROM nowhere")

    monkeypatch.setattr(migrations, "MIGRATIONS_BEFORE", migrations.MIGRATIONS, raising=False)
    monkeypatch.setattr(migrations, "MIGRATIONS", (broken,))
    with pytest.raises(DatabaseBug):
        Store.open(old)
    assert rows_by_position(old.database) == rows_by_position(STORED)
    connection = sqlite3.connect(old.database)
    assert connection.execute("PRAGMA user_version").fetchone() == (0,)
    assert len(connection.execute("PRAGMA table_info(jobs)").fetchall()) == 9
    connection.close()


def everything_in(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def assert_untouched(paths: Paths, kind: str) -> None:
    before, stat = everything_in(paths.data_dir), paths.database.stat()
    for read_only in (False, True):
        with pytest.raises(KnownDatabaseError) as caught:
            Store.open(paths, read_only=read_only)
        assert caught.value.kind in ({kind, "too-old"} if read_only else {kind})
        assert not caught.value.transient
        assert str(paths.database) in str(caught.value)
    assert everything_in(paths.data_dir) == before
    assert paths.database.stat().st_mtime_ns == stat.st_mtime_ns
    assert paths.database.stat().st_mode == stat.st_mode
    assert list(paths.backups.iterdir()) == []


@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_a_newer_database_is_refused_and_untouched(paths: Paths, journal: str) -> None:
    connection = sqlite3.connect(paths.database)
    connection.execute(f"PRAGMA journal_mode={journal}")
    connection.execute(original.TABLE)
    connection.execute(f"PRAGMA user_version={migrations.LATEST + 1}")
    connection.commit()
    connection.close()
    assert_untouched(paths, "too-new")


def test_a_newer_database_with_its_version_still_in_the_log_is_refused(paths: Paths) -> None:
    Store.open(paths).close()
    files = [paths.database, paths.database.with_name("jobs.db-wal")]
    with OtherProgram(paths.database) as newer:
        newer.execute("PRAGMA wal_autocheckpoint=0")
        newer.execute(f"PRAGMA user_version={migrations.LATEST + 1}")
        newer.kill()
    before = [file.read_bytes() for file in files]
    with pytest.raises(KnownDatabaseError) as caught:
        Store.open(paths)
    assert caught.value.kind == "too-new"
    assert [file.read_bytes() for file in files] == before


@pytest.mark.parametrize(
    "tables",
    [
        ["CREATE TABLE places (url TEXT)"],
        ["CREATE TABLE jobs (id INTEGER PRIMARY KEY, queue TEXT, payload TEXT)"],
    ],
)
def test_the_database_of_another_program_is_refused_and_untouched(paths: Paths, tables: list[str]) -> None:
    connection = sqlite3.connect(paths.database)
    for table in tables:
        connection.execute(table)
    connection.commit()
    connection.close()
    assert_untouched(paths, "foreign")


def test_reading_only_does_not_upgrade(old: Paths) -> None:
    before = everything_in(old.data_dir)
    with pytest.raises(KnownDatabaseError) as caught:
        Store.open(old, read_only=True)
    assert caught.value.kind == "too-old"
    assert everything_in(old.data_dir) == before


def test_what_the_original_left_half_written_is_rolled_back_first(old: Paths) -> None:
    with OtherProgram(old.database) as service:
        service.execute("PRAGMA cache_size=1")
        service.execute("BEGIN")
        service.execute("UPDATE jobs SET input_file = hex(zeroblob(20000)), status = 'complete'")
        service.kill()
    assert old.database.with_name("jobs.db-journal").exists()
    assert old.database.read_bytes() != STORED.read_bytes()
    with pytest.raises(KnownDatabaseError) as caught:
        Store.open(old, read_only=True)
    assert caught.value.kind == "too-old"
    jobs = upgraded(old)
    assert jobs["0a1b2c3d"].input_file == "/srv/up/a.wav"
    [backup] = old.backups.iterdir()
    assert rows_by_position(backup) == rows_by_position(STORED)


# --- from version 1, where a cancelled job said so in `status`


@pytest.fixture
def first(paths: Paths) -> Paths:
    shutil.copyfile(VERSION_1, paths.database)
    return paths


def everything_of(path: Path) -> list[list[tuple[Any, ...]]]:
    connection = sqlite3.connect(path)
    tables = [
        connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in ("jobs", "bin", "swept")
    ]
    connection.close()
    return tables


def test_the_stored_version_1_is_what_the_script_writes(tmp_path: Path) -> None:
    version_1.write(tmp_path / "again.db")
    assert everything_of(tmp_path / "again.db") == everything_of(VERSION_1)


def test_version_1_upgrades_with_every_value_where_it_was(first: Paths) -> None:
    store = Store.open(first)
    assert store.notice is None
    assert store.check() == []
    jobs = {job.job_id: job for job in store.list()}
    binned = {one.job.job_id: (one.job, one.deleted_at) for one in store.binned()}
    details = store.details("0000000d"), store.details("0000000e")
    store.close()
    swept = {str(row["job_id"]) for row in version_1.JOBS if row["job_id"] == "00000010"}
    for row in version_1.JOBS:
        job = binned[str(row["job_id"])][0] if row["job_id"] in swept else jobs[str(row["job_id"])]
        assert job == Job(**{name: value for name, value in row.items() if name != "error_details"})
    for row in version_1.BINNED:
        job, deleted_at = binned[str(row["job_id"])]
        assert (job.status, job.position, deleted_at) == (row["status"], row["position"], row["deleted_at"])
    assert jobs.keys() == {str(row["job_id"]) for row in version_1.JOBS} - swept
    assert details == ("Traceback: d", None)


def test_before_the_upgrade_of_version_1_a_backup_is_made(first: Paths) -> None:
    before = everything_of(VERSION_1)
    Store.open(first).close()
    [backup] = first.backups.iterdir()
    assert backup.name.startswith("jobs-before-upgrade-from-1-")
    assert everything_of(backup) == before


# --- the original's code on a database of ours


def in_all_states(store: Store) -> list[Job]:
    jobs = store.insert([Job(f"{n:08x}", status, 1e9 + n, input_file="/a") for n, status in enumerate(Status)])
    running = store.insert([Job("000000f0", Status.PENDING, 2e9), Job("000000f1", Status.PENDING, 2e9)])
    store.transition("000000f0", Status.PROCESSING, started_at=2e9)
    for job in running:
        store.transition(job.job_id, Status.CANCELLED, completed_at=2e9, error_message=None, error_code=None)
    assert {job.status for job in store.list()} == set(Status)
    return [*jobs, *running]


def test_the_original_service_reads_every_row_of_all_five_states(paths: Paths) -> None:
    store = Store.open(paths)
    ours = {job.job_id: job.status for job in in_all_states(store)} | dict.fromkeys(
        ["000000f0", "000000f1"], "cancelled"
    )
    original_service = OriginalJobManager(paths.database)
    theirs = {job.job_id: job for job in original_service.list()}
    assert theirs.keys() == ours.keys()
    for job_id, status in ours.items():
        job = original_service.read(job_id)
        assert job == theirs[job_id]
        assert job.status.value == ("error" if status == "cancelled" else status)
        assert job.error_message == ("Cancelled" if status == "cancelled" else None)
    assert store.count()[Status.CANCELLED] == 3
    store.close()


@pytest.mark.parametrize("database", [STORED, VERSION_1], ids=["original", "version 1"])
def test_the_original_service_reads_every_row_of_an_upgraded_database(paths: Paths, database: Path) -> None:
    shutil.copyfile(database, paths.database)
    ours = upgraded(paths)
    theirs = OriginalJobManager(paths.database).list()
    assert {job.job_id for job in theirs} == ours.keys()
    assert {job.status for job in theirs} == set(OriginalStatus)


def test_what_the_original_does_with_a_cancelled_job_counts(paths: Paths) -> None:
    store = Store.open(paths)
    in_all_states(store)
    original_service = OriginalJobManager(paths.database)
    original_service.update("000000f0", OriginalStatus.PENDING, 0.0)
    original_service.update("000000f1", OriginalStatus.COMPLETE, 1.0)
    with OtherProgram(paths.database) as service:
        service.execute("UPDATE jobs SET status = 'error', error_message = 'No file.' WHERE job_id = '00000004'")
    states = {job.job_id: job.status for job in store.list()}
    assert states["000000f0"] is Status.PENDING
    assert states["000000f1"] is Status.COMPLETE
    assert states["00000004"] is Status.ERROR
    store.close()


def test_a_hundred_thousand_old_jobs_upgrade(paths: Paths) -> None:
    connection = sqlite3.connect(paths.database)
    connection.execute(original.TABLE)
    connection.executemany(
        "INSERT INTO jobs VALUES (?, 'complete', ?, ?, ?, 1.0, NULL, '/m.json', '/a.wav')",
        [(f"{n:08x}", original.T - n, original.T, original.T) for n in range(100_000)],
    )
    connection.commit()
    connection.close()
    store = Store.open(paths)
    assert store.count()[Status.COMPLETE] == 100_000
    first = next(store.pages(size=1))
    assert first[0].created_at == original.T - 99_999
    store.close()
