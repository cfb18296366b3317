"""The bin: where deleted jobs are until they are wanted back or gone for good.

A job in the bin is a row of the table `bin` and no longer one of `jobs`, so that other programs which read the
table do not see it. Moving a thousand rows takes longer than deciding on them, so a clean-up by age only writes
down durably which jobs go (a row of `swept`); the rows are moved before anything else is done with the store, at
the latest at the next start.
"""

from __future__ import annotations

import time
from typing import Final

from performia_desktop.jobs.database import Connection
from performia_desktop.jobs.job import Job
from performia_desktop.jobs.store_rows import DETAILS, IN_IDS, NAMES, fetch

_ALL: Final = f"{NAMES}, {DETAILS}"
_SWEPT: Final = (
    "(SELECT value AS swept_id, swept.deleted_at AS swept_at, swept.map_deleted AS swept_map "
    "FROM swept, json_each(swept.ids))"
)


class Bin:
    """The deleted jobs of one store."""

    def __init__(self, connection: Connection, *, read_only: bool) -> None:
        self._connection = connection
        self._unsettled = not read_only and bool(connection.value("SELECT count(*) FROM swept"))

    def put(self, ids: str, *, maps: bool) -> list[Job]:
        """Move jobs (a JSON array of ids) into the bin, except running ones, and return them."""
        self.settle()
        self._connection.set_durable(True)
        where = f"{IN_IDS} AND status <> 'processing'"
        with self._connection.transaction():
            jobs = fetch(self._connection, f"jobs WHERE {where}", ids)
            if jobs:
                self._connection.changed(
                    f"INSERT OR REPLACE INTO bin ({_ALL}, deleted_at, map_deleted) "
                    f"SELECT {_ALL}, ?, ? FROM jobs WHERE {where}",
                    time.time(),
                    maps,
                    ids,
                )
                self._connection.changed(f"DELETE FROM jobs WHERE {where}", ids)
        return jobs

    def sweep(self, ids: str, *, maps: bool) -> None:
        """Write down durably that these jobs (a JSON array of ids) are deleted; `settle` moves them."""
        self.settle()
        self._connection.set_durable(True)
        self._connection.changed("INSERT INTO swept VALUES (?, ?, ?)", ids, time.time(), maps)
        self._unsettled = True

    def settle(self) -> None:
        """Move what was swept."""
        if not self._unsettled:
            return
        self._connection.set_durable(False)  # the decision is on disk; moving may be repeated
        with self._connection.transaction():
            self._connection.changed(
                f"INSERT OR REPLACE INTO bin ({_ALL}, deleted_at, map_deleted) "
                f"SELECT {_ALL}, swept_at, swept_map FROM {_SWEPT} CROSS JOIN jobs ON job_id = swept_id"
            )
            self._connection.changed(f"DELETE FROM jobs WHERE job_id IN (SELECT swept_id FROM {_SWEPT})")
            self._connection.changed("DELETE FROM swept")
        self._unsettled = False

    def take_back(self, ids: str) -> list[Job]:
        """Move jobs (a JSON array of ids) out of the bin and return them."""
        self.settle()
        self._connection.set_durable(True)
        with self._connection.transaction():
            jobs = fetch(self._connection, f"bin WHERE {IN_IDS} ORDER BY position, rowid", ids)
            self._connection.changed(f"INSERT INTO jobs ({_ALL}) SELECT {_ALL} FROM bin WHERE {IN_IDS}", ids)
            self._connection.changed(f"DELETE FROM bin WHERE {IN_IDS}", ids)
        return jobs

    def expire(self, older_than: float) -> list[Job]:
        """Forget what was deleted before a time, and return it."""
        self.settle()
        self._connection.set_durable(True)
        with self._connection.transaction():
            jobs = fetch(self._connection, "bin WHERE deleted_at < ?", older_than)
            self._connection.changed("DELETE FROM bin WHERE deleted_at < ?", older_than)
        return jobs
