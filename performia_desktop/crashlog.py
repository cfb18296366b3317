"""What a crash of the window's own process leaves behind: the stacks of its threads, in a file beside the log.

A process that ends in order takes its file away, so one that is found at the start tells of a crash. Such a file is
kept as crash-1.log (the newest) to crash-3.log.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
from pathlib import Path
from typing import Final, TextIO

KEPT: Final = 3


class CrashLog:
    """The fault log of this process, between `begin` and `end`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: TextIO | None = None

    def begin(self) -> Path | None:
        """Listen for crashes; return the log that an earlier one has left, None if there is none.

        A folder that cannot be written costs the log, nothing else.
        """
        left: Path | None = None
        with contextlib.suppress(OSError):
            left = self._put_aside()
        with contextlib.suppress(OSError):
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            self._file = open(descriptor, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - faulthandler's until `end`
            faulthandler.enable(self._file)
        return left

    def end(self) -> None:
        """The process ends in order."""
        if self._file is None:
            return
        faulthandler.disable()
        self._file.close()
        self._file = None
        with contextlib.suppress(OSError):
            self._path.unlink()

    @property
    def _path(self) -> Path:
        return self._folder / "crash.log"

    def _put_aside(self) -> Path | None:
        """Keep what is in the file, if anything is: a process that was killed leaves an empty one."""
        try:
            if not self._path.stat().st_size:
                return None
        except FileNotFoundError:
            return None
        kept = kept_logs(self._folder)
        for number in range(KEPT - 1, 0, -1):
            with contextlib.suppress(FileNotFoundError):
                kept[number - 1].replace(kept[number])
        return self._path.replace(kept[0])


def kept_logs(folder: Path) -> list[Path]:
    """Return where the logs of crashes are kept, the newest first, whether they are there or not."""
    return [folder / f"crash-{number}.log" for number in range(1, KEPT + 1)]
