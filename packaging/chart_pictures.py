"""Draws the chart for resources/screenshots: in its window with the guitar's shapes, on stage, printed, exported.

Part of ``packaging/screenshot.py``. The words are invented, as is the song.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from performia_desktop import demo
from performia_desktop.export.options import Options
from performia_desktop.gui.colors import DARK, LIGHT, Colors, palette
from performia_desktop.gui.export_dialog import ExportDialog
from performia_desktop.gui.song.print_preview import PrintPreview
from performia_desktop.gui.song.stage import Stage
from performia_desktop.gui.song.window import SongWindow
from performia_desktop.gui.theme import style_sheet
from performia_desktop.jobs.background import Background
from performia_desktop.jobs.job import Job, Status
from performia_desktop.settings import Settings
from performia_desktop.songmap import file as songmap_file
from performia_desktop.songmap.model import Lyric, SongMap

SCHEMES = {"": LIGHT, "-dark": DARK}
WORDS = {
    "verse": (
        "Morning on the tin roof, rain is all I know",
        "Coffee on the stove and nowhere left to go",
        "Half the street is sleeping, half is walking home",
        "Leave the window open, let the river run",
    ),
    "chorus": ("Sing it to the morning, sing it to the rain", "Every tin roof morning brings you back again"),
}
HEARD = 15.0  # seconds into the song: in the first verse


def sung() -> SongMap:
    """Return the demo song with words, a line to every two bars."""
    song = demo.truth()
    lyrics = []
    for section in song.sections:
        lines = WORDS.get(section.label, ())
        bars = [bar for bar in song.downbeats if section.start - 0.1 <= bar < section.end - 0.1]
        for i in range(0, len(bars) - 1 if lines else 0, 2):
            end = bars[i + 2] if i + 2 < len(bars) else section.end
            text = lines[i // 2 % len(lines)]
            lyrics.append(Lyric(round(bars[i] + 0.15, 3), round(end - 0.5, 3), text, 0.9))
    return replace(song, lyrics=tuple(lyrics), provenance={"content_hash": "0" * 32})


@contextmanager
def opened(app: QApplication, scheme: Colors) -> Iterator[tuple[SongWindow, Settings]]:
    """Open the song's window, unseen, in these colours."""
    app.setPalette(palette(scheme))
    app.setStyleSheet(style_sheet(scheme))
    with tempfile.TemporaryDirectory() as folder:
        song_map = Path(folder) / "map.json"
        songmap_file.write(sung(), song_map)
        job = Job("00000000", Status.COMPLETE, 0.0, input_file="/music/a.flac", song_map_path=str(song_map))
        background, settings = Background(), Settings(Path(folder) / "settings.ini")
        window = SongWindow(job, settings, background, Path(folder))
        unseen(window, 1000, 700)
        window.ready.connect(app.quit)
        app.exec()
        yield window, settings
        window.close()
        background.close(5_000)


def unseen(widget: QWidget, width: int, height: int) -> None:
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.resize(width, height)
    widget.show()


def draw(app: QApplication, target: Path) -> None:
    """Draw all pictures of the chart."""
    for name, scheme in SCHEMES.items():
        with opened(app, scheme) as (window, settings):
            window.pages.fingering = True
            window.pages.read(replace(window.pages.reading, capo=1))
            window.timeline.hide()  # all room for the chart
            window.pages.follow(HEARD)
            app.processEvents()
            window.pages.area.verticalScrollBar().setValue(0)
            window.note.setText("")
            window.grab().save(str(target / f"chart{name}.png"))
            dialog = ExportDialog(window, 1, "chordpro", Options(0, 1))
            unseen(dialog, dialog.sizeHint().width(), dialog.sizeHint().height())
            app.processEvents()
            dialog.grab().save(str(target / f"export{name}.png"))
            dialog.close()
            preview = PrintPreview(window.song or sung(), window.pages.reading, fingering=True, parent=window)
            unseen(preview, 820, 820)
            app.processEvents()
            preview.grab().save(str(target / f"print{name}.png"))
            preview.close()
            if scheme is DARK:
                stage = Stage(window.pages.parts, None, settings, window)
                unseen(stage, 1280, 720)
                app.processEvents()
                stage.follow(HEARD)
                QTimer.singleShot(600, app.quit)  # the page turns
                app.exec()
                stage.grab().save(str(target / "stage.png"))
                stage.close()
