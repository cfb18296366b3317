"""From a song's symbols to a performance: tempo, feel, players, and what each of them plays, in seconds."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Final

import numpy as np
from numpy.typing import NDArray

from training import groove, harmony
from training.song import Note, Song, Span

F64 = NDArray[np.float64]

KEYS: Final = (0, 1, 2, 4, 5, 6, 16, 17, 18, 11, 7)
GUITARS: Final = (24, 25, 25, 26, 27, 28)
PADS: Final = (48, 49, 50, 89, 88, 16, 19, 51, 52, 90, 91)
BASSES: Final = (32, 33, 33, 33, 34, 35, 36, 38, 39)
LEADS: Final = (40, 41, 52, 53, 54, 56, 57, 60, 64, 65, 66, 68, 71, 73, 75, 80, 81, 22, 27, 0, 11, 21)
"""General MIDI programs from 0."""


@dataclass(frozen=True, slots=True)
class Event:
    """A sound from `start` to `end` seconds; `pitch` is a MIDI number, or the drum's name."""

    start: float
    end: float
    pitch: int | str
    velocity: int


@dataclass(slots=True)
class Track:
    """A player: `gm` with a program, `kit` (General MIDI drums), or drums, voice, choir, synth, guitar, sub."""

    instrument: str
    events: list[Event] = field(default_factory=list)
    program: int = 0
    gain: float = 0.0  # dB


@dataclass(slots=True)
class Performance:
    """Tracks and the truth about them; times in seconds, labels as in `Song`."""

    tracks: list[Track]
    duration: float
    beats: F64
    bar_beats: int
    chords: list[tuple[float, float, str]]
    sections: list[tuple[float, float, str]]
    keys: list[tuple[float, float, str]]
    melody: list[tuple[float, float, int]]
    sung: bool
    bass: list[tuple[float, float, int]] | None
    """None where it is a matter of opinion: nobody plays a bass, but something else has a lowest line."""
    notes: dict[str, str]


class Clock:
    """Seconds of every beat position: steady, drifting, rubato, slowing down or changing tempo; and the swing."""

    def __init__(
        self, rng: Random, bpm: float, beats: float, bar: int, manner: str, swing: float, lead_in: float
    ) -> None:
        grid = np.arange(0, beats + 9, 0.25)
        rate = np.ones(len(grid))
        noise = np.random.default_rng(rng.randrange(1 << 30))
        if manner in {"drift", "rubato"}:
            width = 24 if manner == "drift" else 12
            walk = np.convolve(noise.standard_normal(len(grid) + width), np.ones(width) / np.sqrt(width), "same")
            rate += walk[: len(grid)] * (0.015 if manner == "drift" else 0.05)
        elif manner == "slower":
            tail = int(rng.uniform(2, 5) * bar * 4)
            end = min(len(grid), int(beats * 4) + 1)
            rate[max(0, end - tail) :] = np.interp(
                np.arange(len(grid) - max(0, end - tail)), [0, tail], [1, rng.uniform(0.5, 0.75)]
            )
        elif manner == "change":
            at = int(rng.uniform(0.35, 0.65) * beats / bar) * bar * 4
            rate[at:] = rng.choice([0.75, 0.85, 0.92, 1.1, 1.2, 1.33])
        elif manner == "faster":
            rate *= np.linspace(1, rng.uniform(1.08, 1.3), len(grid))
        self._grid = grid
        self._seconds = lead_in + np.concatenate([[0.0], np.cumsum(0.25 * 60 / bpm / np.clip(rate, 0.4, 2)[:-1])])
        self._swing = swing

    def __call__(self, beat: float | F64) -> F64:
        """Return the seconds of straight positions."""
        return np.interp(beat, self._grid, self._seconds)

    def felt(self, beat: float) -> float:
        """Return the seconds of a position with the swing of its offbeat."""
        whole = np.floor(beat + 1e-6)
        part = beat - whole
        if self._swing > 0.5:
            part = part * self._swing / 0.5 if part < 0.5 else 1 - (1 - part) * (1 - self._swing) / 0.5
        return float(self(whole + part))


