"""The program's log: one rotating file under the data directory, the user's alone; warnings to stderr as well.

What a record quotes of a file's name or a tag is written so that it cannot pose as another record, nor speak to a
terminal.
"""

from __future__ import annotations

import io
import logging
import os
import sys
from pathlib import Path
from typing import Any

_FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"


_UNSAFE = [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_ESCAPES = {code: f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" for code in _UNSAFE if code != 0x09}
_ESCAPES_BUT_LINES = {code: escape for code, escape in _ESCAPES.items() if code != 0x0A}


class _Formatter(logging.Formatter):
    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        return super().formatMessage(record).translate(_ESCAPES)

    def formatException(self, ei: Any) -> str:  # noqa: N802
        return super().formatException(ei).translate(_ESCAPES_BUT_LINES)


def configure(folder: Path | None, *, verbose: bool = False) -> None:
    """Send the log to ``folder/performia.log`` (1 MB, three old ones) and warnings to stderr."""
    import logging.handlers  # here: it brings sockets and pickle, and the first picture needs neither

    class File(logging.handlers.RotatingFileHandler):
        def _open(self) -> io.TextIOWrapper:
            descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            return open(descriptor, "a", encoding=self.encoding)  # noqa: PTH123

        def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
            """Keep quiet about a line that the disk does not take: the user is told of the disk in other words."""
            if not isinstance(sys.exc_info()[1], OSError):
                super().handleError(record)

    root = logging.getLogger()
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    stderr = logging.StreamHandler()
    stderr.setLevel(logging.DEBUG if verbose else logging.WARNING)
    handlers: list[logging.Handler] = [stderr]
    if folder is not None:
        handlers.append(
            File(folder / "performia.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True)
        )
    for handler in handlers:
        handler.setFormatter(_Formatter(_FORMAT))
    for old in root.handlers[:]:
        root.removeHandler(old)
        old.close()
    for handler in handlers:
        root.addHandler(handler)
