"""What the service tells, brought to the window: the quiet line, the status bar, a word to who looks elsewhere."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from performia_desktop.gui.failures import failure_words
from performia_desktop.gui.info_bar import InfoBar, Notice
from performia_desktop.gui.joblist.columns import title
from performia_desktop.gui.joblist.model import JobModel
from performia_desktop.gui.notify import Notifier
from performia_desktop.gui.status_bar import StatusBar
from performia_desktop.gui.text import plain, plural, quoted
from performia_desktop.jobs.database import DatabaseError
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.service import JobService

if TYPE_CHECKING:
    from performia_desktop.gui.dialogs import DetailsDialog

_log = logging.getLogger(__name__)


class News(QObject):
    """Listens to a service; many changes in a moment cost one refresh."""

    refused = Signal()
    """The database cannot be used in this run."""
    refreshed = Signal()
    """Counts, pause or undo may have changed."""
    report_wanted = Signal(str)
    """The user wants to report a problem; what is known of it."""

    def __init__(
        self, window: QWidget, service: JobService, model: JobModel, info: InfoBar, status: StatusBar
    ) -> None:
        super().__init__(window)
        self._window = window
        self._service = service
        self._model = model
        self._info = info
        self._status = status
        self.notifier = Notifier(window)
        self.size: int | None = None
        self._is_refused = False
        self._bug_shown = False
        self._ended: list[Job] = []  # since the user last looked
        self._soon = self._timer(100, self.refresh)
        self._size_soon = self._timer(1_500, self._ask_size)
        self._tick = self._timer(1_000, self._every_second, once=False)
        self._connect()
        self.refresh()

    def _timer(self, milliseconds: int, then: Callable[[], None], *, once: bool = True) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(once)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer

    def _connect(self) -> None:
        service, jobs, queue = self._service, self._service.jobs, self._service.queue
        self._model.insert(list(jobs))
        jobs.added.connect(self._model.insert)
        jobs.removed.connect(self._model.remove)
        jobs.changed.connect(self._model.update)
        jobs.reordered.connect(self._reordered)
        for change in (jobs.added, jobs.removed, jobs.changed, jobs.loaded, queue.state_changed):
            change.connect(self._something_changed)
        service.intake_started.connect(self._something_changed)
        service.intake_done.connect(self._something_changed)
        service.undo_changed.connect(self.refreshed)
        queue.idle.connect(self._queue_done)
        queue.job_ended.connect(self._ended.append)
        service.opened.connect(self._opened)
        service.refused.connect(self._refused)
        service.blocked.connect(self._blocked)
        service.unblocked.connect(lambda: self._info.withdraw("blocked"))
        service.problem.connect(self.show_problem)

    def close(self) -> None:
        for timer in (self._soon, self._size_soon, self._tick):
            timer.stop()

    def looked_at(self) -> None:
        """The user sees the window: what has ended until now needs no message."""
        self._ended.clear()

    def _reordered(self, jobs: list[Job]) -> None:
        for job in jobs:
            self._model.update(job)

    def _something_changed(self, *_news: object) -> None:
        if not self._soon.isActive():
            self._soon.start()
        if not self._size_soon.isActive():
            self._size_soon.start()

    def refresh(self) -> None:
        """Bring the status bar and the clock in step."""
        queue, jobs = self._service.queue, self._service.jobs
        note = ""
        if self._is_refused:
            note = self.tr("the list cannot be opened")
        elif not jobs.is_loaded:
            note = self.tr("opening the list")
        elif self._service.taking_in:
            note = self.tr("looking at what you added")
        elif queue.paused and (queue.running or jobs.counts[Status.PENDING]):
            note = self.tr("paused")
        self._status.set_counts(jobs.counts, queue.remaining_seconds(), note)
        self._status.set_database(str(self._service.paths.database), self.size)
        if queue.running and not self._tick.isActive():
            self._tick.start()
        self.refreshed.emit()

    def _every_second(self) -> None:
        if not self._service.queue.running:
            self._tick.stop()
        self._model.refresh_running()
        self.refresh()

    def _ask_size(self) -> None:
        if self._service.jobs.is_loaded:
            self._service.database_size(self._take_size)

    def _take_size(self, size: int) -> None:
        self.size = size
        self.refresh()

    def _opened(self, notice: str | None) -> None:
        if notice:
            self._info.tell(Notice("database", notice, "warning"))
        self._something_changed()

    def _refused(self, error: DatabaseError) -> None:
        self._is_refused = True
        sentence, details = str(error), error.details
        actions = ((self.tr("Details"), lambda: self._show(sentence, details)),) if details else ()
        self._info.tell(Notice("database", sentence, "error", actions, closable=False))
        self.refused.emit()
        self.refresh()

    def _blocked(self, sentence: str) -> None:
        self._info.tell(Notice("blocked", failure_words(sentence), "warning", closable=False))

    def show_problem(self, sentence: str, details: str) -> None:
        """Say that something went wrong that nobody foresaw, with details to copy."""
        show = (self.tr("Details"), lambda: self._show(sentence, details))
        self._info.tell(Notice("problem", sentence, "error", (show,)))

    def show_bug(self, sentence: str, details: str) -> None:
        """Show a bug in a dialog, at once; the quiet line takes what comes while one is open."""
        if self._bug_shown:
            self.show_problem(sentence, details)
            return
        self._bug_shown = True
        dialog = self._details(sentence, details)
        dialog.finished.connect(self._bug_read)
        dialog.open()

    def _bug_read(self) -> None:
        self._bug_shown = False

    def tell_crash(self, log: Path) -> None:
        """Offer a report of a crash that ended the program the last time."""

        def show() -> None:
            self._info.withdraw("crash")
            self.report_wanted.emit("")  # the report brings the log with it

        sentence = self.tr("Performia ended unexpectedly the last time. Your songs are safe.")
        self._info.tell(Notice("crash", sentence, "warning", ((self.tr("Report a problem…"), show),)))
        _log.info("the last run left %s", log.name)

    def _show(self, sentence: str, details: str) -> None:
        self._details(sentence, details).open()

    def _details(self, sentence: str, details: str) -> DetailsDialog:
        from performia_desktop.gui.dialogs import DetailsDialog

        dialog = DetailsDialog(self._window, self.tr("What happened"), sentence, details)
        dialog.add_button(self.tr("Report a problem…"), lambda: self.report_wanted.emit(details))
        return dialog

    def _queue_done(self) -> None:
        ended, self._ended[:] = list(self._ended), []
        if not ended:
            return
        failed = sum(job.status is Status.ERROR for job in ended)
        done = len(ended) - failed
        if len(ended) == 1 and done:
            message = self.tr("{song} is analysed.").format(song=quoted(title(ended[0])))
        else:
            message = plural(done, self.tr("1 song is analysed."), self.tr("%Ln songs are analysed.", "", done))
        if failed:
            message += " " + plural(failed, self.tr("1 failed."), self.tr("%Ln failed.", "", failed))
        if self._service.settings.notify_done:
            self.notifier.queue_done(self.tr("The queue is done"), plain(message))
