"""Brings the jobs back out of a damaged database: rows by the tables' trees, then by page, then by byte.

A row is believed when its first columns are an id, a word and a time, as those of every job are; its other
columns are taken one by one. What was found by a tree wins over what was found in a page that no tree leads to,
and that over a record among bytes: the further down, the older it may be. An id that the damage has spoilt is taken
from the index, which holds every id once more. The write-ahead log's pages lie over the file's; what only the file
itself has comes after, in case the log belongs to another one.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from performia_desktop.jobs.database import SIDE_FILES
from performia_desktop.jobs.job import Status
from performia_desktop.jobs.migrations import LAST_SECOND, ORIGINAL_COLUMNS
from performia_desktop.jobs.sqlite_file import Cell, DatabaseFile, Row, read_bytes
from performia_desktop.jobs.sqlite_log import read_log
from performia_desktop.jobs.store_fetch import COLUMNS, DETAILS

_JOB: Final = (*COLUMNS, DETAILS)
_BINNED: Final = (*_JOB, "deleted_at", "map_deleted")
_LAYOUTS: Final[Mapping[int, tuple[str, ...]]] = {len(names): names for names in (ORIGINAL_COLUMNS, _JOB, _BINNED)}
"""Which table's row it is can be told by the number of its cells. A migration that adds columns adds a layout."""

_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")
_TIMES: Final = frozenset({"created_at", "started_at", "completed_at", "deleted_at"})
_REALS: Final = frozenset({*_TIMES, "progress", "position", "duration_sec", "tempo_bpm"})
_INTEGERS: Final = frozenset({"file_size", "map_deleted"})
_WORDS: Final = frozenset(status.value for status in Status)
_TREE, _PAGE, _BYTES = range(3)  # how a row was found, the best first

Cells = dict[str, Cell]


@dataclass(slots=True)
class Salvaged:
    """What could be read.

    Attributes
    ----------
    jobs, binned
        Columns by name, for each job id; what could not be read is left out.
    lost
        Ids that are known to have been there, but not what belongs to them.
    complete
        Nothing is missing: tables and log hang together, only something else is broken.
    doubtful
        Ids of rows that are damaged themselves: columns may be missing, or wrong.
    """

    jobs: dict[str, Cells] = field(default_factory=dict)
    binned: dict[str, Cells] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    complete: bool = True
    doubtful: set[str] = field(default_factory=set)


def salvage(database: Path) -> Salvaged:
    """Return the jobs in a file that SQLite does not take, and in the write-ahead log beside it.

    Nothing is changed. Nobody may have the file open. Raises OSError when it cannot be read at all.
    """
    data = read_bytes(database)
    wal, shm = (read_bytes(database.with_name(database.name + side)) for side in SIDE_FILES[:2])
    log = read_log(wal, shm)
    found = _Finds()
    latest = DatabaseFile(data, log.pages, log.page_size)
    _gather(latest, found)
    found.complete &= log.whole and latest.header_sound
    if log.pages and data:
        found.older = True
        _gather(DatabaseFile(data, page_size=log.page_size), found)
    return found.result()


@dataclass(slots=True)
class _Finds:
    """Rows as they are found, the best of each id."""

    jobs: dict[str, tuple[int, Cells]] = field(default_factory=dict)
    binned: dict[str, tuple[int, Cells]] = field(default_factory=dict)
    swept: dict[str, tuple[float, int]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)
    complete: bool = True
    older: bool = False
    """What comes now is older than what came before, and says nothing of what is missing."""

    def take(self, row: Row, how: int, ids: Mapping[int, str]) -> None:
        names = _LAYOUTS.get(len(row.cells))
        cells = _believed(names, row, ids) if names else None
        if cells is None:
            return
        job_id = str(cells["job_id"])
        table = self.binned if "deleted_at" in cells else self.jobs
        rank = how + (10 if self.older else 0)
        there = table.get(job_id)
        if there is None or (rank, -_age(cells)) < (there[0], -_age(there[1])):
            table[job_id] = (rank, cells)
            if how != _TREE or _is_damaged(row, cells):
                self.doubtful.add(job_id)
            else:
                self.doubtful.discard(job_id)

    def result(self) -> Salvaged:
        for job_id in self.jobs.keys() & self.binned.keys():
            loser = self.jobs if self.binned[job_id][0] < self.jobs[job_id][0] else self.binned
            del loser[job_id]
        for job_id, (deleted_at, map_deleted) in self.swept.items():
            if job_id in self.jobs:
                rank, cells = self.jobs.pop(job_id)
                self.binned[job_id] = (rank, {**cells, "deleted_at": deleted_at, "map_deleted": map_deleted})
        jobs = {job_id: cells for job_id, (_, cells) in self.jobs.items()}
        binned = {job_id: cells for job_id, (_, cells) in self.binned.items()}
        lost = self.known - jobs.keys() - binned.keys()
        return Salvaged(jobs, binned, lost, self.complete and not lost, self.doubtful)


