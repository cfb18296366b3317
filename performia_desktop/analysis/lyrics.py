"""Finds the words of a song: what is timed first (beside the file, in its tags), then what is only written down.

``song.lrc`` beside ``song.mp3``; synced lyrics in the tags (ID3 SYLT; LRC text in LYRICS, SYNCEDLYRICS, USLT, ©lyr);
then plain lyrics in the tags or in ``song.txt``, spread over the sung parts; last, and only if the user has chosen a
model, what `speech` recognises. Lyrics are a gift: whatever is wrong with them, without them the song is still a song.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from performia_desktop.analysis import lrc, spread
from performia_desktop.analysis.lrc import LyricSpan
from performia_desktop.analysis.notes import NoteSpan
from performia_desktop.analysis.voice import Spans

_BIGGEST: Final = 1 << 20
_SYNCED_FIRST: Final = ("syncedlyrics", "lyrics", "unsyncedlyrics")


def find(
    audio: Path,
    duration_sec: float,
    lead: Sequence[NoteSpan],
    sung: Callable[[], Spans],
    recognise: Callable[[Spans], list[LyricSpan]] | None = None,
) -> list[LyricSpan]:
    """Return the best lyrics that were left with a recording, else what `recognise` hears in the `sung` parts."""
    beside = _beside(audio, "lrc")
    tagged = _tagged(audio)
    texts = [(beside, "LRC file beside the recording"), *((text, "synced lyrics in the tags") for text in tagged)]
    for text, source in texts:
        if text and (timed := lrc.parse(text, duration_sec, source)):
            return timed
    parts = sung()
    texts = [
        *((text, "lyrics in the tags") for text in tagged),
        (_beside(audio, "txt"), "text beside the recording"),
    ]
    for text, source in texts:
        if spans := spread.over(spread.lines(text), parts, lead, f"{source}, spread over the sung parts"):
            return spans
    return recognise(parts) if recognise else []


def _beside(audio: Path, kind: str) -> str:
    for suffix in (kind, kind.upper(), kind.title()):
        path = audio.with_suffix(f".{suffix}")
        try:
            if path.is_file() and path.stat().st_size <= _BIGGEST:
                return _decoded(path.read_bytes())
        except OSError:
            continue
    return ""


def _tagged(audio: Path) -> list[str]:
    """Return the lyrics in a recording's tags, those that are likely to be timed first."""
    from tinytag import TinyTag, TinyTagException

    try:
        other = TinyTag.get(audio, duration=False).other
    except (TinyTagException, OSError, ValueError, LookupError, ArithmeticError, struct.error):
        return []
    texts = [str(text) for name in _SYNCED_FIRST for text in other.get(name) or []]
    return [text for text in texts if len(text) <= _BIGGEST]


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", errors="replace")
