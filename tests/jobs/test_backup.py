from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication

from performia_desktop.jobs import backup
from performia_desktop.jobs.database import KnownDatabaseError
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.store import Store
from performia_desktop.paths import Paths

NOW = datetime(2025, 6, 15, 12, tzinfo=UTC)  # a Sunday


@pytest.fixture
def store(paths: Paths, qapp: QCoreApplication) -> Iterator[Store]:
    opened = Store.open(paths)
    opened.insert([Job(f"{n:08x}", Status.PENDING, 1e9 + n, input_file=f"/songs/{n}.mp3") for n in range(300)])
    yield opened
    opened.close()


# --- which are kept


def test_all_of_two_days_then_days_weeks_and_months() -> None:
    half_hours = [
        NOW - timedelta(minutes=30 * n) for n in range(2 * 48 * 30 * 12)
    ]  # two years of work day and night
    kept = sorted(backup.kept(half_hours, NOW), reverse=True)
    recent = [time for time in kept if NOW - time < timedelta(days=2)]
    assert recent == half_hours[: 2 * 48]
    older = [time for time in kept if time not in recent]
    days, weeks, months = older[:12], older[12:22], older[22:]
    assert [time.date() for time in days] == [(NOW - timedelta(days=2 + n)).date() for n in range(12)]
    assert len({time.isocalendar()[:2] for time in weeks}) == 10
    assert len(months) == 9
    assert len({(time.year, time.month) for time in months}) == 9
    assert (NOW - older[-1]) > timedelta(days=300)


def test_of_a_day_the_newest_is_kept() -> None:
    day = NOW - timedelta(days=5)
    assert backup.kept([day, day - timedelta(hours=1), day - timedelta(hours=2)], NOW) == {day}


def test_days_without_backups_do_not_count() -> None:
    sparse = [NOW - timedelta(days=20 * n) for n in range(1, 12)]
    assert backup.kept(sparse, NOW) == set(sparse)


def test_days_are_those_of_the_place() -> None:
    """22:30 and 23:30 in UTC are two days in Berlin, and 2:30 twice is one when the clocks go back."""
    berlin = ZoneInfo("Europe/Berlin")
    now = datetime(2025, 12, 1, tzinfo=berlin)
    evening = [datetime(2025, 10, 20, 21, 30, tzinfo=UTC), datetime(2025, 10, 20, 22, 30, tzinfo=UTC)]
    assert backup.kept(evening, now) == set(evening)
    twice = [datetime(2025, 10, 26, 0, 30, tzinfo=UTC), datetime(2025, 10, 26, 1, 30, tzinfo=UTC)]
    assert backup.kept(twice, datetime(2025, 10, 31, tzinfo=berlin)) == {twice[1]}


def test_a_clock_that_is_years_ahead_thins_nothing_of_the_last_two_days() -> None:
    half_hours = [NOW - timedelta(minutes=30 * n) for n in range(48 * 4)]
    recent = set(half_hours[: 2 * 48])
    leap = NOW + timedelta(days=3653)
    in_the_future = {leap + timedelta(minutes=30 * n) for n in range(48)}
    for made in range(1, 48):  # for a day
        times = {*half_hours, *sorted(in_the_future)[:made]}
        kept = backup.kept(times, max(times))
        assert {time for time in recent if time > NOW - timedelta(days=1)} <= kept
        assert in_the_future & times <= kept
    assert recent <= backup.kept({*half_hours, leap}, leap)
    # and what was made by the wrong clock does not harm when it is right again
    assert recent <= backup.kept({*half_hours, *in_the_future}, NOW)


@given(st.lists(st.integers(-400 * 24, 3 * 365 * 24)), st.integers(0, 300 * 24))
def test_thinning_step_by_step_keeps_the_newest_and_all_of_two_days(hours: list[int], later: int) -> None:
    """Also with backups from the future, by a clock that was wrong."""
    times = {NOW - timedelta(hours=n) for n in hours}
    kept = backup.kept(times, NOW)
    assert kept <= times
    assert {time for time in times if NOW - time < timedelta(days=2)} <= kept
    assert not times or max(times) in kept
    before_a_leap = 48
    recent = [time for time in times if NOW - time < timedelta(days=2)]
    assert len(kept) <= len(recent) + before_a_leap + 12 + 10 + 9 + 1
    again = backup.kept(kept, NOW + timedelta(hours=later))
    assert not kept or max(kept) in again


# --- making one


def test_a_backup_is_dated_listed_and_thinned(store: Store, paths: Paths) -> None:
    old = [NOW - timedelta(days=5, hours=n) for n in range(3)]
    for time in old:
        backup.make(store._connection, paths.backups, time)
    made = backup.make(store._connection, paths.backups, NOW)
    again = backup.make(store._connection, paths.backups, NOW)
    assert made.path.name == "jobs-2025-06-15T120000Z.db"
    assert again.path.name == "jobs-2025-06-15T120000Z-2.db"
    assert {one.path for one in backup.listed(paths.backups)} == {
        made.path,
        again.path,
        paths.backups / f"jobs-{old[0]:%Y-%m-%dT%H%M%S}Z.db",
    }
    assert backup.listed(paths.backups)[0].taken == NOW
    assert made.path.stat().st_mode & 0o777 == 0o600


def test_what_is_no_dated_backup_is_never_touched(store: Store, paths: Paths) -> None:
    others = ["mine.db", "jobs-before-upgrade-from-0-2020-01-01-000000.db", "jobs-2020-99-99T999999Z.db"]
    for name in others:
        (paths.backups / name).touch()
    backup.make(store._connection, paths.backups)
    assert all((paths.backups / name).exists() for name in others)
    assert len(backup.listed(paths.backups)) == 1


def test_of_a_damaged_database_there_is_no_backup(store: Store, paths: Paths, tmp_path: Path) -> None:
    root = int(str(store._connection.value("SELECT rootpage FROM sqlite_schema WHERE name = 'jobs_by_age'")))
    store.close()
    with paths.database.open("r+b") as file:
        file.seek((root - 1) * 4096 + 8)
        file.write(b"\xff" * 4000)
    reader = Store.open(paths, read_only=True)
    for make in (lambda: reader.back_up(paths.backups), lambda: reader.backup(tmp_path / "copy.db")):
        with pytest.raises(KnownDatabaseError) as caught:
            make()
        assert caught.value.kind == "corrupt"
    reader.close()
    assert list(paths.backups.iterdir()) == []
    assert not (tmp_path / "copy.db").exists()


def test_a_database_that_was_moved_has_a_folder_of_its_own(tmp_path: Path) -> None:
    paths = [Paths.of(tmp_path, tmp_path / name) for name in ("jobs.db", "a/jobs.db", "b/jobs.db")]
    assert len({one.backups for one in paths}) == 3
