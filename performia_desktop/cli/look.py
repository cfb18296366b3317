"""The commands that only read: jobs, status, songmap, health. They never change the database.

A database that an older version wrote is upgraded first, as every start does; that is the only exception.
"""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from performia_desktop.cli.exits import DATABASE, DONE, JOB_FAILED, CommandError
from performia_desktop.cli.output import (
    Times,
    job_json,
    job_lines,
    job_table,
    jobs_json,
    print_json,
    print_line,
    say,
    size_words,
)
from performia_desktop.instance import send
from performia_desktop.jobs.database import DatabaseError, KnownDatabaseError
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.store import JobQuery, Store
from performia_desktop.paths import Paths

_PATIENCE_MS: Final = 2_000


@contextlib.contextmanager
def reading(paths: Paths) -> Iterator[Store | None]:
    """Yield the store, read only; None where there is no database yet. Raises DatabaseError."""
    if not paths.database.exists():
        yield None
        return
    try:
        store = Store.open(paths, read_only=True)
    except KnownDatabaseError as error:
        if error.kind != "too-old":
            raise
        Store.open(paths).close()
        store = Store.open(paths, read_only=True)
    try:
        yield store
    finally:
        store.close()


def find(store: Store | None, job_id: str) -> Job:
    """Return a job. Raises CommandError where there is none of that id."""
    job = store.get(job_id) if store else None
    if job is None:
        raise CommandError(f"There is no job {job_id}. `performia-desktop jobs` lists them.")
    return job


def jobs(paths: Paths, options: argparse.Namespace) -> int:
    query = JobQuery(
        status=frozenset(map(Status, options.status)) if options.status else None,
        text=options.search,
        since=options.since,
        until=options.until,
    )
    with reading(paths) as store:
        found = store.list(query) if store else []
    if options.json:
        print_json(jobs_json(found, _times(paths, found)))
    elif found:
        for line in job_table(found):
            print_line(line)
    else:
        say("There are no such jobs." if query != JobQuery() else "There are no jobs yet.")
    return DONE


def status(paths: Paths, options: argparse.Namespace) -> int:
    with reading(paths) as store:
        job = find(store, options.job_id)
        details = store.details(job.job_id) if store else None
    times = _times(paths, [job]).get(job.job_id)
    if options.json:
        print_json(job_json(job, times))
    else:
        for line in job_lines(job, details, times):
            print_line(line)
    return DONE


def songmap(paths: Paths, options: argparse.Namespace) -> int:
    with reading(paths) as store:
        job = find(store, options.job_id)
    if job.status is not Status.COMPLETE or not job.song_map_path:
        why = f": {job.error_message}" if job.error_message else "."
        raise CommandError(f"Job {job.job_id} has no Song Map; it is {job.status}{why}", JOB_FAILED)
    try:
        text = Path(job.song_map_path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(
            f"The Song Map {job.song_map_path} cannot be read ({_reason(error)}). "
            f"`performia-desktop retry {job.job_id}` makes it anew.",
            JOB_FAILED,
        ) from error
    print_line(text.rstrip("\n"))
    return DONE


def health(paths: Paths, options: argparse.Namespace) -> int:
    counts = dict.fromkeys(Status, 0)
    size = 0
    problem = None
    try:
        with reading(paths) as store:
            if store:
                counts, size = store.count(), store.size()
    except DatabaseError as error:
        problem = str(error)
    report = {
        "status": "healthy" if problem is None else "unhealthy",
        "jobs_count": sum(counts.values()),
        "database": str(paths.database),
        "database_bytes": size,
        "jobs": {status.value: number for status, number in counts.items()},
        "data_dir": str(paths.data_dir),
        "problem": problem,
    }
    if options.json:
        print_json(report)
    else:
        print_line(f"Status:    {report['status']}")
        words = ", ".join(f"{number} {status}" for status, number in counts.items() if number)
        print_line(f"Jobs:      {report['jobs_count']}{f' ({words})' if words else ''}")
        print_line(f"Database:  {paths.database} ({size_words(size)})")
        print_line(f"Data:      {paths.data_dir}")
    if problem is not None:
        say(problem)
        return DATABASE
    return DONE


def _times(paths: Paths, jobs: Iterable[Job]) -> dict[str, Times]:
    """Ask the program that works on jobs how long they take; nothing is known of those that nobody works on."""
    running = [job.job_id for job in jobs if job.status is Status.PROCESSING]
    reply = send(paths.data_dir, {"do": "times", "jobs": running}, _PATIENCE_MS) if running else None
    found = (reply or {}).get("times", {})
    return {job_id: Times(*map(_seconds, found[job_id])) for job_id in running if job_id in found}


def _seconds(value: object) -> float | None:
    return max(0.0, value) if isinstance(value, float) else None


def _reason(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else "it is not text"
