"""The jobs in memory, and the only way to change them.

A change shows in memory at once and goes to the store behind it, in the same order (write-behind, one FIFO,
nothing dropped). Only new jobs are different: they appear when their transaction is committed. Where the store
finds a row in another state than memory thought, the row wins and memory follows it.
"""

from __future__ import annotations

import heapq
import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from performia_desktop.jobs.database import DatabaseError
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.store import Store
from performia_desktop.jobs.writer import Writer
from performia_desktop.protocol import Progress

T = TypeVar("T")

_log = logging.getLogger(__name__)


class JobList(QObject):
    """All jobs, by id; lives in the thread of the window.

    Attributes
    ----------
    counts : dict[Status, int]
        How many jobs there are in each status, kept with every change.
    """

    # Of `object`, not `list`: that would turn 2,000 jobs into Qt's own list, and back for every listener.
    added = Signal(object)
    """list[Job], after their commit; also the pages read at the start and what an undo brings back."""
    changed = Signal(object)
    """Job: the new row of a job that is in the list."""
    removed = Signal(object)
    """list[str]: ids that are no longer in the list."""
    reordered = Signal(object)
    """list[Job] whose place in the queue changed (they are not told by `changed`)."""
    loaded = Signal()
    """All that the database held at the start is in the list."""
    failed = Signal(object)
    """DatabaseError that no waiting will cure: what memory shows is not what the disk has."""
    _page = Signal(object)

    def __init__(self, writer: Writer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.counts: dict[Status, int] = dict.fromkeys(Status, 0)
        self._writer = writer
        self._jobs: dict[str, Job] = {}
        self._sizes: dict[int, tuple[str, ...]] = {}
        self._unsized: set[str] = set()
        self._waiting: list[tuple[float, str]] = []  # a heap; entries that are no longer true are passed over
        self._last_position = 0.0
        self._loaded = False
        self._page.connect(self._take)

    def __len__(self) -> int:
        return len(self._jobs)

    def __iter__(self) -> Iterator[Job]:
        return iter(self._jobs.values())

    def __contains__(self, job_id: object) -> bool:
        return job_id in self._jobs

    def get(self, job_id: str) -> Job | None:
        """Return the job as it is now, None where there is none of that id."""
        return self._jobs.get(job_id)

    @property
    def is_loaded(self) -> bool:
        return self._loaded

    @property
    def last_position(self) -> float:
        """The highest place in the queue given so far."""
        return self._last_position

    def load(self) -> None:
        """Read all jobs page by page behind the window's back; `added` for each page, `loaded` at the end."""

        def read(store: Store) -> None:
            for page in store.pages():
                self._page.emit(page)

        self._submit(read, lambda _: self._finish_loading())

    def reload(self) -> None:
        """Forget all jobs, told by `removed`, and read again what the database holds now."""
        ids = list(self._jobs)
        self._jobs.clear()
        self._sizes.clear()
        self._unsized.clear()
        self._waiting.clear()
        self.counts.update(dict.fromkeys(Status, 0))
        self._loaded = False
        self.removed.emit(ids)
        self.load()

    def pending(self) -> list[Job]:
        """Return the waiting jobs in the order in which they will run."""
        waiting = [job for job in self._jobs.values() if job.status is Status.PENDING]
        waiting.sort(key=lambda job: (job.position, job.job_id))
        return waiting

    def first_pending(self) -> Job | None:
        """Return the job that is next; costs the same with ten jobs and a hundred thousand."""
        while self._waiting:
            position, job_id = self._waiting[0]
            job = self._jobs.get(job_id)
            if job is not None and job.status is Status.PENDING and job.position == position:
                return job
            heapq.heappop(self._waiting)
        return None

    def of_size(self, size: int) -> list[Job]:
        """Return the jobs whose file has so many bytes."""
        return [self._jobs[job_id] for job_id in self._sizes.get(size, ())]

    def of_unknown_size(self) -> list[Job]:
        """Return the jobs that nobody noted the size of their file for, as the original service did not."""
        return [self._jobs[job_id] for job_id in self._unsized]

    def add(
        self,
        jobs: Sequence[Job],
        done: Callable[[list[Job]], None] | None = None,
        failed: Callable[[DatabaseError], None] | None = None,
    ) -> None:
        """Insert jobs in one transaction; they are in the list, and `done` is called, after its commit."""

        def committed(stored: list[Job]) -> None:
            self._take(stored)
            if done is not None:
                done(stored)

        def refused(error: DatabaseError) -> None:
            self.failed.emit(error)
            if failed is not None:
                failed(error)

        self._writer.submit(lambda store: store.insert(jobs), committed, refused)

    def progress(self, progress: Progress) -> Job | None:
        """Note where a running job stands (it never falls); None, and nothing done, if it does not run."""
        job = self._jobs.get(progress.job_id)
        if job is None or job.status is not Status.PROCESSING:
            return None
        reached = max(job.progress, min(1.0, progress.progress))
        new = replace(job, progress=reached, stage=progress.stage)
        self._put(new)
        self._submit(lambda store: store.progress(new.job_id, reached, progress.stage))
        self.changed.emit(new)
        return new

    def transition(self, job_id: str, target: Status, **columns: Any) -> Job:
        """Change a job's status, and columns (or `error_details`) with it.

        Raises
        ------
        KeyError
            There is no such job.
        IllegalTransition
            The job cannot go from its status to `target`.
        """
        return self.transition_all({job_id: columns}, target)[0]

    def transition_all(self, changes: Mapping[str, Mapping[str, Any]], target: Status) -> list[Job]:
        """Change the status of many jobs, each with columns of its own, as one transaction; see `transition`."""
        rows = {job_id: _storable(columns) for job_id, columns in changes.items()}
        for job_id in rows:
            self._jobs[job_id].require(target)
        new = [replace(self._jobs[job_id], status=target, **_shown(columns)) for job_id, columns in rows.items()]
        for job in new:
            self._put(job)

        def write(store: Store) -> list[str]:
            if len(rows) == 1:
                return [job_id for job_id, row in rows.items() if not store.transition(job_id, target, **row)]
            with store.transaction():
                return [job_id for job_id, row in rows.items() if not store.transition(job_id, target, **row)]

        self._submit(write, self._follow_disk)
        for job in new:
            self.changed.emit(job)
        return new

    def set_columns(self, job_id: str, **columns: Any) -> Job:
        """Change columns other than the status. Raises KeyError."""
        row = _storable(columns)
        new = replace(self._jobs[job_id], **_shown(row))
        self._put(new)
        self._submit(
            lambda store: [] if store.set_columns(job_id, **row) else [job_id],
            self._follow_disk,
        )
        self.changed.emit(new)
        return new

    def reposition(self, positions: Mapping[str, float]) -> None:
        """Give jobs new places in the queue. Raises KeyError."""
        new = [replace(self._jobs[job_id], position=position) for job_id, position in positions.items()]
        for job in new:
            self._put(job)
        self._submit(lambda store: store.reposition(positions))
        self.reordered.emit(new)

    def delete(
        self,
        job_ids: Collection[str],
        *,
        maps: bool,
        by_age: bool = False,
        done: Callable[[list[Job]], None] | None = None,
    ) -> list[Job]:
        """Move jobs to the bin and return them; `done` gets them after the commit. Never one that is running."""
        wanted = dict.fromkeys(job_ids)
        gone = [
            job for job in map(self._jobs.get, wanted) if job is not None and job.status is not Status.PROCESSING
        ]
        ids = [job.job_id for job in gone]
        if not ids:
            return []
        self._drop(gone)

        def committed(deleted: list[str]) -> None:
            there = set(deleted)
            self._follow_disk(sorted(set(ids) - there))
            if done is not None:
                done([job for job in gone if job.job_id in there])

        self._submit(lambda store: store.delete(ids, maps=maps, by_age=by_age), committed)
        self.removed.emit(ids)
        return gone

    def undelete(
        self,
        job_ids: Sequence[str],
        arrange: Callable[[list[Job], Callable[[], None]], None] | None = None,
    ) -> None:
        """Bring jobs back from the bin.

        After the commit `arrange(jobs, appear)` may get their files in place; they are in the list, told by
        `added`, when it calls `appear`.
        """

        def committed(jobs: list[Job]) -> None:
            if arrange is None:
                self._take(jobs)
            else:
                arrange(jobs, lambda: self._take(jobs))

        self._submit(lambda store: store.undelete(job_ids), committed)

    # --- memory

    @Slot(object)
    def _take(self, jobs: list[Job]) -> None:
        """Put jobs into the list that are not in it yet."""
        known = self._jobs
        new = {job.job_id: job for job in jobs if job.job_id not in known}
        if not new:
            return
        known |= new
        sizes = self._sizes
        for job_id, job in new.items():
            size = job.file_size
            if size is not None:
                sizes[size] = (*sizes.get(size, ()), job_id)
        self._unsized.update(job_id for job_id, job in new.items() if job.file_size is None)
        for job in new.values():
            if job.status is Status.PENDING:
                heapq.heappush(self._waiting, (job.position, job.job_id))
        self._last_position = max(self._last_position, *(job.position for job in new.values()))
        for status, number in Counter(job.status for job in new.values()).items():
            self.counts[status] += number
        self.added.emit(list(new.values()))

    def _put(self, job: Job) -> None:
        """Replace a job's row."""
        old = self._jobs[job.job_id]
        self._jobs[job.job_id] = job
        self.counts[old.status] -= 1
        self.counts[job.status] += 1
        if old.file_size != job.file_size:
            self._unsize(old)
            if job.file_size is None:
                self._unsized.add(job.job_id)
            else:
                self._sizes[job.file_size] = (*self._sizes.get(job.file_size, ()), job.job_id)
        if job.status is Status.PENDING and (old.status is not Status.PENDING or old.position != job.position):
            heapq.heappush(self._waiting, (job.position, job.job_id))
        self._last_position = max(self._last_position, job.position)

    def _drop(self, jobs: Sequence[Job]) -> None:
        for job in jobs:
            del self._jobs[job.job_id]
            self._unsize(job)
        for status, number in Counter(job.status for job in jobs).items():
            self.counts[status] -= number

    def _unsize(self, job: Job) -> None:
        if job.file_size is None:
            self._unsized.discard(job.job_id)
            return
        ids = self._sizes.pop(job.file_size)
        if len(ids) > 1:
            self._sizes[job.file_size] = tuple(job_id for job_id in ids if job_id != job.job_id)

    def _finish_loading(self) -> None:
        self._loaded = True
        self.loaded.emit()

    # --- disk

    def _submit(self, operation: Callable[[Store], T], done: Callable[[T], None] | None = None) -> None:
        self._writer.submit(operation, done, self.failed.emit)

    def _follow_disk(self, job_ids: Sequence[str]) -> None:
        """Take over rows that another program has changed, or deleted, behind our back."""
        for job_id in job_ids:
            _log.info("job %s was changed by another program", job_id)

            def read(store: Store, job_id: str = job_id) -> tuple[str, Job | None]:
                return job_id, store.get(job_id)

            self._submit(read, self._overwrite)

    def _overwrite(self, found: tuple[str, Job | None]) -> None:
        job_id, row = found
        old = self._jobs.get(job_id)
        if row is None:
            if old is not None:
                self._drop([old])
                self.removed.emit([job_id])
        elif old is not None:
            self._put(row)
            self.changed.emit(row)
        else:
            self._take([row])


def _storable(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Make texts from tags, decoders and dying children into what a database takes: valid Unicode."""
    return {
        name: value.encode("utf-8", "replace").decode() if _is_prose(name, value) else value
        for name, value in columns.items()
    }


def _is_prose(name: str, value: object) -> bool:
    return isinstance(value, str) and not isinstance(value, Status) and not name.endswith(("_file", "_path"))


def _shown(columns: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in columns.items() if name != "error_details"}
