from __future__ import annotations

import os
import signal
import time
from collections import namedtuple
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from performia_desktop.jobs import queue as queue_module
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.order import between, places
from performia_desktop.jobs.service import JobService
from performia_desktop.jobs.store import Store
from performia_desktop.paths import Paths
from performia_desktop.protocol import Analyse
from performia_desktop.songmap.file import read
from tests.jobs.conftest import StartService
from tests.jobs.fakes import song


@pytest.fixture
def child_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    log = tmp_path / "child.log"
    log.touch()
    monkeypatch.setenv("PERFORMIA_FAKE_CHILD_LOG", str(log))
    return log


def drop(qtbot: QtBot, service: JobService, files: Iterable[Path]) -> list[str]:
    """Add files and return their jobs' ids, in the files' order."""
    with qtbot.waitSignal(service.intake_done) as done:
        service.add(files)
    assert done.args is not None
    return [job.job_id for job in done.args[0].added]


def until(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition, timeout=20_000)


def is_(service: JobService, job_id: str, status: Status) -> Callable[[], bool]:
    def check() -> bool:
        job = service.jobs.get(job_id)
        return job is not None and job.status is status

    return check


def stored(paths: Paths) -> dict[str, Job]:
    """Return what the disk has."""
    store = Store.open(paths, read_only=True)
    try:
        return {job.job_id: job for job in store.list()}
    finally:
        store.close()


def took(child_log: Path) -> list[str]:
    """Return the ids of the songs that children were given, in that order."""
    lines = [line.split() for line in child_log.read_text().splitlines()]
    return [line[2] for line in lines if line[0] == "took"]


def test_songs_become_maps(qtbot: QtBot, start: StartService, paths: Paths, tmp_path: Path) -> None:
    service = start()
    with qtbot.waitSignal(service.queue.idle):
        ids = drop(qtbot, service, [song(tmp_path, f"{n}.mp3") for n in range(5)])
    for job_id in ids:
        job = service.jobs.get(job_id)
        assert job is not None
        assert job.status is Status.COMPLETE
        assert job.progress == 1.0
        assert (job.title, job.tempo_bpm, job.key, job.duration_sec) == ("Song", 120.0, "C major", 10.0)
        assert job.stage is None
        assert job.started_at is not None
        assert job.completed_at is not None
        assert read(Path(job.song_map_path or "")).id == job_id
    assert service.quit()
    assert stored(paths) == {job.job_id: job for job in service.jobs}


def test_no_child_is_started_while_nothing_is_to_do(qtbot: QtBot, start: StartService, child_log: Path) -> None:
    service = start()
    assert service.queue._runner._children.empty
    assert not service.queue._runner._timer.isActive()
    assert service.queue.remaining_seconds() is None
    assert not service.queue.busy


def test_every_progress_is_an_update_of_its_row(
    qtbot: QtBot, start: StartService, paths: Paths, tmp_path: Path
) -> None:
    service = start()
    file = song(tmp_path, "wait.mp3")
    [job_id] = drop(qtbot, service, [file])
    until(qtbot, lambda: (service.jobs.get(job_id) or pytest.fail("gone")).stage == "features")
    until(qtbot, lambda: service._writer.pending == 0)
    row = stored(paths)[job_id]
    assert row.status is Status.PROCESSING
    assert row.progress == pytest.approx(1 / 11)
    assert row.stage == "features"


