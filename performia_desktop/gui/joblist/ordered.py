"""Jobs in the order of a key: found by bisection, so that no index has to be rebuilt when one comes or goes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from performia_desktop.gui.joblist.columns import Key
from performia_desktop.jobs.job import Job


class Ordered:
    """A list of jobs kept ascending by a key that is different for each."""

    def __init__(self, jobs: Iterable[Job], key: Key) -> None:
        self.key = key
        self.jobs = sorted(jobs, key=key)

    def place(self, job: Job) -> int:
        """Return where the job is, or would have to be inserted."""
        return bisect_left(self.jobs, self.key(job), key=self.key)

    def find(self, job: Job) -> int | None:
        """Return where the job is, None if it is not there."""
        place = self.place(job)
        return place if place < len(self.jobs) and self.jobs[place].job_id == job.job_id else None

    def add(self, job: Job) -> None:
        self.jobs.insert(self.place(job), job)

    def merge(self, fresh: list[Job]) -> None:
        """Put jobs that are in order themselves among the others."""
        first, last = self.place(fresh[0]), self.place(fresh[-1])
        if first == last:
            self.jobs[first:first] = fresh
        else:  # two sorted runs: timsort needs one pass
            self.jobs = sorted([*self.jobs, *fresh], key=self.key)
