"""Ways in which a job database gets damaged, each by a seed, and a place with jobs to try them on."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from performia_desktop.jobs.database import SIDE_FILES
from performia_desktop.jobs.job import Job, Status
from performia_desktop.paths import Paths

PAGE: Final = 4096
OTHER: Final = "other"
_WORDS: Final = (
    "Água",
    "de",
    "Março",
    "Blue",
    "Monday",
    "Tin",
    "Roof",
    "Morning",
    "ノルウェイの森",
    "Sunday",
    "Jam",
)


_MAKE: Final = """
import json, os, shutil, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from performia_desktop.jobs.store import Store
from performia_desktop.paths import Paths
from tests.jobs.damages import some_jobs

app = QCoreApplication([])
paths = Paths.of(sys.argv[1])
paths.create()
store = Store.open(paths)
jobs = some_jobs(paths, int(sys.argv[2]), int(sys.argv[3]))
newest = len(jobs) // 10
store.insert(jobs[:-newest])
store.delete([job.job_id for job in jobs[:newest]], maps=True)
store.backup(paths.backups / "jobs-2025-03-01T120000Z.db")
if sys.argv[4] == "orderly":
    store.insert(jobs[-newest:])
    store.close()
    sys.exit()
store.close()
store = Store.open(paths)
store.insert(jobs[-newest:])
os._exit(0)
"""


def make(paths: Paths, seed: int, number: int, end: str) -> None:
    """Fill a new place with jobs, a tenth of them in the bin, a tenth newer than its backup.

    `end`: 'orderly', or anything else for a program that is killed while those last ones are in the log only.
    """
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, "-c", _MAKE, str(paths.data_dir), str(seed), str(number), end]
    subprocess.run(command, check=True, env=environment)


def some_jobs(paths: Paths, seed: int, number: int) -> list[Job]:
    """Return jobs as a year of use leaves them; those that are complete have their maps."""
    from tests.jobs.fake_child import song_map

    rng = random.Random(seed)
    jobs = []
    for n in range(number):
        job_id = f"{rng.randrange(1 << 32):08x}"
        title = " ".join(rng.choices(_WORDS, k=rng.randrange(1, 6)))
        created = 1.7e9 + 1000.0 * n + rng.random()
        common = {"input_file": f"/music/{title}/{n:03} {title}.flac", "file_size": rng.randrange(1 << 26)}
        kind = rng.random()
        if kind < 0.7:
            paths.song_map(job_id).write_text(json.dumps({**song_map(job_id), "title": title}))
            job = Job(
                job_id,
                Status.COMPLETE,
                created,
                started_at=created + 5,
                completed_at=created + 30,
                progress=1.0,
                song_map_path=str(paths.song_map(job_id)),
                content_hash=rng.randbytes(32).hex(),
                title=title,
                artist=rng.choice(_WORDS),
                duration_sec=rng.uniform(60, 400),
                tempo_bpm=rng.uniform(60, 180),
                key=rng.choice(("Eb major", "A minor")),
                **common,
            )
        elif kind < 0.9:
            job = Job(job_id, Status.PENDING, created, **common)
        else:
            sentence = "This file is damaged: it decodes in part only. Get another copy of it, then retry."
            job = Job(
                job_id,
                Status.ERROR,
                created,
                started_at=created + 5,
                completed_at=created + 6,
                progress=0.1,
                error_message=sentence,
                error_code="damaged",
                **common,
            )
        jobs.append(job)
    return jobs


# --- damages


def flipped_bits(rng: random.Random, database: Path) -> None:
    data = bytearray(database.read_bytes())
    for _ in range(rng.choice((1, 2, 8, 64))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    database.write_bytes(data)


def lost_sectors(rng: random.Random, database: Path) -> None:
    data = bytearray(database.read_bytes())
    for _ in range(rng.choice((1, 1, 4, 16))):
        at = 512 * rng.randrange(len(data) // 512)
        data[at : at + 512] = bytes(512) if rng.random() < 0.5 else rng.randbytes(512)
    database.write_bytes(data)


def lost_pages(rng: random.Random, database: Path) -> None:
    data = bytearray(database.read_bytes())
    for _ in range(rng.choice((1, 2, 5))):
        at = PAGE * rng.randrange(len(data) // PAGE)
        data[at : at + PAGE] = bytes(PAGE)
    database.write_bytes(data)


def cut_off(rng: random.Random, database: Path) -> None:
    size = database.stat().st_size
    os.truncate(database, rng.choice((rng.randrange(1, size), PAGE * rng.randrange(1, size // PAGE))))


def zeroed_header(rng: random.Random, database: Path) -> None:
    with database.open("r+b") as file:
        file.write(bytes(rng.choice((16, 100, 512, PAGE))))


def lost_log(rng: random.Random, database: Path) -> None:
    Path(f"{database}-wal").unlink()


def damaged_log(rng: random.Random, database: Path) -> None:
    wal = Path(f"{database}-wal")
    data = bytearray(wal.read_bytes())
    used = len(data.rstrip(b"\0"))
    for _ in range(rng.choice((1, 2, 8))):
        data[rng.randrange(used)] ^= 1 << rng.randrange(8)
    wal.write_bytes(data)


def text_file(rng: random.Random, database: Path) -> None:
    words = ("these", "are", "my", "notes", "jobs", "song", "\n")
    database.write_text(" ".join(rng.choices(words, k=rng.randrange(1, 2000))))


def log_of_another(rng: random.Random, database: Path) -> None:
    """Put the log of another installation, which lies ready, in the place of this one's."""
    for side in SIDE_FILES:
        Path(f"{database}{side}").unlink(missing_ok=True)
        ready = database.parent / f"{OTHER}{side}"
        if ready.exists():
            shutil.copyfile(ready, f"{database}{side}")


Damage = Callable[[random.Random, Path], None]

DAMAGES: Final[dict[str, tuple[Damage, bool]]] = {
    "bit flips": (flipped_bits, False),
    "lost sectors": (lost_sectors, False),
    "lost pages": (lost_pages, False),
    "cut off": (cut_off, False),
    "zeroed header": (zeroed_header, False),
    "bit flips, not checkpointed": (flipped_bits, True),
    "log lost": (lost_log, True),
    "log damaged": (damaged_log, True),
    "log of another file": (log_of_another, True),
    "log of another file, after an orderly end": (log_of_another, False),
    "text file": (text_file, False),
}
"""By name, and whether the program had been killed before, so that there is a log."""
