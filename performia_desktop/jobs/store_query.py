"""Which jobs a list is to hold: the same question for SQL and for jobs in memory."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from operator import attrgetter
from pathlib import PurePath

from performia_desktop.jobs.database import Value
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.store_fetch import COLUMNS, REQUIRED
from performia_desktop.jobs.store_state import STATE


@dataclass(frozen=True, slots=True)
class JobQuery:
    """Which jobs, in which order. None asks for nothing; times are Unix seconds, both ends included."""

    status: frozenset[Status] | None = None
    text: str | None = None
    since: float | None = None
    until: float | None = None
    sort: str = "created_at"
    descending: bool = True

    def matches(self, job: Job) -> bool:
        """Return whether a job is one of these."""
        return (
            (self.status is None or job.status in self.status)
            and (self.since is None or job.created_at >= self.since)
            and (self.until is None or job.created_at <= self.until)
            and (not self.text or _folded(self.text) in _folded(_searched(job)))
        )

    def where(self) -> tuple[str, list[Value]]:
        """Return the condition as SQL, and its parameters; for a text it lets more through than `matches`."""
        parts: list[str] = []
        params: list[Value] = []
        if self.status is not None:
            parts.append(f"{STATE} IN (SELECT value FROM json_each(?))")
            params.append(json.dumps(sorted(self.status)))
        for operator, limit in ((">=", self.since), ("<=", self.until)):
            if limit is not None:
                parts.append(f"created_at {operator} ?")
                params.append(limit)
        if self.text and self.text.isascii():  # SQLite folds the case of ASCII only
            pattern = "%" + "".join("\\" + c if c in "\\%_" else c for c in self.text) + "%"
            parts.append(
                r"(title LIKE ? ESCAPE '\' OR artist LIKE ? ESCAPE '\' OR input_file LIKE ? ESCAPE '\' "
                r"OR input_file LIKE 'file:///%')"
            )
            params += [pattern] * 3
        return " AND ".join(parts) or "TRUE", params

    def order(self) -> str:
        """Return the order as SQL: jobs without the value last, the older first among equals unless descending."""
        direction = "DESC" if self.descending else "ASC"
        nulls_last = "" if self._column in REQUIRED else f'"{self._column}" IS NULL, '
        value = STATE if self._column == "status" else f'"{self._column}"'
        return f"{nulls_last}{value} {direction}, rowid {direction}"

    def arrange(self, jobs: list[Job]) -> list[Job]:
        """Return jobs that come in the order of their rows in the order asked for: the same as `order`."""
        key = attrgetter(self._column)
        have = jobs if self._column in REQUIRED else [job for job in jobs if key(job) is not None]
        rest = [] if have is jobs else [job for job in jobs if key(job) is None]
        if self.descending:  # the sort keeps the order of equals
            have, rest = have[::-1], rest[::-1]
        return sorted(have, key=key, reverse=self.descending) + rest

    @property
    def _column(self) -> str:
        if self.sort not in COLUMNS:
            raise ValueError(f"jobs cannot be sorted by {self.sort}")
        return self.sort


def _searched(job: Job) -> str:
    return "\n".join((job.title or "", job.artist or "", PurePath(job.input_file or "").name))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
