"""A seeded composer: chords, keys, form and a lead line for songs that no pool has, with exact truth.

The progressions are the common ones of popular music, in major, minor and modes, with borrowed chords, secondary
dominants, sevenths, inversions and modulations; the lead sings phrases that mostly begin before or after the bar
line, repeats its motifs and rests between them. Billboard songs have no notes and get their lead here as well.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Final

from training import harmony
from training.song import Meter, Note, Song, Span, merged

_MAJOR: Final = (0, 2, 4, 5, 7, 9, 11)
_MINOR: Final = (0, 2, 3, 5, 7, 8, 10)
_MAJOR_LOOPS: Final = (
    "1 5 6m 4", "6m 4 1 5", "1 6m 4 5", "1 4 5 5", "1 4 1 5", "1 5 4 4", "4 1 5 6m", "1 3m 4 5", "1 2m 5 1",
    "2m 5 1 6m", "1 b7 4 1", "1 1 4 4m", "6m 5 4 5", "1 5/7 6m 5", "1 1/3 4 5", "4 5 3m 6m", "1 37 6m 4",
    "2m 4 1 5", "1 67 2m 5", "1 1 1 1", "1 1 4 1", "5 4 1 1", "1 4 6m 5", "1 b3 4 1", "1 b6 b7 1", "4 4m 1 1",
    "1 5 2m 4", "1 17 4 4m", "1 b7 b6 5", "4 3m 2m 1", "1 2m 3m 4", "6m 3m 4 1", "1 #1o 2m 5", "1 1+ 4 4m",
    "1 4/1 5/1 1", "3m 6m 2m 5",
)  # fmt: skip
_MINOR_LOOPS: Final = (
    "1m b7 b6 b7", "1m b6 b3 b7", "1m 4m 5 1m", "1m b7 b6 5", "1m 4m b7 b3", "1m 5m b6 b7", "1m 1m 4m 5",
    "1m b6 4m 5", "1m 4 1m 4", "1m b7 4 1m", "1m b3 b7 4", "1m 2o 5 1m", "b6 b7 1m 1m", "1m 1m b6 b7",
    "1m b7 1m b7", "1m 4m 1m 5", "1m 1m 1m 1m", "1m b3 4m b6",
)  # fmt: skip
_SECTIONS: Final = ("intro", "verse", "verse", "chorus", "verse", "chorus", "bridge", "chorus", "outro")


def compose(number: int) -> Song:
    """Return song `number`: always the same for the same number."""
    rng = Random(f"song {number}")
    meter = rng.choice([Meter(4)] * 9 + [Meter(3)] * 4 + [Meter(2)] * 2 + [Meter(2, 3)] * 3 + [Meter(4, 3)] * 2)
    low, usual, high = (
        (42, 62, 110) if meter.division == 3 else (54, 105, 200) if meter.beats == 4 else (70, 120, 200)
    )
    bpm = min(high, max(low, usual * 2 ** rng.gauss(0, 0.42)))
    tonic, minor = rng.randrange(12), rng.random() < 0.42
    scale = _MINOR if minor else _MAJOR
    chords: list[Span] = []
    sections: list[Span] = []
    keys: list[Span] = []
    melody: list[Note] = []
    material: dict[str, tuple[list[list[harmony.Chord]], _Motif]] = {}
    at = 0.0
    key = tonic
    for place, label in enumerate(_SECTIONS):
        if place == 7 and rng.random() < 0.3:
            key = (tonic + rng.choice([1, 2, 2, 3])) % 12
        if label not in material:
            material[label] = (
                _progression(rng, minor, meter),
                _Motif(rng, meter, bpm, label in {"intro", "outro"}),
            )
        bars, motif = material[label]
        count = rng.choice([4, 4, 8] if label in {"intro", "outro"} else [8, 8, 8, 16, 12, 7])
        if label == "verse" and rng.random() < 0.25:
            count += rng.choice([-1, 1, 2])  # irregular lengths happen
        begin = at
        for bar in range(count):
            step = meter.beats / len(bars[bar % len(bars)])
            for k, chord in enumerate(bars[bar % len(bars)]):
                chords.append(Span(at + k * step, at + (k + 1) * step, chord.transposed(key).label))
            at += meter.beats
        sections.append(Span(begin, at, label))
        keys.append(Span(begin, at, f"{harmony.NAMES[key]} {'minor' if minor else 'major'}"))
        melody += motif.sing(chords, begin, at, [(key + s) % 12 for s in scale])
    spans = _anticipated(rng, merged(chords), meter)
    name = f"composed-{number}"
    return Song(name, "composed", meter, at, bpm, spans, sections, merged(keys), {"melody": melody})


def with_lead(song: Song, rng: Random) -> Song:
    """Return a song that has only chords with a lead line of its own."""
    if song.parts.get("melody"):
        return song
    motifs: dict[str, _Motif] = {}
    melody: list[Note] = []
    for section in song.sections:
        silent = any(w in section.label for w in ("intro", "inter", "solo", "instr", "outro", "trans", "fade"))
        motif = motifs.setdefault(section.label, _Motif(rng, song.meter, song.bpm, silent))
        key = next((k.label for k in song.keys if k.start <= section.start < k.end), "C major").split()
        scale = [(harmony.pitch_class(key[0]) + s) % 12 for s in (_MINOR if key[1] == "minor" else _MAJOR)]
        melody += motif.sing(song.chords, section.start, section.end, scale)
    return replace(song, parts={**song.parts, "melody": melody})


def _degree_chord(text: str, rng: Random, sevenths: float) -> harmony.Chord:
    """Read a degree such as `1`, `6m`, `b7`, `37` (third degree with a seventh), `5/7`, `2o`, `1+` in C."""
    body, _, bass = text.partition("/")
    flat = body.startswith("b")
    sharp = body.startswith("#")
    body = body.lstrip("b#")
    root = (_MAJOR[int(body[0]) - 1] - flat + sharp) % 12
    kind = {"": "maj", "m": "min", "7": "7", "o": "dim", "+": "aug"}[body[1:]]
    if rng.random() < sevenths:
        richer = {
            "maj": "7" if root == 7 else rng.choice(["maj7", "maj7", "maj6", "7"]) if root in {0, 5} else "maj7",
            "min": rng.choice(["min7", "min7", "min7", "min6"]),
            "dim": rng.choice(["hdim7", "dim7"]),
        }
        kind = richer.get(kind, kind)
    elif kind == "maj" and rng.random() < 0.06:
        kind = rng.choice(["sus4", "sus2", "maj(9)"])
    elif root == 7 and kind == "maj" and rng.random() < 0.15:
        kind = rng.choice(["sus4", "7"])
    intervals = harmony.parse(f"C:{kind}")
    assert intervals is not None
    foot = root if not bass else _MAJOR[int(bass) - 1]
    if not bass and rng.random() < 0.07:
        foot = (root + rng.choice(intervals.intervals[1:3])) % 12
    return harmony.Chord(root, intervals.intervals, foot)


def _progression(rng: Random, minor: bool, meter: Meter) -> list[list[harmony.Chord]]:
    """Return bars of chords, relative to the tonic."""
    degrees = " ".join(
        rng.choice(_MINOR_LOOPS if minor else _MAJOR_LOOPS) for _ in range(rng.choice([1, 1, 2]))
    ).split()
    sevenths = rng.choice([0.0, 0.0, 0.1, 0.35, 0.9])
    chords = [_degree_chord(d, rng, sevenths) for d in degrees]
    rate = rng.random()
    if rate < 0.6 or meter.beats == 3:
        return [[c] for c in chords]
    if rate < 0.85:
        return [chords[k : k + 2] for k in range(0, len(chords), 2)]
    return [[c] for c in chords for _ in (0, 1)]


def _anticipated(rng: Random, chords: list[Span], meter: Meter) -> list[Span]:
    """Let some changes come half a beat early, as bands play them; the truth is where they sound."""
    if rng.random() > 0.15 or meter.division == 3:
        return chords
    pushed = [chords[0].start] + [c.start - 0.5 * (rng.random() < 0.5) for c in chords[1:]] + [chords[-1].end]
    return [Span(a, b, c.label) for c, a, b in zip(chords, pushed, pushed[1:], strict=False)]


def _grids(meter: Meter, bpm: float) -> list[int]:
    """Return how finely a lead divides the beat: slow songs sing sixteenths, fast ones eighths and quarters."""
    if meter.division == 3:
        return [3]
    return [2, 3, 4, 4, 4] if bpm < 82 else [2, 2, 2, 4, 3] if bpm < 118 else [2, 2, 2, 1]


class _Motif:
    """Two or four bars of rhythm and contour that a section repeats and varies."""

    def __init__(self, rng: Random, meter: Meter, bpm: float, silent: bool) -> None:
        self._rng = Random(rng.random())
        self._bars = rng.choice([2, 4])
        self._meter = meter
        self._silent = silent and rng.random() < 0.7
        self._centre = rng.randint(55, 72)
        self._grid = rng.choice(_grids(meter, bpm))
        density = rng.uniform(0.35, 0.8)
        length = self._bars * meter.beats
        pickup = rng.choice([0.0, 0.0, 0.5, 1.0, 1.5])
        rest = rng.uniform(0.5, 1.6)
        self._rhythm: list[tuple[float, float, int]] = []
        at = -pickup if rng.random() < 0.6 else rng.choice([0.0, 0.5, 1.0])
        step = 1 / self._grid
        while at < length - rest:
            duration = step * rng.choice([1, 1, 2, 2, 3, 4] if density > 0.5 else [2, 2, 3, 4, 6, 8])
            duration = min(duration, length - rest - at + step)
            if rng.random() < 0.88:
                self._rhythm.append((at, duration, rng.choice([-2, -1, -1, 0, 0, 1, 1, 2])))
            at += duration

    def sing(self, chords: list[Span], begin: float, end: float, scale: list[int]) -> list[Note]:
        """Return the notes for the beats from `begin` to `end`."""
        if self._silent:
            return []
        rng = self._rng
        notes: list[Note] = []
        pitch = self._centre
        at = begin
        while at < end - 1e-6:
            for start, duration, move in self._rhythm:
                time = at + start
                if time < 0 or time + duration > end + 0.5 or (notes and time < notes[-1].end - 1e-6):
                    continue
                chord = next((harmony.parse(c.label) for c in chords if c.start <= time + 1e-6 < c.end), None)
                strong = duration >= 1 or abs(time - round(time)) < 1e-6
                allowed = chord.pitch_classes if chord and strong and rng.random() < 0.8 else scale
                target = pitch + move * 2 + round((self._centre - pitch) * 0.3)
                pitch = min(
                    (p for p in range(target - 6, target + 7) if p % 12 in allowed), key=lambda p: abs(p - target)
                )
                notes.append(Note(time, time + duration * rng.uniform(0.75, 1.0), pitch, rng.randint(75, 110)))
            at += self._bars * self._meter.beats
        return notes
