"""How long it will still take: per job and for the whole queue.

The length of a waiting song is guessed from its size and format; how many seconds of wall clock a second of audio
takes is measured on the songs of this session. While a job runs, its own progress takes over from that guess, in
proportion to the progress made. What is shown counts down with the clock and bends towards a new estimate over
some seconds, so that it never jumps. Times are seconds of a `WorkClock`, which stops while the machine sleeps.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from performia_desktop.jobs.job import Job, Status

_SECONDS_PER_MB: Final = {
    "wav": 5.7,
    "w64": 5.7,
    "aiff": 5.7,
    "aif": 5.7,
    "aifc": 5.7,
    "au": 5.7,
    "flac": 10.0,
    "alac": 10.0,
    "caf": 8.0,
}
_COMPRESSED: Final = 45.0  # about 180 kbit/s
_LEARN: Final = 0.3  # weight of the newest song in the running averages
_BEND_SECONDS: Final = 8.0  # time constant with which a shown estimate follows a new one
_ENOUGH: Final = 0.04  # progress from which on a job's own pace means something
_LONGEST_STEP: Final = 5.0  # a longer gap between two ticks is a sleeping machine, not work


class WorkClock:
    """Seconds during which the program could work: monotonic, without what the machine slept through.

    Call `tick` at least every few seconds; a longer gap counts as `_LONGEST_STEP`.
    """

    def __init__(self, source: Callable[[], float] = time.monotonic) -> None:
        self._source = source
        self._last = source()
        self._sum = 0.0

    def now(self) -> float:
        return self._sum + min(max(0.0, self._source() - self._last), _LONGEST_STEP)

    def tick(self) -> float:
        """Take note of the time that has passed and return it."""
        step = self.now() - self._sum
        self._sum += step
        self._last = self._source()
        return step


@dataclass(slots=True)
class _Running:
    audio_seconds: float | None
    extension: str
    size: int | None
    started: float
    first: tuple[float, float] | None = None  # time and progress of the first report: a resumed job starts high
    latest: tuple[float, float] = (0.0, 0.0)
    shown: _Shown | None = None


@dataclass(slots=True)
class _Shown:
    """An estimate as it was last shown: it counts down and bends towards new ones."""

    value: float
    at: float

    def follow(self, target: float, now: float) -> float:
        passed = max(0.0, now - self.at)
        counted = max(0.0, self.value - passed)
        self.value = max(0.0, target + (counted - target) * math.exp(-passed / _BEND_SECONDS))
        self.at = now
        return self.value


class Estimate:
    """Follows all jobs and answers how much time is left.

    Parameters
    ----------
    now : callable
        The clock, in seconds; a `WorkClock`'s `now`.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._running: dict[str, _Running] = {}
        self._waiting: dict[str, tuple[str, float, int]] = {}  # extension, known seconds, bytes of unknown length
        self._sums: dict[str, list[float]] = {}  # extension -> the sums of the two, and how many
        self._speed: float | None = None  # wall seconds per audio second
        self._length: dict[str, float] = {}  # extension -> audio seconds per MB, as measured
        self._shown: _Shown | None = None

    # what happens

    def note(self, jobs: Iterable[Job]) -> None:
        """Take the jobs as they are now into, or out of, what is waiting."""
        waiting = self._waiting
        for job in jobs:
            if (job.status is Status.PENDING) != (job.job_id in waiting):
                if job.status is Status.PENDING:
                    self._enqueue(job)
                else:
                    self._dequeue(job.job_id)

    def forget(self, job_ids: Iterable[str]) -> None:
        waiting = self._waiting
        for job_id in job_ids:
            if job_id in waiting:
                self._dequeue(job_id)

    def started(self, job: Job) -> None:
        extension = _extension(job.input_file)
        self._running[job.job_id] = _Running(job.duration_sec, extension, job.file_size, self._now())

    def progressed(self, job_id: str, progress: float) -> None:
        running = self._running.get(job_id)
        if running is not None:
            point = (self._now(), progress)
            running.first = running.first or point
            running.latest = point

    def ended(self, job_id: str, duration_sec: float | None = None) -> None:
        """A job has ended; with the length of its audio if it is complete."""
        running = self._running.pop(job_id, None)
        if running is None or not duration_sec or duration_sec <= 0:
            return
        if running.size:
            seconds_per_mb = duration_sec / (running.size / 1e6)
            self._length[running.extension] = _average(self._length.get(running.extension), seconds_per_mb)
        done_before = running.first[1] if running.first is not None else 0.0
        wall = self._now() - running.started
        if done_before < 0.5 and wall > 0:
            self._speed = _average(self._speed, wall / (duration_sec * (1 - done_before)))

    # what is asked

    def elapsed(self, job_id: str) -> float | None:
        running = self._running.get(job_id)
        return None if running is None else max(0.0, self._now() - running.started)

    def remaining(self, job_id: str) -> float | None:
        """Return the seconds a running job still takes, None where nothing is known yet."""
        running = self._running.get(job_id)
        if running is None:
            return None
        target = self._target(running)
        if target is None:
            return None
        now = self._now()
        if running.shown is None:
            running.shown = _Shown(target, now)
        return running.shown.follow(target, now)

    def queue_remaining(self, at_once: int) -> float | None:
        """Return the seconds until everything that runs or waits is done, None where not known."""
        targets = [self._target(running) for running in self._running.values()]
        known = [target for target in targets if target is not None]
        waiting = self._waiting_seconds()
        if (not targets and not self._waiting) or len(known) < len(targets) or waiting is None:
            self._shown = None
            return None
        slots = max(1, min(at_once, len(targets) + len(self._waiting)))
        target = max([(sum(known) + waiting) / slots, *known])
        now = self._now()
        if self._shown is None:
            self._shown = _Shown(target, now)
        return self._shown.follow(target, now)

    # how it is known

    def _target(self, running: _Running) -> float | None:
        """Blend what the speed of others says with the job's own pace, by its progress."""
        elapsed = self._now() - running.started
        by_speed = None
        if self._speed is not None:
            seconds = self._audio_seconds(running.audio_seconds, running.extension, running.size)
            if seconds is not None:
                done_before = running.first[1] if running.first is not None else 0.0
                by_speed = max(self._speed * seconds * (1 - done_before) - elapsed, 0.0)
        if running.first is None:
            return by_speed
        (start, low), (at, high) = running.first, running.latest
        gained = high - low
        if gained < _ENOUGH or at <= start:
            return by_speed
        # the pace is measured up to the last report, so that a long silence is not taken for speed
        since = max(0.0, self._now() - at)
        by_pace = max((1 - high) * (at - start) / gained - since, 0.0)
        if by_speed is None:
            return by_pace
        weight = min(1.0, 4 * gained / max(1e-9, 1 - low))
        return weight * by_pace + (1 - weight) * by_speed

    def _waiting_seconds(self) -> float | None:
        if not self._waiting:
            return 0.0
        speed = self._speed or self._speed_of_the_running()
        if speed is None:
            return None
        seconds = sum(
            known + size / 1e6 * self._seconds_per_mb(extension)
            for extension, (known, size, _) in self._sums.items()
        )
        return speed * seconds

    def _speed_of_the_running(self) -> float | None:
        """Before the first song is done, take the pace of those that run."""
        speeds = []
        for running in self._running.values():
            seconds = self._audio_seconds(running.audio_seconds, running.extension, running.size)
            if seconds and running.first is not None and running.latest[1] - running.first[1] >= _ENOUGH:
                gained = running.latest[1] - running.first[1]
                speeds.append((running.latest[0] - running.first[0]) / (gained * seconds))
        return sum(speeds) / len(speeds) if speeds else None

    def _audio_seconds(self, known: float | None, extension: str, size: int | None) -> float | None:
        if known is not None:
            return known
        return None if size is None else size / 1e6 * self._seconds_per_mb(extension)

    def _seconds_per_mb(self, extension: str) -> float:
        return self._length.get(extension) or _SECONDS_PER_MB.get(extension, _COMPRESSED)

    def _enqueue(self, job: Job) -> None:
        extension = _extension(job.input_file)
        entry = (extension, job.duration_sec or 0.0, 0 if job.duration_sec is not None else job.file_size or 0)
        self._waiting[job.job_id] = entry
        sums = self._sums.setdefault(extension, [0.0, 0.0, 0.0])
        sums[0] += entry[1]
        sums[1] += entry[2]
        sums[2] += 1

    def _dequeue(self, job_id: str) -> None:
        entry = self._waiting.pop(job_id, None)
        if entry is None:
            return
        sums = self._sums[entry[0]]
        sums[0] -= entry[1]
        sums[1] -= entry[2]
        sums[2] -= 1
        if not sums[2]:
            del self._sums[entry[0]]  # and with it what the rounding left over


def _extension(file: str | None) -> str:
    stem, dot, extension = file.rpartition(".") if file else ("", "", "")
    return extension.lower() if dot and stem and len(extension) < 8 else ""


def _average(old: float | None, new: float) -> float:
    """Mix a new ratio into a running average, in the logarithm, so that one odd song weighs little."""
    if old is None or old <= 0 or new <= 0:
        return new
    return math.exp((1 - _LEARN) * math.log(old) + _LEARN * math.log(new))
