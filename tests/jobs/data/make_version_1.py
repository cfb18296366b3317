"""Writes version_1.db: a jobs.db as this program's first version of the table left it on another machine.

    python tests/jobs/data/make_version_1.py

Its schema, in the write-ahead log's mode, with jobs in all states (a cancelled one said so in `status`), one in the
bin, and a clean-up decided on but not carried out. Kept so that every later version can be shown to upgrade it; do
not change the stored file.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

SCHEMA = (
    """
CREATE TABLE jobs (
    job_id TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    created_at REAL NOT NULL,
    started_at REAL,
    completed_at REAL,
    progress REAL DEFAULT 0.0,
    error_message TEXT,
    song_map_path TEXT,
    input_file TEXT
, "position" REAL NOT NULL DEFAULT 0.0, "stage" TEXT, "error_code" TEXT, "file_size" INTEGER, "content_hash" TEXT, """
    '"title" TEXT, "artist" TEXT, "duration_sec" REAL, "tempo_bpm" REAL, "key" TEXT, "error_details" TEXT)',
    'CREATE TABLE bin (job_id TEXT PRIMARY KEY, "status" TEXT, "created_at" REAL, "started_at" REAL, '
    '"completed_at" REAL, "progress" REAL, "error_message" TEXT, "song_map_path" TEXT, "input_file" TEXT, '
    '"position" REAL, "stage" TEXT, "error_code" TEXT, "file_size" INTEGER, "content_hash" TEXT, "title" TEXT, '
    '"artist" TEXT, "duration_sec" REAL, "tempo_bpm" REAL, "key" TEXT, "error_details" TEXT, '
    "deleted_at REAL NOT NULL, map_deleted INTEGER NOT NULL)",
    "CREATE TABLE swept (ids TEXT NOT NULL, deleted_at REAL NOT NULL, map_deleted INTEGER NOT NULL)",
    "CREATE INDEX jobs_by_position ON jobs (position)",
    "CREATE INDEX jobs_by_age ON jobs (created_at)",
)

T = 1_764_000_000.123456

Row = dict[str, Any]

JOBS: list[Row] = [
    {"job_id": "0000000a", "status": "pending", "created_at": T, "input_file": "/music/a.wav", "position": 1.0},
    {
        "job_id": "0000000b",
        "status": "processing",
        "created_at": T + 1,
        "started_at": T + 5,
        "progress": 0.4375,
        "input_file": "/music/b.wav",
        "position": 2.0,
        "stage": "beat",
        "file_size": 8192,
    },
    {
        "job_id": "0000000c",
        "status": "complete",
        "created_at": T + 2,
        "started_at": T + 3,
        "completed_at": T + 4.5,
        "progress": 1.0,
        "song_map_path": "/data/maps/0000000c.json",
        "input_file": "/music/c.flac",
        "position": 3.0,
        "file_size": 12288,
        "content_hash": "c" * 32,
        "title": "Così è",
        "artist": "Ünïcode ♪",
        "duration_sec": 241.5,
        "tempo_bpm": 120.25,
        "key": "Eb major",
    },
    {
        "job_id": "0000000d",
        "status": "error",
        "created_at": T + 6,
        "started_at": T + 7,
        "completed_at": T + 8,
        "progress": 0.25,
        "error_message": "This file is damaged.",
        "input_file": "/music/d.mp3",
        "position": 4.0,
        "error_code": "damaged",
        "error_details": "Traceback: d",
    },
    {
        "job_id": "0000000e",
        "status": "cancelled",
        "created_at": T + 9,
        "completed_at": T + 10,
        "input_file": "/music/e.ogg",
        "position": 2.5,
    },
    {
        "job_id": "0000000f",
        "status": "cancelled",
        "created_at": T + 11,
        "started_at": T + 12,
        "completed_at": T + 13,
        "progress": 0.625,
        "input_file": "/music/f.ogg",
        "position": 5.0,
        "title": "Half",
    },
    {"job_id": "00000010", "status": "complete", "created_at": T - 9e6, "progress": 1.0, "position": 6.0},
]
BINNED: list[Row] = [
    {"job_id": "00000011", "status": "cancelled", "created_at": T, "position": 7.0, "progress": 0.5}
    | {"deleted_at": T + 90, "map_deleted": 1},
    {"job_id": "00000012", "status": "complete", "created_at": T, "position": 8.0, "progress": 1.0}
    | {"deleted_at": T + 91, "map_deleted": 0},
]
SWEPT: list[Row] = [{"ids": json.dumps(["00000010"]), "deleted_at": T + 92, "map_deleted": 1}]


def write(path: Path) -> None:
    """Write the database."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    for statement in SCHEMA:
        connection.execute(statement)
    for table, rows in (("jobs", JOBS), ("bin", BINNED), ("swept", SWEPT)):
        for row in rows:
            names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" for _ in row)
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))
    connection.execute("PRAGMA user_version=1")
    connection.commit()
    connection.close()


if __name__ == "__main__":
    target = Path(__file__).with_name("version_1.db")
    target.unlink(missing_ok=True)
    write(target)
