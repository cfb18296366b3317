"""Analysing in this process, which has the data directory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEventLoop, QObject

from performia_desktop import remote
from performia_desktop.cli.exits import BY_SIGNAL, DATABASE, JOB_FAILED, CommandError
from performia_desktop.cli.loop import Interrupts
from performia_desktop.cli.outcome import Outcome
from performia_desktop.jobs.database import DatabaseError
from performia_desktop.jobs.intake import IntakeReport
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.service import JobService


class Run(QObject):
    """Analyses files, or jobs that wait, in this process; jobs of others in the same queue are left waiting.

    Raises
    ------
    CommandError
        From `wait`: the database cannot be used, the analysis cannot be started, or a signal came.
    """

    def __init__(
        self,
        service: JobService,
        outcome: Outcome,
        *,
        files: Sequence[str] = (),
        again: bool = False,
        ids: Sequence[str] | None = None,
    ) -> None:
        super().__init__()
        self.service = service
        self._outcome = outcome
        self._files = list(files)
        self._again = again
        self._ids = ids
        self._open: set[str] = set()  # not finished, also those that another program has handed over meanwhile
        self._waiting: set[str] = set()  # of them, not yet started
        self._intakes = 0
        self._started = False
        self._error: CommandError | None = None
        self._loop = QEventLoop()
        service.opened.connect(self._opened)
        service.refused.connect(self._refused)
        service.blocked.connect(outcome.tell)
        service.intake_done.connect(self._intake_done)
        service.problem.connect(self._problem)
        service.queue.stalled.connect(self._stalled)
        service.jobs.loaded.connect(self._loaded)
        service.jobs.changed.connect(self._changed)
        service.jobs.removed.connect(self._removed)

    def wait(self) -> None:
        """Run the event loop until all is done."""
        with Interrupts() as interrupts:
            interrupts.caught.connect(self._interrupted)
            self.service.queue.pause()  # nothing of others is started before ours is in front
            self.service.open()
            if self._error is None:
                self._loop.exec()
            self._outcome.line.clear()
            interrupts.let_through()
        if self._error is not None:
            raise self._error

    def requested(self, request: Mapping[str, Any], reply: Callable[[dict[str, Any]], None]) -> None:
        """Answer another start of the program."""
        if request.get("raise"):
            reply(
                {
                    "ok": False,
                    "error": "The command `performia-desktop analyze` is working on these songs. Wait until it "
                    "has ended, or stop it with Ctrl+C; then the window can be opened.",
                }
            )
            return
        adds = request.get("do") == "add"
        self._intakes += adds

        def replied(answer: dict[str, Any]) -> None:
            if adds:
                self._intakes -= 1
                if answer.get("ok"):
                    known = [job_id for _, job_id in answer["duplicates"]]
                    self._want([*answer["added"], *answer["retried"], *known])
            reply(answer)
            self._end_if_done()

        remote.handle(self.service, request, replied)

    def _opened(self, notice: str | None) -> None:
        if notice:
            self._outcome.tell(notice)

    def _loaded(self) -> None:
        self._started = True
        if self._files:
            self._intakes += 1
            self._ticket = self.service.add(self._files, again=self._again)
            return
        ids = [job.job_id for job in self.service.jobs.pending()] if self._ids is None else self._ids
        if not ids:
            self._outcome.tell("There is nothing to analyse: no job waits. Name files or folders to add some.")
        self._outcome.wanted = dict.fromkeys(ids)
        self._want(ids)
        self._end_if_done()

    def _intake_done(self, report: IntakeReport) -> None:
        if report.ticket != getattr(self, "_ticket", None):
            return
        self._intakes -= 1
        told = {
            "added": [job.job_id for job in report.added],
            "retried": [job.job_id for job in report.retried],
            "duplicates": report.duplicates,
            "skipped": report.skipped,
        }
        self._outcome.taken(told, self._files)
        self._want(self._outcome.wanted)
        self._end_if_done()

    def _want(self, ids: Iterable[str]) -> None:
        """Have these jobs run next, and wait for them."""
        for job in filter(None, map(self.service.jobs.get, ids)):
            if job.finished:
                self._outcome.ended(job)
                continue
            self._open.add(job.job_id)
            if job.status is Status.PENDING:
                self._waiting.add(job.job_id)
        if self._waiting:
            if len(self._waiting) < self.service.jobs.counts[Status.PENDING]:
                self.service.queue.move_to_top(self._waiting)
            self.service.queue.resume()

    def _changed(self, job: Job) -> None:
        if job.job_id in self._open:
            if job.status is Status.PENDING:
                self._waiting.add(job.job_id)
            else:
                self._waiting.discard(job.job_id)
            if job.finished:
                self._open.discard(job.job_id)
                self._outcome.ended(job)
            if not self._waiting:
                self.service.queue.pause()  # what else waits is not ours to start
            self._show()
            self._end_if_done()

    def _removed(self, ids: list[str]) -> None:
        self._open.difference_update(ids)
        self._waiting.difference_update(ids)
        self._end_if_done()

    def _show(self) -> None:
        if self._outcome.line.due():
            running = [job for job in map(self.service.jobs.get, self.service.queue.running) if job]
            left = self.service.queue.remaining_seconds()
            total = len(self._outcome.wanted)
            self._outcome.line.show(max(0, total - len(self._open)), total, running, left)

    def _end_if_done(self) -> None:
        if self._started and not self._open and not self._intakes:
            self._loop.quit()

    def _stop(self, sentence: str, status: int) -> None:
        self._error = self._error or CommandError(sentence, status)
        self._loop.quit()

    def _refused(self, error: DatabaseError) -> None:
        self._stop(str(error), DATABASE)

    def _stalled(self, sentence: str) -> None:
        self._stop(sentence, JOB_FAILED)

    def _problem(self, sentence: str, details: str) -> None:
        self._stop(f"{sentence}\n{details}", DATABASE)

    def _interrupted(self, number: int) -> None:
        left = len(self._open)
        if left == 1:
            rest = "One song is not finished; it goes on at the next start."
        elif left:
            rest = f"{left} songs are not finished; they go on at the next start."
        else:
            rest = "Nothing was queued yet." if self._intakes or not self._started else "Everything is finished."
        self._stop(f"Stopped. {rest}", BY_SIGNAL + number)
