"""How each fail point is reached: what is there before, and what is asked of the program, round after round."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from performia_desktop.failpoint import NAMES
from performia_desktop.jobs.job import Status
from performia_desktop.jobs.migrations import ORIGINAL_COLUMNS
from tests.crash import inside
from tests.crash.invariants import Disk, read
from tests.crash.place import Place
from tests.crash.program import Launcher

ROUNDS_IN_A_PLACE = 10
"""After so many rounds everything is brought to its end, and a new place is begun."""


def _nothing(launcher: Launcher, place: Place) -> None:
    pass


@dataclass(frozen=True)
class Scenario:
    """A way to a fail point.

    Attributes
    ----------
    step
        Prepares a round and returns the command line that comes to the point.
    begin
        Prepares a place.
    listen
        The point lies in the analysis, so that has to be the real one.
    counts
        The first, second, ... time that the point is reached is meant; the rounds take turns.
    family
        Whether the parent dies with the child; the rounds take turns. Without it a child dies alone.
    damages
        The database is damaged before each round, so only the next start can tell what a kill has left.
    drops_again
        The end is to drop all songs again, which retries what failed; else to go on with what waits.
    """

    step: Callable[[Place, int], list[str]]
    begin: Callable[[Launcher, Place], None] = _nothing
    listen: bool = False
    counts: tuple[int, ...] = (1,)
    family: tuple[bool, ...] = (False,)
    damages: bool = False
    at_once: int = 3
    drops_again: bool = True

    def suffix(self, number: int) -> str:
        count = self.counts[number % len(self.counts)]
        family = self.family[number % len(self.family)]
        return f":{count}" + (":family" if family else "")

    def alone(self, number: int) -> bool:
        """Return whether in this round only a child dies."""
        return self.listen and not self.family[number % len(self.family)]


# --- steps


def _drop_three(place: Place, number: int) -> list[str]:
    return ["analyze", *(place.song() for _ in range(3))]


def _drop_three_slow(place: Place, number: int) -> list[str]:
    return ["analyze", *(place.song("sleep50") for _ in range(3))]


def _drop_bad_ones(place: Place, number: int) -> list[str]:
    return ["analyze", *(place.song("fail-damaged") for _ in range(2))]


def _listen_to_one(place: Place, number: int) -> list[str]:
    return ["analyze", place.song(listen=True)]


def _listen_to_two(place: Place, number: int) -> list[str]:
    return ["analyze", place.song(listen=True), place.song(listen=True)]


def _fill(launcher: Launcher, place: Place) -> None:
    songs = [place.song() for _ in range(ROUNDS_IN_A_PLACE + 2)]
    assert launcher.call(place.paths, inside.seed, songs).wait() == 0


def _fill_and_wait(launcher: Launcher, place: Place) -> None:
    _fill(launcher, place)
    running = launcher.run(
        place.paths,
        "analyze",
        *(place.song() for _ in range(ROUNDS_IN_A_PLACE + 2)),
        fail_point="intake.inserted",
    )
    running.wait()


def _of(verb: str, *statuses: Status) -> Callable[[Place, int], list[str]]:
    def step(place: Place, number: int) -> list[str]:
        job = read(place.paths.database).with_status(*statuses)[number % 3]
        return [verb, job["job_id"]]

    return step


def _clean_up(place: Place, number: int) -> list[str]:
    """Delete the oldest job that is left."""
    oldest = min(job["completed_at"] for job in read(place.paths.database).jobs)
    return ["cleanup", "--days", str(int((time.time() - oldest) / inside.DAY))]


def _back_up(place: Place, number: int) -> list[str]:
    return ["backup", str(place.paths.backups / f"mine-{number}.db")]


def _vacuum(place: Place, number: int) -> list[str]:
    return ["vacuum"]


def _fill_and_back_up(launcher: Launcher, place: Place) -> None:
    _fill(launcher, place)
    assert launcher.run(place.paths, "backup", _backup(place)).wait() == 0


def _backup(place: Place) -> Path:
    return place.folder / "backup.db"


def _restore(place: Place, number: int) -> list[str]:
    return ["restore", str(_backup(place))]


def _damage(place: Place, number: int) -> list[str]:
    """Make it no database any more, by its first bytes; every row can still be read by those who look for them."""
    with place.paths.database.open("r+b") as file:
        file.write(bytes(16))
    return ["analyze"]


def _become_original(place: Place, number: int) -> list[str]:
    """Put a database of the original service in the place of ours, with a new song waiting in it."""
    was = read(place.paths.database) if place.paths.database.exists() else Disk()
    rows = [[job[name] for name in ORIGINAL_COLUMNS] for job in was.jobs]
    song = place.song()
    rows.append([f"{0xE0000000 + len(rows):08x}", "pending", 1_700_000_000.0, None, None, 0.0, None, None, song])
    for side in ("", "-wal", "-shm", "-journal"):
        Path(f"{place.paths.database}{side}").unlink(missing_ok=True)
    connection = sqlite3.connect(place.paths.database)
    connection.execute(
        "CREATE TABLE jobs (job_id TEXT PRIMARY KEY, status TEXT NOT NULL, created_at REAL NOT NULL, "
        "started_at REAL, completed_at REAL, progress REAL DEFAULT 0.0, error_message TEXT, song_map_path TEXT, "
        "input_file TEXT)"
    )
    connection.executemany("INSERT INTO jobs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.commit()
    connection.close()
    return ["analyze"]


# --- points

_STATUS_POINTS = {
    Status.PENDING: Scenario(_of("retry", Status.COMPLETE), _fill),
    Status.PROCESSING: Scenario(_drop_three, counts=(1, 2, 3)),
    Status.COMPLETE: Scenario(_drop_three, counts=(1, 2, 3)),
    Status.ERROR: Scenario(_drop_bad_ones, counts=(1, 2)),
    Status.CANCELLED: Scenario(_of("cancel", Status.PENDING), _fill_and_wait),
}

SCENARIOS: dict[str, Scenario] = {
    "intake.inserted": Scenario(_drop_three),
    "child.started": Scenario(_drop_three_slow, counts=(1, 2, 3)),
    "checkpoint.before-rename": Scenario(
        _listen_to_one, listen=True, counts=(1, 4, 9), family=(True, False, True, True)
    ),
    "checkpoint.after-rename": Scenario(
        _listen_to_one, listen=True, counts=(2, 5, 8), family=(True, False, True, True)
    ),
    "child.checkpoint": Scenario(
        _listen_to_one, listen=True, counts=(1, 3, 9, 2, 4, 5, 6, 7, 8), family=(True, False, True, True)
    ),
    "map.before-rename": Scenario(
        _listen_to_two, listen=True, counts=(1, 2), family=(True, True, False, False), at_once=1
    ),
    "map.after-rename": Scenario(
        _listen_to_two, listen=True, counts=(1, 2), family=(True, True, False, False), at_once=1
    ),
    **{
        f"{status}.{side}-commit": scenario
        for status, scenario in _STATUS_POINTS.items()
        for side in ("before", "after")
    },
    **dict.fromkeys(
        (name for name in NAMES if name.startswith("delete.")),
        Scenario(_of("delete", Status.COMPLETE), _fill, drops_again=False),
    ),
    **dict.fromkeys(
        (name for name in NAMES if name.startswith("cleanup.")), Scenario(_clean_up, _fill, drops_again=False)
    ),
    **dict.fromkeys((name for name in NAMES if name.startswith("backup.")), Scenario(_back_up, _fill)),
    **dict.fromkeys((name for name in NAMES if name.startswith("vacuum.")), Scenario(_vacuum, _fill)),
    **dict.fromkeys((name for name in NAMES if name.startswith("migration.")), Scenario(_become_original)),
    "migration.before-step": Scenario(_become_original, counts=(1, 2)),
    **dict.fromkeys(
        (name for name in NAMES if name.startswith("restore.")),
        Scenario(_restore, _fill_and_back_up, drops_again=False),
    ),
    **dict.fromkeys(
        (name for name in NAMES if name.startswith("salvage.")), Scenario(_damage, _fill, damages=True)
    ),
}
