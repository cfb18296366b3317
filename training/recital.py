"""Plays scores as soloists and small ensembles do: phrases that swell and slow down, held notes, rolled chords."""

from __future__ import annotations

from random import Random
from typing import Final

import numpy as np

from training.arrange import Clock, Event, Performance, Track
from training.song import Note, Song

_PIANOS: Final = (0, 0, 0, 0, 0, 0, 0, 1, 1, 3, 6, 19)
_ALONE: Final = (6, 19, 24, 46)
_STRINGS: Final = {0: (40,), 1: (40,), 2: (41,), 3: (42,)}
_WINDS: Final = {0: (73, 68, 71, 56), 1: (71, 68, 60), 2: (60, 71, 69), 3: (70, 58)}
_SINGERS: Final = (40, 42, 68, 71, 73, 64, 52, 53)


class Rubato(Clock):
    """Phrases as arcs of tempo, slower where they end; the score's own changes; some beats longer than others."""

    def __init__(self, rng: Random, song: Song, lead_in: float) -> None:
        noise = np.random.default_rng(rng.randrange(1 << 30))
        bar = song.meter.beats
        grid = np.arange(0, song.length + 9, 0.25)
        rate = np.ones(len(grid))
        freedom = rng.choice([0.3, 0.6, 1.0, 1.0, 1.4])
        for bars in {rng.choice([2, 4, 4]), rng.choice([8, 8, 16])}:
            at = float(bar * rng.randint(-bars, 0))
            while at < grid[-1]:
                size = bars * bar
                inside = (grid >= at) & (grid < at + size)
                place = (grid[inside] - at) / size
                rate[inside] *= 1 + freedom * rng.uniform(0.0, 0.12) * (np.sin(np.pi * place) - 0.6)
                if rng.random() < 0.45:
                    tail = rng.uniform(0.5, 2.5) / size
                    slow = freedom * rng.uniform(0.05, 0.3)
                    rate[inside] *= 1 - slow * np.clip((place - 1 + tail) / tail, 0, 1)
                at += size
        rate *= 1 + 0.02 * freedom * np.repeat(noise.standard_normal(len(grid) // 2 + 1), 2)[: len(grid)]
        agogic = freedom * rng.choice([0.0, 0.0, 0.04, 0.08])
        rate[grid % bar < 1] *= 1 - agogic
        walk = np.convolve(noise.standard_normal(len(grid) + 40), np.ones(40) / 40**0.5, "same")[: len(grid)]
        rate *= 1 + 0.02 * walk
        for span in song.pace:
            rate[(grid >= span.start - 1e-6) & (grid < span.end - 1e-6)] *= float(span.label)
        if rng.random() < 0.4:  # the end of the piece
            tail = rng.uniform(2, 8)
            rate *= 1 - rng.uniform(0.1, 0.5) * np.clip((grid - song.length + tail) / tail, 0, 1)
        steps = 0.25 * 60 / song.bpm / np.clip(rate, 0.25, 2.2)
        self._grid = grid
        self._seconds = lead_in + np.concatenate([[0.0], np.cumsum(steps[:-1])])
        self._swing = 0.5


def perform(song: Song, rng: Random) -> Performance:
    """Let the players of a score play it: as written, all on one piano, or on other instruments."""
    clock = Rubato(rng, song, rng.uniform(0.02, 0.5))
    names = list(song.parts)
    quartet = len(names) > 2
    manner = rng.choice(["written", "written", "written", "piano", "piano", "piano", "other"])
    dynamic = rng.uniform(0, 14)
    accent = rng.choice([0, 0, 4, 8])
    jitter = rng.choice([0.004, 0.008, 0.014])
    tracks: list[Track] = []
    for k, name in enumerate(names):
        keyboard = "iano" in name or "lavier" in name
        track = Track("gm", gain=rng.uniform(-3, 3))
        if manner == "piano" or keyboard:
            track.program = rng.choice(_ALONE) if manner == "other" else 0
        elif quartet and manner == "other":
            track.program = rng.choice(_WINDS.get(k, (42,)))
        elif quartet or "iol" in name or "ello" in name:
            track.program = rng.choice(_STRINGS.get(k, (42,)))
        elif manner == "written" and rng.random() < 0.7:
            track.instrument = "voice"
        else:
            track.program = rng.choice(_SINGERS)
        tracks.append(track)
    keys = 0 if manner == "written" else rng.choice(_PIANOS)
    for track, name in zip(tracks, names, strict=True):
        if track.instrument == "gm" and track.program == 0:
            track.program = keys
            pedal = rng.choice([0.0, 0.0, 1.0, 1.0, song.meter.beats / 2, float(song.meter.beats)])
        else:
            pedal = 0.0
        track.events = _hands(song, song.parts[name], clock, rng, pedal, (dynamic, accent, jitter))
    if "voice" in {t.instrument for t in tracks} and rng.random() < 0.2 and len(tracks) > 1:
        tracks = [t for t in tracks if t.instrument != "voice"]  # the accompanist alone
    end = float(clock(song.length))
    tracks = [t for t in tracks if t.events]
    for track in tracks:
        track.events = [e for e in track.events if e.start < end]
    beats = clock(np.arange(0, song.length + 1e-6))
    facts = {"ensemble": "recital", "feel": "", "manner": manner, "swing": "0.50", "bpm": f"{song.bpm:.1f}"}
    facts["tracks"] = " ".join(f"{t.instrument}{t.program or ''}" for t in tracks)
    return Performance(
        tracks, end + rng.uniform(0.3, 2.0), beats[:-1], song.meter.beats, [], [], [], [], False, None, facts
    )  # fmt: skip


def _hands(
    song: Song, notes: list[Note], clock: Clock, rng: Random, pedal: float, manner: tuple[float, float, float]
) -> list[Event]:
    """Return what one player does: the upper voice a little louder and earlier, some chords rolled."""
    dynamic, accent, jitter = manner
    early = rng.choice([0.0, 0.0, 0.012, 0.025])
    rolls = rng.choice([0.0, 0.03, 0.15])
    bar = song.meter.beats
    phrase = bar * rng.choice([2, 4, 4, 8])
    chords: dict[float, list[Note]] = {}
    for note in notes:
        chords.setdefault(round(note.start * 48) / 48, []).append(note)
    events = []
    for start, together in sorted(chords.items()):
        at = float(clock(start)) + rng.gauss(0, jitter)
        swell = dynamic * (np.sin(np.pi * (start % phrase) / phrase) - 0.6)
        spread = rng.uniform(0.015, 0.05) if len(together) > 2 and rng.random() < rolls else 0.0
        for k, note in enumerate(sorted(together, key=lambda n: n.pitch)):
            top = k == len(together) - 1
            velocity = note.velocity + swell + (accent if start % bar < 0.01 else 0) + (6 if top else 0)
            end = max(note.end, (np.floor(start / pedal + 1e-6) + 1) * pedal) if pedal else note.end
            began = at + spread * k - (early if top and len(together) > 1 else 0) + rng.gauss(0, jitter / 2)
            loud = int(min(127, max(12, velocity + rng.gauss(0, 5))))
            events.append(Event(max(0.0, began), max(began + 0.05, float(clock(end)) - 0.01), note.pitch, loud))
    return events
