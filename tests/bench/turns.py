"""The longest turn of the window's event loop while 100,000 jobs are opened, searched, cleaned up and brought back.

A turn is what happens between two ticks of a timer that is always due: for so long the window neither paints nor hears
the mouse. It is measured in the main thread's own processor time, so that what else the machine does does not count;
the time on the clock, of the whole action, stands beside it.
"""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

Row = dict[str, Any]

GOAL_MS = 30.0
_LONGEST_SECONDS = 60.0


def run(quick: bool) -> list[Row]:
    """Measure and return the rows of the table; `quick` takes fewer jobs."""
    n = 20_000 if quick else 100_000
    with tempfile.TemporaryDirectory(prefix="performia-bench-") as name:
        rows = _in_a_window(Path(name), n, by_title=False)
        return rows + _in_a_window(Path(name), n, by_title=True)


class Turns:
    """Notes how much processor time each turn of the event loop takes the thread that made it."""

    def __init__(self) -> None:
        from PySide6.QtCore import QEventLoop, QTimer

        self._loop = QEventLoop()
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)
        self._turns: list[float] = []
        self._begin = self._last = 0.0
        self._over: Callable[[], bool] = lambda: True

    def during(self, action: Callable[[], object], over: Callable[[], bool]) -> tuple[float, float]:
        """Do something in a turn of its own; return seconds when it is `over`: the longest turn, and all in all."""
        from PySide6.QtCore import QTimer

        self._turns, self._over = [], over
        self._last = time.thread_time()
        self._begin = time.perf_counter()
        QTimer.singleShot(0, action)
        self._timer.start(0)
        self._loop.exec()
        if not self._over():
            raise RuntimeError("it was never over")
        return max(self._turns), time.perf_counter() - self._begin

    def _tick(self) -> None:
        now = time.thread_time()
        self._turns.append(now - self._last)
        late = time.perf_counter() - self._begin > _LONGEST_SECONDS
        if late or (len(self._turns) > 3 and self._over()):
            self._timer.stop()
            self._loop.quit()
        self._last = time.thread_time()  # what it took to ask is not the window's


def _in_a_window(folder: Path, n: int, *, by_title: bool) -> list[Row]:
    """Do with n jobs what can be done with many; `by_title`: in an order that is not the one they come in."""
    from PySide6.QtWidgets import QApplication

    from performia_desktop.gui.joblist.columns import Column, haystack
    from performia_desktop.gui.main_window import MainWindow
    from performia_desktop.jobs.job import Status
    from performia_desktop.jobs.service import JobService
    from performia_desktop.paths import Paths

    app = QApplication.instance() or QApplication(["bench"])
    paths = Paths.of(folder / str(by_title), folder / str(by_title) / "jobs.db")
    paths.create()
    _fill(paths, n)
    service = JobService(paths)
    window = MainWindow(service.settings)
    window.fill(service)
    if by_title:
        window.table.sort_by(Column.SONG, descending=False)
    window.show()
    app.processEvents()
    model, jobs, turns = window.model, service.jobs, Turns()
    jobs.settled.connect(gc.freeze)  # as the program does
    rows: list[Row] = []
    order = "sorted by title" if by_title else "newest first"

    def measure(what: str, action: Callable[[], object], over: Callable[[], bool]) -> None:
        longest, total = turns.during(action, over)
        rows.append(
            {
                "area": "turns",
                "what": f"{n:,} jobs, {order}: {what}",
                "longest_turn_ms": longest * 1000,
                "in_all_ms": total * 1000,
                "goal": f"< {GOAL_MS:.0f} ms",
                "ok": longest * 1000 < GOAL_MS,
            }
        )

    def settled() -> bool:
        return service._writer.pending == 0 and not service._files.busy

    def search(text: str, status: Status | None = None) -> Callable[[], None]:
        return lambda: window._filter(text, None if status is None else frozenset({status}))

    def shown(count: int) -> Callable[[], bool]:
        return lambda: model.rowCount() == count

    half = n // 2
    measure("open", lambda: service.open(run=False), lambda: jobs.is_loaded and model.rowCount() == n)
    turns.during(lambda: None, settled)  # the start's own tidying
    found = sum("12" in haystack(job) for job in jobs)
    measure("first search", search("number 12"), shown(found))
    measure("search emptied", search(""), shown(n))
    measure("one status shown", search("", Status.PENDING), shown(1))
    measure("all shown again", search(""), shown(n))
    [waiting] = jobs.pending()
    window.table.reveal([waiting.job_id])
    measure("one update", lambda: model.update(replace(waiting, title="Another title")), lambda: True)
    measure("clean-up of half", lambda: service.cleanup(30), lambda: len(jobs) == n - half and settled())
    if model.rowCount() != n - half:
        raise RuntimeError(f"{model.rowCount()} rows instead of {n - half}")
    measure("undo of it", service.undo, lambda: model.rowCount() == n and settled())
    window.quit_unasked()
    service.quit()
    window.deleteLater()
    service.deleteLater()
    app.processEvents()
    gc.unfreeze()
    return rows


def _fill(paths: Any, n: int) -> None:
    """Make a database of n jobs, the older half of them 40 days old."""
    from performia_desktop.jobs.store import Store
    from tests.bench.window import many_jobs

    now = time.time()
    store = Store.open(paths)
    store.insert(
        [
            replace(job, created_at=now - (40 * 86_400 if i < n // 2 else 0) + i / n)
            for i, job in enumerate(many_jobs(n))
        ]
    )
    store.close()
