"""The spectra that all tasks share, computed once, in blocks of frames, in float32.

Two views of the signal:

- *onsets*, 100 frames a second: SuperFlux (Böck & Widmer, DAFx 2013), the rise of a logarithmic 24-band-per-
  octave spectrogram over its frequency-maximum a moment ago, summed in four bands;
- *pitch*, 43 frames a second: a spectrogram with three bins a semitone from MIDI 24 to 108 on the recording's
  own tuning, from a 0.74 s window below about 150 Hz (on a decimated signal, where it is cheap) and a 0.19 s
  window above, whitened along frequency and explained as a non-negative mixture of harmonic notes (NNLS chroma,
  Mauch & Dixon, ISMIR 2010).

and two slow ones for the form: level and timbre, 10 frames a second. What the networks hear is kept beside them (see
`net`). Loudness is normalised by the recording's loud parts. Everything fits in about two megabytes a minute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, reduce
from typing import Final

import numpy as np
import scipy.fft
import soxr
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from performia_desktop.analysis import net
from performia_desktop.analysis.audio import SAMPLE_RATE, Samples
from performia_desktop.analysis.filterbank import Filters, log_bands, peaked
from performia_desktop.analysis.halves import half, look_up, table

F32 = NDArray[np.float32]
F16 = NDArray[np.float16]

ONSET_HOP: Final = 220
ONSET_FPS: Final = SAMPLE_RATE / ONSET_HOP
ONSET_BANDS: Final = ((0, 120), (120, 400), (400, 2500), (2500, 11025))
"""Hz: kick and bass; low mid; mid with the snare; cymbals."""

PITCH_HOP: Final = 512
PITCH_FPS: Final = SAMPLE_RATE / PITCH_HOP
LOWEST: Final = 24
HIGHEST: Final = 108
PITCHES: Final = np.arange(LOWEST, HIGHEST)
"""MIDI numbers of the pitch view's columns."""

FORM_FPS: Final = ONSET_FPS / 10
TIMBRES: Final = 16
_PER_SEMITONE: Final = 3
_BINS: Final = len(PITCHES) * _PER_SEMITONE

_ONSET_WINDOW: Final = 2048
_DECIMATION: Final = 8
_LOW_WINDOW: Final = 2048  # on the decimated signal: 0.74 s
_HIGH_WINDOW: Final = 4096
_SLACK: Final = 4096  # samples: more than decimating may round up
_CROSSOVER_HZ: Final = 150.0
_HARMONICS: Final = 12
_DECAY: Final = 0.65
_NNLS_STEPS: Final = 20
_NOTHING: Final = np.float32(1e-20)
"""Far below what counts, and above where processors calculate slowly."""
_LOUD: Final = 0.1
_FLOOR: Final = 1e-3  # of a spectrum whose loud parts have a level of _LOUD

Tick = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Features:
    """What the tasks see of a recording; T, P, S count frames of the onset, pitch and form views.

    Attributes
    ----------
    duration_sec
    tuning : semitones above A4 = 440 Hz, in [-0.5, 0.5)
    onsets : float32 (T, 4), rise per band of ONSET_BANDS
    notes : float16 (P, 84), activation of each of PITCHES, about 1 where a note is loud
    level : float32 (S,), dB below full scale
    timbre : float32 (S, TIMBRES), cepstrum of the log band spectrum
    bands : float16 (T / 2, 73), see `net.band_view`
    spectrum : float16 (P / 2, 84), cube root of the semitone spectrum, see `net.pitch_view`
    """

    duration_sec: float
    tuning: float
    onsets: F32
    notes: F16
    level: F32
    timbre: F32
    bands: F16
    spectrum: F16


def extract(samples: Samples, duration_sec: float, tick: Tick = lambda _: None) -> Features:
    """Compute all features of a mono recording at SAMPLE_RATE."""
    gain = _gain(samples)
    tuning = estimate_tuning(samples)
    onsets, level, timbre, bands = _onset_view(samples, gain, lambda f: tick(0.4 * f))
    notes, spectrum = _pitch_view(samples, gain, tuning, lambda f: tick(0.4 + 0.6 * f))
    return Features(duration_sec, tuning, onsets, notes, level, timbre, bands, spectrum)


def _gain(samples: Samples) -> float:
    """Return the factor that brings the loud parts (90th percentile of half-second levels) to a fixed level."""
    size = SAMPLE_RATE // 2
    levels = [
        float(np.sqrt(np.mean(np.square(samples[at : at + size], dtype=np.float64))))
        for at in range(0, len(samples), size)
    ]
    loud = float(np.percentile(levels, 90)) if levels else 0.0
    return _LOUD / loud if loud > 1e-6 else 1.0


def _frames(samples: Samples, size: int, hop: int, block: int = 256) -> Iterator[F32]:
    """Yield Hann-windowed frames centred on multiples of `hop`, as arrays (up to `block`, size)."""
    window = np.hanning(size).astype(np.float32)
    count = len(samples) // hop + 1
    for first in range(0, count, block):
        last = min(count, first + block)
        begin, end = first * hop - size // 2, (last - 1) * hop + size // 2
        part = samples[max(0, begin) : max(0, end)]
        part = np.pad(part, (max(0, -begin), max(0, end - begin - max(0, -begin) - len(part))))
        yield np.lib.stride_tricks.sliding_window_view(part, size)[::hop] * window


