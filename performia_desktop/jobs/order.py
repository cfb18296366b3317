"""Places in the queue: numbers between numbers, so that moving a job renumbers no other."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from performia_desktop.jobs.job import Job


def places(waiting: Sequence[Job], moved: Collection[str], before: str | None) -> dict[str, float]:
    """Return new positions that put some waiting jobs in front of another, or at the end if `before` is None.

    Parameters
    ----------
    waiting
        All waiting jobs in their order.
    moved
        Ids of those that move; their own order stays, ids of others are passed over.
    before
        May itself be one of those that move: they gather where it stands.
    """
    moving = [job for job in waiting if job.job_id in moved]
    if not moving:
        return {}
    place = next((i for i, job in enumerate(waiting) if job.job_id == before), len(waiting))
    front = [job for job in waiting[:place] if job.job_id not in moved]
    back = [job for job in waiting[place:] if job.job_id not in moved]
    numbers = between(front[-1].position if front else None, back[0].position if back else None, len(moving))
    if numbers is not None:
        return {job.job_id: number for job, number in zip(moving, numbers, strict=True)}
    return {job.job_id: waiting[0].position + i for i, job in enumerate([*front, *moving, *back])}


def between(low: float | None, high: float | None, count: int) -> list[float] | None:
    """Return `count` ascending numbers between two (None: no limit), None where doubles have no room for them."""
    if high is None:
        start = 0.0 if low is None else low
        return [start + n for n in range(1, count + 1)]
    if low is None:
        return [high - count + n for n in range(count)]
    step = (high - low) / (count + 1)
    numbers = [low + step * n for n in range(1, count + 1)]
    roomy = all(a < b for a, b in zip([low, *numbers], [*numbers, high], strict=True))
    return numbers if roomy else None
