from __future__ import annotations

import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.service import JobService
from performia_desktop.jobs.store import Store
from performia_desktop.jobs.store_bin import KEPT_SECONDS, Binned
from performia_desktop.jobs.trash import BinSize
from performia_desktop.paths import Paths
from tests.jobs.conftest import StartService
from tests.jobs.fakes import song

DAY = 86_400.0


def some(qtbot: QtBot, service: JobService, number: int, first: int = 0) -> list[str]:
    """Add complete jobs with a map of 1,000 bytes each."""
    ids = [f"{first + n:08x}" for n in range(number)]
    jobs = []
    for job_id in ids:
        path = service.paths.song_map(job_id)
        path.write_bytes(b"x" * 1000)
        jobs.append(Job(job_id, Status.COMPLETE, 1e9, 1e9, 1e9, 1.0, song_map_path=str(path), input_file="/a.mp3"))
    with qtbot.waitSignal(service.jobs.added):
        service.jobs.add(jobs)
    return ids


def settled(qtbot: QtBot, service: JobService) -> None:
    qtbot.waitUntil(lambda: service._writer.pending == 0 and not service._files.busy)


def binned(qtbot: QtBot, service: JobService) -> list[Binned]:
    with qtbot.waitCallback() as answer:
        service.trash.listed(answer)
    assert answer.args is not None
    listed: list[Binned] = answer.args[0]
    return listed


def test_what_was_deleted_is_listed_with_the_time_it_has_left(qtbot: QtBot, start: StartService) -> None:
    service = start(run=False)
    ids = some(qtbot, service, 3)
    service.delete(ids[:1])
    settled(qtbot, service)
    service.delete(ids[1:2])
    settled(qtbot, service)
    first, second = binned(qtbot, service)
    assert [first.job.job_id, second.job.job_id] == [ids[1], ids[0]]
    now = time.time()
    assert KEPT_SECONDS - 60 < first.seconds_left(now) <= KEPT_SECONDS
    assert first.seconds_left(now + 29 * DAY) < 1 * DAY + 60
    assert first.seconds_left(now + 31 * DAY) == 0
    assert first.seconds_left(now - 1000 * DAY) == KEPT_SECONDS


def test_jobs_come_back_from_the_bin_with_their_maps_after_a_restart(
    qtbot: QtBot, start: StartService, paths: Paths
) -> None:
    service = start(run=False)
    ids = some(qtbot, service, 3)
    before = {job_id: service.jobs.get(job_id) for job_id in ids}
    service.delete(ids)
    assert service.quit()
    again = start(run=False)
    assert len(again.jobs) == 0
    with qtbot.waitSignals([again.jobs.added, again.trash.changed]):
        again.trash.take_back(ids[:2])
    assert {job.job_id: job for job in again.jobs} == {job_id: before[job_id] for job_id in ids[:2]}
    assert sorted(path.stem for path in paths.maps.iterdir()) == ids[:2]
    assert [path.stem for path in paths.bin.iterdir()] == ids[2:]
    assert [one.job.job_id for one in binned(qtbot, again)] == ids[2:]


def test_what_was_taken_back_is_not_undone_twice(qtbot: QtBot, start: StartService) -> None:
    service = start(run=False)
    ids = some(qtbot, service, 3)
    service.delete(ids)
    with qtbot.waitSignal(service.jobs.added):
        service.trash.take_back(ids[:1])
    assert service.can_undo == 2
    with qtbot.waitSignal(service.jobs.added):
        service.undo()
    assert len(service.jobs) == 3


def test_emptying_the_bin_says_before_and_after_what_it_frees(
    qtbot: QtBot, start: StartService, paths: Paths
) -> None:
    service = start(run=False)
    ids = some(qtbot, service, 5)
    service.delete(ids[:3])
    settled(qtbot, service)
    (paths.bin / "0000beef.json").touch()  # not ours to delete: no deleted job has it
    with qtbot.waitCallback() as preview:
        service.trash.size(preview)
    assert preview.args == [BinSize(3, 3000)]
    with qtbot.waitCallback() as emptied:
        service.trash.empty(emptied)
    assert emptied.args == [BinSize(3, 3000)]
    assert [path.name for path in paths.bin.iterdir()] == ["0000beef.json"]
    assert binned(qtbot, service) == []
    assert service.can_undo == 0
    assert len(service.jobs) == 2
    assert len(list(paths.maps.iterdir())) == 2