def _magnitude(frames: F32, lines: int | None = None) -> F32:
    """Return the magnitudes of the first `lines` of each frame's spectrum."""
    spectrum: F32 = np.abs(scipy.fft.rfft(frames, axis=1)[:, :lines])
    return spectrum


# ---------------------------------------------------------------- onsets, level, timbre


@cache
def _log_bands() -> tuple[Filters, NDArray[np.float64]]:
    """Return the filters of the onset view, and their centres in Hz."""
    filters, centres = log_bands(_ONSET_WINDOW, SAMPLE_RATE)
    return Filters(filters), centres


def band_centres() -> NDArray[np.float64]:
    """Return the centres of Features.bands in Hz, (73,)."""
    centres = _log_bands()[1]
    between: NDArray[np.float64] = (centres[0::2] + centres[1::2]) / 2
    return between


def _onset_view(samples: Samples, gain: float, tick: Tick) -> tuple[F32, F32, F32, F16]:
    filters, centres = _log_bands()
    members = [(centres >= a) & (centres < b) for a, b in ONSET_BANDS]
    summing = np.stack(members, axis=1).astype(np.float32)
    lag = 2
    total = len(samples) // ONSET_HOP + 1
    onsets: list[F32] = []
    slow: list[F32] = []
    power: list[F32] = []
    heard = np.empty(((total + 1) // 2, (len(centres) + 1) // 2), np.float16)
    before: F32 | None = None
    done = 0
    for frames in _frames(samples, _ONSET_WINDOW, ONSET_HOP, block=250):
        bands = np.log10(1 + gain * filters.of(_magnitude(frames, filters.lines)))
        history = np.repeat(bands[:1], lag, axis=0) if before is None else before
        joined = np.concatenate([history, bands])
        rise = np.maximum(np.float32(0), bands - _neighbours(joined[: len(bands)]))
        onsets.append(rise @ summing)
        before = joined[-lag:]
        heard[done // 2 : (done + len(bands) + 1) // 2] = net.band_view(bands[::2])
        slow.append(scipy.fft.dct(_tenths(bands), type=2, norm="ortho", axis=1)[:, :TIMBRES].copy())
        power.append(_tenths(np.einsum("ij,ij->i", frames, frames)[:, None] / np.float32(_ONSET_WINDOW)))
        done += len(frames)
        tick(done / total)
    level = 10 * np.log10(np.concatenate(power)[:, 0] * (8 / 3) + 1e-12)  # 8/3: the Hann window's power
    return np.concatenate(onsets), level.astype(np.float32), np.concatenate(slow).astype(np.float32), heard


def _neighbours(bands: F32) -> F32:
    """Return the highest of each band and those beside it."""
    highest = bands.copy()
    np.maximum(highest[:, 1:], bands[:, :-1], out=highest[:, 1:])
    np.maximum(highest[:, :-1], bands[:, 1:], out=highest[:, :-1])
    return highest


def _tenths(x: F32) -> F32:
    """Average ten frames to one; a last group may be shorter."""
    starts = np.arange(0, len(x), 10)
    mean: F32 = np.add.reduceat(x, starts, axis=0)
    mean /= np.diff(np.append(starts, len(x)))[:, None].astype(np.float32)
    return mean


# ---------------------------------------------------------------- pitch


def estimate_tuning(samples: Samples, looks: int = 120) -> float:
    """Return the deviation from A4 = 440 Hz in semitones: circular mean over spectral peaks, 150 Hz to 2 kHz."""
    size = 16384
    if len(samples) < size:
        return 0.0
    starts = np.unique(np.linspace(0, len(samples) - size, looks).astype(int))
    window = np.hanning(size).astype(np.float32)
    low, high = (int(f * size / SAMPLE_RATE) for f in (150, 2000))
    total = 0j
    for start in starts:
        x = np.abs(scipy.fft.rfft(samples[start : start + size] * window))
        here, left, right = x[low:high], x[low - 1 : high - 1], x[low + 1 : high + 1]
        peak = np.flatnonzero((here > left) & (here >= right) & (here > 0.03 * x.max() + 1e-9))
        a, b, c = (np.log(y[peak] + 1e-9) for y in (left, here, right))
        offset = 0.5 * (a - c) / (a - 2 * b + c - 1e-9)
        frequency = (peak + low + offset) * SAMPLE_RATE / size
        total += np.sum(np.sqrt(here[peak]) * np.exp(2j * np.pi * 12 * np.log2(frequency / 440)))
    return float(np.angle(total) / (2 * np.pi)) if total else 0.0


def _bin_frequencies(tuning: float) -> NDArray[np.float64]:
    semitones = (np.arange(_BINS) - 1) / _PER_SEMITONE
    frequencies: NDArray[np.float64] = 440 * 2 ** ((LOWEST + semitones + tuning - 69) / 12)
    return frequencies


def _log_frequency(size: int, rate: float, tuning: float, gain: NDArray[np.float64]) -> Filters:
    """Return filters one bin wide around `_bin_frequencies`, each with a gain."""
    centres = _bin_frequencies(tuning)
    kernels = peaked(centres, centres * (2 ** (1 / 36) - 2 ** (-1 / 36)), size, rate)
    return Filters(kernels * gain.astype(np.float32))


@cache
def _dictionary() -> F32:
    """Return note spectra (bins, pitches), unit length: harmonics decaying by _DECAY, triangular peaks."""
    notes = np.zeros((_BINS, len(PITCHES)), np.float32)
    for p in range(len(PITCHES)):
        for h in range(1, _HARMONICS + 1):
            centre = _PER_SEMITONE * p + 1 + 12 * _PER_SEMITONE * np.log2(h)
            near = np.arange(int(centre) - 1, int(centre) + 3)
            near = near[(near >= 0) & (near < _BINS)]
            notes[near, p] += _DECAY ** (h - 1) * np.maximum(0, 1 - np.abs(near - centre) / 1.5)
    notes /= np.linalg.norm(notes, axis=0)
    return notes


def _pitch_view(samples: Samples, gain: float, tuning: float, tick: Tick) -> tuple[F16, F16]:
    """Return the note activations (P, 84) and the spectrum that they explain, as the networks see it (P / 2, 84)."""
    low_rate = SAMPLE_RATE / _DECIMATION
    decimated = _decimate(samples, low_rate)
    share = 1 / (1 + np.exp(-6 * np.log2(_bin_frequencies(tuning) / _CROSSOVER_HZ)))
    scale_low, scale_high = (gain / np.hanning(n).sum() for n in (_LOW_WINDOW, _HIGH_WINDOW))
    low_map = _log_frequency(_LOW_WINDOW, low_rate, tuning, (1 - share) * scale_low)
    high_map = _log_frequency(_HIGH_WINDOW, SAMPLE_RATE, tuning, share * scale_high)
    count = len(samples) // PITCH_HOP + 1
    notes = np.empty((count, len(PITCHES)), np.float16)
    heard = np.empty((count // 2, len(PITCHES)), np.float16)
    done = 0
    lows = _frames(decimated, _LOW_WINDOW, PITCH_HOP // _DECIMATION)
    for high in _frames(samples, _HIGH_WINDOW, PITCH_HOP):
        spectrum = high_map.of(_magnitude(high, high_map.lines))
        low = low_map.of(_magnitude(next(lows, high[:0, :_LOW_WINDOW]), low_map.lines))
        spectrum[: len(low)] += low[: len(spectrum)]
        semitones = net.halved(np.cbrt(_highest(spectrum)))
        heard[done // 2 : done // 2 + len(semitones)] = semitones
        notes[done : done + len(high)] = half(_explain(_whiten(spectrum)))
        done += len(high)
        tick(done / count)
    del lows, decimated, low, high, spectrum, semitones  # 40 MB an hour; what comes now needs room itself
    loud = float(np.percentile(notes[:: max(1, count // 20000)], 99.5)) if count else 0.0
    if loud > 0:
        normal = table(lambda x: (x / np.float32(np.float16(loud))).astype(np.float16))
        look_up(notes, normal, out=notes)
    return notes, net.pitch_view(heard)


def _highest(spectrum: F32) -> F32:
    """Return the highest bin of each semitone, (frames, 84)."""
    each = (spectrum[:, k::_PER_SEMITONE] for k in range(_PER_SEMITONE))
    return reduce(np.maximum, each)


def _decimate(samples: Samples, rate: float) -> F32:
    resampler = soxr.ResampleStream(SAMPLE_RATE, rate, 1, dtype="float32", quality="MQ")
    size = 60 * SAMPLE_RATE
    decimated = np.empty(len(samples) // _DECIMATION + _SLACK, np.float32)
    count = 0
    for at in range(0, len(samples), size):
        piece = resampler.resample_chunk(samples[at : at + size], last=at + size >= len(samples))
        decimated[count : count + len(piece)] = piece
        count += len(piece)
    return decimated[:count]


def _whiten(spectrum: F32) -> F32:
    """Subtract the mean of an octave's neighbourhood and divide by its spread, frame by frame."""
    width = 12 * _PER_SEMITONE + 1
    mean = uniform_filter1d(spectrum, width, axis=1)
    variance = uniform_filter1d(spectrum**2, width, axis=1) - mean**2
    spread = np.sqrt(np.maximum(variance, 0)) + 1e-6
    white: F32 = np.maximum(0, spectrum - mean) / (spread + _FLOOR)
    return white


def _explain(spectra: F32) -> F32:
    """Solve spectra ~ activations @ notes, activations >= 0, by multiplicative updates for all frames at once."""
    notes = _dictionary()
    target = np.maximum(spectra @ notes, 1e-6)
    gram = notes.T @ notes
    activations: F32 = target.copy()
    for _ in range(_NNLS_STEPS):
        activations *= target / (activations @ gram + 1e-6)
        np.maximum(activations, _NOTHING, out=activations)
    return activations
