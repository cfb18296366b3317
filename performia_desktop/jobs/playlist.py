"""Reads m3u, m3u8 and pls playlists, as broken as they come.

They have no encoding of their own: UTF-8 (with or without a mark) is tried first, UTF-16 where a mark says so,
then the bytes as the file system has them, and Windows' Western encoding at last. What exists on disk decides.
"""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote

SIZE_LIMIT: Final = 16 << 20

_URL: Final = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)
_WINDOWS_DRIVE: Final = re.compile(r"[a-z]:[\\/]", re.IGNORECASE)


class NotAPlaylist(ValueError):
    """The file holds something else."""


def is_url(text: str) -> bool:
    """Return whether a text is a URL, and not a path (a Windows drive is none)."""
    return _URL.match(text) is not None


def read(path: str) -> list[str]:
    """Return the songs a playlist names, in its order: absolute paths, existing or not, and URLs as they stand.

    Raises
    ------
    OSError
        The file cannot be read.
    NotAPlaylist
        It is too large or holds no text.
    """
    with Path(path).open("rb") as file:
        data = file.read(SIZE_LIMIT + 1)
    if len(data) > SIZE_LIMIT:
        raise NotAPlaylist(path)
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            data = data.decode(encoding, "replace").encode()
    data = data.removeprefix(codecs.BOM_UTF8)
    if b"\0" in data:
        raise NotAPlaylist(path)
    is_pls = path.lower().endswith(".pls")
    folder = os.path.dirname(path)  # noqa: PTH120  (names that are not Unicode stay as they are)
    return [_resolve(folder, entry) for entry in _entries(data, is_pls=is_pls)]


def _entries(data: bytes, *, is_pls: bool) -> Iterator[bytes]:
    for line in re.split(rb"[\r\n]+", data):
        entry = line.strip()
        if is_pls:
            match = re.match(rb"file\d*\s*=\s*(.*)", entry, re.IGNORECASE)
            entry = match[1] if match else b""
        if entry and not entry.startswith(b"#"):
            yield entry


def _resolve(folder: str, entry: bytes) -> str:
    """Return the first reading of an entry that is there, else the most likely one."""
    candidates: list[str] = []
    for text in _texts(entry):
        if is_url(text):
            return text
        for variant in _variants(text):
            candidate = os.path.normpath(os.path.join(folder, variant))  # noqa: PTH118
            if os.path.lexists(candidate):
                return candidate
            candidates.append(candidate)
    return candidates[0]


def _texts(entry: bytes) -> Iterator[str]:
    try:
        yield entry.decode()
    except UnicodeDecodeError:
        yield entry.decode("cp1252", "replace")
        yield entry.decode("latin-1")
        yield os.fsdecode(entry)


def _variants(text: str) -> Iterator[str]:
    yield text
    if os.name != "nt" and "\\" in text and not _WINDOWS_DRIVE.match(text):
        yield text.replace("\\", "/")
    if "%" in text:
        yield unquote(text)
