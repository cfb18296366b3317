"""The connection refuses what QtSql gets silently wrong, and sorts every failure."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtSql import QSqlDatabase

from performia_desktop.jobs.database import (
    Connection,
    DatabaseBug,
    DatabaseError,
    KnownDatabaseError,
    peek_version,
)
from tests.jobs.other_program import OtherProgram
from tests.jobs.tracing import needs_strace

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def connection(tmp_path: Path) -> Connection:
    """An open connection to a table t(a) with one row, 1; closed by its test's end."""
    opened = Connection(tmp_path / "t.db", busy_ms=50)
    opened.run("PRAGMA journal_mode=WAL")
    opened.run("CREATE TABLE t (a)")
    opened.changed("INSERT INTO t VALUES (?)", 1)
    yield opened  # type: ignore[misc]
    opened.close()


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("", "text"),
        ("a\x00b ♪ 🎸 é", "text"),
        (0, "integer"),
        (2**63 - 1, "integer"),
        (-(2**63), "integer"),
        (0.1, "real"),
        (1_760_000_000.1234567, "real"),
        (float("inf"), "real"),
        (None, "null"),
    ],
)
def test_values_come_back_as_they_were(connection: Connection, value: str | float | None, kind: str) -> None:
    assert connection.exec("SELECT ?, typeof(?)", value, value) == [(value, kind)]


def test_true_is_one(connection: Connection) -> None:
    assert connection.exec("SELECT ?, ?", True, False) == [(1, 0)]


def test_what_qtsql_would_store_as_something_else_is_refused(connection: Connection) -> None:
    import numpy as np

    for value in (np.float64(1.5), np.int64(1), b"bytes", Path("/a"), [1], 2**63):
        with pytest.raises(TypeError):
            connection.exec("SELECT ?", value)  # type: ignore[arg-type]


def test_text_that_is_not_unicode_does_not_become_other_text(connection: Connection) -> None:
    assert connection.value("SELECT ?", "a\udcffb") == "a?b"


def test_null_is_none_and_not_an_empty_text(connection: Connection) -> None:
    connection.run("CREATE TABLE n (a REAL, b TEXT)")
    connection.changed("INSERT INTO n VALUES (NULL, NULL)")
    assert connection.exec("SELECT a, b FROM n") == [(None, None)]


def test_numbers_of_rows(connection: Connection) -> None:
    assert connection.changed("UPDATE t SET a = 2 WHERE a = ?", 99) == 0
    assert connection.changed("UPDATE t SET a = 2 WHERE a = ?", 1) == 1
    assert connection.value("SELECT a FROM t WHERE a = ?", 99) is None


def test_a_mistake_in_the_sql_is_a_bug(connection: Connection) -> None:
    with pytest.raises(DatabaseBug) as caught:
        connection.exec("SELEKT 1")
    assert "SELEKT" in caught.value.details
    assert str(caught.value).endswith(".")


def test_a_broken_constraint_is_a_bug_with_its_code(connection: Connection) -> None:
    connection.run("CREATE TABLE u (a PRIMARY KEY)")
    connection.changed("INSERT INTO u VALUES (?)", 1)
    with pytest.raises(DatabaseBug) as caught:
        connection.changed("INSERT INTO u VALUES (?)", 1)
    assert "1555" in caught.value.details


def test_a_transaction_is_all_or_nothing(connection: Connection) -> None:
    with pytest.raises(ZeroDivisionError), connection.transaction():
        connection.changed("INSERT INTO t VALUES (2)")
        raise ZeroDivisionError
    with connection.transaction(), connection.transaction():
        connection.changed("INSERT INTO t VALUES (3)")
    assert connection.exec("SELECT a FROM t ORDER BY a") == [(1,), (3,)]


def test_an_inner_failure_undoes_the_outer_transaction(connection: Connection) -> None:
    with pytest.raises(ZeroDivisionError), connection.transaction():
        connection.changed("INSERT INTO t VALUES (2)")
        with connection.transaction():
            raise ZeroDivisionError
    assert connection.exec("SELECT a FROM t") == [(1,)]


def test_a_snapshot_does_not_see_what_others_write(connection: Connection) -> None:
    with OtherProgram(connection.path) as other:
        with connection.snapshot():
            assert connection.value("SELECT count(*) FROM t") == 1
            other.execute("INSERT INTO t VALUES (2)")
            assert connection.value("SELECT count(*) FROM t") == 1
        assert connection.value("SELECT count(*) FROM t") == 2


