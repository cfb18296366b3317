"""The demo song: a short original arrangement, synthesised, so that the truth about it is known.

"Tin Roof Morning" is 32 bars in E flat major, 4/4 at 112 BPM: intro, verse, chorus, verse, chorus, outro, for
electric piano, pad, bass, drums and a lead. Notes are sums of decaying partials, drums are filtered noise and
swept sines, and everything stands in a small synthetic room. The same seed gives the same samples. `truth` returns
the Song Map that a perfect listener would write. Times are seconds, pitches MIDI numbers, beats count from 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from performia_desktop.songmap import chord as chords
from performia_desktop.songmap.model import Chord, Key, Meter, Note, Section, SongMap, Tempo

TITLE: Final = "Tin Roof Morning"
ARTIST: Final = "The Examples"
SAMPLE_RATE: Final = 44_100
BPM: Final = 112.0
LEAD_IN: Final = 0.25  # seconds of silence before the first bar
RING_OUT: Final = 2.5  # seconds after the last bar
SEED: Final = 20

Audio = NDArray[np.float64]
Line = tuple[tuple[float, float, int], ...]  # (beat, length in beats, MIDI number) from the section's start

_BEAT = 60.0 / BPM
_BAR = 4

# Chords of a section, a bar each; a bar in two halves is "X Y".
_INTRO = ("Eb:maj", "C:min7", "Ab:maj", "Bb:7")
_VERSE_A = ("Eb:maj", "G:min", "Ab:maj", "Bb:7")
_VERSE_B = ("Eb:maj", "C:min7", "Ab:maj F:min7", "Bb:7")
_CHORUS_A = ("Ab:maj", "Bb:maj", "G:min", "C:min")
_CHORUS_B = ("Ab:maj", "Bb:7", "Eb:maj", "Eb:maj")
_OUTRO = ("C:min7", "Ab:maj", "Bb:7", "Eb:maj")

# fmt: off
_VERSE_A_LINE: Line = (
    (0.5, .5, 67), (1, .5, 70), (1.5, 1, 70), (2.5, .5, 68), (3, 1, 67),
    (4, 1.5, 67), (6, .5, 65), (6.5, .5, 67), (7, 1, 70),
    (8.5, .5, 72), (9, .5, 72), (9.5, 1, 70), (10.5, .5, 68), (11, 1, 67),
    (12, 2, 65), (15, .5, 62), (15.5, .5, 63),
)
_VERSE_B_LINE: Line = (
    (0.5, .5, 67), (1, .5, 70), (1.5, 1, 70), (2.5, .5, 72), (3, 1, 70),
    (4, 1.5, 67), (6, .5, 67), (6.5, .5, 70), (7, 1, 72),
    (8, 1, 72), (9, 1, 70), (10, 1, 68), (11, 1, 65),
    (12, 2.5, 62), (15, .5, 70), (15.5, .5, 72),
)
_CHORUS_A_LINE: Line = (
    (0, 1.5, 75), (1.5, .5, 72), (2, 1, 75), (3, 1, 77),
    (4, 1.5, 74), (5.5, .5, 70), (6, 2, 74),
    (8, 1.5, 74), (9.5, .5, 70), (10, 1, 74), (11, 1, 75),
    (12, 2.5, 72), (15, .5, 70), (15.5, .5, 72),
)
_CHORUS_B_LINE: Line = (
    (0, 1.5, 75), (1.5, .5, 72), (2, 1, 75), (3, 1, 77),
    (4, 1, 77), (5, 1, 74), (6, 1, 77), (7, 1, 74),
    (8, 3, 75),
    (12.5, .5, 70), (13, .5, 72), (13.5, 1.5, 70),
)
_OUTRO_LINE: Line = (
    (0, 1.5, 67), (1.5, .5, 70), (2, 2, 72),
    (4, 1.5, 72), (5.5, .5, 70), (6, 2, 68),
    (8, 2, 65), (10, 1, 62), (11, 1, 65),
    (12, 3.5, 63),
)
# fmt: on


def _after(line: Line, beats: float) -> Line:
    return tuple((beat + beats, length, midi) for beat, length, midi in line)


@dataclass(frozen=True, slots=True)
class _Part:
    """A section as it is written: its label, its chords bar by bar, its melody."""

    label: str
    bars: tuple[str, ...]
    line: Line = ()


_PARTS: Final = (
    _Part("intro", _INTRO),
    _Part("verse", _VERSE_A + _VERSE_B, _VERSE_A_LINE + _after(_VERSE_B_LINE, 16)),
    _Part("chorus", _CHORUS_A, _CHORUS_A_LINE),
    _Part("verse", _VERSE_B, _VERSE_B_LINE),
    _Part("chorus", _CHORUS_A + _CHORUS_B, _CHORUS_A_LINE + _after(_CHORUS_B_LINE, 16)),
    _Part("outro", _OUTRO, _OUTRO_LINE),
)
_BARS: Final = sum(len(part.bars) for part in _PARTS)
DURATION: Final = round(LEAD_IN + _BARS * _BAR * _BEAT + RING_OUT, 3)


def _time(beat: float) -> float:
    return LEAD_IN + beat * _BEAT


def _laid_out() -> Iterator[tuple[_Part, int]]:
    """Yield each section with the beat on which it starts."""
    beat = 0
    for part in _PARTS:
        yield part, beat
        beat += len(part.bars) * _BAR


def _harmony() -> Iterator[tuple[str, float, float, str]]:
    """Yield (section label, start beat, length in beats, chord label)."""
    for part, start in _laid_out():
        for number, bar in enumerate(part.bars):
            labels = bar.split()
            length = _BAR / len(labels)
            for index, label in enumerate(labels):
                yield part.label, start + number * _BAR + index * length, length, label


# What each instrument plays: (beat, length in beats, MIDI number, loudness)

Event = tuple[float, float, int, float]


def _melody() -> list[Event]:
    return [
        (start + beat, length * 0.94, midi, 1.0 if part.label == "chorus" else 0.85)
        for part, start in _laid_out()
        for beat, length, midi in part.line
    ]


def _bass() -> list[Event]:
    events: list[Event] = []
    for section, start, length, label in _harmony():
        name = chords.parse(label)
        assert name is not None
        root = 34 + (name.root_pitch_class - 10) % 12  # from the low B flat up
        fifth = root + 7 if root < 40 else root - 5
        pattern: tuple[tuple[float, float, int], ...]
        if section == "intro":
            pattern = ((0, length, root),)
        elif section == "outro":
            pattern = ((0, min(length, 3.5), root),)
        elif section == "chorus":
            pattern = tuple((step / 2, 0.5, fifth if step == 7 else root) for step in range(int(length * 2)))
        elif length < _BAR:
            pattern = ((0, 1.5, root), (1.5, 0.5, root))
        else:
            pattern = ((0, 1.5, root), (1.5, 0.5, root), (2, 1, fifth), (3, 1, root))
        events += [(start + beat, long * 0.9, midi, 1.0 if beat == 0 else 0.8) for beat, long, midi in pattern]
    return events


def _voicing(label: str) -> list[int]:
    """Return the chord's notes between B flat 3 and A 4, close together."""
    name = chords.parse(label)
    assert name is not None
    return sorted(58 + (name.root_pitch_class + step - 10) % 12 for step in chords.QUALITIES[name.quality])


