"""Jobs in the order of a key: found by bisection, so that no index has to be rebuilt when one comes or goes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable
from operator import attrgetter

from performia_desktop.gui.joblist.columns import Key
from performia_desktop.jobs.job import Job

_ID = attrgetter("job_id")


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
        places = self._places(fresh)
        if places[0] == places[-1]:
            self.jobs[places[0] : places[0]] = fresh
            return
        merged: list[Job] = []
        before = 0
        for job, place in zip(fresh, places, strict=True):
            merged += self.jobs[before:place]
            merged.append(job)
            before = place
        merged += self.jobs[before:]
        self.jobs = merged

    def _places(self, fresh: list[Job]) -> list[int]:
        """Return where jobs that are in order themselves would have to be inserted.

        The middle one first, which tells both halves where not to look: keys are what costs.
        """
        places = [0] * len(fresh)
        jobs, key = self.jobs, self.key
        parts = [(0, len(fresh), 0, len(jobs))]
        while parts:
            first, last, low, high = parts.pop()
            if low == high:
                places[first:last] = [low] * (last - first)
            elif first < last:
                middle = (first + last) // 2
                place = places[middle] = bisect_left(jobs, key(fresh[middle]), low, high, key=key)
                parts += [(first, middle, low, place), (middle + 1, last, place, high)]
        return places

    def span(self, job_ids: Collection[str]) -> tuple[int, int] | None:
        """Return where jobs (ids, all of them in the list) begin and end; None if others stand among them."""
        jobs, count = self.jobs, len(job_ids)
        first = next(place for place, job in enumerate(jobs) if job.job_id in job_ids)
        among = all(map(job_ids.__contains__, map(_ID, jobs[first : first + count])))
        return (first, first + count) if among and first + count <= len(jobs) else None

    def drop(self, job_ids: Collection[str]) -> None:
        """Take jobs away."""
        self.jobs = [job for job in self.jobs if job.job_id not in job_ids]
