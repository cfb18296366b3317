"""The demo song: a short original arrangement, synthesised, so that the truth about it is known.

"Tin Roof Morning" is 32 bars in E flat major, 4/4 at 112 BPM: intro, verse, chorus, verse, chorus, outro, for
electric piano, pad, bass, drums and a lead. Notes are sums of decaying partials, drums are filtered noise and
swept sines, and everything stands in a small synthetic room. The same seed gives the same samples. `truth` returns
the Song Map that a perfect listener would write. Times are seconds, pitches MIDI numbers, beats count from 0.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from performia_desktop.demo import instruments, score
from performia_desktop.demo.instruments import SAMPLE_RATE, Audio
from performia_desktop.demo.score import DURATION
from performia_desktop.songmap.model import Chord, Key, Meter, Note, Section, SongMap, Tempo

TITLE: Final = "Tin Roof Morning"
ARTIST: Final = "The Examples"
SEED: Final = 20

__all__ = ["ARTIST", "DURATION", "SAMPLE_RATE", "SEED", "TITLE", "render", "truth", "write"]


def _played(
    events: list[score.Event], rng: np.random.Generator, spread: float
) -> list[tuple[float, float, int, float]]:
    """Return events in seconds as a player would place them: a few milliseconds off, not equally loud."""
    offsets = np.clip(rng.normal(0.0, spread, len(events)), -3 * spread, 3 * spread)
    loudness = rng.uniform(0.92, 1.0, len(events))
    return [
        (max(0.0, score.seconds_at(beat) + float(offset)), length * score.BEAT, midi, level * float(loud))
        for (beat, length, midi, level), offset, loud in zip(events, offsets, loudness, strict=True)
    ]


def _performance(seed: int) -> tuple[list[score.Event], list[score.Event], list[score.Event], np.random.Generator]:
    """Return melody, bass and keys as they are played; `truth` and `render` must agree on them."""
    rng = np.random.default_rng(seed)
    return (
        _played(score.melody(), rng, 0.006),
        _played(score.bass(), rng, 0.004),
        _played(score.keys(), rng, 0.004),
        rng,
    )


def render(seconds: float | None = None, seed: int = SEED) -> NDArray[np.float32]:
    """Return the song, or its first `seconds`, as samples of shape (n, 2) at SAMPLE_RATE, peak 0.89."""
    length = min(seconds or DURATION, DURATION)
    melody, bass, keys, rng = _performance(seed)
    kit = instruments.drum_kit(rng)
    count = round(length * SAMPLE_RATE)
    mixer = instruments.Mixer(np.zeros((count, 2)), np.zeros((count, 2)))
    heard: dict[tuple[str, int, int], Audio] = {}  # the same note of the same instrument is made once

    for name, synth, events, level, send in (
        ("lead", instruments.lead, melody, 0.26, 0.9),
        ("bass", instruments.bass_guitar, bass, 0.42, 0.1),
        ("keys", instruments.electric_piano, keys, 0.13, 0.6),
    ):
        for start, long, midi, loud in events:
            if start >= length:
                continue
            key = (name, midi, round(long * 1000))
            if key not in heard:
                heard[key] = synth(midi, long)
            pan = 0.08 if name == "lead" else (midi - 62) / 24 if name == "keys" else 0.0
            mixer.add(heard[key], start, level * loud, pan, send)
    for section, beat, beats, label in score.harmony():
        if section in {"chorus", "outro"} and score.seconds_at(beat) < length:
            for index, midi in enumerate(score.voicing(label)):
                mixer.add(
                    instruments.pad(midi, beats * score.BEAT),
                    score.seconds_at(beat),
                    0.035,
                    (-0.6, 0.2, 0.6, -0.2)[index % 4],
                    0.8,
                )
    for beat, drum, loud in score.drums():
        time = max(0.0, score.seconds_at(beat) + float(np.clip(rng.normal(0.0, 0.0015), -0.004, 0.004)))
        if time < length:
            mixer.add(
                kit[drum],
                time,
                instruments.LEVEL[drum] * loud,
                instruments.PAN[drum],
                0.35 if drum != "kick" else 0.08,
            )

    out = np.tanh(1.15 * mixer.mixed(rng))
    fade = min(count, int((0.05 if length < DURATION else 1.0) * SAMPLE_RATE))
    out[count - fade :] *= np.linspace(1.0, 0.0, fade)[:, None]
    samples: NDArray[np.float32] = (out * (0.89 / np.abs(out).max())).astype(np.float32)
    return samples


def write(path: Path, seconds: float | None = None, seed: int = SEED) -> None:
    """Write the song, or its first `seconds`, as 16-bit audio with title and artist; the name decides the format.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    import soundfile

    samples = render(seconds, seed)
    kind = path.suffix[1:].upper()
    with (
        path.open("w+b") as raw,
        soundfile.SoundFile(raw, "w", SAMPLE_RATE, samples.shape[1], subtype="PCM_16", format=kind) as file,
    ):
        file.title = TITLE
        file.artist = ARTIST
        file.write(samples)


def truth(seconds: float | None = None, seed: int = SEED) -> SongMap:
    """Return what is true of the song, or of its first `seconds`; times to 3 decimals."""
    length = round(min(seconds or DURATION, DURATION), 3)
    beats = [
        round(score.seconds_at(beat), 3)
        for beat in range(score.BARS * score.BAR)
        if score.seconds_at(beat) < length
    ]
    melody, bass, _, _ = _performance(seed)
    sections = [(round(score.seconds_at(beat), 3), part.label) for part, beat in score.laid_out()]
    harmony = [(0.0, "N")]
    for _, beat, _, label in score.harmony():
        if label != harmony[-1][1]:
            harmony.append((round(score.seconds_at(beat), 3), label))
    return SongMap(
        id="00000000",
        duration_sec=length,
        title=TITLE,
        artist=ARTIST,
        meter=Meter(score.BAR, 4),
        tempo=Tempo(score.BPM, ((0.0, score.BPM),), 1.0),
        beats=tuple(beats),
        downbeats=tuple(beats[:: score.BAR]),
        key=(Key(0.0, length, "Eb", "major", 1.0),),
        chords=tuple(
            Chord(start, end, label, 1.0)
            for (start, end), (_, label) in zip(_tiles([at for at, _ in harmony], length), harmony, strict=False)
        ),
        sections=tuple(
            Section(start, end, label, 1.0)
            for (start, end), (_, label) in zip(_tiles([at for at, _ in sections], length), sections, strict=False)
        ),
        melody=_notes(melody, length),
        bass=_notes(bass, length),
        provenance={"made_by": "the score", "seed": seed},
    )


def _tiles(starts: list[float], length: float) -> list[tuple[float, float]]:
    """Return (start, end) of what starts in the song, the first from 0, each up to the next."""
    kept = [0.0, *(start for start in starts[1:] if start < length)]
    return list(pairwise([*kept, length]))


def _notes(events: list[score.Event], length: float) -> tuple[Note, ...]:
    """Return played notes as a Song Map has them: inside the song, in order, none over the next."""
    notes = [
        Note(round(start, 3), round(min(start + long, length), 3), midi, 1.0)
        for start, long, midi, _ in events
        if start < length - 0.02
    ]
    ends = [min(note.end, following.start) for note, following in pairwise(notes)] + [
        note.end for note in notes[-1:]
    ]
    return tuple(replace(note, end=end) for note, end in zip(notes, ends, strict=True))
