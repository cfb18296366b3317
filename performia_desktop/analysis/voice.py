"""Where somebody sings: the lead line, without the parts of the form that nobody sings in.

A lead melody is the best sign of a voice that there is here; a solo instrument looks the same to it, which the
section's label has to tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from performia_desktop.analysis.notes import NoteSpan
from performia_desktop.analysis.segment import SectionSpan

Spans = list[tuple[float, float]]

BREATH: Final = 0.6
"""Seconds of rest that end a phrase."""
_REST: Final = 2.5
_SHORTEST: Final = 1.0
_UNSUNG: Final = frozenset({"intro", "solo", "interlude", "outro"})
_LEAST: Final = 0.5  # of the lead; where less is left, the labels are not to be believed


def sung(lead: Sequence[NoteSpan], sections: Sequence[SectionSpan]) -> Spans:
    """Return the sung parts in order, as (start, end) seconds."""
    active = [span for span in joined(((n.start, n.end) for n in lead), _REST) if span[1] - span[0] >= _SHORTEST]
    if not sections:
        return active
    inside = [(s.start, s.end) for s in sections if s.label not in _UNSUNG]
    kept = [(max(a, c), min(b, d)) for a, b in active for c, d in inside if min(b, d) - max(a, c) >= _SHORTEST]
    return kept if _length(kept) >= _LEAST * _length(active) else active


def joined(spans: Iterable[tuple[float, float]], rest: float) -> Spans:
    """Return spans in order, those that are less than `rest` seconds apart as one."""
    out: Spans = []
    for start, end in sorted(spans):
        if out and start - out[-1][1] < rest:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _length(spans: Spans) -> float:
    return sum(end - start for start, end in spans)
