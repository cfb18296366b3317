"""Writes an exported song under a name that every file system takes."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Final

from performia_desktop.songmap.file import write_atomically
from performia_desktop.songmap.model import SongMap

_LONGEST: Final = 120  # characters, so that no encoding of them is longer than a file's name may be
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def file_name(song: SongMap, input_file: str | None, suffix: str) -> str:
    """Return "Artist - Title.ext"; of a song without a title, its audio's name, or its id."""
    stem = " - ".join(part for part in (song.artist, song.title) if part) if song.title else ""
    stem = stem or (Path(input_file).stem if input_file else "") or song.id
    stem = re.sub(r'[\\/:*?"<>|]', "_", "".join(c if c.isprintable() else " " for c in stem))
    stem = " ".join(stem.split())
    while len(stem.encode()) > _LONGEST:
        stem = stem[:-1]
    stem = stem.strip(". ") or song.id
    return f"_{stem}{suffix}" if _RESERVED.fullmatch(stem) else stem + suffix


def save(content: bytes, path: Path, *, overwrite: bool = False) -> Path:
    """Write a file, whole or not at all, and return its path: another one beside what is there, unless `overwrite`.

    Raises OSError.
    """
    target = path if overwrite else free(path)
    write_atomically(target, content, "export", 0o666)
    return target


def free(path: Path) -> Path:
    """Return a path that nothing has yet: "Song.mid", "Song (2).mid", ..."""
    stem, dot, rest = path.name.partition(".")
    for number in itertools.count(1):
        name = path.name if number == 1 else f"{stem} ({number}){dot}{rest}"
        if not path.with_name(name).exists():
            return path.with_name(name)
    raise AssertionError("unreachable")