def test_the_bin_forgets_after_thirty_days_and_not_before(qtbot: QtBot, start: StartService, paths: Paths) -> None:
    service = start(run=False)
    ids = some(qtbot, service, 3)
    service.delete(ids)
    settled(qtbot, service)
    now = time.time()
    sql = "UPDATE bin SET deleted_at = ? WHERE job_id = ?"
    for row in zip((now - 31 * DAY, now - 29 * DAY, now + 1000 * DAY), ids, strict=True):
        service._writer.submit(lambda store, row=row: store._connection.changed(sql, *row))
    with qtbot.waitCallback() as expired:
        service.trash.expire(expired)
    assert expired.args == [BinSize(1, 1000)]
    assert {one.job.job_id for one in binned(qtbot, service)} == set(ids[1:])
    assert {path.stem for path in paths.bin.iterdir()} == set(ids[1:])


def test_a_clean_up_goes_to_the_bin_and_is_undone_in_one(qtbot: QtBot, start: StartService, paths: Paths) -> None:
    service = start(run=False)
    ids = some(qtbot, service, 50)
    assert len(service.cleanup(30)) == 50
    assert len(service.jobs) == 0
    settled(qtbot, service)
    assert len(list(paths.bin.iterdir())) == 50
    assert {one.job.job_id for one in binned(qtbot, service)} == set(ids)
    with qtbot.waitSignal(service.jobs.added):
        assert service.undo() == 50
    assert len(list(paths.maps.iterdir())) == 50


def test_running_and_waiting_songs_deleted_together_leave_none_behind(
    qtbot: QtBot, start: StartService, paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "child.log"
    monkeypatch.setenv("PERFORMIA_FAKE_CHILD_LOG", str(log))
    service = start(at_once=2)
    with qtbot.waitSignal(service.intake_done) as done:
        service.add([song(tmp_path, f"{n}.wait.mp3") for n in range(6)])
    assert done.args is not None
    ids = [job.job_id for job in done.args[0].added]
    qtbot.waitUntil(lambda: log.exists() and len(log.read_text().splitlines()) == 2, timeout=20_000)
    states: list[tuple[str, Status]] = []
    service.jobs.changed.connect(lambda job: states.append((job.job_id, job.status)))
    assert set(service.queue.running) == set(ids[:2])
    assert sorted(service.delete(ids)) == sorted(ids)
    assert len(service.jobs) == 0
    assert service.queue.running == ()
    assert states == [(job_id, Status.CANCELLED) for job_id in ids[:2]]  # and no other was begun
    assert service.can_undo == 6
    settled(qtbot, service)
    assert {one.job.job_id for one in binned(qtbot, service)} == set(ids)
    service.queue.pause()
    with qtbot.waitSignal(service.jobs.added):
        service.undo()
    assert {job.job_id: job.status for job in service.jobs} == {
        job_id: Status.CANCELLED if job_id in ids[:2] else Status.PENDING for job_id in ids
    }


def test_a_map_that_was_to_be_moved_when_the_program_ended_is_moved_at_the_start(
    qtbot: QtBot, start: StartService, paths: Paths
) -> None:
    store = Store.open(paths)
    for job_id in ("0000000a", "0000000b"):
        paths.song_map(job_id).touch()
    store.insert([Job("0000000a", Status.COMPLETE, 1.0), Job("0000000b", Status.COMPLETE, 1.0)])
    store.delete(["0000000a"], maps=True)
    store.delete(["0000000b"], maps=False)
    store.close()
    start()
    qtbot.waitUntil(lambda: [path.name for path in paths.bin.iterdir()] == ["0000000a.json"])
    assert [path.name for path in paths.maps.iterdir()] == ["0000000b.json"]


def test_a_map_in_the_bin_that_cannot_be_deleted_is_told(
    qtbot: QtBot, start: StartService, paths: Paths, tmp_path: Path
) -> None:
    service = start(run=False)
    [job_id] = some(qtbot, service, 1)
    service.delete([job_id])
    settled(qtbot, service)
    (paths.bin / f"{job_id}.json").unlink()
    (paths.bin / f"{job_id}.json").mkdir()
    with qtbot.waitSignal(service.problem):
        service.trash.empty()
