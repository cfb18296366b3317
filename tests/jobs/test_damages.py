"""A database that is damaged in a thousand ways: no crash, no silent loss, and how much of it comes back."""

from __future__ import annotations

import random
import shutil
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from performia_desktop.jobs.database import SIDE_FILES
from performia_desktop.jobs.job import Job
from performia_desktop.jobs.store import Store
from performia_desktop.paths import Paths
from tests.jobs import damages
from tests.jobs.damages import DAMAGES

JOBS = 300
WITH_BACKUP = 0.97
"""The share of rows that comes back at least where there are a backup, a tenth of the jobs older, and the maps."""
BARE = {
    "bit flips": 0.99,
    "lost sectors": 0.95,
    "lost pages": 0.85,
    "cut off": 0.25,
    "zeroed header": 0.99,
    "bit flips, not checkpointed": 0.99,
    "log lost": 0.9,  # all that the file itself holds
    "log damaged": 0.99,
    "log of another file": 0.9,
    "log of another file, after an orderly end": 0.99,
    "text file": 0.0,
}
"""The same out of the damaged file alone."""


@dataclass
class Place:
    """A data directory, and all of its files as they were before any damage."""

    paths: Paths
    kept: Path
    other: Path
    jobs: dict[str, Job] = field(default_factory=dict)
    binned: set[str] = field(default_factory=set)

    def put_back(self, *, bare: bool) -> None:
        """Undo everything; `bare`: there are no backups and no maps either."""
        shutil.rmtree(self.paths.data_dir)
        shutil.copytree(self.kept, self.paths.data_dir)
        for side in SIDE_FILES:
            log = self.other.with_name(self.other.name + side)
            if log.exists():
                shutil.copyfile(log, self.paths.data_dir / f"{damages.OTHER}{side}")
        if bare:
            for folder in (self.paths.backups, self.paths.maps, self.paths.bin):
                shutil.rmtree(folder)
        self.paths.create()


def a_place(folder: Path, other: Path, end: str) -> Place:
    paths = Paths.of(folder / "data")
    damages.make(paths, 1, JOBS, end)
    shutil.copytree(paths.data_dir, folder / "kept")
    store = Store.open(paths)
    assert store.notice is None
    place = Place(
        paths,
        folder / "kept",
        other,
        {job.job_id: job for job in store.list()},
        {one.job.job_id for one in store.binned()},
    )
    store.close()
    assert len(place.jobs) + len(place.binned) == JOBS
    return place


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory, qapp: QCoreApplication) -> dict[bool, Place]:
    """Return a place after an orderly end (False) and one after a kill (True)."""
    other = Paths.of(tmp_path_factory.mktemp("other") / "data")
    damages.make(other, 2, JOBS, "killed")
    return {
        killed: a_place(tmp_path_factory.mktemp(end), other.database, end)
        for killed, end in ((False, "orderly"), (True, "killed"))
    }


@dataclass
class Tally:
    """What came of the rounds of one kind of damage."""

    rounds: int = 0
    told: int = 0
    lost: int = 0
    altered: int = 0
    foreign: int = 0
    worst: float = 1.0

    @property
    def share(self) -> float:
        return 1 - self.lost / (self.rounds * JOBS)


def one_round(place: Place, kind: str, seed: int, tally: Tally, *, bare: bool) -> None:
    place.put_back(bare=bare)
    database = place.paths.database
    damage, _ = DAMAGES[kind]
    damage(random.Random(seed), database)
    damaged = database.read_bytes()
    store = Store.open(place.paths)
    try:
        notice = store.notice
        assert store.check() == []
        jobs = {job.job_id: job for job in store.list()}
        binned = {one.job.job_id for one in store.binned()}
    finally:
        store.close()
    expected = place.jobs.keys() | place.binned
    missing = expected - jobs.keys() - binned
    tally.rounds += 1
    tally.told += notice is not None
    tally.lost += len(missing)
    tally.worst = min(tally.worst, 1 - len(missing) / JOBS)
    tally.foreign += len((jobs.keys() | binned) - expected)
    tally.altered += sum(place.jobs[job_id] != job for job_id, job in jobs.items() if job_id in place.jobs)
    if notice is None:
        assert not missing, f"{len(missing)} jobs were lost without a word"
        return
    [aside] = place.paths.data_dir.glob("jobs-set-aside-*.db")
    assert aside.read_bytes() == damaged
    assert str(aside) in notice
    again = Store.open(place.paths)
    assert again.notice is None
    again.close()


def rounds_of(number: int, places: dict[bool, Place], *, bare: bool) -> dict[str, Tally]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    for seed in range(number):
        kind = [*DAMAGES][seed % len(DAMAGES)]
        place = places[DAMAGES[kind][1]]
        try:
            one_round(place, kind, seed, tallies[kind], bare=bare)
        except Exception as error:
            error.add_note(f"{kind}, seed {seed}, {'bare' if bare else 'with backup and maps'}")
            raise
    return tallies


def report(tallies: dict[str, Tally]) -> str:
    head = f"{'damage':45}{'rounds':>8}{'told':>6}{'back %':>9}{'worst %':>9}{'altered':>9}{'foreign':>9}"
    lines = [
        f"{kind:45}{one.rounds:8}{one.told:6}{100 * one.share:9.2f}{100 * one.worst:9.2f}{one.altered:9}{one.foreign:9}"
        for kind, one in tallies.items()
    ]
    return "\n".join(("", head, *lines))


@pytest.mark.parametrize("rounds", [60, pytest.param(1000, marks=[pytest.mark.slow, pytest.mark.timeout(600)])])
@pytest.mark.parametrize("bare", [False, True], ids=["with backup and maps", "bare"])
def test_damages(rounds: int, bare: bool, places: dict[bool, Place]) -> None:
    tallies = rounds_of(rounds // 2, places, bare=bare)
    sys.stdout.write(report(tallies))
    for kind, tally in tallies.items():
        assert tally.share >= (BARE[kind] if bare else WITH_BACKUP), kind
