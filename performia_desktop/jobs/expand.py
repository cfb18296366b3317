"""From paths, folders, playlists and URLs to audio files, by name and `stat` alone."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import unquote_to_bytes, urlsplit

from PySide6.QtCore import QCoreApplication, QUrl

from performia_desktop.jobs import playlist

# fmt: off
AUDIO_EXTENSIONS: Final = frozenset({
    "wav", "flac", "ogg", "oga", "opus", "mp3", "aiff", "aif", "aifc", "m4a", "mp4", "aac", "alac", "caf", "wma",
    "w64", "au", "webm", "mka",
})
# fmt: on
"""Lower case, without the dot."""

PLAYLIST_EXTENSIONS: Final = frozenset({"m3u", "m3u8", "pls"})

_tr = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Found:
    """A file that may become a job.

    Attributes
    ----------
    changed : float
        When its content or its name was changed last, in Unix seconds.
    regular : bool
        Not a pipe or a device, which must not be opened just to have a look.
    """

    path: str
    size: int
    changed: float
    regular: bool = True


@dataclass(slots=True)
class Expansion:
    files: list[Found] = field(default_factory=list)
    skipped: list[tuple[Path, str]] = field(default_factory=list)


def expand(items: Iterable[str | Path], stopped: Callable[[], bool] = lambda: False) -> Expansion:
    """Find the audio files in what was dropped, folders with all that is beneath them.

    Each file comes once, however often it is reached. Hidden files in folders are passed over in silence; all else
    that is not audio is in `skipped` with a sentence. `stopped` is asked now and then whether to give up.
    """
    expander = _Expander(stopped)
    for item in items:
        expander.take(os.fspath(item))
    return expander.result


class _Expander:
    def __init__(self, stopped: Callable[[], bool]) -> None:
        self.result = Expansion()
        self._stopped = stopped
        self._seen: set[object] = set()

    def take(self, item: str) -> None:
        """Take one thing that the user named."""
        path = _local(item) if playlist.is_url(item) else os.path.abspath(item)  # noqa: PTH100
        if path is None:
            self._skip(item, _tr("intake", "It is on the internet. Download it first, then add the file."))
            return
        if not _is_text(path):
            self._skip_unnameable(path)
            return
        try:
            status = os.stat(path)  # noqa: PTH116
        except (OSError, ValueError) as error:
            self._skip(path, _why_not(error))
            return
        extension = _extension(path)
        if stat.S_ISDIR(status.st_mode):
            self._folder(path, status)
        elif extension in PLAYLIST_EXTENSIONS and stat.S_ISREG(status.st_mode):
            self._playlist(path, status)
        elif extension in AUDIO_EXTENSIONS and not os.path.basename(path).startswith("._"):  # noqa: PTH119
            self._file(path, status)
        else:
            self._skip(path, _not_audio(extension))

    def _file(self, path: str, status: os.stat_result) -> None:
        if self._is_new(path, status):
            changed = max(status.st_mtime, status.st_ctime)
            self.result.files.append(Found(path, status.st_size, changed, stat.S_ISREG(status.st_mode)))

    def _folder(self, path: str, status: os.stat_result) -> None:
        before = len(self.result.files) + len(self.result.skipped)
        if not self._is_new(path, status):
            return
        waiting = [path]
        while waiting and not self._stopped():
            waiting += reversed(self._entries(waiting.pop()))
        if len(self.result.files) + len(self.result.skipped) == before:
            self._skip(path, _tr("intake", "There are no songs in this folder."))

    def _entries(self, folder: str) -> list[str]:
        """Take the files of a folder and return its subfolders."""
        try:
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=lambda entry: natural(entry.name))
        except OSError as error:
            self._skip(folder, _why_not(error))
            return []
        folders = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            try:
                is_folder = entry.is_dir()
                extension = _extension(entry.name)
                if not is_folder and extension not in AUDIO_EXTENSIONS:
                    self._skip(entry.path, _not_audio(extension, inside=True))
                    continue
                status = entry.stat() if os.name != "nt" else os.stat(entry.path)  # noqa: PTH116
            except OSError as error:
                self._skip(entry.path, _why_not(error))
                continue
            if getattr(status, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_HIDDEN:
                continue
            if is_folder:
                if self._is_new(entry.path, status):
                    folders.append(entry.path)
            elif not _is_text(entry.path):
                self._skip_unnameable(entry.path)
            elif stat.S_ISREG(status.st_mode):
                self._file(entry.path, status)
            elif self._is_new(entry.path, status):  # else the user named it, and it becomes a job that says so
                self._skip(entry.path, _tr("intake", "It is not a file but a device or a pipe."))
        return folders

    def _playlist(self, path: str, status: os.stat_result) -> None:
        if not self._is_new(path, status):
            return
        try:
            entries = playlist.read(path)
        except OSError as error:
            self._skip(path, _why_not(error))
            return
        except playlist.NotAPlaylist:
            self._skip(path, _tr("intake", "It is not a playlist that can be read. Save it anew as M3U8."))
            return
        if not entries:
            self._skip(path, _tr("intake", "This playlist names no songs."))
        for entry in entries:
            if self._stopped():
                return
            self.take(entry)

    def _is_new(self, path: str, status: os.stat_result) -> bool:
        """Return whether a file, folder or playlist is met for the first time, by whatever name."""
        key: object = (status.st_dev, status.st_ino) if status.st_ino else path
        if key in self._seen:
            return False
        self._seen.add(key)
        return True

    def _skip(self, path: str, sentence: str) -> None:
        readable = os.fsencode(path).decode("utf-8", "replace") if not _is_text(path) else path
        self.result.skipped.append((Path(readable), sentence))

    def _skip_unnameable(self, path: str) -> None:
        self._skip(
            path, _tr("intake", "Its name has characters that cannot be read. Rename it, then add it again.")
        )


def natural(name: str) -> tuple[tuple[int, int | str], ...]:
    """Return a sort key with which "2 Intro" comes before "10 Outro"."""
    parts = re.findall(r"\d+|\D+", name.casefold())
    return tuple((0, int(part)) if part.isdecimal() and len(part) < 20 else (1, part) for part in parts)


def _local(url: str) -> str | None:
    """Return the path that a file: URL means, None for any other."""
    parts = urlsplit(url)
    if parts.scheme.lower() != "file":
        return None
    if os.name == "nt":
        return QUrl(url).toLocalFile() or None
    # by hand, because QUrl cannot carry bytes that are not Unicode
    return os.fsdecode(unquote_to_bytes(url.split(":", 1)[1].removeprefix("//" + parts.netloc))) or None


def _extension(path: str) -> str:
    return os.path.splitext(path)[1][1:].lower()  # noqa: PTH122


def _is_text(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _not_audio(extension: str, *, inside: bool = False) -> str:
    if inside and extension in PLAYLIST_EXTENSIONS:
        return _tr("intake", "A playlist inside a folder is not followed. Add it by itself.")
    if extension:
        return _tr("intake", "It is not an audio file (.{extension}).").format(extension=extension)
    return _tr("intake", "It is not an audio file.")


def _why_not(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return _tr("intake", "It is not there. Check the name, and that its disk is connected.")
        case PermissionError():
            return _tr("intake", "It may not be read. Change its permissions, then add it again.")
        case OSError():
            return _tr("intake", "It cannot be read ({reason}).").format(reason=error.strerror or error)
        case _:
            return _tr("intake", "This is not a name that a file can have.")
