from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from performia_desktop.jobs.database import KnownDatabaseError
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.store import Store
from performia_desktop.paths import Paths


@pytest.fixture
def store(paths: Paths, qapp: QCoreApplication) -> Iterator[Store]:
    opened = Store.open(paths)
    yield opened
    opened.close()


def done(paths: Paths, number: int) -> Job:
    """Return a complete job whose map is a file."""
    job_id = f"{number:08x}"
    paths.song_map(job_id).write_text(job_id)
    return Job(job_id, Status.COMPLETE, 1e9 + number, progress=1.0, song_map_path=str(paths.song_map(job_id)))


def waiting(number: int) -> Job:
    return Job(f"{number:08x}", Status.PENDING, 1e9 + number, input_file=f"/songs/{number}.mp3")


def refusal(store: Store, source: Path, paths: Paths) -> str:
    before = store.list()
    with pytest.raises(KnownDatabaseError) as caught:
        store.restore(source, paths)
    assert caught.value.kind == "not-restored"
    assert str(source) in str(caught.value)
    assert store.list() == before
    assert not list(paths.data_dir.glob("*.restoring*"))
    return str(caught.value)


def test_the_jobs_are_those_of_the_backup_again(store: Store, paths: Paths, tmp_path: Path) -> None:
    old = store.insert([done(paths, n) for n in range(3)] + [waiting(3)])
    binned = store.insert([waiting(4)])
    store.delete([binned[0].job_id], maps=True)
    store.backup(tmp_path / "backup.db")
    store.delete([old[0].job_id], maps=True)
    store.transition(old[3].job_id, Status.PROCESSING, started_at=time.time())
    new = store.insert([waiting(5), done(paths, 6)])
    restored = store.restore(tmp_path / "backup.db", paths)
    assert sorted(store.list(), key=lambda job: job.job_id) == old
    assert (restored.jobs, restored.binned) == (4, 2)
    assert {one.job.job_id for one in store.binned()} == {job.job_id for job in (*binned, *new)}
    assert store.check() == []
    assert not list(paths.data_dir.glob("*.restoring*"))


def test_the_present_state_is_kept_in_a_backup(store: Store, paths: Paths, tmp_path: Path) -> None:
    store.backup(tmp_path / "empty.db")
    present = store.insert([done(paths, 1), waiting(2)])
    restored = store.restore(tmp_path / "empty.db", paths)
    assert store.list() == []
    store.restore(restored.before.path, paths)
    assert sorted(store.list(), key=lambda job: job.job_id) == present
    assert store.binned() == []


def test_a_job_that_ran_when_the_backup_was_made_waits(store: Store, paths: Paths, tmp_path: Path) -> None:
    [job] = store.insert([waiting(1)])
    store.transition(job.job_id, Status.PROCESSING, started_at=2.0)
    store.progress(job.job_id, 0.5, "chord")
    store.backup(tmp_path / "backup.db")
    store.restore(tmp_path / "backup.db", paths)
    assert store.list() == [job]


def test_what_a_cleanup_had_decided_holds(store: Store, paths: Paths, tmp_path: Path) -> None:
    store.insert([done(paths, 1), waiting(2)])
    store.delete(["00000001"], maps=True)
    store._connection.exec("VACUUM INTO ?", str(tmp_path / "backup.db"))  # before the store settles it
    store.restore(tmp_path / "backup.db", paths)
    assert [job.job_id for job in store.list()] == ["00000002"]
    assert [one.job.job_id for one in store.binned()] == ["00000001"]


