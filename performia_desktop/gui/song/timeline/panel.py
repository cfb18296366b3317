"""The timeline as it stands in the song's window: overview and buttons, and the lanes below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from performia_desktop.gui import icons
from performia_desktop.gui.song.timeline.overview import Overview
from performia_desktop.gui.song.timeline.pyramid import Pyramid
from performia_desktop.gui.song.timeline.spots import Spot, following, preceding, spots
from performia_desktop.gui.song.timeline.view import GAP, TimelineView
from performia_desktop.songmap.model import SongMap, active
from performia_desktop.songmap.waveform import Waveform


class TimelinePanel(QWidget):
    """Puts overview, lanes and keys together; the keys work in the whole window."""

    sought = Signal(float)
    repeated = Signal(float, float)
    section_chosen = Signal(int)
    told = Signal(str)
    """A sentence about where one was led."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("timeline")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.view = TimelineView(self)
        self.overview = Overview(self.view.axis, self)
        self._window = window
        self._buttons: dict[QToolButton, str] = {}
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.overview, 1)
        for icon, action in (
            ("zoom-out", self._action(self.tr("See more"), ["-"], self.view.zoom_out)),
            ("zoom-in", self._action(self.tr("See less, larger"), ["+", "="], self.view.zoom_in)),
            ("whole", self._action(self.tr("Whole song"), ["0"], self.view.fit_song)),
            ("part", self._action(self.tr("This section"), ["9"], self.fit_section)),
        ):
            row.addWidget(self._button(icon, action))
        self.follow = self._action(self.tr("Follow the song"), ["F"], lambda: None)
        self.follow.setCheckable(True)
        self.follow.setChecked(True)
        self.follow.toggled.connect(self._follow)
        row.addWidget(self._button("follow", self.follow))
        self._action(self.tr("Next place to look twice"), ["N"], lambda: self.go_to_spot(1))
        self._action(self.tr("Place to look twice before"), ["Shift+N"], lambda: self.go_to_spot(-1))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GAP)
        box.addLayout(row)
        box.addWidget(self.view, 1)
        self.view.viewed.connect(self.overview.update)
        self.view.sought.connect(self.sought)
        self.view.repeated.connect(self.repeated)
        self.overview.sought.connect(self.sought)
        self.overview.section_chosen.connect(self.section_chosen)
        self.overview.section_wanted.connect(self.fit_section)
        self.overview.panned.connect(self._pan_to)
        self._draw_icons()

    def _action(self, words: str, keys: list[str], act: Callable[[], object]) -> QAction:
        action = QAction(words, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setToolTip(f"{words} ({keys[0]})")
        action.triggered.connect(lambda _=False: act())
        self._window.addAction(action)
        return action

    def _button(self, icon: str, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setIconSize(QSize(20, 20))
        button.setAccessibleName(action.text())
        self._buttons[button] = icon
        return button

    def _draw_icons(self) -> None:
        for button, name in self._buttons.items():
            button.defaultAction().setIcon(icons.icon(name, self.palette(), self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw_icons()

    # what is shown

    def show_song(self, song: SongMap, detected: SongMap | None = None) -> None:
        """Show a song; what is other than in `detected` is marked."""
        self.view.show_song(song, detected)
        content = self.view.content
        assert content is not None
        self.overview.show_song(content)

    def show_waveform(self, waveform: Waveform) -> None:
        pyramid = Pyramid(waveform)
        self.view.show_waveform(pyramid)
        self.overview.show_waveform(pyramid)

    def show_position(self, position: float, *, jump: bool = False) -> None:
        """Show where the song is, as it is heard."""
        self.view.show_position(position, jump=jump)
        self.overview.show_position(position)

    # where to look

    def fit_section(self, index: int | None = None) -> None:
        """Show a section, that at the playhead without one."""
        song = self.view.content.song if self.view.content else None
        if song is None:
            return
        if index is None:
            index = active(song.sections, self.view.position)
        if index is not None:
            self.view.fit(song.sections[index].start, song.sections[index].end)

    def go_to_spot(self, step: int) -> Spot | None:
        """Go to the next (1) place that the analysis is in doubt about, or to the one before (-1)."""
        content = self.view.content
        found = spots(content.song) if content else []
        spot = (following if step > 0 else preceding)(found, self.view.position)
        if spot is not None:
            self.view.axis.reveal(spot.start, spot.end)
            self.view.update()
            self.overview.update()
            self.sought.emit(spot.start)
            chords, sections = self.tr("Chords here: {percent} % sure"), self.tr("Section here: {percent} % sure")
            words = chords if spot.what == "chords" else sections
            self.told.emit(words.format(percent=round(100 * spot.conf)))
        else:
            self.told.emit(self.tr("The analysis is in doubt about nothing here."))
        return spot

    def _follow(self, wanted: bool) -> None:
        self.view.following = wanted

    def _pan_to(self, middle: float) -> None:
        axis = self.view.axis
        self.view.go(middle - axis.width / axis.scale / 2)
