"""The original web service's job manager, as a stand-in made from what is known of it.

The standard library's sqlite3, a connection for every call, SQLite's default rollback journal, synchronous=FULL, the
nine columns read by their places into dataclasses, a status that is one of four, no index but the primary key's; it
looks before it creates, reads a job before it updates it, and counts before it cleans up.
"""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from performia_desktop.jobs.job import Job, Status

_DAY = 86400.0


class OriginalStatus(Enum):
    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETE = "complete"
    ERROR = "error"


@dataclass
class OriginalJob:
    job_id: str
    status: OriginalStatus
    created_at: float
    started_at: float | None = None
    completed_at: float | None = None
    progress: float = 0.0
    error_message: str | None = None
    song_map_path: str | None = None
    input_file: str | None = None


class OriginalJobManager:
    """What the original service did with its jobs.db."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._connection() as connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS jobs (job_id TEXT PRIMARY KEY, status TEXT NOT NULL, "
                "created_at REAL NOT NULL, started_at REAL, completed_at REAL, progress REAL DEFAULT 0.0, "
                "error_message TEXT, song_map_path TEXT, input_file TEXT)"
            )

    @contextlib.contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path)
        try:
            connection.execute("PRAGMA synchronous=FULL")
            with connection:
                yield connection
        finally:
            connection.close()

    def fill(self, jobs: list[Job]) -> None:
        with self._connection() as connection:
            connection.executemany(
                "INSERT INTO jobs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [tuple(str(c) if isinstance(c, Status) else c for c in astuple(job)[:9]) for job in jobs],
            )

    def create(self, input_file: str) -> OriginalJob:
        job = OriginalJob(secrets.token_hex(4), OriginalStatus.PENDING, time.time(), input_file=input_file)
        with self._connection() as connection:
            if connection.execute("SELECT 1 FROM jobs WHERE job_id = ?", (job.job_id,)).fetchone():
                raise ValueError(f"Job {job.job_id} already exists")
            connection.execute(
                "INSERT INTO jobs (job_id, status, created_at, progress, input_file) VALUES (?, ?, ?, ?, ?)",
                (job.job_id, job.status.value, job.created_at, job.progress, job.input_file),
            )
        return job

    def read(self, job_id: str) -> OriginalJob | None:
        with self._connection() as connection:
            row = connection.execute("SELECT * FROM jobs WHERE job_id = ?", (job_id,)).fetchone()
        return self._job(row) if row else None

    def update(self, job_id: str, status: OriginalStatus, progress: float) -> None:
        with self._connection() as connection:
            row = connection.execute("SELECT * FROM jobs WHERE job_id = ?", (job_id,)).fetchone()
            if row is None:
                raise ValueError(f"Job {job_id} not found")
            job = self._job(row)
            job.status, job.progress, job.started_at = status, progress, job.started_at or time.time()
            connection.execute(
                "UPDATE jobs SET status = ?, created_at = ?, started_at = ?, completed_at = ?, progress = ?, "
                "error_message = ?, song_map_path = ? WHERE job_id = ?",
                (job.status.value, *astuple(job)[2:8], job_id),
            )

    def delete(self, job_id: str) -> bool:
        with self._connection() as connection:
            return connection.execute("DELETE FROM jobs WHERE job_id = ?", (job_id,)).rowcount > 0

    def cleanup(self, days: float) -> int:
        cutoff = time.time() - days * _DAY
        with self._connection() as connection:
            [number] = connection.execute("SELECT count(*) FROM jobs WHERE created_at < ?", (cutoff,)).fetchone()
            connection.execute("DELETE FROM jobs WHERE created_at < ?", (cutoff,))
        return int(number)

    def list(self) -> list[OriginalJob]:
        with self._connection() as connection:
            rows = connection.execute("SELECT * FROM jobs ORDER BY created_at DESC").fetchall()
        return [self._job(row) for row in rows]

    @staticmethod
    def _job(row: tuple[Any, ...]) -> OriginalJob:
        return OriginalJob(row[0], OriginalStatus(row[1]), *row[2:9])
