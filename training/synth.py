"""Sounds of our own, so that not all is a General MIDI bank: drums, synths, driven guitars, sub bass, voices.

All functions add into a mono float32 buffer at RATE. Timbres are drawn once per track from the track's generator.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, lfilter, sosfilt

from training.arrange import Event

F32 = NDArray[np.float32]
Rng = np.random.Generator

RATE: Final = 22050
_TABLE: Final = 1024


def hertz(pitch: float) -> float:
    return float(440 * 2 ** ((pitch - 69) / 12))


def add(buffer: F32, at: float, sound: F32) -> None:
    """Add a sound into the buffer at `at` seconds; what lies outside is dropped."""
    first = round(at * RATE)
    if first < 0:
        sound, first = sound[-first:], 0
    size = min(len(sound), len(buffer) - first)
    if size > 0:
        buffer[first : first + size] += sound[:size]


def envelope(size: int, attack: float, decay: float, sustain: float, release: float) -> F32:
    """Return an attack-decay-sustain envelope of `size` samples that fades over its last `release` seconds."""
    time = np.arange(size, dtype=np.float32) / RATE
    shape = np.minimum(1, time / max(attack, 1e-3)) * (sustain + (1 - sustain) * np.exp(-time / max(decay, 1e-3)))
    return (shape * np.clip((size / RATE - time) / max(release, 1e-3), 0, 1)).astype(np.float32)


def oscillate(table: F32, frequency: F32) -> F32:
    """Read a one-period table at a frequency per sample."""
    phase = np.cumsum(frequency.astype(np.float64) / RATE) % 1.0
    return table[(phase * _TABLE).astype(np.int32) % _TABLE]


def harmonics(amplitudes: NDArray[np.float64], phases: NDArray[np.float64] | None = None) -> F32:
    """Return the one-period table of a harmonic series."""
    spectrum = np.zeros(_TABLE // 2 + 1, complex)
    count = min(len(amplitudes), _TABLE // 2)
    turn = np.exp(1j * (phases[:count] if phases is not None else -np.pi / 2))
    spectrum[1 : count + 1] = amplitudes[:count] * turn
    wave = np.fft.irfft(spectrum) * _TABLE / 2
    return (wave / (np.abs(wave).max() + 1e-9)).astype(np.float32)


# ---------------------------------------------------------------- drums


@cache
def _noise() -> F32:
    return np.random.default_rng(0).standard_normal(RATE * 3).astype(np.float32)


def _band(sound: F32, low: float, high: float) -> F32:
    sos = butter(2, [low, min(high, RATE * 0.49)], "band", fs=RATE, output="sos")
    return sosfilt(sos, sound).astype(np.float32)


def _decay(size: int, seconds: float) -> F32:
    return np.exp(-np.arange(size, dtype=np.float32) / (seconds * RATE)).astype(np.float32)


def _drum_kit(rng: Rng) -> dict[str, F32]:
    """Return one sound per drum, all drawn anew."""

    def noise(seconds: float) -> F32:
        start = int(rng.integers(0, RATE))
        return _noise()[start : start + int(seconds * RATE)].copy()

    def sweep(seconds: float, top: float, bottom: float, fall: float) -> F32:
        size = int(seconds * RATE)
        return np.sin(2 * np.pi * np.cumsum(bottom + (top - bottom) * _decay(size, fall)) / RATE).astype(
            np.float32
        )

    def tone(low: float, high: float, seconds: float) -> F32:
        pitch = rng.uniform(low, high)
        return sweep(0.5, pitch * 1.5, pitch, 0.02) * _decay(RATE // 2, seconds)

    tail = rng.choice([0.07, 0.12, 0.2, 0.45])
    size = int(min(1.4, tail * 5) * RATE)
    kick = sweep(size / RATE, rng.uniform(120, 320), rng.uniform(38, 62), rng.uniform(0.008, 0.04))
    kick = np.tanh(kick * rng.uniform(1, 3)) * _decay(size, tail)
    click = noise(0.01) * rng.uniform(0, 0.6)
    kick[: len(click)] += click
    crack = _band(noise(0.5), rng.uniform(150, 1200), rng.uniform(4000, 10000))
    snare = crack * _decay(len(crack), rng.uniform(0.04, 0.16)) * 0.8
    body = sweep(0.5, 280, rng.uniform(160, 240), 0.02) * _decay(RATE // 2, rng.uniform(0.03, 0.1))
    snare += body[: len(snare)] * rng.uniform(0.2, 1.0)
    metal = _band(noise(2.5), rng.uniform(4500, 7000), 10900)
    ring = np.sign(np.sin(np.arange(len(metal)) * rng.uniform(1.2, 2.4))) * np.sign(
        np.sin(np.arange(len(metal)) * 1.93)
    )
    metal = (metal + _band(ring.astype(np.float32), 5000, 10900) * rng.uniform(0, 0.8)).astype(np.float32)
    clap = _band(noise(0.4), 700, 4500)
    bursts = np.zeros(len(clap), np.float32)
    for k in range(4):
        begin = int(k * 0.011 * RATE)
        bursts[begin:] = np.maximum(
            bursts[begin:], _decay(len(clap) - begin, 0.008 if k < 3 else rng.uniform(0.04, 0.12))
        )
    brushed = rng.random() < 0.15
    if brushed:
        snare = _band(noise(0.4), 800, 7000) * _decay(int(0.4 * RATE), 0.1) * np.float32(0.6)
    return {
        "kick": kick * 1.1,
        "snare": snare,
        "ghost": snare * 0.9,
        "hat": metal[: RATE // 3] * _decay(RATE // 3, rng.uniform(0.012, 0.05)) * 0.5,
        "open": metal[:RATE] * _decay(RATE, rng.uniform(0.1, 0.3)) * 0.5,
        "ride": metal[: RATE * 2] * _decay(RATE * 2, rng.uniform(0.15, 0.6)) * 0.35,
        "crash": _band(metal, 2500, 10900) * _decay(len(metal), rng.uniform(0.4, 1.0)) * 0.8,
        "rim": _band(noise(0.1), 1200, 3500) * _decay(int(0.1 * RATE), 0.012) * 1.2,
        "clap": clap * bursts * 1.1,
        "tom1": tone(150, 220, 0.12),
        "tom2": tone(110, 150, 0.15),
        "tom3": tone(70, 110, 0.2),
        "shaker": _band(noise(0.12), 3500, 9000) * np.hanning(int(0.12 * RATE)).astype(np.float32) * 0.5,
        "tamb": metal[: RATE // 3] * _decay(RATE // 3, 0.07) * 0.5,
        "cowbell": tone(520, 600, 0.08) * 0.6,
    }


def drums(buffer: F32, events: list[Event], rng: Rng) -> None:
    """Play a kit of synthesised drums; loud hits are brighter than soft ones."""
    kit = _drum_kit(rng)
    soft = {name: lfilter([0.35], [1, -0.65], sound).astype(np.float32) for name, sound in kit.items()}
    for event in events:
        gain = (event.velocity / 110) ** 1.6
        blend = np.float32(min(1.0, event.velocity / 110))
        name = str(event.pitch)
        add(buffer, event.start, (kit[name] * blend + soft[name] * (1 - blend)) * np.float32(gain))


# ---------------------------------------------------------------- pitched


def synth(buffer: F32, events: list[Event], rng: Rng) -> None:
    """Play detuned band-limited oscillators: saw, pulse or organ-like, plucked or sustained."""
    kind = rng.choice(["saw", "pulse", "organ", "soft"])
    detune, copies = rng.uniform(0, 12), int(rng.integers(1, 4))
    attack, decay = rng.choice([0.003, 0.01, 0.08]), rng.choice([0.1, 0.4, 3.0])
    sustain, tilt = rng.choice([0.05, 0.5, 0.9]), rng.uniform(0.9, 1.7)
    tables: dict[int, F32] = {}
    for event in events:
        pitch = int(event.pitch)
        if pitch not in tables:
            count = max(1, int(9500 / hertz(pitch)))
            h = np.arange(1, count + 1)
            amplitudes = h ** -float(tilt)
            if kind == "pulse":
                amplitudes = amplitudes * np.abs(np.sin(np.pi * h * 0.3))
            elif kind == "organ":
                amplitudes = np.where(np.isin(h, [1, 2, 3, 4, 6, 8]), rng.uniform(0.1, 1, count), 0.0)
            elif kind == "soft":
                amplitudes = h**-2.5
            tables[pitch] = harmonics(amplitudes)
        size = int((event.end - event.start + 0.06) * RATE)
        shape = envelope(size, attack, decay, sustain, 0.06) * np.float32(0.25 * event.velocity / 100 / copies)
        sound = np.zeros(size, np.float32)
        for _ in range(copies):
            cents = rng.uniform(-detune, detune)
            sound += oscillate(tables[pitch], np.full(size, hertz(pitch + cents / 100), np.float32))
        add(buffer, event.start, sound * shape)


def sub(buffer: F32, events: list[Event], rng: Rng) -> None:
    """Play an 808-like bass: a driven, slowly falling sine that may slide in from the note before."""
    drive, tail, slide = rng.uniform(1, 4), rng.uniform(0.4, 1.5), rng.random() < 0.4
    last = None
    for event in events:
        pitch = float(event.pitch)
        size = int(min(2.5, max(event.end - event.start, 0.25) + 0.1) * RATE)
        curve = np.full(size, hertz(pitch), np.float32)
        if slide and last is not None and rng.random() < 0.4:
            glide = np.minimum(1, np.arange(size) / (0.08 * RATE))
            curve = (hertz(last) ** (1 - glide) * hertz(pitch) ** glide).astype(np.float32)
        curve *= 1 + 1.5 * _decay(size, 0.01)
        sound = np.tanh(drive * np.sin(2 * np.pi * np.cumsum(curve.astype(np.float64)) / RATE))
        shape = envelope(size, 0.003, tail, 0.0, 0.08) * np.float32(0.55 * event.velocity / 100)
        add(buffer, event.start, sound.astype(np.float32) * shape)
        last = pitch


def guitar(buffer: F32, events: list[Event], rng: Rng) -> None:
    """Play plucked strings together through a distorting amplifier and a cabinet."""
    palm = rng.random() < 0.3
    dry = np.zeros_like(buffer)
    tables: dict[int, F32] = {}
    for event in events:
        pitch = int(event.pitch)
        if pitch not in tables:
            h = np.arange(1, max(2, int(7000 / hertz(pitch))))
            tables[pitch] = harmonics(np.abs(np.sin(np.pi * h * 0.17)) / h, rng.uniform(0, 6.28, len(h)))
        size = int((event.end - event.start + 0.05) * RATE)
        shape = envelope(size, 0.002, 0.09 if palm else 1.2, 0.0, 0.04) * np.float32(event.velocity / 100)
        bend = 1 + 0.004 * _decay(size, 0.05)
        add(
            dry,
            event.start,
            oscillate(tables[pitch], np.float32(hertz(pitch + rng.normal(0, 0.05))) * bend) * shape,
        )
    driven = np.tanh(rng.choice([1.5, 4.0, 12.0, 30.0]) * dry)
    add(buffer, 0.0, _band(driven.astype(np.float32), 80, rng.uniform(3500, 5500)) * np.float32(0.3))


# ---------------------------------------------------------------- voices

_VOWELS: Final = {  # first three formants (Hz)
    "a": (800, 1200, 2500), "e": (450, 1900, 2500), "i": (300, 2300, 3000), "o": (450, 850, 2500),
    "u": (330, 750, 2400), "E": (600, 1700, 2500), "@": (500, 1450, 2500), "O": (600, 950, 2600),
}  # fmt: skip


def _vowel_table(pitch: float, vowel: str, size: float, tilt: float) -> F32:
    """Return the period of a voice at `pitch` on a vowel; `size` scales the vocal tract's formants."""
    f0 = hertz(pitch)
    h = np.arange(1, max(2, int(9000 / f0)))
    frequency = h * f0
    gain = np.zeros(len(h))
    for k, formant in enumerate((*_VOWELS[vowel], 3500, 4500)):
        width = 80 + 40 * k
        gain += 10 ** (-0.25 * k) / (1 + ((frequency - formant * size) / width) ** 2)
    return harmonics((gain + 0.01) * h ** -float(tilt), np.random.default_rng(1).uniform(0, 6.28, len(h)))


