"""The commands that read: what they print, and that they change nothing."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest

from performia_desktop.cli import look
from performia_desktop.jobs.job import Job
from performia_desktop.jobs.store import Store
from performia_desktop.paths import Paths
from tests.cli.conftest import Run

ORIGINAL_TABLE = """CREATE TABLE jobs (
    job_id TEXT PRIMARY KEY, status TEXT NOT NULL, created_at REAL NOT NULL, started_at REAL, completed_at REAL,
    progress REAL DEFAULT 0.0, error_message TEXT, song_map_path TEXT, input_file TEXT)"""


def test_jobs_as_json_newest_first(run: Run, jobs: list[Job]) -> None:
    result = run("jobs", "--json")
    assert (result.status, result.err) == (0, "")
    assert result.json["count"] == 5
    assert [job["job_id"] for job in result.json["jobs"]] == [f"0000000{c}" for c in "edcba"]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--status", "error"], "d"),
        (["--status", "error", "--status", "complete"], "dc"),
        (["--search", "águA"], "c"),
        (["--search", "bossa"], "c"),
        (["--search", "EXAMPLES"], "c"),
        (["--since", "2025-03-03", "--until", "2025-03-04"], "dc"),
        (["--until", "2025-03-01"], "a"),
        (["--status", "pending", "--since", "2025-03-02"], ""),
    ],
)
def test_jobs_can_be_narrowed_down(run: Run, jobs: list[Job], options: list[str], found: str) -> None:
    result = run("jobs", "--json", *options)
    assert [job["job_id"][-1] for job in result.json["jobs"]] == list(found)
    assert result.json["count"] == len(found)


def test_jobs_as_a_table(run: Run, jobs: list[Job]) -> None:
    lines = run("jobs").out.splitlines()
    assert lines[0].split() == ["JOB", "STATUS", "ADDED", "LENGTH", "BPM", "KEY", "SONG"]
    assert lines[3].split()[:2] == ["0000000c", "complete"]
    assert "3:42" in lines[3]
    assert "E♭ major" in lines[3]
    assert lines[3].endswith("The Examples - Água de Março")
    assert "processing 25%" in lines[4]


def test_before_the_first_job_nothing_is_there_and_nothing_is_made(run: Run, data_dir: Path) -> None:
    assert run("jobs", "--json").json == {"count": 0, "jobs": []}
    assert run("jobs").err == "There are no jobs yet.\n"
    assert run("health", "--json").json["jobs_count"] == 0
    assert run("check").status == 0
    assert run("status", "0000000a").status == 2
    assert not data_dir.exists()


def test_status_has_the_shape_of_the_original(run: Run, jobs: list[Job]) -> None:
    shape = run("status", "0000000c", "--json").json
    assert [*shape][:9] == [
        "job_id",
        "status",
        "progress",
        "elapsed",
        "estimated_remaining",
        "error_message",
        "created_at",
        "started_at",
        "completed_at",
    ]
    assert (shape["status"], shape["progress"], shape["elapsed"], shape["estimated_remaining"]) == (
        "complete",
        1.0,
        10.5,
        0.0,
    )
    assert shape["input_file"] == "/songs/Bossa.mp3"


def test_the_time_left_is_what_the_running_program_says(
    run: Run, jobs: list[Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The job began years ago by the clock; its progress says nothing of how long it will take."""
    assert run("status", "0000000b", "--json").json["estimated_remaining"] is None
    assert "Time left" not in run("status", "0000000b").out
    asked = []

    def answer(_: Path, request: dict[str, object], __: int) -> dict[str, object]:
        asked.append(request)
        return {"ok": True, "times": {"0000000b": [10.0, 95.5]}}

    monkeypatch.setattr(look, "send", answer)
    shape = run("status", "0000000b", "--json").json
    assert (shape["elapsed"], shape["estimated_remaining"]) == (10.0, 95.5)
    assert "Time left" in run("status", "0000000b").out
    lines = {job["job_id"]: job["estimated_remaining"] for job in run("jobs", "--json").json["jobs"]}
    assert (lines["0000000a"], lines["0000000b"], lines["0000000c"]) == (None, 95.5, 0.0)
    assert asked == [{"do": "times", "jobs": ["0000000b"]}] * 3
    asked.clear()
    run("status", "0000000c", "--json")
    assert asked == []


def test_status_for_people_shows_the_problem(run: Run, jobs: list[Job]) -> None:
    text = run("status", "0000000d").out
    assert "Failed (error)" in text
    assert "This is no audio file. Convert it, then retry." in text
    assert "Time left" not in text


