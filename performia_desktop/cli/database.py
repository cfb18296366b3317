"""The commands for the database as a whole: backup, restore, check, vacuum.

The two that change it are done by a window that is open for the same place, or else here.
"""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from performia_desktop.cli.exits import DATABASE, DONE, JOB_FAILED, CommandError
from performia_desktop.cli.first import create, first_or_reply
from performia_desktop.cli.look import reading
from performia_desktop.cli.output import counted, print_line, say, size_words
from performia_desktop.jobs import files
from performia_desktop.jobs.database import KnownDatabaseError
from performia_desktop.jobs.job import Status
from performia_desktop.jobs.store import Store
from performia_desktop.paths import Paths

_PATIENCE_MS: Final = 600_000


def check(paths: Paths, _options: argparse.Namespace) -> int:
    with reading(paths) as store:
        problems = store.check() if store else []
        count = sum(store.count().values()) if store and not problems else 0
    if not problems:
        print_line(f"The job database is sound ({counted(count, 'job', 'jobs')}).")
        return DONE
    for problem in problems:
        print_line(problem)
    raise CommandError(
        f"The job database {paths.database} is damaged. Start the window: it keeps the file aside and brings back "
        "the jobs that can be read.",
        DATABASE,
    )


def backup(paths: Paths, options: argparse.Namespace) -> int:
    target = Path(options.path).absolute()
    if target.is_dir():
        target /= f"jobs-{datetime.now():%Y-%m-%d-%H%M%S}.db"
    if target.exists():
        raise CommandError(f"{target} is there already. Choose another name, or move it away.")
    if not target.parent.is_dir():
        raise CommandError(f"There is no folder {target.parent}. Make it first, or choose another place.")
    with reading(paths) as store:
        if store is None:
            raise CommandError(f"There is no job database at {paths.database} yet, so there is nothing to copy.")
        try:
            store.backup(target)
        except KnownDatabaseError as error:
            raise CommandError(str(error), DATABASE if error.kind == "corrupt" else JOB_FAILED) from error
    print_line(str(target))
    return DONE


def restore(paths: Paths, options: argparse.Namespace) -> int:
    source = Path(options.path).absolute()
    create(paths)
    instance, reply = first_or_reply(paths, {"do": "restore", "path": str(source)}, _PATIENCE_MS)
    if instance is not None:
        try:
            reply = _restore_here(paths, source)
        finally:
            instance.release()
    assert reply is not None
    print_line(f"The backup was restored: there are {counted(reply['count'], 'job', 'jobs')} now.")
    if reply["binned"]:
        print_line(f"What was added since is in the bin ({counted(reply['binned'], 'job', 'jobs')}).")
    print_line(f"The state before is kept in {reply['before']}")
    return DONE


def _restore_here(paths: Paths, source: Path) -> dict[str, Any]:
    store = Store.open(paths)
    try:
        if store.notice:
            say(store.notice)
        try:
            restored = store.restore(source, paths)
        except KnownDatabaseError as error:
            raise CommandError(str(error), JOB_FAILED if error.kind == "not-restored" else DATABASE) from error
        jobs = store.list()
        unfinished = {job.job_id for job in jobs if not job.finished}
        complete = {job.job_id for job in jobs if job.status is Status.COMPLETE}
        files.sweep(paths, unfinished, complete, store.binned_ids())
    finally:
        store.close()
    return {"count": restored.jobs, "binned": restored.binned, "before": str(restored.before.path)}


def vacuum(paths: Paths, _options: argparse.Namespace) -> int:
    with reading(paths) as there:  # what is no sound database is left to the window
        if there is None:
            raise CommandError(f"There is no job database at {paths.database} yet.")
    instance, reply = first_or_reply(paths, {"do": "vacuum"}, _PATIENCE_MS)
    if instance is not None:
        try:
            reply = _vacuum_here(paths)
        finally:
            instance.release()
    assert reply is not None
    size, freed = size_words(reply["size"]), size_words(reply["freed"])
    print_line(f"The job database takes {size}, {freed} less than before.")
    return DONE


def _vacuum_here(paths: Paths) -> dict[str, Any]:
    store = Store.open(paths)
    try:
        freed = store.vacuum()
        return {"freed": freed, "size": store.size()}
    finally:
        store.close()
