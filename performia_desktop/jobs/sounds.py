"""Decoded audio for the songs' players: from the cache, or made by a child that only decodes.

The cache is bounded; what was played longest ago goes first. Half a file that a kill left goes with the next sweep.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication

from performia_desktop.jobs.requests import ChildRequest, ChildRequests
from performia_desktop.protocol import Decode

SOUND_BYTES: Final = 1 << 30
"""So much may the decoded audio take: some twenty songs."""

_tr = QCoreApplication.translate


class SoundRequest(ChildRequest[Path]):
    """A WAV file being looked for, or made."""

    def __init__(self, audio: Path, folder: Path, command: Sequence[str]) -> None:
        super().__init__(audio, command)
        self._audio = audio
        self._folder = folder

    def _find(self) -> Path | None:
        wav = _place(self._audio, self._folder)
        if wav is None or not wav.is_file():
            return None
        with contextlib.suppress(OSError):
            os.utime(wav)  # it was played last
        return wav

    def _task(self) -> Decode:
        sweep(self._folder)
        return Decode("sound", str(self._audio), str(_place(self._audio, self._folder)))

    def _gone(self) -> str:
        return _tr("sound", "The audio file is not there any more. See that it is still where it was.")

    def _failed(self) -> str:
        return _tr("sound", "The audio could not be made ready. Open the song again to try once more.")


class Sounds(ChildRequests):
    """Where decoded audio is, and who makes what is missing."""

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        super().__init__()
        self._folder = folder
        self._command = command

    def ask(self, audio: Path, made: Callable[[Path], None], missing: Callable[[str], None]) -> SoundRequest:
        """Look for a recording's decoded audio; `made` and `missing` are methods of a QObject of this thread."""
        request = SoundRequest(audio, self._folder, self._command)
        self.start(request, made, missing)
        return request


def _place(audio: Path, folder: Path) -> Path | None:
    """Return where a file's decoded audio is: another place for another content; None where there is no file."""
    try:
        status = audio.stat()
    except OSError:
        return None
    told = f"{audio.absolute()}\n{status.st_size}\n{status.st_mtime_ns}"
    return folder / f"{hashlib.blake2b(os.fsencode(told), digest_size=12).hexdigest()}.wav"


def sweep(folder: Path, most_bytes: int = SOUND_BYTES) -> None:
    """Remove what was played longest ago of too much, and what a kill left."""
    kept = []
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            with contextlib.suppress(OSError):
                status = path.stat()
                if path.suffix == ".wav":
                    kept.append((status.st_mtime, status.st_size, path))
                elif path.suffix == ".part" and status.st_mtime < time.time() - 3600:
                    path.unlink()
    total = sum(size for _, size, _ in kept)
    for _, size, path in sorted(kept):
        if total <= most_bytes:
            break
        with contextlib.suppress(OSError):
            path.unlink()  # one that is being played stays open on POSIX, and stays whole on Windows
            total -= size
