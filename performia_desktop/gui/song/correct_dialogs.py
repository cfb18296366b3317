"""Where chords, and names, are typed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QLineEdit, QSpinBox, QWidget

from performia_desktop.gui.dialogs import Question
from performia_desktop.gui.text import plain
from performia_desktop.songmap import typed
from performia_desktop.songmap.bars import Bar, bars, by_section
from performia_desktop.songmap.chord import display, spelling
from performia_desktop.songmap.correction import Correction
from performia_desktop.songmap.corrections import SetChord, SetNames
from performia_desktop.songmap.model import Chord, SongMap, active

_tr = QCoreApplication.translate


class BarDialog(Question):
    """Asks for the chords of a bar, as a musician types them: ``Eb . Bb7 .``, a dot for a beat that goes on."""

    def __init__(self, parent: QWidget | None, song: SongMap, number: int) -> None:
        super().__init__(
            parent,
            _tr("correct", "Chords of a bar"),
            _tr(
                "correct",
                "One chord for each beat, or fewer that share the bar evenly. A dot goes on, N.C. is none.",
            ),
            _tr("correct", "Put right"),
            _tr("correct", "Leave it"),
        )
        self._song = song
        self._bars = {bar.number: bar for bar in bars(song)}
        self._spans: list[tuple[float, float, str]] = []
        form = QFormLayout()
        self.number = QSpinBox(self)
        self.number.setRange(min(self._bars), max(self._bars))
        self.number.setValue(number)
        self.chords = QLineEdit(self)
        for words, control in ((_tr("correct", "&Bar:"), self.number), (_tr("correct", "&Chords:"), self.chords)):
            label = QLabel(words, self)
            label.setBuddy(control)
            control.setAccessibleName(words.replace("&", "").rstrip(":"))
            form.addRow(label, control)
        self.controls.addLayout(form)
        self.repeats = QCheckBox(_tr("correct", "Also where this section comes again"), self)
        self.controls.addWidget(self.repeats)
        self.told = QLabel(self)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.controls.addWidget(self.told)
        self.number.valueChanged.connect(self._show)
        self.chords.textChanged.connect(self._read)
        self.chords.returnPressed.connect(lambda: self.accept() if self.act.isEnabled() else None)
        self.keep.setAutoDefault(False)
        self.keep.setDefault(False)
        self.act.setDefault(True)
        self._show()
        self.chords.setFocus()
        self.chords.selectAll()

    def corrections(self) -> list[Correction]:
        """Return what was typed, for this bar and, if ticked, its like in the section's repeats."""
        found: list[Correction] = []
        for bar in [self._bar, *(self._twins() if self.repeats.isChecked() else [])]:
            beats = (*bar.beats, bar.end)
            if len(bar.beats) == len(self._bar.beats):
                found += [
                    SetChord(beats[int(first)], min(beats[int(last)], self._song.duration_sec), label)
                    for first, last, label in self._spans
                ]
        return found

    @property
    def _bar(self) -> Bar:
        return self._bars[self.number.value()]

    def _twins(self) -> list[Bar]:
        """Return the bars at the same place in sections of the same label."""
        song, bar = self._song, self._bar
        groups = by_section(song, list(self._bars.values())) if song.sections else []
        own = next((i for i, group in enumerate(groups) if bar in group), None)
        if own is None:
            return []
        place = groups[own].index(bar)
        return [
            group[place]
            for i, group in enumerate(groups)
            if i != own and song.sections[i].label == song.sections[own].label and place < len(group)
        ]

    def _show(self) -> None:
        """Write down the chords that the bar has."""
        bar = self._bar
        changes = dict(bar.changes())
        words = [self._name(changes[beat]) if beat in changes else "." for beat in range(len(bar.beats))]
        while words[1:] and set(words[1:]) == {"."}:
            words = words[:1]
        self.chords.setText(" ".join(words))
        self.repeats.setEnabled(bool(self._twins()))
        if not self.repeats.isEnabled():
            self.repeats.setChecked(False)

    def _name(self, chord: Chord | None) -> str:
        if chord is None:
            return "N.C."
        index = active(self._song.key, chord.start)
        key = self._song.key[index] if index is not None else None
        return display(chord.label, spelling(key.tonic, key.mode) if key else None) or "N.C."

    def _read(self) -> None:
        """Check what is typed, as it is typed."""
        words, beats = self.chords.text().split(), len(self._bar.beats)
        self._spans = []
        trouble = ""
        if not words or words[0] == "." or beats % len(words):
            trouble = _tr("correct", "Type {n} chords for this bar, or fewer that share its beats evenly.").format(
                n=beats
            )
        else:
            step = beats // len(words)
            try:
                for place, word in enumerate(words):
                    if word == ".":
                        first, _, label = self._spans.pop()
                        self._spans.append((first, (place + 1) * step, label))
                    else:
                        self._spans.append((place * step, (place + 1) * step, typed.read(word)))
            except ValueError:
                self._spans = []
                trouble = _tr("correct", "{word} is no chord that is known here. Write it like Am7, F#dim, G/B.")
                trouble = trouble.format(word=plain(word))
        self.told.setText(trouble)
        self.act.setEnabled(not trouble)


class NamesDialog(Question):
    """Asks for the song's title and artist."""

    def __init__(self, parent: QWidget | None, song: SongMap) -> None:
        super().__init__(
            parent,
            _tr("correct", "Title and artist"),
            _tr("correct", "As they stand on charts and in exports. The audio file keeps its own."),
            _tr("correct", "Put right"),
            _tr("correct", "Leave it"),
        )
        form = QFormLayout()
        self.title = QLineEdit(plain(song.title), self)
        self.artist = QLineEdit(plain(song.artist), self)
        for words, control in ((_tr("correct", "&Title:"), self.title), (_tr("correct", "&Artist:"), self.artist)):
            label = QLabel(words, self)
            label.setBuddy(control)
            control.setAccessibleName(words.replace("&", "").rstrip(":"))
            control.setMaxLength(500)
            form.addRow(label, control)
        self.controls.addLayout(form)
        self.title.setFocus()
        self.title.selectAll()
        self.keep.setAutoDefault(False)
        self.keep.setDefault(False)
        self.act.setDefault(True)

    def correction(self) -> Correction:
        return SetNames(self.title.text().strip(), self.artist.text().strip())
