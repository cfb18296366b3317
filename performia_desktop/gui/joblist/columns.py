"""The columns of the job table: what each shows, says to a screen reader, and sorts by."""

from __future__ import annotations

import math
import re
import time
import unicodedata
from collections.abc import Callable
from enum import IntEnum
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from performia_desktop.gui.failures import failure_words
from performia_desktop.gui.text import file_name, file_title, key_words, plain, summary
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.words import duration_words, stage_words, status_words, time_left_words

_tr = QCoreApplication.translate


class Column(IntEnum):
    SONG = 0
    STATUS = 1
    PROGRESS = 2
    TEMPO = 3
    KEY = 4
    LENGTH = 5
    TIME = 6
    ADDED = 7


RIGHT_ALIGNED = frozenset({Column.TEMPO, Column.LENGTH, Column.TIME, Column.ADDED})

_RANK = {Status.PROCESSING: 0, Status.PENDING: 1, Status.ERROR: 2, Status.CANCELLED: 3, Status.COMPLETE: 4}

Key = Callable[[Job], tuple[Any, ...]]


def header(column: Column) -> str:
    """Return a column's heading."""
    return {
        Column.SONG: _tr("columns", "Song"),
        Column.STATUS: _tr("columns", "Status"),
        Column.PROGRESS: _tr("columns", "Progress"),
        Column.TEMPO: _tr("columns", "BPM"),
        Column.KEY: _tr("columns", "Key"),
        Column.LENGTH: _tr("columns", "Length"),
        Column.TIME: _tr("columns", "Time"),
        Column.ADDED: _tr("columns", "Added"),
    }[column]


def header_tooltip(column: Column) -> str:
    """Return what a column means, where its heading alone does not say it."""
    return {
        Column.SONG: _tr("columns", "Title and artist"),
        Column.STATUS: _tr("columns", "What happens to the song now"),
        Column.PROGRESS: _tr("columns", "How much of the song is analysed"),
        Column.TEMPO: _tr("columns", "Tempo in beats per minute"),
        Column.KEY: _tr("columns", "The key that sounds longest"),
        Column.LENGTH: _tr("columns", "How long the song is"),
        Column.TIME: _tr("columns", "Time left while a song is analysed, time taken afterwards"),
        Column.ADDED: _tr("columns", "When the song was added"),
    }[column]


def title(job: Job) -> str:
    """Return what to call the song: its title, else its file's name, else its id."""
    return (job.title and plain(job.title)) or file_title(job.input_file) or job.job_id


def status_text(job: Job) -> str:
    """Return the status column's words: the stage while it works, the reason where it failed."""
    if job.status is Status.PROCESSING:
        return stage_words(job.stage) or status_words(job.status)
    if job.status is Status.ERROR and job.error_message:
        return summary(failure_words(job.error_message))
    return status_words(job.status)


def percent(job: Job) -> int:
    """Return the progress in whole percent; 100 is kept for what is complete."""
    return min(99, math.floor(job.progress * 100 + 1e-9))


def taken(job: Job) -> float | None:
    """Return the seconds a complete job took."""
    if job.status is not Status.COMPLETE or job.started_at is None or job.completed_at is None:
        return None
    return max(0.0, job.completed_at - job.started_at)


def text(job: Job, column: Column, remaining: float | None = None) -> str:  # noqa: PLR0911 - a table
    """Return a cell's text; `remaining` is the seconds left of a running job."""
    match column:
        case Column.SONG:
            return title(job)
        case Column.STATUS:
            return status_text(job)
        case Column.PROGRESS:
            return f"{percent(job)} %" if job.status is Status.PROCESSING else ""
        case Column.TEMPO:
            return f"{job.tempo_bpm:.0f}" if job.tempo_bpm else ""
        case Column.KEY:
            return key_words(job.key) if job.key else ""
        case Column.LENGTH:
            return duration_words(job.duration_sec)
        case Column.TIME:
            if job.status is Status.PROCESSING:
                return time_left_words(remaining)
            seconds = taken(job)
            return "" if seconds is None else _tr("columns", "took {time}").format(time=duration_words(seconds))
        case Column.ADDED:
            return when(job.created_at)


