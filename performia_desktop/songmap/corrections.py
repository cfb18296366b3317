"""What the user knows better: corrections, laid over a detected Song Map without touching it.

A correction says where in the song it holds (seconds), never at which index, so that it also fits the map of a new
analysis. `corrected` applies them in the order in which they were made; one that has nothing to hold on to any more
(a bar where there are no beats) changes nothing. What a correction names is certain: its `conf` is 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from itertools import pairwise
from math import isfinite
from typing import Any, ClassVar, Final

from performia_desktop.songmap import pulse
from performia_desktop.songmap.chord import label, parse, pitch_class, spelling, tonic_name
from performia_desktop.songmap.correct_beats import AddBeat, MoveBeat, RemoveBeat
from performia_desktop.songmap.correct_notes import RemoveNote, SetLyric, SetNote
from performia_desktop.songmap.correct_sections import JoinSections, MoveSection, SplitSection
from performia_desktop.songmap.correction import Correction, nearest, require
from performia_desktop.songmap.model import SECTION_LABELS, Chord, Key, Meter, Section, SongMap, Tempo, active

_FACTORS: Final = (0.5, 2.0)
METERS: Final = ((2, 4), (3, 4), (4, 4), (6, 8), (12, 8))
"""The meters that the program knows."""
_CLOSE: Final = 0.0015  # seconds; times have three decimals


@dataclass(frozen=True, slots=True)
class TempoFactor(Correction):
    """The tempo is half (0.5) or double (2.0) what was heard; bars keep their number of beats."""

    name: ClassVar[str] = "tempo"
    factor: float

    def __post_init__(self) -> None:
        require(self.factor in _FACTORS, self)

    def apply(self, song: SongMap) -> SongMap:
        if len(song.beats) < 2:
            return song
        return _doubled(song) if self.factor == 2.0 else _halved(song)


@dataclass(frozen=True, slots=True)
class BeatShift(Correction):
    """All beats are that fraction of a beat later (0.5: on what was the offbeat), or earlier."""

    name: ClassVar[str] = "beats"
    fraction: float

    def __post_init__(self) -> None:
        require(-1.0 <= self.fraction <= 1.0, self)

    def apply(self, song: SongMap) -> SongMap:
        if len(song.beats) < 2:
            return song
        moved = [round(min(song.duration_sec, max(0.0, time)), 3) for time in _shifted(song, self.fraction)]
        where = dict(zip(song.beats, moved, strict=True))
        beats = _ascending(moved)
        return replace(song, beats=beats, downbeats=_ascending([where[time] for time in song.downbeats]))


@dataclass(frozen=True, slots=True)
class BarOne(Correction):
    """The beat at `time` is the first of its bar; all bars move with it."""

    name: ClassVar[str] = "bar-one"
    time: float

    def apply(self, song: SongMap) -> SongMap:
        if not song.downbeats:
            return song
        beat = nearest(song.beats, self.time)
        indexes = [nearest(song.beats, time) for time in song.downbeats]
        per_bar = _beats_per_bar(song, indexes)
        before = max((index for index in indexes if index <= beat), default=indexes[0] - per_bar)
        moved = [index + beat - before for index in indexes]
        moved = [*range(moved[0] % per_bar, moved[0], per_bar), *moved]
        return _with_downbeats(song, moved)


@dataclass(frozen=True, slots=True)
class SetMeter(Correction):
    """The whole song is in this meter, from its first downbeat on."""

    name: ClassVar[str] = "meter"
    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        require((self.numerator, self.denominator) in METERS, self)

    def apply(self, song: SongMap) -> SongMap:
        song = replace(song, meter=Meter(self.numerator, self.denominator))
        if not song.downbeats:
            return song
        per_bar = self.numerator // 3 if self.denominator == 8 else self.numerator
        first = nearest(song.beats, song.downbeats[0])
        return _with_downbeats(song, [*range(first % per_bar, len(song.beats), per_bar)])


@dataclass(frozen=True, slots=True)
class SetKey(Correction):
    """The key at `time` is this; the chords in it are spelled anew."""

    name: ClassVar[str] = "key"
    time: float
    tonic: str
    mode: str

    def __post_init__(self) -> None:
        pitch_class(self.tonic)
        require(self.mode in {"major", "minor"}, self)

    def apply(self, song: SongMap) -> SongMap:
        spans = song.key or (Key(0.0, song.duration_sec, self.tonic, self.mode, 1.0),)
        index = active(spans, self.time)
        if index is None or song.duration_sec <= 0:
            return song
        right = replace(spans[index], tonic=self.tonic, mode=self.mode, conf=1.0)
        keys = (*spans[:index], right, *spans[index + 1 :])
        return replace(song, key=keys, chords=tuple(_spelled(chord, right) for chord in song.chords))


@dataclass(frozen=True, slots=True)
class SetChord(Correction):
    """From `start` to `end` this chord sounds: a Harte label, ``N`` for none."""

    name: ClassVar[str] = "chord"
    start: float
    end: float
    label: str

    def __post_init__(self) -> None:
        parse(self.label)
        require(0 <= self.start < self.end, self)

    def apply(self, song: SongMap) -> SongMap:
        end = min(self.end, song.duration_sec)
        if not song.chords or self.start >= end:
            return song
        kept = []
        for chord in song.chords:
            for start, stop in ((chord.start, min(chord.end, self.start)), (max(chord.start, end), chord.end)):
                if stop - start > _CLOSE:
                    kept.append(replace(chord, start=start, end=stop))
        return replace(song, chords=_tiled([*kept, Chord(self.start, end, self.label, 1.0)], song.duration_sec))


@dataclass(frozen=True, slots=True)
class SetSection(Correction):
    """The section at `time` has this label; with `repeats`, so have all that had the same one."""

    name: ClassVar[str] = "section"
    time: float
    label: str
    repeats: bool = False

    def __post_init__(self) -> None:
        require(self.label in SECTION_LABELS, self)

    def apply(self, song: SongMap) -> SongMap:
        index = active(song.sections, self.time)
        if index is None:
            return song
        was = song.sections[index].label

        def right(number: int, section: Section) -> Section:
            meant = number == index or (self.repeats and section.label == was)
            return replace(section, label=self.label, conf=1.0) if meant else section

        return replace(song, sections=tuple(right(n, section) for n, section in enumerate(song.sections)))


@dataclass(frozen=True, slots=True)
class SetNames(Correction):
    """The song's title and artist."""

    name: ClassVar[str] = "names"
    title: str
    artist: str

    def apply(self, song: SongMap) -> SongMap:
        return replace(song, title=self.title, artist=self.artist)


