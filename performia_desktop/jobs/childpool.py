"""Warm analysis children between songs."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import Final

from performia_desktop.jobs.child import Child

IDLE_SECONDS: Final = 60.0
SONGS_PER_CHILD: Final = 50


class ChildPool:
    """Warm children between songs. `take`, `give_back` and `discard` may be called from any thread.

    A child is started only when a song is at hand, ends after a minute without one, and is replaced after fifty,
    so that what a library leaks stays small.
    """

    def __init__(
        self,
        command: Sequence[str] | None = None,
        *,
        idle_seconds: float = IDLE_SECONDS,
        songs_per_child: int = SONGS_PER_CHILD,
    ) -> None:
        self._command = command
        self._idle_seconds = idle_seconds
        self._songs_per_child = songs_per_child
        self._lock = threading.Lock()
        self._idle: list[tuple[Child, float]] = []  # the last one back goes out first, so that the others can end
        self._leaving: list[Child] = []
        self._closed = False

    def take(self, *, fresh: bool = False) -> Child:
        """Return a warm child, or (always if `fresh`) a new one. Raises OSError if none can be started."""
        with self._lock:
            while self._idle and not fresh:
                child, _ = self._idle.pop()
                if child.alive:
                    return child
                child.gone()
        return Child(self._command)

    def give_back(self, child: Child) -> None:
        """Keep a child that has answered for the next song."""
        with self._lock:
            if not self._closed and child.songs < self._songs_per_child and child.alive:
                self._idle.append((child, time.monotonic()))
                return
            child.dismiss()
            self._leaving.append(child)

    @property
    def idle(self) -> int:
        return len(self._idle)

    @property
    def empty(self) -> bool:
        """No child is kept or on its way out (those that are out with a song do not count)."""
        return not self._idle and not self._leaving

    def tend(self) -> None:
        """Send away children that have been idle too long, and reap those that have gone; never waits."""
        with self._lock:
            now = time.monotonic()
            for entry in self._idle[:]:
                child, since = entry
                if now - since >= self._idle_seconds or not child.alive:
                    self._idle.remove(entry)
                    child.dismiss()
                    self._leaving.append(child)
            self._leaving = [child for child in self._leaving if not child.gone()]

    def close(self, grace_seconds: float = 0.5) -> None:
        """End all children that are here; those given back later end then."""
        with self._lock:
            self._closed = True
            leaving = [*self._leaving, *(child for child, _ in self._idle)]
            self._idle.clear()
            self._leaving.clear()
        for child in leaving:
            child.dismiss()
        for child in leaving:
            child.finish(grace_seconds)
