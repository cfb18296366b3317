"""Puts a damaged database aside and a new one, with all that can be had of the old, in its place.

First come the rows that can still be read, then the newest good backup for what could not be, then the Song Maps
on disk whose jobs are still missing. The new database is written whole beside the old one before that is renamed,
and if the program ends between the two renamings, the next start finishes them: at no time is there less than one
complete copy of everything, and what was damaged is never deleted.
"""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication

from performia_desktop.failpoint import reach
from performia_desktop.jobs import backup, migrations
from performia_desktop.jobs.database import SIDE_FILES, Connection, DatabaseError, Value, known_os, sync_folder
from performia_desktop.jobs.examine import Fault, alone, is_sound
from performia_desktop.jobs.job import Status
from performia_desktop.jobs.maps_on_disk import MapsOnDisk
from performia_desktop.jobs.salvage import Cells, Salvaged, salvage
from performia_desktop.jobs.store_fetch import COLUMNS, DETAILS
from performia_desktop.jobs.store_rows import checked
from performia_desktop.jobs.store_state import stored
from performia_desktop.paths import Paths

_JOB: Final = (*COLUMNS, DETAILS)
_LASTING: Final = ("created_at", "position", "input_file", "file_size")  # what no analysis changes
_BINNED: Final = (*_JOB, "deleted_at", "map_deleted")
_log = logging.getLogger(__name__)
_tr = QCoreApplication.translate


@dataclass(slots=True)
class _Rescue:
    """What came back, and from where."""

    jobs: dict[str, Cells] = field(default_factory=dict)
    binned: dict[str, Cells] = field(default_factory=dict)
    read: int = 0
    from_backup: int = 0
    backup: backup.Backup | None = None
    from_maps: int = 0
    lost: int = 0
    perhaps_more: bool = False


def rescue(paths: Paths, fault: Fault) -> str:
    """Replace a damaged database; return two sentences for the user.

    Raises
    ------
    KnownDatabaseError
        'locked': another program has it open; 'full' and others: there is no room for the new one. Then all is
        as it was.
    """
    _log.info("The job database is damaged: %s", fault.reason[:2000])
    try:
        with alone(paths.database):
            rescued = _gather(paths, fault)
            _build(paths, rescued)
            aside = _set_aside(paths.database)
    except OSError as error:
        raise known_os(error, paths.database) from error
    _put_in_place(paths.database)
    return _sentences(rescued, aside, fault)


def finish(database: Path) -> str | None:
    """Finish what a rescue that was interrupted has begun; return a sentence for the user if there was one."""
    new = _new(database)
    if not new.exists():
        return None
    if database.exists():
        _unlink(new)  # it was being written
        return None
    try:
        leftovers = [file for side in SIDE_FILES if (file := _beside(database, side)).exists()]
        aside = max(database.parent.glob(f"{database.stem}-set-aside-*{database.suffix}"), default=None)
        for file in leftovers:
            if aside is not None:
                file.rename(_free(aside.with_name(aside.name + file.name.removeprefix(database.name))))
    except OSError as error:
        raise known_os(error, database) from error
    _put_in_place(database)
    connection = Connection(database, read_only=True)
    try:
        number = int(str(connection.value("SELECT count(*) FROM jobs")))
    finally:
        connection.close()
    came_back = _tr("Rescue", "The job database was damaged; {n} of its jobs came back.").format(n=number)
    return f"{came_back} {_tr('Rescue', 'The old file was kept as {old}.').format(old=aside)}"


# --- bringing together


def _gather(paths: Paths, fault: Fault) -> _Rescue:
    database = paths.database
    changed = _changed(database)
    found = salvage(database)
    rescued = _Rescue(found.jobs, found.binned, read=len(found.jobs))
    if not found.complete or fault.log_lost:
        rescued.perhaps_more = True
        _fill_from_backup(paths, rescued, found, newer_than=changed if fault.log_lost else None)
    maps = MapsOnDisk(paths)
    lost = found.lost - rescued.jobs.keys() - rescued.binned.keys()
    for job_id in maps.ids() - rescued.jobs.keys() - rescued.binned.keys():
        cells = maps.job(job_id)
        if cells is not None:
            rescued.jobs[job_id] = cells
            rescued.from_maps += 1
            lost.discard(job_id)
    for job_id in found.doubtful & rescued.jobs.keys():
        rescued.jobs[job_id] = {**(maps.job(job_id) or {}), **rescued.jobs[job_id]}
    for job_id, cells in rescued.jobs.items():
        maps.settle(job_id, cells, since=changed if fault.log_lost else None)
    rescued.lost = len(lost)
    return rescued


def _fill_from_backup(paths: Paths, rescued: _Rescue, found: Salvaged, newer_than: float | None) -> None:
    """Take from the newest good backup what is missing; where that is newer than the file, also what differs."""
    for one in backup.listed(paths.backups):
        rows = _good(one.path)
        if rows is None:
            continue
        wins = newer_than is not None and one.path.stat().st_mtime > newer_than
        missing = [job_id for job_id in rows.jobs if job_id not in found.jobs and job_id not in found.binned]
        for job_id in rows.jobs if wins else missing:
            rescued.binned.pop(job_id, None)
            rescued.jobs[job_id] = rows.jobs[job_id]
        for job_id, cells in rows.binned.items():
            if wins or job_id not in found.jobs:
                rescued.binned.setdefault(job_id, cells)
                if wins:
                    rescued.jobs.pop(job_id, None)
        for job_id in found.doubtful & rows.jobs.keys() & rescued.jobs.keys():
            rescued.jobs[job_id] = _mended(rescued.jobs[job_id], rows.jobs[job_id])
        rescued.from_backup = len(missing)
        rescued.backup = one
        return


