"""Where somebody sings: the lead line, where the network hears a voice in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from scipy.ndimage import uniform_filter1d

from performia_desktop.analysis import line_net
from performia_desktop.analysis.layers import F32
from performia_desktop.analysis.notes import NoteSpan

Spans = list[tuple[float, float]]

BREATH: Final = 0.6
"""Seconds of rest that end a phrase."""
_REST: Final = 2.5
_SHORTEST: Final = 1.0
_SMOOTH_SEC: Final = 2.0
_SUNG: Final = 0.3  # probability; a voice is missed more often than it is imagined


def sung(lead: Sequence[NoteSpan], voice: F32) -> Spans:
    """Return the sung parts in order, as (start, end) seconds; `voice` is that of `line_net.LineEvidence`."""
    if not lead or not len(voice):
        return []
    width = max(1, round(_SMOOTH_SEC * line_net.FPS))
    heard = uniform_filter1d(1 / (1 + np.exp(-voice.astype(np.float64))), width) > _SUNG
    times = line_net.times(len(voice))
    at = np.clip(np.searchsorted(times, [note.start for note in lead]), 0, len(times) - 1)
    kept = [(note.start, note.end) for note, index in zip(lead, at, strict=True) if heard[index]]
    return [span for span in joined(kept, _REST) if span[1] - span[0] >= _SHORTEST]


def joined(spans: Iterable[tuple[float, float]], rest: float) -> Spans:
    """Return spans in order, those that are less than `rest` seconds apart as one."""
    out: Spans = []
    for start, end in sorted(spans):
        if out and start - out[-1][1] < rest:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
