"""Opens the job database, whatever is found in its place; what cannot be used is kept aside, never overwritten."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication

from performia_desktop.jobs import backup, migrations, network
from performia_desktop.jobs.database import (
    Connection,
    KnownDatabaseError,
    known,
    make_private,
    peek_version,
)
from performia_desktop.jobs.examine import Fault, examine
from performia_desktop.jobs.rescue import finish, rescue
from performia_desktop.jobs.restore import remove, working_copy
from performia_desktop.paths import Paths

_WRITER_BUSY_MS: Final = 250  # the writer tries again by itself, and wants to say soon that it is blocked
_READER_BUSY_MS: Final = 5000
_NOTHING_CAN_BE_MADE: Final = frozenset({"full", "io", "readonly", "cannot-open"})
"""Kinds of errors on a disk that is full or may not be written: SQLite makes the log's index even to read."""
_LOG_BYTES: Final = 1_048_576  # of the write-ahead log, before it is moved into the database


def open_for_writing(paths: Paths) -> tuple[Connection, str | None]:
    """Return a connection to the database, upgraded or new, and what the user should be told about it.

    Raises
    ------
    KnownDatabaseError
        'too-new' or 'foreign', left untouched; 'cannot-open'; a transient kind.
    """
    _tidy(paths)
    told = [finish(paths.database)]
    fault = examine(paths)
    if fault is None:
        told.append(_beginning(paths))
        try:
            connection, words = _open(paths)
            return connection, _sentence(*told, words)
        except KnownDatabaseError as error:
            if error.kind not in {"not-a-database", "corrupt"}:
                raise
            fault = Fault(error.details)
    told.append(rescue(paths, fault))
    connection, words = _open(paths)
    return connection, _sentence(*told, words)


def _tidy(paths: Paths) -> None:
    """Remove what a restore or a backup that was interrupted has left of its work."""
    remove(working_copy(paths.database))
    for file in paths.backups.glob(".*.tmp*"):
        with contextlib.suppress(OSError):
            file.unlink()


def open_read_only(path: Path) -> Connection:
    """Return a connection that changes nothing.

    Raises
    ------
    KnownDatabaseError
        Also 'too-old' (what opening for writing upgrades, or refuses), 'not-a-database' and 'corrupt'.
    """
    if _version(path) < migrations.LATEST and path.exists():
        raise known("too-old", path)
    try:
        return _reader(path)
    except KnownDatabaseError as error:
        if error.kind not in _NOTHING_CAN_BE_MADE or not _is_whole(path):
            raise
        return _reader(path, immutable=True)


def _reader(path: Path, *, immutable: bool = False) -> Connection:
    connection = Connection(path, read_only=True, immutable=immutable, busy_ms=_READER_BUSY_MS)
    try:
        migrations.require_ours(connection, migrations.LATEST)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_whole(path: Path) -> bool:
    """Return whether all of a database is in its file: no log beside it has anything to add."""
    logs = [path.with_name(path.name + side) for side in ("-wal", "-journal")]
    return not any(log.is_file() and log.stat().st_size for log in logs)


def _open(paths: Paths) -> tuple[Connection, str | None]:
    new = not paths.database.exists()
    connection = Connection(paths.database, busy_ms=_WRITER_BUSY_MS)
    try:
        migrations.migrate(connection, paths.backups)
        make_private(paths.database)
        words = _choose_journal(connection, new=new)
        connection.run("PRAGMA cache_size=-8000")
    except BaseException:
        connection.close()
        raise
    return connection, words


def _choose_journal(connection: Connection, *, new: bool) -> str | None:
    """Set the journal's mode; return a sentence where it had to become another one than usual."""
    served = network.served(connection.path)
    if served is None:
        connection.run("PRAGMA journal_mode=WAL")
        connection.run(f"PRAGMA wal_autocheckpoint={_LOG_BYTES // 4096}")
        connection.run(f"PRAGMA journal_size_limit={_LOG_BYTES}")
        _stretch_log(connection)
        return None
    before = str(connection.run("PRAGMA journal_mode")[0][0])
    connection.run("PRAGMA journal_mode=TRUNCATE")
    if before != "wal" and not new:
        return None
    return QCoreApplication.translate(
        "Database",
        "The job database is on a network drive ({kind}), so it is written in a safer, slower way; let only one "
        "computer use it at a time.",
    ).format(kind=served)


def _version(path: Path) -> int:
    """Return the version of a database, looked at first: opening alone may change files (recovery, a new log)."""
    version = peek_version(path)
    if version > migrations.LATEST:
        raise known("too-new", path, f"user_version {version}, known up to {migrations.LATEST}")
    return version


def _stretch_log(connection: Connection) -> None:
    """Give the write-ahead log its size at once; a commit that makes the file longer takes the disk twice as long.

    A transaction too large for the cache spills into the log, and its rolled back frames are written over later.
    """
    connection.run("PRAGMA cache_size=10")
    # Nothing but speed is lost where the disk is full or somebody else is writing.
    with contextlib.suppress(KnownDatabaseError), connection.rolled_back():
        connection.run("CREATE TABLE room (bytes BLOB)")
        connection.run(f"INSERT INTO room VALUES (zeroblob({_LOG_BYTES}))")


def _beginning(paths: Paths) -> str | None:
    """Return a sentence where a new database is begun although there are backups of an old one."""
    if paths.database.exists():
        return None
    backups = backup.listed(paths.backups)
    if not backups:
        return None
    return QCoreApplication.translate(
        "Database",
        "There was no job database at {path}, and a new one was started. The old jobs can be brought back from the "
        "backup of {date} with File > Database > Restore.",
    ).format(path=paths.database, date=backups[0].words)


def _sentence(*told: str | None) -> str | None:
    return " ".join(words for words in told if words) or None
