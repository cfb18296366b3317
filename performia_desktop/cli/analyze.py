"""The command that analyses: queue files, run them to the end, say what came of each.

If another program holds the data directory, it gets the files and does the work, and this one waits by reading the
database; should that program end before the work is done, this one takes over.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEventLoop, QObject, QTimer, QUrl

from performia_desktop import log, remote
from performia_desktop.cli.exits import BY_SIGNAL, DATABASE, DONE, JOB_FAILED, USAGE, CommandError
from performia_desktop.cli.first import become_first, close, create, first_or_reply
from performia_desktop.cli.look import reading
from performia_desktop.cli.loop import Interrupts
from performia_desktop.cli.output import (
    ProgressLine,
    counted,
    jobs_json,
    plain,
    print_json,
    print_line,
    say,
    song_name,
)
from performia_desktop.instance import Instance
from performia_desktop.jobs.database import DatabaseError, KnownDatabaseError
from performia_desktop.jobs.intake import AUDIO_EXTENSIONS, PLAYLIST_EXTENSIONS, IntakeReport
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.service import JobService
from performia_desktop.jobs.store import JobQuery
from performia_desktop.paths import Paths
from performia_desktop.songmap.chord import pretty

_POLL_MS: Final = 300
_INTAKE_MS: Final = 600_000
_NAMED: Final = 5
"""So many files are named one by one in a message; beyond that, a number."""


def analyze(paths: Paths, options: argparse.Namespace) -> int:
    files = absolute(options.files)
    create(paths)
    log.configure(paths.logs, verbose=options.verbose)
    outcome = Outcome(quiet=options.json)
    if files:
        request = {"do": "add", "files": files, "again": options.again}
        instance, reply = first_or_reply(paths, request, _INTAKE_MS)
        if instance is not None:
            _run_here(paths, outcome, instance, files=files, again=options.again)
        else:
            outcome.taken(reply or {}, files)
            _run_there(paths, outcome)
    else:
        instance = Instance(paths.data_dir)
        if become_first(instance, paths):
            _run_here(paths, outcome, instance)
        else:
            outcome.wanted = dict.fromkeys(_unfinished(paths))
            _run_there(paths, outcome)
    if options.json:
        print_json(jobs_json(outcome.jobs))
    return outcome.status


def absolute(files: Iterable[str]) -> list[str]:
    """Return what was given, as it is known from any folder; URLs stay as they are."""
    return [name if QUrl(name).scheme() == "file" else str(Path(name).absolute()) for name in files]


class Outcome:
    """What has come of the files so far, told to the user as it comes."""

    def __init__(self, *, quiet: bool) -> None:
        self.line = ProgressLine()
        self._quiet = quiet
        self.wanted: dict[str, None] = {}
        """The ids asked for, in order."""
        self._jobs: dict[str, Job] = {}
        self._refused = 0

    @property
    def jobs(self) -> list[Job]:
        """The finished jobs, in the order in which they were asked for."""
        return [self._jobs[job_id] for job_id in self.wanted if job_id in self._jobs]

    @property
    def status(self) -> int:
        if self._refused and not self._jobs:
            return USAGE
        failed = any(job.status is not Status.COMPLETE for job in self._jobs.values())
        return JOB_FAILED if failed or self._refused else DONE

    def taken(self, report: Mapping[str, Any], files: Sequence[str]) -> None:
        """Tell what became of the drop, and want its jobs.

        `report` is a reply of `remote` to "add".
        """
        duplicates = [(str(file), str(job_id)) for file, job_id in report["duplicates"]]
        skipped = [(str(file), str(why)) for file, why in report["skipped"]]
        given = {os.fsencode(file).decode("utf-8", "replace") for file in files}
        named = [(file, why) for file, why in skipped if file in given]
        # In a folder, a song that cannot be taken is worth a word, and a picture of its cover is not.
        songs = [(file, why) for file, why in skipped if file not in given and _may_be_song(file)][:_NAMED]
        for file, why in [*named, *songs]:
            self.tell(f"{Path(file).name}: {why}")
        self._refused += len(named)
        rest = len(skipped) - len(named) - len(songs)
        if rest:
            self.tell(f"{counted(rest, 'other file', 'other files')} left out.")
        for file, job_id in duplicates[:_NAMED]:
            self.tell(f"{Path(file).name} is known already (job {job_id}); --again analyses it anew.")
        if len(duplicates) > _NAMED:
            self.tell(f"So are {counted(len(duplicates) - _NAMED, 'more file', 'more files')}.")
        ids = [*report["added"], *report["retried"], *(job_id for _, job_id in duplicates)]
        self.wanted = dict.fromkeys(ids)

    def ended(self, job: Job) -> None:
        """Note a finished job, if it is wanted, and print its line."""
        if job.job_id in self._jobs or job.job_id not in self.wanted:
            return
        self._jobs[job.job_id] = job
        if job.status is Status.COMPLETE:
            if not self._quiet:
                self.line.clear()
                facts = [job.job_id, plain(song_name(job)).replace("\n", " ")]
                facts += [f"{job.tempo_bpm:.0f} BPM"] if job.tempo_bpm else []
                facts += [pretty(job.key)] if job.key else []
                print_line("  ".join([*facts, job.song_map_path or ""]))
        else:
            self.tell(f"{song_name(job)} (job {job.job_id}): {job.error_message or f'it was {job.status}.'}")

    def tell(self, sentence: str) -> None:
        self.line.clear()
        say(sentence)


def _may_be_song(file: str) -> bool:
    return Path(file).suffix[1:].lower() in AUDIO_EXTENSIONS | PLAYLIST_EXTENSIONS


class Run(QObject):
    """Analyses files, or jobs that wait, in this process; jobs of others in the same queue are left waiting.

    Raises
    ------
    CommandError
        From `wait`: the database cannot be used, the analysis cannot be started, or a signal came.
    """

    def __init__(
        self,
        service: JobService,
        outcome: Outcome,
        *,
        files: Sequence[str] = (),
        again: bool = False,
        ids: Sequence[str] | None = None,
    ) -> None:
        super().__init__()
        self.service = service
        self._outcome = outcome
        self._files = list(files)
        self._again = again
        self._ids = ids
        self._open: set[str] = set()  # not finished, also those that another program has handed over meanwhile
        self._waiting: set[str] = set()  # of them, not yet started
        self._intakes = 0
        self._started = False
        self._error: CommandError | None = None
        self._loop = QEventLoop()
        service.opened.connect(self._opened)
        service.refused.connect(self._refused)
        service.blocked.connect(outcome.tell)
        service.intake_done.connect(self._intake_done)
        service.problem.connect(self._problem)
        service.queue.stalled.connect(self._stalled)
        service.jobs.loaded.connect(self._loaded)
        service.jobs.changed.connect(self._changed)
        service.jobs.removed.connect(self._removed)

    def wait(self) -> None:
        """Run the event loop until all is done."""
        with Interrupts() as interrupts:
            interrupts.caught.connect(self._interrupted)
            self.service.queue.pause()  # nothing of others is started before ours is in front
            self.service.open()
            if self._error is None:
                self._loop.exec()
            self._outcome.line.clear()
            interrupts.let_through()
        if self._error is not None:
            raise self._error

    def requested(self, request: Mapping[str, Any], reply: Callable[[dict[str, Any]], None]) -> None:
        """Answer another start of the program."""
        if request.get("raise"):
            reply(
                {
                    "ok": False,
                    "error": "The command `performia-desktop analyze` is working on these songs. Wait until it "
                    "has ended, or stop it with Ctrl+C; then the window can be opened.",
                }
            )
            return
        adds = request.get("do") == "add"
        self._intakes += adds

        def replied(answer: dict[str, Any]) -> None:
            if adds:
                self._intakes -= 1
                if answer.get("ok"):
                    known = [job_id for _, job_id in answer["duplicates"]]
                    self._want([*answer["added"], *answer["retried"], *known])
            reply(answer)
            self._end_if_done()

        remote.handle(self.service, request, replied)

    def _opened(self, notice: str | None) -> None:
        if notice:
            self._outcome.tell(notice)

    def _loaded(self) -> None:
        self._started = True
        if self._files:
            self._intakes += 1
            self._ticket = self.service.add(self._files, again=self._again)
            return
        ids = [job.job_id for job in self.service.jobs.pending()] if self._ids is None else self._ids
        if not ids:
            self._outcome.tell("There is nothing to analyse: no job waits.")
        self._outcome.wanted = dict.fromkeys(ids)
        self._want(ids)
        self._end_if_done()

    def _intake_done(self, report: IntakeReport) -> None:
        if report.ticket != getattr(self, "_ticket", None):
            return
        self._intakes -= 1
        told = {
            "added": [job.job_id for job in report.added],
            "retried": [job.job_id for job in report.retried],
            "duplicates": report.duplicates,
            "skipped": report.skipped,
        }
        self._outcome.taken(told, self._files)
        self._want(self._outcome.wanted)
        self._end_if_done()

    def _want(self, ids: Iterable[str]) -> None:
        """Have these jobs run next, and wait for them."""
        for job in filter(None, map(self.service.jobs.get, ids)):
            if job.finished:
                self._outcome.ended(job)
                continue
            self._open.add(job.job_id)
            if job.status is Status.PENDING:
                self._waiting.add(job.job_id)
        if self._waiting:
            if len(self._waiting) < self.service.jobs.counts[Status.PENDING]:
                self.service.queue.move_to_top(self._waiting)
            self.service.queue.resume()

    def _changed(self, job: Job) -> None:
        if job.job_id in self._open:
            if job.status is Status.PENDING:
                self._waiting.add(job.job_id)
            else:
                self._waiting.discard(job.job_id)
            if job.finished:
                self._open.discard(job.job_id)
                self._outcome.ended(job)
            if not self._waiting:
                self.service.queue.pause()  # what else waits is not ours to start
            self._show()
            self._end_if_done()

    def _removed(self, ids: list[str]) -> None:
        self._open.difference_update(ids)
        self._waiting.difference_update(ids)
        self._end_if_done()

    def _show(self) -> None:
        if self._outcome.line.due():
            running = [job for job in map(self.service.jobs.get, self.service.queue.running) if job]
            left = self.service.queue.remaining_seconds()
            total = len(self._outcome.wanted)
            self._outcome.line.show(max(0, total - len(self._open)), total, running, left)

    def _end_if_done(self) -> None:
        if self._started and not self._open and not self._intakes:
            self._loop.quit()

    def _stop(self, sentence: str, status: int) -> None:
        self._error = self._error or CommandError(sentence, status)
        self._loop.quit()

    def _refused(self, error: DatabaseError) -> None:
        self._stop(str(error), DATABASE)

    def _stalled(self, sentence: str) -> None:
        self._stop(sentence, JOB_FAILED)

    def _problem(self, sentence: str, details: str) -> None:
        self._stop(f"{sentence}\n{details}", DATABASE)

    def _interrupted(self, number: int) -> None:
        left = len(self._open)
        if left == 1:
            rest = "One song is not finished; it goes on at the next start."
        elif left:
            rest = f"{left} songs are not finished; they go on at the next start."
        else:
            rest = "Nothing was queued yet." if self._intakes or not self._started else "Everything is finished."
        self._stop(f"Stopped. {rest}", BY_SIGNAL + number)


class Watch(QObject):
    """Waits, by reading the database, for jobs that another program works on."""

    def __init__(self, paths: Paths, outcome: Outcome, instance: Instance) -> None:
        super().__init__()
        self._outcome = outcome
        self._paths = paths
        self._open = dict.fromkeys(outcome.wanted)
        self._instance = instance
        self._interrupted: int | None = None
        self._trouble: DatabaseError | None = None
        self._loop = QEventLoop()

    def wait(self) -> bool:
        """Return whether something is left although nobody works on it any more; `instance` is acquired then."""
        timer = QTimer()
        timer.timeout.connect(self._look)
        with Interrupts() as interrupts:
            interrupts.caught.connect(self._stop)
            timer.start(_POLL_MS)
            self._look()
            if self._open:
                self._loop.exec()
            timer.stop()
            self._outcome.line.clear()
        if self._trouble is not None:
            raise self._trouble
        if self._interrupted is not None:
            raise CommandError(
                "Stopped waiting. The program that does the work goes on with it.", BY_SIGNAL + self._interrupted
            )
        return bool(self._open)

    def _look(self) -> None:
        alone = become_first(
            self._instance, self._paths
        )  # before reading: what the other one did last is then seen
        running = []
        try:
            with reading(self._paths) as store:
                for job_id in list(self._open):
                    job = store.get(job_id) if store else None
                    if job is None or job.finished:
                        del self._open[job_id]
                    if job is not None and job.finished:
                        self._outcome.ended(job)
                    elif job is not None and job.status is Status.PROCESSING:
                        running.append(job)
        except DatabaseError as error:
            if isinstance(error, KnownDatabaseError) and error.transient and not alone:
                return
            self._trouble = error
            self._loop.quit()
            return
        if alone or not self._open:
            self._loop.quit()
        elif self._outcome.line.due():
            total = len(self._outcome.wanted)
            self._outcome.line.show(total - len(self._open), total, running, None)

    def _stop(self, number: int) -> None:
        self._interrupted = number
        self._loop.quit()


def _run_here(
    paths: Paths,
    outcome: Outcome,
    instance: Instance,
    *,
    files: Sequence[str] = (),
    again: bool = False,
    ids: Sequence[str] | None = None,
) -> None:
    """Analyse in this process, which has the data directory, and give it back."""
    service = JobService(paths)
    run = Run(service, outcome, files=files, again=again, ids=ids)
    instance.request.connect(run.requested)
    try:
        try:
            run.wait()
        finally:
            instance.request.disconnect(run.requested)
            close(service)
    finally:
        instance.release()


def _run_there(paths: Paths, outcome: Outcome) -> None:
    """Wait for the program that has the data directory; do here what it leaves undone, should it end."""
    instance = Instance(paths.data_dir)
    if Watch(paths, outcome, instance).wait():
        _run_here(paths, outcome, instance, ids=list(outcome.wanted))
    else:
        instance.release()


def _unfinished(paths: Paths) -> list[str]:
    statuses = frozenset({Status.PENDING, Status.PROCESSING})
    with reading(paths) as store:
        jobs = store.list(JobQuery(status=statuses, sort="position", descending=False)) if store else []
    return [job.job_id for job in jobs]
