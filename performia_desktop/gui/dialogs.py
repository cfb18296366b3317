"""Questions with verbs on their buttons, the safe one first in reach, and words about what happens to files."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from performia_desktop.gui.fonts import scaled
from performia_desktop.gui.joblist.columns import title
from performia_desktop.gui.text import plain, plural, quoted
from performia_desktop.jobs.job import Job, Status

_tr = QCoreApplication.translate


class Question(QDialog):
    """A heading, sentences, room for a control, and two buttons; `exec()` is true for the one that acts."""

    def __init__(self, parent: QWidget | None, heading: str, body: str, act: str, keep: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(QCoreApplication.applicationName())
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(24, 20, 24, 20)
        self.box.setSpacing(12)
        self.heading = self._label(heading, scaled(self.font(), 1.15, self.font().Weight.DemiBold))
        self.body = self._label(body)
        self.setAccessibleName(heading)
        self.setAccessibleDescription(body)
        self.controls = QVBoxLayout()
        self.controls.setSpacing(8)
        self.box.addLayout(self.controls)
        self.box.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        self.keep = QPushButton(keep, self)
        self.act = QPushButton(act, self)
        self.act.setAutoDefault(False)
        self.keep.setDefault(True)
        self.keep.clicked.connect(self.reject)
        self.act.clicked.connect(self.accept)
        row.addWidget(self.act)
        row.addWidget(self.keep)
        self.box.addSpacing(4)
        self.box.addLayout(row)
        self.setMinimumWidth(52 * self.fontMetrics().averageCharWidth())
        self.keep.setFocus()

    def _label(self, words: str, font: object = None) -> QLabel:
        label = QLabel(words, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setVisible(bool(words))
        if font is not None:
            label.setFont(font)  # type: ignore[arg-type]
        self.box.addWidget(label)
        return label


class DeleteDialog(Question):
    """Asks before jobs are deleted, and whether their Song Maps go too."""

    def __init__(self, parent: QWidget | None, jobs: Sequence[Job]) -> None:
        n = len(jobs)
        if n == 1:
            heading = _tr("dialogs", "Delete {song}?").format(song=quoted(_short(title(jobs[0]))))
        else:
            heading = plural(n, "", _tr("dialogs", "Delete %Ln jobs from the list?", "", n))
        sentences = [_tr("dialogs", "The audio stays where it is.")]
        running = sum(job.status is Status.PROCESSING for job in jobs)
        if running:
            sentences.insert(0, _tr("dialogs", "What is being analysed stops."))
        sentences.append(_tr("dialogs", "What you delete can be brought back for 30 days."))
        act = plural(n, _tr("dialogs", "Delete"), _tr("dialogs", "Delete %Ln jobs", "", n))
        super().__init__(parent, heading, " ".join(sentences), act, _tr("dialogs", "Keep"))
        with_map = sum(job.song_map_path is not None for job in jobs)
        words = plural(
            with_map,
            _tr("dialogs", "Delete the Song Map too"),
            _tr("dialogs", "Delete %Ln Song Maps too", "", with_map),
        )
        self.maps = QCheckBox(words, self)
        self.maps.setToolTip(_tr("dialogs", "The Song Map is the result of the analysis, without the audio"))
        self.maps.setVisible(with_map > 0)
        self.controls.addWidget(self.maps)


class CleanUpDialog(Question):
    """Asks how old a finished job must be to go, and says how many would, before any does."""

    def __init__(self, parent: QWidget | None, count: Callable[[float], int], days: int = 30) -> None:
        super().__init__(
            parent,
            _tr("dialogs", "Clean up the list"),
            _tr(
                "dialogs",
                "Finished songs go from the list with their Song Maps. Waiting and running ones stay, and so does "
                "all audio. What you delete can be brought back for 30 days.",
            ),
            _tr("dialogs", "Delete"),
            _tr("dialogs", "Keep all"),
        )
        self._count = count
        row = QHBoxLayout()
        row.setSpacing(8)
        label = QLabel(_tr("dialogs", "Finished more than"), self)
        self.days = QSpinBox(self)
        self.days.lineEdit().setTextMargins(6, 0, 0, 0)  # a style sheet's padding does not reach it
        self.days.setRange(0, 36_500)
        self.days.setValue(days)
        self.days.setAccessibleName(_tr("dialogs", "Age in days"))
        self.days.setToolTip(_tr("dialogs", "How many days ago a song must have been finished"))
        label.setBuddy(self.days)
        after = QLabel(_tr("dialogs", "days ago"), self)
        for one in (label, self.days, after):
            row.addWidget(one)
        row.addStretch(1)
        self.controls.addLayout(row)
        self.told = QLabel(self)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.controls.addWidget(self.told)
        self.days.valueChanged.connect(self._tell)
        self._tell()
        self.days.setFocus()
        self.days.selectAll()

    def _tell(self) -> None:
        n = self._count(self.days.value())
        self.told.setText(
            plural(n, _tr("dialogs", "1 song would go."), _tr("dialogs", "%Ln songs would go.", "", n))
            if n
            else _tr("dialogs", "No song is that old.")
        )
        self.act.setEnabled(n > 0)
        self.act.setText(plural(n, _tr("dialogs", "Delete 1 song"), _tr("dialogs", "Delete %Ln songs", "", n)))


class QuitDialog(Question):
    """Asks before quitting stops an analysis."""

    def __init__(self, parent: QWidget | None, running: int, waiting: int) -> None:
        heading = plural(
            running,
            _tr("dialogs", "A song is being analysed"),
            _tr("dialogs", "%Ln songs are being analysed", "", running),
        )
        body = _tr("dialogs", "If you quit now, the analysis goes on where it stopped when you start again.")
        if waiting:
            more = plural(
                waiting, _tr("dialogs", "1 more song waits."), _tr("dialogs", "%Ln more songs wait.", "", waiting)
            )
            body = f"{more} {body}"
        super().__init__(parent, heading, body, _tr("dialogs", "Quit"), _tr("dialogs", "Keep working"))


class UnsavedDialog(Question):
    """Asks whether to wait for a database that does not take the last changes; goes by itself when it has."""

    def __init__(self, reason: str | None) -> None:
        why = reason or _tr("dialogs", "Its disk may be full, or another program may be using it.")
        rest = _tr(
            "dialogs",
            "Put that right, and they are saved by themselves. If you quit now, they are lost, but no song is.",
        )
        super().__init__(
            None,
            _tr("dialogs", "The last changes are not saved yet"),
            f"{why} {rest}",
            _tr("dialogs", "Quit without saving"),
            _tr("dialogs", "Try again"),
        )


class StartDialog(Question):
    """Says why the program cannot start; `exec()` is true for another try."""

    def __init__(self, sentence: str) -> None:
        super().__init__(
            None,
            _tr("dialogs", "Performia cannot start"),
            sentence,
            _tr("dialogs", "Try again"),
            _tr("dialogs", "Quit"),
        )


class DetailsDialog(QDialog):
    """A sentence and a long text that can be read and copied."""

    def __init__(self, parent: QWidget | None, heading: str, sentence: str, details: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(plain(heading))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(12)
        self.sentence = QLabel(sentence, self)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        box.addWidget(self.sentence)
        self.details = QPlainTextEdit(self)
        self.details.setReadOnly(True)
        self.details.setPlainText(details)
        self.details.setAccessibleName(_tr("dialogs", "Details"))
        self.details.setVisible(bool(details))
        box.addWidget(self.details, 1)
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        copy = QPushButton(_tr("dialogs", "Copy"), self)
        copy.setToolTip(_tr("dialogs", "Copy the sentence and the details"))
        copy.setAutoDefault(False)
        copy.clicked.connect(self.copy)
        close = QPushButton(_tr("dialogs", "Close"), self)
        close.setShortcut(QKeySequence(QKeySequence.StandardKey.Cancel))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        self.row.addWidget(copy)
        self.row.addStretch(1)
        self.row.addWidget(close)
        box.addLayout(self.row)
        em = self.fontMetrics().averageCharWidth()
        self.resize(84 * em, 44 * em if details else 20 * em)

    def add_button(self, words: str, action: Callable[[], object]) -> QPushButton:
        """Add a button that acts and closes."""
        button = QPushButton(words, self)
        button.setAutoDefault(False)
        button.clicked.connect(self.accept)
        button.clicked.connect(lambda _checked=False: action())
        self.row.insertWidget(2, button)
        return button

    def copy(self) -> None:
        parts = (self.sentence.text(), self.details.toPlainText())
        QGuiApplication.clipboard().setText("\n\n".join(part for part in parts if part))


def _short(name: str) -> str:
    return name if len(name) <= 60 else name[:58].rstrip() + "…"
