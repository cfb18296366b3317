from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest
from pytestqt.qtbot import QtBot

from performia_desktop.jobs import files
from performia_desktop.jobs.database import DatabaseError
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.service import JobService
from performia_desktop.jobs.store import Store
from performia_desktop.paths import Paths
from performia_desktop.songmap import overlay
from performia_desktop.songmap.corrections import SetNames, TempoFactor
from performia_desktop.songmap.file import read, write_atomically
from tests.jobs.conftest import StartService
from tests.jobs.fakes import FAKE_CHILD, song


def analysed(qtbot: QtBot, service: JobService, *names: Path) -> list[str]:
    with qtbot.waitSignal(service.queue.idle, timeout=20_000), qtbot.waitSignal(service.intake_done) as done:
        service.add(names)
    assert done.args is not None
    return [job.job_id for job in done.args[0].added]


def aged(service: JobService, job_id: str, days: float) -> None:
    then = time.time() - days * 86_400
    service.jobs.set_columns(job_id, created_at=then, started_at=then, completed_at=then)


# --- beginning and end


def test_nothing_is_touched_before_it_is_opened(qtbot: QtBot, tmp_path: Path) -> None:
    service = JobService(Paths.of(tmp_path / "data"))
    assert not (tmp_path / "data").exists()
    assert service.quit()


