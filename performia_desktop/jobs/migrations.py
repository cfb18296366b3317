"""Brings a job database of any earlier version to this program's, one numbered step at a time.

`PRAGMA user_version` holds the number of the last step taken. The original service's databases have 0 and one
table of nine columns; an empty file has 0 and no table. Before the first step of an upgrade a backup is made by
SQLite itself; all steps are one transaction. The original's columns stay the first nine, so that its own code,
which reads rows by position, can still read the table.
"""

from __future__ import annotations

import math
import os
import secrets
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from performia_desktop.failpoint import reach
from performia_desktop.jobs.database import Connection, Value, known, known_os, sync_folder
from performia_desktop.jobs.job import Status
from performia_desktop.jobs.store_fetch import PATHS
from performia_desktop.jobs.store_rows import to_text
from performia_desktop.jobs.store_state import ENCODE

ORIGINAL_COLUMNS: Final = (
    "job_id",
    "status",
    "created_at",
    "started_at",
    "completed_at",
    "progress",
    "error_message",
    "song_map_path",
    "input_file",
)
_ORIGINAL_TABLE: Final = """
CREATE TABLE IF NOT EXISTS jobs (
    job_id TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    created_at REAL NOT NULL,
    started_at REAL,
    completed_at REAL,
    progress REAL DEFAULT 0.0,
    error_message TEXT,
    song_map_path TEXT,
    input_file TEXT
)"""
_NEW_COLUMNS: Final = (
    '"position" REAL NOT NULL DEFAULT 0.0',
    '"stage" TEXT',
    '"error_code" TEXT',
    '"file_size" INTEGER',
    '"content_hash" TEXT',
    '"title" TEXT',
    '"artist" TEXT',
    '"duration_sec" REAL',
    '"tempo_bpm" REAL',
    '"key" TEXT',
    '"error_details" TEXT',
)
_TABLES: Final = frozenset({"jobs", "bin", "swept"})
LAST_SECOND: Final = 253402300799.0  # of the year 9999, after which no calendar goes
_MESSAGE_LENGTH: Final = 300


def migrate(connection: Connection, backups: Path | None) -> None:
    """Take the steps that a database has not had, after a backup into `backups` if it holds anything.

    None for `backups` is for a database that is a copy itself.

    Raises
    ------
    KnownDatabaseError
        It is newer than this program ('too-new') or another program's ('foreign'): it is left as it was. Or the
        backup or a step met a full disk, a lock, a damaged file: it is as it was, too.
    """
    version = int(str(connection.run("PRAGMA user_version")[0][0]))
    if version == LATEST:
        return
    require_ours(connection, version)
    if backups is not None and connection.value("SELECT count(*) FROM sqlite_schema"):
        stamp = time.strftime("%Y-%m-%d-%H%M%S")
        copy_to(connection, backups / f"jobs-before-upgrade-from-{version}-{stamp}.db")
    with connection.transaction():
        # Another process may have been quicker between the look above and the lock.
        now = int(str(connection.run("PRAGMA user_version")[0][0]))
        for number in range(now + 1, LATEST + 1):
            reach("migration.before-step")
            MIGRATIONS[number - 1](connection)
            connection.run(f"PRAGMA user_version = {number}")
        reach("migration.before-commit")
    reach("migration.after-commit")


