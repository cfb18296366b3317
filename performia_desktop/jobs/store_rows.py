"""How jobs travel between Python and the table: rows out as JSON, checked values in, filters as SQL.

A cell read through QtSql costs three times one of sqlite3's, so SQLite builds one string: a JSON array for every
column, all in one array. It is parsed at once, and a list of 10,000 jobs takes one cell instead of 190,000.
"""

from __future__ import annotations

import contextlib
import gc
import json
import math
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, make_dataclass, replace
from pathlib import Path, PurePath
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from performia_desktop.jobs.database import Connection, DatabaseBug, Value
from performia_desktop.jobs.job import Job, Status

COLUMNS: Final = tuple(field.name for field in fields(Job))
DETAILS: Final = "error_details"
REQUIRED: Final = frozenset({"job_id", "status", "created_at", "progress", "position"})
PATHS: Final = ("song_map_path", "input_file")
"""Columns that hold the path of a file, as `to_text` writes it."""
_FILE_URI: Final = "file:///"
_QUOTED_URI: Final = '"file:'  # found ten times as fast, in JSON full of slashes
IN_IDS: Final = "job_id IN (SELECT value FROM json_each(?))"
_STATUS: Final = {status.value: status for status in Status}
NAMES: Final = ", ".join(f'"{name}"' for name in COLUMNS)
_NUMBERS: Final = frozenset(
    {
        "created_at",
        "started_at",
        "completed_at",
        "progress",
        "position",
        "file_size",
        "duration_sec",
        "tempo_bpm",
    }
)
# As a blob, because text would go through UTF-16; by concat(), because || copies what it has so far every time.
_COLUMN_ARRAYS: Final = (
    "CAST(concat('[', " + ", ',', ".join(f'json_group_array("{name}")' for name in COLUMNS) + ", ']') AS BLOB)"
)


def _sound(name: str) -> str:
    """Return the SQL of a column's value that is of its type, or empty, whatever is in the table."""
    if name in _NUMBERS:
        other = "0.0" if name in REQUIRED else "NULL"
        return f"""iif(typeof("{name}") IN ('real', 'integer'), "{name}", {other}) AS "{name}\""""
    return f"""iif(typeof("{name}") = 'blob', CAST("{name}" AS TEXT), "{name}") AS "{name}\""""


_SOUND: Final = ", ".join(map(_sound, COLUMNS))

# A frozen dataclass takes five times as long to make as the same class unfrozen; the layout is the same, so the
# class can be exchanged afterwards.
_Row: Any = make_dataclass("_Row", COLUMNS, slots=True)


def status_of(word: str) -> Status:
    """Return the status of a word in the table; one that another program wrote must not hide the other jobs."""
    return _STATUS.get(word, Status.ERROR)


def fetch(connection: Connection, source: str, *params: Value) -> list[Job]:
    """Return the jobs that ``SELECT columns FROM {source}`` yields, in its order."""
    try:
        blob = connection.value(f"SELECT {_COLUMN_ARRAYS} FROM (SELECT {NAMES} FROM {source})", *params)
    except DatabaseBug:  # JSON has no place for bytes, which damage or another program can make of a text
        blob = connection.value(f"SELECT {_COLUMN_ARRAYS} FROM (SELECT {_SOUND} FROM {source})", *params)
    text = _decoded(blob)
    with _collection_paused():
        return _jobs(text)


def _jobs(text: str) -> list[Job]:
    columns = json.loads(text)
    statuses = list(map(_STATUS.get, columns[1]))
    columns[1] = statuses if None not in statuses else map(status_of, columns[1])
    if _QUOTED_URI in text:
        for name in PATHS:
            index = COLUMNS.index(name)
            columns[index] = [from_text(cell) for cell in columns[index]]
    jobs: list[Job] = list(map(_Row, *columns))
    for job in jobs:
        job.__class__ = Job
    return jobs


