"""What the demo song sounds like: its instruments, made of sines and noise, and the room that they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE: Final = 44_100

Audio = NDArray[np.float64]


def _hertz(midi: float) -> float:
    return float(440.0 * 2.0 ** ((midi - 69.0) / 12.0))


def _clock(seconds: float) -> Audio:
    return np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE


def _envelope(time: Audio, length: float, attack: float, release: float) -> Audio:
    """Return a rise of `attack` and, after `length`, a fall of `release` seconds."""
    rise: Audio = np.minimum(time / attack, 1.0)
    fall: Audio = np.clip(1.0 - (time - length) / release, 0.0, 1.0)
    return rise * fall**2


def electric_piano(midi: int, length: float) -> Audio:
    """Return a struck tine: few partials, the high ones soon gone, and a bell at the start."""
    time = _clock(length + 0.25)
    base = _hertz(midi)
    sound = np.zeros_like(time)
    for number, level, decay in ((1, 1.0, 1.6), (2, 0.42, 2.6), (3, 0.2, 4.0), (4, 0.12, 6.0), (6, 0.05, 9.0)):
        stretched = base * number * (1 + 0.0004 * number**2)
        sound += level * np.exp(-decay * time) * np.sin(2 * np.pi * stretched * time + number)
    sound += 0.12 * np.exp(-22.0 * time) * np.sin(2 * np.pi * base * 14.0 * time)
    return sound * _envelope(time, length, 0.004, 0.2)


def pad(midi: int, length: float) -> Audio:
    """Return two slightly detuned voices with soft edges."""
    time = _clock(length + 0.6)
    sound = np.zeros_like(time)
    for cents in (-6.0, 6.0):
        base = _hertz(midi + cents / 100)
        for number in range(1, 7):
            sound += np.sin(2 * np.pi * base * number * time + number * cents) / number**1.6
    return 0.5 * sound * _envelope(time, length, 0.25, 0.5)


def bass_guitar(midi: int, length: float) -> Audio:
    """Return a plucked string: partials weighted by where it is plucked, a little driven."""
    time = _clock(length + 0.08)
    base = _hertz(midi)
    sound = np.zeros_like(time)
    for number in range(1, 13):
        level = abs(np.sin(np.pi * number * 0.18)) / number**1.1
        sound += level * np.exp(-(0.9 + 0.55 * number) * time) * np.sin(2 * np.pi * base * number * time)
    driven: Audio = np.tanh(1.8 * sound) * _envelope(time, length, 0.006, 0.06)
    return driven


def lead(midi: int, length: float) -> Audio:
    """Return a reedy voice whose vibrato comes in late."""
    time = _clock(length + 0.1)
    depth = 0.28 * np.clip((time - 0.22) / 0.3, 0.0, 1.0)
    bend = -0.5 * np.exp(-time / 0.018)  # slides into the note
    pitch = _hertz(midi) * 2.0 ** ((depth * np.sin(2 * np.pi * 5.4 * time) + bend) / 12.0)
    phase = 2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE
    sound = np.zeros_like(time)
    for number in range(1, 11):
        resonance = 1.0 + 1.6 * np.exp(-(((_hertz(midi) * number - 1150.0) / 500.0) ** 2))
        sound += resonance / number**1.35 * np.sin(number * phase + 0.4 * number)
    return 0.6 * sound * _envelope(time, length, 0.028, 0.08)


def _filtered_noise(rng: np.random.Generator, seconds: float, low: float, high: float) -> Audio:
    """Return white noise between two frequencies in Hz, with edges an octave wide."""
    count = int(seconds * SAMPLE_RATE)
    spectrum = np.fft.rfft(rng.standard_normal(count))
    frequency = np.maximum(np.fft.rfftfreq(count, 1 / SAMPLE_RATE), 1.0)
    gain = 1 / (1 + (low / frequency) ** 4) / (1 + (frequency / high) ** 4)
    noise: Audio = np.fft.irfft(spectrum * gain, count)
    noise /= np.abs(noise).max()
    return noise


def drum_kit(rng: np.random.Generator) -> dict[str, Audio]:
    time = _clock(0.35)
    sweep = 2 * np.pi * np.cumsum(46.0 + 110.0 * np.exp(-time / 0.022)) / SAMPLE_RATE
    kick = np.sin(sweep) * np.exp(-time / 0.1) + 0.15 * np.exp(-time / 0.003)
    time = _clock(0.3)
    body = np.sin(2 * np.pi * 186.0 * time) + 0.6 * np.sin(2 * np.pi * 331.0 * time)
    rattle = _filtered_noise(rng, 0.3, 900.0, 9_000.0) * np.exp(-time / 0.075)
    snare = 0.5 * body * np.exp(-time / 0.045) + 0.9 * rattle
    time = _clock(0.12)
    hat = _filtered_noise(rng, 0.12, 7_000.0, 15_000.0) * np.exp(-time / 0.022)
    time = _clock(1.8)
    crash = _filtered_noise(rng, 1.8, 2_500.0, 14_000.0) * np.exp(-time / 0.45)
    return {"kick": kick, "snare": snare, "hat": hat, "crash": crash}


PAN: Final = {"kick": 0.0, "snare": 0.06, "hat": 0.35, "crash": -0.4}
LEVEL: Final = {"kick": 0.95, "snare": 0.55, "hat": 0.22, "crash": 0.3}


@dataclass(slots=True)
class Mixer:
    """A stereo mix and what of it goes to the room."""

    dry: Audio
    room: Audio

    def add(self, sound: Audio, time: float, level: float, pan: float, send: float) -> None:
        """Put a mono sound at `time`; `pan` is -1 (left) to 1, by constant power."""
        start = round(time * SAMPLE_RATE)
        sound = sound[: max(0, len(self.dry) - start)]
        angle = (pan + 1) * np.pi / 4
        stereo = level * np.outer(sound, (np.cos(angle), np.sin(angle)))
        self.dry[start : start + len(sound)] += stereo
        self.room[start : start + len(sound)] += send * stereo

    def mixed(self, rng: np.random.Generator) -> Audio:
        time = _clock(0.9)
        count = 1 << (len(self.dry) + len(time)).bit_length()  # a length that the FFT likes
        out = self.dry.copy()
        for side in (0, 1):
            answer = _filtered_noise(rng, 0.9, 200.0, 5_000.0) * np.exp(-time / 0.19) * 0.06
            answer[: int(0.012 * SAMPLE_RATE)] = 0.0
            wet = np.fft.irfft(np.fft.rfft(self.room[:, side], count) * np.fft.rfft(answer, count), count)
            out[:, side] += wet[: len(out)]
        return out
