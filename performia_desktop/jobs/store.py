"""The jobs on disk: the only place with SQL on them.

A store belongs to the thread that opened it; every call is one transaction that has happened when it returns.
State changes are durable against power loss (synchronous=FULL); progress is not (NORMAL), because a progress lost
to a power cut is only a progress. Deleted jobs move to the table `bin`, from where they can come back.
"""

from __future__ import annotations

import contextlib
import json
import math
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from performia_desktop.failpoint import reach
from performia_desktop.jobs.database import Connection, DatabaseError, Value
from performia_desktop.jobs.job import FINISHED, Job, Status, sources
from performia_desktop.jobs.opening import open_for_writing, open_read_only
from performia_desktop.jobs.store_bin import Bin, Binned
from performia_desktop.jobs.store_fetch import DETAILS, collection_paused, fetch, fetch_one, status_of
from performia_desktop.jobs.store_file import About, StoreFile
from performia_desktop.jobs.store_query import JobQuery
from performia_desktop.jobs.store_rows import (
    IN_IDS,
    assignments,
    at_position,
    ids_json,
    insert_last,
    insert_rows,
    with_free_ids,
)
from performia_desktop.jobs.store_state import FORGET, STATE
from performia_desktop.paths import Paths

__all__ = ["JobQuery", "Store"]

Jobs = list[Job]  # a name, because the store has a method called list
Ids = list[str]
Deleted = list[Binned]

_PIECE: Final = 2000
_LAST_ROWID: Final = 2**63 - 1
# A cross join keeps the order of its left side: SQLite never turns it round.
_PAGE: Final = "(SELECT value AS page_id FROM json_each(?)) CROSS JOIN jobs ON jobs.rowid = page_id"
_ROWS_AT_ONCE: Final = 500  # one json.loads or dumps holds the interpreter from start to end: keep it under 5 ms


