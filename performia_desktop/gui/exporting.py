"""Carries an export out: asks, writes in the background, and says in the quiet line what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from performia_desktop.export.formats import Format
from performia_desktop.export.options import ExportError, Options
from performia_desktop.export.save import file_name, save
from performia_desktop.gui.failures import failure_words
from performia_desktop.gui.info_bar import InfoBar, Notice
from performia_desktop.gui.joblist.columns import title
from performia_desktop.gui.reveal import show_in_folder
from performia_desktop.gui.text import plain, plural, quoted
from performia_desktop.jobs.background import Background
from performia_desktop.jobs.job import Job
from performia_desktop.settings import Settings
from performia_desktop.songmap import overlay
from performia_desktop.songmap.file import read
from performia_desktop.songmap.schema import InvalidSongMap

_tr = QCoreApplication.translate


@dataclass(slots=True)
class Outcome:
    """Files that were written, and (song, sentence) of what could not be."""

    written: list[Path] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)


class Exporting(QObject):
    """Export of finished songs from the window."""

    def __init__(
        self, window: QWidget, background: Background, corrections: Path, info: InfoBar, settings: Settings
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._corrections = corrections
        self._info = info
        self._settings = settings

    def ask(
        self,
        jobs: Sequence[Job],
        usual: Options = Options(),  # noqa: B008  (it cannot change)
        window: QWidget | None = None,
        tell: Callable[[str], None] | None = None,
    ) -> None:
        """Ask what to write of these songs and where, and write it.

        `usual` is what is offered first; `tell` is told what came of it, besides the main window.
        """
        from performia_desktop.gui.export_dialog import ExportDialog

        finished = [job for job in jobs if job.song_map_path]
        if not finished:
            return
        dialog = ExportDialog(window or self._window, len(finished), self._settings.export_format, usual)
        if not dialog.exec():
            return
        self._settings.export_format = dialog.format.name
        folder = QFileDialog.getExistingDirectory(
            window or self._window, self.tr("Export into"), str(self._settings.export_folder)
        )
        if folder:
            self._settings.export_folder = Path(folder)
            self.write(finished, dialog.format, dialog.options, Path(folder), tell)

    def write(
        self,
        jobs: Sequence[Job],
        wanted: Format,
        options: Options,
        folder: Path,
        tell: Callable[[str], None] | None = None,
    ) -> None:
        """Write songs into a folder, in the background."""
        corrections = self._corrections
        self._background.run(
            lambda: write_files(jobs, wanted, options, folder, corrections),
            lambda outcome: self._tell(outcome, tell),
        )

    def _tell(self, outcome: Outcome, tell: Callable[[str], None] | None) -> None:
        written, failed = outcome.written, outcome.failed
        parts = []
        if written:
            words = plural(len(written), self.tr("Wrote {name}."), self.tr("Wrote %Ln files.", "", len(written)))
            parts.append(words.format(name=quoted(written[0].name)))
        if failed:
            song, sentence = failed[0]
            if len(failed) > 1:
                parts.append(plural(len(failed), "", self.tr("%Ln songs could not be written.", "", len(failed))))
            parts.append(f"{quoted(song)}: {sentence}")
        if tell is not None:
            tell(plain(" ".join(parts)))
        show = ((self.tr("Show in folder"), lambda: self._show(written[0])),) if written else ()
        self._info.tell(Notice("export", plain(" ".join(parts)), "warning" if failed else "info", show))

    def _show(self, path: Path) -> None:
        if not show_in_folder(path):
            self._info.tell(Notice("export", self.tr("It is in {folder}").format(folder=path.parent), "warning"))


def write_files(jobs: Sequence[Job], wanted: Format, options: Options, folder: Path, corrections: Path) -> Outcome:
    """Write songs, with their corrections, into a folder; for a thread."""
    outcome = Outcome()
    for job in jobs:
        try:
            song = overlay.laid_over(corrections, read(Path(job.song_map_path or "")))
            content = wanted.render(song, options)
        except (ExportError, overlay.UnreadableCorrections) as error:
            outcome.failed.append((title(job), failure_words(str(error))))
            continue
        except (InvalidSongMap, OSError):
            outcome.failed.append(
                (title(job), _tr("Exporting", "Its Song Map cannot be read. Analyse the song again."))
            )
            continue
        try:
            outcome.written.append(save(content, folder / file_name(song, job.input_file, wanted.suffix)))
        except OSError as error:
            words = _tr("Exporting", "It cannot be written ({reason}). Choose another folder.").format(
                reason=error.strerror
            )
            outcome.failed.append((title(job), words))
    return outcome
