"""Classical scores as songs: OpenScore Lieder and OpenScore StringQuartets (both CC0), read from their MusicXML.

A score is cut into stretches of one meter. Repeats are not played, grace notes and bars that are shorter than the
meter are left out. Beats are what a conductor shows: dotted quarters in 6/8, halves in 2/2, eighths in a slow 3/8.
"""

from __future__ import annotations

import xml.etree.ElementTree as Xml
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Final

from training.song import Meter, Note, Song, Span

POOL: Final = "scores"
_STEPS: Final = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_LOUD: Final = {
    "ppp": 34, "pp": 42, "p": 54, "mp": 66, "mf": 78, "f": 92, "ff": 106, "fff": 116, "sf": 96, "sfz": 96, "fp": 84
}  # fmt: skip
_METERS: Final = {
    (2, 4): (Meter(2), 1.0), (3, 4): (Meter(3), 1.0), (4, 4): (Meter(4), 1.0), (2, 2): (Meter(2), 2.0),
    (3, 2): (Meter(3), 2.0), (4, 2): (Meter(4), 2.0), (6, 8): (Meter(2, 3), 1.5), (9, 8): (Meter(3, 3), 1.5),
    (12, 8): (Meter(4, 3), 1.5), (6, 4): (Meter(2, 3), 3.0), (3, 8): (Meter(3), 0.5), (4, 8): (Meter(4), 0.5),
}  # fmt: skip
"""Time signatures to beats and the quarters of each."""
_LEAST_BARS, _LEAST_NOTES = 16, 60
_SLOWEST, _FASTEST = 38.0, 200.0  # beats a minute
_USUAL: Final = 96.0  # quarters a minute, where the score does not say
_HELD: Final = 0.45  # the pace of a fermata


@dataclass(slots=True)
class _Score:
    """Everything in quarters from the beginning."""

    meter: tuple[int, int] = (0, 0)
    bars: list[float] = field(default_factory=list)
    meters: list[tuple[int, int]] = field(default_factory=list)
    parts: dict[str, list[Note]] = field(default_factory=dict)
    tempos: list[tuple[float, float]] = field(default_factory=list)
    held: list[tuple[float, float]] = field(default_factory=list)


def load(folder: Path) -> list[Song]:
    """Return the stretches of all scores in the clones `lieder` and `quartets`."""
    songs: list[Song] = []
    for clone in ("lieder", "quartets"):
        for path in sorted((folder / clone).rglob("*.mxl")):
            try:
                songs += stretches(f"{clone}-{path.stem}", _read(path))
            except (KeyError, ValueError, Xml.ParseError, zipfile.BadZipFile):
                continue  # a few scores do not say how long their notes are
    return songs


def _read(path: Path) -> _Score:
    with zipfile.ZipFile(path) as packed:
        name = next(n for n in packed.namelist() if n.endswith("xml") and not n.startswith("META-INF"))
        root = Xml.fromstring(packed.read(name))
    score = _Score()
    names = [p.findtext("part-name") or "" for p in root.findall("part-list/score-part")]
    players = [_Player(score, f"{k} {name}".strip()) for k, name in enumerate(names)]
    score.parts = {player.name: [] for player in players}
    at = 0.0
    for bars in zip_longest(*(part.findall("measure") for part in root.findall("part"))):
        lengths = [player.bar(bar, at) for player, bar in zip(players, bars, strict=True) if bar is not None]
        score.bars.append(at)
        score.meters.append(score.meter)
        at += max(lengths)
    score.bars.append(at)
    return score


