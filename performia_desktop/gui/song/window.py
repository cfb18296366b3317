"""A song's own window: what was found in it, its sections from end to end, and its chord chart.

Between the facts and the chart lies the timeline's place; for now the band of sections and the player stand there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from performia_desktop.gui.fonts import scaled, tabular
from performia_desktop.gui.info_bar import ElidedLabel
from performia_desktop.gui.joblist.columns import title
from performia_desktop.gui.song.band import SectionBand
from performia_desktop.gui.song.chart import Part, as_text, chart
from performia_desktop.gui.song.chart_view import ChartView
from performia_desktop.gui.song.correcting import Correcting
from performia_desktop.gui.song.transport import Transport
from performia_desktop.gui.text import plain, plural
from performia_desktop.jobs.background import Background
from performia_desktop.jobs.job import Job
from performia_desktop.jobs.words import duration_words
from performia_desktop.settings import Settings
from performia_desktop.songmap import overlay
from performia_desktop.songmap.bars import bars
from performia_desktop.songmap.chord import pretty
from performia_desktop.songmap.corrections import Correction
from performia_desktop.songmap.file import read
from performia_desktop.songmap.model import SongMap
from performia_desktop.songmap.schema import InvalidSongMap

_GEOMETRY = "song-window"


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read: the detection, the corrections, where these are kept, and what is wrong with them."""

    song: SongMap
    made: list[Correction]
    kept: Path | None
    trouble: str | None


