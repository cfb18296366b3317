"""Waiting for jobs that another program works on, by reading the database."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEventLoop, QObject, QTimer

from performia_desktop.cli.exits import BY_SIGNAL, CommandError
from performia_desktop.cli.first import become_first
from performia_desktop.cli.look import reading
from performia_desktop.cli.loop import Interrupts
from performia_desktop.cli.outcome import Outcome
from performia_desktop.instance import Instance
from performia_desktop.jobs.database import DatabaseError, KnownDatabaseError
from performia_desktop.jobs.job import Status
from performia_desktop.paths import Paths

_POLL_MS: Final = 300


class Watch(QObject):
    """Waits, by reading the database, for jobs that another program works on."""

    def __init__(self, paths: Paths, outcome: Outcome, instance: Instance) -> None:
        super().__init__()
        self._outcome = outcome
        self._paths = paths
        self._open = dict.fromkeys(outcome.wanted)
        self._instance = instance
        self._interrupted: int | None = None
        self._trouble: DatabaseError | None = None
        self._loop = QEventLoop()

    def wait(self) -> bool:
        """Return whether something is left although nobody works on it any more; `instance` is acquired then."""
        timer = QTimer()
        timer.timeout.connect(self._look)
        with Interrupts() as interrupts:
            interrupts.caught.connect(self._stop)
            timer.start(_POLL_MS)
            self._look()
            if self._open:
                self._loop.exec()
            timer.stop()
            self._outcome.line.clear()
        if self._trouble is not None:
            raise self._trouble
        if self._interrupted is not None:
            raise CommandError(
                "Stopped waiting. The program that does the work goes on with it.", BY_SIGNAL + self._interrupted
            )
        return bool(self._open)

    def _look(self) -> None:
        # Before reading: what the other one did last is then seen.
        alone = become_first(self._instance, self._paths)
        running = []
        try:
            with reading(self._paths) as store:
                for job_id in list(self._open):
                    job = store.get(job_id) if store else None
                    if job is None or job.finished:
                        del self._open[job_id]
                    if job is not None and job.finished:
                        self._outcome.ended(job)
                    elif job is not None and job.status is Status.PROCESSING:
                        running.append(job)
        except DatabaseError as error:
            if isinstance(error, KnownDatabaseError) and error.transient and not alone:
                return
            self._trouble = error
            self._loop.quit()
            return
        if alone or not self._open:
            self._loop.quit()
        elif self._outcome.line.due():
            total = len(self._outcome.wanted)
            self._outcome.line.show(total - len(self._open), total, running, None)

    def _stop(self, number: int) -> None:
        self._interrupted = number
        self._loop.quit()
