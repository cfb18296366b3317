"""Sizes and times in the user's language."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale


def size_words(size: int) -> str:
    """Return "4.2 MB"."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def time_words(moment: datetime | float) -> str:
    """Return date and time here, of an aware datetime or Unix seconds."""
    seconds = moment if isinstance(moment, float) else moment.timestamp()
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(seconds)), QLocale.FormatType.ShortFormat)
