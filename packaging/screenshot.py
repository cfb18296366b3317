"""Draws resources/screenshots: the real window over a database of example songs, light and dark.

``python packaging/screenshot.py [FOLDER]``; no display is needed. The songs are invented.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import chart_pictures
import program_pictures
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from performia_desktop import demo
from performia_desktop.analysis import audio, outline
from performia_desktop.gui.colors import DARK, LIGHT, palette
from performia_desktop.gui.grab import grab_window
from performia_desktop.gui.song.timeline.grips import Grip
from performia_desktop.gui.song.window import SongWindow
from performia_desktop.gui.theme import style_sheet
from performia_desktop.jobs.background import Background
from performia_desktop.jobs.child import default_command
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.service import JobService
from performia_desktop.jobs.waveforms import Waveforms
from performia_desktop.paths import Paths
from performia_desktop.protocol import Progress
from performia_desktop.settings import Settings
from performia_desktop.songmap import file as songmap_file
from performia_desktop.songmap.corrections import SetChord
from performia_desktop.songmap.model import SongMap

TARGET = Path(__file__).resolve().parent.parent / "resources" / "screenshots"
PICTURES = {"window.png": False, "window-dark.png": True}
CONTENT = "0" * 32

# title, artist, length, tempo, key, seconds it took
DONE = [
    ("Tin Roof Morning", "The Examples", 222.0, 112.0, "Eb major", 9.0),
    ("Slow Ferry", "The Examples", 287.0, 68.5, "D minor", 12.0),
    ("Lanterns on Canal Street", "Marta Quill Trio", 341.0, 138.0, "F major", 14.0),
    ("Half a Cup of Rain", "Marta Quill Trio", 198.0, 94.0, "A minor", 8.0),
    ("Northbound 47", "Gravel Choir", 254.0, 126.0, "E major", 10.0),
    ("Paper Boats", "Gravel Choir", 176.0, 82.0, "G major", 7.0),
]


def examples(now: float) -> list[Job]:
    jobs = [
        Job(
            f"1000000{number}",
            Status.COMPLETE,
            now - 5000 + 400 * number,
            started_at=now - 500 + 12 * number,
            completed_at=now - 500 + 12 * number + took,
            progress=1.0,
            input_file=f"/music/{title}.flac",
            title=title,
            artist=artist,
            duration_sec=length,
            tempo_bpm=tempo,
            key=key,
        )
        for number, (title, artist, length, tempo, key, took) in enumerate(DONE)
    ]
    jobs.append(
        Job(
            "20000000",
            Status.ERROR,
            now - 2000,
            started_at=now - 400,
            completed_at=now - 399,
            error_message="There is no audio in this file that can be decoded. "
            "Check it in an audio player, or convert it to FLAC or WAV.",
            error_code="not-audio",
            input_file="/music/voice memo 12.m4a",
        )
    )
    jobs += [
        Job("30000000", Status.PENDING, now - 1100, input_file="/music/Rehearsal/take 3 (rehearsal).wav"),
        Job("30000001", Status.PENDING, now - 1099, input_file="/music/Rehearsal/take 4 (rehearsal).wav"),
        Job("30000002", Status.PENDING, now - 1098, input_file="/music/Rehearsal/new bridge idea.wav"),
        Job("30000003", Status.PENDING, now - 240, input_file="/music/Live/encore.mp3"),
    ]
    return jobs


def main(target: Path) -> None:
    app = QApplication(["performia-desktop"])
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder  # the status bar shows where the database is
        paths = Paths.of(Path(folder) / ".local" / "share" / "Performia Desktop")
        service = JobService(paths, Settings(paths.settings))
        service.jobs.loaded.connect(lambda: service.jobs.add(examples(time.time()), lambda _: app.quit()))
        service.open(run=False)
        app.exec()
        for job_id, stage, progress in (("30000000", "chord", 0.64), ("30000001", "beat", 0.27)):
            service.jobs.transition(job_id, Status.PROCESSING, started_at=time.time() - 6)
            service.jobs.progress(Progress(job_id, progress, stage))
        target.mkdir(parents=True, exist_ok=True)
        for name, dark in PICTURES.items():
            grab_window(service, target / name, (1180, 660), dark)
        service.quit()


def example() -> SongMap:
    """The demo song as if it had been heard, not read from its score: some chords with less certainty."""
    truth = demo.truth()
    sure = (0.97, 0.9, 0.99, 0.83, 0.95, 0.71, 0.98, 0.88, 0.45, 0.93, 0.96, 0.64, 0.9)
    chords = tuple(replace(chord, conf=sure[i % len(sure)]) for i, chord in enumerate(truth.chords))
    notes = {
        part: tuple(replace(note, conf=sure[3 * i % len(sure)]) for i, note in enumerate(getattr(truth, part)))
        for part in ("melody", "bass")
    }
    return replace(truth, chords=chords, provenance={"content_hash": CONTENT}, **notes)


def song(target: Path) -> None:
    """Draw the song window over the demo song, as if it had been played for a while, and its timeline alone."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        recording, song_map = folder / "Tin Roof Morning.flac", folder / "map.json"
        demo.write(recording)
        heard = example()
        songmap_file.write(heard, song_map)
        outline.keep(audio.decode(recording).samples, str(folder), CONTENT)
        job = Job("00000000", Status.COMPLETE, 0.0, input_file=str(recording), song_map_path=str(song_map))
        background, waveforms = Background(), Waveforms(folder, default_command())
        for dark, scheme in ((False, LIGHT), (True, DARK)):
            app.setPalette(palette(scheme))
            app.setStyleSheet(style_sheet(scheme))
            settings = Settings(folder / f"settings{dark}.ini")  # the second window is no heir of the first
            window = SongWindow(job, settings, background, folder, waveforms=waveforms)
            window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            window.resize(1040, 780)
            window.show()
            window.ready.connect(app.quit)
            app.exec()
            while not window.timeline.view.has_waveform:
                app.processEvents()
            window.timeline.sought.emit(22.0)
            app.processEvents()
            window.note.setText("")
            ending = "-dark.png" if dark else ".png"
            window.grab().save(str(target / f"song{ending}"))
            window.split.setSizes([420, 100])
            window.resize(1240, 900)
            app.processEvents()
            _correct(window, heard)
            app.processEvents()
            window.timeline.grab().save(str(target / f"timeline{ending}"))
            window.close()
            for kept in folder.glob("*.corrections.json"):
                kept.unlink()
        background.close(5_000)
        waveforms.close(5_000)


def _correct(window: SongWindow, heard: SongMap) -> None:
    """Show what is repeated, what was put right and what is selected."""
    bars, chord = heard.downbeats, heard.chords[12]
    assert window.correcting is not None
    window.correcting.make("chord", SetChord(chord.start, chord.end, "F:min7"))
    window.timeline.view.fit(bars[4], bars[20])
    window.timeline.view.show_repeat((bars[12], bars[16]))
    window.timeline.show_position(bars[13] + 0.9)
    index = next(i for i, one in enumerate(heard.chords) if one.start >= bars[9])
    picked = window.correcting.song.chords[index]
    window.timeline.view.select(Grip("chord", index, picked.start, picked.end))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=TARGET, help="where the pictures go")
    place = parser.parse_args().folder
    main(place)
    song(place)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    chart_pictures.draw(app, place)
    program_pictures.draw(app, place, examples(time.time()))