# fmt: off
_KINDS: Final[dict[str, type[Correction]]] = {
    kind.name: kind
    for kind in (
        TempoFactor, BeatShift, BarOne, SetMeter, SetKey, SetChord, SetSection, SetNames,
        AddBeat, MoveBeat, RemoveBeat, MoveSection, SplitSection, JoinSections, SetNote, RemoveNote, SetLyric,
    )
}
# fmt: on


def corrected(song: SongMap, corrections: Sequence[Correction]) -> SongMap:
    """Return the song with all corrections applied; `provenance` says how many there are."""
    for correction in corrections:
        song = correction.apply(song)
    if not corrections:
        return song
    return replace(song, provenance={**song.provenance, "corrections": len(corrections)})


def to_json(correction: Correction) -> dict[str, Any]:
    return {"kind": correction.name, **asdict(correction)}  # type: ignore[call-overload]


def from_json(data: dict[str, Any]) -> Correction:
    """Raises ValueError for what is no correction."""
    values = dict(data)
    kind = _KINDS.get(str(values.pop("kind", "")))
    if kind is None or values.keys() != {field.name for field in fields(kind)}:  # type: ignore[arg-type]
        raise ValueError(f"not a correction: {data!r}")
    for field in fields(kind):  # type: ignore[arg-type]
        value = values[field.name]
        number = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
        if field.type in {"float", "int"} and not number:
            raise ValueError(f"not a correction: {data!r}")
    try:
        return kind(**values)
    except TypeError as error:
        raise ValueError(f"not a correction: {data!r}") from error


# --- beats and bars


def _shifted(song: SongMap, fraction: float) -> list[float]:
    """Return the beats a fraction of a beat later; half a beat is where the pulse has it."""
    beats = song.beats
    if abs(fraction) == 0.5:
        finer = pulse.of(song.provenance)
        offbeats = [finer.between(a, b) for a, b in pairwise(beats)]
        outside = 2 * beats[-1] - offbeats[-1] if fraction > 0 else 2 * beats[0] - offbeats[0]
        return [*offbeats, outside] if fraction > 0 else [outside, *offbeats]
    intervals = [b - a for a, b in pairwise(beats)]
    return [beat + fraction * step for beat, step in zip(beats, [*intervals, intervals[-1]], strict=True)]