@pytest.mark.parametrize("command", ["status", "songmap", "retry", "cancel", "delete"])
def test_a_job_that_is_not_there_is_a_sentence(run: Run, jobs: list[Job], command: str) -> None:
    result = run(command, "ffffffff")
    assert (result.status, result.out) == (2, "")
    assert result.err == "There is no job ffffffff. `performia-desktop jobs` lists them.\n"


def test_songmap_is_the_map_and_nothing_else(run: Run, jobs: list[Job], paths: Paths) -> None:
    result = run("songmap", "0000000c")
    assert (result.status, result.err) == (0, "")
    assert result.json == json.loads(paths.song_map("0000000c").read_text())


def test_songmap_of_a_job_without_one_says_why(run: Run, jobs: list[Job], paths: Paths) -> None:
    result = run("songmap", "0000000d")
    assert (result.status, result.out) == (1, "")
    assert "it is error: This is no audio file" in result.err
    paths.song_map("0000000c").unlink()
    result = run("songmap", "0000000c")
    assert (result.status, result.out) == (1, "")
    assert "performia-desktop retry 0000000c" in result.err


def test_health(run: Run, jobs: list[Job], paths: Paths) -> None:
    report = run("health", "--json").json
    assert [*report][:3] == ["status", "jobs_count", "database"]
    assert (report["status"], report["jobs_count"], report["database"]) == ("healthy", 5, str(paths.database))
    assert report["jobs"]["complete"] == 1
    assert report["database_bytes"] > 4096
    text = run("health").out
    assert "5 (1 pending, 1 processing, 1 complete, 1 error, 1 cancelled)" in text


def test_the_database_can_lie_elsewhere(run: Run, jobs: list[Job], paths: Paths, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere.db"
    store = Store.open(paths)
    store.backup(other)
    store.delete(["0000000a", "0000000c"], maps=False)
    store.close()
    assert run("jobs", "--json").json["count"] == 3
    assert run("jobs", "--json", "--db", other).json["count"] == 5


def test_the_environment_can_name_the_database(
    run: Run, jobs: list[Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DB_PATH", str(tmp_path / "none.db"))
    assert run("health", "--json").json["database"] == str(tmp_path / "none.db")


def test_a_text_file_in_its_place_is_refused_and_untouched(run: Run, paths: Paths) -> None:
    paths.database.write_text("these are my notes")
    for command in (["jobs"], ["check"], ["health"], ["vacuum"], ["cleanup", "--days", "1"]):
        result = run(*command)
        assert result.status == 3
        assert "is not a job database" in result.err
    assert run("health", "--json").json["status"] == "unhealthy"
    assert paths.database.read_text() == "these are my notes"


def test_a_newer_database_is_refused_and_untouched(run: Run, jobs: list[Job], paths: Paths) -> None:
    with sqlite3.connect(paths.database) as database:
        database.execute("PRAGMA user_version = 999")
    database.close()
    before = hashlib.sha256(paths.database.read_bytes()).digest()
    result = run("jobs")
    assert (result.status, result.out) == (3, "")
    assert "newer version" in result.err
    assert hashlib.sha256(paths.database.read_bytes()).digest() == before


def test_the_original_services_database_is_read(run: Run, paths: Paths) -> None:
    with sqlite3.connect(paths.database) as database:
        database.execute(ORIGINAL_TABLE)
        database.execute(
            "INSERT INTO jobs VALUES ('a1b2c3d4', 'error', 1759220000.5, 1759220001.0, 1759220002.0, 0.4, "
            "'Traceback (most recent call last): boom', NULL, '/srv/uploads/a1b2c3d4.wav')"
        )
    database.close()
    shape = run("status", "a1b2c3d4", "--json").json
    assert (shape["status"], shape["progress"], shape["elapsed"]) == ("error", 0.4, 1.0)


def test_reading_changes_nothing(run: Run, jobs: list[Job], paths: Paths) -> None:
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in paths.data_dir.rglob("*.db")}
    for command in (["jobs"], ["status", "0000000b"], ["songmap", "0000000c"], ["health"], ["check"]):
        assert run(*command).status == 0
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in before} == before


def test_a_place_that_cannot_hold_a_database_is_a_sentence(run: Run, paths: Paths) -> None:
    paths.database.mkdir()
    for command in (["jobs"], ["health"], ["check"]):
        result = run(*command)
        assert result.status == 3
        assert "cannot be opened" in result.err
