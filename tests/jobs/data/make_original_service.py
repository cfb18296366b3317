"""Writes original_service.db: a jobs.db as the original web service left it on another machine.

    python tests/jobs/data/make_original_service.py

The statements are those that the service used: the standard library's sqlite3, the rollback journal, no
user_version, nine columns, whatever values its callers gave. Kept so that every later version can be shown to
upgrade it; do not change the stored file.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

TABLE = """
CREATE TABLE IF NOT EXISTS jobs (
    job_id TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    created_at REAL NOT NULL,
    started_at REAL,
    completed_at REAL,
    progress REAL DEFAULT 0.0,
    error_message TEXT,
    song_map_path TEXT,
    input_file TEXT
)
"""

TRACEBACK = (
    "Traceback (most recent call last):\n"
    + "".join(
        f'  File "/srv/performia/backend/src/services/stage_{n}/main.py", line {n * 7}, in run\n'
        f"    return self.next_stage.process(audio, sample_rate, options, context_{n})\n"
        for n in range(1, 36)
    )
    + "FileNotFoundError: [Errno 2] No such file or directory: '/srv/performia/uploads/9f.wav'"
)

T = 1_760_000_000.123456

ROWS: list[tuple[Any, ...]] = [
    # as it should be
    ("0a1b2c3d", "complete", T, T + 1.5, T + 60.25, 1.0, None, "/srv/out/0a1b2c3d.json", "/srv/up/a.wav"),
    ("test_001", "pending", T + 10, None, None, 0.0, None, None, "/srv/performia/uploads/Ünïcode ♪ 🎸.mp3"),
    ("deadbeef", "processing", T + 20, T + 21, None, 0.4375, None, None, "/srv/performia/uploads/b.wav"),
    ("0badf00d", "error", T + 30, T + 31, T + 32, 0.2, TRACEBACK, None, "/srv/performia/uploads/9f.wav"),
    # the least a row can have
    ("00000000", "pending", T + 40, None, None, None, None, None, None),
    # what its callers got in besides
    ("11111111", "complete", "2025-10-01T12:30:00+00:00", "2025-10-01T12:30:01", "never", 1.0, None, None, "x"),
    ("22222222", "queued", T + 50, None, None, 0.0, "waiting for a slot", None, "/srv/performia/uploads/c.wav"),
    ("33333333", " COMPLETE", T + 60, T + 61, T + 62, 2.5, None, "/srv/performia/out/33333333.json", "/srv/d.wav"),
    (None, "pending", T + 70, None, None, "half", None, None, b"/srv/performia/uploads/e\xff.wav"),
    ("../../../etc/passwd", "error", "soon", None, None, -1.0, "'; DROP TABLE jobs; --", None, "/srv/f.wav"),
]


def write(path: Path) -> None:
    """Write the database."""
    connection = sqlite3.connect(path)
    connection.execute(TABLE)
    connection.executemany("INSERT INTO jobs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", ROWS)
    connection.commit()
    connection.close()


if __name__ == "__main__":
    target = Path(__file__).with_name("original_service.db")
    target.unlink(missing_ok=True)
    write(target)
