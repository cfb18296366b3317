"""The bin: where deleted jobs are until they are wanted back or gone for good.

A job in the bin is a row of the table `bin` and no longer one of `jobs`, so that other programs which read the
table do not see it. Moving rows takes longer than deciding on them, so deleting only writes down durably which jobs
go (a row of `swept`, however many they are); the rows are moved before anything else is done with the store, at the
latest at the next start.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from performia_desktop.failpoint import reach
from performia_desktop.jobs.database import Connection, Value
from performia_desktop.jobs.job import Job
from performia_desktop.jobs.store_fetch import DETAILS, NAMES, fetch
from performia_desktop.jobs.store_rows import IN_IDS, among

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
        self._swept: set[str] = set()  # what this store has deleted since the last `settle`
        self._unsettled = not read_only and bool(connection.value("SELECT count(*) FROM swept"))

    def put(self, job_ids: Sequence[str], *, maps: bool, by_age: bool = False) -> list[str]:
        """Delete jobs, except running ones, and return the ids of those that there were."""
        if not self._swept.isdisjoint(job_ids):
            self.settle()  # what is deleted is not there to be deleted again
        these, ids = among(job_ids)
        condition = f"{these} AND status <> 'processing'"
        if by_age:
            return self._clean_up(condition, ids, maps=maps)
        reach("delete.before-commit")
        swept = self._sweep(condition, ids, maps=maps)
        reach("delete.after-commit")
        return swept

    def clean_up(self, condition: str, *params: Value, maps: bool) -> list[str]:
        """Delete the jobs for which an SQL condition is true, and return their ids."""
        self.settle()
        return self._clean_up(condition, *params, maps=maps)

    def _clean_up(self, condition: str, *params: Value, maps: bool) -> list[str]:
        reach("cleanup.before-commit")
        swept = self._sweep(condition, *params, maps=maps)
        reach("cleanup.after-commit")
        return swept

    def _sweep(self, condition: str, *params: Value, maps: bool) -> list[str]:
        self._connection.set_durable(True)
        rows = self._connection.column(
            "INSERT INTO swept (ids, deleted_at, map_deleted) SELECT json_group_array(job_id), ?, ? "
            f"FROM jobs WHERE {condition} HAVING count(*) RETURNING ids",
            time.time(),
            maps,
            *params,
        )
        ids: list[str] = json.loads(str(rows[0])) if rows else []
        self._swept.update(ids)
        self._unsettled |= bool(ids)
        return ids

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
        self._connection.set_durable(True)  # now, while nobody waits
        self._unsettled = False
        self._swept.clear()

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
