"""What may happen to a recording, one thing at a time and always the same: no score may fall much under any.

Each degradation takes mono float32 samples at 22.05 kHz and returns new ones with a `Moved` that says where their
times went. The sounds are those of `training.degrade`, at fixed strengths; the same name gives the same samples.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import soxr
from numpy.typing import NDArray

from training import degrade, synth
from training.degrade import Moved

F32 = NDArray[np.float32]
Rng = np.random.Generator
RATE: Final = degrade.RATE

_BEFORE_SEC: Final = 7.0
_AFTER_SEC: Final = 10.0
_CUT_SEC: Final = 1.3
_FADE_SEC: Final = 6.0


def _detuned(cents: float) -> Callable[[F32, Rng], tuple[F32, Moved]]:
    """Play faster and higher, as a tape does."""
    speed = float(2 ** (cents / 1200))

    def change(sound: F32, _: Rng) -> tuple[F32, Moved]:
        return soxr.resample(sound, RATE * speed, RATE, quality="HQ"), Moved(speed=speed)

    return change


def _still(change: Callable[[F32, Rng], F32]) -> Callable[[F32, Rng], tuple[F32, Moved]]:
    return lambda sound, rng: (change(sound, rng), Moved())


def _driven(sound: F32, _: Rng) -> F32:
    """Overdrive by 12 dB."""
    return np.tanh(4 * sound / (np.abs(sound).max() + 1e-9)).astype(np.float32)


def _cut(sound: F32, _: Rng) -> tuple[F32, Moved]:
    return sound[round(_CUT_SEC * RATE) :], Moved(cut=_CUT_SEC)


def _faded_in(sound: F32, _: Rng) -> F32:
    size = round(_FADE_SEC * RATE)
    gain = np.ones(len(sound), np.float32)
    gain[:size] = (np.linspace(0, 1, size) ** 2)[: len(sound)]
    return sound * gain


def _talked_before(sound: F32, rng: Rng) -> tuple[F32, Moved]:
    talk = synth.speech(_BEFORE_SEC, rng)
    return np.concatenate([_as_loud(talk, sound, -3.0), sound]), Moved(before=len(talk) / RATE)


def _applauded(sound: F32, rng: Rng) -> F32:
    return np.concatenate([sound, _as_loud(synth.crowd(_AFTER_SEC, rng), sound, -6.0)])


def _as_loud(noise: F32, sound: F32, decibels: float) -> F32:
    """Bring noise to a level relative to the sound's."""
    level = float(np.sqrt(np.mean(np.square(sound, dtype=np.float64))))
    return noise * np.float32(level / np.sqrt(np.mean(noise**2) + 1e-12) * 10 ** (decibels / 20))


DEGRADATIONS: Final[Mapping[str, Callable[[F32, Rng], tuple[F32, Moved]]]] = {
    "sharp": _detuned(35),
    "flat": _detuned(-35),
    "noise": _still(lambda sound, rng: degrade.hiss(sound, rng, 18.0)),
    "reverb": _still(lambda sound, rng: degrade.room(sound, rng, 0.8)),
    "drive": _still(_driven),
    "limiter": _still(lambda sound, _: degrade.limit(sound, 12.0)),
    "mp3": _still(lambda sound, _: degrade.encoded(sound, "mp3", 32)),
    "cut": _cut,
    "fade-in": _still(_faded_in),
    "speech": _talked_before,
    "applause": _still(_applauded),
    "phone": _still(lambda sound, _: degrade.band(sound, 300.0, 3400.0)),
}


def degraded(name: str, sound: F32) -> tuple[F32, Moved]:
    """Return the sound after one of DEGRADATIONS, and where its times went."""
    return DEGRADATIONS[name](sound, np.random.default_rng(zlib.crc32(name.encode())))


def moved_map(song_map: Mapping[str, Any], moved: Moved, duration_sec: float) -> dict[str, Any]:
    """Return a Song Map (or a part of one) with its times moved; what falls outside of the recording is left out.

    Chords, keys and sections keep the ends of the music: speech and applause around it are not covered.
    """

    def inside(time: float) -> float:
        return min(duration_sec, max(0.0, moved(time)))

    def points(times: list[float]) -> list[float]:
        return [at for at in map(moved, times) if 0 <= at <= duration_sec]

    def spans(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        shifted = [{**row, "start": inside(row["start"]), "end": inside(row["end"])} for row in rows]
        return [row for row in shifted if row["end"] - row["start"] > 1e-3]

    out = dict(song_map) | {"duration_sec": duration_sec}
    for field in ("beats", "downbeats"):
        if song_map.get(field):
            out[field] = points(song_map[field])
    for field in ("key", "chords", "sections", "lyrics"):
        if song_map.get(field):
            out[field] = spans(song_map[field])
    if song_map.get("performance"):
        out["performance"] = {part: spans(notes) for part, notes in song_map["performance"].items() if notes}
    tempo = dict(song_map.get("tempo") or {})
    if tempo.get("bpm_global"):
        tempo["bpm_global"] *= moved.speed
        out["tempo"] = tempo
    return out
