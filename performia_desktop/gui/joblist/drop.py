"""What is dropped or pasted: which files it names, and what to say while it hovers over the window.

Nothing here looks at the disk; that may be far away, and the window does not wait for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QObject, QPoint, QRect, Qt, QUrl, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from performia_desktop.gui.colors import colors, mix
from performia_desktop.gui.text import plural
from performia_desktop.jobs.intake import AUDIO_EXTENSIONS, PLAYLIST_EXTENSIONS

_tr = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Offer:
    """The local paths in a drop, and the addresses in it that are not on this computer."""

    paths: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.paths or self.remote)


def offered(mime: QMimeData) -> Offer:
    """Return what a drop or the clipboard names: URLs, or lines of text that are paths or file:// URLs."""
    urls = mime.urls() if mime.hasUrls() else list(_in_text(mime.text())) if mime.hasText() else []
    paths = dict.fromkeys(url.toLocalFile() for url in urls if url.isLocalFile())
    remote = dict.fromkeys(url.toString() for url in urls if not url.isLocalFile())
    return Offer(tuple(paths), tuple(remote))


def _in_text(text: str) -> Iterable[QUrl]:
    for line in text.splitlines()[:10_000]:
        value = line.strip().strip('"')
        if value.startswith("file://"):
            yield QUrl(value)
        elif value and PurePath(value).is_absolute():
            yield QUrl.fromLocalFile(value)


def invitation(offer: Offer) -> str:
    """Return what a drop would do: "Add 12 songs"; judged by the names alone."""
    songs = folders = lists = 0
    for path in offer.paths:
        suffix = PurePath(path).suffix.lower().lstrip(".")
        songs += suffix in AUDIO_EXTENSIONS
        lists += suffix in PLAYLIST_EXTENSIONS
        folders += not suffix or path.endswith("/")
    counted = (
        (songs, _tr("drop", "1 song"), _tr("drop", "%Ln songs", "", songs)),
        (folders, _tr("drop", "1 folder"), _tr("drop", "%Ln folders", "", folders)),
        (lists, _tr("drop", "1 playlist"), _tr("drop", "%Ln playlists", "", lists)),
    )
    parts = [plural(n, one, many) for n, one, many in counted if n]
    if not parts:
        return _tr("drop", "No songs here") if not offer.paths else _tr("drop", "Add what is music in it")
    if len(parts) > 1:
        parts[-2:] = [_tr("drop", "{first} and {last}").format(first=parts[-2], last=parts[-1])]
    return _tr("drop", "Add {what}").format(what=", ".join(parts))


class DropZone(QObject):
    """Lets a window accept drops: shows over `area` that they are welcome, and tells what was dropped."""

    dropped = Signal(object)
    """Offer."""

    def __init__(self, window: QWidget, area: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._area = area
        self.hint = DropHint(area)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragMoveEvent):  # a QDragEnterEvent is one too
            self._hover(event)
        elif event.type() == QEvent.Type.DragLeave:
            self.hint.hide()
        elif isinstance(event, QDropEvent):
            self._drop(event)
        else:
            return False
        return True

    def _hover(self, event: QDragMoveEvent) -> None:
        offer = offered(event.mimeData())
        if not offer or event.source() is not None:  # what comes from this window is no new song
            event.ignore()
            return
        # Always a copy: a file manager that is told "move" would remove the audio.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        place = self._area.mapFrom(self._window, event.position().toPoint())
        self.hint.show_at(invitation(offer), place)

    def _drop(self, event: QDropEvent) -> None:
        self.hint.hide()
        if offer := offered(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(offer)


class DropHint(QWidget):
    """An accent frame over the list and a word near the pointer; lets every mouse event through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._over = parent
        self._words = ""
        self._at = QPoint()
        self.hide()

    @property
    def words(self) -> str:
        return self._words

    def show_at(self, words: str, at: QPoint) -> None:
        """Show the frame, and `words` beside the point (of the parent)."""
        self._words, self._at = words, at
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        scheme = colors(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = self.rect().adjusted(4, 4, -4, -4)
        wash = mix(scheme.panel, scheme.accent, 0.5)
        wash.setAlpha(36)
        painter.setBrush(wash)
        painter.setPen(QPen(scheme.accent, 2))
        painter.drawRoundedRect(frame, 8, 8)
        metrics = painter.fontMetrics()
        size = metrics.size(0, self._words)
        pill = QRect(self._at.x() + 16, self._at.y() + 16, size.width() + 24, size.height() + 12)
        pill.moveLeft(min(pill.left(), frame.right() - pill.width() - 8))
        pill.moveTop(min(pill.top(), frame.bottom() - pill.height() - 8))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(scheme.accent)
        painter.drawRoundedRect(pill, 6, 6)
        painter.setPen(scheme.on_accent)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, self._words)
