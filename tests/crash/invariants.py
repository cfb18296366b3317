"""What must hold after a crash, and after the start that follows it.

The database is looked at as a copy: opening the one that the crash has left would repair it, and the next start has
to find it as it was left.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from performia_desktop.paths import Paths
from performia_desktop.protocol import STAGES
from performia_desktop.songmap import file as songmap_file
from performia_desktop.songmap.schema import InvalidSongMap

_SIDES = ("", "-wal", "-journal")  # never -shm: it is made anew from the log, as after a power cut
_KNOWN = {"jobs.db", "settings.ini", "maps", "bin", "checkpoints", "backups", "logs", "waveforms"}
_SET_ASIDE = re.compile(r"jobs-set-aside-\d{4}-\d\d-\d\d-\d{6}(-\d+)?\.db")
_TEMPORARY = re.compile(r"\..*|.*\.tmp|.*-journal")
_PROBE = re.compile(r"[a-z0-9_]{8}")  # Python's own, when it looks whether it can write temporary files
_FAKE_CHECKPOINT = re.compile(r"\d\d-[a-z]+")


@dataclass
class Disk:
    """The rows of a database as the next start would read them."""

    version: int = 0
    jobs: list[dict[str, Any]] = field(default_factory=list)
    bin: list[dict[str, Any]] = field(default_factory=list)

    def with_status(self, *statuses: str) -> list[dict[str, Any]]:
        return [job for job in self.jobs if job["status"] in statuses]


def read(database: Path) -> Disk:
    """Return what is in a database, checked for integrity; nothing is written anywhere near it."""
    with tempfile.TemporaryDirectory(prefix="crash-") as folder:
        copy = Path(folder) / "copy.db"
        for side in _SIDES:
            source = database.with_name(database.name + side)
            if source.exists():
                shutil.copyfile(source, copy.with_name(copy.name + side))
        connection = sqlite3.connect(copy)
        connection.row_factory = sqlite3.Row
        try:
            answer = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            assert answer == ["ok"], answer
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if not version:
                return Disk(version, _rows(connection, "SELECT * FROM jobs") if _has_jobs(connection) else [])
            return _settled(version, connection)
        finally:
            connection.close()


def _settled(version: int, connection: sqlite3.Connection) -> Disk:
    """Read the rows; what it was decided to delete counts as deleted."""
    swept = {row[0] for row in connection.execute("SELECT value FROM swept, json_each(swept.ids)")}
    jobs = _rows(connection, "SELECT * FROM jobs ORDER BY position, rowid")
    gone = [job for job in jobs if job["job_id"] in swept]
    return Disk(
        version,
        [job for job in jobs if job["job_id"] not in swept],
        [*_rows(connection, "SELECT * FROM bin"), *gone],
    )


def _has_jobs(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'jobs'").fetchone() is not None


def _rows(connection: sqlite3.Connection, sql: str) -> list[dict[str, Any]]:
    return [_as_shown(dict(row)) for row in connection.execute(sql)]


def _as_shown(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row as the program shows it: a cancelled job is stored as what the original service takes it for."""
    if (row["status"], row["error_message"], row.get("error_code")) != ("error", "Cancelled", "cancelled"):
        return row
    return {**row, "status": "cancelled", "error_message": None, "error_code": None}


def check_crashed(paths: Paths, songs: Iterable[str], *, listened: bool = False) -> Disk:
    """Check what a crash has left, before anything looks at it: every song there once, maps whole or absent.

    `listened`: the analysis was the real one, whose stages weigh what its pipeline says.
    """
    disk = read(paths.database)
    check_songs([*disk.jobs, *disk.bin], songs)
    for job in disk.jobs:
        if job["status"] == "complete":
            check_map(paths, job)
        elif job["status"] == "processing" and not _failed_uncommitted(paths, job):
            limit = supported(paths, job["job_id"], listened=listened)
            assert job["progress"] <= limit, (job, limit)
    check_maps_are_whole(paths)
    return disk


def check_started(paths: Paths, songs: Iterable[str], jobs: list[dict[str, Any]]) -> Disk:
    """Check a start after a crash that has not run any job yet; `jobs` is what it showed."""
    disk = read(paths.database)
    by_id = {job["job_id"]: job for job in disk.jobs}
    assert by_id.keys() == {job["job_id"] for job in jobs}
    for job in jobs:
        row = by_id[job["job_id"]]
        assert {name: row[name] for name in job} == job
        assert job["status"] != "processing", job
        if job["status"] == "pending":
            assert (job["progress"], job["stage"]) == (0.0, None), job
        if job["status"] == "complete":
            check_map(paths, job)
    check_songs([*disk.jobs, *disk.bin], songs)
    check_maps_are_whole(paths)
    check_tidy(paths, disk, running=True)
    return disk


