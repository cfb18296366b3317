"""Songs on their way in: chosen, pasted or dropped; and one quiet line on what could not be taken, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from performia_desktop.gui.info_bar import InfoBar, Notice
from performia_desktop.gui.joblist.columns import title
from performia_desktop.gui.joblist.drop import Offer, offered
from performia_desktop.gui.joblist.table import JobTable
from performia_desktop.gui.text import plain, plural, quoted
from performia_desktop.jobs.intake import AUDIO_EXTENSIONS, PLAYLIST_EXTENSIONS, IntakeReport
from performia_desktop.jobs.job import FINISHED, Status

if TYPE_CHECKING:
    from performia_desktop.jobs.service import JobService


class Arrivals(QObject):
    """Hands files to the service and tells what became of them."""

    show_all_wanted = Signal()

    def __init__(self, window: QWidget, service: JobService, table: JobTable, info: InfoBar) -> None:
        super().__init__(window)
        self._window = window
        self._service = service
        self._table = table
        self._info = info
        self._mine: set[int] = set()  # tickets of this window's own drops
        service.intake_done.connect(self._told)

    def choose_files(self) -> None:
        """Ask for audio files and playlists."""
        suffixes = sorted(AUDIO_EXTENSIONS | PLAYLIST_EXTENSIONS)
        patterns = " ".join(f"*.{suffix} *.{suffix.upper()}" for suffix in suffixes)
        names, _filter = QFileDialog.getOpenFileNames(
            self._window, self.tr("Add files"), "", f"{self.tr('Audio')} ({patterns});;{self.tr('All files')} (*)"
        )
        self.add(Offer(tuple(names)))

    def choose_folder(self) -> None:
        """Ask for a folder of songs."""
        name = QFileDialog.getExistingDirectory(self._window, self.tr("Add folder"))
        self.add(Offer((name,) if name else ()))

    def paste(self) -> None:
        """Add the files on the clipboard."""
        offer = offered(QGuiApplication.clipboard().mimeData())
        if not offer:
            self._say("paste", self.tr("The clipboard holds no files. Copy some in the file manager first."))
        self.add(offer)

    def add_paths(self, paths: Sequence[str]) -> None:
        """Queue files, as if they had been dropped."""
        self.add(Offer(tuple(paths)))

    def add(self, offer: Offer, *, again: bool = False) -> None:
        """Queue files and folders; say what cannot be taken because it is not on this computer."""
        if offer.remote:
            sentence = plural(
                len(offer.remote),
                self.tr("A web address was left out. Download the song first, then drop its file here."),
                self.tr(
                    "%Ln web addresses were left out. Download the songs first, then drop the files here.",
                    "",
                    len(offer.remote),
                ),
            )
            self._say("remote", sentence, "warning")
        if offer.paths:
            self._mine.add(self._service.add(list(offer.paths), again=again))

    def _told(self, report: IntakeReport) -> None:
        """Say what became of a drop; rows that were added speak for themselves."""
        mine = report.ticket in self._mine
        self._mine.discard(report.ticket)
        fresh = [job.job_id for job in (*report.added, *report.retried)]
        if fresh and mine and not self._table.reveal(fresh):
            self._tell_hidden(len(fresh))
        if report.duplicates:
            self._tell_duplicates(report)
        if report.skipped:
            self._tell_skipped(report)
        elif mine and not fresh and not report.duplicates:
            self._say("skipped", self.tr("No songs were found there."))

    def _tell_hidden(self, n: int) -> None:
        def show_all() -> None:
            self._info.withdraw("hidden")
            self.show_all_wanted.emit()

        one, many = (
            self.tr("1 song was added; the search hides it."),
            self.tr("%Ln songs were added; the search hides them.", "", n),
        )
        self._info.tell(Notice("hidden", plural(n, one, many), actions=((self.tr("Show all"), show_all),)))

    def _tell_duplicates(self, report: IntakeReport) -> None:
        n = len(report.duplicates)
        ids = [job_id for _path, job_id in report.duplicates]
        paths = [path for path, _id in report.duplicates]
        jobs = [job for job_id in ids if (job := self._service.jobs.get(job_id))]
        if n == 1:
            done = jobs and jobs[0].status is Status.COMPLETE
            words = self.tr("{song} is already analysed.") if done else self.tr("{song} is already in the list.")
            sentence = words.format(song=quoted(title(jobs[0]) if jobs else paths[0].name))
        else:
            sentence = plural(n, "", self.tr("%Ln songs are already in the list.", "", n))
        actions: tuple[tuple[str, Callable[[], None]], ...] = (
            (self.tr("Show"), lambda: self._table.select(ids)),
            (self.tr("Analyse again"), lambda: self._again(ids)),
        )
        self._info.tell(Notice("duplicates", sentence, actions=actions))

    def _again(self, ids: Sequence[str]) -> None:
        self._info.withdraw("duplicates")
        finished = [i for i in ids if (job := self._service.jobs.get(i)) and job.status in FINISHED]
        if finished:
            self._service.queue.retry(finished)
            self._table.select(finished)

    def _tell_skipped(self, report: IntakeReport) -> None:
        n = len(report.skipped)
        path, reason = report.skipped[0]
        if n == 1:
            sentence = self.tr("{file} was left out. {reason}").format(
                file=quoted(path.name), reason=plain(reason)
            )
        else:
            sentence = plural(n, "", self.tr("%Ln files were left out.", "", n))

        def details() -> None:
            from performia_desktop.gui.dialogs import DetailsDialog

            lines = "\n".join(f"{plain(str(one))}\n    {plain(why)}" for one, why in report.skipped)
            DetailsDialog(self._window, self.tr("Left out"), sentence, lines).open()

        self._info.tell(Notice("skipped", sentence, "warning", ((self.tr("Details"), details),)))

    def _say(self, key: str, sentence: str, level: str = "info") -> None:
        self._info.tell(Notice(key, sentence, level))