def test_a_lock_of_another_program_is_known_and_passes(connection: Connection) -> None:
    with OtherProgram(connection.path) as other:
        other.execute("BEGIN IMMEDIATE")
        for attempt in (
            lambda: connection.changed("INSERT INTO t VALUES (2)"),
            lambda: in_transaction(connection),
        ):
            with pytest.raises(KnownDatabaseError) as caught:
                attempt()
            assert caught.value.kind == "locked"
            assert caught.value.transient
        other.execute("COMMIT")
    in_transaction(connection)
    assert connection.value("SELECT count(*) FROM t") == 2


def in_transaction(connection: Connection) -> None:
    with connection.transaction():
        connection.changed("INSERT INTO t VALUES (2)")


def test_a_transaction_has_the_lock_from_its_start(connection: Connection) -> None:
    """A deferred one would fail at its first write after somebody else's commit (517), whatever the timeout."""
    with OtherProgram(connection.path) as other:
        with connection.transaction():
            assert connection.value("SELECT count(*) FROM t") == 1
            with pytest.raises(AssertionError, match="locked"):
                other.execute("INSERT INTO t VALUES (5)")
            connection.changed("INSERT INTO t VALUES (2)")
        other.execute("INSERT INTO t VALUES (5)")
    assert connection.value("SELECT count(*) FROM t") == 3


def test_busy_snapshot_counts_as_locked(connection: Connection) -> None:
    with (
        OtherProgram(connection.path) as other,
        pytest.raises(KnownDatabaseError) as caught,
        connection.snapshot(),
    ):
        connection.value("SELECT count(*) FROM t")
        other.execute("INSERT INTO t VALUES (5)")
        connection.changed("INSERT INTO t VALUES (2)")
    assert caught.value.kind == "locked"
    assert "517" in caught.value.details


def test_a_full_disk_is_known_and_the_transaction_undone(connection: Connection) -> None:
    connection.run("PRAGMA max_page_count=4")
    with pytest.raises(KnownDatabaseError) as caught, connection.transaction():
        connection.changed("INSERT INTO t VALUES (2)")
        connection.changed("INSERT INTO t VALUES (zeroblob(100000))")
    assert caught.value.kind == "full"
    assert caught.value.transient
    assert str(connection.path) in str(caught.value)
    assert connection.exec("SELECT a FROM t") == [(1,)]
    connection.run("PRAGMA max_page_count=1000000")
    in_transaction(connection)


def test_every_kind_has_a_sentence_with_a_remedy(tmp_path: Path) -> None:
    from performia_desktop.jobs import database_errors

    kinds = {*database_errors._KIND_OF_CODE.values(), "too-new", "too-old", "foreign"}
    for kind in kinds:
        sentence = str(database_errors.known(kind, tmp_path / "jobs.db"))
        assert sentence.endswith(".")
        assert "{" not in sentence
        assert sentence.count(". ") + sentence.count(": ") >= 1


def test_a_read_only_connection_neither_creates_nor_writes(connection: Connection, tmp_path: Path) -> None:
    with pytest.raises(KnownDatabaseError) as caught:
        Connection(tmp_path / "none.db", read_only=True)
    assert caught.value.kind == "cannot-open"
    assert not (tmp_path / "none.db").exists()
    reader = Connection(connection.path, read_only=True)
    assert reader.value("SELECT a FROM t") == 1
    with pytest.raises(KnownDatabaseError) as caught:
        reader.changed("INSERT INTO t VALUES (2)")
    assert caught.value.kind == "readonly"
    reader.close()


def test_what_cannot_be_opened_is_known(tmp_path: Path) -> None:
    (tmp_path / "folder.db").mkdir()
    (tmp_path / "file").touch()
    for path in (tmp_path / "folder.db", tmp_path / "file" / "jobs.db"):
        with pytest.raises(KnownDatabaseError) as caught:
            Connection(path)
        assert caught.value.kind == "cannot-open"
        with pytest.raises(DatabaseError):
            Connection(path, read_only=True)


