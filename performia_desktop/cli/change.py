"""The commands that change jobs: retry, cancel, delete, cleanup.

A running program is asked to do it, so that its window and its queue know; where none runs, the same core is
started here for as long as it takes, without running any job.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QEventLoop

from performia_desktop import remote
from performia_desktop.cli.exits import BY_SIGNAL, DATABASE, DONE, JOB_FAILED, CommandError
from performia_desktop.cli.first import close, first_or_reply
from performia_desktop.cli.look import find, reading
from performia_desktop.cli.loop import Interrupts
from performia_desktop.cli.output import counted, print_json, print_line, say
from performia_desktop.jobs.database import DatabaseError
from performia_desktop.jobs.job import Job
from performia_desktop.jobs.service import JobService
from performia_desktop.paths import Paths

_DONE_WORDS: Final = {"retry": "waits again", "cancel": "cancelled", "delete": "deleted"}


def retry(paths: Paths, options: argparse.Namespace) -> int:
    return _change(paths, options, "retry")


def cancel(paths: Paths, options: argparse.Namespace) -> int:
    return _change(paths, options, "cancel")


def delete(paths: Paths, options: argparse.Namespace) -> int:
    return _change(paths, options, "delete")


def _change(paths: Paths, options: argparse.Namespace, verb: str) -> int:
    """Do one thing to several jobs, all of which must exist; say for each what came of it."""
    ids = list(dict.fromkeys(options.job_ids))
    with reading(paths) as store:
        jobs = [find(store, job_id) for job_id in ids]
    done = set(_ask(paths, {"do": verb, "jobs": ids}))
    shapes = []
    for job in jobs:
        if job.job_id in done:
            message = f"Job {job.job_id} {_DONE_WORDS[verb]}"
            shapes.append({"message": message, "job_id": job.job_id})
            if not options.json:
                print_line(message + ".")
        else:
            say(_why_not(verb, job))
    if options.json:
        print_json(shapes[0] if len(ids) == 1 and shapes else {"count": len(shapes), "jobs": shapes})
    return DONE if len(shapes) == len(jobs) else JOB_FAILED


def _why_not(verb: str, job: Job) -> str:
    if verb == "retry" and not job.finished:
        return f"Job {job.job_id} is {job.status} already, so it was not queued again."
    if verb == "cancel" and job.finished:
        return f"Job {job.job_id} is {job.status} already, so there was nothing to cancel."
    return f"Job {job.job_id} was changed by another program meanwhile; look at it and try again."


def cleanup(paths: Paths, options: argparse.Namespace) -> int:
    with reading(paths) as store:
        would_go = store.cleanup(options.days, dry_run=True) if store else []
    if would_go and not options.dry_run:
        would_go = _ask(paths, {"do": "cleanup", "days": options.days})
    number = len(would_go)
    verb = "Would clean up" if options.dry_run else "Cleaned up"
    message = f"{verb} {counted(number, 'job', 'jobs')} older than {counted(options.days, 'day', 'days')}"
    if options.json:
        print_json(
            {
                "message": message,
                "deleted_count": 0 if options.dry_run else number,
                "retention_days": options.days,
                "jobs": would_go,
            }
        )
    else:
        print_line(message + ".")
    return DONE


def _ask(paths: Paths, request: Mapping[str, Any]) -> list[str]:
    """Have a request done, by the program that runs or here; return the ids of the jobs it concerned."""
    instance, reply = first_or_reply(paths, request)
    if instance is not None:
        try:
            reply = _Alone(paths, request).result()
        finally:
            instance.release()
    assert reply is not None
    return [str(job_id) for job_id in reply["jobs"]]


class _Alone:
    """The core, started for one request."""

    def __init__(self, paths: Paths, request: Mapping[str, Any]) -> None:
        self._request = request
        self._reply: dict[str, Any] | None = None
        self._error: CommandError | None = None
        self._loop = QEventLoop()
        self._service = JobService(paths)
        self._service.opened.connect(self._opened)
        self._service.refused.connect(self._refused)
        self._service.blocked.connect(say)
        self._service.problem.connect(self._problem)
        self._service.jobs.loaded.connect(self._loaded)

    def result(self) -> dict[str, Any]:
        with Interrupts() as interrupts:
            interrupts.caught.connect(self._interrupted)
            self._service.open(run=False)
            if self._error is None and self._reply is None:
                self._loop.exec()
            interrupts.let_through()
            close(self._service)
        if self._error is not None:
            raise self._error
        assert self._reply is not None
        return self._reply

    def _opened(self, notice: str | None) -> None:
        if notice:
            say(notice)

    def _loaded(self) -> None:
        remote.handle(self._service, self._request, self._replied)

    def _problem(self, sentence: str, details: str) -> None:
        self._error = CommandError(f"{sentence}\n{details}", DATABASE)
        self._loop.quit()

    def _replied(self, reply: dict[str, Any]) -> None:
        self._reply = reply
        if not reply.get("ok"):
            self._error = CommandError(str(reply.get("error")), JOB_FAILED)
        self._loop.quit()

    def _refused(self, error: DatabaseError) -> None:
        self._error = CommandError(str(error), DATABASE)
        self._loop.quit()

    def _interrupted(self, number: int) -> None:
        self._error = CommandError("Stopped.", BY_SIGNAL + number)
        self._loop.quit()
