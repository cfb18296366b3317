"""The chart in its window: scrolled, in the player's size, key and names, and kept where the song is."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QScrollArea, QStackedWidget, QWidget

from performia_desktop.gui.song.chart import Part, Reading, as_text, chart, chord_names
from performia_desktop.gui.song.chart_view import ChartView
from performia_desktop.settings import CHART_SIZES, Settings
from performia_desktop.songmap import overlay
from performia_desktop.songmap.model import SongMap


class ChartArea(QStackedWidget):
    """A chart, or a sentence while there is none.

    Names, sharps or flats, and size are the user's for all songs; key and capo are the song's own, and follow its
    recording.
    """

    reading_changed = Signal()
    written = Signal(object, object)
    """The chart is another one: its parts, and the chords whose fingering is shown (or None)."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._song: SongMap | None = None
        self.parts: list[Part] = []
        self.reading = Reading(settings.chart_naming, accidentals=settings.chart_accidentals)
        self.area = QScrollArea(self)
        self.area.setObjectName("chart-area")  # its frame, in the style sheet, shows the focus
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(self.tr("Chord chart"))
        self.chart = ChartView()
        self.chart.setBackgroundRole(self.chart.palette().ColorRole.Base)
        self.chart.setAutoFillBackground(True)
        self.chart.zoom = settings.chart_size
        self.area.setWidget(self.chart)
        self.message = QLabel(self.tr("Reading the Song Map…"), self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        self.addWidget(self.message)
        self.addWidget(self.area)

    @property
    def fingering(self) -> bool:
        """Whether the guitarist's shapes stand over the chart."""
        return self._settings.chart_fingering

    @fingering.setter
    def fingering(self, shown: bool) -> None:
        self._settings.chart_fingering = shown
        self._fill()

    @property
    def shapes(self) -> dict[str, str] | None:
        """The chords whose fingering is shown: name and label."""
        return chord_names(self._song, self.reading) if self._song is not None and self.fingering else None

    def say(self, sentence: str) -> None:
        """Say why there is no chart."""
        self.parts = []
        self.message.setText(sentence)
        self.setCurrentWidget(self.message)

    def show_song(self, song: SongMap) -> None:
        """Write a song's chart, in the key in which it was read last."""
        first = self._song is None
        self._song = song
        if first and (content := overlay.content_hash(song)):
            transpose, capo = self._settings.own_key(content)
            self.reading = replace(self.reading, transpose=transpose, capo=capo)
        self._fill()
        if first and self.parts:
            self.area.setFocus()  # the arrow keys scroll

    def read(self, reading: Reading) -> None:
        """Read the chart otherwise."""
        self.reading = reading
        self._settings.chart_naming = reading.naming
        self._settings.chart_accidentals = reading.accidentals
        if self._song is not None and (content := overlay.content_hash(self._song)):
            self._settings.set_own_key(content, self.reading.transpose, self.reading.capo)
        self._fill()
        self.reading_changed.emit()

    def transpose_by(self, semitones: int) -> None:
        """Go up or down, within the octave."""
        self.read(replace(self.reading, transpose=max(-11, min(11, self.reading.transpose + semitones))))

    def resize_type(self, step: int) -> None:
        """Make the type larger (1) or smaller (-1) by a step, or as it was at first (0)."""
        place = CHART_SIZES.index(self.chart.zoom) + step
        size = CHART_SIZES[max(0, min(len(CHART_SIZES) - 1, place))] if step else 1.0
        self._settings.chart_size = size
        bar = self.area.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum())
        self.chart.zoom = size
        self.chart.updateGeometry()
        bar.setValue(round(share * bar.maximum()))

    def _fill(self) -> None:
        if self._song is None:
            return
        self.parts = chart(self._song, self.reading)
        if not self.parts:
            self.say(self.tr("No beat was found in this recording, so there is no chart."))
            return
        shapes = self.shapes
        self.chart.show_chart(self.parts, shapes)
        self.written.emit(self.parts, shapes)
        self.setCurrentWidget(self.area)

    def go_to(self, section: int) -> None:
        """Scroll to a section's heading."""
        self.area.verticalScrollBar().setValue(max(0, self.chart.top_of(section) - 8))

    def follow(self, position: float) -> None:
        """Show where the song is; the chart turns its pages by itself."""
        bar = self.chart.light(position)
        if bar is not None:
            room = min(2 * bar.height(), self.area.viewport().height() // 2)
            self.area.ensureVisible(bar.center().x(), bar.center().y(), 0, room)

    def copy(self) -> None:
        """Put the chart on the clipboard as text."""
        if self.parts:
            QGuiApplication.clipboard().setText(as_text(self.parts))