class _Voice:
    """A singer: tract, vibrato, scoops and breath are the singer's own."""

    def __init__(self, rng: Rng, free: bool = False) -> None:
        self._rng = rng
        self._size = rng.uniform(0.9, 1.3)
        self._tilt = rng.uniform(0.3, 1.1)
        self._rate, self._depth = rng.uniform(4.5, 6.8), rng.choice([0.05, 0.2, 0.4, 0.7])
        self._scoop = rng.choice([0.0, 0.5, 1.0, 2.0])
        self._breath = rng.uniform(0.01, 0.12)
        self._off = 0.0 if not free else float(rng.normal(0, 0.12))
        self._tables: dict[tuple[int, str], F32] = {}

    def _table(self, pitch: float, vowel: str) -> F32:
        key = (round(pitch / 2), vowel)
        if key not in self._tables:
            self._tables[key] = _vowel_table(pitch, vowel, self._size, self._tilt)
        return self._tables[key]

    def note(self, buffer: F32, start: float, end: float, pitch: float, before: float | None, gain: float) -> None:
        """Sing one note; `before` is the pitch to glide from."""
        rng = self._rng
        size = int(max(0.06, end - start + 0.03) * RATE)
        time = np.arange(size, dtype=np.float32) / RATE
        cents = (
            self._depth
            * np.clip((time - 0.15) / 0.25, 0, 1)
            * np.sin(6.283 * self._rate * time + rng.uniform(0, 6))
        )
        glide = rng.uniform(0.03, 0.12)
        origin = before - pitch if before is not None else -self._scoop * rng.random()
        drift = np.interp(time, np.linspace(0, time[-1] + 0.01, 6), rng.normal(0, 0.07, 6))
        curve = pitch + self._off + cents + origin * np.exp(-time / glide * 1.6) + drift
        frequency = (440 * 2 ** ((curve - 69) / 12)).astype(np.float32)
        vowels = rng.choice(list(_VOWELS), 2)
        phase = np.cumsum(frequency.astype(np.float64) / RATE) % 1.0
        index = (phase * _TABLE).astype(np.int32) % _TABLE
        turn = np.clip(np.linspace(rng.uniform(-2, 0), rng.uniform(0, 2), size), 0, 1).astype(np.float32)
        sound = self._table(pitch, vowels[0])[index] * (1 - turn) + self._table(pitch, vowels[1])[index] * turn
        noise = _noise()[int(rng.integers(RATE)) :][:size]
        sound = sound + noise[: len(sound)] * np.float32(self._breath) if len(noise) == size else sound
        shape = envelope(size, rng.choice([0.02, 0.05, 0.1]), 0.6, 0.7, rng.choice([0.03, 0.08, 0.15]))
        add(buffer, start, (sound * shape * np.float32(gain)).astype(np.float32))
        if before is None or rng.random() < 0.6:
            self._consonant(buffer, start, gain)

    def _consonant(self, buffer: F32, at: float, gain: float) -> None:
        rng = self._rng
        kind = rng.choice(["s", "t", "k", "m", "none", "none"])
        if kind in {"none", "m"}:
            return
        length = rng.uniform(0.06, 0.15) if kind == "s" else rng.uniform(0.01, 0.04)
        low, high = {"s": (4500, 10000), "t": (3000, 8000), "k": (1200, 3500)}[kind]
        size = int(length * RATE)
        burst = _band(_noise()[int(rng.integers(RATE)) :][:size].copy(), low, high) * np.hanning(size).astype(
            np.float32
        )
        add(buffer, at - length * 0.8, burst * np.float32(gain * rng.uniform(0.1, 0.7)))

    def breathe(self, buffer: F32, at: float, gain: float) -> None:
        size = int(self._rng.uniform(0.15, 0.4) * RATE)
        sound = _band(_noise()[int(self._rng.integers(RATE)) :][:size].copy(), 600, 5000)
        add(buffer, at - size / RATE, sound * np.hanning(size).astype(np.float32) * np.float32(gain * 0.25))


