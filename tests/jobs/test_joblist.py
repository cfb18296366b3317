from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from performia_desktop.jobs.database import DatabaseError
from performia_desktop.jobs.job import IllegalTransition, Job, Status
from performia_desktop.jobs.joblist import JobList
from performia_desktop.jobs.store import Store
from performia_desktop.jobs.writer import Writer
from performia_desktop.paths import Paths
from performia_desktop.protocol import Progress


@pytest.fixture
def writer(qtbot: QtBot, paths: Paths) -> Iterator[Writer]:
    writer = Writer(paths)
    writer.start()
    yield writer
    assert writer.close(10_000)


@pytest.fixture
def jobs(qtbot: QtBot, writer: Writer) -> JobList:
    return JobList(writer)


def job(number: int, status: Status = Status.PENDING, **columns: object) -> Job:
    return replace(Job(f"{number:08x}", status, created_at=1000.0 + number), **columns)  # type: ignore[arg-type]


def add(qtbot: QtBot, jobs: JobList, *new: Job) -> None:
    with qtbot.waitSignal(jobs.added):
        jobs.add(new)


def settle(qtbot: QtBot, writer: Writer) -> None:
    with qtbot.waitCallback() as done:
        writer.submit(Store.settle, done)


def on_disk(paths: Paths) -> dict[str, Job]:
    store = Store.open(paths, read_only=True)
    try:
        return {job.job_id: job for job in store.list()}
    finally:
        store.close()


def agree(qtbot: QtBot, writer: Writer, jobs: JobList, paths: Paths) -> None:
    settle(qtbot, writer)
    assert on_disk(paths) == {job.job_id: job for job in jobs}
    counts = dict.fromkeys(Status, 0)
    for each in jobs:
        counts[each.status] += 1
    assert jobs.counts == counts


def test_new_jobs_appear_after_their_commit_at_the_end_of_the_queue(
    qtbot: QtBot, jobs: JobList, writer: Writer, paths: Paths
) -> None:
    jobs.add([job(1), job(2)])
    assert len(jobs) == 0
    with qtbot.waitSignal(jobs.added) as added:
        pass
    assert added.args is not None
    assert [each.job_id for each in added.args[0]] == ["00000001", "00000002"]
    add(qtbot, jobs, job(3))
    assert [each.job_id for each in jobs.pending()] == ["00000001", "00000002", "00000003"]
    assert "00000003" in jobs
    assert "00000004" not in jobs
    agree(qtbot, writer, jobs, paths)


def test_all_pages_are_loaded_in_the_queues_order(qtbot: QtBot, writer: Writer) -> None:
    first = JobList(writer)
    add(qtbot, first, *(job(number) for number in range(4500)))
    second = JobList(writer)
    pages: list[int] = []
    second.added.connect(lambda page: pages.append(len(page)))
    assert not second.is_loaded
    with qtbot.waitSignal(second.loaded):
        second.load()
    assert sum(pages) == 4500
    assert len(pages) > 1
    assert second.is_loaded
    assert list(second) == list(first)
    assert second.first_pending() == first.first_pending()


def test_a_change_shows_at_once_and_is_written_behind(
    qtbot: QtBot, jobs: JobList, writer: Writer, paths: Paths
) -> None:
    add(qtbot, jobs, job(1))
    seen: list[Job] = []
    jobs.changed.connect(seen.append)
    new = jobs.transition("00000001", Status.PROCESSING, started_at=5.0)
    assert jobs.get("00000001") is new
    assert (new.status, new.started_at) == (Status.PROCESSING, 5.0)
    assert seen == [new]
    progress = jobs.progress(Progress("00000001", 0.25, "beat"))
    assert progress is not None
    assert (progress.progress, progress.stage) == (0.25, "beat")
    agree(qtbot, writer, jobs, paths)


