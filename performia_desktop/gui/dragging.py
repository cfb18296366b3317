"""Songs dragged out of the list, as files of the format that is chosen in the preferences.

The files are written in the background, into a folder that is gone with the program; the drag begins when they are
there, if the mouse button is still held.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QObject, Qt, QTemporaryDir, QUrl
from PySide6.QtGui import QDrag, QGuiApplication
from PySide6.QtWidgets import QWidget

from performia_desktop.export.options import Options
from performia_desktop.gui.exporting import Outcome, write_files
from performia_desktop.gui.info_bar import InfoBar, Notice
from performia_desktop.gui.song.sheet.formats import EVERY_FORMAT
from performia_desktop.gui.text import plain, quoted
from performia_desktop.jobs.background import Background
from performia_desktop.jobs.job import Job
from performia_desktop.settings import Settings

MOST: Final = 200
"""Songs in one drag: what is more belongs into an export."""


class Dragging(QObject):
    """Makes files of songs and hands them to whoever they are dropped on."""

    def __init__(
        self, source: QWidget, settings: Settings, background: Background, corrections: Path, info: InfoBar
    ) -> None:
        super().__init__(source)
        self._source = source
        self._settings = settings
        self._background = background
        self._corrections = corrections
        self._info = info
        self._folder = QTemporaryDir()
        self._count = 0

    def start(self, jobs: Sequence[Job]) -> None:
        """Begin to drag the finished ones of these songs."""
        finished = [job for job in jobs if job.song_map_path][:MOST]
        if not finished or not self._folder.isValid():
            return
        self._count += 1
        folder = Path(self._folder.path()) / str(self._count)  # so that names stay what they are
        wanted, corrections = EVERY_FORMAT[self._settings.drag_format], self._corrections
        keys = [self._settings.own_key(job.content_hash or "") for job in finished]
        naming, accidentals = self._settings.chart_naming, self._settings.chart_accidentals

        def work() -> Outcome:
            folder.mkdir(exist_ok=True)
            outcome = Outcome()
            for job, (transpose, capo) in zip(finished, keys, strict=True):
                one = write_files(
                    [job], wanted, Options(transpose, capo, naming, accidentals), folder, corrections
                )
                outcome.written += one.written
                outcome.failed += one.failed
            return outcome

        self._background.run(work, self._drag)

    def _drag(self, outcome: Outcome) -> None:
        if outcome.failed:
            song, sentence = outcome.failed[0]
            self._info.tell(Notice("export", plain(f"{quoted(song)}: {sentence}"), "warning"))
        if outcome.written and QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            drag = QDrag(self._source)
            drag.setMimeData(mime(outcome.written))
            drag.exec(Qt.DropAction.CopyAction)


def mime(files: Sequence[Path]) -> QMimeData:
    """Return files as they are handed over."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return data
