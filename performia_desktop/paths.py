"""Where the program keeps its things, and where its own resources lie."""

from __future__ import annotations

import contextlib
import os
import stat
import zlib
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths

APP_DIR_NAME = "Performia Desktop"


@dataclass(frozen=True, slots=True)
class Paths:
    """The files and folders of one installation; everything lies under `data_dir` but a database moved away."""

    data_dir: Path
    database: Path

    @classmethod
    def of(cls, data_dir: str | Path | None = None, database: str | Path | None = None) -> Paths:
        """Resolve the places: the arguments first, then `DB_PATH`, then the platform's application data."""
        root = Path(data_dir).absolute() if data_dir else default_data_dir()
        moved = database or os.environ.get("DB_PATH")
        return cls(root, Path(moved).absolute() if moved else root / "jobs.db")

    @property
    def maps(self) -> Path:
        return self.data_dir / "maps"

    @property
    def bin(self) -> Path:
        """Song Maps of deleted jobs, until they are gone for good."""
        return self.data_dir / "bin"

    @property
    def corrections(self) -> Path:
        """What the user put right, by the content of the audio; made with the first correction."""
        return self.data_dir / "corrections"

    @property
    def sounds(self) -> Path:
        """Decoded audio of the songs that were played last: a cache."""
        return self.data_dir / "sounds"

    @property
    def waveforms(self) -> Path:
        """What the songs' waveforms are drawn from, by the content of the audio: a cache."""
        return self.data_dir / "waveforms"

    @property
    def checkpoints(self) -> Path:
        return self.data_dir / "checkpoints"

    @property
    def backups(self) -> Path:
        """Backups of the database; one that was moved away has a folder of its own."""
        folder = self.data_dir / "backups"
        if self.database == self.data_dir / "jobs.db":
            return folder
        return folder / f"{self.database.stem}-{zlib.crc32(os.fsencode(self.database)):08x}"

    @property
    def logs(self) -> Path:
        return self.data_dir / "logs"

    @property
    def settings(self) -> Path:
        return self.data_dir / "settings.ini"

    def song_map(self, job_id: str) -> Path:
        return self.maps / f"{job_id}.json"

    def create(self) -> None:
        """Make the folders, for the user alone, also those that were there with wider rights.

        A folder outside that a moved database lies in keeps its rights. Raises OSError when the place cannot be
        written.
        """
        backups = (self.data_dir / "backups", self.backups)
        for folder in (self.data_dir, self.maps, self.bin, self.checkpoints, *backups, self.logs):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _close(folder)
        self.database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def _close(folder: Path) -> None:
    """Keep everybody but the user out of a folder, where the file system can.

    A folder with the sticky bit (/tmp) is everybody's by intention; what we make in it is not.
    """
    if os.name != "posix":
        return  # a profile folder on Windows is the user's alone by inheritance
    mode = folder.stat().st_mode
    if mode & 0o077 and not mode & stat.S_ISVTX:
        with contextlib.suppress(OSError):
            folder.chmod(0o700)


def default_data_dir() -> Path:
    """Return the platform's folder for application data (not created)."""
    base = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(base) / APP_DIR_NAME
