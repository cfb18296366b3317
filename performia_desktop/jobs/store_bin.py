"""The bin: where deleted jobs are until they are wanted back or gone for good.

A job in the bin is a row of the table `bin` and no longer one of `jobs`, so that other programs which read the
table do not see it. Moving a thousand rows takes longer than deciding on them, so a clean-up by age only writes
down durably which jobs go (a row of `swept`); the rows are moved before anything else is done with the store, at
the latest at the next start.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Final

from performia_desktop.failpoint import reach
from performia_desktop.jobs.database import Connection
from performia_desktop.jobs.job import Job
from performia_desktop.jobs.store_rows import DETAILS, IN_IDS, NAMES, fetch

ALL: Final = f"{NAMES}, {DETAILS}"
_SWEPT: Final = (
    "(SELECT value AS swept_id, swept.deleted_at AS swept_at, swept.map_deleted AS swept_map "
    "FROM swept, json_each(swept.ids))"
)

KEPT_SECONDS: Final = 30 * 86_400.0
"""How long a deleted job can be taken back."""


@dataclass(frozen=True, slots=True)
class Binned:
    """A deleted job, and when it was deleted (Unix seconds)."""

    job: Job
    deleted_at: float

    def seconds_left(self, now: float) -> float:
        """Return for how long it can still be taken back; of one from the future, by a wrong clock, all the time."""
        return min(KEPT_SECONDS, max(0.0, self.deleted_at + KEPT_SECONDS - now))


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
                    f"INSERT OR REPLACE INTO bin ({ALL}, deleted_at, map_deleted) "
                    f"SELECT {ALL}, ?, ? FROM jobs WHERE {where}",
                    time.time(),
                    maps,
                    ids,
                )
                self._connection.changed(f"DELETE FROM jobs WHERE {where}", ids)
            reach("delete.before-commit")
        reach("delete.after-commit")
        return jobs

    def sweep(self, ids: str, *, maps: bool) -> None:
        """Write down durably that these jobs (a JSON array of ids) are deleted; `settle` moves them."""
        self.settle()
        self._connection.set_durable(True)
        with self._connection.transaction():
            self._connection.changed("INSERT INTO swept VALUES (?, ?, ?)", ids, time.time(), maps)
            reach("cleanup.before-commit")
        self._unsettled = True
        reach("cleanup.after-commit")

    def settle(self) -> None:
        """Move what was swept."""
        if not self._unsettled:
            return
        self._connection.set_durable(False)  # the decision is on disk; moving may be repeated
        with self._connection.transaction():
            self._connection.changed(
                f"INSERT OR REPLACE INTO bin ({ALL}, deleted_at, map_deleted) "
                f"SELECT {ALL}, swept_at, swept_map FROM {_SWEPT} CROSS JOIN jobs ON job_id = swept_id"
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
            self._connection.changed(f"INSERT INTO jobs ({ALL}) SELECT {ALL} FROM bin WHERE {IN_IDS}", ids)
            self._connection.changed(f"DELETE FROM bin WHERE {IN_IDS}", ids)
        return jobs

    def listed(self) -> list[Binned]:
        """Return what is in the bin, what was deleted last first."""
        self.settle()
        order = "bin ORDER BY deleted_at DESC, rowid"
        with self._connection.snapshot():
            jobs = fetch(self._connection, order)
            times = self._connection.text(
                f"SELECT json_group_array(deleted_at) FROM (SELECT deleted_at FROM {order})"
            )
        return list(map(Binned, jobs, json.loads(times)))

    def ids(self) -> set[str]:
        """Return the ids of what is in the bin with its Song Map."""
        self.settle()
        return set(json.loads(self._connection.text("SELECT json_group_array(job_id) FROM bin WHERE map_deleted")))

    def expire(self, older_than: float) -> list[Job]:
        """Forget what was deleted before a time, and return it."""
        self.settle()
        self._connection.set_durable(True)
        with self._connection.transaction():
            jobs = fetch(self._connection, "bin WHERE deleted_at < ?", older_than)
            self._connection.changed("DELETE FROM bin WHERE deleted_at < ?", older_than)
        return jobs