def spoken(job: Job, column: Column, remaining: float | None = None) -> str:
    """Return what a screen reader says for a cell: no cell is understood by its place alone."""
    shown = text(job, column, remaining)
    match column:
        case Column.SONG if job.artist:
            return _tr("columns", "{title} by {artist}").format(title=shown, artist=plain(job.artist))
        case Column.STATUS if job.status is Status.ERROR:
            return f"{status_words(job.status)}: {shown}"
        case Column.TEMPO if shown:
            return _tr("columns", "{tempo} beats per minute").format(tempo=shown)
        case Column.KEY if job.key:
            return shown.replace("♭", " " + _tr("columns", "flat")).replace("♯", " " + _tr("columns", "sharp"))
        case Column.SONG | Column.STATUS:
            return shown
        case _:
            return f"{header(column)}: {shown}" if shown else ""


def when(timestamp: float) -> str:
    """Return a past time as short as is clear: the hour today, the day this year, else the date."""
    then = QDateTime.fromSecsSinceEpoch(int(timestamp))
    now = QDateTime.fromSecsSinceEpoch(int(time.time()))
    locale = QLocale()
    if then.date() == now.date():
        return locale.toString(then.time(), QLocale.FormatType.ShortFormat)
    if then.date() == now.date().addDays(-1):
        return _tr("columns", "Yesterday")
    if then.date().year() == now.date().year():
        return locale.toString(then.date(), _tr("columns", "d MMM"))
    return locale.toString(then.date(), QLocale.FormatType.ShortFormat)


def moment(timestamp: float) -> str:
    """Return a past time in full, as the user's language writes it."""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(timestamp)), QLocale.FormatType.LongFormat)


def haystack(job: Job) -> str:
    """Return all that the search looks through, folded to small letters."""
    name = file_name(job.input_file) if job.input_file else ""
    return fold(f"{job.title or ''}\n{job.artist or ''}\n{name}")


def fold(value: str) -> str:
    """Return the text without case and accents, so that "cafe" finds "Café"."""
    value = value.casefold()
    if value.isascii():
        return value
    return "".join(c for c in unicodedata.normalize("NFKD", value) if not unicodedata.combining(c))


_NUMBER = re.compile(r"\d+")


@lru_cache(maxsize=1 << 17)
def _natural(value: str) -> str:
    """Return a key under which "take 2" comes before "take 10"; asked for again and again while rows are placed."""
    return _NUMBER.sub(_pad, fold(value))


def _pad(number: re.Match[str]) -> str:
    return number[0].zfill(12)


def _value(job: Job, column: Column) -> Any:  # noqa: PLR0911 - a table
    match column:
        case Column.SONG:
            return _natural(title(job))
        case Column.STATUS:
            return (_RANK[job.status], job.error_message or "")
        case Column.PROGRESS:
            return job.progress if job.status is Status.PROCESSING else None
        case Column.TEMPO:
            return job.tempo_bpm
        case Column.KEY:
            return job.key
        case Column.LENGTH:
            return job.duration_sec
        case Column.TIME:
            return taken(job)
        case Column.ADDED:
            return job.created_at


def sort_key(column: Column | None, *, descending: bool) -> Key:
    """Return the key for a list kept ascending; shown from its end where `descending`.

    Ties stand in the order of the queue, and rows without a value at the bottom, either way. None sorts by the
    queue's order.
    """
    sign = -1.0 if descending else 1.0
    if column is None:
        return lambda job: (sign * job.position, job.job_id)
    if column is Column.ADDED:
        return lambda job: (job.created_at, sign * job.position, job.job_id)

    def key(job: Job) -> tuple[Any, ...]:
        value = _value(job, column)
        missing = value is None
        return (missing != descending, 0 if missing else value, sign * job.position, job.job_id)

    return key