@contextlib.contextmanager
def _collection_paused() -> Iterator[None]:
    """Keep Python from looking for cycles among thousands of new objects that have none: a fifth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def fetch_one(connection: Connection, job_id: str) -> Job | None:
    """Return one job, None if it is gone."""
    sql = "SELECT CAST(json_array({names}) AS BLOB) FROM {source}"
    try:
        blob = connection.value(sql.format(names=NAMES, source="jobs WHERE job_id = ?"), job_id)
    except DatabaseBug:
        source = f"(SELECT {_SOUND} FROM jobs WHERE job_id = ?)"
        blob = connection.value(sql.format(names=NAMES, source=source), job_id)
    if blob is None:
        return None
    cells = json.loads(_decoded(blob))
    cells[1] = status_of(cells[1])
    for name in PATHS:
        index = COLUMNS.index(name)
        cells[index] = from_text(cells[index])
    return Job(*cells)


def _decoded(blob: Value | bytes) -> str:
    if not isinstance(blob, bytes):
        raise DatabaseBug(f"not a blob: {blob!r}")
    return blob.decode("utf-8", "replace")


def to_row(job: Job) -> dict[str, Value]:
    """Return a job's cells that are not NULL, as `Connection` takes them."""
    cells = ((name, getattr(job, name)) for name in COLUMNS)
    return {name: checked(name, value) for name, value in cells if value is not None or name in REQUIRED}


def checked(name: str, value: object) -> Value:
    """Return a column's value as it is stored.

    Raises
    ------
    TypeError, ValueError
        There is no such column, or the value does not belong into it.
    """
    if name not in COLUMNS and name != DETAILS:
        raise ValueError(f"no such column: {name}")
    if isinstance(value, Status):
        return value.value
    if value is None:
        if name in REQUIRED:
            raise ValueError(f"{name} must have a value")
        return None
    if isinstance(value, float | int) and not math.isfinite(value):
        raise ValueError(f"{name} is {value}")
    if name == "progress":
        return min(1.0, max(0.0, float(str(value))))
    if isinstance(value, str | PurePath) and name in PATHS:
        return to_text(str(value))
    if isinstance(value, str | int | float):
        return value
    raise TypeError(f"{name} cannot be {value!r}")


def to_text(path: str) -> str:
    """Return a path as text: itself, or a file: URI where its bytes are not Unicode."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return Path(path).as_uri() if Path(path).is_absolute() else path
    return path


def from_text(text: str | None) -> str | None:
    """Return the path that `to_text` was given."""
    if text is None or not text.startswith(_FILE_URI):
        return text
    return os.fsdecode(unquote_to_bytes(text.removeprefix("file://")))


def assignments(columns: Mapping[str, object]) -> tuple[str, list[Value]]:
    """Return ``"a" = ?, "b" = ?`` and the values, each checked."""
    return ", ".join(f'"{name}" = ?' for name in columns), [checked(n, v) for n, v in columns.items()]


def ids_json(job_ids: Iterable[str]) -> str:
    return json.dumps(list(job_ids))


def with_free_ids(connection: Connection, jobs: Sequence[Job]) -> list[Job]:
    """Return the jobs, with a new id where theirs is taken, also by a job in the bin."""
    wanted = ids_json(job.job_id for job in jobs)
    taken = set(
        json.loads(
            connection.text(
                "SELECT json_group_array(job_id) FROM (SELECT job_id FROM jobs "
                f"WHERE {IN_IDS} UNION ALL SELECT job_id FROM bin WHERE {IN_IDS})",
                wanted,
                wanted,
            )
        )
    )
    free: list[Job] = []
    for wish in jobs:
        job = wish
        while job.job_id in taken:
            job = replace(job, job_id=secrets.token_hex(4))
            if _is_taken(connection, job.job_id):
                taken.add(job.job_id)
        taken.add(job.job_id)
        free.append(job)
    return free


def _is_taken(connection: Connection, job_id: str) -> bool:
    return bool(
        connection.value(
            "SELECT count(*) FROM (SELECT job_id FROM jobs UNION ALL SELECT job_id FROM bin) WHERE job_id = ?",
            job_id,
        )
    )


def insert_rows(connection: Connection, jobs: Sequence[Job]) -> None:
    """Insert jobs as they are."""
    for job in jobs:
        row = to_row(job)
        names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" for _ in row)
        connection.changed(f"INSERT INTO jobs ({names}) VALUES ({marks})", *row.values())
