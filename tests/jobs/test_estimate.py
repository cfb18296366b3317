from __future__ import annotations

from dataclasses import replace

import pytest

from performia_desktop.jobs.estimate import Estimate, WorkClock
from performia_desktop.jobs.job import Job, Status


class Clock:
    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


def song(number: int, *, mb: float = 4.0, extension: str = "mp3", seconds: float | None = None) -> Job:
    return Job(
        f"{number:08x}",
        Status.PENDING,
        created_at=0.0,
        input_file=f"/music/{number}.{extension}",
        file_size=int(mb * 1e6),
        duration_sec=seconds,
    )


def run(estimate: Estimate, clock: Clock, job: Job, seconds: float, audio: float = 180.0) -> None:
    """Run a job of `audio` seconds evenly in `seconds` of wall clock."""
    estimate.note([replace(job, status=Status.PROCESSING)])
    estimate.started(job)
    for step in range(11):
        estimate.progressed(job.job_id, step / 10)
        clock.time += seconds / 11
    estimate.ended(job.job_id, audio)


def test_nothing_is_known_at_first() -> None:
    clock = Clock()
    estimate = Estimate(clock)
    assert estimate.queue_remaining(2) is None
    estimate.note([song(1)])
    assert estimate.queue_remaining(2) is None
    assert estimate.remaining("00000001") is None
    assert estimate.elapsed("00000001") is None


def test_the_first_job_is_judged_by_its_own_pace() -> None:
    clock = Clock()
    estimate = Estimate(clock)
    estimate.started(song(1))
    estimate.progressed("00000001", 0.0)
    assert estimate.remaining("00000001") is None
    clock.time += 2.0
    estimate.progressed("00000001", 0.2)
    assert estimate.remaining("00000001") == pytest.approx(8.0)
    assert estimate.elapsed("00000001") == pytest.approx(2.0)


def test_later_ones_by_the_speed_of_the_earlier() -> None:
    clock = Clock()
    estimate = Estimate(clock)
    run(estimate, clock, song(1), 20.0)
    estimate.started(song(2, mb=2.0))
    assert estimate.remaining("00000002") == pytest.approx(10.0, rel=0.01)


def test_the_queue_before_the_first_song_is_done() -> None:
    clock = Clock()
    estimate = Estimate(clock)
    estimate.note([song(number) for number in range(2, 5)])
    estimate.started(song(1))
    estimate.progressed("00000001", 0.0)
    clock.time += 5.0
    estimate.progressed("00000001", 0.5)
    assert estimate.queue_remaining(1) == pytest.approx(5.0 + 3 * 10.0)


def test_the_queue_by_lengths_and_slots() -> None:
    clock = Clock()
    estimate = Estimate(clock)
    run(estimate, clock, song(1), 18.0)
    waiting = [song(number, seconds=180.0) for number in range(2, 12)]
    estimate.note(waiting)
    assert estimate.queue_remaining(1) == pytest.approx(180.0, rel=0.01)
    clock.time += 1000.0
    assert estimate.queue_remaining(4) == pytest.approx(45.0, rel=0.01)


def test_the_queue_takes_no_less_than_its_longest_running_job() -> None:
    clock = Clock()
    estimate = Estimate(clock)
    run(estimate, clock, song(1), 18.0)
    estimate.started(song(2, seconds=1800.0))
    assert estimate.queue_remaining(4) == pytest.approx(180.0, rel=0.01)


def test_wav_and_mp3_of_one_size_are_not_equally_long() -> None:
    clock = Clock()
    estimate = Estimate(clock)
    run(estimate, clock, song(1), 20.0)
    estimate.started(song(2, mb=40.0, extension="wav"))
    remaining = estimate.remaining("00000002")
    assert remaining is not None
    assert remaining == pytest.approx(20.0 * 228 / 180, rel=0.05)


def test_a_shown_estimate_never_jumps() -> None:
    clock = Clock()
    estimate = Estimate(clock)
    run(estimate, clock, song(1), 20.0)
    estimate.started(song(2, seconds=180.0))
    estimate.progressed("00000002", 0.0)
    shown = estimate.remaining("00000002")
    assert shown is not None
    for step in range(1, 100):
        clock.time += 0.5
        estimate.progressed("00000002", step / 200)  # five times slower than the first
        new = estimate.remaining("00000002")
        assert new is not None
        assert abs(new - shown) < 8.0
        shown = new
    assert shown == pytest.approx(50.0, rel=0.2)


def test_a_resumed_job_is_not_taken_for_a_fast_one() -> None:
    clock = Clock()
    estimate = Estimate(clock)
    estimate.started(song(1))
    clock.time += 0.1
    estimate.progressed("00000001", 0.6)
    clock.time += 4.0
    estimate.progressed("00000001", 0.8)
    assert estimate.remaining("00000001") == pytest.approx(4.0)


def test_a_stalled_job_does_not_count_below_zero() -> None:
    clock = Clock()
    estimate = Estimate(clock)
    estimate.started(song(1))
    estimate.progressed("00000001", 0.0)
    clock.time += 1.0
    estimate.progressed("00000001", 0.9)
    clock.time += 500.0
    assert estimate.remaining("00000001") == 0.0


def test_a_hundred_thousand_waiting_jobs_come_and_go_one_at_a_time() -> None:
    clock = Clock()
    estimate = Estimate(clock)
    jobs = [song(number, mb=4.2, extension=("mp3", "flac")[number % 2]) for number in range(1000)]
    estimate.note(jobs)
    estimate.note(jobs)
    estimate.note([replace(job, status=Status.CANCELLED) for job in jobs[:500]])
    estimate.forget(job.job_id for job in jobs[:800])
    estimate.forget(job.job_id for job in jobs)
    assert estimate.queue_remaining(2) is None
    assert estimate._sums == {}


def test_the_work_clock_does_not_count_sleep_and_never_runs_back() -> None:
    source = Clock()
    clock = WorkClock(source)
    source.time += 1.0
    assert clock.tick() == pytest.approx(1.0)
    source.time += 8 * 3600.0
    assert clock.now() == pytest.approx(6.0)
    assert clock.tick() == pytest.approx(5.0)
    source.time -= 100.0
    assert clock.now() == pytest.approx(6.0)
    assert clock.tick() == 0.0
