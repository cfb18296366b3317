"""The running jobs: workers in a thread pool, warm children, and a watch over children that fall silent.

The runner knows tasks, not rows: it is told what to start and to stop, and says what became of it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QThreadPool, QTimer, Signal, Slot

from performia_desktop.jobs.childpool import ChildPool
from performia_desktop.jobs.estimate import WorkClock
from performia_desktop.jobs.worker import Worker
from performia_desktop.protocol import Analyse, Done, Failed, Progress

SILENCE_SECONDS: Final = 120.0
"""A child that says nothing for so long hangs."""

_TICK_MS: Final = 250
_GRACE_SECONDS: Final = (
    3.0  # from asking a hanging child for its last words to killing it, and then to forgetting it
)

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Run:
    worker: Worker
    heard: int = 0
    silence: float = 0.0
    condemned: int = 0


class Runner(QObject):
    """Runs tasks, each known by its job's id; lives in the window's thread."""

    ready = Signal()
    """A child has warmed up."""
    progressed = Signal(object)
    """Progress of a running job."""
    finished = Signal(object)
    """Done: the job runs no more."""
    failed = Signal(object, bool)
    """Failed: the job runs no more; True if its child could not even be started."""
    freed = Signal(str)
    """The id of a stopped job, when its worker has let go of its files."""

    def __init__(
        self,
        command: Sequence[str] | None = None,
        silence_seconds: float = SILENCE_SECONDS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.clock = WorkClock()
        self._silence_seconds = silence_seconds
        self._children = ChildPool(command)
        self._threads = QThreadPool(self)
        self._threads.setMaxThreadCount(64)  # the queue counts; workers whose child is being killed do not
        self._running: dict[str, _Run] = {}
        self._retiring: dict[str, Worker] = {}
        self._spent: list[Worker] = []  # kept for a tick or two, so that none is destroyed in its own thread
        self._spent_before: list[Worker] = []
        self._timer = QTimer(self)
        self._timer.setInterval(min(_TICK_MS, max(10, int(silence_seconds * 250))))
        self._timer.timeout.connect(self._tick)

    @property
    def running(self) -> tuple[str, ...]:
        """Ids of the running jobs in the order they were started."""
        return tuple(self._running)

    def is_free(self, job_id: str) -> bool:
        """Return whether nobody works, or is just letting go, of this job's files."""
        return job_id not in self._running and job_id not in self._retiring

    def start(self, task: Analyse) -> None:
        worker = Worker(task, self._children)
        worker.signals.ready.connect(self.ready)
        worker.signals.progressed.connect(self._on_progressed)
        worker.signals.finished.connect(self._on_finished)
        worker.signals.failed.connect(self._on_failed)
        worker.signals.stopped.connect(self._on_stopped)
        self._running[task.job_id] = _Run(worker)
        if not self._timer.isActive():
            self.clock.tick()
            self._timer.start()
        self._threads.start(worker)

    def stop(self, job_id: str, *, keep_checkpoints: bool = False) -> bool:
        """Kill a running job's child at once, and its checkpoints; what it still says is not heard."""
        run = self._running.pop(job_id, None)
        if run is None:
            return False
        self._retiring[job_id] = run.worker
        run.worker.stop(keep_checkpoints=keep_checkpoints)
        return True

    def shut_down(self, timeout_ms: int) -> tuple[str, ...]:
        """End children and threads; return the ids of jobs that were interrupted (their checkpoints stay)."""
        self._timer.stop()
        for run in self._running.values():
            run.worker.stop(keep_checkpoints=True)
        if not self._threads.waitForDone(timeout_ms):
            _log.warning("a child could not be killed; its thread is left behind")
        QCoreApplication.sendPostedEvents(self)  # what was finished a moment before counts
        interrupted = self.running
        self._running.clear()
        self._children.close()
        return interrupted

    # --- what workers say

    @Slot(object)
    def _on_progressed(self, progress: Progress) -> None:
        if progress.job_id in self._running:
            self.progressed.emit(progress)

    @Slot(object)
    def _on_finished(self, done: Done) -> None:
        run = self._running.pop(done.job_id, None)
        if run is not None:
            self._spent.append(run.worker)
            self.finished.emit(done)
        else:
            self._on_stopped(done.job_id)

    @Slot(object)
    def _on_failed(self, failed: Failed) -> None:
        run = self._running.pop(failed.job_id, None)
        if run is not None:
            self._spent.append(run.worker)
            self.failed.emit(failed, run.worker.start_failed)
        else:
            self._on_stopped(failed.job_id)

    @Slot(str)
    def _on_stopped(self, job_id: str) -> None:
        worker = self._retiring.pop(job_id, None)
        if worker is not None:
            self._spent.append(worker)
            self.freed.emit(job_id)

    # --- the watch

    @Slot()
    def _tick(self) -> None:
        step = self.clock.tick()
        for job_id, run in list(self._running.items()):
            withheld = run.worker.take_withheld()
            if withheld is not None:
                self.progressed.emit(withheld)
            heard = run.worker.heard
            if heard != run.heard:
                run.heard = heard
                run.silence = 0.0
            else:
                run.silence += step
                self._watch(job_id, run)
            run.worker.trim()
        self._children.tend()
        self._spent_before, self._spent = self._spent, []
        if not self._running and not self._retiring and self._children.empty:
            self._timer.stop()

    def _watch(self, job_id: str, run: _Run) -> None:
        """Deal with a silent child: ask it where it stands, then kill it, then go on without it."""
        over = run.silence - self._silence_seconds
        step = int(over / min(_GRACE_SECONDS, self._silence_seconds)) + 1 if over >= 0 else 0
        if step <= run.condemned:
            return
        run.condemned = step
        if step == 1:
            _log.info("the analysis of job %s is silent and is ended", job_id)
            run.worker.hang()
        elif step == 2:
            run.worker.hang(final=True)
        elif step > 3:  # a process that cannot even be killed waits for a disk that is gone
            self._retiring[job_id] = self._running.pop(job_id).worker
            self.failed.emit(run.worker.hung(), False)
