"""A song's own window: what was found in it, its timeline, the player, and its chord chart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from performia_desktop.gui.failures import failure_words
from performia_desktop.gui.fonts import scaled, tabular
from performia_desktop.gui.info_bar import ElidedLabel
from performia_desktop.gui.joblist.columns import title
from performia_desktop.gui.song.chart_area import ChartArea
from performia_desktop.gui.song.chart_menu import ChartMenu
from performia_desktop.gui.song.correcting import Correcting
from performia_desktop.gui.song.timeline import keys
from performia_desktop.gui.song.timeline.panel import TimelinePanel
from performia_desktop.gui.song.transport import Transport
from performia_desktop.gui.text import key_words, plain, plural
from performia_desktop.jobs.background import Background
from performia_desktop.jobs.job import Job
from performia_desktop.jobs.sounds import Sounds
from performia_desktop.jobs.waveforms import WaveformRequest, Waveforms
from performia_desktop.jobs.words import duration_words
from performia_desktop.settings import Settings
from performia_desktop.songmap import overlay
from performia_desktop.songmap.bars import bars
from performia_desktop.songmap.correction import Correction
from performia_desktop.songmap.file import read
from performia_desktop.songmap.model import SongMap
from performia_desktop.songmap.schema import InvalidSongMap

_CLOSE = "Ctrl+W"  # as everywhere, whatever else the platform has for it
_GEOMETRY = "song-window"
_SPLIT = "song-split"
_WIDE = 1500
_SHARES = {False: [500, 400], True: [900, 600]}


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
    export_wanted = Signal(object)
    """Reading: in which key and names the chart is read."""

    def __init__(
        self,
        job: Job,
        settings: Settings,
        background: Background,
        corrections: Path,
        corrected: Callable[[], None] = lambda: None,
        waveforms: Waveforms | None = None,
        sounds: Sounds | None = None,
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
        self.song: SongMap | None = None
        self._closed = False
        self._audio = job.input_file
        self._waveforms = waveforms
        self._sounds = sounds
        self._waveform: WaveformRequest | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 16)
        box.setSpacing(16)
        box.addLayout(self._head())
        box.addWidget(self._parts_below(), 1)
        self.timeline.section_chosen.connect(self._go_to)
        self.timeline.sought.connect(self._hear)
        self.timeline.told.connect(self.note.setText)
        self.timeline.repeated.connect(self.transport.repeat)
        self.transport.repeating.connect(self.timeline.view.show_repeat)
        self.transport.moved.connect(self._follow)
        self.transport.problem.connect(self.note.setText)
        self.chart.bar_clicked.connect(self.transport.seek)
        others = [
            key for key in QKeySequence.keyBindings(QKeySequence.StandardKey.Close) if key.toString() != _CLOSE
        ]
        for key in (QKeySequence(_CLOSE), *others):
            QShortcut(key, self, self.close)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._step_back)
        self.setMinimumSize(480, 360)
        self.resize(1040, 760)
        self.restoreGeometry(settings.state(_GEOMETRY))
        self._restore_split()
        self._arrange()
        self._name(title(job), job.artist or "")
        self._read(job, background)

    def _parts_below(self) -> QWidget:
        """Return timeline over player and chart, in a wide window beside them; the user may give either more room."""
        self.timeline = TimelinePanel(self)
        self.transport = Transport(Path(self._audio or ""), self._settings, self._sounds, self)
        self.transport.setVisible(bool(self._audio))
        below = QWidget(self)
        rows = QVBoxLayout(below)
        rows.setContentsMargins(0, 8, 0, 0)
        rows.setSpacing(12)
        rows.addWidget(self.transport)
        rows.addWidget(self._chart_area(), 1)
        self.split = QSplitter(Qt.Orientation.Vertical, self)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(8)
        self.split.addWidget(self.timeline)
        self.split.addWidget(below)
        self.split.setSizes(_SHARES[False])
        return self.split

    def _arrange(self) -> None:
        """Put the chart beside the timeline where there is room for both, below it otherwise."""
        wide = self.width() >= _WIDE
        orientation = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self.split.orientation() != orientation:
            self._keep_split()
            self.split.setOrientation(orientation)
            self.split.setSizes(_SHARES[wide])
            self._restore_split()

    def _split_name(self) -> str:
        return f"{_SPLIT}-wide" if self.split.orientation() is Qt.Orientation.Horizontal else _SPLIT

    def _keep_split(self) -> None:
        self._settings.set_state(self._split_name(), self.split.saveState())

    def _restore_split(self) -> None:
        orientation = self.split.orientation()
        self.split.restoreState(self._settings.state(self._split_name()))
        self.split.setOrientation(orientation)  # whatever was kept

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

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
        self.pages = ChartArea(self._settings, self)
        self.chart = self.pages.chart
        self.pages.reading_changed.connect(self._show_facts)
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
        self.chart_button = QPushButton(self.tr("Chart"), self)
        self.chart_button.setToolTip(self.tr("Key, capo, names and size of the chart; copy it"))
        self.chart_menu = ChartMenu(self.pages, lambda: self.song, self)
        self.copy_action = self.chart_menu.more(
            self.tr("Copy as text"), QKeySequence.StandardKey.Copy, self.pages.copy
        )
        self.chart_menu.more(self.tr("Print…"), QKeySequence.StandardKey.Print, self.print_chart)
        self.chart_menu.more(self.tr("Export…"), "Ctrl+E", self._export)
        self.chart_menu.more(self.tr("Stage view"), "F11", self.show_stage)
        self.chart_button.setMenu(self.chart_menu)
        self.stage_button = QPushButton(self.tr("Stage"), self)
        self.stage_button.setToolTip(self.tr("The chart on the whole screen, to play from (F11)"))
        self.stage_button.clicked.connect(self.show_stage)
        self.stage_button.setEnabled(False)
        self.chart_button.setEnabled(False)
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        self.row.addWidget(self.correct_button)
        self.row.addWidget(self.note, 1)
        self.row.addWidget(self.chart_button)
        self.row.addWidget(self.stage_button)
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
                return _Found(song, [], None, failure_words(str(error)))

        background.run(work, self._take)

    def _take(self, found: _Found | OSError | InvalidSongMap) -> None:
        if self._closed:
            return
        if isinstance(found, _Found):
            self._begin_correcting(found)
            self.show_song(self.correcting.song if self.correcting else found.song)
            if found.trouble:
                self.note.setText(found.trouble)
            self._draw_waveform(found.song)
            self.ready.emit()
            return
        if isinstance(found, FileNotFoundError | IsADirectoryError):
            words = self.tr("The Song Map is gone. Analyse the song again to make a new one.")
        else:
            reason = getattr(found, "strerror", None) or str(found)
            words = self.tr("The Song Map cannot be read ({reason}). Analyse the song again.").format(
                reason=reason
            )
        self.pages.say(words)
        self.timeline.hide()
        self.ready.emit()

    def _draw_waveform(self, song: SongMap) -> None:
        """Have the waveform drawn when it is there; it may have to be made first."""
        if self._waveforms is not None:
            content = overlay.content_hash(song)
            self._waveform = self._waveforms.ask(
                self._audio,
                content,
                self.timeline.show_waveform,
                self._no_waveform,
            )

    def _no_waveform(self, sentence: str) -> None:
        self.timeline.view.show_no_waveform(failure_words(sentence))

    def _begin_correcting(self, found: _Found) -> None:
        from performia_desktop.gui.song.correct_menu import CorrectMenu
        from performia_desktop.gui.song.timeline.editor import Editor

        correcting = Correcting(found.song, found.made, found.kept, self._background, self._corrected, self)
        if not correcting.possible:
            return
        self.correcting = correcting
        correcting.changed.connect(self.show_song)
        self.timeline.view.editor = editor = Editor(self.timeline.view, correcting, self)
        menu = CorrectMenu(correcting, self.edit_bar, self.edit_names, self)
        menu.here = editor.actions
        self.correct_button.setMenu(menu)
        self.correct_button.setEnabled(True)
        correcting.problem.connect(self.note.setText)
        for make, standard, words in (
            (correcting.stack.createUndoAction, QKeySequence.StandardKey.Undo, self.tr("Undo")),
            (correcting.stack.createRedoAction, QKeySequence.StandardKey.Redo, self.tr("Redo")),
        ):
            action = make(self, words)
            action.setShortcuts(standard)
            self.addAction(action)
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.row.insertWidget(self.row.indexOf(self.note), button)
        self.chart.bar_activated.connect(self.edit_bar)

    def edit_bar(self, start: float | None = None) -> None:
        """Ask for the chords of a bar, the one that begins at `start` or that at the playhead."""
        from performia_desktop.gui.song.correct_dialogs import BarDialog

        if self.correcting is None or not self.correcting.song.downbeats:
            return
        song = self.correcting.song
        at = self.timeline.view.position if start is None else start
        number = next((bar.number for bar in bars(song) if bar.start <= at < bar.end), 1)
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
            self.note.setText(plural(n, self.tr("1 correction"), self.tr("%Ln corrections", "", n)) if n else "")

    def show_song(self, song: SongMap) -> None:
        """Fill the window, or fill it anew."""
        self.song = song
        self._tell_corrections()
        self._name(song.title or self.title.full_text(), song.artist)
        self.transport.show_song(song)
        self.timeline.show_song(song, self.correcting.detected if self.correcting else None)
        self.pages.show_song(song)
        for button in (self.chart_button, self.stage_button):
            button.setEnabled(bool(self.pages.parts))
        self._show_facts()

    def _show_facts(self) -> None:
        while (item := self.facts.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for column, (name, value) in enumerate(self.fact_list(self.song) if self.song else ()):
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
            facts.append((self.tr("Key"), " → ".join(map(key_words, keys))))
        reading = self.pages.reading
        if keys and (reading.transpose or reading.capo):
            played = key_words(reading.played(song).main_key or "")
            fret = self.tr("{key}, capo {n}").format(key=played, n=reading.capo)
            facts.append((self.tr("Played in"), fret if reading.capo else played))
        facts.append((self.tr("Length"), duration_words(song.duration_sec)))
        return facts

    def _go_to(self, section: int) -> None:
        self.pages.go_to(section)

    def _hear(self, position: float) -> None:
        """Go to a place that was pointed at."""
        self.transport.seek(position)
        self.timeline.show_position(position, jump=True)

    def _follow(self, position: float) -> None:
        """Show where the song is; timeline and chart turn their pages by themselves."""
        self.timeline.show_position(position)
        self.pages.follow(position)

    def print_chart(self) -> None:
        """Show the chart as it will be on paper, and print it."""
        from performia_desktop.gui.song.print_preview import PrintPreview

        if self.song is not None and self.pages.parts:
            PrintPreview(self.song, self.pages.reading, fingering=self.pages.fingering, parent=self).open()

    def _export(self) -> None:
        if self.song is not None:
            self.export_wanted.emit(self.pages.reading)

    def show_stage(self) -> None:
        """Show the chart on the whole screen."""
        from performia_desktop.gui.song.stage import Stage

        if not self.pages.parts:
            return
        self.stage = Stage(self.pages.parts, self.pages.shapes, self._settings, self)
        self.stage.toggled.connect(self.transport.toggle)
        self.stage.sought.connect(self.transport.seek)
        self.transport.moved.connect(self.stage.follow)
        self.pages.written.connect(self.stage.show_chart)
        self.stage.showFullScreen()
        self.stage.follow(self.transport.position)

    def _step_back(self) -> None:
        """Give up a drag, then a selection; then close, unless there is something that could be undone."""
        if keys.step_back(self.timeline.view):
            return
        if self.correcting is not None and self.correcting.stack.count():
            key = QKeySequence(_CLOSE).toString(QKeySequence.SequenceFormat.NativeText)
            words = self.tr(
                "{key} closes the window. Your corrections are kept; they can only be undone until then."
            )
            self.note.setText(words.format(key=key))
        else:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings.set_state(_GEOMETRY, self.saveGeometry())
        self._keep_split()
        if self._waveform is not None:
            self._waveform.stop()
        self._closed = True
        self.transport.close_player()
        event.accept()
        self.closed.emit()
