"""What the commands print: JSON in the original service's shapes, tables for people, progress on a terminal.

Times are ISO 8601 with their offset from UTC, or null where they are not known; seconds are numbers.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.words import duration_words, stage_words, status_words, time_left_words
from performia_desktop.songmap.chord import pretty


@dataclass(frozen=True, slots=True)
class Times:
    """The seconds that a running job has taken and will take, None where not known, by who runs it."""

    elapsed: float | None = None
    remaining: float | None = None


def job_json(job: Job, times: Times | None = None, now: float | None = None) -> dict[str, Any]:
    """Return a job as the original service's API gave it, and what we know beyond that.

    How long a job still takes is only known to the program that runs it: a machine that slept in between, or a clock
    that was set, makes nonsense of what started_at and progress say.
    """
    times = times or Times()
    elapsed = times.elapsed if times.elapsed is not None else _elapsed(job, time.time() if now is None else now)
    return {
        "job_id": job.job_id,
        "status": job.status.value,
        "progress": round(job.progress, 4),
        "elapsed": round(elapsed, 3),
        "estimated_remaining": _remaining(job, times),
        "error_message": job.error_message,
        "created_at": iso(job.created_at),
        "started_at": iso(job.started_at),
        "completed_at": iso(job.completed_at),
        "input_file": job.input_file,
        "song_map_path": job.song_map_path,
        "stage": job.stage,
        "error_code": job.error_code,
        "title": job.title,
        "artist": job.artist,
        "duration_sec": job.duration_sec,
        "tempo_bpm": job.tempo_bpm,
        "key": job.key,
    }


def jobs_json(jobs: Collection[Job], times: Mapping[str, Times] | None = None) -> dict[str, Any]:
    now, times = time.time(), times or {}
    return {"count": len(jobs), "jobs": [job_json(job, times.get(job.job_id), now) for job in jobs]}


def iso(moment: float | None) -> str | None:
    """Return a Unix time as ISO 8601 with the local offset; None for None and for what no calendar has."""
    if moment is None:
        return None
    try:
        return datetime.fromtimestamp(moment).astimezone().isoformat(timespec="milliseconds")
    except (ValueError, OverflowError, OSError):
        return None


def _elapsed(job: Job, now: float) -> float:
    if job.started_at is None:
        return 0.0
    return max(0.0, (job.completed_at if job.completed_at is not None else now) - job.started_at)


def _remaining(job: Job, times: Times) -> float | None:
    if job.status is Status.COMPLETE:
        return 0.0
    if job.status is not Status.PROCESSING or times.remaining is None:
        return None
    return round(times.remaining, 3)


def print_json(data: object) -> None:
    """Print JSON, UTF-8 where it can be; a file name that is no text comes as escapes."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        text = json.dumps(data, indent=2)
    print_line(text)


def print_line(text: str = "") -> None:
    sys.stdout.write(text + "\n")


def say(sentence: str) -> None:
    """Tell something that is not what was asked for."""
    sys.stderr.write(plain(sentence) + "\n")
    sys.stderr.flush()


def plain(text: str) -> str:
    """Return text that cannot move a terminal's cursor, whatever a file or a tag is called."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _moves(character) else character for character in text)


def _moves(character: str) -> bool:
    return character != "\n" and unicodedata.category(character) in {"Cc", "Cf", "Cs"}


def song_name(job: Job) -> str:
    """Return "Artist - Title", or the file's name."""
    if job.title:
        return f"{job.artist} - {job.title}" if job.artist else job.title
    return Path(job.input_file).name if job.input_file else job.job_id


def job_table(jobs: Sequence[Job]) -> list[str]:
    """Return lines with a column each for id, status, when it was added, length, tempo, key and song."""
    rows = [("JOB", "STATUS", "ADDED", "LENGTH", "BPM", "KEY", "SONG")]
    rows += [
        (
            job.job_id,
            f"{job.status.value} {job.progress:.0%}" if job.status is Status.PROCESSING else job.status.value,
            (iso(job.created_at) or "")[:16].replace("T", " "),
            duration_words(job.duration_sec),
            f"{job.tempo_bpm:.0f}" if job.tempo_bpm else "",
            pretty(job.key or ""),
            plain(song_name(job)).replace("\n", " "),
        )
        for job in jobs
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    return ["  ".join([*map(str.ljust, row, widths), row[-1]]) for row in rows]


def job_lines(job: Job, details: str | None = None, times: Times | None = None) -> list[str]:
    """Return what is known of a job, a line each."""
    shape = job_json(job, times)
    facts = [
        ("Job", job.job_id),
        ("Song", song_name(job)),
        ("Status", f"{status_words(job.status)} ({job.status.value})"),
        ("Doing", stage_words(job.stage) if job.status is Status.PROCESSING else ""),
        ("Progress", f"{job.progress:.0%}"),
        ("Time left", time_left_words(shape["estimated_remaining"]) if job.status is Status.PROCESSING else ""),
        ("Problem", job.error_message or ""),
        ("Length", duration_words(job.duration_sec)),
        ("Tempo", f"{job.tempo_bpm:.1f} BPM" if job.tempo_bpm else ""),
        ("Key", pretty(job.key or "")),
        ("Added", shape["created_at"] or ""),
        ("Started", shape["started_at"] or ""),
        ("Completed", shape["completed_at"] or ""),
        ("Audio", job.input_file or ""),
        ("Song Map", job.song_map_path or ""),
        ("Details", details or ""),
    ]
    return [f"{name + ':':<11}{plain(value)}" for name, value in facts if value]


def size_words(count: int) -> str:
    """Return a number of bytes as people write it."""
    if count < 1_000_000:
        return f"{count / 1000:.0f} kB" if count >= 1000 else f"{count} bytes"
    return f"{count / 1e6:.1f} MB" if count < 1e9 else f"{count / 1e9:.1f} GB"


def counted(number: int, one: str, many: str) -> str:
    return f"1 {one}" if number == 1 else f"{number} {many}"


class ProgressLine:
    """One line on a terminal that is written over and over; nothing anywhere else."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._on = self._stream.isatty()
        self._last = float("-inf")
        self._shown = False

    def due(self) -> bool:
        """Return whether it is worth finding out what to show: ten times a second, and only on a terminal."""
        return self._on and time.monotonic() - self._last >= 0.1

    def show(self, done: int, total: int, running: Sequence[Job], left: float | None) -> None:
        """Show how many of the jobs are done, what is being done, and the seconds left if they are known."""
        self._last = time.monotonic()
        if not self._on or not total:
            return
        share = min(1.0, (done + sum(job.progress for job in running)) / total)
        words = [f"{done}/{total}", _bar(share), f"{share:4.0%}"]
        if running:
            first = running[0]
            words.append(" · ".join(filter(None, [stage_words(first.stage), song_name(first)])))
        words += [time_left_words(left)] if left is not None else []
        width = shutil.get_terminal_size().columns - 1
        self._stream.write("\r\x1b[K" + plain("  ".join(words))[:width])
        self._stream.flush()
        self._shown = True

    def clear(self) -> None:
        """Take the line away, so that something else can be written."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = False
            self._last = float("-inf")


def _bar(share: float, width: int = 20) -> str:
    full = round(share * width)
    return "█" * full + "░" * (width - full)
