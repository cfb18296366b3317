"""Plain words for what a job is doing, translated where a translator is installed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from performia_desktop.jobs.job import Status

_tr = QCoreApplication.translate

_STAGES: Final[dict[str, object]] = {
    "decode": QT_TRANSLATE_NOOP("words", "Reading the file"),
    "features": QT_TRANSLATE_NOOP("words", "Listening to the sound"),
    "beat": QT_TRANSLATE_NOOP("words", "Listening for the beat"),
    "meter": QT_TRANSLATE_NOOP("words", "Counting the bars"),
    "chord": QT_TRANSLATE_NOOP("words", "Listening for chords"),
    "key": QT_TRANSLATE_NOOP("words", "Finding the key"),
    "segment": QT_TRANSLATE_NOOP("words", "Finding verse and chorus"),
    "melody": QT_TRANSLATE_NOOP("words", "Following the melody"),
    "bass": QT_TRANSLATE_NOOP("words", "Following the bass"),
    "lyrics": QT_TRANSLATE_NOOP("words", "Looking for the words"),
    "write": QT_TRANSLATE_NOOP("words", "Writing the Song Map"),
}
_STATUSES: Final[dict[Status, object]] = {
    Status.PENDING: QT_TRANSLATE_NOOP("words", "Waiting"),
    Status.PROCESSING: QT_TRANSLATE_NOOP("words", "Analysing"),
    Status.COMPLETE: QT_TRANSLATE_NOOP("words", "Complete"),
    Status.ERROR: QT_TRANSLATE_NOOP("words", "Failed"),
    Status.CANCELLED: QT_TRANSLATE_NOOP("words", "Cancelled"),
}


def stage_words(stage: str | None) -> str:
    """Return what the analysis does in a stage of protocol.STAGES, "" for None, e.g. "Listening for chords"."""
    return _tr("words", str(_STAGES[stage])) if stage in _STAGES else stage or ""


def status_words(status: Status) -> str:
    """Return the word for a status."""
    return _tr("words", str(_STATUSES[status]))


def duration_words(seconds: float | None) -> str:
    """Return a length as a clock shows it: "0:07", "3:42", "1:02:03"; "" for None."""
    if seconds is None:
        return ""
    minutes, second = divmod(max(0, round(seconds)), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def time_left_words(seconds: float | None) -> str:
    """Return an estimate as no more exact than it is: to 5 s under a minute, 30 s under five, else minutes."""
    if seconds is None:
        return ""
    if seconds <= 5:
        words = _tr("words", "a few seconds left")
    elif seconds < 57.5:
        words = _tr("words", "~ {n} s left").format(n=5 * round(seconds / 5))
    elif seconds < 285:
        minutes, half = divmod(round(seconds / 30), 2)
        words = (_tr("words", "~ {n}½ min left") if half else _tr("words", "~ {n} min left")).format(n=minutes)
    elif seconds < 3570:
        words = _tr("words", "~ {n} min left").format(n=round(seconds / 60))
    elif seconds < 86_400:
        hours, minutes = divmod(round(seconds / 60), 60)
        words = _tr("words", "~ {h} h {m} min left").format(h=hours, m=minutes)
    else:
        words = _tr("words", "more than a day left")
    return words
