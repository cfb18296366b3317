"""What happens to music on its way to the listener: rooms, tape, codecs, telephones, limiters, noise, people.

`degrade` returns the sound and how its times moved: new = (old - cut + before) / speed.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import av
import numpy as np
import scipy.fft
import soxr
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d
from scipy.signal import butter, fftconvolve, sosfilt

from training import synth

F32 = NDArray[np.float32]
Rng = np.random.Generator
RATE = synth.RATE


@dataclass(slots=True)
class Moved:
    """Where times went, and what was done, for reports by degradation."""

    speed: float = 1.0
    cut: float = 0.0
    before: float = 0.0
    done: list[str] = field(default_factory=list)

    def __call__(self, seconds: float) -> float:
        return (seconds - self.cut + self.before) / self.speed


Change = Callable[[F32, Rng, int], F32]

_CHANGES: Final[tuple[tuple[str, float, Change], ...]] = (
    ("eq", 1.6, lambda x, rng, strength: equalise(x, rng, (3.0, 6.0, 9.0)[strength])),
    ("room", 1.0, lambda x, rng, strength: room(x, rng, 0.25 + 0.35 * strength)),
    ("drive", 0.5, lambda x, rng, _: drive(x, rng)),
    ("compressor", 1.0, lambda x, rng, _: compress(x, rng)),
    ("limiter", 0.8, lambda x, rng, _: limit(x, float(rng.uniform(3, 14)))),
    ("wow", 0.25, lambda x, rng, _: wow(x, rng)),
    ("vinyl", 0.3, lambda x, rng, _: vinyl(x, rng)),
    ("noise", 0.8, lambda x, rng, strength: hiss(x, rng, float(rng.uniform(8 if strength > 1 else 20, 45)))),
    ("people", 0.3, lambda x, rng, _: people(x, rng)),
    ("phone", 0.25, lambda x, rng, _: band(x, float(rng.uniform(80, 350)), float(rng.uniform(3000, 6000)))),
    ("dull", 0.4, lambda x, rng, _: band(x, 20, float(rng.uniform(2500, 9000)))),
    ("thin", 0.25, lambda x, rng, _: band(x, float(rng.uniform(60, 220)), 10900)),
    ("codec", 0.6, lambda x, rng, _: codec(x, rng)),
)
"""Name, how often compared with others, and what is done, in the order in which it happens to a recording."""
_NARROW: Final = frozenset({"phone", "dull", "thin"})  # one of these at most


def degrade(sound: F32, rng: Rng, strength: int) -> tuple[F32, Moved]:
    """Degrade lightly (0), as most records are (1), or badly (2)."""
    moved = Moved()
    chance = (0.15, 0.4, 0.6)[strength]

    def happens(what: str, share: float = 1.0) -> bool:
        if rng.random() < chance * share:
            moved.done.append(what)
            return True
        return False

    if rng.random() < 0.75:
        moved.cut = float(rng.uniform(0, 2.5))
        sound = sound[int(moved.cut * RATE) :]
    if rng.random() < (0.3, 0.85, 0.85)[strength]:
        cents = rng.uniform(-45, 45) if rng.random() < 0.9 else 0.0
        moved.speed = float(2 ** (cents / 1200))
        if abs(cents) > 1:
            sound = soxr.resample(sound, RATE * moved.speed, RATE, quality="MQ")
            moved.done.append("tape")
    for name, share, change in _CHANGES:
        narrowed = name in _NARROW and not _NARROW.isdisjoint(moved.done)
        if not narrowed and happens(name, share):
            sound = change(sound, rng, strength)
    if rng.random() < 0.12:
        sound, seconds = preceded(sound, rng)
        moved.before = seconds * moved.speed
        moved.done.append("talk before")
    elif rng.random() < 0.3:
        seconds = float(rng.uniform(0, 1.5))
        sound = np.concatenate([np.zeros(int(seconds * RATE), np.float32), sound])
        moved.before = seconds * moved.speed
    if rng.random() < 0.08:
        size = int(rng.uniform(1, 5) * RATE)
        sound[:size] *= np.linspace(0, 1, size, dtype=np.float32)[: len(sound)]
        moved.done.append("fade-in")
    gain = np.float32(10 ** (rng.uniform(-14, 0) / 20) / (np.abs(sound).max() + 1e-9))
    return np.ascontiguousarray(sound * gain, np.float32), moved


def _rms(sound: F32) -> float:
    return float(np.sqrt(np.mean(sound.astype(np.float64) ** 2)) + 1e-9)


def equalise(sound: F32, rng: Rng, decibels: float) -> F32:
    """Apply a smooth random curve over ten octaves and a tilt."""
    size = scipy.fft.next_fast_len(len(sound), real=True)
    octave = np.log2(np.maximum(np.fft.rfftfreq(size, 1 / RATE), 20) / 640)
    gain = np.interp(octave, np.linspace(-5, 4.1, 8), rng.uniform(-decibels, decibels, 8))
    gain += rng.uniform(-0.5, 0.5) * decibels * octave / 4
    spectrum = scipy.fft.rfft(sound, size) * (10 ** (gain / 20)).astype(np.float32)
    return scipy.fft.irfft(spectrum, size)[: len(sound)].astype(np.float32)


def room(sound: F32, rng: Rng, most: float) -> F32:
    """Convolve with a synthetic room: sparse early reflections and an exponential tail, darker as it fades."""
    seconds = rng.uniform(0.15, 2.2)
    size = int(seconds * RATE)
    time = np.arange(size) / RATE
    tail = rng.standard_normal(size) * np.exp(-6.9 * time / seconds)
    dark = sosfilt(butter(1, rng.uniform(800, 4000), fs=RATE, output="sos"), tail)
    fade = np.minimum(1, time / seconds * 2)
    tail = tail * (1 - fade) + dark * fade
    tail[: int(rng.uniform(0.005, 0.04) * RATE)] = 0
    for at in rng.uniform(0.003, 0.06, 8):
        tail[min(size - 1, int(at * RATE))] += rng.uniform(-1, 1) * np.abs(tail).max() * 2
    tail *= rng.uniform(0.1, most) / np.sqrt(np.sum(tail**2))
    return (sound + fftconvolve(sound, tail.astype(np.float32))[: len(sound)]).astype(np.float32)


def drive(sound: F32, rng: Rng) -> F32:
    gain = rng.uniform(1.2, 5)
    peak = np.abs(sound).max() + 1e-9
    return (np.tanh(gain * sound / peak) * peak / gain).astype(np.float32)


def compress(sound: F32, rng: Rng) -> F32:
    """Pump: divide by a power of the level in a sliding window that looks back only."""
    size = int(rng.uniform(0.02, 0.3) * RATE)
    level = np.sqrt(uniform_filter1d(sound.astype(np.float64) ** 2, size, origin=(size - 1) // 2) + 1e-9)
    return (sound * (level / level.mean() + 0.05) ** -rng.uniform(0.3, 0.8)).astype(np.float32)


def limit(sound: F32, decibels: float) -> F32:
    """Raise by `decibels` and hold the peaks with a 5 ms look-ahead limiter."""
    loud = sound * np.float32(10 ** (decibels / 20) / (np.abs(sound).max() + 1e-9))
    size = int(0.005 * RATE)
    peaks = np.maximum.reduceat(np.abs(loud), np.arange(0, len(loud), size))
    peaks = np.maximum(peaks, np.maximum(np.roll(peaks, 1), np.roll(peaks, -1)))
    gain = np.interp(np.arange(len(loud)), np.arange(len(peaks)) * size, 1 / np.maximum(1, peaks))
    return (loud * gain).astype(np.float32)


def wow(sound: F32, rng: Rng) -> F32:
    """Let the tape wander by a few cents; times move by less than 4 ms."""
    time = np.arange(len(sound)) / RATE
    rate = rng.uniform(0.4, 6)
    depth = min(0.003, 0.003 / rate) * rng.uniform(0.2, 1)
    return np.interp(time + depth * np.sin(6.283 * rate * time), time, sound).astype(np.float32)


def vinyl(sound: F32, rng: Rng) -> F32:
    """Add clicks, crackle and rumble."""
    seconds = len(sound) / RATE
    noise = np.zeros(len(sound), np.float32)
    count = int(seconds * rng.uniform(1, 25))
    noise[rng.integers(0, len(sound), count)] = rng.standard_normal(count) * rng.uniform(0.5, 6)
    noise = sosfilt(butter(1, 5000, fs=RATE, output="sos"), noise)
    rumble = sosfilt(butter(2, 60, fs=RATE, output="sos"), rng.standard_normal(len(sound))) * 2
    return (sound + _rms(sound) * (noise + rumble * rng.uniform(0, 0.15))).astype(np.float32)


def hiss(sound: F32, rng: Rng, ratio: float) -> F32:
    """Add white to brown noise at a signal-to-noise ratio in dB."""
    size = scipy.fft.next_fast_len(len(sound), real=True)
    spectrum = scipy.fft.rfft(rng.standard_normal(size, np.float32))
    spectrum /= (np.maximum(np.fft.rfftfreq(size, 1 / RATE), 40) ** rng.uniform(0, 1)).astype(np.float32)
    noise = scipy.fft.irfft(spectrum, size)[: len(sound)]
    return (sound + noise * (_rms(sound) / _rms(noise) * 10 ** (-ratio / 20))).astype(np.float32)


def people(sound: F32, rng: Rng) -> F32:
    """Add a crowd or somebody talking."""
    seconds = len(sound) / RATE
    noise = synth.crowd(seconds, rng) if rng.random() < 0.7 else synth.speech(seconds, rng)
    noise = np.pad(noise, (0, max(0, len(sound) - len(noise))))[: len(sound)]
    return (sound + noise * (_rms(sound) / _rms(noise) * 10 ** (-rng.uniform(8, 25) / 20))).astype(np.float32)


def preceded(sound: F32, rng: Rng) -> tuple[F32, float]:
    """Put talk or applause before the music; return the seconds it takes too."""
    seconds = float(rng.uniform(2, 7))
    talk = synth.speech(seconds, rng) if rng.random() < 0.6 else synth.crowd(seconds, rng)
    talk *= np.float32(_rms(sound) / _rms(talk) * 10 ** (-rng.uniform(-3, 12) / 20))
    return np.concatenate([talk, sound]), len(talk) / RATE


def band(sound: F32, low: float, high: float) -> F32:
    sos = np.concatenate(
        [butter(2, low, "high", fs=RATE, output="sos"), butter(4, min(high, 10900), fs=RATE, output="sos")]
    )
    return sosfilt(sos, sound).astype(np.float32)


def codec(sound: F32, rng: Rng) -> F32:
    """Send through MP3 or AAC at a low rate."""
    name, rates = ("mp3", [32, 48, 64, 96]) if rng.random() < 0.7 else ("aac", [24, 32, 48, 64])
    return encoded(sound, name, int(rng.choice(rates)))


def encoded(sound: F32, name: str, kilobits: int) -> F32:
    """Send through `mp3` or `aac` and take the encoder's delay out again by correlation."""
    scaled = np.clip(sound / (np.abs(sound).max() + 1e-9) * 0.9, -1, 1)
    memory = io.BytesIO()
    with av.open(memory, "w", format="mp3" if name == "mp3" else "adts") as out:
        stream = out.add_stream("libmp3lame" if name == "mp3" else "aac", rate=RATE, layout="mono")
        stream.bit_rate = kilobits * 1000
        pcm = (scaled * 32767).astype(np.int16)[None]
        frame = av.AudioFrame.from_ndarray(pcm, format="s16", layout="mono")
        frame.sample_rate = RATE
        fifo = av.AudioFifo()
        resampler = av.AudioResampler(format=stream.codec_context.format, layout="mono", rate=RATE)
        for part in resampler.resample(frame):
            fifo.write(part)
        while (part := fifo.read(stream.codec_context.frame_size or 1024, partial=True)) is not None:
            out.mux(stream.encode(part))
        out.mux(stream.encode(None))
    memory.seek(0)
    with av.open(memory) as source:
        parts = [f.to_ndarray().astype(np.float32).mean(axis=0) for f in source.decode(audio=0)]
    decoded = np.concatenate(parts)
    decoded /= np.abs(decoded).max() + 1e-9
    size = min(len(sound), len(decoded), 10 * RATE)
    match = fftconvolve(decoded[: size + 4096], scaled[:size][::-1])
    delay = int(np.argmax(match[size - 1 : size + 4096]))
    decoded = np.pad(decoded[delay:], (0, max(0, len(sound) - len(decoded) + delay)))[: len(sound)]
    return (decoded * np.abs(sound).max()).astype(np.float32)
