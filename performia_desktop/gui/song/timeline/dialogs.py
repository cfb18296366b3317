"""Where a chord and sung words are typed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QStringListModel, Qt
from PySide6.QtWidgets import QCheckBox, QCompleter, QFormLayout, QLabel, QLineEdit, QWidget

from performia_desktop.gui.dialogs import Question
from performia_desktop.gui.song.timeline.content import chord_name
from performia_desktop.gui.text import plain
from performia_desktop.jobs.words import duration_words
from performia_desktop.songmap import typed
from performia_desktop.songmap.correct_notes import SetLyric
from performia_desktop.songmap.correction import Correction
from performia_desktop.songmap.corrections import SetChord
from performia_desktop.songmap.model import SongMap, active
from performia_desktop.songmap.repeats import alike

_tr = QCoreApplication.translate


class _Typed(Question):
    """Asks for one line of text."""

    def __init__(self, parent: QWidget | None, heading: str, body: str, words: str, text: str) -> None:
        super().__init__(parent, heading, body, _tr("correct", "Put right"), _tr("correct", "Leave it"))
        form = QFormLayout()
        label = QLabel(words, self)
        self.text = QLineEdit(text, self)
        self.text.setMaxLength(500)
        label.setBuddy(self.text)
        self.text.setAccessibleName(words.replace("&", "").rstrip(":"))
        form.addRow(label, self.text)
        self.controls.addLayout(form)
        self.keep.setAutoDefault(False)
        self.keep.setDefault(False)
        self.act.setDefault(True)
        self.text.setFocus()
        self.text.selectAll()


class ChordDialog(_Typed):
    """Asks for the chord that sounds from one time to another."""

    def __init__(self, parent: QWidget | None, song: SongMap, start: float, end: float) -> None:
        index = active(song.chords, start)
        name = chord_name(song, song.chords[index]) if index is not None else ""
        super().__init__(
            parent,
            _tr("correct", "Chord"),
            _tr("correct", "From {start} to {end}. Write it like Am7, F#dim, G/B; N.C. is none.").format(
                start=duration_words(start), end=duration_words(end)
            ),
            _tr("correct", "&Chord:"),
            name or "N.C.",
        )
        self._start, self._end = start, end
        self._alike = alike(song, start, end)
        names = dict.fromkeys(chord_name(song, chord) for chord in song.chords)
        completer = QCompleter(QStringListModel([one for one in names if one], self), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.text.setCompleter(completer)
        self.repeats = QCheckBox(_tr("correct", "Also where this section comes again"), self)
        self.repeats.setEnabled(bool(self._alike))
        self.told = QLabel(self)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.controls.addWidget(self.repeats)
        self.controls.addWidget(self.told)
        self._harte = ""
        self.text.textChanged.connect(self._read)
        self._read()

    def _read(self) -> None:
        """Check what is typed, as it is typed."""
        trouble = ""
        try:
            self._harte = typed.read(self.text.text())
        except ValueError:
            trouble = _tr("correct", "{word} is no chord that is known here. Write it like Am7, F#dim, G/B.")
            trouble = trouble.format(word=plain(self.text.text().strip()) or "?")
        self.told.setText(trouble)
        self.act.setEnabled(not trouble)

    def corrections(self) -> list[Correction]:
        """Return what was typed, here and, if ticked, in the section's repeats."""
        places = [(self._start, self._end), *(self._alike if self.repeats.isChecked() else [])]
        return [SetChord(start, end, self._harte) for start, end in places if end > start]


class WordsDialog(_Typed):
    """Asks for the words that are sung from one time to another."""

    def __init__(self, parent: QWidget | None, start: float, end: float, text: str) -> None:
        super().__init__(
            parent,
            _tr("correct", "Words"),
            _tr("correct", "Sung from {start} to {end}. Without any, the line goes.").format(
                start=duration_words(start), end=duration_words(end)
            ),
            _tr("correct", "&Words:"),
            plain(text),
        )
        self._start, self._end = start, end

    def corrections(self) -> list[Correction]:
        return [SetLyric(self._start, self._end, self.text.text().strip())]
