"""Plays a case: events on its clock, sounds of `training.synth`, and the truth that a perfect listener would write.

The same case and seed give the same samples. Mono float32 at 22.05 kHz; times are seconds, positions beats.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import Final

import numpy as np
from numpy.typing import NDArray

from performia_desktop.songmap import chord as names
from performia_desktop.songmap.model import Chord, Key, Meter, Note, Section, SongMap, Tempo
from tests.analysis.songs.cases import Case
from training import synth
from training.arrange import Event

F32 = NDArray[np.float32]
RATE: Final = synth.RATE

_GRID: Final = 48  # steps of a beat, for the clock
_RING_OUT: Final = 1.5
_JITTER: Final = 0.005
_STEADY: Final = 0.01

_DRUMS: Final[dict[str, tuple[int, dict[str, str]]]] = {
    "rock": (4, {"hat": "x.x.x.x.x.x.x.x.", "snare": "....x.......x...", "kick": "x.....x.x......."}),
    "half": (4, {"hat": "x.x.x.x.x.x.x.x.", "snare": "........x.......", "kick": "x.........x....."}),
    "ballad": (4, {"hat": "x.x.x.x.x.x.x.x.", "rim": "....x.......x...", "kick": "x.......x.x....."}),
    "punk": (4, {"hat": "x.x.x.x.x.x.x.x.", "snare": "....x.......x...", "kick": "x.....x.x.x....."}),
    "swing": (2, {"ride": "x.xxx.xx", "hat": "..x...x.", "kick": "x...x..."}),
    "waltz": (2, {"hat": "x.x.x.", "snare": "..x.x.", "kick": "x....."}),
    "six": (3, {"hat": "xxxxxx", "snare": "...x..", "kick": "x....x"}),
    "twelve": (3, {"hat": "xxxxxxxxxxxx", "snare": "...x.....x..", "kick": "x.....x.x..."}),
}
"""Patterns of a bar: steps of a beat, and what is struck on which."""
_COMPS: Final[dict[str, tuple[float, ...]]] = {
    "struck": (0, 1.5, 2),
    "eighths": tuple(k / 2 for k in range(8)),
    "charleston": (0, 1.5),
    "waltz": (1, 2),
    "thirds": tuple(k / 3 for k in range(12)),
    "arpeggio": (),
}
_LEVELS: Final = {"drums": 0.1, "bass": 0.085, "chords": 0.06, "voice": 0.075}


@dataclass(frozen=True, slots=True)
class Played:
    """A song's sound and the truth about it."""

    samples: F32
    truth: SongMap


class _Clock:
    """Seconds of positions in beats; the pickup begins at 0."""

    def __init__(self, case: Case, beats: float, per_bar: int) -> None:
        self._grid = np.arange(-case.pickup, beats + 8, 1 / _GRID)
        bars = np.array([bar for bar, _ in case.tempo], float) * per_bar
        jumps = bars + 1e-6 * np.arange(len(bars))  # two points on one bar are a step
        bpm = np.interp(self._grid + 0.5 / _GRID, jumps, [bpm for _, bpm in case.tempo])
        self._seconds = case.lead_in + np.concatenate([[0.0], np.cumsum(60 / bpm[:-1] / _GRID)])
        self._swing = case.swing

    def __call__(self, beat: float) -> float:
        return float(np.interp(beat, self._grid, self._seconds))

    def felt(self, beat: float) -> float:
        """Return the seconds of a position with the swing of its offbeat."""
        whole = np.floor(beat + 1e-6)
        part = beat - whole
        part = part * self._swing / 0.5 if part < 0.5 else 1 - (1 - part) * (1 - self._swing) / 0.5
        return self(whole + part)


