"""The commands that change jobs, with nothing else running and beside a running program."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.store import Store
from performia_desktop.paths import Paths
from tests.cli.conftest import Run


def statuses(paths: Paths) -> dict[str, str]:
    store = Store.open(paths, read_only=True)
    try:
        return {job.job_id[-1]: job.status.value for job in store.list()}
    finally:
        store.close()


def test_retry_puts_finished_jobs_at_the_end_of_the_queue(run: Run, jobs: list[Job], paths: Paths) -> None:
    result = run("retry", "0000000d", "0000000c", "0000000d")
    assert (result.status, result.err) == (0, "")
    assert result.out == "Job 0000000d waits again.\nJob 0000000c waits again.\n"
    store = Store.open(paths, read_only=True)
    again = store.get("0000000d")
    order = [job.job_id for page in store.pages() for job in page]
    store.close()
    assert again is not None
    assert (again.status, again.progress, again.error_message, again.error_code) == (
        Status.PENDING,
        0.0,
        None,
        None,
    )
    assert order[-2:] == ["0000000d", "0000000c"]


def test_what_cannot_be_done_is_told_and_the_rest_is_done(run: Run, jobs: list[Job], paths: Paths) -> None:
    result = run("cancel", "0000000a", "0000000c")
    assert result.status == 1
    assert result.out == "Job 0000000a cancelled.\n"
    assert result.err == "Job 0000000c is complete already, so there was nothing to cancel.\n"
    assert statuses(paths)["a"] == "cancelled"
    result = run("retry", "0000000b")  # was processing when its program ended, so it waits
    assert result.status == 1
    assert "so it was not queued again" in result.err


def test_one_unknown_job_and_nothing_is_done(run: Run, jobs: list[Job], paths: Paths) -> None:
    before = statuses(paths)
    result = run("delete", "0000000c", "12345678")
    assert (result.status, result.out) == (2, "")
    assert statuses(paths) == before


def test_delete_takes_the_map_and_never_the_audio(run: Run, jobs: list[Job], paths: Paths, tmp_path: Path) -> None:
    audio = tmp_path / "song.wav"
    audio.write_bytes(b"the audio")
    store = Store.open(paths)
    store.set_columns("0000000c", input_file=str(audio))
    store.close()
    result = run("delete", "0000000c", "--json")
    assert result.json == {"message": "Job 0000000c deleted", "job_id": "0000000c"}
    assert "c" not in statuses(paths)
    assert not paths.song_map("0000000c").exists()
    assert (paths.bin / "0000000c.json").exists()
    assert audio.read_bytes() == b"the audio"


def test_several_at_once_as_json(run: Run, jobs: list[Job], paths: Paths) -> None:
    result = run("delete", "--json", "0000000d", "0000000e")
    assert result.json == {
        "count": 2,
        "jobs": [
            {"message": "Job 0000000d deleted", "job_id": "0000000d"},
            {"message": "Job 0000000e deleted", "job_id": "0000000e"},
        ],
    }


def test_a_job_left_running_by_a_killed_program_can_be_deleted(run: Run, jobs: list[Job], paths: Paths) -> None:
    assert run("delete", "0000000b").status == 0
    assert "b" not in statuses(paths)


def test_cleanup_takes_old_finished_jobs_only(run: Run, jobs: list[Job], paths: Paths) -> None:
    result = run("cleanup", "--days", "30", "--dry-run", "--json")
    assert result.json["message"] == "Would clean up 3 jobs older than 30 days"
    assert len(statuses(paths)) == 5
    result = run("cleanup", "--days", "30", "--json")
    assert result.status == 0
    assert [*result.json][:3] == ["message", "deleted_count", "retention_days"]
    assert result.json["message"] == "Cleaned up 3 jobs older than 30 days"
    assert (result.json["deleted_count"], result.json["retention_days"]) == (3, 30)
    assert statuses(paths).keys() == {"a", "b"}
    assert run("cleanup", "--days", "30").out == "Cleaned up 0 jobs older than 30 days.\n"


def test_cleanup_where_nothing_is(run: Run, data_dir: Path) -> None:
    assert run("cleanup", "--days", "1", "--json").json["deleted_count"] == 0
    assert not data_dir.exists()


def test_a_running_program_is_asked(running: subprocess.Popen[str], run: Run) -> None:
    assert running.stdout is not None
    result = run("delete", "0000000e", "0000000c", "--json")
    assert result.json["count"] == 2
    assert json.loads(running.stdout.readline()) == {"do": "delete", "jobs": ["0000000e", "0000000c"]}
    result = run("cleanup", "--days", "1")
    assert result.out == "Cleaned up 1 job older than 1 day.\n"
    assert json.loads(running.stdout.readline()) == {"do": "cleanup", "days": 1}