def _keys() -> list[Event]:
    events: list[Event] = []
    for section, start, length, label in _harmony():
        notes = _voicing(label)
        if section == "intro":
            order = [*notes, *notes[-2:0:-1]]
            events += [
                (start + step / 2, 0.9, order[step % len(order)], 0.9 if step % 2 == 0 else 0.65)
                for step in range(int(length * 2))
            ]
            events += [(start, length, midi, 0.35) for midi in notes]
            continue
        rhythm: tuple[tuple[float, float, float], ...] = ((0, 1.3, 1.0), (1.5, 0.6, 0.7), (2.5, 1.3, 0.85))
        if section == "chorus":
            rhythm = ((0, 1.4, 1.0), (1, 0.4, 0.55), (1.5, 1.4, 0.8), (3, 0.9, 0.75))
        elif section == "outro":
            rhythm = ((0, length, 1.0),)
        events += [
            (start + beat, min(long, length - beat), midi, loud * 0.8)
            for beat, long, loud in rhythm
            if beat < length
            for midi in notes
        ]
    return events


def _drums() -> list[tuple[float, str, float]]:
    """Return (beat, drum, loudness)."""
    hits: list[tuple[float, str, float]] = []
    for part, start in _laid_out():
        last = start + (len(part.bars) - 1) * _BAR
        if part.label in {"chorus", "outro"} or start == _BAR * 4:
            hits.append((start, "crash", 0.8))
        for bar in range(start, last + 1, _BAR):
            fill = bar == last and part.label in {"verse", "chorus"}
            if part.label == "outro" and bar == last:
                hits += [(bar, "kick", 1.0), (bar, "crash", 0.6)]
                continue
            if part.label == "intro":
                hits += [(bar + step / 2, "hat", 0.6 if step % 2 == 0 else 0.35) for step in range(8)]
                hits += [(bar, "kick", 0.8), (bar + 3, "snare", 0.25)]
                continue
            kicks = (0, 1.5, 2, 3.5) if part.label == "chorus" else (0, 2.5)
            hits += [(bar + beat, "kick", 1.0) for beat in kicks]
            hits += [(bar + beat, "snare", 0.95) for beat in ((1,) if fill else (1, 3))]
            hits += [(bar + step / 2, "hat", 0.7 if step % 2 == 0 else 0.42) for step in range(6 if fill else 8)]
            if fill:
                hits += [(bar + 3 + step / 4, "snare", 0.55 + 0.12 * step) for step in range(4)]
    return hits


