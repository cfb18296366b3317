"""The same place in a section's repeats."""

from __future__ import annotations

from bisect import bisect_left

from performia_desktop.songmap.correction import nearest
from performia_desktop.songmap.model import SongMap, active


def alike(song: SongMap, start: float, end: float) -> list[tuple[float, float]]:
    """Return where a stretch of a section comes again in sections of the same label, counted in beats from their start.

    What lies between two beats lies as far between two there. Repeats that are too short for it are left out.
    """
    own = active(song.sections, start)
    if own is None or not song.beats:
        return []
    first = _first_beat(song, song.sections[own].start)
    found = []
    for index, section in enumerate(song.sections):
        if index == own or section.label != song.sections[own].label:
            continue
        by = _first_beat(song, section.start) - first
        there = (_moved(song, start, by), _moved(song, end, by))
        if there[0] is not None and there[1] is not None and there[1] <= section.end + 0.05:
            found.append((there[0], min(there[1], section.end)))
    return found


def _first_beat(song: SongMap, time: float) -> int:
    return nearest(song.beats, time)


def _moved(song: SongMap, time: float, by: int) -> float | None:
    """Return a time as many beats later."""
    beats = song.beats
    index = max(0, bisect_left(beats, time + 0.001) - 1)
    there = index + by
    if not 0 <= there < len(beats):
        return song.duration_sec if there == len(beats) and time >= beats[-1] else None
    own = (beats[index + 1] if index + 1 < len(beats) else song.duration_sec) - beats[index]
    other = (beats[there + 1] if there + 1 < len(beats) else song.duration_sec) - beats[there]
    share = min(1.0, max(0.0, (time - beats[index]) / own)) if own > 0 else 0.0
    return round(beats[there] + share * other, 3)