class _Band:
    def __init__(self, case: Case) -> None:
        self.case = case
        self.per_bar = case.meter[0] // 3 if case.meter[1] == 8 else case.meter[0]
        self.compound = case.meter[1] == 8
        self.bars = [(index, bar) for index, part in enumerate(case.parts) for bar in part.bars]
        self.length = len(self.bars) * self.per_bar
        self.clock = _Clock(case, self.length, self.per_bar)
        self.random = Random(case.seed)
        self.events = {player: list(getattr(self, f"_{player}")()) for player in case.band}

    def harmony(self) -> Iterator[tuple[int, float, float, str]]:
        """Yield (bar, start, length in beats, label)."""
        for number, (_, labels) in enumerate(self.bars):
            size = self.per_bar / len(labels)
            for k, label in enumerate(labels):
                yield number, number * self.per_bar + k * size, size, label

    def _event(self, start: float, length: float, pitch: int | str, velocity: int) -> Event:
        jitter = self.random.uniform(-_JITTER, _JITTER)
        at = self.clock.felt(start) + jitter
        return Event(at, max(at + 0.06, self.clock.felt(start + length) + jitter), pitch, velocity)

    def _drums(self) -> Iterator[Event]:
        before = -1
        for number, (index, _) in enumerate(self.bars):
            drums = self.case.parts[index].drums
            if drums == "none":
                continue
            steps, pattern = _DRUMS[drums]
            for drum, hits in pattern.items():
                for step, hit in enumerate(hits):
                    if hit == "x":
                        loud = 100 if step % steps == 0 or drum in {"kick", "snare"} else 70
                        at = number * self.per_bar + step / steps
                        yield self._event(at, 0.2, drum, loud + self.random.randint(-6, 6))
            if index != before:
                yield self._event(number * self.per_bar, 1.0, "crash", 90)
            before = index

    def _bass(self) -> Iterator[Event]:
        following = [label for _, _, _, label in self.harmony()][1:]
        for (_, start, size, label), then in zip(self.harmony(), [*following, None], strict=True):
            root = 28 + (_name(label).root_pitch_class - 4) % 12
            fifth = root + 7 if root < 36 else root - 5
            match self.case.bass:
                case "one":
                    notes = [(0.0, size * 0.9, root)]
                case "beats":
                    notes = [(float(k), 0.9, root if k % 2 == 0 else fifth) for k in range(int(size))]
                case "eighths":
                    notes = [(k / 2, 0.42, root) for k in range(int(size * 2))]
                case "walk":
                    target = root if then is None else 28 + (_name(then).root_pitch_class - 4) % 12
                    tones = [root, root + _third(label), fifth, target + (1 if target < root else -1)]
                    notes = [(float(k), 0.9, tones[k]) for k in range(int(size))]
                case "groove":
                    notes = [(0.0, 0.9, root), (1.0, 0.4, root), (1.5, 0.4, root), (2.0, 0.9, fifth)]
                    notes.append((3.0, 0.9, root + 12 if self.random.random() < 0.5 else root + _third(label)))
                case _:
                    notes = [(0.0, 1.4, root), (1.5, 0.45, root), (2.0, 1.8, fifth)]
            for at, length, pitch in notes:
                if at < size - 1e-6:
                    yield self._event(start + at, min(length, size - at), pitch, 96)

    def _chords(self) -> Iterator[Event]:
        for _, start, size, label in self.harmony():
            name = _name(label)
            notes = sorted(52 + (name.root_pitch_class + step - 52) % 12 for step in names.QUALITIES[name.quality])
            if self.case.comp == "arpeggio":
                step = 1 / 3 if self.compound else 0.5
                order = [*notes, *notes[-2:0:-1]]
                for k in range(round(size / step)):
                    yield self._event(start + k * step, 2.2 * step, order[k % len(order)], 84)
                continue
            places = [at for at in _COMPS[self.case.comp] if at < size - 1e-6]
            for at, until in pairwise([*places, size]):
                for pitch in notes:
                    yield self._event(start + at, (until - at) * 0.9, pitch, 84 if at == 0 else 72)

    def _voice(self) -> Iterator[Event]:
        """Sing phrases of two bars: chord notes on the beats, steps of the scale between, then a breath."""
        rng = self.random
        last = 67
        shapes: tuple[tuple[float, ...], ...] = (
            (1, 0.5, 0.5, 1, 1),
            (1.5, 0.5, 1, 1),
            (0.5, 0.5, 1, 2),
            (2, 1, 1),
        )
        if self.compound:
            shapes = ((1 / 3, 1 / 3, 1 / 3, 1), (2 / 3, 1 / 3, 1))
        elif self.per_bar == 3:
            shapes = ((1, 1, 1), (2, 1), (1.5, 0.5, 1))
        for k in range(self.case.pickup):
            yield self._event(k - self.case.pickup, 0.85, 62 + 2 * k, 92)
        chords = list(self.harmony())
        for number, (index, _) in enumerate(self.bars):
            if not self.case.parts[index].sung:
                continue
            scale = self._scale(index)
            at, end = float(number * self.per_bar), float((number + 1) * self.per_bar)
            while at < end - 1e-6:
                for length in rng.choice(shapes):
                    if at >= end - 1e-6:
                        break
                    label = next(c[3] for c in reversed(chords) if c[1] <= at + 1e-6)
                    last = self._next_pitch(last, scale, None if at % 1 > 1e-6 else label)
                    until = min(end, at + length)
                    rest = number % 2 == 1 and until >= end - 1e-6
                    yield self._event(at, (until - at) * (0.5 if rest else 0.93), last, 92)
                    at = until

    def _next_pitch(self, last: int, scale: list[int], chord: str | None) -> int:
        """Return a pitch near the last one: of the chord if there is one to heed, else of the scale."""
        name = _name(chord) if chord else None
        tones = [(name.root_pitch_class + step) % 12 for step in names.QUALITIES[name.quality]] if name else scale
        choices = [p for p in range(58, 78) if p % 12 in tones and abs(p - last) <= 5]
        weights = [0.4 if p == last else 1 / (1 + abs(p - last)) * (1 - 0.03 * abs(p - 67)) for p in choices]
        return self.random.choices(choices, weights)[0]

    def _scale(self, part: int) -> list[int]:
        _, tonic, mode = next(key for key in reversed(self.case.keys) if key[0] <= part)
        steps = (0, 2, 4, 5, 7, 9, 11) if mode == "major" else (0, 2, 3, 5, 7, 8, 10)
        return [(names.pitch_class(tonic) + step) % 12 for step in steps]

    # --- the truth

    def truth(self, duration: float) -> SongMap:
        case, clock = self.case, self.clock
        grid = [round(clock(beat), 3) for beat in range(-case.pickup, self.length)]
        starts = np.cumsum([0, *(len(part.bars) * self.per_bar for part in case.parts)])
        seconds = [0.0, *(round(clock(float(beat)), 3) for beat in starts[1:-1]), duration]
        sections = zip([part.label for part in case.parts], pairwise(seconds), strict=True)
        held = [seconds[part] for part, _, _ in case.keys]
        keys = zip(case.keys, pairwise([*held, duration]), strict=True)
        steady = max(bpm for _, bpm in case.tempo) - min(bpm for _, bpm in case.tempo) < _STEADY
        bpm = case.tempo[0][1] if steady else None
        return SongMap(
            id=case.name,
            duration_sec=duration,
            title=case.name,
            artist="",
            meter=Meter(*case.meter),
            tempo=Tempo(bpm, ((0.0, bpm),) if bpm else (), 1.0),
            beats=tuple(grid),
            downbeats=tuple(grid[case.pickup :: self.per_bar]),
            key=tuple(Key(a, b, tonic, mode, 1.0) for (_, tonic, mode), (a, b) in keys),
            chords=self._chord_truth(duration) if "chords" in case.band else (),
            sections=tuple(Section(a, b, label, 1.0) for label, (a, b) in sections),
            melody=_notes(self.events.get("voice", []), duration),
            bass=_notes(self.events.get("bass", []), duration),
        )

    def _chord_truth(self, duration: float) -> tuple[Chord, ...]:
        changes = [(0.0, "N")]
        for _, start, _, label in self.harmony():
            if changes[-1][1] != label:
                changes.append((round(self.clock(start), 3), label))
        ends = [*(at for at, _ in changes[1:]), duration]
        return tuple(Chord(at, end, label, 1.0) for (at, label), end in zip(changes, ends, strict=True))