def _gather(file: DatabaseFile, found: _Finds) -> None:
    roots = file.schema()
    seen: set[int] = set()
    sound = {"jobs"} <= roots.keys()
    for table in ("jobs", "bin"):
        if table in roots:
            sound &= _gather_table(file, roots, table, found, seen)
    for name, root in roots.items():
        if name not in {"jobs", "bin"}:
            tree = file.tree(root)
            seen |= (tree if tree.leaves else file.tree(root, index=True)).pages
    if "swept" in roots:
        _gather_swept(file, roots["swept"], found)
    seen |= file.free_pages() | file.tree(1).pages
    for number in range(1, file.count + 1):
        if number not in seen:
            _gather_page(file, number, found)
    if not found.older:
        found.complete &= sound


def _gather_table(file: DatabaseFile, roots: Mapping[str, int], table: str, found: _Finds, seen: set[int]) -> bool:
    """Take a table's rows by its tree; return whether all of them are there."""
    tree = file.tree(roots[table])
    seen |= tree.pages
    ids, index_sound = _index(file, roots.get(f"sqlite_autoindex_{table}_1"), seen)
    sound = tree.sound
    rowids: set[int | None] = set()
    for number in tree.leaves:
        rows, page_sound = file.rows(number)
        for row in rows:
            found.take(row, _TREE, ids)
            rowids.add(row.rowid)
        if not page_sound:
            sound = False
            for row in file.scan(number, _LAYOUTS):
                found.take(row, _BYTES, {})
    if not found.older:
        found.known.update(job_id for rowid, job_id in ids.items() if rowid not in rowids)
        if index_sound and sound:
            sound = rowids == set(ids) or table == "bin"
    return sound


def _gather_page(file: DatabaseFile, number: int, found: _Finds) -> None:
    """Take what is in a page that belongs to no tree that could be walked."""
    rows, sound = file.rows(number)
    for row in rows:
        found.take(row, _PAGE, {})
    if not sound and not file.is_tree_page(number):
        for row in file.scan(number, _LAYOUTS):
            found.take(row, _BYTES, {})


def _gather_swept(file: DatabaseFile, root: int, found: _Finds) -> None:
    """Take the deletions that were decided on and not carried out yet."""
    for number in file.tree(root).leaves:
        for row in file.rows(number)[0]:
            if found.older or len(row.cells) != 3:
                continue
            ids, deleted_at, map_deleted = row.cells
            try:
                for job_id in json.loads(str(ids)):
                    found.swept[str(job_id)] = (float(str(deleted_at)), int(str(map_deleted)))
            except (ValueError, TypeError):
                found.complete = False


def _index(file: DatabaseFile, root: int | None, seen: set[int]) -> tuple[dict[int, str], bool]:
    """Return the ids that the index of a table holds, by rowid, and whether it could be read whole."""
    if root is None:
        return {}, False
    tree = file.tree(root, index=True)
    seen |= tree.pages
    ids: dict[int, str] = {}
    sound = tree.sound
    for number in tree.pages:
        keys, page_sound = file.keys(number)
        sound &= page_sound
        for key in keys:
            if len(key) == 2 and isinstance(key[0], str) and isinstance(key[1], int) and _ID.fullmatch(key[0]):
                ids[key[1]] = key[0]
            else:
                sound = False
    return ids, sound


def _believed(names: Iterable[str], row: Row, ids: Mapping[int, str]) -> Cells | None:
    """Return a row's columns as far as they make sense; None if it is no job at all."""
    cells: Cells = {}
    for name, value in zip(names, row.cells, strict=True):
        good = _sensible(name, value)
        if good is not None:
            cells[name] = good
    job_id = _id(cells, ids.get(row.rowid) if row.rowid is not None else None)
    if job_id is None or ("status" not in cells and "created_at" not in cells):
        return None
    if row.rowid is None and not {"status", "created_at"} <= cells.keys():
        return None  # among bytes, anything may look a little like a row
    cells["job_id"] = job_id
    return cells


def _is_damaged(row: Row, cells: Cells) -> bool:
    """Return whether a row has cells that make no sense in their columns."""
    return not row.whole or len(cells) < sum(value is not None for value in row.cells)


def _id(cells: Cells, by_index: str | None) -> str | None:
    """Return a row's id: what it says itself, unless the index and the map's name know better."""
    own = cells.get("job_id")
    if not (isinstance(own, str) and _ID.fullmatch(own)):
        return by_index
    named = cells.get("song_map_path")
    if by_index is None or own == by_index or not isinstance(named, str):
        return own
    return by_index if named.endswith(f"{by_index}.json") else own


def _sensible(name: str, value: Cell) -> Cell:  # noqa: PLR0911 - a table
    """Return a cell's value as its column takes it, None where it cannot be that column's."""
    if isinstance(value, bytes) or value is None:
        return None
    if name in _REALS or name in _INTEGERS:
        if isinstance(value, str) or not math.isfinite(value):
            return None
        if name in _TIMES and not 0 <= value <= LAST_SECOND:
            return None
        if name == "progress":
            return min(1.0, max(0.0, float(value)))
        return int(value) if name in _INTEGERS else float(value)
    if not isinstance(value, str) or "\0" in value:
        return None
    if name == "status":
        return value if value in _WORDS else None
    if name in {"song_map_path", "input_file", "content_hash", "stage", "error_code"} and "\ufffd" in value:
        return None
    return value


def _age(cells: Cells) -> float:
    """Return a row's latest time: of two of the same job, the later one is the newer."""
    times = (cells.get(name) for name in ("created_at", "started_at", "completed_at", "deleted_at"))
    return max((time for time in times if isinstance(time, float)), default=0.0)