def test_progress_never_falls_and_is_only_for_running_jobs(
    qtbot: QtBot, jobs: JobList, writer: Writer, paths: Paths
) -> None:
    add(qtbot, jobs, job(1))
    assert jobs.progress(Progress("00000001", 0.5, "beat")) is None
    assert jobs.progress(Progress("0000000f", 0.5, "beat")) is None
    jobs.transition("00000001", Status.PROCESSING)
    jobs.progress(Progress("00000001", 0.5, "beat"))
    later = jobs.progress(Progress("00000001", 0.25, "chord"))
    assert later is not None
    assert (later.progress, later.stage) == (0.5, "chord")
    agree(qtbot, writer, jobs, paths)


def test_only_legal_transitions(qtbot: QtBot, jobs: JobList, writer: Writer, paths: Paths) -> None:
    add(qtbot, jobs, job(1), job(2))
    with pytest.raises(IllegalTransition):
        jobs.transition("00000001", Status.COMPLETE)
    with pytest.raises(KeyError):
        jobs.transition("0000000f", Status.CANCELLED)
    jobs.transition("00000002", Status.PROCESSING)
    with pytest.raises(IllegalTransition):
        jobs.transition_all({"00000001": {}, "00000002": {}}, Status.COMPLETE)
    assert jobs.counts[Status.COMPLETE] == 0
    agree(qtbot, writer, jobs, paths)


def test_texts_of_any_origin_can_be_stored(qtbot: QtBot, jobs: JobList, writer: Writer, paths: Paths) -> None:
    add(qtbot, jobs, job(1))
    jobs.transition("00000001", Status.PROCESSING)
    nasty = "'; DROP TABLE jobs; -- <img src=x> \u202e \udcff\ud800"
    jobs.transition("00000001", Status.COMPLETE, title=nasty, artist="../../x", error_details=nasty)
    agree(qtbot, writer, jobs, paths)
    row = jobs.get("00000001")
    assert row is not None
    assert row.title == "'; DROP TABLE jobs; -- <img src=x> \u202e ??"


def test_the_next_job_follows_moves_cancels_and_deletions(
    qtbot: QtBot, jobs: JobList, writer: Writer, paths: Paths
) -> None:
    add(qtbot, jobs, *(job(number) for number in range(1, 6)))

    def next_id() -> str | None:
        first = jobs.first_pending()
        return first.job_id if first is not None else None

    assert next_id() == "00000001"
    jobs.transition("00000001", Status.PROCESSING)
    assert next_id() == "00000002"
    jobs.reposition({"00000004": 0.5, "00000002": 9.0})
    assert next_id() == "00000004"
    jobs.delete(["00000004"], maps=False)
    assert next_id() == "00000003"
    jobs.transition_all({"00000003": {}, "00000005": {}}, Status.CANCELLED)
    assert next_id() == "00000002"
    jobs.transition("00000001", Status.PENDING)
    assert next_id() == "00000001"
    agree(qtbot, writer, jobs, paths)


def test_jobs_are_found_by_size(qtbot: QtBot, jobs: JobList) -> None:
    add(qtbot, jobs, job(1, file_size=10), job(2, file_size=10), job(3, file_size=20), job(4))
    assert {each.job_id for each in jobs.of_sizes([10])} == {"00000001", "00000002"}
    assert {each.job_id for each in jobs.of_sizes([20, None])} == {"00000003", "00000004"}
    jobs.set_columns("00000001", file_size=20)
    jobs.delete(["00000002"], maps=False)
    assert jobs.of_sizes([10]) == []
    assert {each.job_id for each in jobs.of_sizes([20])} == {"00000001", "00000003"}


def test_delete_and_undelete(qtbot: QtBot, jobs: JobList, writer: Writer, paths: Paths) -> None:
    add(qtbot, jobs, job(1), job(2), job(3))
    jobs.transition("00000003", Status.PROCESSING)
    removed: list[list[str]] = []
    jobs.removed.connect(removed.append)
    with qtbot.waitCallback() as done:
        gone = jobs.delete(["00000001", "00000003", "0000000f", "00000001"], maps=True, done=done)
    assert [each.job_id for each in gone] == ["00000001"]
    assert removed == [["00000001"]]
    assert jobs.delete([], maps=True) == []
    agree(qtbot, writer, jobs, paths)
    with qtbot.waitSignal(jobs.added):
        jobs.undelete(["00000001"])
    assert jobs.get("00000001") == gone[0]
    agree(qtbot, writer, jobs, paths)


