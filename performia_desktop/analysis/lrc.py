"""Reads LRC: lyrics with the time of each line, or (enhanced) of each word in angle brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_STAMP: Final = re.compile(r"\[(\d{1,3}):(\d{1,2}(?:[.:]\d{1,3})?)\]")
_WORD: Final = re.compile(r"<(\d{1,3}):(\d{1,2}(?:[.:]\d{1,3})?)>\s*")
_OFFSET: Final = re.compile(r"^\[offset:\s*([+-]?\d+)\s*\]", re.I | re.M)
_LONGEST_LINE: Final = 10.0
TIMED: Final = 0.95
"""How sure times are that somebody wrote down."""


@dataclass(frozen=True, slots=True)
class LyricSpan:
    """A line or a word; `source` says for the map's provenance where it comes from."""

    start: float
    end: float
    text: str
    conf: float
    source: str


def parse(text: str, duration_sec: float, source: str = "LRC") -> list[LyricSpan]:
    """Return the spans of an LRC text, ascending, disjoint, inside the song; untimed lines are left out."""
    offset = _OFFSET.search(text)
    shift = -int(offset[1]) / 1000 if offset else 0.0
    points: list[tuple[float, str]] = []
    for line in text.splitlines():
        stamps = []
        rest = line.strip()
        while match := _STAMP.match(rest):
            stamps.append(_seconds(match) + shift)
            rest = rest[match.end() :].lstrip()
        if not stamps:
            continue
        words = list(_WORD.finditer(rest))
        if words:
            ends = [*(word.start() for word in words[1:]), len(rest)]
            for word, end in zip(words, ends, strict=True):
                points.append((_seconds(word) + shift, rest[word.end() : end].strip()))
        else:
            points.extend((stamp, rest) for stamp in stamps)
    points.sort(key=lambda point: point[0])
    spans = []
    for (time, said), (following, _) in pairwise([*points, (duration_sec, "")]):
        begin, until = max(0.0, time), min(following, time + _LONGEST_LINE, duration_sec)
        if said and until > begin:
            spans.append(LyricSpan(begin, until, said, TIMED, source))
    return spans


def _seconds(match: re.Match[str]) -> float:
    return 60 * int(match[1]) + float(match[2].replace(":", "."))
