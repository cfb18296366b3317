"""Which job runs next and how many at once, and what their running does to the rows.

The queue lives in the window's thread. It hands jobs to its `Runner`, and turns all that this says into changes of
the job list. The first child of a session warms up alone: two cold ones would read the same files from a slow disk
at once.
"""

from __future__ import annotations

import math
import shutil
import time
from collections.abc import Collection, Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from performia_desktop.jobs.background import Background
from performia_desktop.jobs.child import default_command
from performia_desktop.jobs.estimate import Estimate
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.joblist import JobList
from performia_desktop.jobs.order import places
from performia_desktop.jobs.runner import SILENCE_SECONDS, Runner
from performia_desktop.paths import Paths
from performia_desktop.protocol import Analyse, Done, Failed, Progress
from performia_desktop.settings import Settings

ROOM: Final = 50_000_000
"""Bytes that must be free before a queue that met a full disk goes on."""

_ROOM_MS: Final = 2000
_START_FAILURES: Final = 3  # so many children in a row that never got ready: it is not the songs' fault
_FRESH: Final = {
    "started_at": None,
    "completed_at": None,
    "progress": 0.0,
    "stage": None,
    "error_message": None,
    "error_code": None,
    "error_details": None,
}


class Queue(QObject):
    """Runs the waiting jobs of a job list."""

    idle = Signal()
    """The last running job has ended and none is waiting. Not sent when there was nothing to do."""
    state_changed = Signal()
    """paused, blocked, at_once or the set of running jobs changed."""
    job_ended = Signal(object)
    """Job that became complete or error (not one that was cancelled by the user)."""
    stalled = Signal(str)
    """The analysis cannot be started at all, or the disk is full (a sentence): nothing will run for now."""

    def __init__(
        self,
        jobs: JobList,
        paths: Paths,
        settings: Settings,
        *,
        command: Sequence[str] | None = None,
        silence_seconds: float = SILENCE_SECONDS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._paths = paths
        self._settings = settings
        self.lyrics_model = ""
        """A model's folder for this run of the program; the settings' own counts where it is empty."""
        self._runner = Runner(command or default_command(settings.memory_bytes), silence_seconds, self)
        self._background = Background(self)
        self._estimate = Estimate(self._runner.clock.now)
        self._blocks: dict[str, str] = {}
        self._started = False
        self._stopping = False
        self._paused = False
        self._warm = False
        self._had_work = False
        self._start_failures = 0
        self._room_timer = QTimer(self)
        self._room_timer.setInterval(_ROOM_MS)
        self._room_timer.timeout.connect(self._look_for_room)
        self._runner.ready.connect(self._on_ready)
        self._runner.progressed.connect(self._on_progressed)
        self._runner.finished.connect(self._on_finished)
        self._runner.failed.connect(self._on_failed)
        self._runner.freed.connect(self._fill)
        jobs.added.connect(self._on_added)
        jobs.changed.connect(self._on_changed)
        jobs.removed.connect(self._on_removed)
        jobs.settled.connect(self._fill)

    # --- what it does

    @property
    def running(self) -> tuple[str, ...]:
        """Ids of the jobs being analysed, in the order they were started."""
        return self._runner.running

    @property
    def paused(self) -> bool:
        """The user has paused it; running jobs go on, none is started."""
        return self._paused

    @property
    def blocked(self) -> str | None:
        """Why nothing can be started now (a sentence); it goes on by itself when the reason is gone."""
        return next(iter(self._blocks.values()), None)

    @property
    def busy(self) -> bool:
        """A job is running, or one is waiting that will be started without anybody's doing."""
        return bool(self.running) or (not self._paused and self._jobs.counts[Status.PENDING] > 0)

    @property
    def at_once(self) -> int:
        """How many jobs may run at once (the setting); may be changed at any time."""
        return self._settings.jobs_at_once

    @at_once.setter
    def at_once(self, value: int) -> None:
        self._settings.jobs_at_once = value
        self.state_changed.emit()
        self._fill()

    # --- what the user can do

    def start(self) -> None:
        """Begin to run jobs; before, the queue does nothing."""
        self._started = True
        self._fill()

    def pause(self) -> None:
        """Let the running jobs finish and start no more."""
        if not self._paused:
            self._paused = True
            self.state_changed.emit()

    def resume(self) -> None:
        """Go on, also after the analysis could not be started."""
        self._paused = False
        self._give_another_chance()
        self.state_changed.emit()
        self._fill()

    def block(self, sentence: str, reason: str = "store") -> None:
        """Start no more jobs until `unblock`, for a reason outside of the user's power."""
        if self._blocks.get(reason) != sentence:
            self._blocks[reason] = sentence
            self.state_changed.emit()

    def unblock(self, reason: str = "store") -> None:
        if self._blocks.pop(reason, None) is not None:
            self.state_changed.emit()
            self._fill()

    def cancel(self, job_ids: Collection[str]) -> list[str]:
        """Cancel jobs that run or wait and return their ids; the children of running ones are killed at once."""
        ids = [
            job.job_id
            for job in map(self._jobs.get, dict.fromkeys(job_ids))
            if job is not None and job.status in {Status.PENDING, Status.PROCESSING}
        ]
        if not ids:
            return []
        stopped = [job_id for job_id in ids if self._runner.stop(job_id)]
        for job_id in stopped:
            self._estimate.ended(job_id)
        change = {"completed_at": time.time(), "stage": None, "error_message": None, "error_code": None}
        self._jobs.transition_all(dict.fromkeys(ids, change), Status.CANCELLED)
        if stopped:
            self.state_changed.emit()
        self._fill()
        return ids

    def put_back(self) -> None:
        """Stop what runs and let it wait again, with what has been analysed of it kept."""
        running = self.running
        for job_id in running:
            self._runner.stop(job_id, keep_checkpoints=True)
            self._estimate.ended(job_id)
        self._jobs.transition_all(dict.fromkeys(running, _FRESH), Status.PENDING)
        self.state_changed.emit()

    def cancel_all(self) -> list[str]:
        """Cancel everything that runs or waits."""
        return self.cancel([*self.running, *(job.job_id for job in self._jobs.pending())])

    def retry(self, job_ids: Collection[str]) -> list[str]:
        """Analyse finished jobs (complete, error or cancelled) again, at the queue's end; return their ids."""
        jobs = [job for job in map(self._jobs.get, dict.fromkeys(job_ids)) if job is not None and job.finished]
        if not jobs:
            return []
        last = self._jobs.last_position
        changes = {job.job_id: {**_FRESH, "position": last + n} for n, job in enumerate(jobs, 1)}
        self._jobs.transition_all(changes, Status.PENDING)
        self._give_another_chance()
        self._fill()
        return list(changes)

    def move_to_top(self, job_ids: Collection[str]) -> None:
        """Run these waiting jobs next, in the order they have now."""
        first = self._jobs.first_pending()
        self.move(job_ids, first.job_id if first is not None else None)

    def move(self, job_ids: Collection[str], before: str | None) -> None:
        """Move waiting jobs in front of the waiting job `before`, or to the end; their own order stays."""
        new = places(self._jobs.pending(), set(job_ids), before)
        if new:
            self._jobs.reposition(new)

    # --- time

    def elapsed(self, job_id: str) -> float | None:
        """Return for how many seconds a running job has been running, None if it does not run."""
        return self._estimate.elapsed(job_id)

    def remaining(self, job_id: str) -> float | None:
        """Return the seconds a running job will still take, None where that is not known (yet)."""
        return self._estimate.remaining(job_id)

    def remaining_seconds(self) -> float | None:
        """Return the seconds until the queue is done, None where that is not known or nothing is to do."""
        return self._estimate.queue_remaining(self.at_once)

    # --- the end

    def shut_down(self, timeout_ms: int = 10_000) -> None:
        """Kill the children, put their jobs back to pending, end the threads.

        The jobs go on from their last finished stage at the next start, before all others.
        """
        self._stopping = True
        self._room_timer.stop()
        interrupted = self._runner.shut_down(timeout_ms)
        first = self._jobs.first_pending()
        front = first.position if first is not None else math.inf
        changes = {}
        for n, job_id in enumerate(interrupted):
            self._estimate.ended(job_id)
            job = self._jobs.get(job_id)
            if job is not None and job.status is Status.PROCESSING:
                changes[job_id] = {**_FRESH, "position": min(job.position, front - len(interrupted) + n)}
        if changes:
            self._jobs.transition_all(changes, Status.PENDING)
        self._background.close(timeout_ms)

    # --- running

    def _give_another_chance(self) -> None:
        self._start_failures = 0
        self.unblock("start")

    def _fill(self) -> None:
        """Start as many jobs as may run; say so when there is nothing left to do."""
        if not self._started or self._stopping:
            return
        was = self.running
        while not self._paused and not self._blocks and len(self.running) < (self.at_once if self._warm else 1):
            job = self._jobs.first_pending()
            if job is None or not self._runner.is_free(job.job_id):
                break
            self._start(job)
        if self.running != was:
            self.state_changed.emit()
        if self.running or self._jobs.counts[Status.PENDING] > 0:
            self._had_work = True
        elif self._had_work and not (self._background.busy or self._jobs.is_taking or "restore" in self._blocks):
            self._had_work = False
            self.idle.emit()

    def _start(self, job: Job) -> None:
        self._had_work = True
        if job.input_file:
            target = self._paths.song_map(job.job_id)
            checkpoints = self._paths.checkpoints / job.job_id
            waveforms = str(self._paths.waveforms)
            model = self.lyrics_model or self._settings.lyrics_model
            task = Analyse(job.job_id, job.input_file, str(target), str(checkpoints), waveforms, model)
            self._runner.start(task)
            self._estimate.started(job)
        self._jobs.transition(job.job_id, Status.PROCESSING, **{**_FRESH, "started_at": time.time()})
        if not job.input_file:
            sentence = "It is not known where this song's file is. Delete the job and add it again."
            self._note_failure(Failed(job.job_id, "missing", sentence, ""))

    @Slot()
    def _on_ready(self) -> None:
        self._start_failures = 0
        if not self._warm:
            self._warm = True
            self._fill()

    @Slot(object)
    def _on_progressed(self, progress: Progress) -> None:
        job = self._jobs.progress(progress)
        if job is not None:
            self._estimate.progressed(job.job_id, job.progress)

    @Slot(object)
    def _on_finished(self, done: Done) -> None:
        duration = _finite(done.duration_sec)
        self._estimate.ended(done.job_id, duration)
        self._end(
            done.job_id,
            Status.COMPLETE,
            progress=1.0,
            song_map_path=done.song_map_path,
            content_hash=done.content_hash,
            duration_sec=duration,
            title=done.title,
            artist=done.artist,
            tempo_bpm=_finite(done.tempo_bpm),
            key=done.key,
        )
        self._fill()

    @Slot(object, bool)
    def _on_failed(self, failed: Failed, at_start: bool) -> None:
        self._estimate.ended(failed.job_id)
        if failed.code == "disk-full":
            self._background.run(self._has_room, lambda room: self._on_disk_full(failed, room))
            return
        self._start_failures += at_start
        if self._start_failures >= _START_FAILURES:
            self.block(failed.message, "start")
            self.stalled.emit(failed.message)
        self._fail(failed)

    def _fail(self, failed: Failed) -> None:
        self._note_failure(failed)
        self._fill()

    def _note_failure(self, failed: Failed) -> None:
        self._end(
            failed.job_id,
            Status.ERROR,
            error_message=failed.message,
            error_code=failed.code,
            error_details=failed.details or None,
        )

    def _end(self, job_id: str, status: Status, **columns: Any) -> None:
        job = self._jobs.get(job_id)
        if job is not None and job.status is Status.PROCESSING:  # else another program has changed the row
            columns |= {"completed_at": time.time(), "stage": None}
            self.job_ended.emit(self._jobs.transition(job_id, status, **columns))
        self.state_changed.emit()

    # --- a full disk

    def _has_room(self) -> bool:
        try:
            return shutil.disk_usage(self._paths.maps).free >= ROOM
        except OSError:
            return False

    def _on_disk_full(self, failed: Failed, room: bool) -> None:
        """Let the song wait for room, if it is that which is missing: else every song in the queue would fail."""
        job = self._jobs.get(failed.job_id)
        if room or job is None or job.status is not Status.PROCESSING:
            self._fail(failed)
            return
        change = {**_FRESH, "error_message": failed.message, "error_code": failed.code}
        self._jobs.transition(failed.job_id, Status.PENDING, **change)
        self.block(failed.message, "room")
        self.stalled.emit(failed.message)
        self._room_timer.start()

    @Slot()
    def _look_for_room(self) -> None:
        if not self._background.busy:
            self._background.run(self._has_room, self._on_room)

    def _on_room(self, room: bool) -> None:
        if room:
            self._room_timer.stop()
            self.unblock("room")
        else:
            self._fill()

    # --- what happens to the jobs

    @Slot(object)
    def _on_added(self, jobs: list[Job]) -> None:
        self._estimate.note(jobs)
        self._fill()

    @Slot(object)
    def _on_changed(self, job: Job) -> None:
        self._estimate.note([job])

    @Slot(object)
    def _on_removed(self, job_ids: list[str]) -> None:
        self._estimate.forget(job_ids)
        self._fill()


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
