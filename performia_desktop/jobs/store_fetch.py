"""Reads jobs: rows come out of SQLite as JSON.

A cell read through QtSql costs three times one of sqlite3's, so SQLite builds one string: a JSON array for every
column, all in one array. It is parsed at once, and a list of 10,000 jobs takes one cell instead of 190,000. Most of
the time that is left goes into digits: a double of 17 of them takes four times as long to read as an integer. So
numbers that are a whole number of 2**-22, as all times from 2004 on are, come as that whole number; nothing is
rounded.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import fields, make_dataclass
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from performia_desktop.jobs.database import Connection, DatabaseBug, Value
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.store_state import STATE

COLUMNS: Final = tuple(field.name for field in fields(Job))
DETAILS: Final = "error_details"
REQUIRED: Final = frozenset({"job_id", "status", "created_at", "progress", "position"})
PATHS: Final = ("song_map_path", "input_file")
"""Columns that hold the path of a file, as `store_rows.to_text` writes it."""
NAMES: Final = ", ".join(f'"{name}"' for name in COLUMNS)

_FILE_URI: Final = "file:///"
_STATUS: Final = {status.value: status for status in Status}
_IN_UNITS: Final = ("created_at", "started_at", "completed_at", "progress", "position")
_NUMBERS: Final = frozenset({*_IN_UNITS, "duration_sec", "tempo_bpm", "file_size"})
_UNITS: Final = 2.0**22
_UNIT: Final = 2.0**-22

_STATE_AT, _MESSAGE_AT, _CODE_AT = map(COLUMNS.index, ("status", "error_message", "error_code"))
_UNITS_AT: Final = tuple(map(COLUMNS.index, _IN_UNITS))
_PATHS_AT: Final = tuple(map(COLUMNS.index, PATHS))


def _in_list(name: str) -> str:
    """Return the SQL of a column's value in a list."""
    if name == "status":
        return STATE
    if name in _IN_UNITS:
        units = f'CAST("{name}" * {_UNITS} AS INTEGER)'
        return f'iif({units} * {_UNIT!r} = "{name}", {units}, "{name}")'
    return f'"{name}"'


def _sound(name: str) -> str:
    """Return the SQL of a column's value that is of its type, or empty, whatever is in the table."""
    if name in _NUMBERS:
        other = "0.0" if name in REQUIRED else "NULL"
        return f"""iif(typeof("{name}") IN ('real', 'integer'), "{name}", {other})"""
    return f"""iif(typeof("{name}") = 'blob', CAST("{name}" AS TEXT), "{name}")"""


def _may_be_uris(name: str) -> str:
    """Return the SQL of whether one of a column's paths may be a URI; hardly any plain one comes after it."""
    return f"""coalesce(max("{name}") >= '{_FILE_URI}', 0)"""


_SOUND: Final = ", ".join(f'{_sound(name)} AS "{name}"' for name in COLUMNS)
# As a blob, because text would go through UTF-16; by concat(), because || copies what it has so far every time.
_COLUMN_ARRAYS: Final = "CAST(concat('[', {arrays}, ',', {may_be_uris}, ']') AS BLOB)".format(
    arrays=", ',', ".join(f"json_group_array({_in_list(name)})" for name in COLUMNS),
    may_be_uris=" + ".join(map(_may_be_uris, PATHS)),
)
_CELLS: Final = ", ".join(STATE if name == "status" else f'"{name}"' for name in COLUMNS)
_ROW: Final = f"SELECT CAST(json_array({_CELLS}) AS BLOB) FROM jobs WHERE job_id = ?"
_SOUND_ROW: Final = f"SELECT CAST(json_array({_CELLS}) AS BLOB) FROM (SELECT {_SOUND} FROM jobs WHERE job_id = ?)"

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
    with collection_paused():
        return _jobs_of_columns(_decoded(blob))


def fetch_one(connection: Connection, job_id: str) -> Job | None:
    """Return one job, None if it is gone."""
    try:
        blob = connection.value(_ROW, job_id)
    except DatabaseBug:
        blob = connection.value(_SOUND_ROW, job_id)
    return None if blob is None else _job_of_row(json.loads(_decoded(blob)))


def make_job(cells: Iterable[Any]) -> Job:
    """Return a job of values that need no check, in the order of `COLUMNS`."""
    job: Job = _Row(*cells)
    job.__class__ = Job
    return job


def from_text(text: str | None) -> str | None:
    """Return the path that `store_rows.to_text` was given."""
    if text is None or not text.startswith(_FILE_URI):
        return text
    return os.fsdecode(unquote_to_bytes(text.removeprefix("file://")))


def _jobs_of_columns(text: str) -> list[Job]:
    *columns, may_be_uris = json.loads(text)
    for index in _PATHS_AT if may_be_uris else ():
        columns[index] = list(map(from_text, columns[index]))
    columns[_STATE_AT] = statuses = _statuses(columns[_STATE_AT])
    for index in _UNITS_AT:
        # What is no whole number of units has come as it is.
        columns[index] = [cell * _UNIT if cell.__class__ is int else cell for cell in columns[index]]
    for n, status in enumerate(statuses) if Status.CANCELLED in statuses else ():
        if status is Status.CANCELLED:
            columns[_MESSAGE_AT][n] = columns[_CODE_AT][n] = None
    jobs: list[Job] = list(map(_Row, *columns))
    for job in jobs:
        job.__class__ = Job
    return jobs


def _statuses(words: list[str]) -> list[Status]:
    try:
        return list(map(_STATUS.__getitem__, words))
    except KeyError:
        return list(map(status_of, words))


def _job_of_row(cells: list[Any]) -> Job:
    cells[_STATE_AT] = status = status_of(cells[_STATE_AT])
    for index in _PATHS_AT:
        cells[index] = from_text(cells[index])
    if status is Status.CANCELLED:
        cells[_MESSAGE_AT] = cells[_CODE_AT] = None
    return make_job(cells)


@contextlib.contextmanager
def collection_paused() -> Iterator[None]:
    """Keep Python from looking for cycles among thousands of new objects that have none: a tenth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _decoded(blob: Value | bytes) -> str:
    if not isinstance(blob, bytes):
        raise DatabaseBug(f"not a blob: {blob!r}")
    return blob.decode("utf-8", "replace")
