"""The status bar: how many songs in which state, how long the queue will take, where the database is."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStyle, QWidget

from performia_desktop.gui.colors import colors
from performia_desktop.gui.info_bar import ElidedLabel
from performia_desktop.gui.text import plain, plural, short_path
from performia_desktop.jobs.job import Status
from performia_desktop.jobs.words import time_left_words


class StatusBar(QWidget):
    """One line of two parts; both shorten before they push."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status-bar")
        box = QHBoxLayout(self)
        box.setContentsMargins(12, 6, 12, 6)
        box.setSpacing(24)
        self.counts = ElidedLabel(self)
        self.counts.setObjectName("counts")
        self.database = ElidedLabel(self)
        self.database.setObjectName("database")
        self.database.set_elide_mode(Qt.TextElideMode.ElideMiddle)
        side = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignRight)
        self.database.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        for label in (self.counts, self.database):
            label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
        self.counts.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        box.addWidget(self.counts)
        box.addWidget(self.database, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.setPen(colors(self.palette()).line)
        painter.drawLine(self.rect().topLeft(), self.rect().topRight())

    def set_counts(self, counts: Mapping[Status, int], seconds_left: float | None, note: str = "") -> None:
        """Tell the songs by status, the queue's time left, and a note (paused, looking at files)."""
        parts = [self.count_words(counts)]
        if left := time_left_words(seconds_left):
            parts.append(left)
        if note:
            parts.append(note)
        words = " · ".join(part for part in parts if part)
        if words != self.counts.full_text():
            self.counts.setText(words)

    def count_words(self, counts: Mapping[Status, int]) -> str:
        """Return "38 songs: 35 complete, 1 working, 1 waiting, 1 error"."""
        total = sum(counts.values())
        if not total:
            return self.tr("No songs")

        def n(status: Status) -> int:
            return counts.get(status, 0)

        words = (
            (Status.COMPLETE, self.tr("1 complete"), self.tr("%Ln complete", "", n(Status.COMPLETE))),
            (Status.PROCESSING, self.tr("1 working"), self.tr("%Ln working", "", n(Status.PROCESSING))),
            (Status.PENDING, self.tr("1 waiting"), self.tr("%Ln waiting", "", n(Status.PENDING))),
            (Status.ERROR, self.tr("1 error"), self.tr("%Ln errors", "", n(Status.ERROR))),
            (Status.CANCELLED, self.tr("1 cancelled"), self.tr("%Ln cancelled", "", n(Status.CANCELLED))),
        )
        told = [plural(n(status), one, many) for status, one, many in words if n(status)]
        songs = plural(total, self.tr("1 song"), self.tr("%Ln songs", "", total))
        return f"{songs}: {', '.join(told)}"

    def set_database(self, path: str, size: int | None) -> None:
        """Tell where the database is, and how large."""
        shown = plain(short_path(path))
        if size is not None:
            # A size in the user's language: "4.2 MB".
            shown += "  " + QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
        self.database.setText(shown)
        self.database.set_tip(self.tr("The job database: {path}").format(path=path))
