"""The results folder: a copy of each finished Song Map where the user wants it, under the song's name.

The program's own maps stay where they are: they are what deleting, restoring and the rescue of a damaged list count
on, and a folder of the user's may be on a disk that is not there today. So choosing one, or another, or none, can
lose nothing. A copy has the user's corrections in it; it is written whole or not at all, in the place of the one
before it, and it is the user's own: deleting a job leaves it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from performia_desktop.jobs.background import Background
from performia_desktop.jobs.job import Job, Status
from performia_desktop.settings import Settings
from performia_desktop.songmap import file as songmap_file
from performia_desktop.songmap import overlay
from performia_desktop.songmap.schema import InvalidSongMap

_tr = QCoreApplication.translate
_LONGEST = 80
_NOT_IN_NAMES = dict.fromkeys(map(ord, '/\\:*?"<>|'), "-")


class Results(QObject):
    """Writes copies in a background thread; does nothing while no folder is chosen."""

    problem = Signal(str, str)
    """A sentence and details: the copies could not be written."""

    def __init__(
        self, background: Background, settings: Settings, corrections: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._settings = settings
        self._corrections = corrections

    def keep(self, jobs: Iterable[Job], then: Callable[[int], None] | None = None) -> None:
        """Copy the maps of these jobs, those that have one, and call `then` with how many were written."""
        folder = self._settings.results_folder
        done = [job for job in jobs if job.status is Status.COMPLETE and job.song_map_path]
        if folder is None or not done:
            return

        def tell(outcome: tuple[int, str]) -> None:
            written, trouble = outcome
            if trouble:
                words = _tr(
                    "results", "The results folder {folder} cannot be written. Choose another in Preferences."
                )
                self.problem.emit(words.format(folder=folder), trouble)
            if then is not None:
                then(written)

        self._background.run(lambda: _copy(done, folder, self._corrections), tell)


def _copy(jobs: list[Job], folder: Path, corrections: Path) -> tuple[int, str]:
    """Return how many copies were written, and why the folder cannot be written ("" where it can)."""
    written = 0
    for job in jobs:
        try:
            song = overlay.laid_over(corrections, songmap_file.read(Path(job.song_map_path or "")))
        except (OSError, InvalidSongMap, overlay.UnreadableCorrections):
            continue  # its row and its window say so
        target = folder / copy_name(song.title or job.title or Path(job.input_file or "").stem, job.job_id)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            songmap_file.write(song, target)
            for old in folder.glob(f"*({job.job_id}).json"):
                if old != target:  # the song had another title
                    old.unlink()
        except OSError as error:
            return written, str(error)
        written += 1
    return written, ""


def copy_name(title: str, job_id: str) -> str:
    """Return the name of a copy: readable, allowed on every system, the same for the same job."""
    plain = "".join(c for c in title if c.isprintable()).translate(_NOT_IN_NAMES)
    plain = plain[:_LONGEST].strip(" .-")
    return f"{plain} ({job_id}).json" if plain else f"({job_id}).json"