@pytest.mark.parametrize("text", [b"xy", b"not a database\n" * 3, b"SQLite format 3", b"{}" * 5000])
def test_what_is_no_database_is_known(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "jobs.db"
    path.write_bytes(text)
    with pytest.raises(KnownDatabaseError) as caught:
        peek_version(path)
    assert caught.value.kind == "not-a-database"


def test_the_version_is_read_without_opening(tmp_path: Path) -> None:
    path = tmp_path / "jobs.db"
    assert peek_version(path) == 0
    path.touch()
    assert peek_version(path) == 0
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=7")
    connection.close()
    assert peek_version(path) == 7
    assert [file.name for file in tmp_path.iterdir()] == ["jobs.db"]


def test_looking_at_an_open_database_keeps_its_locks(connection: Connection) -> None:
    """Closing any other handle of the file would drop them, and let another program delete the log in use."""
    with OtherProgram(connection.path) as other, connection.transaction():
        connection.changed("INSERT INTO t VALUES (2)")
        peek_version(connection.path)
        Connection(connection.path, busy_ms=50).close()
        Connection(connection.path, read_only=True).close()
        with pytest.raises(AssertionError, match="locked"):
            other.execute("INSERT INTO t VALUES (5)")
        with pytest.raises(AssertionError, match="locked"):
            other.execute("PRAGMA journal_mode=DELETE")


def test_the_file_is_the_users_alone(connection: Connection) -> None:
    old = os.umask(0)
    try:
        for name in ("t.db", "t.db-wal", "t.db-shm"):
            assert connection.path.with_name(name).stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(old)


def test_a_connection_stays_in_its_thread(connection: Connection) -> None:
    caught: list[BaseException] = []

    def use() -> None:
        try:
            connection.exec("SELECT 1")
        except RuntimeError as error:
            caught.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert len(caught) == 1


def test_closing_leaves_no_connection_behind(tmp_path: Path) -> None:
    before = set(QSqlDatabase.connectionNames())
    connection = Connection(tmp_path / "a.db")
    connection.exec("SELECT 1")
    connection.close()
    connection.close()
    assert set(QSqlDatabase.connectionNames()) == before
    with pytest.raises(RuntimeError):
        connection.exec("SELECT 1")


def test_many_different_statements_do_not_pile_up(connection: Connection) -> None:
    for number in range(250):
        assert connection.value(f"SELECT {number}") == number
    assert len(connection._prepared) <= 100


def test_without_an_application_it_is_an_error_and_no_crash(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from performia_desktop.jobs.database import Connection\n"
        f"try: Connection(Path({str(tmp_path / 'a.db')!r}))\n"
        "except RuntimeError: print('refused')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "refused"


def test_committed_work_survives_a_kill(tmp_path: Path) -> None:
    code = (
        "import os, signal; from pathlib import Path; from PySide6.QtCore import QCoreApplication\n"
        "from performia_desktop.jobs.database import Connection\n"
        f"a = QCoreApplication([]); c = Connection(Path({str(tmp_path / 'a.db')!r}))\n"
        "c.run('PRAGMA journal_mode=WAL'); c.run('CREATE TABLE t (a)')\n"
        "c.changed('INSERT INTO t VALUES (1)')\n"
        "c.exec('BEGIN IMMEDIATE'); c.changed('INSERT INTO t VALUES (2)')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    connection = Connection(tmp_path / "a.db")
    assert connection.exec("SELECT a FROM t") == [(1,)]
    connection.close()


@needs_strace
def test_a_durable_commit_waits_for_the_disk_once_and_a_light_one_does_not(tmp_path: Path) -> None:
    def syncs(durable: bool, rounds: int) -> int:
        trace = tmp_path / f"trace-{durable}-{rounds}"
        path = tmp_path / f"{durable}-{rounds}.db"
        code = (
            "from pathlib import Path; from PySide6.QtCore import QCoreApplication\n"
            "from performia_desktop.jobs.database import Connection\n"
            f"a = QCoreApplication([]); c = Connection(Path({str(path)!r}))\n"
            "c.run('PRAGMA journal_mode=WAL'); c.run('PRAGMA wal_autocheckpoint=0'); c.run('CREATE TABLE t (a)')\n"
            f"c.set_durable({durable})\n"
            f"for n in range({rounds}): c.changed('INSERT INTO t VALUES (?)', n)\n"
        )
        subprocess.run(
            ["strace", "-f", "-o", str(trace), "-e", "trace=fsync,fdatasync", sys.executable, "-c", code],
            check=True,
            timeout=100,
        )
        return sum("sync(" in line for line in trace.read_text().splitlines())

    assert syncs(True, 20) - syncs(True, 10) == 10
    assert syncs(False, 20) == syncs(False, 10)