def require_ours(connection: Connection, version: int) -> None:
    """Raise 'too-new', 'foreign' or (a word of the schema is spoilt) 'corrupt' unless it can be used."""
    if not 0 <= version <= LATEST:
        raise known("too-new", connection.path, f"user_version {version}, known up to {LATEST}")
    names = {str(name) for (name,) in connection.exec("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    columns = tuple(str(row[1]) for row in connection.run("PRAGMA table_info(jobs)"))
    details = f"tables {sorted(names)}, jobs has {columns}"
    if version >= 1 or "position" in columns:
        expected = (*ORIGINAL_COLUMNS, *(column.split('"')[1] for column in _NEW_COLUMNS))
        if names >= _TABLES and columns == expected and version:
            return
        raise known("corrupt" if names & _TABLES else "foreign", connection.path, details)
    if (names and "jobs" not in names) or (columns and columns[:9] != ORIGINAL_COLUMNS):
        raise known("foreign", connection.path, details)


def copy_to(connection: Connection, target: Path) -> None:
    """Write a consistent copy of the database to `target`, whole or not at all, for the user alone."""
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        try:
            connection.exec("VACUUM INTO ?", str(temporary))
            with temporary.open("rb+") as file:
                os.fsync(file.fileno())
            reach("backup.before-rename")
            temporary.replace(target)
            sync_folder(target.parent)
            reach("backup.after-rename")
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise known_os(error, target) from error


def _from_original(connection: Connection) -> None:
    """Migration 1: the original's nine-column table, or none, becomes ours; odd values become sound ones."""
    connection.run(_ORIGINAL_TABLE)
    for column in _NEW_COLUMNS:
        connection.run(f"ALTER TABLE jobs ADD COLUMN {column}")
    _repair_ids(connection)
    _repair_times(connection)
    _repair_text(connection)
    connection.run(
        "UPDATE jobs SET position = ordered.number FROM (SELECT rowid AS id, "
        "row_number() OVER (ORDER BY created_at, rowid) AS number FROM jobs) AS ordered "
        "WHERE jobs.rowid = ordered.id"
    )
    columns = ", ".join(
        f'"{name!s}" {kind!s}' for _, name, kind, *_ in connection.run("PRAGMA table_info(jobs)")[1:]
    )
    connection.run(
        f"CREATE TABLE bin (job_id TEXT PRIMARY KEY, {columns}, "
        "deleted_at REAL NOT NULL, map_deleted INTEGER NOT NULL)"
    )
    connection.run(
        "CREATE TABLE swept (ids TEXT NOT NULL, deleted_at REAL NOT NULL, map_deleted INTEGER NOT NULL)"
    )
    connection.run("CREATE INDEX jobs_by_position ON jobs (position)")
    connection.run("CREATE INDEX jobs_by_age ON jobs (created_at)")


def _cancelled_for_the_original(connection: Connection) -> None:
    """Migration 2: a cancelled job no longer says so in `status`, where the original's code takes four words."""
    connection.run(f"UPDATE jobs {ENCODE}")
    connection.run(f"UPDATE bin {ENCODE}")


def _repair_ids(connection: Connection) -> None:
    """Give a new id to rows without one, and to those whose id cannot be part of a file's name."""
    odd = connection.exec(
        "SELECT rowid FROM jobs WHERE typeof(job_id) <> 'text' OR job_id GLOB '*[^0-9A-Za-z_-]*' "
        "OR length(job_id) NOT BETWEEN 1 AND 64"
    )
    for (rowid,) in odd:
        new = secrets.token_hex(4)
        while connection.value("SELECT count(*) FROM jobs WHERE job_id = ?", new):
            new = secrets.token_hex(4)
        connection.changed("UPDATE jobs SET job_id = ? WHERE rowid = ?", new, _plain(rowid))


def _repair_times(connection: Connection) -> None:
    """Read times written as ISO 8601; what is no time becomes NULL, or now for `created_at`."""
    for name, fallback in (("created_at", time.time()), ("started_at", None), ("completed_at", None)):
        odd = connection.exec(
            f"SELECT rowid, CAST({name} AS TEXT) FROM jobs WHERE {name} IS NOT NULL AND "
            f"(typeof({name}) NOT IN ('real', 'integer') OR {name} NOT BETWEEN 0 AND {LAST_SECOND})"
        )
        for rowid, text in odd:
            seconds = _seconds(str(text))
            connection.changed(
                f"UPDATE jobs SET {name} = ? WHERE rowid = ?",
                fallback if seconds is None else seconds,
                _plain(rowid),
            )
    connection.run(
        "UPDATE jobs SET progress = CASE WHEN typeof(progress) IN ('real', 'integer') "
        "THEN min(1.0, max(0.0, progress)) ELSE 0.0 END "
        "WHERE typeof(progress) NOT IN ('real', 'integer') OR progress NOT BETWEEN 0 AND 1"
    )


def _repair_text(connection: Connection) -> None:
    """Make blobs text, statuses known ones, and error messages a line; the whole message stays in the details."""
    for name in ("status", "error_message", "song_map_path", "input_file"):
        for rowid, blob in connection.exec(f"SELECT rowid, {name} FROM jobs WHERE typeof({name}) = 'blob'"):
            text = _text(blob, is_path=name in PATHS)
            connection.changed(f"UPDATE jobs SET {name} = ? WHERE rowid = ?", text, _plain(rowid))
    known_words = ", ".join(f"'{status.value}'" for status in Status)
    connection.run(
        f"UPDATE jobs SET status = lower(trim(status)) WHERE status NOT IN ({known_words}) "
        f"AND lower(trim(status)) IN ({known_words})"
    )
    long = connection.exec(
        f"SELECT rowid, error_message FROM jobs WHERE length(error_message) > {_MESSAGE_LENGTH} "
        "OR instr(error_message, char(10))"
    )
    for rowid, message in long:
        connection.changed(
            "UPDATE jobs SET error_message = ?, error_details = ? WHERE rowid = ?",
            _one_line(str(message)),
            str(message),
            _plain(rowid),
        )
    unknown = connection.exec(f"SELECT rowid, status FROM jobs WHERE status NOT IN ({known_words})")
    for rowid, word in unknown:
        sentence = (
            f"This job had a state that is not known here: {str(word)[:40]}. Retry it to analyse the song again."
        )
        connection.changed(
            "UPDATE jobs SET status = 'error', error_code = 'bug', error_message = ?, "
            "error_details = coalesce(error_details, error_message) WHERE rowid = ?",
            sentence,
            _plain(rowid),
        )


def _text(blob: Value | bytes, *, is_path: bool) -> str:
    """Return bytes as text that any program can read; a path still names its file."""
    content = blob if isinstance(blob, bytes) else str(blob).encode()
    return to_text(os.fsdecode(content)) if is_path else content.decode("utf-8", "replace")


def _one_line(message: str) -> str:
    """Return the line of a traceback or long text that says what went wrong."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    if not lines:
        return ""
    # A traceback says it last; other texts say it first.
    line = lines[-1] if any(text.startswith("Traceback") for text in lines) else lines[0]
    return line if len(line) <= _MESSAGE_LENGTH else line[: _MESSAGE_LENGTH - 1] + "…"


def _seconds(text: str) -> float | None:
    try:
        seconds = datetime.fromisoformat(text.strip()).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
    return seconds if math.isfinite(seconds) and 0 <= seconds <= LAST_SECOND else None


def _plain(value: object) -> int:
    return int(str(value))


MIGRATIONS: Final[tuple[Callable[[Connection], None], ...]] = (_from_original, _cancelled_for_the_original)
LATEST: Final = len(MIGRATIONS)
