"""What can go wrong with the database, sorted into what the world did and what we did."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtSql import QSqlError

TRANSIENT: Final = frozenset({"locked", "full", "io", "readonly", "memory"})
_KIND_OF_ERRNO: Final = {errno.ENOSPC: "full", errno.EDQUOT: "full", errno.EROFS: "readonly", errno.EIO: "io"}
_SHM_SIZE: Final = 4874  # SQLITE_IOERR_SHMSIZE: there is no room for the log's index
_KIND_OF_CODE: Final = {  # SQLite's primary result codes
    3: "readonly",  # PERM
    5: "locked",  # BUSY
    6: "locked",  # LOCKED
    7: "memory",
    8: "readonly",
    10: "io",
    11: "corrupt",
    13: "full",
    14: "cannot-open",
    15: "locked",  # PROTOCOL: the WAL's locks were contended for too long
    26: "not-a-database",
}
_tr = QCoreApplication.translate


class DatabaseError(Exception):
    """Something went wrong with the database; `str()` is a sentence for the user, `details` is for a report."""

    def __init__(self, sentence: str, details: str = "") -> None:
        super().__init__(sentence)
        self.details = details


class KnownDatabaseError(DatabaseError):
    """The world did it: a lock, a full disk, a foreign file."""

    def __init__(self, kind: str, sentence: str, details: str = "") -> None:
        super().__init__(sentence, details)
        self.kind = kind

    @property
    def transient(self) -> bool:
        """Whether the same thing may work in a moment."""
        return self.kind in TRANSIENT


class DatabaseBug(DatabaseError):
    """We did it."""

    def __init__(self, details: str) -> None:
        text = _tr(
            "Database",
            "The job database refused something that it should have taken. This is a mistake in the program: "
            "please report it with the details.",
        )
        super().__init__(text, details)


def known(kind: str, path: Path, details: str = "") -> KnownDatabaseError:
    """Return the error of a kind, worded for the database at `path`."""
    return KnownDatabaseError(kind, _sentence(kind, path), details)


def known_os(error: OSError, path: Path) -> KnownDatabaseError:
    """Return the error that the system's error means for the database or backup at `path`."""
    return known(_KIND_OF_ERRNO.get(error.errno or 0, "cannot-open"), path, str(error))


def _sentence(kind: str, path: Path) -> str:
    sentences = {
        "locked": _tr(
            "Database",
            "Another program is using the job database {path}. Close it there; the work goes on by itself as soon "
            "as the database is free.",
        ),
        "full": _tr(
            "Database",
            "The disk with the job database {path} is full. Free some space; the work goes on by itself.",
        ),
        "io": _tr(
            "Database",
            "The disk with the job database {path} cannot be read or written. Check that it is connected; the "
            "work goes on by itself.",
        ),
        "readonly": _tr(
            "Database",
            "The job database {path} may not be written. Allow writing to the file and its folder; the work goes "
            "on by itself.",
        ),
        "memory": _tr(
            "Database", "There is not enough memory for the job database. Close other programs; the work goes on."
        ),
        "cannot-open": _tr(
            "Database",
            "The job database {path} cannot be opened. Check that its folder exists and is yours, or choose "
            "another place with --db or --data-dir.",
        ),
        "not-a-database": _tr(
            "Database", "{path} is not a job database. Move it away, or choose another place with --db."
        ),
        "corrupt": _tr(
            "Database",
            "The job database {path} is damaged. Start the window to have it set aside, or restore a backup.",
        ),
        "too-new": _tr(
            "Database",
            "The job database {path} was written by a newer version of Performia Desktop and was left untouched. "
            "Update the program, or choose another place with --db.",
        ),
        "too-old": _tr(
            "Database",
            "The job database {path} was written by an older version. Start the window once: it upgrades the "
            "database, after a backup.",
        ),
        "foreign": _tr(
            "Database",
            "{path} is the database of another program and was left untouched. Choose another place with --db.",
        ),
    }
    return sentences[kind].format(path=path)


def sort_out(error: QSqlError, sql: str, path: Path) -> DatabaseError:
    """Return a driver's error as the exception to raise; QtSql's own types say nothing, SQLite's codes do."""
    code = int(error.nativeErrorCode() or 0)
    details = f"SQLite error {code}: {error.driverText()} {error.databaseText()} [{sql[:500]}]"
    kind = "full" if code == _SHM_SIZE else _KIND_OF_CODE.get(code & 0xFF)
    return known(kind, path, details) if kind else DatabaseBug(details)
