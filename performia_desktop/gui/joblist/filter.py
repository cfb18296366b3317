"""Which jobs are shown: those of some statuses whose title, artist or file name hold all words of a search."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress
from operator import attrgetter

from performia_desktop.gui.joblist.columns import fold, haystack
from performia_desktop.jobs.job import Job, Status

_ID = attrgetter("job_id")


class Filter:
    """Lets everything through at first. What it searches in is folded once for each job, and kept."""

    def __init__(self) -> None:
        self._words: tuple[str, ...] = ()
        self._statuses: frozenset[Status] | None = None
        self._haystacks: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self._words) or self._statuses is not None

    def other(self, text: str, statuses: frozenset[Status] | None) -> Filter:
        """Return a filter with another search and statuses (None: all), which knows what this one has read."""
        new = Filter()
        new._words, new._statuses, new._haystacks = tuple(fold(text).split()), statuses, self._haystacks
        return new

    def same(self, other: Filter) -> bool:
        return (self._words, self._statuses) == (other._words, other._statuses)

    def within(self, other: Filter) -> bool:
        """Return whether it lets nothing through that the other does not."""
        return self._statuses == other._statuses and " ".join(self._words).startswith(" ".join(other._words))

    @property
    def searches(self) -> bool:
        return bool(self._words)

    def note(self, jobs: Iterable[Job]) -> None:
        """Read, once, what a search of these jobs looks through."""
        haystacks = self._haystacks
        for job in jobs:
            if job.job_id not in haystacks:
                haystacks[job.job_id] = haystack(job)

    def forget(self, job_ids: Iterable[str]) -> None:
        """Jobs are gone, or have another title."""
        haystacks = self._haystacks
        if haystacks:
            for job_id in job_ids:
                haystacks.pop(job_id, None)

    def passes(self, job: Job) -> bool:
        """Return whether a job is shown."""
        if self._statuses is not None and job.status not in self._statuses:
            return False
        if not self._words:
            return True
        self.note([job])
        hay = self._haystacks[job.job_id]
        return all(word in hay for word in self._words)

    def apply(self, jobs: Iterable[Job]) -> list[Job]:
        """Return the jobs that are shown, in their order."""
        found = list(jobs)
        if self._statuses is not None:
            statuses = self._statuses
            found = [job for job in found if job.status in statuses]
        if self._words:
            self.note(found)
            haystacks = list(map(self._haystacks.__getitem__, map(_ID, found)))
            for word in self._words:
                holds = [word in haystack for haystack in haystacks]
                found, haystacks = list(compress(found, holds)), list(compress(haystacks, holds))
        return found