def voice(buffer: F32, events: list[Event], rng: Rng) -> None:
    """Sing a line with portamento, vibrato, consonants and breaths; now and then double-tracked."""
    events = sorted(events, key=lambda e: e.start)
    for _ in range(2 if rng.random() < 0.25 else 1):
        singer = _Voice(rng)
        lateness = rng.normal(0, 0.012)
        last: Event | None = None
        for event in events:
            tied = last is not None and event.start - last.end < 0.12
            gain = 0.3 * event.velocity / 100
            if not tied and rng.random() < 0.5:
                singer.breathe(buffer, event.start, gain)
            before = float(last.pitch) if tied and last is not None else None
            singer.note(buffer, event.start + lateness, event.end + lateness, float(event.pitch), before, gain)
            last = event


def choir(buffer: F32, events: list[Event], rng: Rng) -> None:
    """Sing chords, every note by two or three people who never agree entirely."""
    singers = [_Voice(rng, free=True) for _ in range(int(rng.integers(2, 4)))]
    for event in events:
        for singer in singers:
            late = rng.normal(0, 0.02)
            gain = 0.12 * event.velocity / 100
            singer.note(buffer, event.start + late, event.end + late, float(event.pitch), None, gain)


def speech(seconds: float, rng: Rng) -> F32:
    """Return speech-like sound: syllables without a pulse or a key."""
    buffer = np.zeros(int(seconds * RATE), np.float32)
    speaker = _Voice(rng)
    base, at, last = rng.uniform(43, 62), 0.1, None
    while at < seconds - 0.3:
        length = rng.uniform(0.06, 0.25)
        pitch = base + rng.normal(0, 2.5)
        speaker.note(buffer, at, at + length, pitch, last, 0.3 * rng.uniform(0.5, 1))
        last = pitch if rng.random() < 0.8 else None
        at += length + (rng.uniform(0.2, 0.7) if last is None else rng.uniform(0.0, 0.06))
    return buffer


def crowd(seconds: float, rng: Rng) -> F32:
    """Return applause and murmur: many claps, band noise that swells."""
    size = int(seconds * RATE)
    swell = np.interp(np.arange(size), np.linspace(0, size, 8), rng.uniform(0.2, 1, 8)).astype(np.float32)
    noise = _noise()[np.arange(size) % len(_noise())]
    sound = _band(noise, 300, 3000) * swell * np.float32(0.3)
    clap = _band(_noise()[:400].copy(), 900, 5000) * _decay(400, 0.005)
    for at in rng.uniform(0, seconds, int(seconds * rng.uniform(10, 120))):
        add(sound, float(at), clap * np.float32(rng.uniform(0.05, 0.4)))
    return sound
