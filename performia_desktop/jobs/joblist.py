"""The jobs in memory, and the only way to change them.

A change shows in memory at once and goes to the store behind it, in the same order (write-behind, one FIFO,
nothing dropped). Only new jobs are different: they appear when their transaction is committed. Where the store
finds a row in another state than memory thought, the row wins and memory follows it.

Many jobs come page by page over turns of the event loop, so that the window goes on meanwhile; they go all at once.
"""

from __future__ import annotations

import heapq
import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from performia_desktop.jobs.database import DatabaseError
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.store import Store
from performia_desktop.jobs.turns import Turns
from performia_desktop.jobs.writer import Writer
from performia_desktop.protocol import Progress

T = TypeVar("T")

_PAGE: Final = 300
"""Jobs that are put into the list at once: in a list sorted by title, that costs some ten milliseconds."""

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
    """list[Job], after their commit, page by page; also what is read at the start and what an undo brings back."""
    changed = Signal(object)
    """Job: the new row of a job that is in the list."""
    removed = Signal(object)
    """list[str]: ids that are no longer in the list."""
    reordered = Signal(object)
    """list[Job] whose place in the queue changed (they are not told by `changed`)."""
    settled = Signal()
    """Many jobs that came page by page are in the list."""
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
        self._waiting: list[tuple[float, str]] = []  # a heap; entries that are no longer true are passed over
        self._last_position = 0.0
        self._loading = self._loaded = False
        self._turns = Turns(self)
        self._reloads = 0
        self._page.connect(self._on_page)

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
    def is_taking(self) -> bool:
        """Jobs are coming page by page; `settled` tells when they are all there."""
        return self._loading or self._turns.busy

    @property
    def last_position(self) -> float:
        """The highest place in the queue given so far."""
        return self._last_position

    def load(self) -> None:
        """Read all jobs page by page behind the window's back; `added` for each page, `loaded` at the end."""

        def read(store: Store) -> None:
            for page in store.pages():
                self._page.emit(page)

        def refused(error: DatabaseError) -> None:
            self._loading = False
            self.failed.emit(error)

        self._loading = True
        self._writer.submit(read, lambda _: self._later(self._finish_loading), refused)

    def reload(self) -> None:
        """Forget all jobs, told by `removed`, and read again what the database holds now."""
        ids = list(self._jobs)
        self._reloads += 1
        self._jobs.clear()
        self._waiting.clear()
        self.counts.update(dict.fromkeys(Status, 0))
        self._loaded = False
        self.removed.emit(ids)
        self.load()

    def pending(self) -> list[Job]:
        """Return the waiting jobs in the order in which they will run."""
        pending = Status.PENDING
        waiting = [job for job in self._jobs.values() if job.status is pending]
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

    def of_sizes(self, sizes: Collection[int | None]) -> list[Job]:
        """Return the jobs whose file has one of these numbers of bytes; None: nobody noted it.

        Looked for among all, as files are dropped less often than jobs come and go: an index would cost more.
        """
        wanted = frozenset(sizes)
        return [job for job in self._jobs.values() if job.file_size in wanted]

    def add(
        self,
        jobs: Sequence[Job],
        done: Callable[[list[Job]], None] | None = None,
        failed: Callable[[DatabaseError], None] | None = None,
    ) -> None:
        """Insert jobs in one transaction; they are in the list, and `done` is called, after its commit."""

        def committed(stored: list[Job]) -> None:
            self._take_many(stored, None if done is None else partial(done, stored))

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
        running, get = Status.PROCESSING, self._jobs.get
        gone = [
            job
            for job_id in dict.fromkeys(job_ids)
            if (job := get(job_id)) is not None and job.status is not running
        ]
        ids = [job.job_id for job in gone]
        if not ids:
            return []
        self._drop(gone)

        def write(store: Store) -> set[str]:
            deleted = store.delete(ids, maps=maps, by_age=by_age)
            return set() if len(deleted) == len(ids) else {*ids}.difference(deleted)

        def committed(missing: set[str]) -> None:
            self._follow_disk(sorted(missing))
            if done is not None:
                done([job for job in gone if job.job_id not in missing] if missing else gone)

        self._submit(write, committed)
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
            reloads = self._reloads

            def appear() -> None:
                if reloads == self._reloads:  # else the list knows better what there is
                    self._take_many(jobs)

            if arrange is None:
                appear()
            else:
                arrange(jobs, appear)

        self._submit(lambda store: store.undelete(job_ids), committed)

    # --- memory

    @Slot(object)
    def _on_page(self, page: list[Job]) -> None:
        self._take_in_pages(page)

    def _take_in_pages(self, jobs: list[Job]) -> None:
        for start in range(0, len(jobs), _PAGE):
            self._later(partial(self._take, jobs[start : start + _PAGE]))

    def _later(self, piece: Callable[[], None]) -> None:
        """Have a piece of work done in a later turn, unless the list is read anew before."""
        reloads = self._reloads
        self._turns.do(lambda: piece() if reloads == self._reloads else None)

    def _take_many(self, jobs: list[Job], then: Callable[[], None] | None = None) -> None:
        """Put jobs into the list that are not in it yet, at once if they are few, and call `then`."""
        self._last_position = max([self._last_position, *(job.position for job in jobs)])
        if len(jobs) <= _PAGE and not self._turns.busy:
            self._take(jobs)
            if then is not None:
                then()
            return
        self._take_in_pages(jobs)
        if then is not None:
            self._turns.do(then)
        self._later(self.settled.emit)

    def _take(self, jobs: list[Job]) -> None:
        """Put jobs into the list that are not in it yet."""
        known = self._jobs
        new = {job.job_id: job for job in jobs if job.job_id not in known}
        if not new:
            return
        known |= new
        for job in new.values():
            if job.status is Status.PENDING:
                heapq.heappush(self._waiting, (job.position, job.job_id))
        self._last_position = max(self._last_position, *(job.position for job in new.values()))
        added = list(new.values())
        self._count(added, 1)
        self.added.emit(added)

    def _put(self, job: Job) -> None:
        """Replace a job's row."""
        old = self._jobs[job.job_id]
        self._jobs[job.job_id] = job
        self.counts[old.status] -= 1
        self.counts[job.status] += 1
        if job.status is Status.PENDING and (old.status is not Status.PENDING or old.position != job.position):
            heapq.heappush(self._waiting, (job.position, job.job_id))
        self._last_position = max(self._last_position, job.position)

    def _drop(self, jobs: Sequence[Job]) -> None:
        known = self._jobs
        for job in jobs:
            del known[job.job_id]
        self._count(jobs, -1)

    def _count(self, jobs: Sequence[Job], sign: int) -> None:
        statuses = [job.status for job in jobs]
        for status in Status:
            self.counts[status] += sign * statuses.count(status)

    def _finish_loading(self) -> None:
        self._loading, self._loaded = False, True
        self.settled.emit()
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
