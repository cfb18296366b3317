"""What the tests have done in a process of its own, which holds the database as only the program may."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from performia_desktop import cli
from performia_desktop.cli import analyze, change, look  # noqa: F401  (imported before the fork)
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.service import JobService
from performia_desktop.jobs.store import Store
from performia_desktop.paths import Paths
from performia_desktop.songmap import file as songmap_file

__all__ = ["cli", "reopen", "seed"]

DAY = 86_400.0


def reopen(paths: Paths, answer: Path) -> int:
    """Start the program without running any job, write down what it shows, and quit."""
    app = QCoreApplication([])
    service = JobService(paths)
    notices: list[str | None] = []
    troubles: list[str] = []
    service.opened.connect(notices.append)
    service.refused.connect(lambda error: (troubles.append(str(error)), app.exit(3)))
    service.problem.connect(lambda sentence, details: troubles.append(f"{sentence}\n{details}"))
    service.jobs.loaded.connect(app.quit)
    service.open(run=False)
    status = app.exec()
    jobs = [asdict(job) for job in service.jobs]
    if not service.quit():
        troubles.append("it could not quit")
    answer.write_text(json.dumps({"jobs": jobs, "notices": notices, "troubles": troubles}))
    return status


def seed(paths: Paths, songs: list[str]) -> int:
    """Fill a new database with complete jobs, one a day, the newest last, each with its map."""
    _with_store(paths, lambda store: store.insert(_complete(paths, songs)))
    return 0


def _complete(paths: Paths, songs: list[str]) -> list[Job]:
    from tests.jobs.fake_child import song_map

    newest = time.time() - DAY / 2
    jobs = []
    for number, song in enumerate(songs):
        job_id = f"{number:08x}"
        target = paths.song_map(job_id)
        songmap_file.write_atomically(target, json.dumps(song_map(job_id)).encode(), "map")
        age = DAY * (len(songs) - number)
        jobs.append(
            Job(
                job_id,
                Status.COMPLETE,
                newest - age,
                started_at=newest - age + 1,
                completed_at=newest - age + 2,
                progress=1.0,
                song_map_path=str(target),
                input_file=song,
                file_size=Path(song).stat().st_size,
            )
        )
    return jobs


def _with_store(paths: Paths, action: Callable[[Store], object]) -> None:
    app = QCoreApplication([])
    paths.create()
    store = Store.open(paths)
    action(store)
    store.close()
    del app
