"""What keeps a database well over the years: backups, restoring one, clean-up by age, the bin, the vacuum.

All of it happens in the writer's thread, between two operations, so the window never waits for it. What is done by
itself is done after the start, then every half an hour (a backup, if there was work) and every day; a failure of
that is a line in the log, never a dialog.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from performia_desktop.jobs import backup
from performia_desktop.jobs.backup import Backup
from performia_desktop.jobs.database import DatabaseError, KnownDatabaseError
from performia_desktop.jobs.joblist import JobList
from performia_desktop.jobs.queue import Queue
from performia_desktop.jobs.restore import Restored
from performia_desktop.jobs.store import Store
from performia_desktop.jobs.store_file import About
from performia_desktop.jobs.trash import Trash
from performia_desktop.jobs.writer import Writer
from performia_desktop.paths import Paths
from performia_desktop.settings import Settings

_DAY: Final = 86_400.0
_LONG: Final = 8 * _DAY
_HOUR_MS: Final = 3_600_000
_log = logging.getLogger(__name__)
_tr = QCoreApplication.translate

Failed = Callable[[DatabaseError], None]


class Housekeeping(QObject):
    """Looks after the database of a service; see `watch`, `begin` and `end`."""

    backed_up = Signal(object)
    """Backup that was made, by itself or because somebody asked."""
    cleaned_up = Signal(object)
    """list[str]: the ids of jobs that went to the bin by themselves, because of their age."""
    problem = Signal(str, str)
    """A sentence and details: what was asked for and was not done, where nobody else was told."""

    def __init__(
        self,
        writer: Writer,
        jobs: JobList,
        queue: Queue,
        trash: Trash,
        paths: Paths,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._writer = writer
        self._jobs = jobs
        self._queue = queue
        self._trash = trash
        self._paths = paths
        self._settings = settings
        self._seen: tuple[int, int] | None = None  # of the store, at its opening or the last backup
        self._backup_timer = QTimer(self)
        self._backup_timer.setInterval(int(backup.EVERY.total_seconds() * 1000))
        self._backup_timer.timeout.connect(self._back_up_work)
        self._daily_timer = QTimer(self)
        self._daily_timer.setInterval(_HOUR_MS)
        self._daily_timer.timeout.connect(self._daily)

    # --- what can be asked for

    def backups(self) -> list[Backup]:
        """Return the backups that were made by themselves or by `backup`, the newest first."""
        return backup.listed(self._paths.backups)

    def backup(self, then: Callable[[Backup], None] | None = None, failed: Failed | None = None) -> None:
        """Make a backup now, and call `then` with it; `failed` gets 'corrupt' or 'no-backup'."""

        def done(made: Backup) -> None:
            self.backed_up.emit(made)
            if then is not None:
                then(made)

        self._writer.submit(self._made, done, failed or self._on_failed)

    def backup_to(
        self, path: Path, then: Callable[[Path], None] | None = None, failed: Failed | None = None
    ) -> None:
        """Write a copy of the database to a file of the user's choice, and call `then` with its path."""

        def write(store: Store) -> Path:
            store.backup(path)
            return path

        self._writer.submit(write, then, failed or self._on_failed)

    def restore(
        self, path: Path, then: Callable[[Restored], None] | None = None, failed: Failed | None = None
    ) -> None:
        """Put the jobs of a backup in the place of the present ones, after a backup of these.

        Running jobs are put back to wait. `JobList.removed` tells of all jobs, then `added` and `loaded` as at the
        start; `then` is called after the exchange. `failed` gets 'not-restored' or 'corrupt'; nothing has changed.
        """
        self._queue.block(_tr("Housekeeping", "A backup is being restored."), "restore")
        self._queue.put_back()

        def done(restored: Restored) -> None:
            self.backed_up.emit(restored.before)
            self._trash.forget_undo()
            self._jobs.reload()
            self._trash.changed.emit()
            if then is not None:
                then(restored)

        def not_done(error: DatabaseError) -> None:
            self._queue.unblock("restore")
            (failed or self._on_failed)(error)

        self._writer.submit(lambda store: store.restore(path, self._paths), done, not_done)

    def vacuum(self, then: Callable[[int], None] | None = None, failed: Failed | None = None) -> None:
        """Give back the space of what was deleted, and call `then` with how many bytes that were."""
        self._writer.submit(Store.vacuum, then, failed or self._on_failed)

    def about(self, then: Callable[[About], None]) -> None:
        """Call `then` with what there is to know of the database."""
        self._writer.submit(lambda store: store.about(self._paths.backups), then, self._on_failed)

    # --- what is done by itself

    def watch(self) -> None:
        """Take note of the state of a database that was just opened: what is other later is work worth keeping."""
        self._writer.submit(self._note_state, None, self._on_failed_by_itself)

    def begin(self) -> None:
        """Start to look after the database, when its jobs are loaded; a second call does nothing."""
        if self._backup_timer.isActive():
            return
        self._backup_timer.start()
        self._daily_timer.start()
        self._daily()

    def end(self) -> None:
        """Check the database, and make a last backup of it if anything has changed since the one before."""
        self._backup_timer.stop()
        self._daily_timer.stop()
        self._back_up_work()

    @Slot()
    def _back_up_work(self) -> None:
        self._writer.submit(self._made_of_work, self._on_backed_up, self._on_failed_by_itself)

    @Slot()
    def _daily(self) -> None:
        """Clean up, empty the bin of what is too old, and vacuum, once a day."""
        now = time.time()
        last = self._settings.last_cleanup
        if last is not None and 0 <= now - last < _DAY:
            return
        self._settings.last_cleanup = now
        if not trusted(now, last):
            return
        days = self._settings.cleanup_days
        if days and (ids := self._trash.clean_up(days)):
            self.cleaned_up.emit(ids)
        self._trash.expire()
        self._writer.submit(_vacuum_if_it_pays, None, self._on_failed_by_itself)

    # --- in the writer's thread

    def _note_state(self, store: Store) -> None:
        self._seen = store.state() if backup.listed(self._paths.backups) or store.is_empty() else None

    def _made(self, store: Store) -> Backup:
        made = store.back_up(self._paths.backups)
        self._seen = store.state()
        return made

    def _made_of_work(self, store: Store) -> Backup | None:
        """Make a backup if there is something new to keep; what is wrong must not keep the program from ending."""
        try:
            if store.state() != self._seen:
                return self._made(store)
            if problems := store.check():
                _log.error("The job database is damaged: %s", "; ".join(problems[:20]))
        except KnownDatabaseError as error:
            _log.info("There is no new backup: %s [%s]", error, error.details)
        return None

    # --- parts

    def _on_backed_up(self, made: Backup | None) -> None:
        if made is not None:
            self.backed_up.emit(made)

    def _on_failed(self, error: DatabaseError) -> None:
        self.problem.emit(str(error), error.details)

    def _on_failed_by_itself(self, error: DatabaseError) -> None:
        _log.info("%s [%s]", error, error.details)


def trusted(now: float, last: float | None) -> bool:
    """Return whether the clock says an age that something may be deleted for.

    A clock that was set wrong makes everything old at once. After a jump of more than a week, or backwards, the
    day's deletions are left out; if the time was right, the next day makes up for it.
    """
    return last is None or 0 <= now - last <= _LONG


def _vacuum_if_it_pays(store: Store) -> None:
    if store.pays_to_vacuum():
        store.vacuum()
