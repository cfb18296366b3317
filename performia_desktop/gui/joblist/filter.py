"""Which jobs are shown: those of some statuses whose title, artist or file name hold all words of a search."""

from __future__ import annotations

from collections.abc import Iterable

from performia_desktop.gui.joblist.columns import fold, haystack
from performia_desktop.jobs.job import Job, Status


class Filter:
    """Lets everything through at first. What it searches in is folded once for each job, and kept."""

    def __init__(self) -> None:
        self._words: tuple[str, ...] = ()
        self._statuses: frozenset[Status] | None = None
        self._haystacks: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self._words) or self._statuses is not None

    def set(self, text: str, statuses: frozenset[Status] | None) -> tuple[bool, bool]:
        """Take a search and statuses (None: all); return whether that is new, and whether it only lets less through."""
        words = tuple(fold(text).split())
        if (words, statuses) == (self._words, self._statuses):
            return False, False
        narrower = statuses == self._statuses and " ".join(words).startswith(" ".join(self._words))
        self._words, self._statuses = words, statuses
        return True, narrower

    def forget(self, job_id: str) -> None:
        """A job is gone, or has another title."""
        self._haystacks.pop(job_id, None)

    def passes(self, job: Job) -> bool:
        """Return whether a job is shown."""
        if self._statuses is not None and job.status not in self._statuses:
            return False
        if not self._words:
            return True
        hay = self._hay(job)
        return all(word in hay for word in self._words)

    def apply(self, jobs: Iterable[Job]) -> list[Job]:
        """Return the jobs that are shown, in their order."""
        found = list(jobs)
        if self._statuses is not None:
            statuses = self._statuses
            found = [job for job in found if job.status in statuses]
        if self._words:
            for job in found:
                self._hay(job)
            hay = self._haystacks
            for word in self._words:
                found = [job for job in found if word in hay[job.job_id]]
        return found

    def _hay(self, job: Job) -> str:
        hay = self._haystacks.get(job.job_id)
        if hay is None:
            hay = self._haystacks[job.job_id] = haystack(job)
        return hay
