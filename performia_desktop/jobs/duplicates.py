"""Finds files whose content has a job already, reading as little as possible.

Only files of equal size can be equal. Of these, three pieces of 64 KB are compared first, and all of it (BLAKE2b,
128 bits) only where the pieces agree.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from performia_desktop.jobs.expand import Found
from performia_desktop.jobs.job import Job, Status

_PIECE: Final = 64 << 10
_BLOCK: Final = 1 << 20
_FAILED: Final = frozenset({Status.ERROR, Status.CANCELLED})


@dataclass(frozen=True, slots=True)
class Match:
    """A file whose content has a job; `moved`: the job's own file is gone, this one can take its place."""

    file: Found
    job_id: str
    moved: bool


@dataclass(slots=True)
class SortedOut:
    """What is new (with its content's hash, where that had to be known), known, and double in the drop itself."""

    new: list[tuple[Found, str | None]] = field(default_factory=list)
    known: list[Match] = field(default_factory=list)
    double: list[tuple[Found, Found]] = field(default_factory=list)


def sort_out(
    files: Iterable[Found],
    jobs: Mapping[int, Sequence[Job]],
    stopped: Callable[[], bool] = lambda: False,
) -> SortedOut:
    """Compare files with each other and with the jobs there are (by file size)."""
    result = SortedOut()
    contents = _Contents()
    taken: dict[int, list[Found]] = {}
    for file in files:
        if stopped():
            break
        job = _match(file, jobs.get(file.size, ()), contents)
        if job is not None:
            moved = job.input_file != file.path and not (job.input_file and os.path.lexists(job.input_file))
            result.known.append(Match(file, job.job_id, moved))
            continue
        same_size = taken.setdefault(file.size, [])
        twin = next((other for other in same_size if contents.equal(file, other)), None)
        if twin is not None:
            result.double.append((file, twin))
            continue
        same_size.append(file)
        result.new.append((file, None))
    result.new = [(file, contents.known_hash(file.path)) for file, _ in result.new]
    return result


def _match(file: Found, jobs: Sequence[Job], contents: _Contents) -> Job | None:
    """Return the job of this content; one that has not failed before one that has."""
    for job in sorted(jobs, key=lambda job: (job.status in _FAILED, job.input_file != file.path)):
        if job.input_file == file.path and file.changed <= job.created_at:
            return job
        if contents.equal_to_job(file, job):
            return job
    return None


class _Contents:
    """Reads contents, each at most once; what cannot be read equals nothing."""

    def __init__(self) -> None:
        self._pieces: dict[str, bytes | None] = {}
        self._hashes: dict[str, str | None] = {}

    def known_hash(self, path: str) -> str | None:
        return self._hashes.get(path)

    def equal(self, one: Found, other: Found) -> bool:
        """Compare two files of one size."""
        if not (one.regular and other.regular and one.size):
            return False
        pieces = self._sample(one.path, one.size)
        if pieces is None or pieces != self._sample(other.path, other.size):
            return False
        content = self._hash(one.path)
        return content is not None and content == self._hash(other.path)

    def equal_to_job(self, file: Found, job: Job) -> bool:
        """Compare a file with what a job was made for; the job's own file may be gone."""
        theirs = _found(job.input_file)
        if job.input_file == file.path and (job.content_hash is None or not file.regular or not file.size):
            return True
        if job.content_hash is None:
            return theirs is not None and theirs.size == file.size and self.equal(file, theirs)
        if not (file.regular and file.size):
            return False
        if theirs is not None and theirs.size == file.size and theirs.path != file.path:
            pieces = self._sample(file.path, file.size)
            if pieces is None or pieces != self._sample(theirs.path, theirs.size):
                return False
        return self._hash(file.path) == job.content_hash

    def _sample(self, path: str, size: int) -> bytes | None:
        if path not in self._pieces:
            digest = hashlib.blake2b(digest_size=16)
            try:
                with open(path, "rb") as file:  # noqa: PTH123
                    for start in (0, (size - _PIECE) // 2, size - _PIECE):
                        file.seek(max(0, start))
                        digest.update(file.read(_PIECE))
                self._pieces[path] = digest.digest()
            except OSError:
                self._pieces[path] = None
        return self._pieces[path]

    def _hash(self, path: str) -> str | None:
        if path not in self._hashes:
            digest = hashlib.blake2b(digest_size=16)
            try:
                with open(path, "rb") as file:  # noqa: PTH123
                    while block := file.read(_BLOCK):
                        digest.update(block)
                self._hashes[path] = digest.hexdigest()
            except OSError:
                self._hashes[path] = None
        return self._hashes[path]


def _found(path: str | None) -> Found | None:
    """Return a regular file as it is now, None where there is none."""
    if not path:
        return None
    try:
        status = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return None
    return Found(path, status.st_size, 0.0) if stat.S_ISREG(status.st_mode) else None
