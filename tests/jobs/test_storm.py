"""A storm: drops, cancels, retries, moves, pauses, deletions, undos, clean-ups, quits, in any order.

Beside the real service, on a real database and with real child processes, runs a model in plain Python. After every
step the two agree on all jobs, their states, the order of those that wait, and what can be undone; after every quit
the database agrees too.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer
from pytestqt.qtbot import QtBot

from performia_desktop.jobs.intake import IntakeReport
from performia_desktop.jobs.job import Status
from performia_desktop.jobs.service import JobService
from performia_desktop.paths import Paths
from tests.crash.invariants import check_map, check_maps_are_whole, read
from tests.jobs.fakes import FAKE_CHILD, song

AT_ONCE = 2
PATIENCE_MS = 30_000  # a busy machine is no fault of the queue
ENDS = {"song": Status.COMPLETE, "fail-damaged": Status.ERROR, "crash": Status.ERROR}
"""What comes of a song, by the word in its name; one with `wait` runs until it is let go."""

picks = st.sets(st.integers(0, 12), min_size=1, max_size=3)


@dataclass(frozen=True)
class Row:
    """A job as the model knows it."""

    job_id: str
    file: Path
    word: str
    status: Status
    position: float

    @property
    def finished(self) -> bool:
        return self.status in {Status.COMPLETE, Status.ERROR, Status.CANCELLED}


class Storm(RuleBasedStateMachine):
    qtbot: QtBot
    places: Path

    # --- the beginning, the end, and agreement

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=self.places))
        self.paths = Paths.of(self.folder / "data")
        self.rows: dict[str, Row] = {}
        self.undos: list[list[str]] = []
        self.gone: dict[str, Row] = {}
        self.songs = 0
        self._start()

    def _start(self) -> None:
        self.paused = False
        self.service = JobService(self.paths, command=FAKE_CHILD)
        self.service.settings.jobs_at_once = AT_ONCE
        with self.qtbot.waitSignal(self.service.jobs.loaded, timeout=PATIENCE_MS):
            self.service.open()
        self._until(lambda: self.service.queue._started)
        assert self.service.queue._started
        self._agree()

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.service.quit()
            shutil.rmtree(self.folder)

    def _until(self, come: Callable[[], bool]) -> None:
        """Wait for something, at most as long as we are patient; `waitUntil` looks a hundred times a second only."""
        deadline = QDeadlineTimer(PATIENCE_MS)
        while not come() and not deadline.hasExpired():
            self.qtbot.wait(1)

    def _agree(self) -> None:
        """Let the model do what a queue does by itself, and wait until the service has done the same."""
        while not self.paused and len(self._with(Status.PROCESSING)) < AT_ONCE and (waiting := self._waiting()):
            row = waiting[0]
            waits = row.word == "wait" and not self._go(row).exists()
            self._set(row, Status.PROCESSING if waits else ENDS.get(row.word, Status.COMPLETE))
        self._until(lambda: self._shown() == self._expected())
        assert self._shown() == self._expected()

    def _shown(self) -> object:
        jobs = {job.job_id: job.status for job in self.service.jobs}
        waiting = [job.job_id for job in self.service.jobs.pending()]
        counts = {status: number for status, number in self.service.jobs.counts.items() if number}
        return jobs, waiting, set(self.service.queue.running), counts, self.service.can_undo

    def _expected(self) -> object:
        statuses = [row.status for row in self.rows.values()]
        return (
            {row.job_id: row.status for row in self.rows.values()},
            [row.job_id for row in self._waiting()],
            {row.job_id for row in self._with(Status.PROCESSING)},
            {status: statuses.count(status) for status in statuses},
            len(self.undos[-1]) if self.undos else 0,
        )

    # --- the model's parts

    def _with(self, *statuses: Status) -> list[Row]:
        return [row for row in self.rows.values() if row.status in statuses]

    def _waiting(self) -> list[Row]:
        return sorted(self._with(Status.PENDING), key=lambda row: (row.position, row.job_id))

    def _set(self, row: Row, status: Status, position: float | None = None) -> None:
        self.rows[row.job_id] = replace(
            row, status=status, position=row.position if position is None else position
        )

    def _pick(self, rows: list[Row], numbers: set[int]) -> list[Row]:
        return [row for number, row in enumerate(rows) if number in numbers]

    @staticmethod
    def _go(row: Row) -> Path:
        return row.file.with_name(f"{row.file.name}.go")

    def _delete(self, rows: list[Row]) -> None:
        for row in rows:
            if row.status is Status.PROCESSING:
                self._set(row, Status.CANCELLED)
        for row in rows:
            self.gone[row.job_id] = self.rows.pop(row.job_id)
        if rows:
            self.undos.append([row.job_id for row in rows])

    @contextmanager
    def _drop(self, files: list[Path]) -> Iterator[list[IntakeReport]]:
        """Drop files, and yield a list that has the report when the drop has been taken."""
        reports: list[IntakeReport] = []
        loop = QEventLoop()
        self.service.intake_done.connect(reports.append)
        self.service.intake_done.connect(loop.quit)
        self.service.add(files)
        QTimer.singleShot(10_000, loop, loop.quit)
        loop.exec()
        assert len(reports) == 1
        yield reports

    # --- what a user does

    @rule(words=st.lists(st.sampled_from(["song", "song", "wait", "wait", *ENDS]), min_size=1, max_size=4))
    def drop(self, words: list[str]) -> None:
        files = []
        for word in words:
            self.songs += 1
            files.append(song(self.folder / "songs", f"{self.songs:04}.{word}.wav"))
        last = max((row.position for row in self.rows.values()), default=0.0)
        with self._drop(files) as [report]:
            assert [job.input_file for job in report.added] == [str(file) for file in files]
            for job, file, word in zip(report.added, files, words, strict=True):
                assert job.position > last
                last = job.position
                self.rows[job.job_id] = Row(job.job_id, file, word, Status.PENDING, job.position)
        self._agree()

    @precondition(lambda self: self.rows)
    @rule(numbers=picks)
    def drop_again(self, numbers: set[int]) -> None:
        files = [row.file for row in self.rows.values()]
        rows = [row for row in self._pick(list(self.rows.values()), numbers) if files.count(row.file) == 1]
        if not rows:
            return
        with self._drop([row.file for row in rows]) as [report]:
            assert report.added == []
            failed = [row for row in rows if row.status in {Status.ERROR, Status.CANCELLED}]
            assert {job.job_id for job in report.retried} == {row.job_id for row in failed}
            assert {job_id for _, job_id in report.duplicates} == {row.job_id for row in rows if row not in failed}
            for job in report.retried:
                self._set(self.rows[job.job_id], Status.PENDING, job.position)
        self._agree()

    @rule(numbers=picks)
    def retry(self, numbers: set[int]) -> None:
        rows = self._pick([row for row in self.rows.values() if row.finished], numbers)
        assert self.service.queue.retry([row.job_id for row in rows]) == [row.job_id for row in rows]
        for row in rows:
            job = self.service.jobs.get(row.job_id)
            assert job is not None
            assert job.position > max((other.position for other in self._waiting()), default=-1e9)
            self._set(row, Status.PENDING, job.position)
        self._agree()

    @rule(numbers=picks)
    def cancel(self, numbers: set[int]) -> None:
        rows = self._pick(self._with(Status.PENDING, Status.PROCESSING), numbers)
        self.service.queue.cancel([row.job_id for row in rows])
        for row in rows:
            self._set(row, Status.CANCELLED)
        self._agree()

    @rule(numbers=picks)
    def move_to_top(self, numbers: set[int]) -> None:
        waiting = self._waiting()
        moved = self._pick(waiting, numbers)
        self.service.queue.move_to_top([row.job_id for row in moved])
        expected = [*moved, *(row for row in waiting if row not in moved)]
        assert [job.job_id for job in self.service.jobs.pending()] == [row.job_id for row in expected]
        for job in self.service.jobs.pending():
            self._set(self.rows[job.job_id], Status.PENDING, job.position)
        self._agree()

    @rule()
    def pause_or_resume(self) -> None:
        self.paused = not self.paused
        (self.service.queue.pause if self.paused else self.service.queue.resume)()
        self._agree()

    @precondition(lambda self: self._with(Status.PROCESSING))
    @rule(number=st.integers(0, AT_ONCE - 1))
    def let_go(self, number: int) -> None:
        running = self._with(Status.PROCESSING)
        row = running[number % len(running)]
        self._go(row).touch()
        self._set(row, Status.COMPLETE)
        self._agree()

    @rule(numbers=picks)
    def delete(self, numbers: set[int]) -> None:
        rows = self._pick(list(self.rows.values()), numbers)
        assert set(self.service.delete([row.job_id for row in rows])) == {row.job_id for row in rows}
        self._delete(rows)
        self._agree()

    @rule()
    def clean_up(self) -> None:
        rows = [row for row in self.rows.values() if row.finished]
        assert set(self.service.cleanup(0)) == {row.job_id for row in rows}
        self._delete(rows)
        self._agree()

    @precondition(lambda self: self.undos)
    @rule()
    def undo(self) -> None:
        ids = self.undos.pop()
        assert self.service.undo() == len(ids)
        for job_id in ids:
            self.rows[job_id] = self.gone.pop(job_id)
        self._agree()

    @rule()
    def quit_and_start_again(self) -> None:
        interrupted = set(self.service.queue.running)
        assert self.service.quit()
        for row in self._with(Status.PROCESSING):
            self._set(row, Status.PENDING)
        disk = read(self.paths.database)
        assert {job["job_id"]: job["status"] for job in disk.jobs} == {
            row.job_id: row.status.value for row in self.rows.values()
        }
        waiting = [job["job_id"] for job in disk.with_status("pending")]
        assert set(waiting[: len(interrupted)]) == interrupted
        for job in disk.jobs:
            self._set(self.rows[job["job_id"]], self.rows[job["job_id"]].status, job["position"])
            if job["status"] == "complete":
                check_map(self.paths, job)
        check_maps_are_whole(self.paths)
        assert {job["job_id"] for job in disk.bin} == self.gone.keys()
        self.undos.clear()
        self._start()


@pytest.mark.parametrize(
    "storms",
    [
        pytest.param(8, id="quick"),
        pytest.param(600, id="slow", marks=[pytest.mark.slow, pytest.mark.timeout(1200)]),
    ],
)
def test_the_service_and_a_model_of_it_agree_whatever_is_done(storms: int, qtbot: QtBot, tmp_path: Path) -> None:
    Storm.qtbot, Storm.places = qtbot, tmp_path
    run_state_machine_as_test(
        Storm,
        settings=settings(
            max_examples=storms,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
