"""Title and artist of a recording: from its tags (tinytag), else from its file name."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path
from typing import Final

LONGEST: Final = 300
"""Characters of a title or an artist; a tag may hold megabytes."""
_TRACK: Final = re.compile(
    r"^(?:(?:cd|disc)\s*\d+\s*[-._ ]\s*)?(?:\d{1,2}[-.])?\d{1,3}(?:\s*[-._)\]]\s*|\s+)(?=\S)", re.I
)
_ARTIST_TITLE: Final = re.compile(r"\s+[-–—]\s+")


def title_and_artist(path: Path) -> tuple[str, str]:
    """Return (title, artist); the artist is empty where neither the tags nor the name tell."""
    title, artist = _from_tags(path)
    if title:
        return title, artist
    stem = _clean(os.fsencode(path.stem).decode("utf-8", errors="replace"))  # a name may be no valid text
    name_title, name_artist = from_name(stem)
    return name_title, artist or name_artist


def from_name(stem: str) -> tuple[str, str]:
    """Return (title, artist) for a file name: ``03 - Nina Simone - Sinnerman`` is Sinnerman by Nina Simone."""
    text = stem.replace("_", " ") if " " not in stem else stem
    text = " ".join(text.split())
    bare = _TRACK.sub("", text, count=1) or text
    parts = [part.strip() for part in _ARTIST_TITLE.split(bare) if part.strip()]
    if len(parts) >= 3 and parts[1].isdigit():  # Artist - 03 - Title
        del parts[1]
    if len(parts) >= 2:
        return " - ".join(parts[1:]), parts[0]
    return bare or stem, ""


def _from_tags(path: Path) -> tuple[str, str]:
    from tinytag import TinyTag, TinyTagException

    try:
        tag = TinyTag.get(path, duration=False)
    except (TinyTagException, OSError, ValueError, LookupError, ArithmeticError):
        return "", ""  # no tags, or tags beyond repair: the name is still there
    return _clean(tag.title), _clean(tag.artist)


def _clean(text: str | None) -> str:
    """Return a tag as one line of bearable length, without control characters and halves of characters."""
    start = (text or "")[: 4 * LONGEST]
    line = "".join(" " if unicodedata.category(character) in {"Cc", "Cs"} else character for character in start)
    return " ".join(line.split())[:LONGEST].rstrip()
