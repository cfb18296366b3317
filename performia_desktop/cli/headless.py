"""What `make run` does on a machine without a display: a Song Map, and a picture of the window, left in a folder.

The songs (the demo song, if none are given) go through the same store, queue and workers as always, with a data
directory of their own. Kept out of the help: it is for developers and for looking at the program from afar.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from performia_desktop import demo, log
from performia_desktop.cli.analyze import absolute
from performia_desktop.cli.exits import DATABASE, JOB_FAILED, CommandError
from performia_desktop.cli.first import become_first, close
from performia_desktop.cli.outcome import Outcome
from performia_desktop.cli.output import counted, print_line, say
from performia_desktop.cli.run import Run
from performia_desktop.instance import Instance
from performia_desktop.jobs.job import Status
from performia_desktop.jobs.service import JobService
from performia_desktop.paths import Paths
from performia_desktop.songmap import file as songmap_file
from performia_desktop.songmap.chord import pretty

if TYPE_CHECKING:
    from performia_desktop.songmap.model import SongMap


def show(folder: Path, files: Sequence[str]) -> int:
    """Analyse the files, or the demo song, and leave the results in `folder`, saying where."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from performia_desktop.gui.grab import grab_window

    app = QApplication.instance() or QApplication(["performia-desktop"])
    folder = folder.absolute()
    paths = Paths.of(folder / "data", folder / "data" / "jobs.db")
    try:
        paths.create()
        songs = absolute(files) if files else [str(_demo_song(folder))]
    except OSError as error:
        raise CommandError(f"{folder} cannot be written ({error.strerror}). Choose another folder.") from error
    log.configure(paths.logs)
    say("There is no display, so no window opens. Analysing without one ...")

    instance = Instance(paths.data_dir)
    if not become_first(instance, paths):
        raise CommandError(f"Another run is using {paths.data_dir}. Wait until it has ended.", DATABASE)
    service = JobService(paths)
    outcome = Outcome(quiet=True)
    picture = folder / "window.png"
    try:
        Run(service, outcome, files=songs).wait()
        service.queue.resume()  # `Run` ends with a paused queue
        grab_window(service, picture)
    finally:
        try:
            close(service)
        finally:
            instance.release()
            del app
    for job in outcome.jobs:
        if job.status is Status.COMPLETE and job.song_map_path:
            song_map = songmap_file.read(Path(job.song_map_path))
            target = folder / f"{Path(job.input_file or job.job_id).stem}.song_map.json"
            songmap_file.write(song_map, target)
            print_line(f"{song_map.title or target.stem}: {_summary(song_map)}")
            print_line(f"  its Song Map:   {target}")
    print_line(f"The window:       {picture}")
    return JOB_FAILED if outcome.status else outcome.status


def _demo_song(folder: Path) -> Path:
    song = folder / f"{demo.TITLE}.flac"
    if not song.exists():
        temporary = song.with_name(".unfinished.flac")
        demo.write(temporary)
        temporary.replace(song)
    return song


def _summary(song_map: SongMap) -> str:
    facts = [f"{song_map.tempo.bpm_global:.0f} BPM"] if song_map.tempo.bpm_global else []
    facts += [f"{song_map.meter.numerator}/{song_map.meter.denominator}"]
    facts += [pretty(song_map.main_key)] if song_map.main_key else []
    facts += [
        counted(len(song_map.chords), "chord", "chords"),
        counted(len(song_map.sections), "section", "sections"),
        counted(len(song_map.melody), "melody note", "melody notes"),
        counted(len(song_map.bass), "bass note", "bass notes"),
    ]
    return ", ".join(facts)