def test_a_complete_job_whose_map_is_gone_can_be_retried(store: Store, paths: Paths, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.touch()
    foreign = replace(done(paths, 3), song_map_path=str(elsewhere))
    store.insert([done(paths, 1), done(paths, 2), foreign])
    store.backup(tmp_path / "backup.db")
    for number in (1, 3):
        paths.song_map(f"{number:08x}").unlink()
    paths.song_map("00000002").rename(paths.bin / "00000002.json")
    store.restore(tmp_path / "backup.db", paths)
    states = {job.job_id: job.status for job in store.list()}
    assert states == {"00000001": Status.ERROR, "00000002": Status.COMPLETE, "00000003": Status.COMPLETE}
    lost = store.get("00000001")
    assert lost is not None
    assert lost.error_message is not None
    assert "Retry" in lost.error_message


def test_a_backup_of_the_original_service_is_upgraded(store: Store, paths: Paths, tmp_path: Path) -> None:
    source = tmp_path / "original.db"
    connection = sqlite3.connect(source)
    connection.execute(
        "CREATE TABLE jobs (job_id TEXT PRIMARY KEY, status TEXT NOT NULL, created_at REAL NOT NULL, "
        "started_at REAL, completed_at REAL, progress REAL DEFAULT 0.0, error_message TEXT, song_map_path TEXT, "
        "input_file TEXT)"
    )
    connection.execute(
        "INSERT INTO jobs VALUES ('0badcafe', 'pending', 5.0, NULL, NULL, 0.0, NULL, NULL, '/a.mp3')"
    )
    connection.commit()
    connection.close()
    before = source.read_bytes()
    assert store.restore(source, paths).jobs == 1
    assert [(job.job_id, job.input_file) for job in store.list()] == [("0badcafe", "/a.mp3")]
    assert source.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith("original")] == ["original.db"]


def test_a_backup_with_its_log_beside_it_is_taken_with_the_log(store: Store, paths: Paths, tmp_path: Path) -> None:
    """Somebody has copied a whole data directory."""
    other = Paths.of(tmp_path / "other")
    other.create()
    source = Store.open(other)
    source.insert([waiting(7)])
    assert store.restore(other.database, paths).jobs == 1
    source.close()


def test_what_cannot_be_restored_is_refused(store: Store, paths: Paths, tmp_path: Path) -> None:
    store.insert([waiting(1)])
    assert "There is no backup" in refusal(store, tmp_path / "missing.db", paths)
    assert "There is no backup" in refusal(store, tmp_path, paths)
    assert "the job database itself" in refusal(store, paths.database, paths)
    text = tmp_path / "text.db"
    text.write_text("these are my notes\n" * 100)
    assert "is not a backup" in refusal(store, text, paths)
    (tmp_path / "nothing.db").touch()
    assert "is not a backup" in refusal(store, tmp_path / "nothing.db", paths)
    foreign = sqlite3.connect(tmp_path / "foreign.db")
    foreign.execute("CREATE TABLE bookmarks (url TEXT)")
    foreign.commit()
    assert "is not a backup" in refusal(store, tmp_path / "foreign.db", paths)
    foreign.execute("PRAGMA user_version = 99")
    foreign.commit()
    foreign.close()
    assert "newer version" in refusal(store, tmp_path / "foreign.db", paths)
    store.insert([waiting(n) for n in range(10, 400)])
    store.backup(tmp_path / "damaged.db")
    with (tmp_path / "damaged.db").open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * 4096)
    assert "is damaged" in refusal(store, tmp_path / "damaged.db", paths)


def test_without_room_nothing_has_changed(store: Store, paths: Paths, tmp_path: Path) -> None:
    store.insert([waiting(1)])
    big = Paths.of(tmp_path / "big")
    big.create()
    source = Store.open(big)
    source.insert([waiting(n) for n in range(2000)])
    source.backup(tmp_path / "big.db")
    source.close()
    pages = store._pragma("page_count")
    store._connection.run(f"PRAGMA max_page_count = {pages}")  # for SQLite the same as a full disk
    assert "See that the disk has room" in refusal(store, tmp_path / "big.db", paths)


def test_what_an_interrupted_restore_or_backup_left_is_removed(paths: Paths, qapp: QCoreApplication) -> None:
    Store.open(paths).close()
    left = [paths.data_dir / "jobs.db.restoring", paths.data_dir / "jobs.db.restoring-journal"]
    left.append(paths.backups / ".jobs-2025-03-01T120000Z.db.0badf00d.tmp")
    for file in left:
        file.write_bytes(b"half")
    Store.open(paths).close()
    assert not any(file.exists() for file in left)
