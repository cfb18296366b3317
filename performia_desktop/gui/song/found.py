"""What a song's window shows, read from the disk: the Song Map and the user's corrections."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from performia_desktop.songmap import overlay
from performia_desktop.songmap.correction import Correction
from performia_desktop.songmap.file import read
from performia_desktop.songmap.model import SongMap
from performia_desktop.songmap.schema import InvalidSongMap

_tr = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Found:
    """The detection, the corrections, where these are kept, and what is wrong with them."""

    song: SongMap
    made: list[Correction]
    kept: Path | None
    trouble: str | None


@dataclass(frozen=True, slots=True)
class NoSong:
    """Why there is no Song Map."""

    error: OSError | InvalidSongMap

    def sentence(self) -> str:
        """Return it for the user."""
        if isinstance(self.error, FileNotFoundError | IsADirectoryError):
            return _tr("found", "The Song Map is gone. Analyse the song again to make a new one.")
        reason = getattr(self.error, "strerror", None) or str(self.error)
        words = _tr("found", "The Song Map cannot be read ({reason}). Analyse the song again.")
        return words.format(reason=reason)


def find(path: Path, corrections: Path) -> Found | NoSong:
    """Read the Song Map at `path`, and its corrections out of the folder of all songs'."""
    try:
        song = read(path)
    except (OSError, InvalidSongMap) as error:
        return NoSong(error)
    kept = overlay.place(corrections, song)
    try:
        return Found(song, overlay.load(kept) if kept else [], kept, None)
    except overlay.UnreadableCorrections as error:
        return Found(song, [], None, str(error))