# How it sounds


def _hertz(midi: float) -> float:
    return float(440.0 * 2.0 ** ((midi - 69.0) / 12.0))


def _clock(seconds: float) -> Audio:
    return np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE


def _envelope(time: Audio, length: float, attack: float, release: float) -> Audio:
    """Return a rise of `attack` and, after `length`, a fall of `release` seconds."""
    rise: Audio = np.minimum(time / attack, 1.0)
    fall: Audio = np.clip(1.0 - (time - length) / release, 0.0, 1.0)
    return rise * fall**2


def _electric_piano(midi: int, length: float) -> Audio:
    """Return a struck tine: few partials, the high ones soon gone, and a bell at the start."""
    time = _clock(length + 0.25)
    base = _hertz(midi)
    sound = np.zeros_like(time)
    for number, level, decay in ((1, 1.0, 1.6), (2, 0.42, 2.6), (3, 0.2, 4.0), (4, 0.12, 6.0), (6, 0.05, 9.0)):
        stretched = base * number * (1 + 0.0004 * number**2)
        sound += level * np.exp(-decay * time) * np.sin(2 * np.pi * stretched * time + number)
    sound += 0.12 * np.exp(-22.0 * time) * np.sin(2 * np.pi * base * 14.0 * time)
    return sound * _envelope(time, length, 0.004, 0.2)


def _pad(midi: int, length: float) -> Audio:
    """Return two slightly detuned voices with soft edges."""
    time = _clock(length + 0.6)
    sound = np.zeros_like(time)
    for cents in (-6.0, 6.0):
        base = _hertz(midi + cents / 100)
        for number in range(1, 7):
            sound += np.sin(2 * np.pi * base * number * time + number * cents) / number**1.6
    return 0.5 * sound * _envelope(time, length, 0.25, 0.5)


def _bass_guitar(midi: int, length: float) -> Audio:
    """Return a plucked string: partials weighted by where it is plucked, a little driven."""
    time = _clock(length + 0.08)
    base = _hertz(midi)
    sound = np.zeros_like(time)
    for number in range(1, 13):
        level = abs(np.sin(np.pi * number * 0.18)) / number**1.1
        sound += level * np.exp(-(0.9 + 0.55 * number) * time) * np.sin(2 * np.pi * base * number * time)
    driven: Audio = np.tanh(1.8 * sound) * _envelope(time, length, 0.006, 0.06)
    return driven


