"""The head of a song's window: title, artist, and what the song is in short."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from performia_desktop.gui.fonts import scaled, tabular
from performia_desktop.gui.info_bar import ElidedLabel
from performia_desktop.gui.song.chart import Reading
from performia_desktop.gui.text import key_words
from performia_desktop.jobs.words import duration_words
from performia_desktop.songmap.model import SongMap

_MOST_KEYS = 3


class Head(QWidget):
    """Names on the left, facts on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        names = QVBoxLayout()
        names.setSpacing(0)
        self.title = ElidedLabel(self)
        self.title.setObjectName("title")
        self.title.setFont(scaled(self.font(), 1.7, QFont.Weight.DemiBold))
        self.artist = ElidedLabel(self)
        self.artist.setObjectName("artist")
        self.artist.setForegroundRole(self.artist.palette().ColorRole.PlaceholderText)
        self.artist.setFont(scaled(self.font(), 1.1))
        names.addWidget(self.title)
        names.addWidget(self.artist)
        names.addStretch(1)
        row.addLayout(names, 1)
        self.facts = QGridLayout()
        self.facts.setHorizontalSpacing(24)
        self.facts.setVerticalSpacing(0)
        row.addLayout(self.facts)

    def name(self, title: str, artist: str) -> None:
        """Show the names; no artist takes no room."""
        self.title.setText(title)
        self.artist.setText(artist)
        self.artist.setVisible(bool(artist))

    def show_facts(self, song: SongMap, reading: Reading) -> None:
        """Show the facts of a song that is read in some key."""
        while (item := self.facts.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for column, (name, value) in enumerate(self._facts(song, reading)):
            label, figure = QLabel(name, self), QLabel(value, self)
            label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
            label.setFont(scaled(self.font(), 0.85))
            figure.setFont(tabular(scaled(self.font(), 1.25, QFont.Weight.DemiBold)))
            for one in (label, figure):
                one.setTextFormat(Qt.TextFormat.PlainText)
            figure.setAccessibleName(f"{name}: {value}")
            self.facts.addWidget(label, 0, column)
            self.facts.addWidget(figure, 1, column)
        self.facts.setRowStretch(2, 1)

    def _facts(self, song: SongMap, reading: Reading) -> list[tuple[str, str]]:
        """Return the names and values of what the song is in short; what was not found is left out."""
        facts = []
        if song.tempo.bpm_global:
            facts.append((self.tr("Tempo"), f"{song.tempo.bpm_global:.0f} BPM"))
        if song.beats:
            facts.append((self.tr("Meter"), f"{song.meter.numerator}/{song.meter.denominator}"))
        keys = list(dict.fromkeys(f"{key.tonic} {key.mode}" for key in song.key))
        if len(keys) > _MOST_KEYS and song.main_key:
            keys = [song.main_key]
        if keys:
            facts.append((self.tr("Key"), " → ".join(map(key_words, keys))))
        if keys and (reading.transpose or reading.capo):
            played = key_words(reading.played(song).main_key or "")
            fret = self.tr("{key}, capo {n}").format(key=played, n=reading.capo)
            facts.append((self.tr("Played in"), fret if reading.capo else played))
        facts.append((self.tr("Length"), duration_words(song.duration_sec)))
        return facts
