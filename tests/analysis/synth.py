"""Small sounds of which everything is known: clicks, chords, lines, noise. Mono float32 at 22.05 kHz, seeded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

RATE = 22050
Samples = NDArray[np.float32]


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), np.float32)


def noise(seconds: float, level: float = 0.1, seed: int = 0) -> Samples:
    return (level * np.random.default_rng(seed).standard_normal(round(seconds * RATE))).astype(np.float32)


def tone(midi: float, seconds: float, level: float = 0.2, decay: float = 2.0) -> Samples:
    """A plucked note: six harmonics that die away."""
    time = np.arange(round(seconds * RATE)) / RATE
    frequency = 440 * 2 ** ((midi - 69) / 12)
    sound = sum(0.6**h * np.sin(2 * np.pi * frequency * (h + 1) * time) for h in range(6))
    envelope = np.minimum(1, time / 0.005) * np.exp(-decay * time) * np.minimum(1, (time[-1] - time) / 0.01)
    return (level * sound * envelope).astype(np.float32)


def mix(seconds: float, events: Iterable[tuple[float, Samples]]) -> Samples:
    """Put sounds at their times into `seconds` of silence."""
    out = silence(seconds)
    for time, sound in events:
        start = round(time * RATE)
        part = sound[: max(0, len(out) - start)]
        out[start : start + len(part)] += part
    return out


def kick(level: float = 0.8) -> Samples:
    time = np.arange(round(0.15 * RATE)) / RATE
    return (level * np.sin(2 * np.pi * (50 * time + 4 * (1 - np.exp(-30 * time)))) * np.exp(-25 * time)).astype(
        np.float32
    )


def snare(level: float = 0.4) -> Samples:
    time = np.arange(round(0.12 * RATE)) / RATE
    return (noise(0.12, level, seed=3) * np.exp(-30 * time)).astype(np.float32)


def hat(level: float = 0.1) -> Samples:
    time = np.arange(round(0.04 * RATE)) / RATE
    return (np.diff(noise(0.04, level, seed=5), prepend=0) * np.exp(-90 * time)).astype(np.float32)


def drums(beats: Sequence[float], meter: int = 4) -> list[tuple[float, Samples]]:
    """A plain pattern: bass drum on one (and three), snare on the others, hi-hat on the halves."""
    events = []
    for k, (now, then) in enumerate(zip(beats, [*beats[1:], 2 * beats[-1] - beats[-2]], strict=True)):
        place = k % meter
        events.append((now, kick() if place in ({0, 2} if meter == 4 else {0}) else snare()))
        events += [(now, hat()), ((now + then) / 2, hat())]
    return events


def strummed(pitches: Iterable[int], seconds: float, level: float = 0.1) -> Samples:
    return np.sum([tone(p, seconds, level, decay=1.0) for p in pitches], axis=0).astype(np.float32)


TRIADS = {"maj": (0, 4, 7), "min": (0, 3, 7), "7": (0, 4, 7, 10), "maj7": (0, 4, 7, 11), "min7": (0, 3, 7, 10)}


def band(
    progression: Sequence[tuple[int, str]],
    bpm: float = 120.0,
    bars: int = 16,
    meter: int = 4,
    start: float = 0.3,
    with_drums: bool = True,
) -> tuple[Samples, NDArray[np.float64]]:
    """A bar of each chord (root pitch class, quality) in turn, with bass and drums; returns sound and beat times."""
    period = 60 / bpm
    beats = start + period * np.arange(bars * meter)
    events: list[tuple[float, Samples]] = drums(list(beats), meter) if with_drums else []
    for bar in range(bars):
        root, quality = progression[bar % len(progression)]
        for beat in range(meter):
            at = start + (bar * meter + beat) * period
            if beat == 0 or (meter == 4 and beat == 2):
                events.append((at, tone(36 + root, 1.8 * period, 0.35, decay=1.5)))
            events.append((at, strummed((60 + (root + step - 60) % 12 for step in TRIADS[quality]), period)))
    seconds = start + bars * meter * period + 0.5
    return mix(seconds, events), beats
