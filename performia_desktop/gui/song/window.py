"""A song's own window: what was found in it, its timeline, the player, and its chord chart."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from performia_desktop.gui.failures import failure_words
from performia_desktop.gui.info_bar import ElidedLabel
from performia_desktop.gui.joblist.columns import title
from performia_desktop.gui.song.chart_area import ChartArea
from performia_desktop.gui.song.chart_menu import ChartMenu
from performia_desktop.gui.song.correcting import Correcting
from performia_desktop.gui.song.found import Found, NoSong, find
from performia_desktop.gui.song.head import Head
from performia_desktop.gui.song.split import Split
from performia_desktop.gui.song.timeline import keys
from performia_desktop.gui.song.timeline.panel import TimelinePanel
from performia_desktop.gui.song.transport import Transport
from performia_desktop.gui.text import plain, plural
from performia_desktop.jobs.background import Background
from performia_desktop.jobs.job import Job
from performia_desktop.jobs.sounds import Sounds
from performia_desktop.jobs.waveforms import WaveformRequest, Waveforms
from performia_desktop.settings import Settings
from performia_desktop.songmap import overlay
from performia_desktop.songmap.bars import bars
from performia_desktop.songmap.model import SongMap

_CLOSE = "Ctrl+W"  # as everywhere, whatever else the platform has for it
_GEOMETRY = "song-window"


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
        self.head = Head(self)
        box.addWidget(self.head)
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
        self.split.restore()
        self.split.arrange(self.width())
        self._name(title(job), job.artist or "")
        background.run(partial(find, Path(job.song_map_path or ""), corrections), self._take)

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
        self.split = Split(self._settings, self)
        self.split.addWidget(self.timeline)
        self.split.addWidget(below)
        return self.split

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.split.arrange(self.width())

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
        self.head.name(song, artist)
        words = (plain(song), plain(artist))
        self.setWindowTitle(" – ".join(word for word in words if word))

    # the map

    def _take(self, found: Found | NoSong) -> None:
        if self._closed:
            return
        if isinstance(found, NoSong):
            self.pages.say(found.sentence())
            self.timeline.hide()
        else:
            self._begin_correcting(found)
            self.show_song(self.correcting.song if self.correcting else found.song)
            if found.trouble:
                self.note.setText(failure_words(found.trouble))
            self._draw_waveform(found.song)
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

    def _begin_correcting(self, found: Found) -> None:
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
        self._name(song.title or self.head.title.full_text(), song.artist)
        self.transport.show_song(song)
        self.timeline.show_song(song, self.correcting.detected if self.correcting else None)
        self.pages.show_song(song)
        for button in (self.chart_button, self.stage_button):
            button.setEnabled(bool(self.pages.parts))
        self._show_facts()

    def _show_facts(self) -> None:
        if self.song is not None:
            self.head.show_facts(self.song, self.pages.reading)

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
        self.split.keep()
        if self._waveform is not None:
            self._waveform.stop()
        self._closed = True
        self.transport.close_player()
        event.accept()
        self.closed.emit()
