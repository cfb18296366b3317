from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from performia_desktop.jobs import housekeeping, migrations
from performia_desktop.jobs.database import Connection, KnownDatabaseError, known
from performia_desktop.jobs.housekeeping import trusted
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.service import JobService
from performia_desktop.jobs.store import Store
from performia_desktop.paths import Paths
from performia_desktop.settings import Settings
from tests.jobs.conftest import StartService
from tests.jobs.fakes import song
from tests.jobs.test_trash import binned, settled, some

DAY = 86_400.0


def answer(qtbot: QtBot, ask: Callable[..., object], *arguments: object) -> object:
    with qtbot.waitCallback(timeout=10_000) as told:
        ask(*arguments, told)
    assert told.args is not None
    return told.args[0]


# --- backups


def test_work_is_backed_up_at_quit_and_idleness_is_not(qtbot: QtBot, start: StartService, paths: Paths) -> None:
    service = start(run=False)
    assert service.quit()
    assert list(paths.backups.iterdir()) == []  # there was nothing to keep
    service = start(run=False)
    some(qtbot, service, 3)
    assert service.quit()
    [backup] = service.housekeeping.backups()
    copy = Store.open(Paths.of(paths.data_dir / "copy", backup.path), read_only=True)
    assert len(copy.list()) == 3
    copy.close()
    assert start(run=False).quit()
    assert len(service.housekeeping.backups()) == 1


def test_what_happens_before_the_first_song_runs_counts_as_work(
    qtbot: QtBot, start: StartService, paths: Paths
) -> None:
    service = start(run=False)
    some(qtbot, service, 3)
    service.quit()
    again = JobService(paths)
    again.jobs.loaded.connect(lambda: again.delete(["00000000"]))
    with qtbot.waitSignal(again.trash.changed):
        again.open(run=False)
    again.quit()
    assert len(again.housekeeping.backups()) == 2


