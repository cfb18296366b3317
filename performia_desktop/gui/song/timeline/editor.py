"""Puts right by hand what the timeline shows: drags, keys and the context menu, each one step of undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from performia_desktop.gui.song.correcting import Correcting
from performia_desktop.gui.song.timeline import edits
from performia_desktop.gui.song.timeline.dialogs import ChordDialog, WordsDialog
from performia_desktop.gui.song.timeline.grips import Grip, again, spans
from performia_desktop.gui.song.timeline.notes_lane import Roll
from performia_desktop.gui.song.timeline.view import TimelineView
from performia_desktop.songmap.correction import Correction, nearest
from performia_desktop.songmap.corrections import BeatShift
from performia_desktop.songmap.model import SongMap, active

_LINE = 3.0  # seconds that a new line of words lasts


class Editor(QObject):
    """Works on what is selected, or else on what is at the playhead."""

    def __init__(self, view: TimelineView, correcting: Correcting, window: QWidget) -> None:
        """To be made after the view is told of the correcting's changes."""
        super().__init__(view)
        self._view = view
        self._correcting = correcting
        self._window = window
        self._next: Grip | None = None  # to be selected when the song has changed
        self._draft: tuple[Grip, list[Correction]] | None = None
        self.actions = [
            self._action(self.tr("Beat here"), "B", self.add_beat),
            self._action(self.tr("Section begins here"), "S", self.split_section),
            self._action(self.tr("Another chord from here…"), "X", self.split_chord),
            self._action(self.tr("Note here"), "I", lambda: self.add_note("melody")),
            self._action(self.tr("Words here…"), "W", self.edit_words),
            self._action(self.tr("Change…"), "E", self.edit),
            self._action(self.tr("Join with what is before"), "J", self.join),
            self._action(self.tr("Remove"), "Del", self.remove),
            self._action(self.tr("The chord is right"), "Y", self.confirm),
            self._action(self.tr("All beats a little earlier"), ",", lambda: self.shift(-edits.SHIFT)),
            self._action(self.tr("All beats a little later"), ".", lambda: self.shift(edits.SHIFT)),
        ]
        correcting.changed.connect(self._changed)

    def _action(self, words: str, key: str, act: Callable[[], None]) -> QAction:
        action = QAction(words, self._window)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _=False: act())
        self._window.addAction(action)
        return action

    @property
    def song(self) -> SongMap:
        return self._correcting.song

    @property
    def _now(self) -> float:
        return self._view.position

    def make(
        self, kind: str, corrections: Sequence[Correction], selected: Grip | None = None, *, together: str = ""
    ) -> None:
        """Put right, and have a thing selected after it; `together` as in Correcting.make."""
        song = self.song
        for correction in corrections:
            song = correction.apply(song)
        if song != self.song:
            self._view.select(None)
            self._next = selected
            self._correcting.make(edits.words(kind), *corrections, together=together)
        else:
            self.cancel()

    def _changed(self, song: SongMap) -> None:
        """Keep selected what is still there, or select what was made."""
        selected, self._next = self._next or self._view.selected, None
        self._view.select(again(song, selected) if selected is not None else None)

    # by dragging

    def drag(self, grip: Grip, area: QRectF, pressed: QPointF, place: QPointF, *, free: bool) -> None:
        """Show what a drag would come to; `free`: between beats and bars too."""
        axis, content = self._view.axis, self._view.settled
        if content is None:
            return
        to = grip.start + axis.time(place.x()) - axis.time(pressed.x())
        midi = None
        if grip.kind in {"melody", "bass"}:
            roll = Roll(content, area)
            notes = content.song.melody if grip.kind == "melody" else content.song.bass
            midi = notes[grip.index].midi + roll.midi(place.y()) - roll.midi(pressed.y())
            if abs(axis.x(to) - axis.x(grip.start)) < 4:
                to = grip.start  # up or down only
        elif not free:
            to = edits.snapped(content.song, grip.kind, to)
        to = edits.between(content.song, grip, to)
        corrections = edits.moved(content.song, grip, to, midi)
        song = content.song
        for correction in corrections:
            song = correction.apply(song)
        self._draft = (Grip(grip.kind, grip.index, to, to + grip.end - grip.start), corrections)
        self._view.show_draft(song, again(song, self._draft[0]))

    def drop(self) -> None:
        """Have it so."""
        draft, self._draft = self._draft, None
        if draft is not None:
            self.make(draft[0].kind, draft[1], draft[0])

    def cancel(self) -> None:
        """Leave everything as it was."""
        self._draft = None
        self._view.show_settled()

    def nudge(self, seconds: float, semitones: int = 0) -> None:
        """Move what is selected a little."""
        grip = self._view.selected
        if grip is None:
            return
        song, midi = self.song, None
        if grip.kind in {"melody", "bass"}:
            midi = (song.melody if grip.kind == "melody" else song.bass)[grip.index].midi + semitones
        elif semitones:
            return
        to = edits.between(song, grip, grip.start + seconds)
        moved = Grip(grip.kind, grip.index, to, to + grip.end - grip.start)
        self.make(grip.kind, edits.moved(song, grip, to, midi), moved, together=f"{grip.kind} {grip.index}")

    # by key, button or menu

    def add_beat(self) -> None:
        self.make("beat", edits.beat_added(self._now), Grip("beat", 0, self._now, self._now))

    def split_section(self) -> None:
        self.make("section", edits.section_split(self.song, self._now))

    def split_chord(self) -> None:
        """Ask which chord begins on the beat at the playhead."""
        start = edits.snapped(self.song, "chord", self._now)
        index = active(self.song.chords, start)
        if index is not None:
            self._ask_chord(start, self.song.chords[index].end)

    def add_note(self, part: str, midi: int | None = None, time: float | None = None) -> None:
        start = self._now if time is None else time
        self.make(part, edits.note_added(self.song, part, start, midi), Grip(part, 0, start, start))

    def edit_words(self) -> None:
        """Ask for the words at the playhead."""
        index = active(self.song.lyrics, self._now)
        if index is not None:
            lyric = self.song.lyrics[index]
            self._ask_words(lyric.start, lyric.end, lyric.text)
            return
        following = next((lyric.start for lyric in self.song.lyrics if lyric.start > self._now), float("inf"))
        end = min(self._now + _LINE, following, self.song.duration_sec)
        if end - self._now >= edits.NUDGE * 4:
            self._ask_words(round(self._now, 3), round(end, 3), "")

    def edit(self) -> None:
        """Ask for what the selected thing should be, or the chord at the playhead."""
        grip = self._view.selected or self._at_playhead("chord")
        if grip is None:
            return
        if grip.kind == "lyric":
            self._ask_words(grip.start, grip.end, self.song.lyrics[grip.index].text)
        elif grip.kind == "section":
            x = self._view.axis.x(max(grip.start, self._view.axis.left))
            self.popup(grip, self._view.mapToGlobal(QPoint(round(x), self._view.fontMetrics().height())))
        elif grip.kind == "chord":
            self._ask_chord(grip.start, grip.end)

    def join(self) -> None:
        """Let what is before the selected chord or section go on."""
        grip = self._view.selected
        if grip is None or grip.kind not in {"chord", "section"}:
            grip = self._at_playhead("section")
        if grip is not None:
            self.make(grip.kind, edits.removed(self.song, grip))

    def remove(self) -> None:
        grip = self._view.selected
        if grip is not None:
            self.make(grip.kind, edits.removed(self.song, grip))

    def confirm(self) -> None:
        """Say that the chord at the playhead, or the selected one, is right."""
        grip = self._view.selected
        if grip is None or grip.kind != "chord":
            grip = self._at_playhead("chord")
        if grip is not None:
            self.make("chord", edits.chord_confirmed(self.song, grip.index), grip)

    def shift(self, fraction: float) -> None:
        if len(self.song.beats) > 1:
            self.make("beats", [BeatShift(fraction)])

    def open(self, grip: Grip | None, area: QRectF, place: QPointF) -> None:
        """Do what a double click means: ask what it should be, or put a note where there is none."""
        if grip is not None and grip.kind in {"chord", "lyric"}:
            self._view.select(grip)
            self.edit()
        lane = self._view.lane_at(place.y())
        content = self._view.settled
        if grip is None and lane is not None and lane[0].name == "notes" and content is not None:
            roll = Roll(content, area)
            upper = [notes.midi.mean() for notes in (content.melody, content.bass) if len(notes.midi)]
            middle = sum(upper) / len(upper) if len(upper) == 2 else 55.0
            part = "melody" if roll.midi(place.y()) >= middle else "bass"
            self.add_note(part, roll.midi(place.y()), self._view.axis.time(place.x()))

    def popup(self, grip: Grip | None, place: QPoint) -> None:
        """Open the menu of what can be done with a thing."""
        from performia_desktop.gui.song.timeline.menu import SpotMenu

        menu = SpotMenu(self, self._correcting, grip, self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    # with the keys from thing to thing

    def step(self, kind: str | None, by: int) -> None:
        """Select the next thing of the same kind (`by` 1 or -1), or that at the playhead of another kind."""
        grip = self._view.selected
        if kind is not None or grip is None:
            self._view.select(self._at_playhead(kind or "chord"))
            return
        there = spans(self.song, grip.kind)
        index = min(max(grip.index + by, 0), len(there) - 1)
        self._view.select(Grip(grip.kind, index, *there[index]))
        self._view.sought.emit(there[index][0])

    def _at_playhead(self, kind: str) -> Grip | None:
        there = spans(self.song, kind)
        if not there:
            return None
        index = next((i for i, (start, end) in enumerate(there) if start <= self._now < end), None)
        if index is None:
            index = nearest([start for start, _ in there], self._now)
        return Grip(kind, index, *there[index])

    def _ask_chord(self, start: float, end: float) -> None:
        dialog = ChordDialog(self._window, self.song, start, end)
        if dialog.exec():
            self.make("chord", dialog.corrections(), Grip("chord", 0, start, end))

    def _ask_words(self, start: float, end: float, text: str) -> None:
        dialog = WordsDialog(self._window, start, end, text)
        if dialog.exec():
            self.make("lyric", dialog.corrections(), Grip("lyric", 0, start, end))
