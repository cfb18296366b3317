"""The lock that says who works on a data directory; its own module, so that a start can ask without a network."""

from __future__ import annotations

import contextlib
import errno
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
    _try_to_write(data_dir)
    raise PermissionError(errno.EACCES, "The data directory cannot be written", str(data_dir))


def _try_to_write(folder: Path) -> None:
    """Write a file as large as a lock, so that the system says what QLockFile does not. Raises OSError."""
    import tempfile  # seldom needed, and not before the first picture

    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"performia")
            file.flush()
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(folder)) from error
