"""The program is killed at every place named in `failpoint`, started again, and has lost nothing.

SQLite's own method (its crash.test): every point, many times, and only a before or an after is accepted.
"""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

import performia_desktop
from performia_desktop.failpoint import NAMES
from performia_desktop.jobs.job import Status
from tests.crash import inside
from tests.crash.conftest import NewPlace
from tests.crash.invariants import check_crashed, check_finished, check_started, read
from tests.crash.place import Place
from tests.crash.program import KILLED, Launcher, Running, orphans
from tests.crash.scenarios import ROUNDS_IN_A_PLACE, SCENARIOS, Scenario

LANES = 2
"""So many programs run side by side, each in a place of its own."""

_VALUES = {"target": set(Status), "what": {"map", "checkpoint"}}
"""What the variables in the names of fail points stand for."""

QUICK, SLOW = 4, 24


@pytest.mark.parametrize("rounds", [QUICK, pytest.param(SLOW, marks=[pytest.mark.slow, pytest.mark.timeout(300)])])
@pytest.mark.parametrize("name", NAMES)
def test_a_kill_there_loses_nothing(name: str, rounds: int, launcher: Launcher, new_place: NewPlace) -> None:
    scenario = SCENARIOS[name]
    done = 0
    while done < rounds:
        lanes = [new_place(at_once=scenario.at_once) for _ in range(LANES)]
        for lane in lanes:
            scenario.begin(launcher, lane)
        number = 0
        while number < ROUNDS_IN_A_PLACE and done < rounds:
            started = []
            for shift, lane in enumerate(lanes):
                arguments = scenario.step(lane, done + shift)
                point = name + scenario.suffix(done + shift)
                started.append(launcher.run(lane.paths, *arguments, fail_point=point, listen=scenario.listen))
            dead = [
                lane
                for shift, (lane, running) in enumerate(zip(lanes, started, strict=True))
                if _check_crash(lane, running, scenario, done + shift)
            ]
            if scenario.damages or number % 2:  # else the next round's start is the first after the crash
                _check_starts(launcher, dead, told=scenario.damages)
            done += LANES
            number += 1
        ends = [_run_to_the_end(launcher, lane, scenario) for lane in lanes]
        for lane, (running, deleted) in zip(lanes, ends, strict=True):
            _check_end(lane, running, deleted)


def _check_crash(place: Place, running: Running, scenario: Scenario, number: int) -> bool:
    """Return whether the program died, not a child of it alone."""
    status = running.wait()
    assert orphans(place.paths) == []
    if scenario.alone(number):
        assert status == 1, running.said()
        disk = check_crashed(place.paths, place.songs, listened=True)
        assert disk.with_status("error"), "no child died"
        for job in disk.with_status("error"):
            assert job["error_code"] == "crashed", job
            assert job["error_message"], job
        return False
    assert status == KILLED, f"it ended with {status}\n{running.said()}"
    if not scenario.damages:
        check_crashed(place.paths, place.songs, listened=scenario.listen)
    return True


def _check_starts(launcher: Launcher, places: list[Place], *, told: bool) -> None:
    """Start it in each place without running any job; `told`: the user is told what happened."""
    answers = [place.folder / "answer.json" for place in places]
    started = [
        launcher.call(place.paths, inside.reopen, answer) for place, answer in zip(places, answers, strict=True)
    ]
    for place, answer, running in zip(places, answers, started, strict=True):
        assert running.wait() == 0, running.said()
        shown = json.loads(answer.read_text())
        assert ([notice is not None for notice in shown["notices"]], shown["troubles"]) == ([told], []), shown
        check_started(place.paths, place.songs, shown["jobs"])


def _run_to_the_end(launcher: Launcher, place: Place, scenario: Scenario) -> tuple[Running, set[str]]:
    """Start what brings everything to its end; return it, and which songs are deleted."""
    deleted = {job["input_file"] for job in read(place.paths.database).bin}
    again = place.songs if scenario.drops_again else []
    return launcher.run(place.paths, "analyze", *again, listen=scenario.listen), deleted


def _check_end(place: Place, running: Running, deleted: set[str]) -> None:
    bad = [song for song in place.songs if ".fail-" in song]
    assert running.wait() == bool(bad), running.said()
    disk = check_finished(place.paths, place.songs)
    assert {job["input_file"] for job in disk.bin} == deleted
    assert {job["input_file"] for job in disk.with_status("error")} == set(bad)


def test_every_point_in_the_code_has_a_name_and_every_name_a_point() -> None:
    reached: set[str] = set()
    for file in Path(performia_desktop.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "reach":
                reached |= _names(ast.unparse(node.args[0]))
    assert reached == set(NAMES)
    assert set(SCENARIOS) == set(NAMES)


def _names(argument: str) -> set[str]:
    """Return what an argument of `reach` can be: a literal, or an f-string with one variable."""
    text = argument.removeprefix("f").strip("'\"")
    variable = re.search(r"\{(\w+)\}", text)
    if variable is None:
        return {text}
    return {text.replace(variable.group(), value) for value in _VALUES[variable.group(1)]}
