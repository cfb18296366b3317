"""One connection to an SQLite file through QtSql, with every failure sorted into known and bug.

A connection belongs to the thread that opened it and needs a running QCoreApplication. What QtSql does silently
wrong is refused here: parameters of other types than SQLite's own (stored as ''), text that is not Unicode
(stored as other text), NULL (read as ''), handles shared between threads (they work until they corrupt).

Nothing in the program may open a database that is in use by any other means, not even to read its first bytes:
closing a file drops the locks that SQLite holds on it for the whole process (POSIX).
"""

from __future__ import annotations

import contextlib
import itertools
import os
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, Final
from urllib.parse import quote

from PySide6.QtCore import QByteArray, QCoreApplication
from PySide6.QtSql import QSqlDatabase, QSqlError, QSqlQuery

from performia_desktop.jobs.database_errors import (
    DatabaseBug,
    DatabaseError,
    KnownDatabaseError,
    known,
    known_os,
    sort_out,
)

__all__ = [
    "Connection",
    "DatabaseBug",
    "DatabaseError",
    "KnownDatabaseError",
    "Value",
    "known",
    "known_os",
    "peek_version",
    "sync_folder",
]

Value = str | int | float | bool | None

SIDE_FILES: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database; together with it they are one thing."""

_BINDABLE: Final = frozenset({str, int, float, bool, type(None)})


class Connection:
    """An open database. Statements that repeat stay prepared; every result is read to its end at once.

    Parameters
    ----------
    path
        The file; created, for the user alone, if it is missing and `read_only` is not set.
    immutable
        Read the file as if nobody could write it: no locks, and nothing beside it is looked at or made.
    busy_ms
        How long a statement waits for another program's lock before it fails as 'locked'.

    Raises
    ------
    KnownDatabaseError
        The file cannot be opened.
    """

    _numbers = itertools.count(1)
    _in_use: ClassVar[Counter[Path]] = Counter()

    def __init__(
        self, path: Path, *, read_only: bool = False, immutable: bool = False, busy_ms: int = 5000
    ) -> None:
        if QCoreApplication.instance() is None:
            raise RuntimeError("QtSql needs a QCoreApplication")  # it would segfault
        self.path = path
        self._thread = threading.get_ident()
        self._prepared: dict[str, QSqlQuery] = {}
        self._in_transaction = False
        self._durable = True
        self._name = f"jobs-{next(self._numbers)}"
        if read_only:
            if not path.is_file():
                raise known("cannot-open", path, "no such file")
        else:
            create_private(path)
        self._db = QSqlDatabase.addDatabase("QSQLITE", self._name)
        options = f"QSQLITE_BUSY_TIMEOUT={busy_ms}"
        if read_only:
            options += ";QSQLITE_OPEN_READONLY"
        if immutable:
            options += ";QSQLITE_OPEN_URI"
        self._db.setConnectOptions(options)
        self._db.setDatabaseName(f"file:{quote(str(path))}?immutable=1" if immutable else str(path))
        self._in_use[path] += 1
        if not self._db.open():
            error = self._error(self._db.lastError(), "open")
            self.close()
            raise error
        try:
            self.run("PRAGMA trusted_schema=OFF")
            self.run("PRAGMA synchronous=FULL")
        except DatabaseError:
            self.close()
            raise

    def close(self) -> None:
        """Close the file and forget the connection; a second call does nothing."""
        if not self._name:
            return
        self._check_thread()
        for query in self._prepared.values():
            query.finish()
        self._prepared.clear()
        self._db.close()
        self._db = QSqlDatabase()
        QSqlDatabase.removeDatabase(self._name)
        self._name = ""
        self._in_use[self.path] -= 1

    @classmethod
    def is_open(cls, path: Path) -> bool:
        """Return whether this process has a connection to the file, and must not open it by other means."""
        return cls._in_use[path] > 0

    def exec(self, sql: str, *params: Value) -> list[tuple[Value | bytes, ...]]:
        """Run one statement, kept prepared, and return all its rows.

        Raises
        ------
        TypeError
            A parameter is not exactly a str, int, float, bool or None.
        KnownDatabaseError, DatabaseBug
        """
        return self._rows(self._executed(sql, params))

    def changed(self, sql: str, *params: Value) -> int:
        """Run one INSERT, UPDATE or DELETE and return the number of rows that it touched."""
        query = self._executed(sql, params)
        count = query.numRowsAffected()
        query.finish()
        return count

    def value(self, sql: str, *params: Value) -> Value | bytes:
        """Return the first cell of the first row, None if there is no row."""
        query = self._executed(sql, params)
        value = _cell(query, 0) if query.next() else None
        query.finish()
        return value

    def column(self, sql: str, *params: Value) -> list[Value | bytes]:
        """Run one statement, also one that changes rows and is RETURNING, and return the first cell of all rows."""
        query = self._executed(sql, params)
        cells = []
        while query.next():  # to the end: only then has a statement on its own committed, or says why not
            cells.append(_cell(query, 0))
        error = query.lastError()
        query.finish()
        if error.isValid():
            raise self._error(error, sql)
        return cells

    def text(self, sql: str, *params: Value) -> str:
        """Return the first cell, which is known to be text."""
        value = self.value(sql, *params)
        if not isinstance(value, str):
            raise DatabaseBug(f"not text: {value!r} from {sql}")
        return value

    def run(self, sql: str) -> list[tuple[Value | bytes, ...]]:
        """Run a statement that is not worth keeping (PRAGMA, DDL); SQLite obeys a PRAGMA when it is prepared."""
        self._check_thread()
        query = QSqlQuery(self._db)
        query.setForwardOnly(True)
        if not query.exec(sql):
            raise self._error(query.lastError(), sql)
        return self._rows(query)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, with the write lock from the start; inside another transaction, a part of that one."""
        if self._in_transaction:
            yield
            return
        self.exec("BEGIN IMMEDIATE")
        self._in_transaction = True
        try:
            yield
            self.exec("COMMIT")
        except BaseException:
            # After a full disk or an I/O error SQLite has rolled back already, and says so here.
            with contextlib.suppress(DatabaseError):
                self.exec("ROLLBACK")
            raise
        finally:
            self._in_transaction = False

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read several times from the database as it is now, whatever others write meanwhile."""
        if self._in_transaction:
            yield
            return
        self.exec("BEGIN")
        try:
            yield
        finally:
            self.exec("COMMIT")

    @contextlib.contextmanager
    def rolled_back(self) -> Iterator[None]:
        """Do things as in a transaction, and then have them not done."""
        self.exec("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            with contextlib.suppress(DatabaseError):
                self.exec("ROLLBACK")

    def set_durable(self, durable: bool) -> None:
        """Choose whether a commit waits for the disk (FULL) or may be lost by a power cut, whole (NORMAL)."""
        if durable != self._durable and not self._in_transaction:
            self.run(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
            self._durable = durable

    def _executed(self, sql: str, params: tuple[Value, ...]) -> QSqlQuery:
        self._check_thread()
        query = self._prepared.get(sql)
        if query is None:
            query = QSqlQuery(self._db)
            query.setForwardOnly(True)
            if not query.prepare(sql):
                raise self._error(query.lastError(), sql)
            if len(self._prepared) >= 100:  # only searches make statements without end
                self._prepared.clear()
            self._prepared[sql] = query
        for index, value in enumerate(params):
            query.bindValue(index, _bindable(value))
        if not query.exec():
            error = self._error(query.lastError(), sql)
            query.finish()
            raise error
        return query

    def _rows(self, query: QSqlQuery) -> list[tuple[Value | bytes, ...]]:
        rows: list[tuple[Value | bytes, ...]] = []
        columns: range | None = None
        while query.next():
            if columns is None:
                columns = range(query.record().count())
            rows.append(tuple(_cell(query, index) for index in columns))
        error = query.lastError()
        query.finish()
        if error.isValid():
            raise self._error(error, query.lastQuery())
        return rows

    def _check_thread(self) -> None:
        if threading.get_ident() != self._thread:
            raise RuntimeError("a database connection belongs to the thread that opened it")
        if not self._name:
            raise RuntimeError("the database connection is closed")

    def _error(self, error: QSqlError, sql: str) -> DatabaseError:
        return sort_out(error, sql, self.path)


def _bindable(value: Value) -> Value:
    if type(value) not in _BINDABLE:  # exactly: numpy's float64 is a float to isinstance, and '' to QtSql
        raise TypeError(f"cannot be stored: {value!r}")
    if isinstance(value, str):
        # Lone surrogates become other characters.
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise TypeError(f"too large to be stored: {value!r}")
    return value


def _cell(query: QSqlQuery, index: int) -> Value | bytes:
    if query.isNull(index):
        return None
    value: Value | QByteArray = query.value(index)
    return bytes(value.data()) if isinstance(value, QByteArray) else value


def create_private(path: Path) -> None:
    """Make the file if it is missing, for the user alone; SQLite gives -wal and -shm the mode of the database."""
    if path.exists():
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        pass
    except OSError as error:
        raise known_os(error, path) from error


def make_private(path: Path) -> None:
    """Keep everybody but the user from an existing file, where the file system can."""
    with contextlib.suppress(OSError):
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)


def sync_folder(folder: Path) -> None:
    """Make renamings in a folder durable, where the system can."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def peek_version(path: Path) -> int:
    """Return a database's user_version and leave it and its folder as they are; 0 if it is missing or empty.

    Raises
    ------
    KnownDatabaseError
        It is not a database, or cannot be read.
    """
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        return 0
    wal = path.with_name(path.name + "-wal")
    in_log = wal.is_file() and wal.stat().st_size > 0  # the newest version may still be in there
    connection = Connection(path, read_only=True, immutable=not in_log)
    try:
        return int(str(connection.run("PRAGMA user_version")[0][0]))
    finally:
        connection.close()
