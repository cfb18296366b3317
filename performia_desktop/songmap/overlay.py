"""The file that keeps a recording's corrections, by the content of its audio.

``corrections/<content hash>.corrections.json`` in the data directory: so they outlive a new analysis, the deletion
of the job and the moving or renaming of the file. A file of a newer version is left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from performia_desktop.songmap.correction import Correction
from performia_desktop.songmap.corrections import corrected, from_json, to_json
from performia_desktop.songmap.file import write_atomically
from performia_desktop.songmap.model import SongMap

VERSION: Final = 2
"""1 knew no beats, section boundaries, notes and words one by one."""
_LARGEST: Final = 4 << 20
_HASH: Final = re.compile(r"[0-9a-f]{16,128}")


class UnreadableCorrections(Exception):
    """The file is damaged or of a newer version; `str()` is a sentence for the user."""


def content_hash(song: SongMap) -> str | None:
    """Return what tells a song's recording from all others, None for a map that does not say it."""
    content = song.provenance.get("content_hash")
    return content if isinstance(content, str) and _HASH.fullmatch(content) else None


def place(folder: Path, song: SongMap) -> Path | None:
    """Return where a song's corrections are kept, None for a map that does not say which recording it is of."""
    content = content_hash(song)
    return None if content is None else folder / f"{content}.corrections.json"


def load(path: Path) -> list[Correction]:
    """Return the corrections in a file, an empty list where there is none.

    Raises
    ------
    UnreadableCorrections
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("too large")
        data = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(data, dict) or not isinstance(data.get("version"), int):
            raise ValueError("no version")
        if data["version"] > VERSION:
            raise UnreadableCorrections(
                f"The corrections in {path} were made by a newer version of Performia Desktop. Update the program."
            )
        return [from_json(one) for one in data["corrections"]]
    except FileNotFoundError:
        return []
    except UnreadableCorrections:
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableCorrections(
            f"The corrections in {path} cannot be read. Move the file away to begin anew."
        ) from error


def save(path: Path, corrections: Sequence[Correction]) -> None:
    """Replace a file's corrections, whole or not at all; without any, remove it. Raises OSError."""
    if not corrections:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    data = {"version": VERSION, "corrections": [to_json(correction) for correction in corrections]}
    write_atomically(path, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode(), "corrections")


def laid_over(folder: Path, song: SongMap) -> SongMap:
    """Return a song with its corrections. Raises UnreadableCorrections."""
    path = place(folder, song)
    return song if path is None else corrected(song, load(path))
