"""Named places in the code where a test may pull the plug.

With ``PERFORMIA_FAIL_POINT=NAME`` in the environment, or ``NAME:3`` for the third time it is reached, the process
kills itself there by SIGKILL, as a power cut would: nothing is flushed, closed or told. ``NAME:1:family`` kills
the parent too, for points that lie in the analysis child. Without the variable a point is one call that does
nothing.
"""

from __future__ import annotations

import os
import signal
from typing import Final

VARIABLE: Final = "PERFORMIA_FAIL_POINT"

NAMES: Final = (
    "intake.inserted",  # a drop's transaction has committed
    "child.started",
    "checkpoint.before-rename",
    "checkpoint.after-rename",
    "child.checkpoint",  # a stage's checkpoint is in place, durably
    "map.before-rename",
    "map.after-rename",
    "pending.before-commit",  # of a job's change to a status: this and the next nine
    "pending.after-commit",
    "processing.before-commit",
    "processing.after-commit",
    "complete.before-commit",
    "complete.after-commit",
    "error.before-commit",
    "error.after-commit",
    "cancelled.before-commit",
    "cancelled.after-commit",
    "delete.before-commit",
    "delete.after-commit",
    "delete.file-moved",
    "cleanup.before-commit",
    "cleanup.after-commit",
    "migration.before-step",
    "migration.before-commit",
    "migration.after-commit",
    "backup.before-rename",
    "backup.after-rename",
    "restore.before-swap",
    "restore.after-swap",
    "vacuum.before",
    "vacuum.after",
    "salvage.set-aside",
    "salvage.before-swap",
)

_armed, _, _rest = os.environ.get(VARIABLE, "").partition(":")
_count, _, _mode = _rest.partition(":")
_left = int(_count or 1)


def reach(name: str) -> None:
    """Die here if a test asked for it."""
    if _armed and name == _armed:
        _die()


def _die() -> None:
    global _left  # noqa: PLW0603
    _left -= 1
    if _left:
        return
    if _mode == "family":
        os.kill(os.getppid(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
