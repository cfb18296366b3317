"""Finds out, before a database is used, whether it can be trusted.

SQLite says when a page makes no sense. It does not say that the write-ahead log is gone, that commits in it do not
count because a bit before them is wrong, or that the log is another database's; with each of these it opens, and
jobs are missing. After an orderly end there is no log, and what remains is SQLite's own check: `integrity_check`,
which also compares rows and indexes, takes 2 ms for 3,000 jobs and 0.1 s for 100,000 (`quick_check` half of it).
"""

from __future__ import annotations

import contextlib
import errno
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from performia_desktop.jobs import migrations
from performia_desktop.jobs.database import (
    SIDE_FILES,
    Connection,
    DatabaseBug,
    KnownDatabaseError,
    known,
    known_os,
)
from performia_desktop.jobs.sqlite_file import MAGIC, read_bytes
from performia_desktop.jobs.sqlite_log import is_worth_reading, read_log
from performia_desktop.paths import Paths

_LARGE: Final = 256_000_000
"""Bytes from which on the indexes are not compared at every start."""
_BUSY_MS: Final = 250  # who opens it tries again, and wants to say soon that it is blocked
_SHARED_FIRST, _SHARED_BYTES = 0x40000002, 510  # where SQLite's connections hold their shared locks


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a database cannot be trusted; `log_lost` if it is sound itself, but its newest changes are gone."""

    reason: str
    log_lost: bool = False


def examine(paths: Paths) -> Fault | None:  # noqa: PLR0911 - one way to be broken after the other
    """Return what is wrong with the database, None if it may be used; nothing is changed.

    Raises
    ------
    KnownDatabaseError
        'too-new' or 'foreign'; a transient kind; 'cannot-open'.
    """
    database = paths.database
    wal, shm = _beside(database, "-wal"), _beside(database, "-shm")
    if not database.exists() or (database.is_file() and not _size(database)):
        if _size(wal):
            return Fault("the database is gone, its log is there")
        return Fault("the file is empty") if database.exists() and _has_left(paths) else None
    unseen = False  # nobody sees it and nothing may be made beside it: only a log that is not there allows that
    if not Connection.is_open(database):
        header = _head(database)
        wal_mode = header.startswith(MAGIC) and header[18] == 2
        if header.startswith(MAGIC) and not {header[18], header[19]} <= {1, 2}:
            return Fault("the header's format version")
        if not in_use(database):
            if wal_mode and _size(shm) and not wal.exists():
                return Fault("the log is gone", log_lost=True)
            if is_worth_reading(_size(wal)) and not read_log(read_bytes(wal), read_bytes(shm)).whole:
                return Fault("commits in the log after a broken frame")
        unseen = wal_mode and not _size(wal)
    try:
        return _by_sqlite(database, immutable=unseen, with_log=_size(wal) > 0)
    except DatabaseBug as error:  # nothing in here is ours to get wrong: a word of the schema is
        return Fault(error.details)
    except KnownDatabaseError as error:
        if error.kind not in {"not-a-database", "corrupt"}:
            raise
        return Fault(error.details)


def is_sound(connection: Connection) -> list[str]:
    """Return what SQLite finds wrong, nothing if all is well. Raises DatabaseError."""
    pragma = "quick_check" if connection.path.stat().st_size > _LARGE else "integrity_check"
    answers = [str(row[0]) for row in connection.run(f"PRAGMA {pragma}")]
    return [] if answers == ["ok"] else answers


@contextlib.contextmanager
def alone(database: Path) -> Iterator[None]:
    """Keep other programs from opening a database, as far as the system lets us, while its files are renamed.

    Raises
    ------
    KnownDatabaseError
        'locked': another program has it open, and would go on writing into the renamed file.
    """
    if sys.platform == "win32" or not database.is_file() or Connection.is_open(database):
        yield  # Windows does not rename what is open
        return
    import fcntl

    with database.open("rb+") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_BYTES, _SHARED_FIRST)
        except OSError as error:
            if error.errno in {errno.EACCES, errno.EAGAIN}:
                raise known("locked", database, str(error)) from error
        yield


def in_use(database: Path) -> bool:
    """Return whether another process has a connection to the database. Not for one that this process has open."""
    try:
        with alone(database):
            return False
    except KnownDatabaseError:
        return True
    except OSError:
        return False  # it may not be written; then nobody who might be writing can be asked for


def _by_sqlite(database: Path, *, immutable: bool, with_log: bool) -> Fault | None:
    if _size(_beside(database, "-journal")):
        _refuse_if_newer(database)
        connection = Connection(
            database, busy_ms=_BUSY_MS
        )  # takes back the half of a transaction that is in the file
    else:
        connection = Connection(database, read_only=True, immutable=immutable, busy_ms=_BUSY_MS)
    try:
        version = int(str(connection.run("PRAGMA user_version")[0][0]))
        migrations.require_ours(connection, version)
        if problems := is_sound(connection):
            return Fault("; ".join(problems[:20]))
        if with_log and version == migrations.LATEST:
            return _compare(database, connection)
    finally:
        connection.close()
    return None


def _refuse_if_newer(database: Path) -> None:
    """Raise 'too-new' as far as a file in the middle of a transaction tells."""
    version = 0
    connection = Connection(database, read_only=True, immutable=True)
    with contextlib.suppress(DatabaseBug, KnownDatabaseError):
        version = int(str(connection.run("PRAGMA user_version")[0][0]))
    connection.close()
    if version > migrations.LATEST:
        raise known("too-new", database, f"user_version {version}, known up to {migrations.LATEST}")


def _compare(database: Path, connection: Connection) -> Fault | None:
    """Look for jobs that the file has and that the log, without their having been deleted, takes away."""
    base = Connection(database, read_only=True, immutable=True)
    try:
        ids = base.text("SELECT json_group_array(job_id) FROM jobs WHERE job_id NOT IN (SELECT job_id FROM bin)")
    except (KnownDatabaseError, DatabaseBug):
        return None  # a checkpoint was under way: without the log the file makes no sense, and need not
    finally:
        base.close()
    gone = connection.text(
        "SELECT json_group_array(value) FROM json_each(?) WHERE value NOT IN "
        "(SELECT job_id FROM jobs UNION ALL SELECT job_id FROM bin)",
        ids,
    )
    missing = json.loads(gone)
    return Fault(f"{len(missing)} jobs are missing with the log") if missing else None


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(100).ljust(100, b"\0")
    except OSError as error:
        raise known_os(error, path) from error


def _has_left(paths: Paths) -> bool:
    """Return whether there are backups or Song Maps, so that there must have been jobs."""
    return any(
        next(folder.glob(pattern), None) is not None
        for folder, pattern in ((paths.backups, "*.db"), (paths.maps, "*.json"))
    )


def _beside(database: Path, side: str) -> Path:
    assert side in SIDE_FILES
    return database.with_name(database.name + side)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
