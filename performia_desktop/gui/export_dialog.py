"""Asks for format, place and key of an export."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QSpinBox, QWidget

from performia_desktop.export.formats import Format
from performia_desktop.export.options import Options
from performia_desktop.gui.dialogs import Question
from performia_desktop.gui.song.sheet.formats import EVERY_FORMAT
from performia_desktop.gui.text import plural

_tr = QCoreApplication.translate


def format_words() -> dict[str, str]:
    """Return what each format is for."""
    return {
        "json": _tr("export", "Song Map, everything that was found (JSON)"),
        "livingchart": _tr("export", "Living Chart for the web (JSON)"),
        "chordpro": _tr("export", "Song sheet (ChordPro)"),
        "lrc": _tr("export", "Lyrics timed by line (LRC)"),
        "lrc-enhanced": _tr("export", "Lyrics timed by word (LRC)"),
        "midi": _tr("export", "For a sequencer, in time with the audio (MIDI)"),
        "musicxml": _tr("export", "Lead sheet for a notation program (MusicXML)"),
        "jams": _tr("export", "For research (JAMS)"),
        "audacity": _tr("export", "Label track for Audacity"),
        "reaper": _tr("export", "Markers and regions for Reaper (CSV)"),
        "sonicvisualiser": _tr("export", "Region layer for Sonic Visualiser (CSV)"),
        "csv": _tr("export", "Table for a spreadsheet (CSV)"),
        "pdf": _tr("export", "Chord chart to print (PDF)"),
    }


class ExportDialog(Question):
    """What to write of so many songs; `format` and `options` say what was chosen."""

    def __init__(
        self,
        parent: QWidget | None,
        songs: int,
        chosen: str = "chordpro",
        usual: Options = Options(),  # noqa: B008  (it cannot change)
    ) -> None:
        super().__init__(
            parent,
            plural(songs, _tr("export", "Export the song"), _tr("export", "Export %Ln songs", "", songs)),
            _tr("export", "With your corrections. Files that are there already are kept."),
            _tr("export", "Export…"),
            _tr("export", "Cancel"),
        )
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        self.formats = QComboBox(self)
        for name, words in format_words().items():
            self.formats.addItem(words, name)
        self.formats.setCurrentIndex(max(0, self.formats.findData(chosen)))
        self.transpose = QSpinBox(self)
        self.transpose.lineEdit().setTextMargins(6, 0, 0, 0)  # a style sheet's padding does not reach it
        self.transpose.setRange(-11, 11)
        self.transpose.setSuffix(" " + _tr("export", "semitones"))
        self.capo = QSpinBox(self)
        self.capo.lineEdit().setTextMargins(6, 0, 0, 0)  # a style sheet's padding does not reach it
        self.capo.setRange(0, 12)
        self.capo.setSpecialValueText(_tr("export", "none"))
        self.transpose.setValue(usual.transpose)
        self.capo.setValue(usual.capo)
        self.naming = self._choice(
            usual.naming,
            ("names", _tr("export", "Names")),
            ("roman", _tr("export", "Roman numerals")),
            ("nashville", _tr("export", "Nashville numbers")),
        )
        self.accidentals = self._choice(
            usual.accidentals,
            ("key", _tr("export", "As the key writes them")),
            ("sharps", _tr("export", "Sharps")),
            ("flats", _tr("export", "Flats")),
        )
        for words, control in (
            (_tr("export", "&Format:"), self.formats),
            (_tr("export", "&Transpose:"), self.transpose),
            (_tr("export", "&Capo at fret:"), self.capo),
            (_tr("export", "C&hords as:"), self.naming),
            (_tr("export", "&Sharps or flats:"), self.accidentals),
        ):
            label = QLabel(words, self)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setBuddy(control)
            control.setAccessibleName(words.replace("&", "").rstrip(":"))
            form.addRow(label, control)
        self.controls.addLayout(form)
        self.formats.currentIndexChanged.connect(self._update)
        self.keep.setDefault(False)
        self.keep.setAutoDefault(False)
        self.act.setDefault(True)
        self.formats.setFocus()
        self._update()

    @property
    def format(self) -> Format:
        return EVERY_FORMAT[str(self.formats.currentData())]

    @property
    def options(self) -> Options:
        transpose, accidentals = self.transpose.value(), str(self.accidentals.currentData())
        if not self.capo.isEnabled():
            return Options(transpose, accidentals=accidentals)
        return Options(transpose, self.capo.value(), str(self.naming.currentData()), accidentals)

    def _choice(self, now: str, *choices: tuple[str, str]) -> QComboBox:
        box = QComboBox(self)
        for value, words in choices:
            box.addItem(words, value)
        box.setCurrentIndex(max(0, box.findData(now)))
        return box

    def _update(self) -> None:
        """A capo, and degrees, change only what is written for players."""
        for control in (self.capo, self.naming):
            control.setEnabled(self.format.name in {"chordpro", "pdf"})
