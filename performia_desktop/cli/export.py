"""The command `export`: finished songs in another program's format, to files or to stdout."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from performia_desktop.cli.exits import DONE, JOB_FAILED, CommandError
from performia_desktop.cli.look import find, reading
from performia_desktop.cli.output import print_line, say
from performia_desktop.export.formats import Format
from performia_desktop.export.options import ExportError, Options
from performia_desktop.export.save import file_name, save
from performia_desktop.gui.song.sheet.formats import EVERY_FORMAT
from performia_desktop.jobs.job import Job, Status
from performia_desktop.paths import Paths
from performia_desktop.songmap import file as songmap_file
from performia_desktop.songmap import overlay
from performia_desktop.songmap.model import SongMap
from performia_desktop.songmap.schema import InvalidSongMap


def export(paths: Paths, options: argparse.Namespace) -> int:
    wanted = EVERY_FORMAT[options.format]
    wishes = Options(options.transpose, options.capo, options.names, options.accidentals)
    ids = list(dict.fromkeys(options.job_ids))
    with reading(paths) as store:
        jobs = [find(store, job_id) for job_id in ids]
    target = Path(options.output) if options.output else None
    if target is None and (len(jobs) > 1 or not wanted.text):
        what = "Several songs do" if len(jobs) > 1 else f"The format {wanted.name} does"
        raise CommandError(f"{what} not go to the terminal. Say where to with --output.")
    if target is not None and (len(jobs) > 1 or _names_a_folder(options.output)):
        _make_folder(target)
    done = [_one(paths, job, wanted, wishes, target, overwrite=options.force) for job in jobs]
    return DONE if all(done) else JOB_FAILED


def _names_a_folder(output: str) -> bool:
    return output.endswith(("/", os.sep))


def _make_folder(folder: Path) -> None:
    """Make the folder that was named, unless it is there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise CommandError(f"{folder} is a file, not a folder. Choose another place with --output.") from error
    except OSError as error:
        words = f"The folder {folder} cannot be made ({error.strerror}). Choose another place with --output."
        raise CommandError(words, JOB_FAILED) from error


def _one(paths: Paths, job: Job, wanted: Format, wishes: Options, target: Path | None, *, overwrite: bool) -> bool:
    """Export a song; say why not where it cannot be done, and go on with the others."""
    try:
        song = overlay.laid_over(paths.corrections, _read(job))
        content = wanted.render(song, wishes)
    except (ExportError, CommandError, overlay.UnreadableCorrections) as error:
        say(f"{job.job_id}: {error}")
        return False
    if target is None:
        sys.stdout.write(content.decode())
        return True
    if target.is_dir():
        path = target / file_name(song, job.input_file, wanted.suffix)
    elif target.exists() and not overwrite:
        say(f"{target} is there already. Choose another name, or add --force.")
        return False
    else:
        path = target
    try:
        print_line(str(save(content, path, overwrite=overwrite)))
    except OSError as error:
        say(f"{path} cannot be written ({error.strerror}). Choose another place with --output.")
        return False
    return True


def _read(job: Job) -> SongMap:
    if job.status is not Status.COMPLETE or not job.song_map_path:
        raise CommandError(f"It has no Song Map; it is {job.status}.", JOB_FAILED)
    try:
        return songmap_file.read(Path(job.song_map_path))
    except (OSError, InvalidSongMap) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is damaged"
        raise CommandError(
            f"Its Song Map {job.song_map_path} cannot be read ({reason}). "
            f"`performia-desktop retry {job.job_id}` makes it anew.",
            JOB_FAILED,
        ) from error
