"""A job: one dropped file on its way to a Song Map, its states and the legal ways between them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """The words in the database; the first four are the original system's."""

    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETE = "complete"
    ERROR = "error"
    CANCELLED = "cancelled"


FINISHED: Final = frozenset({Status.COMPLETE, Status.ERROR, Status.CANCELLED})

TRANSITIONS: Final[dict[Status, frozenset[Status]]] = {
    Status.PENDING: frozenset({Status.PROCESSING, Status.CANCELLED}),
    # back to pending: interrupted by a quit or a crash
    Status.PROCESSING: frozenset({Status.COMPLETE, Status.ERROR, Status.CANCELLED, Status.PENDING}),
    # back to pending: analyse again
    Status.COMPLETE: frozenset({Status.PENDING}),
    Status.ERROR: frozenset({Status.PENDING}),
    Status.CANCELLED: frozenset({Status.PENDING}),
}
"""From a status to those that may follow it."""


class IllegalTransition(ValueError):
    """A job cannot go from its status to the one asked for."""


def sources(target: Status) -> frozenset[Status]:
    """Return the statuses from which `target` may be reached."""
    return frozenset(status for status, targets in TRANSITIONS.items() if target in targets)


@dataclass(frozen=True, slots=True)
class Job:
    """One row of the table. Times are Unix seconds, progress is 0-1, None is SQL's NULL."""

    job_id: str
    status: Status
    created_at: float
    started_at: float | None = None
    completed_at: float | None = None
    progress: float = 0.0
    error_message: str | None = None
    song_map_path: str | None = None
    input_file: str | None = None
    # beyond the original's nine columns:
    position: float = 0.0  # the queue's order, lower first
    stage: str | None = None  # one of protocol.STAGES while processing
    error_code: str | None = None  # one of protocol.FAILURE_CODES
    file_size: int | None = None
    content_hash: str | None = None
    title: str | None = None
    artist: str | None = None
    duration_sec: float | None = None
    tempo_bpm: float | None = None
    key: str | None = None  # "Eb major"

    @property
    def finished(self) -> bool:
        return self.status in FINISHED

    def require(self, target: Status) -> None:
        """Raise IllegalTransition unless the job may become `target`."""
        if target not in TRANSITIONS[self.status]:
            raise IllegalTransition(f"job {self.job_id} is {self.status} and cannot become {target}")