def _mended(cells: Cells, old: Cells) -> Cells:
    """Return a damaged row with the help of an older one: all of that if it is likely that nothing has changed."""
    if cells.get("status", old.get("status")) == old.get("status"):
        return old
    return {**{name: old[name] for name in _LASTING if name in old}, **cells}


def _good(path: Path) -> Salvaged | None:
    """Return the rows of a backup, None if it is not sound itself."""
    try:
        connection = Connection(path, read_only=True, immutable=True)
    except DatabaseError:
        return None
    try:
        version = int(str(connection.run("PRAGMA user_version")[0][0]))
        migrations.require_ours(connection, version)
        sound = not is_sound(connection)
    except DatabaseError:
        return None
    finally:
        connection.close()
    return salvage(path) if sound else None


# --- writing


def _build(paths: Paths, rescued: _Rescue) -> None:
    """Write the new database whole under another name."""
    new = _new(paths.database)
    _unlink(new)
    connection = Connection(new)
    try:
        migrations.migrate(connection, paths.backups)
        with connection.transaction():
            last = max((_real(cells, "position") or 0.0 for cells in rescued.jobs.values()), default=0.0)
            for number, cells in enumerate(rescued.jobs.values(), 1):
                cells.setdefault("position", last + number)
                _insert(connection, "jobs", _JOB, _completed(cells))
            for cells in rescued.binned.values():
                cells.setdefault("position", 0.0)
                completed = {"deleted_at": time.time(), "map_deleted": 1, **_completed(cells)}
                _insert(connection, "bin", _BINNED, completed)
    except BaseException:
        connection.close()
        _unlink(new)
        raise
    connection.close()


def _completed(cells: Cells) -> Cells:
    """Fill in what every row must have."""
    times = (_real(cells, name) for name in ("completed_at", "started_at", "deleted_at"))
    created = next((time for time in times if time is not None), time.time())
    return {"created_at": created, "status": Status.PENDING.value, "progress": 0.0, **cells}


def _insert(connection: Connection, table: str, names: Iterable[str], cells: Cells) -> None:
    cells = stored(cells)
    values = [_value(name, cells.get(name)) for name in names]
    quoted = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" for _ in values)
    connection.changed(f"INSERT OR IGNORE INTO {table} ({quoted}) VALUES ({marks})", *values)


def _value(name: str, value: object) -> Value:
    if name in {"deleted_at", "map_deleted"}:
        return value if isinstance(value, int | float) else 0
    try:
        return checked(name, value)
    except (ValueError, TypeError):
        return None


def _real(cells: Cells, name: str) -> float | None:
    value = cells.get(name)
    return float(value) if isinstance(value, int | float) else None


# --- files


def _set_aside(database: Path) -> Path:
    """Rename a database, and then what stands beside it; return its new name."""
    target = dated(database)
    for side in ("", *SIDE_FILES):
        file = _beside(database, side)
        if file.exists():
            file.rename(_beside(target, side))
            if not side:
                reach("salvage.set-aside")
    return target


def _put_in_place(database: Path) -> None:
    reach("salvage.before-swap")
    try:
        _new(database).replace(database)
        sync_folder(database.parent)
    except OSError as error:
        raise known_os(error, database) from error


def dated(database: Path) -> Path:
    """Return a free name for a database that is set aside now."""
    stamp = time.strftime("%Y-%m-%d-%H%M%S")
    for number in itertools.count(1):
        suffix = "" if number == 1 else f"-{number}"
        target = database.with_name(f"{database.stem}-set-aside-{stamp}{suffix}{database.suffix}")
        if not any(_beside(target, side).exists() for side in ("", *SIDE_FILES)):
            return target
    raise AssertionError("unreachable")


def _free(file: Path) -> Path:
    return (
        file
        if not file.exists()
        else next(one for n in itertools.count(2) if not (one := file.with_name(f"{file.name}-{n}")).exists())
    )


def _new(database: Path) -> Path:
    return database.with_name(f"{database.name}.rescued")


def _beside(database: Path, side: str) -> Path:
    return database.with_name(database.name + side)


def _unlink(new: Path) -> None:
    for side in ("", *SIDE_FILES):
        _beside(new, side).unlink(missing_ok=True)


def _changed(database: Path) -> float:
    try:
        return database.stat().st_mtime
    except OSError:
        return 0.0


# --- words


def _sentences(rescued: _Rescue, aside: Path, fault: Fault) -> str:
    """Return what happened and where the old file is."""
    number = len(rescued.jobs)
    kept = _tr("Rescue", "The old file was kept as {old}.").format(old=aside)
    if not number:
        return _tr(
            "Rescue",
            "The job database was damaged or not a database, and no job could be read from it. "
            "It was kept as {old}, and a new, empty one was started.",
        ).format(old=aside)
    parts = []
    if rescued.from_backup and rescued.backup is not None:
        words = _tr("Rescue", "{n} from the backup of {date}")
        parts.append(words.format(n=rescued.from_backup, date=rescued.backup.words))
    if rescued.from_maps:
        parts.append(_tr("Rescue", "{n} from their Song Maps").format(n=rescued.from_maps))
    if fault.log_lost:
        words = _tr("Rescue", "The newest changes to the job database were lost; {n} jobs are there{how}")
    else:
        words = _tr("Rescue", "The job database was damaged; {n} of its jobs came back{how}")
    told = words.format(n=number, how=f" ({', '.join(parts)})" if parts else "")
    if rescued.lost:
        told += _tr("Rescue", ", {n} could not be read").format(n=rescued.lost)
    if rescued.perhaps_more and not fault.log_lost:
        told += _tr("Rescue", ", others may be missing")
    return f"{told}. {kept}"
