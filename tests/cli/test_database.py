"""The commands for the database as a whole."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from pathlib import Path

from performia_desktop.jobs.job import Job
from performia_desktop.paths import Paths
from tests.cli.conftest import Run


def ids(run: Run) -> set[str]:
    return {job["job_id"] for job in run("jobs", "--json").json["jobs"]}


def test_check_is_sound_or_names_the_damage(run: Run, jobs: list[Job], paths: Paths) -> None:
    assert run("check").out == "The job database is sound (5 jobs).\n"
    with sqlite3.connect(paths.database) as database:
        database.execute("PRAGMA writable_schema=ON")
        database.execute("UPDATE sqlite_master SET sql = sql WHERE name = 'jobs_by_age'")
        page = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'jobs_by_age'").fetchone()[0]
    database.close()
    with paths.database.open("r+b") as file:
        file.seek((page - 1) * 4096 + 8)
        file.write(b"\xff" * 64)
    result = run("check")
    assert result.status == 3
    assert result.out != "" or "damaged" in result.err
    assert "Start the window" in result.err


def test_backup_writes_a_whole_database(run: Run, jobs: list[Job], tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    result = run("backup", target)
    assert (result.status, result.out) == (0, f"{target}\n")
    with sqlite3.connect(target) as database:
        assert database.execute("SELECT count(*) FROM jobs").fetchone() == (5,)
    database.close()
    again = run("backup", target)
    assert (again.status, again.out) == (2, "")
    assert "is there already" in again.err


def test_backup_into_a_folder_names_the_file_by_date(run: Run, jobs: list[Job], tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    result = run("backup", tmp_path / "copies")
    [file] = (tmp_path / "copies").iterdir()
    assert file.name.startswith("jobs-20")
    assert result.out == f"{file}\n"


def test_backup_of_nothing_or_to_nowhere_is_a_sentence(run: Run, tmp_path: Path) -> None:
    assert "nothing to copy" in run("backup", tmp_path / "copy.db").err
    assert "There is no folder" in run("backup", tmp_path / "no" / "copy.db").err
    assert not (tmp_path / "copy.db").exists()


def test_vacuum_says_what_it_freed(run: Run, jobs: list[Job], paths: Paths) -> None:
    result = run("vacuum")
    assert (result.status, result.err) == (0, "")
    assert "less than before" in result.out
    assert len(ids(run)) == 5


def test_vacuum_where_nothing_is(run: Run, data_dir: Path) -> None:
    assert run("vacuum").status == 2
    assert not data_dir.exists()


def test_restore_brings_back_what_was_and_keeps_what_is(
    run: Run, jobs: list[Job], paths: Paths, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.db"
    run("backup", backup)
    run("delete", "0000000c", "0000000d")
    assert not paths.song_map("0000000c").exists()
    result = run("restore", backup)
    assert (result.status, result.err) == (0, "")
    assert "there are 5 jobs now" in result.out
    assert ids(run) == {job.job_id for job in jobs}
    assert run("songmap", "0000000c").status == 0
    before = Path(result.out.splitlines()[-1].rpartition(" kept in ")[2])
    assert before.parent == paths.backups
    assert run("restore", before).status == 0
    assert ids(run) == {"0000000a", "0000000b", "0000000e"}
    assert not paths.song_map("0000000c").exists()
    assert run("check").status == 0


def test_restore_into_a_new_place(run: Run, jobs: list[Job], paths: Paths, tmp_path: Path) -> None:
    run("backup", tmp_path / "backup.db")
    assert run("restore", tmp_path / "backup.db", "--data-dir", tmp_path / "new").status == 0
    found = run("jobs", "--json", "--data-dir", tmp_path / "new").json["jobs"]
    assert {job["job_id"] for job in found} == {job.job_id for job in jobs}


def test_restore_over_a_damaged_database_keeps_that_aside(
    run: Run, jobs: list[Job], paths: Paths, tmp_path: Path
) -> None:
    run("backup", tmp_path / "backup.db")
    paths.database.write_bytes(b"no database any more" * 1000)
    result = run("restore", tmp_path / "backup.db")
    assert result.status == 0
    [aside] = paths.data_dir.glob("jobs-set-aside-*.db")
    assert str(aside) in result.err
    assert aside.read_bytes() == b"no database any more" * 1000
    assert ids(run) == {job.job_id for job in jobs}


def test_what_is_no_backup_is_refused(run: Run, jobs: list[Job], paths: Paths, tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("notes")
    with sqlite3.connect(tmp_path / "newer.db") as newer:
        newer.execute("CREATE TABLE jobs (job_id TEXT)")
        newer.execute("PRAGMA user_version = 999")
    newer.close()
    for name, words in (
        ("none.db", "There is no backup"),
        ("notes.db", "is not a backup"),
        ("newer.db", "newer version"),
    ):
        result = run("restore", tmp_path / name)
        assert (result.status, result.out) == (1, "")
        assert words in result.err
    assert ids(run) == {job.job_id for job in jobs}


def test_a_running_program_restores_and_vacuums(
    running: subprocess.Popen[str], run: Run, jobs: list[Job], tmp_path: Path
) -> None:
    assert running.stdout is not None
    backup = tmp_path / "backup.db"
    assert run("backup", backup).status == 0
    run("delete", "0000000c")
    assert json.loads(running.stdout.readline())["do"] == "delete"
    result = run("restore", backup)
    assert (result.status, result.err) == (0, "")
    assert json.loads(running.stdout.readline()) == {"do": "restore", "path": str(backup)}
    assert running.stdout.readline() == "ready\n"
    assert ids(run) == {job.job_id for job in jobs}
    (tmp_path / "notes.db").write_text("notes")
    assert "is not a backup" in run("restore", tmp_path / "notes.db").err
    assert json.loads(running.stdout.readline())["do"] == "restore"
    assert "less than before" in run("vacuum").out
    assert json.loads(running.stdout.readline()) == {"do": "vacuum"}
