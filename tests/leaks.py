"""Finds what a test leaves running: threads, QThreads, QTimers, child processes, and warnings in the log.

QThread and QTimer say nothing about who started them, so their `start` is wrapped for the whole run and remembers
where it was called; napari's test suite does the same.
"""

from __future__ import annotations

import gc
import logging
import re
import sys
import threading
import time
import traceback
import weakref
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import psutil
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QThreadPool, QTimer
from shiboken6 import isValid

GRACE = 5.0
"""Seconds that something may take to end after the test has told it to."""


@dataclass
class Snapshot:
    threads: frozenset[int]
    children: frozenset[int]
    objects: frozenset[int]


@dataclass
class LeakWatch:
    """Remembers who started what; compares what runs after a test with what ran before."""

    _started: dict[int, tuple[weakref.ref[QObject], str]] = field(default_factory=dict)
    _originals: list[tuple[type, str, Callable[..., Any]]] = field(default_factory=list)

    def install(self) -> None:
        self._wrap(QThread, "start")
        self._wrap(QTimer, "start")

    def uninstall(self) -> None:
        for cls, name, original in self._originals:
            setattr(cls, name, original)
        self._originals.clear()

    def snapshot(self) -> Snapshot:
        return Snapshot(
            frozenset(thread.ident or 0 for thread in threading.enumerate()),
            frozenset(child.pid for child in psutil.Process().children()),
            frozenset(key for key, _, _ in self._running()),
        )

    def leaks(self, before: Snapshot) -> list[str]:
        """Return a line for each thing that runs now and did not before, having given it time to end."""
        deadline = time.monotonic() + GRACE
        _settle(deadline)
        found = [*_threads(before.threads, deadline), *_children(before.children, deadline)]
        running = [entry for entry in self._running() if entry[0] not in before.objects]
        if running:
            gc.collect()
            _settle(deadline)
            running = [entry for entry in self._running() if entry[0] not in before.objects]
        return found + [f"{what} started\n{where}" for _, what, where in running]

    def _wrap(self, cls: type, name: str) -> None:
        original = getattr(cls, name)
        self._originals.append((cls, name, original))

        def start(instance: QObject, *args: Any) -> Any:
            stack = traceback.extract_stack(sys._getframe(1), limit=4)
            self._started[id(instance)] = (weakref.ref(instance), "".join(traceback.format_list(stack)))
            return original(instance, *args)

        setattr(cls, name, start)

    def _running(self) -> Iterable[tuple[int, str, str]]:
        for key, (reference, where) in list(self._started.items()):
            instance = reference()
            if instance is None or not isValid(instance):
                del self._started[key]
            elif isinstance(instance, QThread) and instance.isRunning():
                yield key, f"{type(instance).__name__} (QThread)", where
            elif isinstance(instance, QTimer) and instance.isActive():
                yield key, f"QTimer ({instance.interval()} ms)", where


def _settle(deadline: float) -> None:
    """Let Qt finish what it was told: deferred deletions, pooled runnables."""
    app = QCoreApplication.instance()
    if app is None:
        return
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.processEvents()
    QThreadPool.globalInstance().waitForDone(int(max(0.0, deadline - time.monotonic()) * 1000))


def _threads(before: frozenset[int], deadline: float) -> list[str]:
    found = []
    for thread in threading.enumerate():
        if thread.ident in before or isinstance(thread, threading._DummyThread):
            continue
        thread.join(max(0.0, deadline - time.monotonic()))
        if thread.is_alive():
            frame = sys._current_frames().get(thread.ident or 0)
            where = "".join(traceback.format_stack(frame, limit=3)) if frame else ""
            found.append(f"thread {thread.name!r}, now at\n{where}")
    return found


def _children(before: frozenset[int], deadline: float) -> list[str]:
    new = [child for child in psutil.Process().children() if child.pid not in before]
    _, alive = psutil.wait_procs(new, timeout=max(0.0, deadline - time.monotonic())) if new else ([], [])
    found = []
    for child in alive:
        try:
            found.append(f"child process {child.pid}: {' '.join(child.cmdline())[:200]}")
            child.kill()
            child.wait(GRACE)
        except psutil.NoSuchProcess:
            found.append(f"child process {child.pid}")
    return found


class LogWatch(logging.Handler):
    """Collects the package's warnings and errors while it is entered; puts the root logger back as it was.

    It hangs on the package's logger, because the program replaces the root logger's handlers when it starts.
    """

    def __init__(self, allowed: Iterable[str]) -> None:
        super().__init__(logging.WARNING)
        self.records: list[str] = []
        self._allowed = [re.compile(pattern) for pattern in allowed]
        self._root: tuple[list[logging.Handler], int] = ([], 0)

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if record.exc_info:
            message += "\n" + "".join(traceback.format_exception(*record.exc_info))
        if not any(pattern.search(message) for pattern in self._allowed):
            self.records.append(f"{record.levelname} {record.name}: {message}")

    def __enter__(self) -> Self:
        root = logging.getLogger()
        self._root = (root.handlers[:], root.level)
        logging.getLogger("performia_desktop").addHandler(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        logging.getLogger("performia_desktop").removeHandler(self)
        root = logging.getLogger()
        for handler in root.handlers[:]:
            if handler not in self._root[0]:
                root.removeHandler(handler)
                handler.close()
        root.handlers[:] = self._root[0]
        root.setLevel(self._root[1])
