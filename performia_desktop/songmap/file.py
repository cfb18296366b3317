"""Reads and writes Song Map files: a file is whole or absent, never half."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Final

from performia_desktop.failpoint import reach
from performia_desktop.songmap.model import SongMap
from performia_desktop.songmap.schema import InvalidSongMap, validate

_BIGGEST: Final = 256 << 20
_being_written: set[str] = set()
"""Names of this process's temporary files in use: whoever sweeps up after crashes leaves them alone."""


def read(path: Path) -> SongMap:
    """Return the Song Map in a file.

    Raises
    ------
    OSError
        The file cannot be read.
    InvalidSongMap
        The file is not a valid Song Map.
    """
    try:
        data = _parse(path)
    except (ValueError, RecursionError) as error:
        raise InvalidSongMap(f"{path.name} is not JSON: {error}") from error
    if not isinstance(data, dict):
        raise InvalidSongMap(f"{path.name} is not a JSON object")
    validate(data)
    return SongMap.from_json(data)


def check(path: Path, song_id: str) -> None:
    """Accept a file, which anybody may have made, that is the Song Map of this id.

    Raises
    ------
    OSError
        The file cannot be read.
    InvalidSongMap
    """
    if path.stat().st_size > _BIGGEST:
        raise InvalidSongMap(f"{path.name} is too large to be a Song Map")
    if (found := read(path).id) != song_id:
        raise InvalidSongMap(f"{path.name} is the map of {found!r:.80}")


def write(song_map: SongMap, path: Path) -> None:
    """Validate the map and put it in place of `path` in one step: temporary file, fsync, rename, fsync.

    Raises
    ------
    InvalidSongMap
        The map breaks a rule; nothing is written.
    OSError
        The folder cannot be written or the disk is full; the temporary file is removed.
    """
    try:
        text = json.dumps(song_map.to_json(), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        content = text.encode()
    except ValueError as error:
        raise InvalidSongMap(f"a number is not finite, or a text no Unicode: {error}") from error
    validate(json.loads(text))
    write_atomically(path, content, "map")


def is_being_written(name: str) -> bool:
    """Return whether a temporary file is this process's and in use, rather than what a crash left."""
    return name in _being_written


def _parse(path: Path) -> Any:
    """Return a file's JSON; NaN and Infinity, which Python would let pass, are none. Raises OSError, ValueError."""

    def refuse(name: str) -> None:
        raise ValueError(f"{name} is no number")

    return json.loads(path.read_text(encoding="utf-8"), parse_constant=refuse)


def write_atomically(
    path: Path, content: bytes | Callable[[BinaryIO], None], what: str, mode: int = 0o600
) -> None:
    """Replace a file's content so that a power cut leaves the old or the new, not a mix; the user's alone.

    `content` may be what writes it, where it is large; `what` names the fail points around the rename; `mode` is less
    what the umask takes. Raises OSError.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    _being_written.add(temporary.name)
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        with os.fdopen(descriptor, "wb") as file:
            content(file) if callable(content) else file.write(content)
            file.flush()
            os.fsync(file.fileno())
        reach(f"{what}.before-rename")
        temporary.replace(path)
        reach(f"{what}.after-rename")
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    finally:
        _being_written.discard(temporary.name)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