def test_an_undeleted_job_appears_when_its_files_are_in_place(qtbot: QtBot, jobs: JobList) -> None:
    add(qtbot, jobs, job(1))
    jobs.delete(["00000001"], maps=True)
    with qtbot.waitCallback() as arrange:
        jobs.undelete(["00000001"], arrange)
    assert len(jobs) == 0
    arrange.args[1]()
    assert len(jobs) == 1


def test_many_come_back_page_by_page_and_go_at_once(
    qtbot: QtBot, jobs: JobList, writer: Writer, paths: Paths
) -> None:
    with qtbot.waitCallback() as done:
        jobs.add([job(number) for number in range(1000)], done)
    assert done.args is not None
    assert len(jobs) == len(done.args[0]) == 1000
    before = list(jobs)
    removed: list[list[str]] = []
    jobs.removed.connect(removed.append)
    assert len(jobs.delete([each.job_id for each in before], maps=False)) == 1000
    assert [len(ids) for ids in removed] == [1000]
    added: list[int] = []
    jobs.added.connect(lambda page: added.append(len(page)))
    with qtbot.waitSignal(jobs.settled):
        jobs.undelete([each.job_id for each in before])
    assert sum(added) == 1000
    assert len(added) > 2
    assert list(jobs) == before
    assert not jobs.is_taking
    agree(qtbot, writer, jobs, paths)


def test_what_has_not_come_yet_when_the_list_is_read_anew_is_left_to_that(
    qtbot: QtBot, jobs: JobList, writer: Writer, paths: Paths
) -> None:
    with qtbot.waitCallback() as done:
        jobs.add([job(number) for number in range(1000)], done)
    ids = [each.job_id for each in jobs]
    jobs.delete(ids, maps=False)
    with qtbot.waitSignal(jobs.added):
        jobs.undelete(ids)
    finished: list[int] = []
    jobs.add([job(number) for number in range(2000, 3000)], lambda stored: finished.append(len(stored)))
    writer.submit(lambda store: store.delete(ids, maps=False))
    with qtbot.waitSignal(jobs.loaded):  # the callback of what was added comes first, then that the list is stale
        writer.submit(lambda _: None, lambda _: jobs.reload())
    assert len(jobs) == 1000
    assert finished == [1000]
    agree(qtbot, writer, jobs, paths)


def test_a_row_that_another_program_changed_wins(
    qtbot: QtBot, jobs: JobList, writer: Writer, paths: Paths
) -> None:
    add(qtbot, jobs, job(1), job(2), job(3))
    with qtbot.waitCallback() as done:
        writer.submit(
            lambda store: (
                store.transition("00000001", Status.CANCELLED),
                store.delete(["00000002"], maps=False),
                store.transition("00000003", Status.PROCESSING),
            ),
            done,
        )
    jobs.transition("00000001", Status.PROCESSING)
    jobs.transition("00000002", Status.PROCESSING)
    jobs.delete(["00000003"], maps=False)
    qtbot.waitUntil(lambda: len(jobs) == 2 and "00000003" in jobs)
    settle(qtbot, writer)
    row = jobs.get("00000001")
    assert row is not None
    assert row.status is Status.CANCELLED
    agree(qtbot, writer, jobs, paths)


def test_a_failure_that_no_waiting_cures_is_told(qtbot: QtBot, jobs: JobList) -> None:
    refused: list[DatabaseError] = []
    with qtbot.waitSignal(jobs.failed) as failed:
        jobs.add([job(1, position=1.0, title=b"bytes")], failed=refused.append)
    assert failed.args == refused
    assert len(jobs) == 0
