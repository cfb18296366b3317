"""Who works on a data directory: this process, or the one that runs already and can be asked."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QDeadlineTimer, QThread

from performia_desktop.cli.exits import DATABASE, JOB_FAILED, CommandError
from performia_desktop.cli.loop import ends_at_once
from performia_desktop.instance import Instance, send
from performia_desktop.jobs.service import JobService
from performia_desktop.paths import Paths

_PATIENCE_MS: Final = 15_000
_BETWEEN_MS: Final = 100
_CLOSING_MS: Final = 60_000


def create(paths: Paths) -> None:
    """Make the data directory. Raises CommandError."""
    try:
        paths.create()
    except OSError as error:
        raise _unwritable(paths, error) from error


def become_first(instance: Instance, paths: Paths) -> bool:
    """Acquire the data directory; False if another process has it. Raises CommandError."""
    try:
        return instance.acquire()
    except OSError as error:
        raise _unwritable(paths, error) from error


def _unwritable(paths: Paths, error: OSError) -> CommandError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return CommandError(
            f"The disk with {paths.data_dir} is full. Free some space, or choose another place with --data-dir.",
            DATABASE,
        )
    return CommandError(
        f"{error.filename or paths.data_dir} cannot be written ({error.strerror or error}). Choose another place "
        "with --data-dir.",
        DATABASE,
    )


def first_or_reply(
    paths: Paths, request: Mapping[str, Any], timeout_ms: int = 5_000
) -> tuple[Instance, None] | tuple[None, dict[str, Any]]:
    """Return the data directory as ours, or what the program that has it replied to the request.

    Raises
    ------
    CommandError
        The place cannot be written, the program does not answer, or it refuses.
    """
    deadline = QDeadlineTimer(_PATIENCE_MS)
    while not deadline.hasExpired():
        instance = Instance(paths.data_dir)
        if become_first(instance, paths):
            return instance, None
        with ends_at_once():
            reply = send(paths.data_dir, request, timeout_ms)
        if reply is not None:
            if not reply.get("ok"):
                raise CommandError(str(reply.get("error")), JOB_FAILED)
            return None, reply
        QThread.msleep(_BETWEEN_MS)  # it has just ended, or is a short command that hears nobody
    raise CommandError(
        f"The program that uses {paths.data_dir} does not answer. Close it, then try again.", JOB_FAILED
    )


def close(service: JobService) -> None:
    """End the core; give a database that takes nothing at the moment a minute. Raises CommandError after that."""
    if not service.quit(_CLOSING_MS):
        raise CommandError(
            f"The last changes could not be written to {service.paths.database}. Songs without a result are "
            "analysed again at the next start.",
            DATABASE,
        )