def perform(song: Song, rng: Random, ensemble: str, clock: Clock | None = None) -> Performance:
    """Let an ensemble play, by a clock of its own unless one is given.

    They are band, bridged (a band in which others play where the lead rests), pausing (a band whose bass rests in
    parts of the song), piano, pianist (all on one piano), acoustic, electronic, choir, alone (the lead), drums, bass
    and rhythm (drums and bass).
    """
    meter = song.meter
    style = groove.choose(rng, meter, song.bpm)
    swing = 0.5
    straight = meter.division != 2 or ensemble in {"piano", "pianist"}
    if not straight and (style.feel in {"swing", "shuffle"} or rng.random() < 0.05):
        swing = rng.uniform(0.58, 0.68)
    loose = ensemble in {"piano", "pianist", "acoustic", "choir"}
    manners = ["steady"] * 8 + ["drift"] * 5 + ["slower", "change", "faster"]
    manner = rng.choice(["drift", "drift", "rubato", "slower", "steady"] if loose else manners)
    clock = clock or Clock(rng, song.bpm, song.length, meter.beats, manner, swing, rng.uniform(0.02, 0.5))
    band = _Band(song, rng, clock, style, ensemble)
    tracks = [t for t in band.tracks() if t.events]
    end = float(clock(song.length))
    for track in tracks:  # a few seconds of sound may ring on, but nothing starts after the end
        track.events = [e for e in track.events if e.start < end]
    beats = clock(np.arange(0, song.length + 1e-6))
    facts = {
        "ensemble": ensemble,
        "feel": style.feel,
        "manner": manner,
        "swing": f"{swing:.2f}",
        "bpm": f"{song.bpm:.1f}",
    }
    return Performance(
        tracks,
        end + rng.uniform(0.3, 2.0),
        beats[:-1] if len(beats) > 1 else beats,
        meter.beats,
        [(float(clock(c.start)), float(clock(c.end)), band.heard(c)) for c in song.chords],
        [(float(clock(s.start)), float(clock(s.end)), s.label) for s in song.sections],
        [(float(clock(k.start)), float(clock(k.end)), k.label) for k in song.keys] if band.harmonic else [],
        _notes(band.lead) if band.lead else [],
        bool(band.lead and band.lead.instrument in {"voice", "choir"}),
        _notes(band.low) if band.low else [] if ensemble in {"drums", "alone"} else None,
        facts | {"tracks": " ".join(f"{t.instrument}{t.program or ''}" for t in tracks)},
    )


def _notes(track: Track) -> list[tuple[float, float, int]]:
    return [(e.start, e.end, int(e.pitch)) for e in track.events]


