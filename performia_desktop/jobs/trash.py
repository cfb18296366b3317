"""Deleting jobs, and having second thoughts: undo, clean-up by age, and the bin with its thirty days.

Rows and Song Maps go different ways: the row is moved by the store's transaction, the map after its commit in a
background thread. If the program ends in between, the next start moves the map (`files.sweep`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Signal

from performia_desktop.jobs import files
from performia_desktop.jobs.background import Background
from performia_desktop.jobs.database import DatabaseError
from performia_desktop.jobs.job import FINISHED, Job, Status
from performia_desktop.jobs.joblist import JobList
from performia_desktop.jobs.queue import Queue
from performia_desktop.jobs.store import Store
from performia_desktop.jobs.store_bin import KEPT_SECONDS, Binned
from performia_desktop.jobs.writer import Writer
from performia_desktop.paths import Paths

_DAY: Final = 86_400.0


@dataclass(frozen=True, slots=True)
class BinSize:
    """How many jobs the bin holds, or held, and how many bytes on disk that is."""

    jobs: int
    size: int


class Trash(QObject):
    """The deleted jobs, and the way there and back."""

    undo_changed = Signal()
    """`can_undo` has another value."""
    changed = Signal()
    """The bin holds other jobs than before."""
    problem = Signal(str, str)
    """A sentence, and details: a Song Map could not be moved."""

    def __init__(
        self,
        writer: Writer,
        jobs: JobList,
        queue: Queue,
        background: Background,
        paths: Paths,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._writer = writer
        self._jobs = jobs
        self._queue = queue
        self._files = background
        self._paths = paths
        self._undo: list[tuple[list[str], bool]] = []

    # --- there

    def delete(self, job_ids: Collection[str], *, maps: bool = True) -> list[str]:
        """Delete jobs, running ones after cancelling them, and their Song Maps if asked; never the audio.

        Returns the ids of what is deleted. `undo` brings it back.
        """
        running = {
            job_id: None
            for job_id in job_ids
            if (job := self._jobs.get(job_id)) is not None and job.status is Status.PROCESSING
        }
        # What waits goes first: a place that cancelling frees must not be given to it.
        waiting = [job_id for job_id in job_ids if job_id not in running] if running else job_ids
        ids = self._binned(waiting, maps=maps)
        self._queue.cancel(running)
        ids += self._binned(running, maps=maps)
        return self._undoable(ids, maps=maps)

    def preview(self, days: float) -> list[Job]:
        """Return the jobs that `clean_up` would delete now: finished, and older than so many days.

        A job is as old as the latest of its times; one from the future, by a clock that was wrong, is not old.
        """
        limit = time.time() - days * _DAY
        return [
            job
            for job in self._jobs  # of all of them: what most often says no comes first, and nothing is called
            if job.created_at < limit
            and job.status in FINISHED
            and (job.completed_at or 0.0) < limit
            and (job.started_at or 0.0) < limit
        ]

    def clean_up(self, days: float) -> list[str]:
        """Delete finished jobs older than so many days with their Song Maps; return their ids."""
        return self._delete([job.job_id for job in self.preview(days)], maps=True, by_age=True)

    # --- and back

    @property
    def can_undo(self) -> int:
        """How many jobs `undo` would bring back, 0 for none."""
        return len(self._undo[-1][0]) if self._undo else 0

    def undo(self) -> int:
        """Bring back what the last `delete` or `clean_up` of this session took; return how many jobs."""
        if not self._undo:
            return 0
        ids, maps = self._undo.pop()
        self._jobs.undelete(ids, self._unbin if maps else lambda _, appear: self._appear(appear))
        self.undo_changed.emit()
        return len(ids)

    def forget_undo(self) -> None:
        """Have nothing to undo any more."""
        if self._undo:
            self._undo.clear()
            self.undo_changed.emit()

    def take_back(self, job_ids: Sequence[str]) -> None:
        """Bring jobs back from the bin with their Song Maps; `JobList.added` tells when they are there."""
        wanted = set(job_ids)
        left = [([job_id for job_id in ids if job_id not in wanted], maps) for ids, maps in self._undo]
        self._undo = [(ids, maps) for ids, maps in left if ids]
        self.undo_changed.emit()
        self._jobs.undelete(job_ids, self._unbin)

    # --- the bin

    def listed(self, then: Callable[[list[Binned]], None]) -> None:
        """Call `then` with what is in the bin, what was deleted last first."""
        self._writer.submit(Store.binned, then, self._on_failed)

    def size(self, then: Callable[[BinSize], None]) -> None:
        """Call `then` with what `empty` would delete, and how many bytes that frees."""
        self._measure(lambda ids, size: then(BinSize(len(ids), size)))

    def empty(self, then: Callable[[BinSize], None] | None = None) -> None:
        """Delete for good what is in the bin, and call `then` with what that was."""
        self.forget_undo()
        self._expire(then, before=float("inf"))

    def expire(self, then: Callable[[BinSize], None] | None = None) -> None:
        """Delete for good what has been in the bin for thirty days."""
        self._expire(then, before=time.time() - KEPT_SECONDS)

    # --- parts

    def _delete(self, job_ids: Collection[str], *, maps: bool, by_age: bool = False) -> list[str]:
        return self._undoable(self._binned(job_ids, maps=maps, by_age=by_age), maps=maps)

    def _binned(self, job_ids: Collection[str], *, maps: bool, by_age: bool = False) -> list[str]:
        deleted = self._jobs.delete(job_ids, maps=maps, by_age=by_age, done=lambda jobs: self._bin(jobs, maps))
        return [job.job_id for job in deleted]

    def _undoable(self, ids: list[str], *, maps: bool) -> list[str]:
        if ids:
            self._undo.append((ids, maps))
            self.undo_changed.emit()
        return ids

    def _bin(self, jobs: list[Job], maps: bool) -> None:
        self._files.run(lambda: files.drop_checkpoints(self._paths, [job.job_id for job in jobs]))
        if maps:
            self._files.run(lambda: files.bin_maps(self._paths, [job.job_id for job in jobs]), self._on_troubles)
        self.changed.emit()

    def _unbin(self, jobs: list[Job], appear: Callable[[], None]) -> None:
        def done(troubles: list[str]) -> None:
            self._appear(appear)
            self._on_troubles(troubles)

        self._files.run(lambda: files.unbin_maps(self._paths, [job.job_id for job in jobs]), done)

    def _appear(self, appear: Callable[[], None]) -> None:
        appear()
        self.changed.emit()

    def _measure(self, then: Callable[[set[str], int], None]) -> None:
        def count(binned: list[Binned]) -> None:
            ids = {one.job.job_id for one in binned}
            self._files.run(lambda: files.binned_size(self._paths, ids), lambda size: then(ids, size))

        self.listed(count)

    def _expire(self, then: Callable[[BinSize], None] | None, *, before: float) -> None:
        def forgotten(jobs: list[Job]) -> None:
            ids = {job.job_id for job in jobs}

            def deleted(result: tuple[int, list[str]]) -> None:
                size, troubles = result
                self._on_troubles(troubles)
                self.changed.emit()
                if then is not None:
                    then(BinSize(len(ids), size))

            self._files.run(lambda: files.delete_binned(self._paths, ids), deleted)

        self._writer.submit(lambda store: store.expire_bin(before), forgotten, self._on_failed)

    def _on_failed(self, error: DatabaseError) -> None:
        self._jobs.failed.emit(error)

    def _on_troubles(self, troubles: list[str]) -> None:
        if troubles:
            sentence = QCoreApplication.translate(
                "service", "{n} Song Map(s) could not be moved. Check that the results folder can be written."
            ).format(n=len(troubles))
            self.problem.emit(sentence, "\n".join(troubles))
