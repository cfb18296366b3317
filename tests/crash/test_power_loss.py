"""The power fails at every sync of the job database: what the program had said to be done is there afterwards.

How often each state change syncs is counted in tests/jobs/test_store.py: once.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from tests.crash.power import Call, Disk, record
from tests.jobs.tracing import needs_strace

CHANGES = """
import json, os, sys
from PySide6.QtCore import QCoreApplication
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.store import Store
from performia_desktop.paths import Paths

application = QCoreApplication([])
paths = Paths.of(sys.argv[1])
paths.create()
store = Store.open(paths)
first = [Job(f"{n:08x}", Status.PENDING, 1.0, input_file=f"{n}.mp3") for n in range(6)]
many = [Job(f"{n:08x}", Status.PENDING, 2.0, input_file="x" * 3000) for n in range(100, 500)]

def tell(durable):
    rows = [[job.job_id, job.status, job.progress, job.title, bool(job.song_map_path)] for job in store.list()]
    print(json.dumps({"durable": durable, "rows": sorted(rows)}))
    os.write(2, b"<done>")

tell(True)
for durable, change in [
    (True, lambda: store.insert(first)),
    (True, lambda: store.transition("00000001", Status.PROCESSING)),
    *((False, lambda part=part: store.progress("00000001", part / 5, "beat")) for part in range(1, 5)),
    (True, lambda: store.transition("00000002", Status.PROCESSING)),
    (True, lambda: store.transition("00000001", Status.COMPLETE, song_map_path="/maps/00000001.json")),
    (True, lambda: store.insert(many)),  # longer than the log may become, so it is moved into the database
    (True, lambda: store.set_columns("00000002", title="after")),
    (True, lambda: store.delete([job.job_id for job in many], maps=True)),
    (True, lambda: store.undelete(["00000064"])),
    (True, lambda: store.transition("00000002", Status.ERROR, error_message="It is damaged.")),
    (True, lambda: store.move(["00000003"])),
    (True, lambda: store.vacuum()),
    (True, lambda: store.transition("00000003", Status.CANCELLED)),
]:
    change()
    tell(durable)
store.close()
"""


@needs_strace
def test_what_was_said_to_be_done_is_there_after_a_power_cut_at_any_sync(tmp_path: Path) -> None:
    said = tmp_path / "said"
    data = tmp_path / "data"
    code = f"import sys; sys.stdout = open({str(said)!r}, 'w')\n{CHANGES}"
    calls = record(code, [str(data)], tmp_path / "trace")
    states = [json.loads(line) for line in said.read_text().splitlines()]
    cuts = 0
    for number, (done, files) in enumerate(_power_cuts(calls, data)):
        cuts += 1
        since = max(index for index in range(done) if states[index]["durable"])
        allowed = [state["rows"] for state in states[since : done + 1]]
        found = _after(tmp_path / f"cut-{number}", files)
        assert found in allowed, (number, done, found, allowed)
    assert cuts > 100


def _power_cuts(calls: list[Call], data: Path) -> Iterator[tuple[int, dict[str, bytes]]]:
    """Yield what the disk may hold before and after each sync, and how many changes had been told of by then."""
    chance = random.Random(0)
    disk = Disk(data)
    done = 0
    for call in calls:
        if call.kind == "said":
            done += call.data.count(b"<done>")
        elif call.kind == "sync" and done:
            yield from ((done, files) for files in disk.cuts(chance))
            disk.play(call)
            yield from ((done, files) for files in disk.cuts(chance))
        else:
            disk.play(call)


def _after(folder: Path, files: dict[str, bytes]) -> list[list[object]]:
    """Return the rows that SQLite finds after the power has come back."""
    folder.mkdir()
    for name, content in files.items():
        if name.startswith("jobs.db") and not name.endswith("-shm"):
            (folder / name).write_bytes(content)
    connection = sqlite3.connect(folder / "jobs.db")
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        rows = connection.execute(
            "SELECT job_id, iif(error_code = 'cancelled', 'cancelled', status), progress, title, "
            "song_map_path IS NOT NULL FROM jobs WHERE job_id NOT IN (SELECT value FROM swept, json_each(swept.ids))"
        )
        return sorted([*row[:4], bool(row[4])] for row in rows)
    finally:
        connection.close()
        for file in folder.iterdir():
            file.unlink()