def check_finished(paths: Paths, songs: Iterable[str]) -> Disk:
    """Check the end: everything complete but what cannot be read, nothing left that is of use to nobody."""
    disk = read(paths.database)
    check_songs([*disk.jobs, *disk.bin], songs)
    for job in disk.jobs:
        if ".fail-" in job["input_file"]:
            assert (job["status"], job["song_map_path"]) == ("error", None), job
            assert job["error_message"], job
            continue
        assert job["status"] == "complete", job
        assert (job["progress"], job["stage"], job["error_message"]) == (1.0, None, None), job
        check_map(paths, job)
    check_maps_are_whole(paths)
    check_tidy(paths, disk)
    return disk


def check_songs(rows: list[dict[str, Any]], songs: Iterable[str]) -> None:
    there = Counter(row["input_file"] for row in rows)
    wanted = Counter(songs)
    assert there == wanted, {"lost": wanted - there, "too many": there - wanted}
    ids = Counter(row["job_id"] for row in rows)
    assert all(number == 1 for number in ids.values()), ids


def check_map(paths: Paths, job: dict[str, Any]) -> None:
    assert job["song_map_path"] == str(paths.song_map(job["job_id"]))
    assert songmap_file.read(Path(job["song_map_path"])).id == job["job_id"]


def check_maps_are_whole(paths: Paths) -> None:
    for folder in (paths.maps, paths.bin):
        for file in folder.glob("[!.]*") if folder.is_dir() else ():
            try:
                song_map = songmap_file.read(file)
            except InvalidSongMap as error:
                raise AssertionError(f"{file} is no whole map: {error}") from error
            assert file.name == f"{song_map.id}.json", file


def check_tidy(paths: Paths, disk: Disk, *, running: bool = False) -> None:
    """Check that no temporary file is anywhere, and maps and checkpoints only where a job has use for them.

    `running`: what says that somebody holds the place (lock, socket) may be there.
    """
    unfinished = {job["job_id"] for job in disk.with_status("pending", "processing")}
    for path in paths.data_dir.rglob("*"):
        place = path.relative_to(paths.data_dir).parts
        resumable = place[0] == "checkpoints" and len(place) > 1 and place[1] in unfinished
        assert resumable or not _TEMPORARY.fullmatch(path.name), path
    top = {path.name for path in paths.data_dir.iterdir()}
    extra = {name for name in top - _KNOWN if not _SET_ASIDE.match(name)}
    assert not extra - ({"lock"} if running else set()), extra
    kept = {path.name for path in paths.checkpoints.iterdir()}
    assert kept <= unfinished, {"checkpoints that nobody needs": kept - unfinished}
    listed, deleted = ({job["job_id"] for job in jobs} for jobs in (disk.jobs, disk.bin))
    shown, binned = ({file.stem for file in folder.iterdir()} for folder in (paths.maps, paths.bin))
    assert shown <= listed, {"maps of jobs that are gone": shown - listed}
    assert binned <= deleted, {"maps in the bin of jobs that are not": binned - deleted}
    left = [file for file in (paths.data_dir.parent / "tmp").iterdir() if not _PROBE.fullmatch(file.name)]
    assert running or not left, left


def _failed_uncommitted(paths: Paths, job: dict[str, Any]) -> bool:
    """Return whether a bad file was found out and its checkpoints are gone, but the row did not get to say so."""
    return "fail-" in job["input_file"] and not (paths.checkpoints / job["job_id"]).exists()


def supported(paths: Paths, job_id: str, *, listened: bool) -> float:
    """Return the progress that a running job may show at most: its finished stages and all of the next."""
    if paths.song_map(job_id).exists():
        return 1.0
    folder = paths.checkpoints / job_id
    names = {file.name for file in folder.iterdir() if not file.name.startswith(".")} if folder.is_dir() else set()
    if not listened:
        assert all(_FAKE_CHECKPOINT.fullmatch(name) for name in names), names
        return (len(names) + 1) / len(STAGES)
    from performia_desktop.analysis.progress import WEIGHTS

    finished = {name.rpartition("-")[0] for name in names}
    reached = WEIGHTS["decode"]
    for stage in STAGES[1:]:
        reached += WEIGHTS[stage]
        if stage not in finished:
            break
    return reached + 1e-4
