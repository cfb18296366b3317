"""Carries out what the user asks of the selected songs, and says in the quiet line what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from performia_desktop.gui.failures import failure_words
from performia_desktop.gui.info_bar import InfoBar, Notice
from performia_desktop.gui.joblist.columns import title
from performia_desktop.gui.joblist.table import JobTable
from performia_desktop.gui.reveal import show_in_folder
from performia_desktop.gui.text import plain, plural, quoted
from performia_desktop.jobs.background import Background
from performia_desktop.jobs.job import FINISHED, Job, Status

if TYPE_CHECKING:
    from performia_desktop.gui.dragging import Dragging
    from performia_desktop.gui.exporting import Exporting
    from performia_desktop.gui.song.chart import Reading
    from performia_desktop.gui.song.window import SongWindow
    from performia_desktop.jobs.service import JobService

_OURS = frozenset({"bug", "crashed", "hung"})
"""Failures that may be mistakes of the program."""


class Commands(QObject):
    """The verbs of the main window."""

    problem = Signal(str, str)
    """A bug: a sentence, and details to copy."""

    def __init__(self, window: QWidget, service: JobService, table: JobTable, info: InfoBar) -> None:
        super().__init__(window)
        self._window = window
        self._service = service
        self._table = table
        self._info = info
        self._background = Background(self)
        self._background.bug.connect(self._bug)
        self._songs: dict[str, SongWindow] = {}
        self._exporting: Exporting | None = None
        self._dragging: Dragging | None = None

    def close(self) -> None:
        """End the threads and close the song windows."""
        for song in list(self._songs.values()):
            song.close()
        self._background.close(5_000)

    # the selection

    def open(self, job: Job) -> None:
        """Show a finished song; of one that failed, why."""
        if job.status is Status.ERROR:
            self._show_error(job)
        elif job.status is not Status.COMPLETE:
            sentence = {
                Status.PENDING: self.tr("{song} waits to be analysed. Open it when that is done."),
                Status.PROCESSING: self.tr("{song} is being analysed. Open it when that is done."),
            }.get(job.status, self.tr("The analysis of {song} was cancelled. Retry it to open the song."))
            self._say("open", sentence.format(song=quoted(title(job))))
        else:
            self._open_song(job)

    def _open_song(self, job: Job) -> None:
        from performia_desktop.gui.song.window import SongWindow

        song = self._songs.get(job.job_id)
        if song is None:
            song = SongWindow(
                job,
                self._service.settings,
                self._background,
                self._service.paths.corrections,
                lambda: self._service.show_corrected(job.job_id),
                self._service.waveforms,
                self._service.sounds,
            )
            song.closed.connect(lambda job_id=job.job_id: self._songs.pop(job_id, None))
            song.export_wanted.connect(lambda reading: self._export_song(job, song, reading))
            self._songs[job.job_id] = song
            song.show()
        song.raise_()
        song.activateWindow()

    def _show_error(self, job: Job) -> None:
        from performia_desktop.gui.dialogs import DetailsDialog

        message = (
            failure_words(job.error_message)
            if job.error_message
            else self.tr("The analysis ended without saying why. Try again.")
        )

        def then(details: str | None) -> None:
            lines = [f"{self.tr('File')}: {job.input_file}"] if job.input_file else []
            sentence = message if "\n" not in message.strip() else plain(message.strip().splitlines()[0])
            if sentence != message:
                lines.append(message)
            if details:
                lines.append(details)
            dialog = DetailsDialog(self._window, title(job), sentence, "\n\n".join(lines))
            dialog.add_button(self.tr("Retry"), lambda: self._service.queue.retry([job.job_id]))
            if job.error_code in _OURS:
                told = "\n\n".join((message, details or ""))
                dialog.add_button(self.tr("Report a problem…"), lambda: self.report_problem(told))
            dialog.open()

        self._service.details(job.job_id, then)

    def open_selected(self) -> None:
        for job in self._table.selected()[:1]:
            self.open(job)

    def pause_or_resume(self) -> None:
        queue = self._service.queue
        if queue.paused:
            queue.resume()
        else:
            queue.pause()

    def show_audio(self) -> None:
        self._reveal([job.input_file for job in self._table.selected()])

    def show_map(self) -> None:
        self._reveal([job.song_map_path for job in self._table.selected()])

    def _reveal(self, names: Sequence[str | None]) -> None:
        name = next((name for name in names if name), None)
        if name is None:
            return
        path = Path(name)

        def then(there: bool) -> None:
            if not there:
                sentence = self.tr("The folder {folder} is gone, or its disk is not there.")
                self._say("reveal", sentence.format(folder=quoted(str(path.parent))), "warning")
            elif not show_in_folder(path):
                self._say("reveal", self.tr("No file manager could be started."), "warning")

        self._background.run(path.parent.is_dir, then)

    def copy_path(self) -> None:
        paths = [job.input_file for job in self._table.selected() if job.input_file]
        QGuiApplication.clipboard().setText("\n".join(paths))

    def copy_map(self) -> None:
        """Put the Song Map on the clipboard; several as a JSON list."""
        paths = [Path(job.song_map_path) for job in self._table.selected() if job.song_map_path]

        def work() -> str | OSError:
            try:
                texts = [path.read_text(encoding="utf-8", errors="replace").strip() for path in paths]
            except OSError as error:
                return error
            return texts[0] if len(texts) == 1 else "[" + ",\n".join(texts) + "]"

        def then(found: str | OSError) -> None:
            if isinstance(found, str):
                QGuiApplication.clipboard().setText(found)
            else:
                sentence = self.tr("The Song Map cannot be read ({reason}). Analyse the song again.")
                self._say("copy", sentence.format(reason=found.strerror), "warning")

        if paths:
            self._background.run(work, then)

    def export(self) -> None:
        """Write the selected finished songs for another program."""
        self._exports().ask(self._table.selected())

    def _export_song(self, job: Job, song: SongWindow, reading: Reading) -> None:
        """Write a song from its own window, as its chart is read there."""
        from performia_desktop.export.options import Options

        def tell(sentence: str) -> None:
            if isValid(song):
                song.note.setText(sentence)

        options = Options(reading.transpose, reading.capo, reading.naming, reading.accidentals)
        self._exports().ask([job], options, song, tell)

    def drag(self) -> None:
        """Hand the selected finished songs to whoever they are dropped on."""
        if self._dragging is None:
            from performia_desktop.gui.dragging import Dragging

            service = self._service
            self._dragging = Dragging(
                self._table, service.settings, self._background, service.paths.corrections, self._info
            )
        self._dragging.start(self._table.selected())

    def _exports(self) -> Exporting:
        if self._exporting is None:
            from performia_desktop.gui.exporting import Exporting

            corrections = self._service.paths.corrections
            self._exporting = Exporting(
                self._window, self._background, corrections, self._info, self._service.settings
            )
        return self._exporting

    def retry(self) -> None:
        """Analyse the selected songs again; they go to the queue's end, and the list shows where that is."""
        finished = [job.job_id for job in self._table.selected() if job.status in FINISHED]
        self._table.reveal(self._service.queue.retry(finished))

    def cancel(self) -> None:
        self._service.queue.cancel([job.job_id for job in self._table.selected() if job.status not in FINISHED])

    def cancel_all(self) -> None:
        self._service.queue.cancel_all()

    def to_top(self) -> None:
        """Run the selected waiting songs next; the list may be sorted otherwise, so say it."""
        waiting = self._waiting()
        self._service.queue.move_to_top([job.job_id for job in waiting])
        if waiting:
            name = quoted(title(waiting[0]))
            sentence = plural(
                len(waiting), self.tr("{song} is next."), self.tr("These %Ln songs are next.", "", len(waiting))
            )
            self._say("top", sentence.format(song=name))

    def up(self) -> None:
        self._shift(-1)

    def down(self) -> None:
        self._shift(1)

    def _shift(self, step: int) -> None:
        """Move the selected waiting songs, as one block, past one neighbour in the queue."""
        ids = {job.job_id for job in self._waiting()}
        order = [job.job_id for job in self._service.jobs.pending()]
        places = [i for i, job_id in enumerate(order) if job_id in ids]
        if not places:
            return
        if step < 0:
            before: str | None = order[max(0, places[0] - 1)]
        else:
            after = places[-1] + 2
            before = order[after] if after < len(order) else None
        self._service.queue.move([order[i] for i in places], None if before in ids else before)

    def _waiting(self) -> list[Job]:
        return [job for job in self._table.selected() if job.status is Status.PENDING]

    # songs go

    def delete(self, jobs: Sequence[Job] | None = None) -> None:
        """Ask, then delete the selected jobs (or these), with a way back."""
        from performia_desktop.gui.dialogs import DeleteDialog

        jobs = self._table.selected() if jobs is None else jobs
        if not jobs:
            return
        dialog = DeleteDialog(self._window, jobs)
        if dialog.exec():
            gone = self._service.delete([job.job_id for job in jobs], maps=dialog.maps.isChecked())
            self._say_deleted(len(gone))

    def clear_finished(self) -> None:
        self.delete([job for job in self._service.jobs if job.status in FINISHED])

    def clean_up(self) -> None:
        """Ask how old, show how many, then delete."""
        from performia_desktop.gui.dialogs import CleanUpDialog

        dialog = CleanUpDialog(self._window, lambda days: len(self._service.cleanup_preview(days)))
        if dialog.exec():
            self._say_deleted(len(self._service.cleanup(dialog.days.value())))

    def _say_deleted(self, n: int) -> None:
        if n:
            sentence = plural(n, self.tr("Deleted 1 song."), self.tr("Deleted %Ln songs.", "", n))
            self._info.tell(Notice("deleted", sentence, actions=((self.tr("Undo"), self.undo),)))

    def undo(self) -> None:
        n = self._service.undo()
        self._info.withdraw("deleted")
        if n:
            self._say("deleted", plural(n, self.tr("1 song is back."), self.tr("%Ln songs are back.", "", n)))

    def about(self) -> None:
        from performia_desktop.gui.keeping.program import AboutProgram

        AboutProgram(self._window, self._service.paths).open()

    def report_problem(self, about: str = "") -> None:
        """Show what would help to find a problem; `about` is what is known of it."""
        from performia_desktop.gui.keeping.facts import gather
        from performia_desktop.gui.keeping.report import ReportDialog

        facts = gather(self._service.paths, self._service.settings, self._service.jobs)
        ReportDialog(self._window, facts, self._background, about).open()

    def _bug(self, details: str) -> None:
        self.problem.emit(self.tr("Something went wrong that nobody foresaw. Your songs are safe."), details)

    def _say(self, key: str, sentence: str, level: str = "info") -> None:
        self._info.tell(Notice(key, sentence, level))
