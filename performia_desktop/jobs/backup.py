"""Backups of the job database: made by SQLite from a sound one, kept for months, thinned with age.

All of the last two days are kept, then one a day for 12 days, one a week for 10 weeks, one a month for 9 months,
each time the newest; days on which nothing was backed up do not count, nor does a leap of the clock. Names carry the
time in UTC, so that their order is that of time also when the clocks change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from performia_desktop.jobs import migrations
from performia_desktop.jobs.database import Connection, KnownDatabaseError, known
from performia_desktop.jobs.examine import is_sound

EVERY: Final = timedelta(minutes=30)
"""How often at most, while work is done."""

_NAME: Final = re.compile(r"jobs-(\d{4}-\d\d-\d\dT\d{6})Z(?:-\d+)?\.db")
_STAMP: Final = "%Y-%m-%dT%H%M%S"
_ALL_OF: Final = timedelta(days=2)
_LONG: Final = timedelta(days=8)
_STAGES: Final[tuple[tuple[int, Callable[[datetime], Any]], ...]] = (
    (12, lambda time: time.date()),
    (10, lambda time: time.isocalendar()[:2]),
    (9, lambda time: (time.year, time.month)),
)


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """A file, and when it was made (aware, UTC)."""

    taken: datetime
    path: Path

    @property
    def words(self) -> str:
        """When it was made, here."""
        return f"{self.taken.astimezone():%Y-%m-%d %H:%M}"


def listed(folder: Path) -> list[Backup]:
    """Return the backups in a folder, the newest first."""
    found = []
    for path in folder.glob("jobs-*.db"):
        if name := _NAME.fullmatch(path.name):
            try:
                found.append(Backup(datetime.strptime(name[1], _STAMP).replace(tzinfo=UTC), path))
            except ValueError:
                continue
    return sorted(found, reverse=True)


def kept(taken: Iterable[datetime], now: datetime) -> set[datetime]:
    """Return which backups are worth keeping; the newest always is. Times are aware; days are those of `now`."""
    times = sorted(set(taken), reverse=True)
    keep = set(_recent(times, now))
    older = [time for time in times if time not in keep]
    keep.update(times[:1])
    for number, period in _STAGES:
        seen: list[Any] = []
        while older and (len(seen) < number or period(older[0].astimezone(now.tzinfo)) == seen[-1]):
            time = older.pop(0)
            this = period(time.astimezone(now.tzinfo))
            if not seen or this != seen[-1]:
                seen.append(this)
                keep.add(time)
    return keep


def _recent(times: Iterable[datetime], now: datetime) -> Iterator[datetime]:
    """Yield, from the newest on, those of the last two days.

    A clock that is years ahead would make all of them old at once, so the newest gap longer than `_LONG`, be it such
    a leap or a holiday, takes no time.
    """
    later, age, leapt = now, timedelta(), False
    for time in times:
        gap = max(later - time, timedelta())
        if gap > _LONG and not leapt:
            gap, leapt = timedelta(), True
        age += gap
        if age >= _ALL_OF:
            return
        yield time
        later = min(later, time)


def make(connection: Connection, folder: Path, now: datetime | None = None) -> Backup:
    """Write a backup of a database that passes its check, and thin out the older ones.

    Raises
    ------
    KnownDatabaseError
        'corrupt': it is damaged, and no backup is made of it; or the backup cannot be written.
    """
    require_sound(connection)
    taken = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    path = folder / f"jobs-{taken:{_STAMP}}Z.db"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"jobs-{taken:{_STAMP}}Z-{number}.db"
    write(connection, path)
    thin(folder, taken)
    return Backup(taken, path)


def write(connection: Connection, path: Path) -> None:
    """Write a copy to `path`, whole or not at all; it replaces a file that is there.

    Raises
    ------
    KnownDatabaseError
        'no-backup': there is no room for it, or no such place.
    """
    try:
        migrations.copy_to(connection, path)
    except KnownDatabaseError as error:
        if error.kind not in {"full", "io", "readonly", "cannot-open"}:
            raise
        sentence = QCoreApplication.translate(
            "Database",
            "The backup {path} could not be written. Free some space, or choose another place.",
        ).format(path=path)
        raise KnownDatabaseError("no-backup", sentence, f"{error}\n{error.details}") from error


def thin(folder: Path, now: datetime) -> None:
    """Delete the backups that are not worth keeping. Raises KnownDatabaseError."""
    backups = listed(folder)
    keep = kept((backup.taken for backup in backups), now.astimezone())
    for backup in backups:
        if backup.taken not in keep:
            try:
                backup.path.unlink(missing_ok=True)
            except OSError as error:
                raise known("cannot-open", backup.path, str(error)) from error


def require_sound(connection: Connection) -> None:
    """Raise 'corrupt' unless the database passes SQLite's check."""
    if problems := is_sound(connection):
        raise known("corrupt", connection.path, "\n".join(problems[:20]))