def _doubled(song: SongMap) -> SongMap:
    """Put the pulse's beat between every two, and a downbeat into the middle of every bar."""
    finer = pulse.of(song.provenance)
    beats = []
    for a, b in pairwise(song.beats):
        beats += [a, finer.between(a, b)]
    beats.append(song.beats[-1])
    indexes = [2 * nearest(song.beats, time) for time in song.downbeats]
    per_bar = _beats_per_bar(song, [index // 2 for index in indexes])
    halves = [index + per_bar for index in indexes]
    return _with_downbeats(_faster(replace(song, beats=tuple(beats)), 2.0), sorted({*indexes, *halves}))


def _halved(song: SongMap) -> SongMap:
    """Keep every second beat and every second downbeat, so that the pulse's slow bar stays one."""
    indexes = [nearest(song.beats, time) for time in song.downbeats]
    slow_bar = pulse.of(song.provenance).slow_bar
    if slow_bar is not None and len(indexes) > 1:
        indexes = indexes[nearest(song.downbeats, slow_bar) % 2 :]
    kept = _every_second(song, indexes)
    slower = _faster(replace(song, beats=tuple(song.beats[i] for i in kept), downbeats=()), 0.5)
    place = {index: number for number, index in enumerate(kept)}
    return _with_downbeats(slower, [place[index] for index in indexes[::2] if index in place])


def _every_second(song: SongMap, downbeats: Sequence[int]) -> list[int]:
    """Return indexes of beats that alternate through the song; bars of even length each begin anew."""
    count = len(song.beats)
    if not downbeats:
        return [*range(0, count, 2)]
    first = downbeats[0]
    kept = [*range(first % 2, first, 2)]
    anew = _beats_per_bar(song, downbeats) % 2 == 0
    at = first
    for start, end in pairwise([*downbeats, count]):
        if anew and at != start:  # a beat too many, or one missing, in the bar before
            kept.pop()
            at = start
        while at < end:
            kept.append(at)
            at += 2
    return kept


def _faster(song: SongMap, factor: float) -> SongMap:
    bpm = song.tempo.bpm_global
    curve = tuple((time, round(value * factor, 2)) for time, value in song.tempo.curve)
    return replace(song, tempo=Tempo(None if bpm is None else round(bpm * factor, 2), curve, 1.0))


def _with_downbeats(song: SongMap, indexes: Sequence[int]) -> SongMap:
    return replace(song, downbeats=tuple(song.beats[i] for i in indexes if 0 <= i < len(song.beats)))


def _beats_per_bar(song: SongMap, indexes: Sequence[int]) -> int:
    """Return the usual number of beats from one downbeat to the next."""
    steps = sorted(b - a for a, b in pairwise(indexes))
    return steps[len(steps) // 2] if steps else song.meter.numerator


def _ascending(times: Sequence[float]) -> tuple[float, ...]:
    """Return times without those that do not come after the one before."""
    kept: list[float] = []
    for time in times:
        if not kept or time > kept[-1]:
            kept.append(time)
    return tuple(kept)


# --- chords


def _tiled(chords: list[Chord], duration: float) -> tuple[Chord, ...]:
    """Return chords in order, each up to the next, the first from 0 and the last to the end; equal ones are one."""
    ordered = sorted(chords, key=lambda chord: chord.start)
    joined: list[Chord] = []
    for chord in ordered:
        if joined and joined[-1].label == chord.label:
            joined[-1] = replace(joined[-1], conf=max(joined[-1].conf, chord.conf))
        else:
            joined.append(chord)
    starts = [0.0, *(chord.start for chord in joined[1:]), duration]
    return tuple(replace(chord, start=a, end=b) for chord, (a, b) in zip(joined, pairwise(starts), strict=True))


def _spelled(chord: Chord, key: Key) -> Chord:
    """Return a chord with the names of a key, if it begins in it."""
    name = parse(chord.label) if key.start <= chord.start < key.end else None
    if name is None:
        return chord
    names = spelling(key.tonic, key.mode)
    return replace(chord, label=label(name.root_pitch_class, name.quality, names, name.bass))


def relative(tonic: str, mode: str) -> tuple[str, str]:
    """Return the key of the same signature in the other mode: the commonest mistake of a machine."""
    other = "major" if mode == "minor" else "minor"
    return tonic_name(pitch_class(tonic) + (3 if mode == "minor" else -3), other), other
