"""One job in the hands of one child: a QRunnable that supervises, and turns whatever happens into one outcome.

It touches no widget and no database. It says what it hears by signals with frozen dataclasses, and ends with
exactly one of `finished`, `failed` or `stopped`.
"""

from __future__ import annotations

import contextlib
import glob
import logging
import re
import shutil
import threading
import time
import traceback
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QRunnable, Signal

from performia_desktop.jobs.child import Child
from performia_desktop.jobs.childpool import ChildPool
from performia_desktop.protocol import FAILURE_CODES, Analyse, Done, Failed, Progress, ProtocolError, Ready
from performia_desktop.songmap import file as songmap_file
from performia_desktop.songmap.schema import InvalidSongMap

PROGRESS_INTERVAL: Final = 0.1
"""Seconds between two progress signals of a job, at least."""

_LONGEST_TEXT: Final = 1000
_LONGEST_DETAILS: Final = 100_000
_HASH: Final = re.compile("[0-9a-f]{32}")

_log = logging.getLogger(__name__)


class _Stopped(Exception):
    """Stopped before there was anything to listen to."""


class WorkerSignals(QObject):
    """A worker's voice; connect only to methods of a QObject of the window's thread."""

    ready = Signal()
    """A child has warmed up."""
    progressed = Signal(object)
    """Progress."""
    finished = Signal(object)
    """Done: the map is on disk."""
    failed = Signal(object)
    """Failed."""
    stopped = Signal(str)
    """The job's id, after `Worker.stop`."""


