"""Lays lyrics without times over the sung parts: a guess that gives the eye something to follow.

Each line takes a share of the sung time by its syllables; lines begin where a phrase of the lead does, if one begins
near. `CONF` is the share of lines that began within three seconds of the truth on five real songs with human times.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final

from performia_desktop.analysis.lrc import LyricSpan
from performia_desktop.analysis.notes import NoteSpan
from performia_desktop.analysis.voice import BREATH, Spans, joined

CONF: Final = 0.3
_HEADING: Final = re.compile(
    r"\[[^\]]*\]|\(?(?:verse|chorus|bridge|intro|outro|refrain|pre-?chorus)\b[^a-z]*", re.I
)
_VOWELS: Final = re.compile("[aeiouyæøœаеиоуыэюя]+")  # of letters without their accents
_MOST_LINES: Final = 400
_LONGEST_LINE: Final = 200
_NEAR: Final = 0.3  # of a line's length: how far its start may move to a phrase's
_LEAST: Final = 0.3  # seconds


def lines(text: str) -> list[str]:
    """Return the sung lines of a text: no headings, no empty ones; nothing for what cannot be lyrics."""
    rows = [" ".join(row.split()) for row in text.splitlines()]
    sung = [row for row in rows if row and not _HEADING.fullmatch(row)]
    sane = 0 < len(sung) <= _MOST_LINES and max(map(len, sung)) <= _LONGEST_LINE
    return sung if sane else []


def over(said: Sequence[str], parts: Spans, lead: Sequence[NoteSpan], source: str) -> list[LyricSpan]:
    """Return the lines spread over the sung parts; empty where nobody sings."""
    total = sum(end - start for start, end in parts)
    if not said or total < _LEAST * len(said):
        return []
    weights = [syllables(line) + 1.0 for line in said]
    share = total / sum(weights)
    bounds = [share * weight for weight in accumulate(weights, initial=0.0)]
    phrases = [start for start, _ in joined(((n.start, n.end) for n in lead), BREATH)]
    starts = [_at(parts, bound) for bound in bounds[:-1]]
    moved = [
        _to_phrase(start, phrases, _NEAR * share * weight) for start, weight in zip(starts, weights, strict=True)
    ]
    spans = []
    for (start, until), text, weight in zip(pairwise([*moved, parts[-1][1]]), said, weights, strict=True):
        end = min(until, start + share * weight + BREATH)
        if end > start:
            spans.append(LyricSpan(start, end, text, CONF, source))
    return spans


def syllables(line: str) -> int:
    """Return about how many syllables a line has: groups of vowels, or its letters where a script has no vowels."""
    bare = "".join(c for c in unicodedata.normalize("NFD", line.lower()) if unicodedata.category(c) != "Mn")
    return len(_VOWELS.findall(bare)) or sum(unicodedata.category(c).startswith("L") for c in bare)


def _at(parts: Spans, position: float) -> float:
    """Return the time at a position in the sung time."""
    for start, end in parts:
        if position < end - start - 1e-6:
            return start + position
        position -= end - start
    return parts[-1][1]


def _to_phrase(time: float, phrases: Sequence[float], reach: float) -> float:
    at = bisect_left(phrases, time)
    near = [phrase for phrase in phrases[max(0, at - 1) : at + 1] if abs(phrase - time) <= reach]
    return min(near, key=lambda phrase: abs(phrase - time), default=time)
