"""Writer, job list, queue and intake put together: the one object that a front end talks to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from performia_desktop.jobs import files
from performia_desktop.jobs.background import Background
from performia_desktop.jobs.child import default_command
from performia_desktop.jobs.cycles import CycleCollector
from performia_desktop.jobs.database import DatabaseError, KnownDatabaseError, known
from performia_desktop.jobs.housekeeping import Housekeeping
from performia_desktop.jobs.intake import Intake
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.joblist import JobList
from performia_desktop.jobs.queue import Queue
from performia_desktop.jobs.results import Results
from performia_desktop.jobs.runner import SILENCE_SECONDS
from performia_desktop.jobs.sounds import Sounds
from performia_desktop.jobs.store import Store
from performia_desktop.jobs.trash import Trash
from performia_desktop.jobs.waveforms import Waveforms
from performia_desktop.jobs.writer import Writer
from performia_desktop.paths import Paths
from performia_desktop.protocol import ONLY_DECODES
from performia_desktop.settings import Settings
from performia_desktop.songmap import file as songmap_file
from performia_desktop.songmap import overlay
from performia_desktop.songmap.model import SongMap
from performia_desktop.songmap.schema import InvalidSongMap

_tr = QCoreApplication.translate


class JobService(QObject):
    """The core without a face. Everything returns at once; what takes time is told by a signal or a callback.

    Attributes
    ----------
    jobs : JobList
    queue : Queue
    trash : Trash
    housekeeping : Housekeeping
    waveforms : Waveforms
    results : Results
    sounds : Sounds
    paths : Paths
    settings : Settings

    Examples
    --------
    >>> service = JobService(paths)
    >>> service.add(["song.mp3"])
    >>> service.queue.idle.connect(app.quit)
    >>> service.open()
    >>> app.exec()
    >>> service.quit()
    """

    opened = Signal(object)
    """str | None: the database is open; a sentence where the user should be told something about it.
    The jobs follow by `jobs.added` and `jobs.loaded`; drops are taken at once and wait for `jobs.loaded`."""
    refused = Signal(object)
    """DatabaseError: the database cannot be used (too new, no such place, ...); there will be no `opened`."""
    blocked = Signal(str)
    """A sentence: the database cannot be written at the moment. Nothing is lost, no new job starts."""
    unblocked = Signal()
    """It can be written again; the queue goes on by itself."""
    intake_started = Signal()
    """A drop is being looked at."""
    intake_done = Signal(object)
    """IntakeReport, once for each `add`, in order."""
    undo_changed = Signal()
    """`can_undo` has another value."""
    saved = Signal()
    """Everything is in the database, after `quit` had to wait for it."""
    problem = Signal(str, str)
    """A bug or a lasting failure: a sentence for the user, and details to copy."""

    def __init__(
        self,
        paths: Paths,
        settings: Settings | None = None,
        *,
        command: Sequence[str] | None = None,
        silence_seconds: float = SILENCE_SECONDS,
        parent: QObject | None = None,
    ) -> None:
        """Nothing is touched before `open`; `command` replaces the analysis child's command line in tests."""
        super().__init__(parent)
        self.paths = paths
        self.settings = settings or Settings(paths.settings)
        self._cycles = CycleCollector(self, lambda: self.jobs.is_taking)
        self._writer = Writer(paths, self)
        self.jobs = JobList(self._writer, self)
        self.queue = Queue(
            self.jobs, paths, self.settings, command=command, silence_seconds=silence_seconds, parent=self
        )
        self._intake = Intake(self.jobs, self.queue.retry, self)
        self._files = Background(self)
        self.results = Results(self._files, self.settings, paths.corrections, self)
        self.trash = Trash(self._writer, self.jobs, self.queue, self._files, paths, self)
        self.housekeeping = Housekeeping(
            self._writer, self.jobs, self.queue, self.trash, paths, self.settings, self
        )
        decoder = command or default_command(self.settings.memory_bytes)
        self.waveforms = Waveforms(paths.waveforms, decoder)
        self.sounds = Sounds(paths.sounds, [*decoder, ONLY_DECODES])
        self._run = True
        self._interrupted: list[str] = []
        self._closing = False
        self._writer.opened.connect(self._on_opened)
        self._writer.refused.connect(self.refused)
        self._writer.blocked.connect(self._on_blocked)
        self._writer.unblocked.connect(self._on_unblocked)
        self._writer.bug.connect(self._on_failed)
        self._writer.finished.connect(self.saved)
        self.jobs.failed.connect(self._on_failed)
        self.jobs.loaded.connect(self._on_loaded)
        self.queue.job_ended.connect(self._on_job_ended)
        self._intake.started.connect(self.intake_started)
        self._intake.done.connect(self.intake_done)
        self._intake.bug.connect(self._on_bug)
        self._files.bug.connect(self._on_bug)
        self.trash.undo_changed.connect(self.undo_changed)
        self.results.problem.connect(self.problem)
        self.trash.problem.connect(self.problem)
        self.housekeeping.problem.connect(self.problem)

    # --- the beginning and the end

    def open(self, *, run: bool = True) -> None:
        """Open the database, load the jobs, and (if `run`) go on with the queue, interrupted jobs first."""
        self._run = run
        self._cycles.begin()
        try:
            self.paths.create()
        except OSError as error:
            refusal = known("cannot-open", self.paths.database, str(error))
            QTimer.singleShot(0, self, lambda: self.refused.emit(refusal))
            return
        self._writer.start()

    def quit(self, timeout_ms: int = 15_000, wait_on: Callable[[], bool] | None = None) -> bool:
        """Stop everything: running jobs go back to pending, children and threads end, the database is closed.

        Returns False if the database (locked, or its disk full) did not take everything in time, and `wait_on`,
        which is asked then (as often as it takes), did not want to wait longer. What the database missed is the
        latest changes only: jobs that ran are found and run again at the next start.
        """
        if self._closing:
            return True
        self._closing = True
        self._intake.shut_down()
        self.queue.shut_down()
        self.waveforms.close(timeout_ms)
        self.sounds.close(timeout_ms)
        self._files.wait(timeout_ms)
        if self.jobs.is_loaded and self._writer.isRunning():
            self.housekeeping.end()
        saved = not self._writer.isRunning() or self._writer.close(timeout_ms)
        while not saved and wait_on is not None and wait_on():
            saved = self._writer.close(timeout_ms)
        if not saved:
            saved = self._writer.give_up() == 0
        ended = self._files.close(timeout_ms)
        self._cycles.end()
        return ended and saved

    # --- what the user can do

    def add(self, paths: Iterable[str | Path], *, again: bool = False) -> int:
        """Queue files, folders, playlists and file:// URLs; `intake_done` tells what became of them.

        With `again`, contents that have a job already get another one. Returns the report's ticket.
        """
        return self._intake.add(paths, again=again)

    @property
    def taking_in(self) -> bool:
        """A drop is being looked at."""
        return self._intake.busy

    def delete(self, job_ids: Collection[str], *, maps: bool = True) -> list[str]:
        """Delete jobs; see `Trash.delete`."""
        return self.trash.delete(job_ids, maps=maps)

    def undo(self) -> int:
        """Bring back what was deleted last; see `Trash.undo`."""
        return self.trash.undo()

    @property
    def can_undo(self) -> int:
        """How many jobs `undo` would bring back, 0 for none."""
        return self.trash.can_undo

    def cleanup_preview(self, days: float) -> list[Job]:
        """Return the jobs that `cleanup` would delete now; see `Trash.preview`."""
        return self.trash.preview(days)

    def cleanup(self, days: float) -> list[str]:
        """Delete finished jobs older than so many days with their Song Maps; return their ids."""
        return self.trash.clean_up(days)

    def show_corrected(self, job_id: str) -> None:
        """Have a finished job's row say what its Song Map says with the user's corrections."""
        job = self.jobs.get(job_id)
        if job is not None and job.status is Status.COMPLETE and job.song_map_path:
            path, folder = job.song_map_path, self.paths.corrections
            self._files.run(lambda: _corrected(path, folder), lambda song: self._show_song(job_id, song))
            self.results.keep([job])

    def _show_song(self, job_id: str, song: SongMap | None) -> None:
        job = self.jobs.get(job_id)
        if song is None or job is None or job.status is not Status.COMPLETE or self._closing:
            return
        columns = {
            "title": song.title or None,
            "artist": song.artist or None,
            "tempo_bpm": song.tempo.bpm_global,
            "key": song.main_key,
        }
        if any(getattr(job, name) != value for name, value in columns.items()):
            self.jobs.set_columns(job_id, **columns)

    # --- what is asked of the disk

    def details(self, job_id: str, then: Callable[[str | None], None]) -> None:
        """Call `then` with the long details of a job's error (a traceback, a child's last words), or None."""
        self._writer.submit(lambda store: store.details(job_id), then, self._on_failed)

    def database_size(self, then: Callable[[int], None]) -> None:
        """Call `then` with the database's size on disk in bytes."""
        self._writer.submit(Store.size, then, self._on_failed)

    def check(self, then: Callable[[list[str]], None]) -> None:
        """Check the database's integrity and call `then` with the problems found, an empty list if it is sound."""
        self._writer.submit(Store.check, then, self._on_failed)

    # --- parts

    @Slot(object)
    def _on_opened(self, notice: str | None) -> None:
        self.housekeeping.watch()
        self._writer.submit(Store.recover, self._on_recovered, self._on_failed)
        self.jobs.load()
        self.opened.emit(notice)

    def _on_recovered(self, jobs: list[Job]) -> None:
        self._interrupted = [job.job_id for job in jobs]

    @Slot()
    def _on_loaded(self) -> None:
        if self._closing:
            return
        if self._interrupted:
            self.queue.move_to_top(self._interrupted)
            self._interrupted.clear()
        jobs = list(self.jobs)

        def tidy(binned: set[str]) -> None:
            self._files.run(lambda: _sweep(self.paths, jobs, binned), self._go_on)

        self._writer.submit(Store.binned_ids, tidy, self._on_failed)

    def _go_on(self, _: object) -> None:
        if self._closing:
            return
        self.queue.unblock("restore")
        self.housekeeping.begin()
        if self._run:
            self.queue.start()

    @Slot(str)
    def _on_blocked(self, sentence: str) -> None:
        self.queue.block(sentence)
        self.blocked.emit(sentence)

    @Slot()
    def _on_unblocked(self) -> None:
        self.queue.unblock()
        self.unblocked.emit()

    @Slot(object)
    def _on_job_ended(self, job: Job) -> None:
        if job.content_hash and self.paths.corrections.is_dir():
            self.show_corrected(job.job_id)
        else:
            self.results.keep([job])

    @Slot(object)
    def _on_failed(self, error: DatabaseError) -> None:
        if isinstance(error, KnownDatabaseError):
            self.queue.block(str(error), "database")  # what cannot be written down must not be begun
        self.problem.emit(str(error), error.details)

    @Slot(str)
    def _on_bug(self, trouble: str) -> None:
        self.problem.emit(_tr("service", "Something went wrong inside Performia. Please report it."), trouble)


def _sweep(paths: Paths, jobs: Collection[Job], binned: Collection[str]) -> None:
    """Tidy up, in the background, what lies on disk beside the jobs there are; see `files`."""
    files.sweep_waveforms(paths, {job.content_hash for job in jobs if job.content_hash})
    unfinished = {job.job_id for job in jobs if not job.finished}
    files.sweep(paths, unfinished, {job.job_id for job in jobs if job.status is Status.COMPLETE}, binned)


def _corrected(song_map: str, corrections: Path) -> SongMap | None:
    """Return a Song Map with its corrections; None where either cannot be read, which its window will say."""
    try:
        return overlay.laid_over(corrections, songmap_file.read(Path(song_map)))
    except (OSError, InvalidSongMap, overlay.UnreadableCorrections):
        return None
