"""The real program is killed at any moment, four songs at once, started again, and has lost nothing."""

from __future__ import annotations

import random
import time

import pytest

from tests.crash.conftest import NewPlace
from tests.crash.invariants import check_crashed, check_finished, read
from tests.crash.place import Place
from tests.crash.program import KILLED, Running, orphans, run_afresh

LANES = 2
"""So many programs run side by side, each in a place of its own."""
AT_ONCE = 4
ROUNDS_IN_A_PLACE = 10
SECONDS = 30.0
"""So long is a song: its analysis takes longer than the program's start."""


@pytest.mark.parametrize(
    ("rounds", "longest"),
    [
        pytest.param(4, 3.0, id="quick"),
        pytest.param(200, None, id="slow", marks=[pytest.mark.slow, pytest.mark.timeout(1800)]),
    ],
)
def test_a_kill_at_any_moment_loses_nothing(rounds: int, longest: float | None, new_place: NewPlace) -> None:
    chance = random.Random(rounds)
    longest = longest or _undisturbed(new_place)
    while rounds > 0:
        lanes = [new_place(at_once=AT_ONCE, seconds=SECONDS) for _ in range(LANES)]
        for _ in range(min(ROUNDS_IN_A_PLACE, rounds // LANES)):
            rounds -= LANES
            programs = [_drop_four(lane) for lane in lanes]
            _kill(programs, [chance.uniform(0.0, longest) for _ in programs], family=chance.random() < 0.5)
            for lane, program in zip(lanes, programs, strict=True):
                assert program.wait() in {KILLED, 0}, program.said()
                assert orphans(lane.paths) == []
                check_crashed(lane.paths, _taken(lane), listened=True)
        programs = [run_afresh(lane.paths, ["analyze", *lane.songs]) for lane in lanes]
        for lane, program in zip(lanes, programs, strict=True):
            assert program.wait() == 0, program.said()
            check_finished(lane.paths, lane.songs)


def _undisturbed(new_place: NewPlace) -> float:
    """Return how many seconds the programs take for a drop if nobody kills them."""
    begin = time.monotonic()
    for program in [_drop_four(new_place(at_once=AT_ONCE, seconds=SECONDS)) for _ in range(LANES)]:
        assert program.wait() == 0, program.said()
    return time.monotonic() - begin


def _drop_four(place: Place) -> Running:
    """Start the program with four songs more than it has; what it was killed in the middle of goes on too."""
    return run_afresh(place.paths, ["analyze", *(place.song(listen=True) for _ in range(AT_ONCE))])


def _kill(programs: list[Running], moments: list[float], *, family: bool) -> None:
    begin = time.monotonic()
    for moment, program in sorted(zip(moments, programs, strict=True), key=lambda pair: pair[0]):
        time.sleep(max(0.0, begin + moment - time.monotonic()))
        if not program.ended():
            program.kill(family=family)


def _taken(place: Place) -> list[str]:
    """Return the songs that must be there: all of the last drop, or none if the kill came before it was taken."""
    there = {job["input_file"] for job in read(place.paths.database).jobs}
    last = place.songs[-AT_ONCE:]
    if there.isdisjoint(last):
        del place.songs[-AT_ONCE:]
    return place.songs