class _Player:
    """Reads one part of a score bar by bar."""

    def __init__(self, score: _Score, name: str) -> None:
        self.name, self._score = name, score
        self._divisions = 1.0
        self._loud = 78
        self._tied: dict[int, tuple[float, int]] = {}

    def bar(self, bar: Xml.Element, at: float) -> float:
        """Read a bar that begins at `at`; return how long it is."""
        now = latest = length = 0.0
        for item in bar:
            step = float(item.findtext("duration") or 0) / self._divisions
            if item.tag == "attributes":
                self._divisions = float(item.findtext("divisions") or self._divisions)
                if item.findtext("time/beats") is not None:
                    self._score.meter = (
                        int(item.findtext("time/beats") or 0),
                        int(item.findtext("time/beat-type") or 0),
                    )
            elif item.tag == "direction":
                self._direction(item, at + now)
            elif item.tag == "backup":
                now -= step
            elif item.tag == "forward":
                now += step
            elif item.tag == "note" and item.find("grace") is None:
                if item.find("chord") is None:
                    latest, now = now, now + step
                self._note(item, at + latest, step)
            length = max(length, now)
        return length

    def _direction(self, item: Xml.Element, at: float) -> None:
        sound = item.find("sound")
        if sound is not None and sound.get("tempo"):
            self._score.tempos.append((at, float(sound.get("tempo") or 0)))
        for mark in item.iterfind("direction-type/dynamics/*"):
            self._loud = _LOUD.get(mark.tag, self._loud)

    def _note(self, item: Xml.Element, start: float, step: float) -> None:
        if item.find("notations/fermata") is not None:
            self._score.held.append((start, start + step))
        pitch = item.find("pitch")
        if pitch is None or item.find("cue") is not None:
            return
        height = _STEPS[pitch.findtext("step") or "C"] + round(float(pitch.findtext("alter") or 0))
        height += 12 * (int(pitch.findtext("octave") or 4) + 1)
        ties = {tie.get("type") for tie in item.findall("tie")}
        begun = start, self._loud
        if "stop" in ties:
            begun = self._tied.pop(height, begun)
        if "start" in ties:
            self._tied[height] = begun
        elif step > 0:
            self._score.parts[self.name].append(Note(begun[0], start + step, height, begun[1]))


def stretches(name: str, score: _Score) -> Iterator[Song]:
    """Cut a score where its meter changes or a bar is not as long as its meter says."""
    whole = [
        meter in _METERS and abs(end - start - 4 * meter[0] / meter[1]) < 1e-3
        for meter, (start, end) in zip(score.meters, pairwise(score.bars), strict=True)
    ]
    first = 0
    for k in range(1, len(whole) + 1):
        if k < len(whole) and whole[k] and whole[first] and score.meters[k] == score.meters[first]:
            continue
        if k - first >= _LEAST_BARS and whole[first]:
            song = _stretch(name, score, first, k)
            if song is not None:
                yield song
        first = k


def _stretch(name: str, score: _Score, first: int, last: int) -> Song | None:
    begin, end = score.bars[first], score.bars[last]
    meter, quarters = _METERS[score.meters[first]]
    pace = [(max(t, begin), v) for t, v in sorted(score.tempos) if t < end - 1e-6 and v > 0]
    before = [v for t, v in pace if t <= begin + 1e-6]
    usual = before[-1] if before else pace[0][1] if pace else _USUAL
    bpm = usual / quarters
    if meter == Meter(2) and quarters == 2 and bpm < 45:
        meter, quarters, bpm = Meter(4), 1.0, usual
    if not _SLOWEST <= bpm <= _FASTEST:
        return None

    def beats(time: float) -> float:
        return (time - begin) / quarters

    inside = [(t, v) for t, v in pace if t > begin + 1e-6 and 0.4 < v / usual < 2.5]
    stops = [t for t, _ in inside[1:]] + [end] * bool(inside)
    changes = [
        Span(beats(t), beats(s), f"{v / usual:.3f}") for (t, v), s in zip(inside, stops, strict=True) if s > t
    ]
    held = [Span(beats(a), beats(b), f"{_HELD}") for a, b in score.held if begin <= a < end and b > a]
    parts = {
        part: sorted(
            (
                Note(beats(n.start), beats(min(n.end, end)), n.pitch, n.velocity)
                for n in notes
                if begin - 1e-6 <= n.start < end - 1e-6
            ),
            key=lambda n: (n.start, n.pitch),
        )
        for part, notes in score.parts.items()
    }
    parts = {part: notes for part, notes in parts.items() if notes}
    if sum(map(len, parts.values())) < _LEAST_NOTES:
        return None
    length = float((last - first) * meter.beats)
    return Song(name, POOL, meter, length, bpm, [], [], [], parts, [*changes, *held])