def test_the_first_child_warms_up_alone_then_as_many_as_the_setting_says(
    qtbot: QtBot, start: StartService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERFORMIA_FAKE_CHILD_WARM_UP", "0.2")
    service = start(at_once=3)
    most = []
    service.queue.state_changed.connect(lambda: most.append((service.queue._warm, len(service.queue.running))))
    ids = drop(qtbot, service, [song(tmp_path, f"{n}.wait.mp3") for n in range(5)])
    assert service.queue.running == (ids[0],)
    until(qtbot, lambda: len(service.queue.running) == 3)
    assert max(running for warm, running in most if not warm) == 1
    service.queue.at_once = 1
    assert len(service.queue.running) == 3
    service.queue.at_once = 4
    assert len(service.queue.running) == 4


def test_pause_lets_the_running_finish(qtbot: QtBot, start: StartService, tmp_path: Path) -> None:
    service = start(at_once=1)
    files = [song(tmp_path, "1.wait.mp3"), song(tmp_path, "2.mp3")]
    first, second = drop(qtbot, service, files)
    service.queue.pause()
    files[0].with_name("1.wait.mp3.go").touch()
    until(qtbot, is_(service, first, Status.COMPLETE))
    assert service.queue.paused
    assert not service.queue.busy
    assert is_(service, second, Status.PENDING)()
    with qtbot.waitSignal(service.queue.idle):
        service.queue.resume()
    assert is_(service, second, Status.COMPLETE)()


def test_cancel_a_running_and_a_waiting_job(
    qtbot: QtBot, start: StartService, paths: Paths, tmp_path: Path
) -> None:
    service = start(at_once=1)
    running, waiting, third = drop(qtbot, service, [song(tmp_path, f"{n}.half.mp3") for n in range(3)])
    half = paths.maps / f".{running}.json.0badf00d.tmp"
    until(qtbot, half.exists)
    before = time.monotonic()
    assert service.queue.cancel([running, waiting, "ffffffff"]) == [running, waiting]
    assert is_(service, running, Status.CANCELLED)()
    assert is_(service, waiting, Status.CANCELLED)()
    assert service.queue.running == (third,)
    until(qtbot, lambda: not half.exists())
    assert time.monotonic() - before < 2.0
    assert service.queue.cancel([running]) == []
    with qtbot.waitSignal(service.queue.idle):
        assert service.queue.cancel_all() == [third]
    assert service.jobs.counts[Status.CANCELLED] == 3


def test_a_cancelled_job_can_be_retried_at_once(qtbot: QtBot, start: StartService, tmp_path: Path) -> None:
    service = start(at_once=1)
    file = song(tmp_path, "once.mp3")
    Path(f"{file}.once").touch()
    [job_id] = drop(qtbot, service, [file])
    service.queue.cancel([job_id])
    with qtbot.waitSignal(service.queue.idle):
        assert service.queue.retry([job_id]) == [job_id]
    assert is_(service, job_id, Status.COMPLETE)()


@pytest.mark.parametrize("name", ["crash", "silent", "segfault", "memory", "garbage", "once", "fail-damaged"])
def test_a_misfortune_ends_its_own_job_only(
    qtbot: QtBot, start: StartService, paths: Paths, tmp_path: Path, name: str
) -> None:
    service = start(at_once=2)
    ended: list[Job] = []
    service.queue.job_ended.connect(ended.append)
    with qtbot.waitSignal(service.queue.idle, timeout=20_000):
        ids = drop(qtbot, service, [song(tmp_path, file) for file in ("1.mp3", f"2.{name}.mp3", "3.mp3", "4.mp3")])
    assert {job.job_id: job.status for job in ended} == {
        job_id: Status.ERROR if n == 1 else Status.COMPLETE for n, job_id in enumerate(ids)
    }
    bad = service.jobs.get(ids[1])
    assert bad is not None
    assert bad.error_message is not None
    assert bad.error_message.endswith(".")
    assert bad.error_code is not None
    with qtbot.waitCallback() as told:
        service.details(ids[1], told)
    assert told.args is not None
    assert service.quit()
    assert stored(paths)[ids[1]] == bad


@pytest.mark.parametrize("name", ["hang", "stubborn"])
def test_a_child_that_falls_silent_is_ended(qtbot: QtBot, start: StartService, tmp_path: Path, name: str) -> None:
    service = start(at_once=1, silence_seconds=0.3)
    with qtbot.waitSignal(service.queue.idle, timeout=20_000):
        bad, good = drop(qtbot, service, [song(tmp_path, f"{name}.mp3"), song(tmp_path, "good.mp3")])
    job = service.jobs.get(bad)
    assert job is not None
    assert (job.status, job.error_code) == (Status.ERROR, "hung")
    assert is_(service, good, Status.COMPLETE)()
    if name == "hang":
        details = []
        service.details(bad, details.append)
        until(qtbot, lambda: bool(details))
        assert "misbehave" in (details[0] or "")


def test_a_process_that_cannot_be_killed_does_not_hold_up_the_queue(
    qtbot: QtBot, start: StartService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = start(at_once=1, silence_seconds=0.1)
    monkeypatch.setattr("performia_desktop.jobs.worker.Worker.hang", lambda *_, **__: None)
    with qtbot.waitSignal(service.queue.idle, timeout=20_000):
        bad, good = drop(qtbot, service, [song(tmp_path, "hang.mp3"), song(tmp_path, "good.mp3")])
    assert is_(service, bad, Status.ERROR)()
    assert is_(service, good, Status.COMPLETE)()
    for worker in service.queue._runner._retiring.values():
        worker.stop(keep_checkpoints=False)


def test_a_child_killed_from_outside_is_replaced(
    qtbot: QtBot, start: StartService, tmp_path: Path, child_log: Path
) -> None:
    service = start(at_once=1)
    files = [song(tmp_path, "1.wait.mp3"), song(tmp_path, "2.mp3")]
    first, second = drop(qtbot, service, files)
    until(qtbot, lambda: (service.jobs.get(first) or pytest.fail("gone")).stage == "features")
    with qtbot.waitSignal(service.queue.idle):
        os.kill(int(child_log.read_text().split()[1]), signal.SIGKILL)
    job = service.jobs.get(first)
    assert job is not None
    assert job.error_code == "crashed"
    assert "memory" in (job.error_message or "")
    assert is_(service, second, Status.COMPLETE)()


def test_retry_of_an_error_and_of_a_complete_job_whose_map_is_gone(
    qtbot: QtBot, start: StartService, paths: Paths, tmp_path: Path
) -> None:
    service = start(at_once=1)
    with qtbot.waitSignal(service.queue.idle):
        bad, good = drop(qtbot, service, [song(tmp_path, "once.mp3"), song(tmp_path, "good.mp3")])
    assert is_(service, bad, Status.ERROR)()
    paths.song_map(good).unlink()
    with qtbot.waitSignal(service.queue.idle):
        assert service.queue.retry([bad, good, "ffffffff"]) == [bad, good]
        again = service.jobs.get(bad)
        assert again is not None
        assert (again.error_message, again.error_code, again.completed_at) == (None, None, None)
    assert is_(service, bad, Status.COMPLETE)()
    assert is_(service, good, Status.COMPLETE)()
    assert paths.song_map(good).is_file()


def test_the_order_can_be_changed(
    qtbot: QtBot, start: StartService, paths: Paths, tmp_path: Path, child_log: Path
) -> None:
    service = start(at_once=1)
    service.queue.pause()
    ids = drop(qtbot, service, [song(tmp_path, f"{n}.mp3") for n in range(6)])
    reordered: list[list[Job]] = []
    service.jobs.reordered.connect(reordered.append)
    service.queue.move_to_top([ids[4], ids[3]])
    service.queue.move([ids[0]], None)
    service.queue.move([ids[5]], ids[2])
    service.queue.move(["ffffffff"], ids[2])
    order = [ids[n] for n in (3, 4, 1, 5, 2, 0)]
    assert [job.job_id for job in service.jobs.pending()] == order
    assert len(reordered) == 3
    with qtbot.waitSignal(service.queue.idle):
        service.queue.resume()
    assert took(child_log) == order
    assert service.quit()
    assert sorted(ids, key=lambda job_id: stored(paths)[job_id].position) == order


def test_quitting_keeps_the_running_jobs_for_the_next_start_in_front(
    qtbot: QtBot, start: StartService, paths: Paths, tmp_path: Path, child_log: Path
) -> None:
    service = start(at_once=2)
    files = [song(tmp_path, f"{n}.wait.mp3") for n in range(4)]
    ids = drop(qtbot, service, files)
    until(qtbot, lambda: len(took(child_log)) == 2)
    service.queue.move_to_top([ids[3]])
    assert service.quit()
    assert service.quit()
    rows = stored(paths)
    assert {row.status for row in rows.values()} == {Status.PENDING}
    assert all(row.progress == 0.0 and row.started_at is None for row in rows.values())
    assert sorted(ids, key=lambda job_id: rows[job_id].position) == [ids[n] for n in (0, 1, 3, 2)]
    for file in files:
        Path(f"{file}.go").touch()
    again = start(at_once=1)
    qtbot.waitSignal(again.queue.idle).wait()
    assert took(child_log)[2:] == [ids[n] for n in (0, 1, 3, 2)]
    assert "00-decode" in child_log.read_text().splitlines()[2 + 0]
    assert again.jobs.counts[Status.COMPLETE] == 4


def test_nothing_starts_while_the_database_is_blocked(qtbot: QtBot, start: StartService, tmp_path: Path) -> None:
    service = start()
    changes = []
    service.queue.state_changed.connect(lambda: changes.append(service.queue.blocked))
    service.queue.block("The disk is full.")
    [job_id] = drop(qtbot, service, [song(tmp_path, "1.mp3")])
    assert service.queue.running == ()
    assert is_(service, job_id, Status.PENDING)()
    with qtbot.waitSignal(service.queue.idle):
        service.queue.unblock()
    assert changes[:2] == ["The disk is full.", None]


def test_an_analysis_that_cannot_be_started_does_not_eat_the_queue(
    qtbot: QtBot, start: StartService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = start(at_once=1)
    pool = service.queue._runner._children
    command, pool._command = pool._command, ["/no-such-program"]
    with qtbot.waitSignal(service.queue.stalled) as stalled:
        ids = drop(qtbot, service, [song(tmp_path, f"{n}.mp3") for n in range(6)])
    assert stalled.args is not None
    assert "could not be started" in stalled.args[0]
    assert service.queue.blocked == stalled.args[0]
    assert service.jobs.counts[Status.ERROR] == 3
    assert service.jobs.counts[Status.PENDING] == 3
    pool._command = command
    with qtbot.waitSignal(service.queue.idle):
        service.queue.resume()
    assert service.jobs.counts[Status.COMPLETE] == 3
    with qtbot.waitSignal(service.queue.idle):
        service.queue.retry(ids)
    assert service.jobs.counts[Status.COMPLETE] == 6


def test_a_full_disk_holds_the_queue_until_there_is_room(
    qtbot: QtBot, start: StartService, paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_module, "_ROOM_MS", 10)
    free = [0]
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(queue_module.shutil, "disk_usage", lambda _: usage(0, 0, free[0]))
    service = start(at_once=1)
    with qtbot.waitSignal(service.queue.stalled):
        bad, good = drop(qtbot, service, [song(tmp_path, "fail-disk-full.mp3"), song(tmp_path, "good.mp3")])
    job = service.jobs.get(bad)
    assert job is not None
    assert (job.status, job.error_message) == (Status.PENDING, "It is damaged. Copy it again.")
    assert service.queue.blocked == job.error_message
    assert is_(service, good, Status.PENDING)()
    with qtbot.waitSignal(service.queue.idle):
        free[0] = queue_module.ROOM
    assert is_(service, good, Status.COMPLETE)()
    job = service.jobs.get(bad)
    assert job is not None
    assert (job.status, job.error_code) == (Status.ERROR, "disk-full")  # there is room, and it says so again


def test_a_row_without_a_file_fails_with_a_sentence(qtbot: QtBot, start: StartService) -> None:
    service = start()
    with qtbot.waitSignal(service.queue.idle):
        service.jobs.add([Job("0000000a", Status.PENDING, 1.0)])
    job = service.jobs.get("0000000a")
    assert job is not None
    assert (job.status, job.error_code) == (Status.ERROR, "missing")


def test_hundreds_of_rows_without_a_file_do_not_overflow_anything(qtbot: QtBot, start: StartService) -> None:
    service = start()
    with qtbot.waitSignal(service.queue.idle):
        service.jobs.add([Job(f"{n:08x}", Status.PENDING, 1.0) for n in range(600)])
    assert service.jobs.counts[Status.ERROR] == 600


def test_time_left_is_known_once_something_was_measured(qtbot: QtBot, start: StartService, tmp_path: Path) -> None:
    service = start(at_once=1)
    with qtbot.waitSignal(service.queue.idle):
        drop(qtbot, service, [song(tmp_path, "sleep10.mp3")])
    _, second, _ = drop(qtbot, service, [song(tmp_path, f"{n}.wait.mp3") for n in range(3)])[:3]
    first = service.queue.running[0]
    assert service.queue.elapsed(first) is not None
    assert service.queue.elapsed(second) is None
    assert service.queue.remaining(first) is not None
    assert (service.queue.remaining_seconds() or 0) > 0


def waiting(*positions: float) -> list[Job]:
    return [Job(f"{n}", Status.PENDING, 0.0, position=position) for n, position in enumerate(positions)]


def test_places_between_neighbours() -> None:
    assert places(waiting(1.0, 2.0, 3.0), {"2"}, "1") == {"2": 1.5}
    assert places(waiting(1.0, 2.0, 3.0), {"2"}, "0") == {"2": 0.0}
    assert places(waiting(1.0, 2.0, 3.0), {"0"}, None) == {"0": 4.0}
    assert places(waiting(1.0, 2.0), {"x"}, None) == {}


def test_places_where_doubles_have_no_room() -> None:
    tight = waiting(1.0, 1.0000000000000002, 3.0)
    assert between(1.0, 1.0000000000000002, 1) is None
    assert places(tight, {"2"}, "1") == {"0": 1.0, "2": 2.0, "1": 3.0}


def test_a_song_goes_out_with_the_folder_of_the_lyrics_model(
    qtbot: QtBot, start: StartService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = start()
    sent: list[str] = []
    begin = service.queue._runner.start

    def noted(task: Analyse) -> None:
        sent.append(task.lyrics_model)
        begin(task)

    monkeypatch.setattr(service.queue._runner, "start", noted)
    for settings_say, run_says in (("", ""), ("/models/small", ""), ("/models/small", "/models/large")):
        service.settings.lyrics_model = settings_say
        service.queue.lyrics_model = run_says
        with qtbot.waitSignal(service.queue.idle):
            drop(qtbot, service, [song(tmp_path, f"{len(sent)}.mp3")])
    assert sent == ["", "/models/small", "/models/large"]
