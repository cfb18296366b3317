"""From what is dropped to new jobs: folders and playlists expanded, what is not audio left out, duplicates found.

Nothing here decodes. A file is looked at by `stat` alone, and contents are read only where sizes are equal; both
off the window's thread, drop after drop. One drop becomes one transaction and one report.
"""

from __future__ import annotations

import os
import secrets
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from performia_desktop.jobs.background import Background
from performia_desktop.jobs.database import DatabaseError
from performia_desktop.jobs.duplicates import Match, SortedOut, sort_out
from performia_desktop.jobs.expand import AUDIO_EXTENSIONS, PLAYLIST_EXTENSIONS, Expansion, Found, expand
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.joblist import JobList

__all__ = ["AUDIO_EXTENSIONS", "PLAYLIST_EXTENSIONS", "Intake", "IntakeReport"]

_tr = QCoreApplication.translate


@dataclass(slots=True)
class IntakeReport:
    """What became of one drop. Everything found is in exactly one of the lists.

    Attributes
    ----------
    ticket : int
        What `JobService.add` returned for this drop.
    added : list[Job]
        The new jobs.
    retried : list[Job]
        Jobs that had failed or been cancelled before and wait again, instead of a second job for the same content.
    duplicates : list[tuple[Path, str]]
        Files whose content already has a job (waiting, running or complete), with that job's id.
    skipped : list[tuple[Path, str]]
        What was left out, each with a sentence that says why.
    """

    ticket: int = 0
    added: list[Job] = field(default_factory=list)
    retried: list[Job] = field(default_factory=list)
    duplicates: list[tuple[Path, str]] = field(default_factory=list)
    skipped: list[tuple[Path, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Drop:
    items: list[str]
    again: bool
    report: IntakeReport
    files: list[Found] = field(default_factory=list)


class Intake(QObject):
    """Takes drops one after the other; lives in the window's thread, works in a thread of its own.

    Parameters
    ----------
    retry
        Makes finished jobs wait again, and returns the ids of those that do; the queue's.
    """

    bug = Signal(str)
    """The traceback of a mistake of ours; the drop it happened to is reported as skipped."""
    started = Signal()
    """A drop is being looked at, and none was before."""
    done = Signal(object)
    """IntakeReport, once for each drop, after its jobs are committed and in the list."""

    def __init__(
        self,
        jobs: JobList,
        retry: Callable[[Collection[str]], list[str]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._retry = retry
        self._background = Background(self)
        self._background.bug.connect(self._on_bug)
        self._drops: deque[_Drop] = deque()
        self._current: _Drop | None = None
        self._tickets = 0
        self._stopped = False
        jobs.loaded.connect(self._next)

    @property
    def busy(self) -> bool:
        """A drop is being looked at, or waits for it."""
        return self._current is not None or bool(self._drops)

    def add(self, paths: Iterable[str | Path], *, again: bool = False) -> int:
        """Take files, folders, playlists and file:// URLs; return the drop's ticket at once."""
        self._tickets += 1
        was_busy = self.busy
        drop = _Drop([os.fspath(path) for path in paths], again, IntakeReport(self._tickets))
        self._drops.append(drop)
        if not was_busy:
            self.started.emit()
        self._next()
        return drop.report.ticket

    def shut_down(self, timeout_ms: int = 3_000) -> bool:
        """Get drops into the store that are quickly got there, forget others, and end the thread."""
        deadline = time.monotonic() + timeout_ms / 1000
        while self.busy and self._background.busy and time.monotonic() < deadline:
            self._background.wait(max(0, int((deadline - time.monotonic()) * 1000)))
        self._stopped = True
        self._drops.clear()
        return self._background.close(timeout_ms)

    # --- step by step

    def _next(self) -> None:
        if self._current is not None or not self._drops or not self._jobs.is_loaded or self._stopped:
            return
        drop = self._current = self._drops.popleft()
        self._background.run(lambda: expand(drop.items, self._is_stopped), self._compare)

    def _is_stopped(self) -> bool:
        return self._stopped

    def _compare(self, expansion: Expansion) -> None:
        """Look for equal contents, if there can be any."""
        drop = self._current
        assert drop is not None
        drop.report.skipped += expansion.skipped
        drop.files = expansion.files
        sizes = {file.size for file in expansion.files}
        known = {} if drop.again else self._candidates(expansion.files)
        if known or len(sizes) < len(expansion.files):
            self._background.run(lambda: sort_out(expansion.files, known, self._is_stopped), self._insert)
        else:
            self._insert(SortedOut(new=[(file, None) for file in expansion.files]))

    def _candidates(self, files: Iterable[Found]) -> dict[int, list[Job]]:
        """Return the jobs, by file size, that may be of the same content; of unknown size, those of the same path."""
        sizes = {file.path: file.size for file in files}
        found: dict[int, list[Job]] = {}
        for job in self._jobs.of_sizes({*sizes.values(), None}):
            size = job.file_size if job.file_size is not None else sizes.get(job.input_file or "")
            if size is not None:
                found.setdefault(size, []).append(job)
        return found

    def _insert(self, sorted_out: SortedOut) -> None:
        drop = self._current
        assert drop is not None
        if self._stopped:
            return
        for file, twin in sorted_out.double:
            sentence = _tr("intake", "It has the same content as {name}, which was added with it.")
            drop.report.skipped.append((Path(file.path), sentence.format(name=Path(twin.path).name)))
        new = sorted_out.new + [(match.file, None) for match in sorted_out.known if not self._is_known(match)]
        self._retry_failed(drop.report)
        if not new:
            self._finish([])
            return
        order = {file.path: number for number, file in enumerate(drop.files)}
        new.sort(key=lambda entry: order[entry[0].path])
        now = time.time()
        jobs = [
            Job(
                secrets.token_hex(4),
                Status.PENDING,
                created_at=now,
                input_file=file.path,
                file_size=file.size,
                content_hash=content_hash,
            )
            for file, content_hash in new
        ]
        self._jobs.add(jobs, self._finish, lambda error: self._refuse(jobs, error))

    def _is_known(self, match: Match) -> bool:
        """Note that a content has a job, unless that was deleted while the file was read."""
        job = self._jobs.get(match.job_id)
        if job is None:
            return False
        assert self._current is not None
        if match.moved:
            job = self._jobs.set_columns(job.job_id, input_file=match.file.path)
        report = self._current.report
        if job.status in {Status.ERROR, Status.CANCELLED}:
            if all(other.job_id != job.job_id for other in report.retried):
                report.retried.append(job)
        else:
            report.duplicates.append((Path(match.file.path), job.job_id))
        return True

    def _retry_failed(self, report: IntakeReport) -> None:
        ids = self._retry([job.job_id for job in report.retried])
        report.retried = [job for job in map(self._jobs.get, ids) if job is not None]

    def _refuse(self, jobs: list[Job], error: DatabaseError) -> None:
        assert self._current is not None
        self._current.report.skipped += [(Path(job.input_file or ""), str(error)) for job in jobs]
        self._finish([])

    @Slot(str)
    def _on_bug(self, trouble: str) -> None:
        self.bug.emit(trouble)
        if self._current is not None:
            sentence = _tr("intake", "Something went wrong inside Performia. Please report it with the details.")
            self._current.report.skipped += [(Path(item), sentence) for item in self._current.items]
            self._finish([])

    def _finish(self, added: list[Job]) -> None:
        drop, self._current = self._current, None
        assert drop is not None
        drop.report.added = added
        self.done.emit(drop.report)
        self._next()