def _lead(midi: int, length: float) -> Audio:
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


def _drum_kit(rng: np.random.Generator) -> dict[str, Audio]:
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


_PAN: Final = {"kick": 0.0, "snare": 0.06, "hat": 0.35, "crash": -0.4}
_LEVEL: Final = {"kick": 0.95, "snare": 0.55, "hat": 0.22, "crash": 0.3}


@dataclass(slots=True)
class _Mixer:
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


def _played(events: list[Event], rng: np.random.Generator, spread: float) -> list[tuple[float, float, int, float]]:
    """Return events in seconds as a player would place them: a few milliseconds off, not equally loud."""
    offsets = np.clip(rng.normal(0.0, spread, len(events)), -3 * spread, 3 * spread)
    loudness = rng.uniform(0.92, 1.0, len(events))
    return [
        (max(0.0, _time(beat) + float(offset)), length * _BEAT, midi, level * float(loud))
        for (beat, length, midi, level), offset, loud in zip(events, offsets, loudness, strict=True)
    ]


def _performance(seed: int) -> tuple[list[Event], list[Event], list[Event], np.random.Generator]:
    """Return melody, bass and keys as they are played; `truth` and `render` must agree on them."""
    rng = np.random.default_rng(seed)
    return _played(_melody(), rng, 0.006), _played(_bass(), rng, 0.004), _played(_keys(), rng, 0.004), rng


def render(seconds: float | None = None, seed: int = SEED) -> NDArray[np.float32]:
    """Return the song, or its first `seconds`, as samples of shape (n, 2) at SAMPLE_RATE, peak 0.89."""
    length = min(seconds or DURATION, DURATION)
    melody, bass, keys, rng = _performance(seed)
    kit = _drum_kit(rng)
    count = round(length * SAMPLE_RATE)
    mixer = _Mixer(np.zeros((count, 2)), np.zeros((count, 2)))
    heard: dict[tuple[str, int, int], Audio] = {}  # the same note of the same instrument is made once

    for name, synth, events, level, send in (
        ("lead", _lead, melody, 0.26, 0.9),
        ("bass", _bass_guitar, bass, 0.42, 0.1),
        ("keys", _electric_piano, keys, 0.13, 0.6),
    ):
        for start, long, midi, loud in events:
            if start >= length:
                continue
            key = (name, midi, round(long * 1000))
            if key not in heard:
                heard[key] = synth(midi, long)
            pan = 0.08 if name == "lead" else (midi - 62) / 24 if name == "keys" else 0.0
            mixer.add(heard[key], start, level * loud, pan, send)
    for section, beat, beats, label in _harmony():
        if section in {"chorus", "outro"} and _time(beat) < length:
            for index, midi in enumerate(_voicing(label)):
                mixer.add(_pad(midi, beats * _BEAT), _time(beat), 0.035, (-0.6, 0.2, 0.6, -0.2)[index % 4], 0.8)
    for beat, drum, loud in _drums():
        time = max(0.0, _time(beat) + float(np.clip(rng.normal(0.0, 0.0015), -0.004, 0.004)))
        if time < length:
            mixer.add(kit[drum], time, _LEVEL[drum] * loud, _PAN[drum], 0.35 if drum != "kick" else 0.08)

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
    beats = [round(_time(beat), 3) for beat in range(_BARS * _BAR) if _time(beat) < length]
    melody, bass, _, _ = _performance(seed)
    sections = [(round(_time(beat), 3), part.label) for part, beat in _laid_out()]
    harmony = [(0.0, "N")]
    for _, beat, _, label in _harmony():
        if label != harmony[-1][1]:
            harmony.append((round(_time(beat), 3), label))
    return SongMap(
        id="00000000",
        duration_sec=length,
        title=TITLE,
        artist=ARTIST,
        meter=Meter(_BAR, 4),
        tempo=Tempo(BPM, ((0.0, BPM),), 1.0),
        beats=tuple(beats),
        downbeats=tuple(beats[::_BAR]),
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


def _notes(events: list[Event], length: float) -> tuple[Note, ...]:
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