def test_a_place_that_cannot_be_made_is_refused(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    service = JobService(Paths.of(tmp_path / "file" / "data"))
    with qtbot.waitSignal(service.refused) as refused:
        service.open()
    assert refused.args is not None
    assert isinstance(refused.args[0], DatabaseError)
    assert service.quit()


def test_a_newer_database_is_refused_and_left_alone(qtbot: QtBot, paths: Paths) -> None:
    with closing(sqlite3.connect(paths.database)) as database:
        database.execute("CREATE TABLE jobs (job_id TEXT)")
        database.execute("PRAGMA user_version = 9999")
        database.commit()
    before = paths.database.read_bytes()
    service = JobService(paths, command=FAKE_CHILD)
    with qtbot.waitSignal(service.refused) as refused:
        service.open()
    assert refused.args is not None
    assert "newer version" in str(refused.args[0])
    assert service.quit()
    assert paths.database.read_bytes() == before


def test_what_was_running_in_a_crash_runs_first(
    qtbot: QtBot, paths: Paths, tmp_path: Path, start: StartService
) -> None:
    store = Store.open(paths)
    jobs = store.insert(
        [
            Job(f"0000000{n}", Status.PENDING, 1.0, input_file=str(song(tmp_path, f"{n}.wait.mp3")), file_size=1)
            for n in range(4)
        ]
    )
    store.transition(jobs[2].job_id, Status.PROCESSING, started_at=2.0)
    store.progress(jobs[2].job_id, 0.5, "chord")
    store.close()
    (paths.checkpoints / jobs[2].job_id).mkdir()
    (paths.checkpoints / "0000beef").mkdir()
    (paths.maps / f".{jobs[2].job_id}.json.0badf00d.tmp").touch()
    service = start(at_once=1)
    qtbot.waitUntil(lambda: bool(service.queue.running))
    assert service.queue.running == (jobs[2].job_id,)
    assert not list(paths.maps.iterdir())
    assert not (paths.checkpoints / "0000beef").exists()


def test_the_queue_does_not_run_unless_asked(qtbot: QtBot, start: StartService, tmp_path: Path) -> None:
    service = start(run=False)
    with qtbot.waitSignal(service.intake_done):
        service.add([song(tmp_path, "a.mp3")])
    assert service.queue.running == ()
    assert service.jobs.counts[Status.PENDING] == 1


# --- deleting and undoing


def test_a_deleted_job_comes_back_with_its_map(
    qtbot: QtBot, start: StartService, paths: Paths, tmp_path: Path
) -> None:
    service = start()
    audio = [song(tmp_path, f"{n}.mp3") for n in range(3)]
    ids = analysed(qtbot, service, *audio)
    before = {job_id: service.jobs.get(job_id) for job_id in ids}
    with qtbot.waitSignal(service.undo_changed):
        assert service.delete([*ids[:2], "ffffffff"]) == ids[:2]
    assert service.can_undo == 2
    assert len(service.jobs) == 1
    qtbot.waitUntil(lambda: (paths.bin / f"{ids[0]}.json").exists() and (paths.bin / f"{ids[1]}.json").exists())
    assert not paths.song_map(ids[0]).exists()
    assert all(file.exists() for file in audio)
    with qtbot.waitSignal(service.jobs.added):
        assert service.undo() == 2
    assert {job_id: service.jobs.get(job_id) for job_id in ids} == before
    assert read(paths.song_map(ids[0])).id == ids[0]
    assert list(paths.bin.iterdir()) == []
    assert service.can_undo == 0
    assert service.undo() == 0


def test_an_undo_on_the_heels_of_its_deletion(
    qtbot: QtBot, start: StartService, paths: Paths, tmp_path: Path
) -> None:
    service = start()
    [job_id] = analysed(qtbot, service, song(tmp_path, "a.mp3"))
    with qtbot.waitSignal(service.jobs.added):
        service.delete([job_id])
        service.undo()
    assert paths.song_map(job_id).exists()
    service.delete([job_id])
    service.undo()
    assert service.quit()
    assert paths.song_map(job_id).exists()
    assert len(start().jobs) == 1


def test_without_its_map(qtbot: QtBot, start: StartService, paths: Paths, tmp_path: Path) -> None:
    service = start()
    [job_id] = analysed(qtbot, service, song(tmp_path, "a.mp3"))
    service.delete([job_id], maps=False)
    assert service.quit()
    assert paths.song_map(job_id).exists()


def test_a_running_job_is_cancelled_before_it_is_deleted(
    qtbot: QtBot, start: StartService, paths: Paths, tmp_path: Path
) -> None:
    service = start()
    with qtbot.waitSignal(service.intake_done) as done:
        service.add([song(tmp_path, "half.mp3")])
    assert done.args is not None
    job_id = done.args[0].added[0].job_id
    qtbot.waitUntil(lambda: bool(list(paths.maps.iterdir())))
    assert service.delete([job_id]) == [job_id]
    assert len(service.jobs) == 0
    with qtbot.waitSignal(service.jobs.added):
        service.undo()
    job = service.jobs.get(job_id)
    assert job is not None
    assert job.status is Status.CANCELLED
    assert service.quit()
    assert list(paths.maps.iterdir()) == []
    assert list(paths.checkpoints.iterdir()) == []


def test_a_waiting_job_that_comes_back_runs(qtbot: QtBot, start: StartService, tmp_path: Path) -> None:
    service = start(at_once=1)
    service.queue.pause()
    with qtbot.waitSignal(service.intake_done) as done:
        service.add([song(tmp_path, "a.mp3")])
    assert done.args is not None
    service.delete([done.args[0].added[0].job_id])
    service.queue.resume()
    with qtbot.waitSignal(service.queue.idle):
        service.undo()
    assert service.jobs.counts[Status.COMPLETE] == 1


def test_maps_that_are_not_ours_are_never_moved(
    qtbot: QtBot, start: StartService, paths: Paths, tmp_path: Path
) -> None:
    service = start(run=False)
    foreign = tmp_path / "foreign.json"
    foreign.touch()
    outside = paths.data_dir / "settings.json"
    outside.touch()
    evil = [
        Job("0000000a", Status.COMPLETE, 1.0, song_map_path=str(foreign)),
        Job("../settings", Status.COMPLETE, 1.0, song_map_path=str(foreign)),
    ]
    with qtbot.waitSignal(service.jobs.added):
        service.jobs.add(evil)
    service.delete([job.job_id for job in evil])
    assert service.quit()
    assert foreign.exists()
    assert outside.exists()
    assert list(paths.bin.iterdir()) == []


def test_a_sweep_leaves_alone_what_is_being_written(paths: Paths) -> None:
    paths.maps.mkdir(parents=True, exist_ok=True)
    left = paths.maps / ".0000000b.json.01234567.tmp"
    left.touch()

    def content(file: BinaryIO) -> None:
        file.write(b"whole")
        files.sweep(paths, unfinished=[], complete=[])

    write_atomically(paths.song_map("0000000a"), content, "map")
    assert paths.song_map("0000000a").read_bytes() == b"whole"
    assert not left.exists()


def test_a_map_left_in_the_bin_by_a_crash_comes_home(paths: Paths) -> None:
    (paths.bin / "0000000a.json").touch()
    (paths.bin / "0000000b.json").touch()
    files.sweep(paths, unfinished=[], complete={"0000000a"})
    assert [path.name for path in paths.maps.iterdir()] == ["0000000a.json"]
    assert [path.name for path in paths.bin.iterdir()] == ["0000000b.json"]


def test_maps_that_cannot_be_moved_are_told(
    qtbot: QtBot, start: StartService, tmp_path: Path, paths: Paths
) -> None:
    service = start()
    [job_id] = analysed(qtbot, service, song(tmp_path, "a.mp3"))
    paths.bin.rmdir()
    paths.bin.touch()
    with qtbot.waitSignal(service.problem) as problem:
        service.delete([job_id])
    assert problem.args is not None
    assert "could not be moved" in problem.args[0]


# --- cleaning up


def test_clean_up_by_age_takes_finished_jobs_only(
    qtbot: QtBot, start: StartService, tmp_path: Path, paths: Paths
) -> None:
    service = start()
    old, new, wrong_clock = analysed(qtbot, service, *(song(tmp_path, f"{n}.mp3") for n in range(3)))
    service.queue.pause()
    with qtbot.waitSignal(service.intake_done) as done:
        service.add([song(tmp_path, "waiting.mp3")])
    assert done.args is not None
    waiting = done.args[0].added[0].job_id
    aged(service, old, 31)
    aged(service, new, 29)
    aged(service, waiting, 1000)
    aged(service, wrong_clock, 31)
    service.jobs.set_columns(wrong_clock, completed_at=time.time() + 86_400)
    assert [job.job_id for job in service.cleanup_preview(30)] == [old]
    with qtbot.waitCallback() as same:
        service._writer.submit(lambda store: store.cleanup(30, dry_run=True), same)
    assert same.args == [[old]]
    assert service.cleanup(30) == [old]
    assert service.cleanup(30) == []
    with qtbot.waitSignal(service.jobs.added):
        service.undo()
    assert len(service.jobs) == 4
    assert paths.song_map(old).exists()


# --- asking


def test_details_size_and_check(qtbot: QtBot, start: StartService, paths: Paths, tmp_path: Path) -> None:
    service = start()
    [job_id] = analysed(qtbot, service, song(tmp_path, "crash.mp3"))
    answers: list[object] = []
    service.details(job_id, answers.append)
    service.details("ffffffff", answers.append)
    service.check(answers.append)
    service.database_size(answers.append)
    qtbot.waitUntil(lambda: len(answers) == 4)
    assert "the last words" in str(answers[0])
    assert answers[1:3] == [None, []]
    assert isinstance(answers[3], int)
    assert answers[3] >= paths.database.stat().st_size


# --- a locked database


LOCKER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
connection.execute("ROLLBACK")
"""


@contextmanager
def locked(paths: Paths) -> Iterator[None]:
    """Lock the database as another program would (two SQLites in one process do not see each other's locks)."""
    program = subprocess.Popen(
        [sys.executable, "-c", LOCKER, str(paths.database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert program.stdout is not None
    assert program.stdout.readline() == b"locked\n"
    try:
        yield
    finally:
        program.communicate()


def test_a_locked_database_holds_the_queue_and_loses_nothing(
    qtbot: QtBot, start: StartService, paths: Paths, tmp_path: Path
) -> None:
    service = start(at_once=1)
    first, second, third = (song(tmp_path, name) for name in ("1.wait.mp3", "2.wait.mp3", "3.mp3"))
    with qtbot.waitSignal(service.intake_done):
        service.add([first, second, third])
    qtbot.waitUntil(lambda: service._writer.pending == 0)
    with locked(paths):
        with qtbot.waitSignal(service.blocked) as blocked:
            Path(f"{first}.go").touch()  # the second begins before the lock is noticed
        assert blocked.args is not None
        Path(f"{second}.go").touch()
        qtbot.waitUntil(lambda: service.jobs.counts[Status.COMPLETE] == 2)
        assert service.queue.blocked == blocked.args[0]
        assert service.queue.running == ()
        assert service.jobs.counts[Status.PENDING] == 1
    qtbot.waitSignal(service.queue.idle, timeout=10_000).wait()
    assert service.queue.blocked is None
    assert service.jobs.counts[Status.COMPLETE] == 3
    in_memory = {job.job_id: job for job in service.jobs}
    assert service.quit()
    store = Store.open(paths, read_only=True)
    assert {job.job_id: job for job in store.list()} == in_memory
    store.close()


@pytest.mark.allow_log("not written to the job database")
def test_quitting_ends_although_the_database_stays_locked(
    qtbot: QtBot, start: StartService, paths: Paths, tmp_path: Path
) -> None:
    service = start(at_once=1)
    with qtbot.waitSignal(service.intake_done):
        service.add([song(tmp_path, "1.wait.mp3")])
    qtbot.waitUntil(lambda: bool(service.queue.running) and service._writer.pending == 0)
    with locked(paths):
        assert not service.quit(timeout_ms=300)
    again = start(run=False)
    assert again.jobs.counts[Status.PENDING] == 1


# --- killed in the middle

PROGRAM = """
import sys
from PySide6.QtCore import QCoreApplication
from performia_desktop.jobs.service import JobService
from performia_desktop.paths import Paths
from tests.jobs.fakes import FAKE_CHILD

app = QCoreApplication(sys.argv)
service = JobService(Paths.of(sys.argv[1]), command=FAKE_CHILD)
service.settings.jobs_at_once = 2
service.jobs.changed.connect(lambda job: print(job.job_id, job.status.value, flush=True))
service.queue.idle.connect(app.quit)
service.add(sys.argv[2:])
service.open()
app.exec()
service.quit()
"""


def alive(pid: int) -> bool:
    """Return whether a process runs (a dead one that nobody has reaped yet does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")
def test_killed_in_the_middle_everything_completes_exactly_once(
    qtbot: QtBot, start: StartService, paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "child.log"
    log.touch()
    monkeypatch.setenv("PERFORMIA_FAKE_CHILD_LOG", str(log))
    audio = [song(tmp_path, f"{n}.sleep3.mp3") for n in range(20)]
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(paths.data_dir), *map(str, audio)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    complete = 0
    assert program.stdout is not None
    for line in program.stdout:
        complete += line.endswith("complete\n")
        if complete == 7 and line.endswith("processing\n"):
            program.kill()
            break
    program.wait()
    program.stdout.close()
    children = {int(line.split()[1]) for line in log.read_text().splitlines()}
    qtbot.waitUntil(lambda: not any(map(alive, children)))

    service = start(run=False)
    assert sorted(job.input_file or "" for job in service.jobs) == sorted(map(str, audio))
    assert service.jobs.counts[Status.PROCESSING] == 0
    done_before = service.jobs.counts[Status.COMPLETE]
    assert 6 <= done_before < 20
    finished = {job.job_id for job in service.jobs if job.status is Status.COMPLETE}
    before_restart = len(log.read_text().splitlines())
    with qtbot.waitSignal(service.queue.idle, timeout=30_000):
        service.queue.start()
    assert service.jobs.counts == {**dict.fromkeys(Status, 0), Status.COMPLETE: 20}
    assert {read(path).id for path in paths.maps.iterdir()} == {job.job_id for job in service.jobs}
    again = {line.split()[2] for line in log.read_text().splitlines()[before_restart:]}
    assert again.isdisjoint(finished)
    assert service.quit()
    assert list(paths.checkpoints.iterdir()) == []


def test_a_killed_program_leaves_no_child(qtbot: QtBot, paths: Paths, tmp_path: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(paths.data_dir), str(song(tmp_path, "hang.mp3"))],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PERFORMIA_FAKE_CHILD_LOG": str(tmp_path / "log")},
    )
    qtbot.waitUntil((tmp_path / "log").exists, timeout=10_000)
    child = int((tmp_path / "log").read_text().split()[1])
    assert alive(child)
    program.send_signal(signal.SIGKILL)
    program.communicate()
    qtbot.waitUntil(lambda: not alive(child))


def test_a_sound_row_survives_the_round_trip(qtbot: QtBot, start: StartService) -> None:
    service = start(run=False)
    whole = Job(
        "0000000a", Status.ERROR, 1.5, 2.5, 3.5, 0.25, "Failed.", "/m.json", "/a.mp3",
        stage=None, error_code="bug", file_size=1, content_hash="00", title="T", artist="A",
        duration_sec=10.0, tempo_bpm=99.5, key="Eb major",
    )  # fmt: skip
    with qtbot.waitSignal(service.jobs.added):
        service.jobs.add([whole])
    service.quit()
    assert list(start(run=False).jobs) == [replace(whole, position=1.0)]


# --- what the user put right


def test_a_row_says_what_the_user_put_right_also_after_a_new_analysis(
    qtbot: QtBot, start: StartService, tmp_path: Path
) -> None:
    service = start()
    analysed(qtbot, service, song(tmp_path, "a.wav"))
    [job] = service.jobs
    path = service.paths.song_map(job.job_id)
    data = json.loads(path.read_text())
    data["provenance"]["content_hash"] = job.content_hash
    path.write_text(json.dumps(data))
    place = overlay.place(service.paths.corrections, read(path))
    assert place is not None
    overlay.save(place, [TempoFactor(0.5), SetNames("Mine", "Me")])
    with qtbot.waitSignal(service.jobs.changed):
        service.show_corrected(job.job_id)
    [row] = service.jobs
    assert (row.tempo_bpm, row.key, row.title, row.artist) == (60.0, "C major", "Mine", "Me")
    service.jobs.set_columns(job.job_id, title="as detected")
    with qtbot.waitSignal(service.jobs.changed):
        service.queue.job_ended.emit(service.jobs.get(job.job_id))
    assert next(iter(service.jobs)).title == "Mine"
    place.write_text("{")
    service.show_corrected(job.job_id)
    assert next(iter(service.jobs)).title == "Mine"
