"""Carries out what the user asks for the list as a whole, and says in the quiet line what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from performia_desktop.gui.info_bar import InfoBar, Notice
from performia_desktop.gui.reveal import show_in_folder
from performia_desktop.gui.status_bar import StatusBar
from performia_desktop.gui.text import plural

if TYPE_CHECKING:
    from performia_desktop.gui.theme import Theme
    from performia_desktop.jobs.backup import Backup
    from performia_desktop.jobs.restore import Restored
    from performia_desktop.jobs.service import JobService
    from performia_desktop.jobs.store_file import About


class Keeper(QObject):
    """The verbs of File > Database, and the news of what is done without asking.

    What fails is told by the service's `problem`, which the window shows.
    """

    def __init__(
        self, window: QWidget, service: JobService, info: InfoBar, status: StatusBar, theme: Theme | None
    ) -> None:
        super().__init__(window)
        self._window = window
        self._service = service
        self._info = info
        self._status = status
        self._theme = theme
        service.housekeeping.cleaned_up.connect(self._say_cleaned_up)

    # backups

    def back_up(self) -> None:
        self._service.housekeeping.backup(self._say_backed_up)

    def back_up_to(self) -> None:
        """Ask where, and write a copy of the database there."""
        stamp = QDateTime.currentDateTime().toString("yyyy-MM-dd")
        suggested = Path.home() / self.tr("Performia songs {date}.db").format(date=stamp)
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Back up to"), str(suggested), f"{self.tr('Job databases')} (*.db)"
        )
        if name:
            self._service.housekeeping.backup_to(Path(name), self._say_written)

    def restore(self) -> None:
        from performia_desktop.gui.keeping.restore import RestoreDialog

        housekeeping = self._service.housekeeping
        dialog = RestoreDialog(self._window, housekeeping.backups(), len(self._service.queue.running))
        if dialog.exec() and dialog.path is not None:
            housekeeping.restore(dialog.path, self._say_restored)

    def _say_backed_up(self, backup: Backup) -> None:
        self._say_written(backup.path)

    def _say_written(self, path: Path) -> None:
        show = (self.tr("Show in folder"), lambda: self._show(path))
        self._info.tell(Notice("backup", self.tr("The list is backed up."), actions=(show,)))

    def _say_restored(self, restored: Restored) -> None:
        sentence = plural(
            restored.jobs,
            self.tr("The backup is back, with 1 song."),
            self.tr("The backup is back, with %Ln songs.", "", restored.jobs),
        )
        if restored.binned:
            sentence += " " + plural(
                restored.binned,
                self.tr("1 song added since then is in Recently deleted."),
                self.tr("%Ln songs added since then are in Recently deleted.", "", restored.binned),
            )
        self._info.tell(Notice("backup", sentence))

    def _show(self, path: Path) -> None:
        if not show_in_folder(path):
            self._info.tell(Notice("backup", self.tr("It is in {folder}").format(folder=path.parent), "warning"))

    # what was deleted

    def recently_deleted(self) -> None:
        from performia_desktop.gui.keeping.bin import BinDialog

        BinDialog(self._window, self._service.trash).open()

    def _say_cleaned_up(self, job_ids: list[str]) -> None:
        n = len(job_ids)
        sentence = plural(n, self.tr("1 old song was deleted."), self.tr("%Ln old songs were deleted.", "", n))
        undo = (self.tr("Undo"), lambda: self._undo(job_ids))
        self._info.tell(Notice("deleted", sentence, actions=(undo,)))

    def _undo(self, job_ids: list[str]) -> None:
        self._info.withdraw("deleted")
        self._service.trash.take_back(job_ids)

    # the database

    def compact(self) -> None:
        self._service.housekeeping.vacuum(self._say_compacted)

    def _say_compacted(self, freed: int) -> None:
        from performia_desktop.gui.keeping.words import size_words

        sentence = (
            self.tr("The database is {size} smaller now.").format(size=size_words(freed))
            if freed
            else self.tr("The database is as small as it can be.")
        )
        self._info.tell(Notice("compact", sentence))

    def about_database(self) -> None:
        self._service.housekeeping.about(self._show_about)

    def _show_about(self, about: About) -> None:
        from performia_desktop.gui.keeping.about import AboutDatabase

        counts = self._status.count_words(self._service.jobs.counts)
        dialog = AboutDatabase(self._window, about, counts, self.compact)
        dialog.open()
        self._service.check(dialog.check_done)

    # preferences

    def preferences(self) -> None:
        from performia_desktop.gui.keeping.preferences import Preferences

        Preferences(self._window, self._service, self._theme).open()
