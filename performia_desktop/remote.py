"""What another start of the program may ask of the one that is running: JSON requests, JSON replies.

    {"do": "add", "files": [...], "again": false, "raise": true}    {"do": "pause"}   {"do": "resume"}
    {"do": "cancel" | "retry" | "delete", "jobs": [ID, ...]}        {"do": "cleanup", "days": N}
    {"do": "restore", "path": PATH}                                 {"do": "vacuum"}
    {"do": "times", "jobs": [ID, ...]}

Every reply has `ok`; with ``"ok": false`` comes an `error`, a sentence. `add` replies when the drop is in the
store: `added`, `retried` (job ids), `duplicates` ([file, id]) and `skipped` ([file, sentence]). The others reply
with `jobs`, the ids they concerned; `restore`, when it is done, with `count`, `binned` and `before`; `vacuum`
with `freed` and `size`; `times` with `times`, for each of the jobs that runs the seconds it has taken and will take,
null where not known. `raise` is the window's business.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from performia_desktop.jobs.intake import IntakeReport
from performia_desktop.jobs.service import JobService

Reply = Callable[[dict[str, Any]], None]

_tr = QCoreApplication.translate


class _BadRequest(ValueError):
    """A request that this version does not understand."""


def handle(service: JobService, request: Mapping[str, Any], reply: Reply | None = None) -> dict[str, Any]:
    """Do what a request asks.

    With `reply`, it is called exactly once with the answer, for `add` only after the intake. Returned is the
    answer as far as it is known now (for `add`: ``{"ok": True, "ticket": n}``).
    """
    try:
        match request.get("do"):
            case "add":
                return _add(service, request, reply)
            case "restore":
                return _restore(service, request, reply)
            case "vacuum":
                return _vacuum(service, reply or (lambda _: None))
            case "cancel":
                answer = _concerned(service.queue.cancel(_ids(request)))
            case "retry":
                answer = _concerned(service.queue.retry(_ids(request)))
            case "delete":
                answer = _concerned(service.delete(_ids(request)))
            case "cleanup":
                answer = _concerned(service.cleanup(_days(request)))
            case "times":
                answer = _times(service, _ids(request))
            case "pause" | "resume" as verb:
                (service.queue.pause if verb == "pause" else service.queue.resume)()
                answer = {"ok": True}
            case _:
                raise _BadRequest
    except _BadRequest:
        sentence = _tr(
            "remote",
            "The running program does not know this request. Quit it, and start the same version for both.",
        )
        answer = {"ok": False, "error": sentence}
    if reply is not None:
        reply(answer)
    return answer


def _add(service: JobService, request: Mapping[str, Any], reply: Reply | None) -> dict[str, Any]:
    files = request.get("files", [])
    if not isinstance(files, list) or not all(isinstance(file, str) for file in files):
        raise _BadRequest
    again = request.get("again") is True
    if reply is None or not files:
        answer = {"ok": True, "ticket": service.add(files, again=again)} if files else {"ok": True, **_told(None)}
        if reply is not None:
            reply(answer)
        return answer
    ticket = -1

    def tell(report: IntakeReport) -> None:
        if report.ticket == ticket:
            service.intake_done.disconnect(tell)
            reply({"ok": True, **_told(report)})

    service.intake_done.connect(tell)
    ticket = service.add(files, again=again)
    return {"ok": True, "ticket": ticket}


def _restore(service: JobService, request: Mapping[str, Any], reply: Reply | None) -> dict[str, Any]:
    path = request.get("path")
    if not isinstance(path, str) or not path:
        raise _BadRequest
    tell = reply or (lambda _: None)
    service.housekeeping.restore(
        Path(path),
        lambda done: tell(
            {"ok": True, "count": done.jobs, "binned": done.binned, "before": str(done.before.path)}
        ),
        lambda error: tell({"ok": False, "error": str(error)}),
    )
    return {"ok": True}


def _vacuum(service: JobService, tell: Reply) -> dict[str, Any]:
    def freed(size: int) -> None:
        service.housekeeping.about(lambda about: tell({"ok": True, "freed": size, "size": about.size}))

    service.housekeeping.vacuum(freed, lambda error: tell({"ok": False, "error": str(error)}))
    return {"ok": True}


def _times(service: JobService, job_ids: list[str]) -> dict[str, Any]:
    queue = service.queue
    elapsed = {job_id: queue.elapsed(job_id) for job_id in job_ids}
    times = {job_id: [took, queue.remaining(job_id)] for job_id, took in elapsed.items() if took is not None}
    return {"ok": True, "times": times}


def _told(report: IntakeReport | None) -> dict[str, Any]:
    report = report or IntakeReport()
    return {
        "added": [job.job_id for job in report.added],
        "retried": [job.job_id for job in report.retried],
        "duplicates": [[str(path), job_id] for path, job_id in report.duplicates],
        "skipped": [[str(path), sentence] for path, sentence in report.skipped],
    }


def _concerned(job_ids: list[str]) -> dict[str, Any]:
    return {"ok": True, "jobs": job_ids}


def _ids(request: Mapping[str, Any]) -> list[str]:
    ids = request.get("jobs")
    if not isinstance(ids, list) or not all(isinstance(job_id, str) for job_id in ids):
        raise _BadRequest
    return ids


def _days(request: Mapping[str, Any]) -> float:
    days = request.get("days")
    if isinstance(days, bool) or not isinstance(days, int | float) or not math.isfinite(days) or days < 0:
        raise _BadRequest
    return float(days)
