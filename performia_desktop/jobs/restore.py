"""Puts the jobs of a backup in the place of the present ones.

The rows are exchanged in one transaction of the database that is open: whatever happens, there is the state before
or the state after, and no other program holds a file that is no more. What has been added since the backup goes to
the bin, from where it can be taken back; and before anything else a backup is made of the present state.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication

from performia_desktop.failpoint import reach
from performia_desktop.jobs import backup, migrations
from performia_desktop.jobs.database import (
    SIDE_FILES,
    Connection,
    DatabaseBug,
    KnownDatabaseError,
    create_private,
    known_os,
)
from performia_desktop.jobs.examine import is_sound
from performia_desktop.jobs.maps_on_disk import MapsOnDisk, gone
from performia_desktop.jobs.store_bin import ALL, Bin
from performia_desktop.jobs.store_rows import IN_IDS, assignments
from performia_desktop.paths import Paths

_PUT_BACK: Final = (
    "UPDATE jobs SET status = 'pending', progress = 0.0, stage = NULL, started_at = NULL "
    "WHERE status = 'processing'"
)
_tr = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore has done.

    Attributes
    ----------
    jobs
        How many there are now.
    binned
        How many had been added since the backup, and are in the bin now.
    before
        The backup of the state before it.
    """

    jobs: int
    binned: int
    before: backup.Backup


def restore(connection: Connection, source: Path, paths: Paths) -> Restored:
    """Exchange the present jobs for those of the backup `source`, which may be of any earlier version.

    Raises
    ------
    KnownDatabaseError
        'not-restored': the backup is missing, damaged, newer than this program or another program's file, or
        there is no room; nothing has changed then. 'corrupt': the present database is damaged.
    """
    copy = working_copy(connection.path)
    try:
        remove(copy)
        _copy(source, copy, connection.path)
        before = backup.make(connection, paths.backups)
        connection.exec("ATTACH DATABASE ? AS restored", str(copy))
        try:
            jobs, binned = _exchange(connection, paths)
        finally:
            connection.run("DETACH DATABASE restored")
    except KnownDatabaseError as error:
        if not error.transient:
            raise
        raise _refused(
            _tr(
                "Restore",
                "The backup {path} could not be restored, and nothing has changed. See that the disk has room and "
                "that no other program uses the job database, then try again.",
            ),
            source,
            f"{error}\n{error.details}",
        ) from error
    finally:
        remove(copy)
    return Restored(jobs, binned, before)


def working_copy(database: Path) -> Path:
    """Return where a restore keeps the backup that it works on; after a crash it may still be there."""
    return database.with_name(f"{database.name}.restoring")


def remove(copy: Path) -> None:
    """Remove a working copy and what stands beside it. Raises KnownDatabaseError."""
    try:
        for side in ("", *SIDE_FILES):
            copy.with_name(copy.name + side).unlink(missing_ok=True)
    except OSError as error:
        raise known_os(error, copy) from error


def _copy(source: Path, copy: Path, database: Path) -> None:
    """Write a sound copy of a backup, in this program's version, with nothing left to settle."""
    _copy_as_it_is(source, copy, database)
    connection = Connection(copy)
    try:
        migrations.migrate(connection, None)
        if problems := is_sound(connection):
            raise _refused(_damaged(), source, "\n".join(problems[:20]))
        Bin(connection, read_only=False).settle()
    finally:
        connection.close()


