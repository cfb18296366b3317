"""The menu of what can be put right in a song."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from performia_desktop.gui.song.chart import headings, section_words
from performia_desktop.gui.song.correcting import Correcting
from performia_desktop.gui.text import key_words
from performia_desktop.songmap.chord import tonic_name
from performia_desktop.songmap.correction import Correction
from performia_desktop.songmap.corrections import (
    METERS,
    BarOne,
    BeatShift,
    SetKey,
    SetMeter,
    SetSection,
    TempoFactor,
    relative,
)
from performia_desktop.songmap.model import SECTION_LABELS, SongMap


class CorrectMenu(QMenu):
    """Filled anew for the song as it is, each time it opens; its keys work without opening it."""

    def __init__(
        self, correcting: Correcting, edit_bar: Callable[[], None], edit_names: Callable[[], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._correcting = correcting
        self.here: list[QAction] = []
        """What the timeline can put right at the playhead."""
        self._keyed = [
            self._action(self.tr("Tempo half as fast"), "H", partial(self._make, TempoFactor(0.5))),
            self._action(self.tr("Tempo twice as fast"), "D", partial(self._make, TempoFactor(2.0))),
            self._action(self.tr("Beats half a beat later"), "O", partial(self._make, BeatShift(0.5))),
            self._action(self.tr("Bars begin one beat later"), "]", partial(self._bar_one, 1)),
            self._action(self.tr("Bars begin one beat earlier"), "[", partial(self._bar_one, -1)),
        ]
        self._bar = self._action(self.tr("Chords of a bar…"), "C", edit_bar)
        self._names = self._action(self.tr("Title and artist…"), "T", edit_names)
        self._detected = self._action(self.tr("Show what was detected"), "F8", lambda: None)
        self._detected.setCheckable(True)
        self._detected.toggled.connect(correcting.show_detected)
        self._all = self._action(
            self.tr("Remove all corrections"),
            "",
            lambda: correcting.remove_all(self.tr("removing all corrections")),
        )
        parent.addActions([*self._keyed, self._bar, self._names, self._detected])
        correcting.changed.connect(self._update)
        self.aboutToShow.connect(self._fill)
        self._update(correcting.song)

    def _action(self, words: str, key: str, act: Callable[[], None]) -> QAction:
        action = QAction(words, self.parentWidget())  # clearing the menu leaves it alone
        if key:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _=False: act())
        return action

    def _make(self, correction: Correction) -> None:
        words = {
            "tempo": self.tr("tempo"),
            "beats": self.tr("beats"),
            "bar-one": self.tr("bars"),
            "meter": self.tr("meter"),
            "key": self.tr("key"),
            "section": self.tr("section"),
        }
        self._correcting.make(words.get(correction.name, correction.name), correction)

    def _bar_one(self, step: int) -> None:
        song = self._correcting.song
        if song.downbeats:
            first = song.beats.index(song.downbeats[0])
            self._make(BarOne(song.beats[min(max(first + step, 0), len(song.beats) - 1)]))

    def _update(self, song: SongMap) -> None:
        for action in self._keyed:
            action.setEnabled(bool(song.downbeats))
        self._bar.setEnabled(bool(song.downbeats and song.chords))
        self._all.setEnabled(bool(self._correcting.made))
        self._detected.setEnabled(bool(self._correcting.made))
        shown = song is self._correcting.detected and bool(self._correcting.made)
        if self._detected.isChecked() != shown:
            self._detected.blockSignals(True)
            self._detected.setChecked(shown)
            self._detected.blockSignals(False)

    def _fill(self) -> None:
        song = self._correcting.song
        self.clear()
        for old in self.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly):
            old.deleteLater()
        self.addActions(self._keyed)
        self._meters(song)
        self.addSeparator()
        self._keys(song)
        self.addAction(self._bar)
        self._sections(song)
        self.addAction(self._names)
        if self.here:
            self.addMenu(self.tr("At the playhead")).addActions(self.here)
        self.addSeparator()
        self.addActions([self._detected, self._all])

    def _choice(self, menu: QMenu, words: str, correction: Correction, *, now: bool) -> None:
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(now)
        action.triggered.connect(lambda _=False: self._make(correction))

    def _meters(self, song: SongMap) -> None:
        menu = self.addMenu(self.tr("Meter"))
        menu.setEnabled(bool(song.beats))
        for numerator, denominator in METERS:
            now = (song.meter.numerator, song.meter.denominator) == (numerator, denominator)
            self._choice(menu, f"{numerator}/{denominator}", SetMeter(numerator, denominator), now=now)

    def _keys(self, song: SongMap) -> None:
        """Offer the relative key first, then all; of a song in several keys, for each."""
        menu = self.addMenu(self.tr("Key"))
        menu.setEnabled(bool(song.key))
        for span in song.key:
            here = menu if len(song.key) == 1 else menu.addMenu(key_words(f"{span.tonic} {span.mode}"))
            time = (span.start + span.end) / 2
            tonic, mode = relative(span.tonic, span.mode)
            self._choice(here, key_words(f"{tonic} {mode}"), SetKey(time, tonic, mode), now=False)
            here.addSeparator()
            for mode in ("major", "minor"):
                modes = here.addMenu(self.tr("Major") if mode == "major" else self.tr("Minor"))
                for pitch in range(12):
                    tonic = tonic_name(pitch, mode)
                    now = (span.tonic, span.mode) == (tonic, mode)
                    self._choice(modes, key_words(f"{tonic} {mode}"), SetKey(time, tonic, mode), now=now)

    def _sections(self, song: SongMap) -> None:
        menu = self.addMenu(self.tr("Sections"))
        menu.setEnabled(bool(song.sections))
        for section, name in zip(song.sections, headings(song.sections), strict=True):
            here = menu.addMenu(name)
            time = (section.start + section.end) / 2
            repeats = sum(other.label == section.label for other in song.sections) > 1
            for label in SECTION_LABELS:
                words, now = section_words(label), label == section.label
                self._choice(here, words, SetSection(time, label), now=now)
            if repeats:
                everywhere = here.addMenu(self.tr("And all like it"))
                for label in SECTION_LABELS:
                    correction = SetSection(time, label, repeats=True)
                    self._choice(everywhere, section_words(label), correction, now=label == section.label)
