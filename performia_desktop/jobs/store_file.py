"""What can be done with the file that a store is kept in, as a whole."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication

from performia_desktop.failpoint import reach
from performia_desktop.jobs import backup, network
from performia_desktop.jobs.backup import Backup
from performia_desktop.jobs.database import SIDE_FILES, Connection, KnownDatabaseError
from performia_desktop.jobs.examine import is_sound
from performia_desktop.jobs.restore import Restored, restore
from performia_desktop.paths import Paths

_FREE_SHARE: Final = 0.25
_FREE_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class About:
    """What there is to know of a database.

    Attributes
    ----------
    size
        Bytes on disk, of the file and what stands beside it.
    free
        Bytes in it that nothing uses, which a vacuum gives back.
    journal_mode
        SQLite's word: 'wal', or 'truncate' on a network drive.
    served
        The kind of network drive it lies on, None on a disk of this computer.
    """

    path: Path
    size: int
    free: int
    jobs: int
    binned: int
    version: int
    journal_mode: str
    served: str | None
    last_backup: Backup | None


class StoreFile:
    """The file of a store; `Store` adds what is in it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def size(self) -> int:
        """Return the bytes on disk, of the database and what stands beside it."""
        path = self._connection.path
        files = [path, *(path.with_name(path.name + side) for side in SIDE_FILES)]
        total = 0
        for file in files:
            with contextlib.suppress(FileNotFoundError):
                total += file.stat().st_size
        return total

    def about(self, backups: Path) -> About:
        """Return what there is to know, with the newest of the backups in a folder."""
        path = self._connection.path
        return About(
            path=path,
            size=self.size(),
            free=self._pragma("freelist_count") * self._pragma("page_size"),
            jobs=self._number("SELECT count(*) FROM jobs"),
            binned=self._number("SELECT count(*) FROM bin"),
            version=self._pragma("user_version"),
            journal_mode=str(self._connection.run("PRAGMA journal_mode")[0][0]),
            served=network.served(path),
            last_backup=next(iter(backup.listed(backups)), None),
        )

    def check(self) -> list[str]:
        """Return what SQLite finds wrong with the file, nothing if it is sound."""
        return is_sound(self._connection)

    def state(self) -> tuple[int, int]:
        """Return a value that is another one after every change, ours or another program's."""
        return self._number("SELECT total_changes()"), self._pragma("data_version")

    def is_empty(self) -> bool:
        """Return whether there is nothing that a backup would keep."""
        return not self._number("SELECT (SELECT count(*) FROM jobs) + (SELECT count(*) FROM bin)")

    def backup(self, path: Path) -> None:
        """Write a copy to `path`, whole or not at all.

        Raises
        ------
        KnownDatabaseError
            'corrupt': it is damaged, and no copy is made of it; 'no-backup': the copy cannot be written.
        """
        backup.require_sound(self._connection)
        backup.write(self._connection, path)

    def back_up(self, folder: Path) -> Backup:
        """Write a dated backup into a folder and thin out the older ones there; raises like `backup`."""
        return backup.make(self._connection, folder)

    def restore(self, source: Path, paths: Paths) -> Restored:
        """Put the jobs of a backup in the place of the present ones; see `restore.restore`."""
        return restore(self._connection, source, paths)

    def pays_to_vacuum(self) -> bool:
        """Return whether a good part of the file is empty."""
        free = self._pragma("freelist_count")
        enough = free * self._pragma("page_size") >= _FREE_BYTES
        return enough and free >= _FREE_SHARE * self._pragma("page_count")

    def vacuum(self) -> int:
        """Give back the space of what was deleted and return how many bytes that were.

        Raises
        ------
        KnownDatabaseError
            'no-vacuum': there is no room for it, or another program is writing; nothing has changed.
        """
        before = self.size()
        reach("vacuum.before")
        try:
            self._connection.run("VACUUM")
            self._connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
        except KnownDatabaseError as error:
            if not error.transient:
                raise
            sentence = QCoreApplication.translate(
                "Database",
                "The job database could not be made smaller, and nothing has changed. See that its disk has room "
                "and that no other program uses it, then try again.",
            )
            raise KnownDatabaseError("no-vacuum", sentence, f"{error}\n{error.details}") from error
        reach("vacuum.after")
        return max(0, before - self.size())

    def _pragma(self, name: str) -> int:
        return int(str(self._connection.run(f"PRAGMA {name}")[0][0]))

    def _number(self, sql: str) -> int:
        return int(str(self._connection.value(sql)))
