"""Excerpts for training: job `n` is always the same song, window, arrangement, sound and degradations.

Every excerpt is written three times: with light, ordinary and heavy degradation. Only the networks' inputs and the
truth are kept, not the sound.
"""

from __future__ import annotations

import json
import logging
import os
import time
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Final

import numpy as np
from numpy.typing import NDArray

from training import compose, inputs, recital, scores
from training.arrange import Performance, perform
from training.degrade import Moved, degrade, room
from training.render import render
from training.song import Song

log = logging.getLogger(__name__)

_SHARES: Final = {
    "pop909": {"band": 6, "piano": 4, "acoustic": 1, "electronic": 1},
    "billboard": {"band": 5, "electronic": 1, "acoustic": 1},
    "composed": {
        "band": 5, "electronic": 1, "acoustic": 1, "piano": 1, "choir": 1, "drums": 1, "bass": 1, "rhythm": 1,
    },
}  # fmt: skip
_PLANS: Final = [
    (pool, ensemble) for pool, shares in _SHARES.items() for ensemble, n in shares.items() for _ in range(n)
]
SECONDS: Final = (45.0, 60.0)
PIANISTS: Final = range(7000, 8000)
"""Jobs in which one piano plays the lead and all the rest, but for BRIDGED; longer, so that interludes are among
them."""
BRIDGED: Final = range(7500, 8000)
"""Jobs with a band or a pianist in which somebody else plays, as loud as the lead, where the lead rests.

They lie within PIANISTS on purpose: they have drawn as those do before they draw again, and with other ranges the
random stream of the jobs would be another.
"""
SCORES: Final = range(8000, 8600)
"""Jobs in which classical scores are played with rubato."""
PIANOS: Final = range(8600, 9000)
"""Jobs in which songs are played on one piano, half of them with rubato."""
PAUSING: Final = range(9000, 9400)
"""Jobs of bands whose bass rests in parts of the song, while others play as low; longer, as BRIDGED."""
ALONE: Final = range(9400, 9500)
"""Jobs of somebody who sings or plays alone."""
ROOMS: Final = range(9800, 10000)
"""Jobs of bands in large rooms, whose echo joins notes of the bass that are struck again."""
LINES: Final = {
    "interludes": (range(7500, 7677),),
    "pausing": (range(9000, 9300), range(9400, 9440)),
}
"""Folders of the jobs that the networks of melody and bass learn from besides."""
BASS_AGAIN: Final = {"rooms": ROOMS}
"""Folders of the jobs that the bass network learns from besides, in its third course."""
BEATS_AGAIN: Final = {"scores": range(8000, 8138), "pianos": range(8600, 8669)}
"""Folders of the jobs that the beat network learns from besides, in its second course."""
_LONGER: Final = (60.0, 80.0)
_WINDOWS: Final = 8


def held_out(song: str) -> bool:
    """Tell whether a song is kept for validation: every twelfth, by its name."""
    return zlib.crc32(song.encode()) % 12 == 0


def plan(songs: list[Song], number: int) -> tuple[Song, str, Random]:
    """Return the song window, the ensemble and the generator of job `number`."""
    rng = Random(f"job {number}")
    pool, ensemble = rng.choice(_PLANS)
    seconds = SECONDS
    if number in PIANISTS:
        pool, ensemble, seconds = rng.choice(["pop909"] * 8 + ["composed"]), "pianist", _LONGER
    if number in BRIDGED:
        pool, ensemble, seconds = "pop909", rng.choice(["bridged"] * 5 + ["pianist"] * 3), _LONGER
    if number in SCORES:
        pool, ensemble = scores.POOL, "recital"
    if number in PIANOS:
        pool, ensemble = rng.choice(["pop909"] * 9 + ["composed"]), rng.choice(["piano", "pianist"])
    if number in PAUSING:
        pool, ensemble, seconds = rng.choice(["pop909"] * 5 + ["billboard"] * 3 + ["composed"]), "pausing", _LONGER
    if number in ALONE:
        pool, ensemble = "pop909", "alone"
    if number in ROOMS:
        pool, ensemble = rng.choice(["pop909", "billboard"]), "band"
    if pool == "composed":
        song = compose.compose(number)
    else:
        members = [s for s in songs if s.pool == pool]
        rare = [s for s in members if s.meter.beats == 3 or s.meter.division == 3]
        song = rng.choice(rare) if rng.random() < 0.12 else rng.choice(members)
        song = compose.with_lead(song, rng) if pool != scores.POOL else song
    low = 38 if song.meter.division == 3 else 50
    bpm = min(215.0, max(low, song.bpm * 2 ** rng.gauss(0, 0.17)))
    bars = max(4, round(rng.uniform(*seconds) * bpm / 60 / song.meter.beats))
    total = int(song.length / song.meter.beats + 1e-6)
    first = rng.randint(0, max(0, total - bars))
    if number in BRIDGED:
        places = [first, *(rng.randint(0, max(0, total - bars)) for _ in range(_WINDOWS - 1))]
        first = max(places, key=lambda place: _rest(song.window(place, bars)))
    return replace(song.window(first, bars).transposed(rng.randint(-6, 5)), bpm=bpm), ensemble, rng