def _copy_as_it_is(source: Path, copy: Path, database: Path) -> None:
    missing = _tr("Restore", "There is no backup {path}. Choose another file.")
    if not source.is_file():
        raise _refused(missing, source)
    if database.exists() and source.samefile(database):
        raise _refused(_tr("Restore", "{path} is the job database itself. Choose one of its backups."), source)
    wal = source.with_name(source.name + "-wal")
    try:
        connection = Connection(source, read_only=True, immutable=not (wal.is_file() and wal.stat().st_size > 0))
        try:
            version = int(str(connection.run("PRAGMA user_version")[0][0]))
            migrations.require_ours(connection, version)
            if not connection.run("PRAGMA table_info(jobs)"):
                raise _refused(_foreign(), source, "no table of jobs")
            if problems := is_sound(connection):
                raise _refused(_damaged(), source, "\n".join(problems[:20]))
            create_private(copy)
            connection.exec("VACUUM INTO ?", str(copy))
        finally:
            connection.close()
    except DatabaseBug as error:  # a word of its schema is spoilt
        raise _refused(_damaged(), source, error.details) from error
    except KnownDatabaseError as error:
        words = {
            "too-new": _tr(
                "Restore",
                "The backup {path} was written by a newer version of Performia Desktop. Update the program, then "
                "restore it.",
            ),
            "foreign": _foreign(),
            "not-a-database": _foreign(),
            "corrupt": _damaged(),
            "cannot-open": _tr(
                "Restore", "The backup {path} cannot be read. Check that the file is yours, then try again."
            ),
        }.get(error.kind)
        if words is None:
            raise
        raise _refused(words, source, f"{error}\n{error.details}") from error


def _exchange(connection: Connection, paths: Paths) -> tuple[int, int]:
    connection.set_durable(True)
    with connection.transaction():
        connection.run(_PUT_BACK)
        added = "FROM jobs WHERE NOT EXISTS (SELECT 1 FROM restored.jobs AS old WHERE old.job_id = jobs.job_id)"
        binned = int(str(connection.run(f"SELECT count(*) {added}")[0][0]))
        connection.run(
            f"INSERT OR REPLACE INTO bin ({ALL}, deleted_at, map_deleted) "
            f"SELECT {ALL}, unixepoch('subsec'), 1 {added}"
        )
        connection.run("DELETE FROM jobs")
        connection.run(f"INSERT INTO jobs ({ALL}) SELECT {ALL} FROM restored.jobs ORDER BY rowid")
        connection.run(
            f"INSERT OR IGNORE INTO bin ({ALL}, deleted_at, map_deleted) "
            f"SELECT {ALL}, deleted_at, map_deleted FROM restored.bin"
        )
        connection.run("DELETE FROM bin WHERE job_id IN (SELECT job_id FROM jobs)")
        connection.run("DELETE FROM swept")
        connection.run(_PUT_BACK)
        _settle_maps(connection, paths)
        jobs = int(str(connection.run("SELECT count(*) FROM jobs")[0][0]))
        reach("restore.before-swap")
    reach("restore.after-swap")
    return jobs, binned


def _settle_maps(connection: Connection, paths: Paths) -> None:
    """Make errors, which can be retried, of complete jobs whose Song Map is nowhere any more."""
    complete = json.loads(connection.text("SELECT json_group_array(job_id) FROM jobs WHERE status = 'complete'"))
    there = MapsOnDisk(paths)
    lost = sorted(set(complete) - there.ids() - there.binned_ids())
    named = connection.exec(f"SELECT job_id, song_map_path FROM jobs WHERE {IN_IDS}", json.dumps(lost))
    sql, values = assignments(gone())
    for job_id in _without_file(named):
        connection.changed(f"UPDATE jobs SET {sql} WHERE job_id = ?", *values, job_id)


def _without_file(named: Iterable[tuple[object, ...]]) -> list[str]:
    return [str(job_id) for job_id, path in named if not (isinstance(path, str) and Path(path).is_file())]


def _refused(words: str, path: Path, details: str = "") -> KnownDatabaseError:
    return KnownDatabaseError("not-restored", words.format(path=path), details)


def _damaged() -> str:
    return _tr("Restore", "The backup {path} is damaged, so nothing was restored. Choose another one.")


def _foreign() -> str:
    return _tr("Restore", "{path} is not a backup of the job database. Choose another file.")
