"""Writes jobs: values that are checked, and the statements that insert them."""

from __future__ import annotations

import json
import math
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from operator import attrgetter
from pathlib import Path, PurePath
from typing import Final

from performia_desktop.jobs.database import Connection, Value
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.store_fetch import COLUMNS, DETAILS, PATHS, REQUIRED, make_job
from performia_desktop.jobs.store_state import stored

IN_IDS: Final = "job_id IN (SELECT value FROM json_each(?))"
_CHANGEABLE: Final = frozenset({*COLUMNS, DETAILS})
_NUMBER: Final = (int, float)
_PATH: Final = (str, PurePath)
_POSITION_AT: Final = COLUMNS.index("position")
_cells: Final = attrgetter(*COLUMNS)


def to_row(job: Job) -> dict[str, Value]:
    """Return a job's cells that are not NULL, as `Connection` takes them."""
    cells = zip(COLUMNS, _cells(job), strict=True)
    row = {name: checked(name, value) for name, value in cells if value is not None or name in REQUIRED}
    return row if job.status is not Status.CANCELLED else stored(row)


def checked(name: str, value: object) -> Value:
    """Return a column's value as it is stored.

    Raises
    ------
    TypeError, ValueError
        There is no such column, or the value does not belong into it.
    """
    if name not in _CHANGEABLE:
        raise ValueError(f"no such column: {name}")
    if value is None:
        if name in REQUIRED:
            raise ValueError(f"{name} must have a value")
        return None
    if isinstance(value, Status):
        return value.value
    if isinstance(value, _NUMBER):
        if not math.isfinite(value):
            raise ValueError(f"{name} is {value}")
        return value if name != "progress" else min(1.0, max(0.0, float(value)))
    if name in PATHS and isinstance(value, _PATH):
        return to_text(str(value))
    if isinstance(value, str):
        return value
    raise TypeError(f"{name} cannot be {value!r}")


def to_text(path: str) -> str:
    """Return a path as text: itself, or a file: URI where its bytes are not Unicode."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return Path(path).as_uri() if Path(path).is_absolute() else path
    return path


def assignments(columns: Mapping[str, object]) -> tuple[str, list[Value]]:
    """Return ``"a" = ?, "b" = ?`` and the values, each checked."""
    columns = stored(columns)
    return ", ".join(f'"{name}" = ?' for name in columns), [checked(n, v) for n, v in columns.items()]


def ids_json(job_ids: Iterable[str]) -> str:
    return json.dumps(list(job_ids))


def at_position(job: Job, position: float) -> Job:
    """Return a job that is the same but for its position; a tenth of the time that `dataclasses.replace` takes."""
    cells = list(_cells(job))
    cells[_POSITION_AT] = position
    return make_job(cells)


def among(job_ids: Sequence[str]) -> tuple[str, str]:
    """Return a condition that a row is of one of these jobs, and its parameter."""
    return ("job_id = ?", job_ids[0]) if len(job_ids) == 1 else (IN_IDS, ids_json(job_ids))


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


def insert_last(connection: Connection, job: Job) -> bool:
    """Insert a job by one statement; False, and nothing done, if its id is taken or its place is not the last."""
    row = to_row(job)
    return bool(connection.changed(_insert_last(tuple(row)), *row.values()))


def insert_rows(connection: Connection, jobs: Sequence[Job]) -> None:
    """Insert jobs as they are."""
    for job in jobs:
        row = to_row(job)
        connection.changed(_insert(tuple(row)), *row.values())


@cache
def _insert(names: tuple[str, ...]) -> str:
    return f"INSERT INTO jobs ({_quoted(names)}) VALUES ({_marks(names)})"


@cache
def _insert_last(names: tuple[str, ...]) -> str:
    job_id, position = (f"new.column{1 + names.index(name)}" for name in ("job_id", "position"))
    return (
        f"INSERT INTO jobs ({_quoted(names)}) SELECT * FROM (VALUES ({_marks(names)})) AS new "
        f"WHERE {position} > (SELECT coalesce(max(position), 0.0) FROM jobs) "
        f"AND NOT EXISTS (SELECT 1 FROM bin WHERE job_id = {job_id}) ON CONFLICT (job_id) DO NOTHING"
    )


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _marks(names: Iterable[str]) -> str:
    return ", ".join("?" for _ in names)