def _rest(song: Song) -> float:
    """Return the share of the song with a lead, or that without, whichever is less."""
    leads = {int(n.start + k) for n in song.parts.get("melody", []) for k in range(int(n.end - n.start) + 1)}
    share = len(leads) / song.length
    return min(share, 1 - share)


def strengths(number: int) -> Sequence[int]:
    """Return how strongly job `number` is degraded: in all three ways, or in one where songs count for more."""
    return [number % 3] if number in SCORES or number in PIANOS or number in ROOMS else range(3)


def played(song: Song, ensemble: str, rng: Random, number: int) -> Performance:
    """Return what the players of job `number` do."""
    if number in SCORES:
        return recital.perform(song, rng)
    if number in PIANOS and rng.random() < 0.5:
        return perform(song, rng, ensemble, recital.Rubato(rng, song, rng.uniform(0.02, 0.5)))
    return perform(song, rng, ensemble)


def make(songs: list[Song], number: int, folder: Path) -> None:
    """Render job `number` and write its versions."""
    song, ensemble, rng = plan(songs, number)
    performance = played(song, ensemble, rng, number)
    sound = render(performance, rng)
    noise = np.random.default_rng(rng.randrange(1 << 30))
    if number in ROOMS:
        sound = room(sound, noise, most=1.0)
    for strength in strengths(number):
        heard, moved = degrade(sound.copy(), noise, strength)
        views = inputs.views(heard)
        facts = performance.notes | {
            "strength": str(strength),
            "degraded": " ".join(moved.done),
            "song": song.name,
        }
        path = folder / f"{number:05d}-{strength}.npz"
        with path.with_suffix(".part").open("wb") as file:
            np.savez(file, **views, **truth(performance, song, moved, len(heard) / 22050), facts=json.dumps(facts))
        path.with_suffix(".part").replace(path)


def truth(performance: Performance, song: Song, moved: Moved, duration: float) -> dict[str, object]:
    def spans(items: list[tuple[float, float, str]]) -> str:
        timed = [(max(0.0, moved(a)), min(duration, moved(b)), label) for a, b, label in items]
        return json.dumps([s for s in timed if s[1] > s[0]])

    beats = np.array([moved(b) for b in performance.beats])
    places = np.arange(len(beats)) % performance.bar_beats
    inside = (beats >= 0) & (beats < duration)

    def notes(items: list[tuple[float, float, int]]) -> NDArray[np.float64]:
        timed = [(max(0.0, moved(a)), moved(b), p + 12 * np.log2(moved.speed)) for a, b, p in items]
        return np.array([n for n in timed if n[1] > 0]).reshape(-1, 3)

    return {
        "beats": beats[inside],
        "places": places[inside],
        "bar_beats": performance.bar_beats,
        "division": song.meter.division,
        "chords": spans(performance.chords),
        "keys": spans(performance.keys),
        "sections": spans(performance.sections),
        "lead": notes(performance.melody),
        "sung": performance.sung,
        "duration": duration,
        "begins": max(0.0, moved.before / moved.speed),
        **({} if performance.bass is None else {"bass": notes(performance.bass)}),
    }


def run(songs: list[Song], folder: Path, first: int, count: int) -> None:
    """Make the jobs that are not there yet; a file `stop` in the folder ends it."""
    folder.mkdir(parents=True, exist_ok=True)
    made = 0
    for number in range(first, first + count):
        if (folder / "stop").exists():
            break
        if (folder / f"{number:05d}-{strengths(number)[-1]}.npz").exists():
            continue
        begun = time.process_time()
        make(songs, number, folder)
        made += 1
        if made % 10 == 0:
            log.info(
                "job %d, %.1f s CPU for the last one (pid %d)", number, time.process_time() - begun, os.getpid()
            )
