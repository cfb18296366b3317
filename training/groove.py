"""Drum grooves: a random but steady pattern per song, bar by bar, for every meter and feel.

Positions are beats within the bar; swing is applied later to everything that plays.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from training.song import Meter

Hit = tuple[float, str, int]
"""Position in beats, drum, velocity."""
_Parts = tuple[tuple[float, ...], tuple[float, ...], float, str, str]
"""Snares, kicks, spacing of the hats, hat and snare."""

FEELS: Final = (
    "straight", "straight", "straight", "straight", "straight", "half", "four", "four", "double", "motown",
    "swing", "shuffle", "shuffle", "onedrop", "bossa", "tresillo", "perc", "trap", "train", "sparse", "funk",
    "funk",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Groove:
    """The choices that stay the same through a song."""

    meter: Meter
    feel: str
    kicks: tuple[float, ...]
    snares: tuple[float, ...]
    hats: float
    hat: str
    snare: str
    ghosts: float
    misses: float
    extra: str
    fills: float

    def bar(self, rng: Random, level: int, fill: bool, crash: bool) -> list[Hit]:
        """Return one bar at `level` 1 (thin) or 2 (full)."""
        beats = self.meter.beats
        hits: list[Hit] = []
        if self.hats:
            count = round(beats / self.hats)
            for k in range(count):
                at = k * self.hats
                loud = 92 if abs(at - round(at)) < 1e-6 else 62
                open_hat = level > 1 and self.feel == "four" and abs(at % 1 - 0.5) < 1e-6
                hits.append((at, "open" if open_hat else self.hat, loud + rng.randint(-12, 12)))
        if self.feel == "swing":
            hits += [(b + 0.5, "ride", 58 + rng.randint(-10, 10)) for b in range(1, beats, 2)]
        thin = level < 2
        for at in self.kicks:
            if not (thin and at and rng.random() < 0.6):
                hits.append((at, "kick", 108 + rng.randint(-14, 12) - (0 if at == 0 else 12)))
        for at in self.snares:
            if not thin or rng.random() < 0.7:
                hits.append(
                    (at, "rim" if thin and self.snare == "snare" else self.snare, 106 + rng.randint(-12, 14))
                )
        hits += self._extras(rng, thin)
        if self.misses:
            hits = [h for h in hits if rng.random() > self.misses]
        if fill and rng.random() < self.fills:
            hits = self._filled(rng, hits)
        if crash:
            hits.append((0.0, "crash", rng.randint(80, 118)))
        return [(max(0.0, at), drum, velocity) for at, drum, velocity in hits if at < beats - 1e-6]

    def _extras(self, rng: Random, thin: bool) -> list[Hit]:
        """Return ghost notes, rolls and hand percussion."""
        beats, accent = self.meter.beats, 3 if self.meter.division == 3 else 2
        places = beats * accent * 2
        hits: list[Hit] = [
            (rng.randrange(places) / (accent * 2), "ghost", rng.randint(22, 45))
            for _ in range(round(self.ghosts * beats))
        ]
        if self.feel == "trap" and rng.random() < 0.5:
            start, parts = rng.randrange(beats * 2) / 2, rng.choice([3, 4, 6])
            hits += [(start + k * 0.5 / parts, self.hat, 60 + 4 * k) for k in range(parts)]
        if self.extra and not thin:
            step = 1 / accent / rng.choice([1, 1, 2])
            count = round(beats / step)
            hits += [(k * step, self.extra, 50 + 25 * (k % round(1 / step) == 0)) for k in range(count)]
        return hits

    def _filled(self, rng: Random, hits: list[Hit]) -> list[Hit]:
        """Replace the end of the bar by a roll over the drums."""
        beats = self.meter.beats
        length = rng.choice([0.5, 1.0, 1.0, min(2.0, beats / 2)])
        step = rng.choice([1 / 3, 1 / 6]) if self.meter.division == 3 else rng.choice([0.25, 0.25, 0.5])
        hits = [h for h in hits if h[0] < beats - length - 1e-6 or h[1] == "kick"]
        count = round(length / step)
        drums = ["snare", "snare", "tom1", "tom2", "tom3"]
        roll = [
            (beats - length + k * step, drums[min(4, k * 5 // count)], rng.randint(70, 118)) for k in range(count)
        ]
        return hits + roll


_HATS: Final = ((0.5, 0.5, 0.25, 0.25), (0.5, 0.5, 0.5, 0.25, 1.0), (0.5, 0.5, 1.0))
"""Spacings for slow, medium and fast songs: notes per second vary less than beats per second."""


def _feels(bpm: float) -> list[str]:
    slow, fast = {"double", "train"}, {"half", "trap", "onedrop"}
    return [f for f in FEELS if not ((f in slow and bpm > 130) or (f in fast and bpm < 132))]


def choose(rng: Random, meter: Meter, bpm: float) -> Groove:
    """Return a groove that suits the meter and the tempo.

    Half-time at 120 sounds like 60 in straight time, and double-time at 140 like 280: where people would count the
    other tempo, the groove is not used.
    """
    feel = (
        rng.choice(_feels(bpm))
        if meter == Meter(4)
        else rng.choice(["straight", "straight", "swing", "perc", "sparse"])
    )
    hats = rng.choice(_HATS[0 if bpm < 85 else 1 if bpm < 125 else 2])
    hat = rng.choice(["hat", "hat", "hat", "ride", "shaker"])
    snare = rng.choice(["snare"] * 5 + ["clap", "rim"])
    beats = meter.beats
    if meter.division == 3:
        hats = rng.choice([1 / 3, 1 / 3, 1 / 3, 1.0, 1 / 6])
        snares = tuple(float(b) for b in range(1, beats, 2))
        if rng.random() < 0.12 and beats == 4:
            snares = (2.0,)
        kicks = (0.0, *(k / 3 for k in range(1, 3 * beats) if rng.random() < 0.17 and k / 3 not in snares))
    elif beats == 3:
        snares = rng.choice([(1.0, 2.0), (1.0, 2.0), (2.0,), (1.0,), ()])
        kicks = (0.0, *(k / 2 for k in range(1, 6) if rng.random() < 0.12))
        hats = rng.choice([1.0, 1.0, 0.5, 0.5, 0.25])
    elif beats == 2:
        snares = rng.choice([(0.5, 1.5), (0.5, 1.5), (1.0,), (0.5, 1.0, 1.5)])
        kicks = rng.choice([(0.0,), (0.0, 1.0), (0.0, 1.0)])
        hats = rng.choice([0.0, 0.5, 0.25])
    else:
        snares, kicks, hats, hat, snare = _four(rng, feel, hats, hat, snare)
        if bpm > 125:  # hands and feet have a top speed
            kicks = tuple(k for k in kicks if k * 2 == round(k * 2))
            hats = max(hats, 0.5) if hats and feel != "trap" else hats
    if feel in {"perc", "sparse"} and rng.random() < 0.7:
        snares = snares if rng.random() < 0.4 else ()
    if rng.random() < 0.04:
        kicks = tuple(k for k in kicks if k)  # some grooves leave the one empty
    extra = rng.choice([""] * 6 + ["tamb", "shaker", "cowbell"])
    ghosts = rng.choice([0.0, 0.0, 0.0, 0.3, 0.8])
    return Groove(
        meter,
        feel,
        kicks,
        snares,
        hats,
        hat,
        snare,
        ghosts,
        rng.choice([0, 0, 0, 0.05, 0.15]),
        extra,
        rng.random(),
    )


def _four(rng: Random, feel: str, hats: float, hat: str, snare: str) -> _Parts:
    """Return snares, kicks, hat spacing, hat and snare of a groove in 4/4."""
    snares: tuple[float, ...] = (1.0, 3.0)
    weights = {0.5: 0.1, 0.75: 0.1, 1.5: 0.3, 1.75: 0.2, 2.0: 0.6, 2.5: 0.4, 2.75: 0.15, 3.5: 0.2, 3.75: 0.12}
    kicks: tuple[float, ...] = (0.0, *(k for k, p in weights.items() if rng.random() < p))
    if feel == "half":
        snares, hats = (2.0,), rng.choice([0.5, 1.0, 0.5])
        kicks = tuple(k for k in kicks if k != 2.0)
    elif feel == "four":
        kicks, hats = (0.0, 1.0, 2.0, 3.0), rng.choice([0.5, 0.25, 0.5])
        snare = rng.choice(["clap", "snare"])
        snares = snares if rng.random() < 0.7 else ()
    elif feel == "double":
        snares, kicks, hats = (
            (0.5, 1.5, 2.5, 3.5),
            rng.choice([(0.0, 1.0, 2.0, 3.0), (0.0, 1.0, 1.25, 2.0, 3.0)]),
            0.5,
        )
    elif feel == "motown":
        snares = (0.0, 1.0, 2.0, 3.0)
    elif feel == "swing":
        snares, kicks, hats, hat = (), rng.choice([(0.0, 2.0), (0.0, 1.0, 2.0, 3.0), (0.0,)]), 1.0, "ride"
        snares = (1.0, 3.0) if rng.random() < 0.4 else ()
    elif feel == "shuffle":
        hats = 0.5
        kicks = tuple(k for k in kicks if k * 2 == round(k * 2))
    elif feel in {"onedrop", "bossa", "tresillo", "train"}:
        return _southern(rng, feel, hats, hat, snare)
    elif feel == "perc":
        kicks, hat, snare = (
            rng.choice([(0.0, 2.0), (0.0, 1.5, 2.0), ()]),
            "shaker",
            rng.choice(["clap", "rim", "tamb"]),
        )
    elif feel == "trap":
        snares, snare, hats, hat = (2.0,), "clap", rng.choice([0.5, 0.25]), "hat"
        kicks = (0.0, *(k for k in (0.75, 1.5, 2.5, 2.75, 3.25, 3.5) if rng.random() < 0.3))
    elif feel == "sparse":
        kicks, hats = (0.0,), rng.choice([0.0, 1.0, 0.5])
        snares = (2.0,) if rng.random() < 0.5 else (3.0,)
    elif feel == "funk":
        hats = 0.25
        kicks = (0.0, *(k / 4 for k in range(1, 16) if k % 4 and rng.random() < 0.22))
    return snares, kicks, hats, hat, snare


def _southern(rng: Random, feel: str, hats: float, hat: str, snare: str) -> _Parts:
    """Return the parts of grooves whose accents lie elsewhere than on two and four."""
    if feel == "onedrop":
        kicks: tuple[float, ...] = (2.0,)
        snares: tuple[float, ...] = (2.0,)
        snare = rng.choice(["rim", "snare"])
        if rng.random() < 0.3:
            kicks = (0.0, 1.0, 2.0, 3.0)
    elif feel == "bossa":
        kicks, snares, snare, hats = (0.0, 1.5, 2.0, 3.5), (0.0, 1.5, 3.0), "rim", 0.5
    elif feel == "tresillo":
        kicks, snares = (0.0, 1.5, 2.0, 3.5), rng.choice([(0.75, 1.5, 2.75, 3.5), (1.0, 3.0)])
    else:
        snares, snare = tuple(k / 2 for k in range(8)), rng.choice(["ghost", "snare"])
        kicks, hats = (0.0, 2.0), 0.0
    return snares, kicks, hats, hat, snare