class Store(StoreFile):
    """An open job database; make one with `open`."""

    def __init__(self, connection: Connection, notice: str | None = None, *, read_only: bool = False) -> None:
        super().__init__(connection)
        try:
            self._bin = Bin(connection, read_only=read_only)
        except DatabaseError:
            connection.close()
            raise
        self._next_position: float | None = None  # for one more job, unless another program has taken it
        self.notice = notice
        """What happened to the old database at opening, as a sentence for the user; None if nothing did."""

    @classmethod
    def open(cls, paths: Paths, *, read_only: bool = False) -> Store:
        """Open the database of an installation, upgraded to this version.

        A file that is not a database, or a damaged one, is set aside under a dated name and a new one is started;
        `notice` says so. A read-only store creates, changes and sets aside nothing.

        Raises
        ------
        KnownDatabaseError
            'too-new' or 'foreign', left untouched; 'cannot-open'; a transient kind; read-only also 'too-old',
            'not-a-database' and 'corrupt'.
        """
        if read_only:
            return cls(open_read_only(paths.database), read_only=True)
        return cls(*open_for_writing(paths))

    def close(self) -> None:
        with contextlib.suppress(DatabaseError):  # what cannot be settled now is settled at the next start
            self._bin.settle()
        self._connection.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Make several calls one transaction."""
        with self._durable().transaction():
            yield

    # --- reading

    def get(self, job_id: str) -> Job | None:
        return fetch_one(self._settled, job_id)

    def details(self, job_id: str) -> str | None:
        """Return the long text behind a job's error message."""
        value = self._settled.value(f"SELECT {DETAILS} FROM jobs WHERE job_id = ?", job_id)
        return None if value is None else str(value)

    def list(self, query: JobQuery | None = None, limit: int | None = None) -> Jobs:
        """Return the jobs asked for, newest first unless the query says otherwise, at most `limit`."""
        query = query or JobQuery()
        where, params = query.where()
        if limit is not None and not query.text:
            return fetch(self._settled, f"jobs WHERE {where} ORDER BY {query.order()} LIMIT ?", *params, limit)
        with collection_paused():
            jobs = self._in_pieces(where, params)
            if query.text:
                jobs = [job for job in jobs if query.matches(job)]
            return query.arrange(jobs)[:limit]

    def pages(self, size: int = 2000) -> Iterator[Jobs]:
        """Yield all jobs in the queue's order, `size` at a time, with no statement open in between.

        The order is that of the first page; jobs may be moved or deleted between pages (but the file not be
        vacuumed) and none is missed or comes twice. Jobs inserted after the first page are not among them.
        """
        order = self._settled.text(
            "SELECT json_group_array(id) FROM (SELECT rowid AS id FROM jobs ORDER BY position, rowid)"
        )
        ids: Sequence[int] = json.loads(order)
        for start in range(0, len(ids), size):
            chunk = json.dumps(ids[start : start + size])
            yield fetch(self._settled, _PAGE, chunk)

    def count(self) -> dict[Status, int]:
        rows = self._settled.exec(f"SELECT {STATE} AS state, count(*) FROM jobs GROUP BY state")
        counts = dict.fromkeys(Status, 0)
        for word, number in rows:
            counts[status_of(str(word))] += int(str(number))
        return counts

    # --- changing

    def insert(self, jobs: Sequence[Job]) -> Jobs:
        """Put jobs at the end of the queue, all or none, and return them as stored.

        A job whose id is taken, also by a job in the bin, gets a new one.
        """
        stored = self._insert_one(jobs[0]) if len(jobs) == 1 else None
        stored = stored or self._insert_all(jobs)
        reach("intake.inserted")
        return stored

    def progress(self, job_id: str, progress: float, stage: str) -> bool:
        """Note where a running job stands; it never falls. False if the job is not 'processing'."""
        reached = min(1.0, max(0.0, progress)) if math.isfinite(progress) else 0.0
        connection = self._settled
        connection.set_durable(False)
        return bool(
            connection.changed(
                "UPDATE jobs SET progress = max(coalesce(progress, 0.0), ?), stage = ? "
                "WHERE job_id = ? AND status = 'processing'",
                reached,
                stage,
                job_id,
            )
        )

    def transition(self, job_id: str, target: Status, **columns: object) -> bool:
        """Change a job's status and other columns with it; False if it is gone or may not become `target`."""
        sql, values = assignments({"status": target, **_changeable(columns)})
        if Status.CANCELLED in sources(target):
            sql = f"{FORGET}, {sql}"  # of the assignments to a column the last one counts
        reach(f"{target}.before-commit")
        changed = self._durable().changed(
            f"UPDATE jobs SET {sql} WHERE job_id = ? AND {STATE} IN ({_SOURCES[target]})", *values, job_id
        )
        reach(f"{target}.after-commit")
        return bool(changed)

    def set_columns(self, job_id: str, **columns: object) -> bool:
        """Change columns other than the status; False if the job is gone."""
        sql, values = assignments(_changeable(columns))
        return bool(self._durable().changed(f"UPDATE jobs SET {sql} WHERE job_id = ?", *values, job_id))

    def move(self, order: Sequence[str]) -> dict[str, float]:
        """Put these jobs into this order, in the places that they hold among the others; return the positions.

        Ids of jobs that are gone are passed over.
        """
        with self._durable().transaction():
            held = self._positions(order)
            places = sorted(held.values())
            if len(set(places)) < len(places):  # equal positions cannot tell an order: number the whole queue anew
                self._connection.changed(
                    "UPDATE jobs SET position = ordered.number FROM (SELECT rowid AS id, row_number() OVER "
                    "(ORDER BY position, job_id) AS number FROM jobs) AS ordered WHERE jobs.rowid = ordered.id"
                )
                places = sorted(self._positions(order).values())
            positions = dict(zip((job_id for job_id in order if job_id in held), places, strict=True))
            self.reposition(positions)
        return positions

    def reposition(self, positions: Mapping[str, float]) -> None:
        """Set the positions of several jobs."""
        sql, _ = assignments({"position": 0.0})
        with self._durable().transaction():
            for job_id, position in positions.items():
                _, [value] = assignments({"position": position})
                self._connection.changed(f"UPDATE jobs SET {sql} WHERE job_id = ?", value, job_id)

    def recover(self) -> Jobs:
        """Put back what was running when the program ended: 'processing' becomes 'pending'. Return these jobs."""
        with self._durable().transaction():
            ids = self._connection.text("SELECT json_group_array(job_id) FROM jobs WHERE status = 'processing'")
            self._connection.changed(
                "UPDATE jobs SET status = 'pending', progress = 0.0, stage = NULL, started_at = NULL "
                "WHERE status = 'processing'"
            )
            return fetch(self._connection, f"jobs WHERE {IN_IDS} ORDER BY position, job_id", ids)

    # --- deleting

    def delete(self, job_ids: Sequence[str], *, maps: bool, by_age: bool = False) -> Ids:
        """Move jobs to the bin, except running ones, at the price of one row; return the ids of those moved.

        `maps`: their Song Maps went too; `by_age`: it is a clean-up.
        """
        return self._bin.put(job_ids, maps=maps, by_age=by_age)

    def undelete(self, job_ids: Sequence[str]) -> Jobs:
        """Take jobs back out of the bin, to the places they had, and return them."""
        return self._bin.take_back(ids_json(job_ids))

    def binned(self) -> Deleted:
        """Return the deleted jobs, what was deleted last first."""
        return self._bin.listed()

    def binned_ids(self) -> set[str]:
        """Return the ids of the jobs that were deleted with their Song Maps."""
        return self._bin.ids()

    def expire_bin(self, older_than: float) -> Jobs:
        """Forget for good what was deleted before a time (Unix seconds), and return it."""
        return self._bin.expire(older_than)

    def cleanup(
        self,
        older_than_days: float,
        *,
        statuses: frozenset[Status] = FINISHED,
        dry_run: bool = False,
        maps: bool = True,
    ) -> Ids:
        """Move finished jobs older than some days to the bin, and return their ids; never a job still to be done.

        A job is as old as the latest of its times; one from the future is not old.
        """
        if not (math.isfinite(older_than_days) and older_than_days >= 0):
            raise ValueError(f"not an age in days: {older_than_days}")
        cutoff = time.time() - older_than_days * 86400
        condition = (
            f"created_at < ? AND {STATE} IN ({_words(statuses & FINISHED)}) "
            "AND max(created_at, coalesce(started_at, 0.0), coalesce(completed_at, 0.0)) < ?"
        )
        if not dry_run:
            return self._bin.clean_up(condition, cutoff, cutoff, maps=maps)
        sql = f"SELECT json_group_array(job_id) FROM jobs WHERE {condition}"
        found: Ids = json.loads(self._settled.text(sql, cutoff, cutoff))
        return found

    def about(self, backups: Path) -> About:
        self.settle()
        return super().about(backups)

    def settle(self) -> None:
        """Move what was deleted; other calls do it first, and so does a writer with nothing else to do."""
        self._bin.settle()

    # --- parts

    @property
    def _settled(self) -> Connection:
        self._bin.settle()
        return self._connection

    def _durable(self) -> Connection:
        connection = self._settled
        connection.set_durable(True)
        return connection

    def _in_pieces(self, where: str, params: Sequence[Value]) -> Jobs:
        """Return jobs in the order of their rows: at that SQLite is fastest, and Python at sorting what it has."""
        source = f"jobs NOT INDEXED WHERE rowid > ? AND rowid <= ? AND {where}"
        jobs: Jobs = []
        with self._settled.snapshot():
            start = 0
            while start < _LAST_ROWID:
                nth = self._connection.value(
                    "SELECT rowid FROM jobs WHERE rowid > ? LIMIT 1 OFFSET ?", start, _PIECE
                )
                end = _LAST_ROWID if nth is None else int(str(nth))
                jobs += fetch(self._connection, source, start, end, *params)
                start = end
        return jobs

    def _insert_one(self, job: Job) -> Jobs | None:
        """Insert a job by a statement that is a transaction by itself; None, and nothing done, if that cannot be."""
        connection = self._durable()
        if self._next_position is None:
            return None
        placed = at_position(job, self._next_position)
        if not insert_last(connection, placed):
            return None
        self._next_position += 1
        return [placed]

    def _insert_all(self, jobs: Sequence[Job]) -> Jobs:
        stored: Jobs = []
        with self._durable().transaction():
            last = float(str(self._connection.value("SELECT coalesce(max(position), 0.0) FROM jobs")))
            for start in range(0, len(jobs), _ROWS_AT_ONCE):
                chunk = with_free_ids(self._connection, jobs[start : start + _ROWS_AT_ONCE])
                chunk = [at_position(job, last + start + n) for n, job in enumerate(chunk, 1)]
                insert_rows(self._connection, chunk)
                stored += chunk
        self._next_position = last + len(jobs) + 1
        return stored

    def _positions(self, job_ids: Sequence[str]) -> dict[str, float]:
        rows = self._connection.exec(f"SELECT job_id, position FROM jobs WHERE {IN_IDS}", ids_json(job_ids))
        return {str(job_id): float(str(position)) for job_id, position in rows}


def _words(statuses: Iterable[Status]) -> str:
    return ", ".join(f"'{status.value}'" for status in sorted(statuses))


_SOURCES: Final = {target: _words(sources(target)) for target in Status}


def _changeable(columns: Mapping[str, object]) -> Mapping[str, object]:
    if not columns.keys().isdisjoint({"job_id", "status"}):
        raise ValueError("a job keeps its id, and changes its status by a transition")
    return columns
