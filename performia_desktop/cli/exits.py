"""How a command ends: the exit statuses, and the exceptions that lead to them."""

from __future__ import annotations

from typing import Final

DONE: Final = 0
JOB_FAILED: Final = 1
USAGE: Final = 2
DATABASE: Final = 3
BUG: Final = 70
BY_SIGNAL: Final = 128  # plus the signal's number


class CommandError(Exception):
    """A command cannot do what it was asked; `str()` is a sentence with a remedy, `status` the exit status."""

    def __init__(self, sentence: str, status: int = USAGE) -> None:
        super().__init__(sentence)
        self.status = status
