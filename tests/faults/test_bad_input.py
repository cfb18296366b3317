"""Every kind of bad input, through the real program: a sentence in its row, a job that can be retried, no harm.

All files are queued at once in one real service with the real analysis; the tests look at what came of each, and
of its second try after it was mended.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QCoreApplication

from performia_desktop.jobs.intake import IntakeReport
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.service import JobService
from performia_desktop.jobs.store import Store
from performia_desktop.paths import Paths
from performia_desktop.songmap import file as songmap_file
from performia_desktop.songmap.model import SongMap
from tests.faults import plain_user
from tests.faults.running import service_on, until
from tests.faults.songs import BROKEN, NAMES, ODD, Case, mend, music, write

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes and permissions are those of POSIX")

RUNNING = "deleted while it runs.wav"


@dataclasses.dataclass
class Played:
    """What came of all files, by name: at first, and after the mended ones were retried."""

    report: IntakeReport
    first: dict[str, Job]
    retried: dict[str, Job]
    maps: dict[str, SongMap]
    stored: list[Job]
    leftovers: list[Path]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory, qapp: QCoreApplication) -> Played:
    base = tmp_path_factory.mktemp("bad-input")
    folder = base / "songs"
    folder.mkdir()
    cases = [*BROKEN, *ODD]
    for case in cases:
        case.make(folder / case.name)
    for name in NAMES:
        write(folder / name, music())
    write(folder / RUNNING, music(30.0))
    (folder / "folder.wav").mkdir()
    paths = Paths.of(base / "data")

    with service_on(paths) as service:
        service.queue.pause()
        until(service.jobs.loaded, service.open)
        # a pipe in a folder is passed over, one that is named is not
        reports: list[IntakeReport] = []
        service.intake_done.connect(reports.append)
        until(service.intake_done, lambda: service.add([folder / "pipe.wav", folder / "folder.wav", folder]))
        for case in cases:
            if case.spoil is not None:
                case.spoil(folder / case.name)
        with _deleted_while_it_runs(service, folder / RUNNING):
            until(service.queue.idle, service.queue.resume, 100.0)
        first = _by_name(service, folder)
        maps = {
            name: songmap_file.read(Path(job.song_map_path)) for name, job in first.items() if job.song_map_path
        }
        failed = [name for name, job in first.items() if job.status is Status.ERROR]
        for name in failed:
            mend(folder / name)
        until(service.queue.idle, lambda: service.queue.retry([first[name].job_id for name in failed]), 60.0)
        retried = {name: job for name, job in _by_name(service, folder).items() if name in failed}
    store = Store.open(paths, read_only=True)
    stored = store.list()
    store.close()
    return Played(reports[0], first, retried, maps, stored, [*paths.checkpoints.iterdir(), *paths.maps.glob(".*")])


def _by_name(service: JobService, folder: Path) -> dict[str, Job]:
    return {os.path.relpath(job.input_file or "", folder): job for job in service.jobs}


@contextlib.contextmanager
def _deleted_while_it_runs(service: JobService, path: Path) -> Iterator[None]:
    """Delete a file at the first progress of its analysis, which stands still meanwhile."""

    def on_changed(job: Job) -> None:
        if job.input_file == str(path) and job.status is Status.PROCESSING and job.progress > 0 and path.exists():
            children = psutil.Process().children()
            for child in children:
                child.suspend()
            path.unlink()
            for child in children:
                child.resume()

    service.jobs.changed.connect(on_changed)
    yield
    service.jobs.changed.disconnect(on_changed)
    assert not path.exists()


def test_nothing_is_lost_and_nothing_is_left_running(played: Played) -> None:
    names = {case.name for case in (*BROKEN, *ODD)} | {*NAMES, RUNNING}
    assert played.first.keys() == names
    assert {job.input_file for job in played.stored} == {job.input_file for job in played.first.values()}
    assert len(played.stored) == len(names)
    assert all(job.finished for job in played.stored)
    assert played.leftovers == []
    [(path, why)] = played.report.skipped
    assert path.name == "folder.wav"
    assert why == "There are no songs in this folder."


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)
def test_what_cannot_be_analysed_has_a_sentence_and_a_second_chance(played: Played, case: Case) -> None:
    if case.code == "permission" and not plain_user.permissions_count():
        pytest.skip("this user may read everything")
    job = played.first[case.name]
    assert (job.status, job.error_code) == (Status.ERROR, case.code)
    sentence = job.error_message or ""
    assert case.words in sentence
    _is_a_sentence(sentence)
    assert job.song_map_path is None
    again = played.retried[case.name]
    assert again.job_id == job.job_id
    assert (again.status, again.error_message, again.error_code) == (Status.COMPLETE, None, None)
    assert songmap_file.read(Path(again.song_map_path or "")).id == job.job_id


@pytest.mark.parametrize("case", ODD, ids=lambda case: case.name)
def test_what_is_odd_is_analysed(played: Played, case: Case) -> None:
    job = played.first[case.name]
    assert (job.status, job.error_message) == (Status.COMPLETE, None)
    song = played.maps[case.name]
    if case.seconds is not None:
        assert song.duration_sec == pytest.approx(case.seconds, abs=0.01)
    if case.empty:
        found = (song.beats, song.downbeats, song.chords, song.key, song.sections, song.melody, song.bass)
        assert not any(found)
        assert job.tempo_bpm is None


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_a_name(played: Played, name: str) -> None:
    job = played.first[name]
    assert (job.status, job.error_message) == (Status.COMPLETE, None)
    assert played.maps[name].title == job.title
    assert job.title


def test_a_file_deleted_while_it_runs_ends(played: Played) -> None:
    job = played.first[RUNNING]
    if job.status is Status.ERROR:  # else the decoder had it open already, which is as good as having it
        assert job.error_code == "missing"
        _is_a_sentence(job.error_message or "")
        assert played.retried[RUNNING].status is Status.COMPLETE
    else:
        assert job.status is Status.COMPLETE


def _is_a_sentence(text: str) -> None:
    """What it is, and what to do about it; nothing that only a programmer reads."""
    assert text[0].isupper()
    assert text.endswith(".")
    assert text.count(". ") >= 1
    assert "\n" not in text
    assert "Traceback" not in text
    assert "Error" not in text
    assert len(text) < 250
