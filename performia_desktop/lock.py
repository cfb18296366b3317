"""The lock that says who works on a data directory; its own module, so that a start can ask without a network."""

from __future__ import annotations

import contextlib
from pathlib import Path

from PySide6.QtCore import QLockFile


def lock(data_dir: Path) -> QLockFile | None:
    """Return the held lock of a data directory, None if another process has it.

    A dead owner's lock is taken over. Raises OSError when the place cannot be written.
    """
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = QLockFile(str(data_dir / "lock"))
    file.setStaleLockTime(0)  # only the owner's death makes it stale, not its age
    if file.tryLock(0):
        with contextlib.suppress(OSError):
            (data_dir / "lock").chmod(0o600)
        return file
    if file.error() is QLockFile.LockError.LockFailedError:
        return None
    raise PermissionError(13, "The data directory cannot be written", str(data_dir))
