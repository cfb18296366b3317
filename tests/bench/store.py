"""The store beside the original service's JobManager, operation by operation, on the same disk in one run.

Both sides commit to the same durability (`OriginalJobManager` says how), hold jobs with the same content, and take
turns, so that a slow moment of the disk meets both: the median counts. A job is deleted when that is durable; moving
its row is left for afterwards, and measured too. Lists are of all jobs in a database of that many; they need no disk
but only the processor, whose best time counts.
"""

from __future__ import annotations

import secrets
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.store import Store
from performia_desktop.paths import Paths
from tests.jobs.original_service import OriginalJobManager, OriginalStatus

Row = dict[str, Any]

_DAY = 86400.0


def finished_jobs(number: int, *, age_days: float = 0.0) -> list[Job]:
    """Return finished jobs as a library of songs makes them, a second apart, oldest first."""
    start = time.time() - age_days * _DAY - number
    return [
        Job(
            secrets.token_hex(4),
            Status.COMPLETE,
            created_at=start + n,
            started_at=start + n + 0.25,
            completed_at=start + n + 0.75,
            progress=1.0,
            song_map_path=f"/home/someone/.local/share/Performia Desktop/maps/{n:08x}.json",
            input_file=f"/home/someone/Music/Some Artist/An Album (1997)/{n:05d} A Song.flac",
        )
        for n in range(number)
    ]


def _row(
    name: str,
    goal: float | None,
    ours: list[float],
    original: list[float],
    note: str = "",
    typical: Callable[[list[float]], float] = statistics.median,
) -> Row:
    """Return a row from the times in seconds; `goal` is how many times as fast ours has to be."""
    mine, theirs = typical(ours) * 1000, typical(original) * 1000
    return {
        "area": "store",
        "what": name,
        "ours_ms": round(mine, 3),
        "original_ms": round(theirs, 3),
        "ratio": round(theirs / mine, 2),
        "goal": "" if goal is None else f">= {goal:g}",
        "ok": goal is None or theirs / mine >= goal,
        "note": note,
    }


def _seconds(operation: Callable[[], object]) -> float:
    start = time.perf_counter()
    operation()
    return time.perf_counter() - start


def _pair(
    name: str,
    goal: float,
    ours: Callable[[int], object],
    other: Callable[[int], object],
    rounds: int,
    typical: Callable[[list[float]], float] = statistics.median,
) -> Row:
    """Time both sides in turns."""
    times = [(_seconds(lambda n=n: ours(n)), _seconds(lambda n=n: other(n))) for n in range(rounds)]  # type: ignore[misc]
    return _row(name, goal, [mine for mine, _ in times], [theirs for _, theirs in times], typical=typical)


def _single_operations(folder: Path, rounds: int) -> list[Row]:
    store, original = _open(folder, finished_jobs(1000))
    mine: list[str] = []
    theirs: list[str] = []

    def create(_: int) -> None:
        job = Job(secrets.token_hex(4), Status.PENDING, time.time(), input_file="/a/b.mp3")
        mine.append(store.insert([job])[0].job_id)

    rows = [
        _pair("create", 3, create, lambda _: theirs.append(original.create("/a/b.mp3").job_id), rounds),
        _pair("read", 3, lambda n: store.get(mine[n]), lambda n: original.read(theirs[n]), rounds),
        _pair(
            "update",
            3,
            lambda n: store.transition(mine[n], Status.PROCESSING, started_at=time.time()),
            lambda n: original.update(theirs[n], OriginalStatus.PROCESSING, 0.0),
            rounds,
        ),
        _pair(
            "progress",
            3,
            lambda n: store.progress(mine[0], n / rounds, "beat"),
            lambda n: original.update(theirs[0], OriginalStatus.PROCESSING, n / rounds),
            rounds,
        )
        | {"note": "ours: not durable alone"},
    ]
    for job_id in mine:
        store.transition(job_id, Status.CANCELLED)  # a running job cannot be deleted
    durable, moved, gone = [], [], []
    for mine_id, their_id in zip(mine, theirs, strict=True):
        durable.append(_seconds(lambda: store.delete([mine_id], maps=True)))  # noqa: B023
        moved.append(durable[-1] + _seconds(store.settle))
        gone.append(_seconds(lambda: original.delete(their_id)))  # noqa: B023
    rows.append(_row("delete", 3, durable, gone, "ours: until it is durable"))
    rows.append(_row("delete, row moved", None, moved, gone, "ours: into the bin"))
    store.close()
    return rows


def _cleanup(folder: Path, rounds: int) -> list[Row]:
    """Time the clean-up until it is durable, and with the moving of the rows that it leaves for afterwards."""
    store, original = _open(folder, finished_jobs(1000))
    durable, moved, theirs = [], [], []
    for _ in range(rounds):
        original.fill(store.insert(finished_jobs(1000, age_days=40)))
        durable.append(_seconds(lambda: store.cleanup(30)))
        moved.append(durable[-1] + _seconds(store.settle))
        theirs.append(_seconds(lambda: original.cleanup(30)))
        store.expire_bin(time.time() + 1)
    store.close()
    return [
        _row("cleanup of 1,000", 3, durable, theirs, "ours: until it is durable"),
        _row("cleanup of 1,000, rows moved", None, moved, theirs, "ours: into the bin"),
    ]


def _lists(folder: Path, sizes: dict[int, int]) -> list[Row]:
    rows = []
    for number, rounds in sizes.items():
        store, original = _open(folder, finished_jobs(number))
        row = _pair(f"list {number:,}", 1, lambda _: store.list(), lambda _: original.list(), rounds, min)  # noqa: B023
        rows.append(row)
        store.close()
    return rows


def _pages(folder: Path) -> list[Row]:
    store, original = _open(folder, finished_jobs(100_000))

    def in_pages(_: int) -> list[Job]:
        return [job for page in store.pages() for job in page]

    row = _pair("list 100,000, in pages", 1, in_pages, lambda _: original.list(), 7, min)
    store.close()
    return [row]


def _open(folder: Path, jobs: list[Job]) -> tuple[Store, OriginalJobManager]:
    name = secrets.token_hex(4)
    store = Store.open(Paths.of(folder / name, folder / f"ours-{name}.db"))
    original = OriginalJobManager(folder / f"original-{name}.db")
    original.fill(store.insert(jobs))  # ids that are taken were exchanged
    return store, original


def run(quick: bool) -> list[Row]:
    """Measure and return the rows of the table; `quick` takes some seconds and leaves out the 100,000 jobs."""
    application = QCoreApplication.instance() or QCoreApplication([])
    with tempfile.TemporaryDirectory(prefix="performia-bench-") as name:
        folder = Path(name)
        rows = _single_operations(folder, 60 if quick else 400)
        rows += _cleanup(folder, 5 if quick else 20)
        rows += _lists(folder, {100: 50, 10_000: 7} if quick else {100: 200, 10_000: 25})
        if not quick:
            rows += _pages(folder)
    del application
    return rows


if __name__ == "__main__":
    import sys

    for line in run("--quick" in sys.argv):
        print(*line.values(), sep="\t")