class Worker(QRunnable):
    """Runs one task.

    Parameters
    ----------
    task : Analyse
    pool : ChildPool
        Where the child comes from and goes back to.
    """

    def __init__(self, task: Analyse, pool: ChildPool) -> None:
        super().__init__()
        self.setAutoDelete(False)  # Python owns it
        self.task = task
        self.signals = WorkerSignals()
        self.start_failed = False
        """The child did not get as far as being ready: not the song's fault."""
        self._pool = pool
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._stopped = False
        self._keep_checkpoints = True
        self._hung = False
        self._said_at = -1.0
        self._withheld: Progress | None = None

    # from the window's thread

    def stop(self, *, keep_checkpoints: bool) -> None:
        """Kill the child, at once, also one that is only just being started."""
        with self._lock:
            self._stopped = True
            self._keep_checkpoints = keep_checkpoints
            if self._child is not None:
                self._child.kill()

    def hang(self, *, final: bool = False) -> None:
        """Give a silent child up: first so that it writes down where it stands, then (`final`) at once."""
        with self._lock:
            self._hung = True
            if self._child is not None:
                if final:
                    self._child.kill()
                else:
                    self._child.abort()

    def hung(self, details: str = "") -> Failed:
        """Return the failure of a child that stood still."""
        sentence = (
            "The analysis of this song stood still and was ended. Retry; if it happens again, convert the file to "
            "another format."
        )
        return self._failed("hung", sentence, details)

    @property
    def heard(self) -> int:
        """A number that grows with every sign of life."""
        child = self._child
        return child.heard + 1 if child is not None else 0

    def take_withheld(self) -> Progress | None:
        """Return a progress that came too soon after another to be forwarded, and is still the latest."""
        withheld, self._withheld = self._withheld, None
        return withheld

    def trim(self) -> None:
        """Keep the child's stderr small, also while it says nothing else."""
        with self._lock:
            if self._child is not None:
                self._child.trim()

    # in a thread of the pool

    def run(self) -> None:
        try:
            outcome = self._run()
        except Exception as error:  # noqa: BLE001  (an exception that leaves run() is lost, and with it the job)
            _log.exception("the worker of job %s broke", self.task.job_id)
            outcome = self._failed("bug", _bug_sentence(error), traceback.format_exc())
            self._release(None)
        if outcome is None:
            self.signals.stopped.emit(self.task.job_id)
        elif isinstance(outcome, Done):
            self.signals.finished.emit(outcome)
        else:
            self.signals.failed.emit(outcome)

    def _run(self) -> Done | Failed | None:
        """Return the outcome, None when stopped."""
        try:
            outcome = self._attempt() or self._attempt(fresh=True)
        except _Stopped:
            outcome = None
        if self._stopped and not isinstance(outcome, Done):
            self._tidy(keep_checkpoints=self._keep_checkpoints)
            return None
        self._tidy(keep_checkpoints=False)
        return outcome

    def _attempt(self, *, fresh: bool = False) -> Done | Failed | None:
        """Have a child do the task.

        None if a child that had waited between songs was gone, or spoke of something else, before it said a word
        of this song: that is not this song's fault, and a fresh one gets a chance. Raises _Stopped.
        """
        if self._stopped:
            raise _Stopped
        try:
            child = self._pool.take(fresh=fresh)
        except OSError as error:
            return self._not_started(error)
        self._hold(child)
        return self._listen(child)

    def _listen(self, child: Child) -> Done | Failed | None:
        was_used = child.songs > 0
        spoke = False
        garbage = None
        try:
            child.send(self.task)
            for message in child.messages():
                match message:
                    case Ready():
                        self.signals.ready.emit()
                    case Progress() if message.job_id == self.task.job_id:
                        spoke = True
                        self._forward(message)
                    case Done() if message.job_id == self.task.job_id:
                        trouble = self._doubt(message)
                        self._release(None if trouble else child)
                        return trouble or message
                    case Failed() if message.job_id == self.task.job_id:
                        # after these the child's memory cannot be trusted
                        self._release(None if message.code in {"memory", "bug"} else child)
                        code = message.code if message.code in FAILURE_CODES else "bug"
                        return self._failed(code, message.message, message.details)
                    case _:
                        raise ProtocolError(f"unexpected: {message!r:.300}")
        except ProtocolError as error:
            garbage = str(error)
            child.kill()
        except OSError:
            pass  # it is gone: its ending says why
        return self._ending(child, garbage, silent=was_used and not spoke)

    def _ending(self, child: Child, garbage: str | None, *, silent: bool) -> Failed | None:
        ending = child.finish()
        with self._lock:
            self._child = None
        self.start_failed = not child.ready and not self._stopped
        if self._hung:
            return self.hung(ending.details)
        if silent and not self._stopped:
            return None
        if garbage is not None:
            return self._nonsense(f"{garbage}\n{ending.last_words}".strip())
        code, sentence = ending.reason
        return self._failed(code, sentence, ending.details)

    def _doubt(self, done: Done) -> Failed | None:
        """Return what is wrong with a Done; the child read a file that anybody may have made."""
        target = Path(self.task.song_map_path)
        texts = (done.title or "", done.artist or "", done.key or "")
        if Path(done.song_map_path) != target:
            return self._nonsense(f"a map elsewhere: {done.song_map_path!r:.300}")
        if not _HASH.fullmatch(done.content_hash) or max(map(len, texts)) > _LONGEST_TEXT:
            return self._nonsense(f"not a song's facts: {done!r:.300}")
        try:
            songmap_file.check(target, self.task.job_id)
        except OSError as error:
            sentence = "The Song Map was written but is not there. Check the results folder, then retry."
            return self._failed("results", sentence, str(error))
        except InvalidSongMap as error:
            with contextlib.suppress(OSError):
                target.unlink()
            return self._nonsense(str(error))
        return None

    def _nonsense(self, details: str) -> Failed:
        sentence = (
            "The analysis gave an answer that makes no sense. Retry; if it happens again, please report it "
            "with the details."
        )
        return self._failed("crashed", sentence, details)

    def _hold(self, child: Child) -> None:
        """Make the child known to `stop`. Raises _Stopped, the child ended, if that has come first."""
        with self._lock:
            self._child = child
            if not self._stopped:
                return
        self._release(None)
        raise _Stopped

    def _release(self, back: Child | None) -> None:
        """Let go of the child: back to the pool, or ended if it is None."""
        with self._lock:
            child, self._child = self._child, None
            stopped = self._stopped
        if child is None:
            return
        if back is not None and not stopped:
            self._pool.give_back(child)
        else:
            child.kill()
            child.finish()

    def _forward(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._said_at >= PROGRESS_INTERVAL:
            self._said_at = now
            self._withheld = None
            self.signals.progressed.emit(progress)
        else:
            self._withheld = progress

    def _tidy(self, *, keep_checkpoints: bool) -> None:
        """Remove what a killed child may have left: half a map, and checkpoints that nobody needs any more."""
        target = Path(self.task.song_map_path)
        with contextlib.suppress(OSError):
            for temporary in target.parent.glob(f".{glob.escape(target.name)}.*.tmp"):
                temporary.unlink(missing_ok=True)
        if not keep_checkpoints:
            shutil.rmtree(self.task.checkpoint_dir, ignore_errors=True)

    def _failed(self, code: str, sentence: str, details: str) -> Failed:
        return Failed(self.task.job_id, code, sentence[:_LONGEST_TEXT], details[-_LONGEST_DETAILS:])

    def _not_started(self, error: OSError) -> Failed:
        self.start_failed = True
        sentence = (
            f"The analysis could not be started ({error.strerror or error}). Close other programs, or install "
            "Performia again; then retry."
        )
        return self._failed("crashed", sentence, str(error))


def _bug_sentence(error: Exception) -> str:
    return (
        f"Something went wrong inside Performia ({type(error).__name__}). Retry, and please report it with the "
        "details."
    )
