"""What has come of the songs given to a command, told to the user as it comes."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from performia_desktop.cli.exits import DONE, JOB_FAILED, USAGE
from performia_desktop.cli.output import ProgressLine, counted, plain, print_line, say, song_name
from performia_desktop.jobs.intake import AUDIO_EXTENSIONS, PLAYLIST_EXTENSIONS
from performia_desktop.jobs.job import Job, Status
from performia_desktop.songmap.chord import pretty

_NAMED: Final = 5
"""So many files are named one by one in a message; beyond that, a number."""


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
