"""The command that analyses: queue files, run them to the end, say what came of each.

If another program holds the data directory, it gets the files and does the work, and this one waits by reading the
database; should that program end before the work is done, this one takes over.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl

from performia_desktop import log
from performia_desktop.cli.first import become_first, close, create, first_or_reply
from performia_desktop.cli.look import reading
from performia_desktop.cli.outcome import Outcome
from performia_desktop.cli.output import jobs_json, print_json
from performia_desktop.cli.run import Run
from performia_desktop.cli.watch import Watch
from performia_desktop.instance import Instance
from performia_desktop.jobs.job import Status
from performia_desktop.jobs.service import JobService
from performia_desktop.jobs.store import JobQuery
from performia_desktop.paths import Paths

_INTAKE_MS: Final = 600_000


def analyze(paths: Paths, options: argparse.Namespace) -> int:
    files = absolute(options.files)
    create(paths)
    log.configure(paths.logs, verbose=options.verbose)
    outcome = Outcome(quiet=options.json)
    if files:
        request = {"do": "add", "files": files, "again": options.again}
        instance, reply = first_or_reply(paths, request, _INTAKE_MS)
        if instance is not None:
            _run_here(paths, outcome, instance, files=files, again=options.again, model=options.lyrics_model or "")
        else:
            _say_whose_model(options, outcome)
            outcome.taken(reply or {}, files)
            _run_there(paths, outcome)
    else:
        instance = Instance(paths.data_dir)
        if become_first(instance, paths):
            _run_here(paths, outcome, instance, model=options.lyrics_model or "")
        else:
            _say_whose_model(options, outcome)
            outcome.wanted = dict.fromkeys(_unfinished(paths))
            _run_there(paths, outcome)
    if options.json:
        print_json(jobs_json(outcome.jobs))
    return outcome.status


def _say_whose_model(options: argparse.Namespace, outcome: Outcome) -> None:
    if options.lyrics_model:
        outcome.tell("A window has these songs; it recognises words only with the model of its own settings.")


def absolute(files: Iterable[str]) -> list[str]:
    """Return what was given, as it is known from any folder; URLs stay as they are."""
    return [name if QUrl(name).scheme() == "file" else str(Path(name).absolute()) for name in files]


def _run_here(
    paths: Paths,
    outcome: Outcome,
    instance: Instance,
    *,
    files: Sequence[str] = (),
    again: bool = False,
    ids: Sequence[str] | None = None,
    model: str = "",
) -> None:
    """Analyse in this process, which has the data directory, and give it back."""
    service = JobService(paths)
    service.queue.lyrics_model = model
    run = Run(service, outcome, files=files, again=again, ids=ids)
    instance.request.connect(run.requested)
    try:
        try:
            run.wait()
        finally:
            instance.request.disconnect(run.requested)
            close(service)
    finally:
        instance.release()


def _run_there(paths: Paths, outcome: Outcome) -> None:
    """Wait for the program that has the data directory; do here what it leaves undone, should it end."""
    instance = Instance(paths.data_dir)
    if Watch(paths, outcome, instance).wait():
        _run_here(paths, outcome, instance, ids=list(outcome.wanted))
    else:
        instance.release()


def _unfinished(paths: Paths) -> list[str]:
    statuses = frozenset({Status.PENDING, Status.PROCESSING})
    with reading(paths) as store:
        jobs = store.list(JobQuery(status=statuses, sort="position", descending=False)) if store else []
    return [job.job_id for job in jobs]