class _Band:
    def __init__(self, song: Song, rng: Random, clock: Clock, style: groove.Groove, ensemble: str) -> None:
        self._song, self._rng, self._clock, self._style = song, rng, clock, style
        self._pausing = ensemble == "pausing"
        self._ensemble = "band" if self._pausing else ensemble
        self._jitter = rng.choice([0.0, 0.004, 0.008, 0.014])
        self._late = {
            "bass": rng.gauss(0, 0.006),
            "drums": 0.0,
            "lead": rng.gauss(0, 0.012),
            "comp": rng.gauss(0, 0.006),
        }
        self._levels = self._dynamics()
        self.lead: Track | None = None
        self.low: Track | None = None
        self.harmonic = ensemble not in {"drums", "bass", "rhythm"}
        self._power = False

    def heard(self, chord: Span) -> str:
        """Return the chord's label, X where no player makes its quality audible, N where nobody plays."""
        if self._ensemble == "drums" or chord.label in {"N", "X"}:
            return "N" if self._ensemble == "drums" else chord.label
        return chord.label if self.harmonic and not self._power else "X"

    def tracks(self) -> list[Track]:
        song, rng, kind = self._song, self._rng, self._ensemble
        tracks: list[Track] = []
        if kind in {"band", "electronic", "drums", "rhythm"} or (kind == "bridged" and rng.random() < 0.85):
            tracks.append(self._drums())
        if kind in {"band", "electronic", "bass", "rhythm", "bridged"} and (
            kind != "band" or self._pausing or rng.random() < 0.95
        ):
            self.low = self._bass()
            tracks.append(self.low)
        if not self.harmonic:
            return tracks
        own = {"choir": self._choir, "pianist": self._pianist, "bridged": self._bridged, "alone": self._lead}
        if kind in own:
            return [*tracks, *own[kind]()]
        piano = song.parts.get("piano")
        full = bool(piano and (kind == "piano" or rng.random() < 0.6))
        if piano and full:
            program = (
                rng.choice([0, 0, 0, 0, 1, 2, 3, 4, 5, 6]) if kind == "piano" else rng.choice([0, 0, 4, 5, 25, 24])
            )
            tracks.append(self._written(piano, program, "comp", sustain=kind == "piano"))
        if song.parts.get("bridge") and rng.random() < 0.7:
            tracks.append(self._written(song.parts["bridge"], rng.choice([0, 4, 27, 25, 11, 48, 73]), "comp"))
        if kind != "piano":
            extra = rng.random()
            chosen = [self._comp(loud=True)] if not full or extra < 0.5 else []
            if rng.random() < (0.35 if chosen else 0.7) or not (chosen or full):
                chosen.append(self._pad())
            self._power = not full and all(t.instrument == "guitar" for t in chosen)
            tracks += chosen
        elif not full:
            tracks += [self._comp(loud=True)]
        if song.parts.get("melody") and rng.random() < 0.9:
            tracks += self._lead()
        return tracks

    def _dynamics(self) -> list[int]:
        """Return a level per bar: 0 without drums, 1 thin, 2 full."""
        bars = int(self._song.length / self._song.meter.beats + 0.999)
        levels = [2] * (bars + 1)
        if self._rng.random() < 0.3:
            return levels
        starts = [s.start for s in self._song.sections] or [8.0 * self._song.meter.beats * k for k in range(20)]
        chosen: dict[str, int] = {}
        for span in self._song.sections or [Span(s, s + 1, str(k % 3)) for k, s in enumerate(starts)]:
            soft = (
                any(w in span.label.lower() for w in ("intro", "outro", "bridge", "verse")) or span.label in "io"
            )
            level = chosen.setdefault(span.label, self._rng.choice([0, 1, 1, 2] if soft else [2, 2, 2, 1]))
            for bar in range(int(span.start / self._song.meter.beats + 0.5), len(levels)):
                levels[bar] = level
        return levels

    def _level(self, beat: float) -> int:
        return self._levels[min(len(self._levels) - 1, int(beat / self._song.meter.beats + 1e-6))]

    def _event(self, player: str, start: float, end: float, pitch: int | str, velocity: float) -> Event:
        at = self._clock.felt(start) + self._late[player] + self._rng.gauss(0, self._jitter)
        stop = max(at + 0.05, self._clock.felt(end))
        return Event(max(0.0, at), stop, pitch, int(min(127, max(8, velocity))))

    def _drums(self) -> Track:
        rng, beats = self._rng, self._song.meter.beats
        own = rng.random() < 0.6
        track = Track("drums" if own else "kit", program=0 if own else rng.choice([0, 0, 8, 16, 24, 25, 32, 40]))
        track.gain = rng.uniform(-5, 5)
        starts = {round(s.start / beats) for s in self._song.sections}
        period = rng.choice([4, 8, 8, 16])
        for bar in range(int(self._song.length / beats + 1e-6)):
            level = self._levels[bar] if self._ensemble != "drums" else max(1, self._levels[bar])
            if not level:
                continue
            fill = bar + 1 in starts or (bar + 1) % period == 0
            crash = (bar in starts and rng.random() < 0.8) or (bar % period == 0 and rng.random() < 0.25)
            for at, drum, velocity in self._style.bar(rng, level, fill, crash):
                track.events.append(self._event("drums", bar * beats + at, bar * beats + at + 0.2, drum, velocity))
        return track

    def _bass(self) -> Track:
        rng, meter = self._rng, self._song.meter
        sub = self._ensemble == "electronic" and rng.random() < 0.6
        track = Track("sub" if sub else rng.choice(["gm", "gm", "gm", "synth"]), program=rng.choice(BASSES))
        track.gain = rng.uniform(-4, 4)
        third = meter.division == 3
        manners = ["eighths", "beats", "fifths", "long", "walk", "octaves", "kick", "kick", "syncopated", "dotted"]
        manner = rng.choice(["long", "kick", "arpeggio", "thirds", "beats"] if third else manners)
        low = rng.choice([28, 28, 31, 33, 36])
        rests, legato = rng.choice([0, 0, 0.1, 0.25]), rng.choice([0.5, 0.8, 0.95])
        silent = self._pauses() if self._pausing else []
        step = {"eighths": 0.5, "octaves": 0.5, "beats": 1, "fifths": 1, "walk": 1, "dotted": 1.5, "thirds": 1 / 3}
        for span in self._song.chords:
            chord = harmony.parse(span.label)
            if chord is None or (not self._level(span.start) and self._ensemble != "bass" and rng.random() < 0.7):
                continue
            if any(first <= span.start < last for first, last in silent):
                continue
            root = low + (chord.bass - low) % 12
            tones = sorted(low + (p - low) % 12 for p in chord.pitch_classes)
            at, k = span.start, 0
            while at < span.end - 1e-6:
                if manner == "kick":
                    bar = int(at / meter.beats + 1e-6) * meter.beats
                    later = [bar + p for p in (*self._style.kicks, meter.beats) if bar + p > at + 0.01]
                    size = min(later) - at
                elif manner == "long":
                    size = span.end - at
                else:
                    size = step.get(
                        manner,
                        rng.choice([0.25, 0.5, 0.75] if self._song.bpm < 82 else [0.5, 0.75, 1.0])
                        if not third
                        else rng.choice([1 / 3, 2 / 3, 1]),
                    )
                stop = min(span.end, at + size)
                pitch = root
                if manner == "fifths" and k % 2 and 7 in chord.intervals:
                    pitch = root + rng.choice([7, -5])
                elif manner == "octaves" and k % 2:
                    pitch = root + 12
                elif manner in {"arpeggio", "walk", "syncopated"} and k:
                    pitch = rng.choice(tones)
                    if manner == "walk" and stop > span.end - 1e-6:
                        pitch = root + rng.choice([-2, -1, 1, 2])
                if not (k and rng.random() < rests):
                    velocity = 92 + rng.randint(-12, 12) + (8 if k == 0 else 0)
                    track.events.append(self._event("bass", at, at + (stop - at) * legato, pitch, velocity))
                at, k = stop, k + 1
        return track

    def _pauses(self) -> list[tuple[float, float]]:
        """Return in which parts of the song the bass is silent, whatever the others do."""
        parts = self._song.sections or [
            Span(start, start + 32, str(k))
            for k, start in enumerate(np.arange(0, self._song.length, 32.0).tolist())
        ]
        silent = {part.label: self._rng.random() < 0.5 for part in parts}
        return [(part.start, part.end) for part in parts if silent[part.label]]

    def _written(self, notes: list[Note], program: int, player: str, sustain: bool = False) -> Track:
        track = Track("gm", program=program, gain=self._rng.uniform(-5, 3))
        pedal = sustain and self._rng.random() < 0.6
        for note in notes:
            end = max(note.end, np.floor(note.start) + 1.0) if pedal else note.end
            track.events.append(self._event(player, note.start, end, note.pitch, note.velocity))
        return track

    def _voicing(self, chord: harmony.Chord, low: int) -> list[int]:
        return sorted(low + (p - low) % 12 for p in chord.pitch_classes)

    def _pad(self) -> Track:
        rng = self._rng
        track = Track(
            rng.choice(["gm", "gm", "synth", "choir"]), program=rng.choice(PADS), gain=rng.uniform(-10, -1)
        )
        low = rng.choice([48, 52, 55, 60])
        for span in self._song.chords:
            chord = harmony.parse(span.label)
            if chord is not None:
                velocity = 62 + rng.randint(-8, 8)
                track.events += [
                    self._event("comp", span.start, span.end, p, velocity) for p in self._voicing(chord, low)
                ]
        return track

    def _comp(self, loud: bool) -> Track:
        rng, meter = self._rng, self._song.meter
        electric = self._ensemble in {"band", "electronic"} and rng.random() < 0.22
        kind = "guitar" if electric else "synth" if self._ensemble == "electronic" and rng.random() < 0.6 else "gm"
        track = Track(kind, program=rng.choice([*KEYS, *GUITARS]), gain=rng.uniform(-6, 3 if loud else -2))
        low = rng.choice([40, 43] if electric else [45, 48, 52, 55])
        manners = [
            "block",
            "eighths",
            "arpeggio",
            "arpeggio",
            "fast arpeggio",
            "off",
            "cell",
            "cell",
            "cell",
            "alberti",
        ]
        manner = "off" if self._style.feel == "onedrop" else rng.choice(manners[:7] if electric else manners)
        part = 1 / 3 if meter.division == 3 else 0.5
        if self._song.bpm > 120:
            manner = {"fast arpeggio": "arpeggio"}.get(manner, manner)
        cell = self._cell(part)
        power = electric and rng.random() < 0.5
        color = rng.random() < 0.15
        strum = rng.uniform(0, 0.03) if track.program in GUITARS else 0.0
        for span in self._song.chords:
            chord = harmony.parse(span.label)
            if chord is None or (not self._level(span.start) and rng.random() < 0.3):
                continue
            pitches = self._voicing(chord, low)
            if power and 7 in chord.intervals:
                foot = low + (chord.root - low) % 12
                pitches = [foot, foot + 7, foot + 12]
            elif color and 4 in chord.intervals and rng.random() < 0.5:
                pitches.append(low + 12 + (chord.root + 2 - low) % 12)
            for start, end, which, velocity in self._strikes(manner, span, part, cell, len(pitches)):
                for k, pitch in enumerate(pitches if which is None else [pitches[which % len(pitches)]]):
                    event = self._event("comp", start, end, pitch, velocity + rng.randint(-8, 8))
                    shift = strum * k
                    track.events.append(Event(event.start + shift, event.end + shift, pitch, event.velocity))
        self._power = power
        return track

    def _cell(self, part: float) -> list[tuple[float, float, int]]:
        """Return a bar's rhythm: position, length, velocity."""
        beats = self._song.meter.beats
        finest = self._rng.choice([part, part, part / 2] if self._song.bpm < 115 else [part, part, 2 * part])
        slots = [k * finest for k in range(round(beats / finest))]
        density = self._rng.uniform(0.2, 0.6)
        on = [s for s in slots if self._rng.random() < density or (s == 0 and self._rng.random() < 0.8)] or [0.0]
        ends = [*on[1:], float(beats)]
        hold = self._rng.choice([1.0, 0.9, 0.4])
        return [(a, (b - a) * hold, 70 + self._rng.randint(-15, 20)) for a, b in zip(on, ends, strict=True)]

    def _strikes(
        self, manner: str, span: Span, part: float, cell: list[tuple[float, float, int]], count: int
    ) -> list[tuple[float, float, int | None, int]]:
        """Return start, end, which chord tone (None for all) and velocity of what is played during a chord."""
        beats = self._song.meter.beats
        if manner == "cell":
            first = int(span.start / beats)
            strikes: list[tuple[float, float, int | None, int]] = [
                (bar * beats + at, bar * beats + at + size, None, velocity)
                for bar in range(first, int(span.end / beats) + 1)
                for at, size, velocity in cell
                if span.start - 1e-6 <= bar * beats + at < span.end - 1e-6
            ]
            if not strikes or strikes[0][0] > span.start + 1:
                strikes.insert(0, (span.start, min(span.end, span.start + 1), None, 66))
            return strikes
        step = {"block": 1.0, "fast arpeggio": part / 2, "off": 1.0}.get(manner, part)
        order = {"alberti": (0, 2, 1, 2), "arpeggio": tuple(self._rng.sample(range(6), 4))}.get(
            manner, (0, 1, 2, 3, 2, 1)
        )
        strikes = []
        for k in range(max(1, round((span.end - span.start) / step))):
            at = span.start + k * step
            accent = 84 if abs(at - round(at)) < 1e-6 else 64
            if manner == "off":
                strikes.append((at + part, at + part + 0.3, None, 78))
            elif manner in {"block", "eighths"}:
                strikes.append((at, min(span.end, at + step * 0.9), None, accent))
            else:
                strikes.append((at, min(span.end, at + 1.0), order[k % len(order)] % max(count, 3), accent))
        return [s for s in strikes if s[0] < span.end - 1e-6]

    def _lead(self) -> list[Track]:
        rng = self._rng
        notes = self._song.parts["melody"]
        sung = rng.random() < 0.6 and self._ensemble != "piano"
        program = 0 if self._ensemble == "piano" else rng.choice(LEADS)
        octave = 12 * rng.choice([0, 0, 0, -1, 1 if not sung else 0])
        track = Track("voice" if sung else "gm", program=program, gain=rng.uniform(-3, 6))
        track.events = [self._event("lead", n.start, n.end, n.pitch + octave, n.velocity + 8) for n in notes]
        self.lead = track
        extra: list[Track] = []
        if sung and rng.random() < 0.3:  # a second voice in thirds, or the same line doubled
            interval = rng.choice([0, 0, 3, 4, -5, 12])
            double = Track("voice", program=1, gain=track.gain - rng.uniform(2, 8))
            double.events = [
                Event(e.start + rng.gauss(0, 0.02), e.end, int(e.pitch) + interval, e.velocity)
                for e in track.events
            ]
            extra.append(double)
        return [track, *extra]

    def _bridged(self) -> list[Track]:
        """Return the lead, who plays where it rests, about as loud, and some who accompany."""
        rng, song = self._rng, self._song
        tracks = []
        if song.parts.get("melody"):
            tracks += self._lead()
        level = self.lead.gain if self.lead else 0.0
        if song.parts.get("bridge"):
            program = rng.choice([0, 1, 4, 27, 25, 24, 11, 48, 73, 65, 40, 56])
            bridge = self._written(song.parts["bridge"], program, "comp")
            bridge.gain = level + rng.uniform(-5, 2)
            tracks.append(bridge)
        piano = song.parts.get("piano")
        if piano and rng.random() < 0.75:
            accompanies = self._written(piano, rng.choice([0, 0, 0, 4, 5, 1, 24, 25]), "comp")
            accompanies.gain = level + rng.uniform(-10, 0)
            tracks.append(accompanies)
        if rng.random() < 0.6 or len(tracks) < 2:
            tracks.append(self._comp(loud=False))
        if rng.random() < 0.5:
            tracks.append(self._pad())
        return tracks

    def _pianist(self) -> list[Track]:
        """Return the lead and everything else on one piano, hardly softer than the lead, with the same pedal."""
        rng, song = self._rng, self._song
        program, gain = rng.choice([0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5]), rng.uniform(-2, 2)
        pedal = rng.random() < 0.35
        softer = rng.choice([-4, 0, 2, 4, 4, 4, 8])  # than it was written, mostly softer than the lead already
        apart = rng.choice([0, 0, 0, 0, 12, -12])  # octaves between the hands, beyond what is written

        def hand(notes: list[Note], player: str, shift: int, velocity: int) -> Track:
            track = Track("gm", program=program, gain=gain)
            for note in notes:
                end = max(note.end, np.floor(note.start) + 1.0) if pedal else note.end
                track.events.append(
                    self._event(player, note.start, end, note.pitch + shift, note.velocity + velocity)
                )
            return track

        tracks: list[Track] = []
        piano = song.parts.get("piano")
        if piano and rng.random() < 0.9:
            tracks.append(hand(piano, "comp", 0, -softer))
        else:
            track = self._comp(loud=False)
            tracks.append(Track("gm", events=track.events, program=program, gain=gain))
        if song.parts.get("bridge") and rng.random() < 0.85:
            tracks.append(hand(song.parts["bridge"], "comp", 0, -rng.randint(0, 12)))
        melody = song.parts.get("melody")
        if melody and rng.random() < 0.97:
            self.lead = hand(melody, "lead", apart if rng.random() < 0.5 else 0, 0)
            tracks.append(self.lead)
            if rng.random() < 0.25:  # in octaves, as pianists like it when it gets loud
                octaves = hand(melody, "lead", rng.choice([-12, -12, 12]), -rng.randint(4, 20))
                starts = [s.start for s in song.sections if rng.random() < 0.5] or [0.0]
                clock = [float(self._clock(s)) for s in starts]
                octaves.events = [e for e in octaves.events if any(c <= e.start < c + 25 for c in clock)]
                tracks.append(octaves)
        return tracks

    def _choir(self) -> list[Track]:
        """Return voices without instruments: chords on syllables and a lead."""
        rng = self._rng
        track = Track(rng.choice(["choir", "voice", "gm"]), program=rng.choice([52, 53, 54]))
        beats = self._song.meter.beats
        step = rng.choice([1.0, float(beats), float(beats), 2.0 if beats % 2 == 0 else 1.0])
        for span in self._song.chords:
            chord = harmony.parse(span.label)
            if chord is None:
                continue
            at = span.start
            while at < span.end - 1e-6:
                stop = min(span.end, at + step)
                foot = 40 + (chord.bass - 40) % 12
                velocity = 85 + rng.randint(-10, 10)
                for pitch in [foot, *self._voicing(chord, 52)]:
                    track.events.append(self._event("comp", at, at + (stop - at) * 0.92, pitch, velocity))
                at = stop
        return [track, *(self._lead() if self._song.parts.get("melody") else [])]
