"""Where to look twice: what the analysis itself was in doubt about.

`conf` is a probability: of the things marked 0.6, about 40 % are wrong. What a section is called is in doubt far more
often than a chord, so that the bar is lower there: a strip that is full tells nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from performia_desktop.songmap.model import Chord, Section, SongMap

_CHORD: Final = 0.6
_SECTION: Final = 0.4


@dataclass(frozen=True, slots=True)
class Spot:
    """From `start` to `end`; `conf` is the least of it; `what` is "chords" or "sections"."""

    start: float
    end: float
    conf: float
    what: str


def doubtful(span: Chord | Section) -> bool:
    """Return whether a chord or a section should be looked at twice."""
    return span.conf < (_CHORD if isinstance(span, Chord) else _SECTION)


def spots(song: SongMap) -> list[Spot]:
    """Return the doubtful stretches by their starts; chords that follow each other are one."""
    found: list[Spot] = []
    for chord in song.chords:
        if not doubtful(chord):
            continue
        last = found[-1] if found else None
        if last is not None and last.end == chord.start:
            found[-1] = Spot(last.start, chord.end, min(last.conf, chord.conf), "chords")
        else:
            found.append(Spot(chord.start, chord.end, chord.conf, "chords"))
    found += [Spot(s.start, s.end, s.conf, "sections") for s in song.sections if doubtful(s)]
    return sorted(found, key=lambda spot: (spot.start, spot.what))


def following(found: list[Spot], time: float) -> Spot | None:
    """Return the first spot that begins after a time, the very first one after the last."""
    return next((spot for spot in found if spot.start > time + 0.01), found[0] if found else None)


def preceding(found: list[Spot], time: float) -> Spot | None:
    """Return the last spot that begins before a time, the very last one before the first."""
    return next((spot for spot in reversed(found) if spot.start < time - 0.01), found[-1] if found else None)