def test_work_is_backed_up_every_half_an_hour(
    qtbot: QtBot, start: StartService, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = start()
    timer = service.housekeeping._backup_timer
    qtbot.waitUntil(timer.isActive)
    assert timer.interval() == 30 * 60 * 1000
    some(qtbot, service, 1)
    with qtbot.waitSignal(service.housekeeping.backed_up):
        timer.timeout.emit()
    timer.timeout.emit()
    settled(qtbot, service)
    assert len(service.housekeeping.backups()) == 1
    some(qtbot, service, 1, first=10)
    with qtbot.waitSignal(service.housekeeping.backed_up):
        timer.timeout.emit()


def test_a_backup_that_cannot_be_made_holds_nothing_up(qtbot: QtBot, start: StartService, paths: Paths) -> None:
    service = start(run=False)
    some(qtbot, service, 1)
    paths.backups.rmdir()
    paths.backups.touch()
    with qtbot.waitCallback() as failed:
        service.housekeeping.backup(None, failed)
    assert failed.args is not None
    assert "could not be written" in str(failed.args[0])
    with qtbot.waitSignal(service.problem):
        service.housekeeping.backup()
    assert service.queue.blocked is None
    assert service.quit()
    paths.backups.unlink()
    assert len(start(run=False).jobs) == 1


def test_backups_on_demand(qtbot: QtBot, start: StartService, tmp_path: Path) -> None:
    service = start(run=False)
    some(qtbot, service, 2)
    made = answer(qtbot, service.housekeeping.backup)
    assert [made] == service.housekeeping.backups()
    target = tmp_path / "mine.db"
    assert answer(qtbot, service.housekeeping.backup_to, target) == target
    copy = Store.open(Paths.of(tmp_path / "copy", target), read_only=True)
    assert len(copy.list()) == 2
    copy.close()
    about = answer(qtbot, service.housekeeping.about)
    assert about.last_backup == made


# --- restoring


def test_a_restore_is_seen_at_once(qtbot: QtBot, start: StartService, paths: Paths, tmp_path: Path) -> None:
    service = start(run=False)
    kept, deleted = some(qtbot, service, 2)
    backup = answer(qtbot, service.housekeeping.backup)
    service.delete([deleted])
    [new] = some(qtbot, service, 1, first=100)
    with qtbot.waitSignals([service.jobs.loaded, service.jobs.removed, service.trash.changed]):
        restored = answer(qtbot, service.housekeeping.restore, backup.path)
    assert (restored.jobs, restored.binned) == (2, 1)
    assert {job.job_id for job in service.jobs} == {kept, deleted}
    assert service.jobs.counts[Status.COMPLETE] == 2
    assert service.can_undo == 0
    qtbot.waitUntil(lambda: {path.stem for path in paths.maps.iterdir()} == {kept, deleted})
    assert {path.stem for path in paths.bin.iterdir()} == {new}
    assert [one.job.job_id for one in binned(qtbot, service)] == [new]
    settled(qtbot, service)
    assert service.queue.blocked is None
    with qtbot.waitSignal(service.jobs.added):
        service.trash.take_back([new])
    assert len(service.jobs) == 3


def test_a_running_song_is_put_back_and_runs_again(
    qtbot: QtBot, start: StartService, paths: Paths, tmp_path: Path
) -> None:
    service = start(at_once=1)
    first = song(tmp_path, "1.wait.mp3")
    with qtbot.waitSignal(service.intake_done):
        service.add([first])
    qtbot.waitUntil(lambda: bool(service.queue.running))
    settled(qtbot, service)
    backup = answer(qtbot, service.housekeeping.backup)
    ended: list[object] = []
    service.queue.idle.connect(lambda: ended.append("idle"))
    answer(qtbot, service.housekeeping.restore, backup.path)
    qtbot.waitUntil(lambda: bool(service.queue.running))
    assert ended == []
    with qtbot.waitSignal(service.queue.idle):
        Path(f"{first}.go").touch()
    assert service.jobs.counts == {**dict.fromkeys(Status, 0), Status.COMPLETE: 1}


def test_what_cannot_be_restored_changes_nothing(qtbot: QtBot, start: StartService, tmp_path: Path) -> None:
    service = start(at_once=1)
    some(qtbot, service, 2)
    (tmp_path / "text.db").write_text("notes")
    with qtbot.waitCallback() as failed:
        service.housekeeping.restore(tmp_path / "text.db", None, failed)
    assert failed.args is not None
    assert isinstance(failed.args[0], KnownDatabaseError)
    assert "is not a backup" in str(failed.args[0])
    assert len(service.jobs) == 2
    assert service.queue.blocked is None
    with qtbot.waitSignal(service.problem):
        service.housekeeping.restore(tmp_path / "none.db")


# --- cleaning up by itself


def aged(service: JobService, job_id: str, days: float) -> None:
    then = time.time() - days * DAY
    service.jobs.set_columns(job_id, created_at=then, started_at=then, completed_at=then)


def three_ages(qtbot: QtBot, start: StartService) -> list[str]:
    """Leave three finished jobs, 100, 40 and 5 days old, and one that waits since a year."""
    service = start(run=False)
    ids = some(qtbot, service, 3)
    for job_id, days in zip(ids, (100, 40, 5), strict=True):
        aged(service, job_id, days)
    with qtbot.waitSignal(service.jobs.added):
        service.jobs.add([Job("0000ffff", Status.PENDING, time.time() - 365 * DAY, input_file="/a.mp3")])
    service.quit()
    return [*ids, "0000ffff"]


@pytest.mark.parametrize(("days", "left"), [(0, 4), (90, 3), (30, 2), (7, 2)])
def test_old_jobs_go_to_the_bin_as_the_setting_says(
    qtbot: QtBot, start: StartService, paths: Paths, days: int, left: int
) -> None:
    ids = three_ages(qtbot, start)
    settings = Settings(paths.settings)
    assert settings.cleanup_days == 0
    settings.cleanup_days = days
    settings.last_cleanup = time.time() - 1.5 * DAY
    settings.sync()
    service = start()
    service.queue.pause()
    qtbot.waitUntil(lambda: len(service.jobs) == left)
    settled(qtbot, service)
    assert {job.job_id for job in service.jobs} == set(ids[4 - left :])
    assert {one.job.job_id for one in binned(qtbot, service)} == set(ids[: 4 - left])
    assert service.can_undo == 4 - left


def test_once_a_day_is_enough(qtbot: QtBot, start: StartService, paths: Paths) -> None:
    three_ages(qtbot, start)
    settings = Settings(paths.settings)
    settings.cleanup_days = 30
    settings.last_cleanup = time.time() - 0.5 * DAY
    settings.sync()
    service = start(run=False)
    qtbot.waitUntil(service.housekeeping._daily_timer.isActive)
    settled(qtbot, service)
    assert len(service.jobs) == 4
    service.settings.last_cleanup = time.time() - 1.1 * DAY
    with qtbot.waitSignal(service.housekeeping.cleaned_up) as cleaned:
        service.housekeeping._daily_timer.timeout.emit()
    assert cleaned.args == [["00000000", "00000001"]]


@pytest.mark.parametrize("last", [time.time() + 30 * DAY, time.time() - 3000 * DAY])
def test_after_a_jump_of_the_clock_nothing_is_deleted(
    qtbot: QtBot, start: StartService, paths: Paths, last: float
) -> None:
    """A clock that was wrong for a day makes every job old, and thirty days in the bin pass at once."""
    ids = three_ages(qtbot, start)
    settings = Settings(paths.settings)
    settings.cleanup_days = 7
    settings.last_cleanup = last
    settings.sync()
    service = start(run=False)
    service.delete(ids[:1])
    settled(qtbot, service)
    sql = "UPDATE bin SET deleted_at = 1.0"
    service._writer.submit(lambda store: store._connection.changed(sql))
    service.housekeeping._daily()
    settled(qtbot, service)
    assert len(service.jobs) == 3
    assert len(binned(qtbot, service)) == 1
    service.settings.last_cleanup = time.time() - 1.1 * DAY
    service.housekeeping._daily()
    settled(qtbot, service)
    assert len(service.jobs) == 2


def test_when_the_clock_is_trusted() -> None:
    assert trusted(1e9, None)
    assert trusted(1e9, 1e9 - DAY)
    assert trusted(1e9, 1e9 - 7 * DAY)
    assert not trusted(1e9, 1e9 - 30 * DAY)
    assert not trusted(1e9, 1e9 + 1)


# --- the vacuum


def test_vacuum_when_it_pays(qtbot: QtBot, start: StartService) -> None:
    service = start(run=False)
    with qtbot.waitSignal(service.jobs.added):
        long = "x" * 500
        service.jobs.add([Job(f"{n:08x}", Status.ERROR, 1e9, error_message=long) for n in range(5000)])
    service.housekeeping.vacuum()
    before = answer(qtbot, service.housekeeping.about)
    assert before.free == 0
    service.delete([job.job_id for job in service.jobs])
    service.trash.empty()
    settled(qtbot, service)
    about = answer(qtbot, service.housekeeping.about)
    assert about.free > 1 << 20
    service.settings.last_cleanup = time.time() - 1.1 * DAY
    service.housekeeping._daily()
    settled(qtbot, service)
    about = answer(qtbot, service.housekeeping.about)
    assert about.free == 0
    assert about.size < before.size / 2


def test_a_vacuum_without_room_is_a_sentence(
    qtbot: QtBot, start: StartService, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = start(run=False)
    some(qtbot, service, 3)
    run = Connection.run

    def full(connection: Connection, sql: str) -> object:
        if sql == "VACUUM":
            raise known("full", connection.path)
        return run(connection, sql)

    monkeypatch.setattr(Connection, "run", full)
    with qtbot.waitCallback() as failed:
        service.housekeeping.vacuum(None, failed)
    assert failed.args is not None
    assert "nothing has changed" in str(failed.args[0])
    assert service.queue.blocked is None


# --- what there is to know


def test_about_the_database(qtbot: QtBot, start: StartService, paths: Paths) -> None:
    service = start(run=False)
    ids = some(qtbot, service, 4)
    service.delete(ids[:1])
    about = answer(qtbot, service.housekeeping.about)
    assert (about.path, about.jobs, about.binned, about.version) == (paths.database, 3, 1, migrations.LATEST)
    assert (about.journal_mode, about.served, about.last_backup) == ("wal", None, None)
    assert about.size >= paths.database.stat().st_size


@pytest.mark.allow_log("is damaged")
def test_the_database_is_checked_at_quit(
    qtbot: QtBot, start: StartService, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    service = start(run=False)
    monkeypatch.setattr(Store, "check", lambda _: ["row 5 missing from index"])
    with caplog.at_level("ERROR", logger=housekeeping.__name__):
        assert service.quit()
    assert "row 5 missing" in caplog.text