def play(case: Case) -> Played:
    """Return what the band plays, its peak at 0.9."""
    band = _Band(case)
    duration = round(band.clock(band.length) + _RING_OUT, 3)
    mix = np.zeros(round(duration * RATE), np.float32)
    sounds = np.random.default_rng(case.seed)
    for player, events in band.events.items():
        track = np.zeros_like(mix)
        instrument = {"drums": synth.drums, "voice": synth.voice}.get(player, synth.synth)
        instrument(track, events, sounds)
        heard = track[np.abs(track) > 1e-4]
        mix += track * np.float32(_LEVELS[player] / (np.sqrt(np.mean(heard**2)) + 1e-9))
    mix *= np.float32(0.9 / np.abs(mix).max())
    return Played(mix, band.truth(duration))


def _name(label: str) -> names.ChordName:
    name = names.parse(label)
    assert name is not None
    return name


def _third(label: str) -> int:
    return names.QUALITIES[_name(label).quality][1]


def _notes(events: list[Event], duration: float) -> tuple[Note, ...]:
    events = sorted(events, key=lambda e: e.start)
    ends = [*(e.start for e in events[1:]), duration][: len(events)]
    return tuple(
        Note(round(e.start, 3), round(min(e.end, end), 3), int(e.pitch), 1.0)
        for e, end in zip(events, ends, strict=True)
    )
