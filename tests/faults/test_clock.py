"""A clock that is set back or forward, and a machine that sleeps, while songs run and afterwards."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from performia_desktop import remote
from performia_desktop.cli.output import job_json
from performia_desktop.gui.joblist.columns import Column, taken, text
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.service import JobService
from performia_desktop.jobs.store import Store
from performia_desktop.paths import Paths
from tests.faults.running import until
from tests.jobs.fakes import FAKE_CHILD, song

HOUR = 3600.0
YEAR = 365 * 86_400.0


class Clock:
    """The clock on the wall, which anybody may set; and the one that stops for nobody but the machine's sleep."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.ahead = 0.0
        self.slept = 0.0
        wall, steady = time.time, time.monotonic
        patch.setattr(time, "time", lambda: wall() + self.ahead + self.slept)
        patch.setattr(time, "monotonic", lambda: steady() + self.slept)

    def sleep(self, seconds: float) -> None:
        """Have the machine sleep; some systems count that in their steady clock, too."""
        self.slept += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def service(clock: Clock, paths: Paths, qtbot: QtBot) -> Iterator[JobService]:
    service = JobService(paths, command=FAKE_CHILD)
    service.settings.jobs_at_once = 1
    service.queue._runner.clock._source = time.monotonic  # which is that of `clock` now
    until(service.jobs.loaded, service.open)
    yield service
    assert service.quit()


def analyse_while(
    qtbot: QtBot, service: JobService, folder: Path, clock: Clock, *, ahead: float = 0.0, slept: float = 0.0
) -> Job:
    """Analyse a song, with one before it to learn from, in whose middle the clock jumps; return what came of it."""
    first, second = song(folder, "1.sleep50.mp3"), song(folder, "2.wait.mp3")
    with qtbot.waitSignal(service.queue.job_ended, timeout=10_000):
        service.add([first, second])
    qtbot.waitUntil(lambda: any(job.progress > 0 for job in service.jobs if job.status is Status.PROCESSING))
    [job_id] = service.queue.running
    before = service.queue.elapsed(job_id) or 0.0
    clock.ahead += ahead
    clock.sleep(slept)
    for left in (service.queue.remaining(job_id), service.queue.remaining_seconds()):
        assert left is None or 0.0 <= left < 60.0
    # the command line, in another process, is told the same
    elapsed, left = remote.handle(service, {"do": "times", "jobs": [job_id, "ffffffff"]})["times"][job_id]
    assert before <= elapsed < before + 60.0
    assert left is None or 0.0 <= left < 60.0
    assert before <= (service.queue.elapsed(job_id) or 0.0) < before + 60.0
    until(service.queue.idle, lambda: Path(f"{second}.go").touch())
    job = service.jobs.get(job_id)
    assert job is not None
    assert (job.status, job.error_message) == (Status.COMPLETE, None)
    return job


@pytest.mark.parametrize("ahead", [-YEAR, -HOUR, HOUR, 10 * YEAR])
def test_a_clock_set_while_a_song_runs(
    qtbot: QtBot, service: JobService, paths: Paths, tmp_path: Path, clock: Clock, ahead: float
) -> None:
    job = analyse_while(qtbot, service, tmp_path / "songs", clock, ahead=ahead)
    assert (taken(job) or 0.0) >= 0.0
    assert not text(job, Column.TIME).startswith("-")
    assert job_json(job, now=time.time())["elapsed"] >= 0.0
    assert service.cleanup_preview(1) == ([] if ahead < YEAR else [one for one in service.jobs if one is not job])
    # back at the right time nothing is old either, and what is from the future can be read
    clock.ahead = 0.0
    assert service.cleanup_preview(1) == []
    in_memory = {one.job_id: one for one in service.jobs}
    assert service.quit()
    store = Store.open(paths, read_only=True)
    assert {one.job_id: one for one in store.list()} == in_memory
    store.close()


def test_a_machine_that_sleeps_while_a_song_runs(
    qtbot: QtBot, service: JobService, tmp_path: Path, clock: Clock
) -> None:
    """The child has said nothing for eight hours, but it slept as well: it does not hang."""
    analyse_while(qtbot, service, tmp_path / "songs", clock, slept=8 * HOUR)


def test_what_was_deleted_before_the_clock_jumped_is_kept(
    qtbot: QtBot, service: JobService, tmp_path: Path, clock: Clock
) -> None:
    job = analyse_while(qtbot, service, tmp_path / "songs", clock)
    service.settings.cleanup_days = 7
    service.delete([job.job_id])
    for ahead in (10 * YEAR, -YEAR, 0.0):
        clock.ahead = ahead
        service.housekeeping._daily()
        qtbot.waitUntil(lambda: service._writer.pending == 0)
        assert len(service.jobs) == 1
    assert service.undo() == 1
    qtbot.waitUntil(lambda: len(service.jobs) == 2)