class SongWindow(QWidget):
    """Opens at once, and fills when its Song Map is read."""

    closed = Signal()
    ready = Signal()

    def __init__(
        self,
        job: Job,
        settings: Settings,
        background: Background,
        corrections: Path,
        corrected: Callable[[], None] = lambda: None,
    ) -> None:
        """`corrections` is the folder of all songs' corrections; `corrected` is called when some are saved."""
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setObjectName("song-window")
        self._settings = settings
        self._background = background
        self._corrections = corrections
        self._corrected = corrected
        self.correcting: Correcting | None = None
        self._parts: list[Part] = []
        self.song: SongMap | None = None
        self._closed = False
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 16)
        box.setSpacing(16)
        box.addLayout(self._head())
        self.timeline_place = QVBoxLayout()  # waveform, lanes and player will join the band here
        self.band = SectionBand(self)
        self.timeline_place.addWidget(self.band)
        self.transport = Transport(Path(job.input_file or ""), self)
        self.transport.setVisible(bool(job.input_file))
        self.timeline_place.addWidget(self.transport)
        box.addLayout(self.timeline_place)
        box.addWidget(self._chart_area(), 1)
        self.band.section_chosen.connect(self._go_to)
        self.transport.moved.connect(self._follow)
        self.transport.problem.connect(self.note.setText)
        self.chart.bar_clicked.connect(self.transport.seek)
        for key, action in (
            (QKeySequence.StandardKey.Close, self.close),
            (QKeySequence.StandardKey.Copy, self.copy),
        ):
            QShortcut(QKeySequence(key), self, action)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)
        self.setMinimumSize(480, 360)
        self.resize(900, 680)
        self.restoreGeometry(settings.state(_GEOMETRY))
        self._name(title(job), job.artist or "")
        self._read(job, background)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
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
        return row

    def _chart_area(self) -> QWidget:
        self.pages = QStackedWidget(self)
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(self.tr("Chord chart"))
        self.chart = ChartView()
        self.chart.setBackgroundRole(self.chart.palette().ColorRole.Base)
        self.chart.setAutoFillBackground(True)
        self.area.setWidget(self.chart)
        self.message = QLabel(self.tr("Reading the Song Map…"), self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        self.pages.addWidget(self.message)
        self.pages.addWidget(self.area)
        self.copy_button = QPushButton(self.tr("Copy chart"), self)
        self.copy_button.setToolTip(self.tr("Copy the chords as text (Ctrl+C)"))
        self.copy_button.clicked.connect(self.copy)
        self.copy_button.setEnabled(False)
        area = QWidget(self)
        box = QVBoxLayout(area)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.pages, 1)
        self.correct_button = QPushButton(self.tr("Correct"), self)
        self.correct_button.setToolTip(self.tr("Put right what was heard wrong"))
        self.correct_button.setEnabled(False)
        self.note = ElidedLabel(self)
        self.note.setForegroundRole(self.note.palette().ColorRole.PlaceholderText)
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        self.row.addWidget(self.correct_button)
        self.row.addWidget(self.note, 1)
        self.row.addWidget(self.copy_button)
        box.addLayout(self.row)
        return area

    def _name(self, song: str, artist: str) -> None:
        self.title.setText(song)
        self.artist.setText(artist)
        self.artist.setVisible(bool(artist))
        words = (plain(song), plain(artist))
        self.setWindowTitle(" – ".join(word for word in words if word))

    # the map

    def _read(self, job: Job, background: Background) -> None:
        path = Path(job.song_map_path or "")

        def work() -> _Found | OSError | InvalidSongMap:
            try:
                song = read(path)
            except (OSError, InvalidSongMap) as error:
                return error
            kept = overlay.place(self._corrections, song)
            try:
                return _Found(song, overlay.load(kept) if kept else [], kept, None)
            except overlay.UnreadableCorrections as error:
                return _Found(song, [], None, str(error))

        background.run(work, self._take)

    def _take(self, found: _Found | OSError | InvalidSongMap) -> None:
        if self._closed:
            return
        if isinstance(found, _Found):
            self._begin_correcting(found)
            self.show_song(self.correcting.song if self.correcting else found.song)
            if found.trouble:
                self.note.setText(found.trouble)
            self.ready.emit()
            return
        if isinstance(found, FileNotFoundError | IsADirectoryError):
            words = self.tr("The Song Map is gone. Analyse the song again to make a new one.")
        else:
            reason = getattr(found, "strerror", None) or str(found)
            words = self.tr("The Song Map cannot be read ({reason}). Analyse the song again.").format(
                reason=reason
            )
        self.message.setText(words)
        self.band.hide()
        self.ready.emit()

    def _begin_correcting(self, found: _Found) -> None:
        from performia_desktop.gui.song.correct_menu import CorrectMenu

        correcting = Correcting(found.song, found.made, found.kept, self._background, self._corrected, self)
        if not correcting.possible:
            return
        self.correcting = correcting
        self.correct_button.setMenu(CorrectMenu(correcting, self.edit_bar, self.edit_names, self))
        self.correct_button.setEnabled(True)
        correcting.changed.connect(self.show_song)
        correcting.problem.connect(self.note.setText)
        for make, keys, words in (
            (correcting.stack.createUndoAction, QKeySequence.StandardKey.Undo, self.tr("Undo")),
            (correcting.stack.createRedoAction, QKeySequence.StandardKey.Redo, self.tr("Redo")),
        ):
            action = make(self, words)
            action.setShortcuts(keys)
            self.addAction(action)
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.row.insertWidget(self.row.indexOf(self.note), button)
        self.chart.bar_activated.connect(self.edit_bar)

    def edit_bar(self, start: float | None = None) -> None:
        """Ask for the chords of a bar, the one that begins at `start` or the first."""
        from performia_desktop.gui.song.correct_dialogs import BarDialog

        if self.correcting is None or not self.correcting.song.downbeats:
            return
        song = self.correcting.song
        number = next((bar.number for bar in bars(song) if bar.start == start), 1)
        dialog = BarDialog(self, song, number)
        if dialog.exec():
            self.correcting.make(self.tr("chords"), *dialog.corrections())

    def edit_names(self) -> None:
        """Ask for title and artist."""
        from performia_desktop.gui.song.correct_dialogs import NamesDialog

        if self.correcting is None:
            return
        dialog = NamesDialog(self, self.correcting.song)
        if dialog.exec():
            self.correcting.make(self.tr("names"), dialog.correction())

    def _tell_corrections(self) -> None:
        n = len(self.correcting.made) if self.correcting else 0
        if self.correcting and n and self.correcting.song is self.correcting.detected:
            self.note.setText(self.tr("This is what was detected; your corrections are kept."))
        else:
            self.note.setText(plural(n, self.tr("1 correction"), self.tr("%n corrections")) if n else "")

    def show_song(self, song: SongMap) -> None:
        """Fill the window, or fill it anew."""
        self.song = song
        self._tell_corrections()
        while (item := self.facts.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._name(song.title or self.title.full_text(), song.artist)
        for column, (name, value) in enumerate(self.fact_list(song)):
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
        self.transport.show_song(song)
        self.band.show_sections(song.sections, song.duration_sec)
        self.band.setVisible(bool(song.sections))
        self._parts = chart(song)
        if self._parts:
            self.chart.show_chart(self._parts)
            self.pages.setCurrentWidget(self.area)
            if not self.copy_button.isEnabled():
                self.area.setFocus()  # the arrow keys scroll
            self.copy_button.setEnabled(True)
        else:
            self.message.setText(self.tr("No beat was found in this recording, so there is no chart."))
            self.copy_button.hide()

    def fact_list(self, song: SongMap) -> list[tuple[str, str]]:
        """Return the names and values of what the song is in short; what was not found is left out."""
        facts = []
        if song.tempo.bpm_global:
            facts.append((self.tr("Tempo"), f"{song.tempo.bpm_global:.0f} BPM"))
        if song.beats:
            facts.append((self.tr("Meter"), f"{song.meter.numerator}/{song.meter.denominator}"))
        keys = list(dict.fromkeys(f"{key.tonic} {key.mode}" for key in song.key))
        if len(keys) > 3 and song.main_key:
            keys = [song.main_key]
        if keys:
            facts.append((self.tr("Key"), pretty(" → ".join(keys))))
        facts.append((self.tr("Length"), duration_words(song.duration_sec)))
        return facts

    def _go_to(self, section: int) -> None:
        self.area.verticalScrollBar().setValue(max(0, self.chart.top_of(section) - 8))
        if self.song is not None and self.transport.player is not None:
            self.transport.seek(self.song.sections[section].start)

    def _follow(self, position: float) -> None:
        """Show where the song is; the chart turns its pages by itself."""
        self.band.show_position(position)
        bar = self.chart.light(position)
        if bar is not None:
            self.area.ensureVisible(bar.center().x(), bar.center().y(), 0, 2 * bar.height())

    def copy(self) -> None:
        """Put the chart on the clipboard as text."""
        if self._parts:
            QGuiApplication.clipboard().setText(as_text(self._parts))

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings.set_state(_GEOMETRY, self.saveGeometry())
        self._closed = True
        self.transport.close_player()
        event.accept()
        self.closed.emit()
