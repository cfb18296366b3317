"""Work that one thread asks of another, so that the asker's functions are held and let go of by the asker alone.

A callback is often a method of a dialog, and can be the last thing that keeps a closed one alive. Were the working
thread the last to let go of it, the dialog would be destroyed there while the main thread still delivers its events,
and the program dies. So the working thread holds the errand only, and `report` empties it where it came from.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Errand:
    """One piece of work, and what is to be called with its outcome."""

    __slots__ = ("_answer", "_failed", "_outcome", "_then", "_work")

    def __init__(
        self,
        work: Callable[..., Any],
        then: Callable[[Any], None] | None,
        failed: Callable[[Any], None] | None,
    ) -> None:
        self._work: Callable[..., Any] | None = work
        self._then = then
        self._failed = failed
        self._answer: Callable[[Any], None] | None = None
        self._outcome: Any = None

    def do(self, *arguments: Any) -> Any:
        """Do the work, there; it may be done again after an exception."""
        assert self._work is not None
        return self._work(*arguments)

    def succeed(self, result: object) -> None:
        """Say what came of it, there; then have `report` called here."""
        self._answer, self._outcome = self._then, result

    def fail(self, trouble: object) -> None:
        """Say what kept it from being done, there; then have `report` called here."""
        self._answer, self._outcome = self._failed, trouble

    def report(self) -> None:
        """Call back, here."""
        answer, outcome = self._answer, self._outcome
        self._work = self._then = self._failed = self._answer = self._outcome = None
        if answer is not None:
            answer(outcome)
