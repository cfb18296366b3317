from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from performia_desktop.jobs.job import Status
from performia_desktop.jobs.service import JobService
from performia_desktop.paths import Paths
from performia_desktop.remote import handle
from tests.jobs.fakes import FAKE_CHILD, song


@pytest.fixture
def service(qtbot: QtBot, paths: Paths) -> Iterator[JobService]:
    service = JobService(paths, command=FAKE_CHILD)
    service.settings.jobs_at_once = 1
    with qtbot.waitSignal(service.jobs.loaded):
        service.open()
    service.queue.pause()
    yield service
    service.quit()


def add(qtbot: QtBot, service: JobService, *files: Path) -> dict[str, Any]:
    with qtbot.waitCallback() as reply:
        handle(service, {"do": "add", "files": [str(file) for file in files]}, reply)
    answer = reply.args[0]
    assert isinstance(answer, dict)
    return answer


def test_added_files_are_answered_when_they_are_in_the_store(
    qtbot: QtBot, service: JobService, tmp_path: Path
) -> None:
    one, text = song(tmp_path, "1.mp3"), song(tmp_path, "a.txt")
    answer = add(qtbot, service, one, text)
    [job] = service.jobs
    assert answer == {
        "ok": True,
        "added": [job.job_id],
        "retried": [],
        "duplicates": [],
        "skipped": [[str(text), "It is not an audio file (.txt)."]],
    }
    assert add(qtbot, service, one)["duplicates"] == [[str(one), job.job_id]]


def test_each_drop_gets_its_own_answer(qtbot: QtBot, service: JobService, tmp_path: Path) -> None:
    answers: list[dict[str, Any]] = []
    for n in range(3):
        files = [str(song(tmp_path, f"{n}-{m}.mp3")) for m in range(n + 1)]
        assert handle(service, {"do": "add", "files": files}, answers.append)["ok"]
    qtbot.waitUntil(lambda: len(answers) == 3)
    assert [len(answer["added"]) for answer in answers] == [1, 2, 3]


def test_how_long_running_jobs_take_is_told(qtbot: QtBot, service: JobService, tmp_path: Path) -> None:
    file = song(tmp_path, "1.wait.mp3")
    [running] = add(qtbot, service, file)["added"]
    [waiting] = add(qtbot, service, song(tmp_path, "2.mp3"))["added"]
    assert handle(service, {"do": "times", "jobs": [running]}) == {"ok": True, "times": {}}
    service.queue.resume()
    qtbot.waitUntil(lambda: any(job.progress > 0 for job in service.jobs))
    times = handle(service, {"do": "times", "jobs": [running, waiting, "ffffffff"]})["times"]
    assert times.keys() == {running}
    assert 0.0 <= times[running][0] < 60.0
    with qtbot.waitSignal(service.queue.idle):
        Path(f"{file}.go").touch()


def test_no_files_is_only_a_knock(service: JobService) -> None:
    answers: list[dict[str, Any]] = []
    handle(service, {"do": "add", "files": [], "raise": True}, answers.append)
    assert answers == [{"ok": True, "added": [], "retried": [], "duplicates": [], "skipped": []}]
    assert not service.taking_in


def test_without_a_reply_the_ticket_is_known(qtbot: QtBot, service: JobService, tmp_path: Path) -> None:
    with qtbot.waitSignal(service.intake_done) as done:
        answer = handle(service, {"do": "add", "files": [str(song(tmp_path, "1.mp3"))]})
    assert done.args is not None
    assert answer == {"ok": True, "ticket": done.args[0].ticket}


def test_jobs_are_cancelled_retried_deleted_and_cleaned_up(
    qtbot: QtBot, service: JobService, tmp_path: Path
) -> None:
    [job_id] = add(qtbot, service, song(tmp_path, "1.mp3"))["added"]
    answers: list[dict[str, Any]] = []
    expected = {"ok": True, "jobs": [job_id]}
    assert handle(service, {"do": "cancel", "jobs": [job_id, "ffffffff"]}, answers.append) == expected
    assert handle(service, {"do": "retry", "jobs": [job_id]}) == expected
    with qtbot.waitSignal(service.queue.idle):
        assert handle(service, {"do": "resume"}) == {"ok": True}
    assert service.jobs.counts[Status.COMPLETE] == 1
    assert handle(service, {"do": "pause"}) == {"ok": True}
    assert service.queue.paused
    assert handle(service, {"do": "cleanup", "days": 1}) == {"ok": True, "jobs": []}
    service.jobs.set_columns(job_id, created_at=1.0, started_at=1.0, completed_at=time.time() - 2 * 86_400)
    assert handle(service, {"do": "cleanup", "days": 1}) == expected
    service.undo()
    qtbot.waitUntil(lambda: len(service.jobs) == 1)
    assert handle(service, {"do": "delete", "jobs": [job_id]}) == expected
    assert answers == [expected]


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"do": "dance"},
        {"do": "add", "files": "a.mp3"},
        {"do": "add", "files": [1]},
        {"do": "cancel"},
        {"do": "delete", "jobs": "all"},
        {"do": "retry", "jobs": [None]},
        {"do": "cleanup"},
        {"do": "cleanup", "days": -1},
        {"do": "cleanup", "days": True},
        {"do": "cleanup", "days": float("nan")},
    ],
)
def test_a_request_that_makes_no_sense(service: JobService, request_: dict[str, Any]) -> None:
    answers: list[dict[str, Any]] = []
    answer = handle(service, request_, answers.append)
    assert answers == [answer]
    assert answer["ok"] is False
    assert "same version" in answer["error"]
