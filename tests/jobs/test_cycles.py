"""What a cycle holds is destroyed by the main thread, whichever thread makes the garbage."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from performia_desktop.jobs import cycles
from performia_desktop.jobs.cycles import CycleCollector


class _Knot(QObject):
    """An object that only the cycle collector can free, as a closed dialog with a bound lambda is."""

    def __init__(self, freed_by: list[str]) -> None:
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: freed_by.append(threading.current_thread().name))


@pytest.fixture
def python_collects() -> Iterator[None]:
    """As in the program: Python's own collection is on until somebody turns it off."""
    gc.enable()
    yield
    gc.disable()


def _make_garbage() -> None:
    for _ in range(50_000):
        knot: list[object] = []
        knot.append(knot)


def _busy_thread() -> None:
    thread = threading.Thread(target=_make_garbage, name="writer")
    thread.start()
    thread.join()


def test_python_alone_would_free_it_in_the_other_thread(python_collects: None, qtbot: QtBot) -> None:
    freed_by: list[str] = []
    _Knot(freed_by)
    _busy_thread()
    assert freed_by == ["writer"]


def test_the_main_thread_frees_it(python_collects: None, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cycles, "_INTERVAL_MS", 1)
    collector = CycleCollector()
    collector.begin()
    freed_by: list[str] = []
    _Knot(freed_by)
    _busy_thread()
    assert not freed_by
    qtbot.waitUntil(lambda: freed_by == ["MainThread"])
    collector.end()
    assert gc.isenabled()


def test_it_leaves_the_collection_as_it_was() -> None:
    assert not gc.isenabled()  # as every test has it
    collector = CycleCollector()
    collector.begin()
    collector.begin()
    collector.end()
    collector.end()
    assert not gc.isenabled()


def test_an_old_generation_is_collected_when_it_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    collected: list[int] = []
    monkeypatch.setattr(gc, "collect", collected.append)
    for counts in ((1, 0, 0), (701, 3, 0), (701, 11, 2), (5, 0, 11)):
        monkeypatch.setattr(gc, "get_count", lambda counts=counts: counts)
        monkeypatch.setattr(gc, "get_threshold", lambda: (700, 10, 10))
        cycles.collect_due()
    assert collected == [0, 1, 2]
