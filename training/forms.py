"""Songs of one to three minutes with their form, for what learns about sections: rendered, or recorded with a truth."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from performia_desktop.analysis import audio, features
from training import compose, dataset
from training.arrange import perform
from training.degrade import degrade
from training.render import render
from training.song import Song

Floats = NDArray[np.float64]

_ENSEMBLES = {
    "pop909": ("band", "band", "band", "piano", "acoustic"),
    "billboard": ("band", "band", "band", "electronic"),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A song's features, its true beats, bar lines and sections, and its keys and tempo where they are known."""

    name: str
    features: features.Features
    beats: Floats
    downbeats: Floats
    sections: list[tuple[float, float, str]]
    keys: list[tuple[float, float, str]] = field(default_factory=list)
    bpm: float | None = None


def make(songs: Sequence[Song], number: int, folder: Path) -> None:
    """Render the beginning (or, one in four, the end) of a song and keep its features and truth."""
    rng = Random(f"whole {number}")
    pool = tuple(_ENSEMBLES)[number % 2]
    song = compose.with_lead(rng.choice([s for s in songs if s.pool == pool]), rng)
    ensemble = rng.choice(_ENSEMBLES[pool])
    song = song.transposed(rng.randint(-5, 5))
    song = replace(song, bpm=song.bpm * 2 ** rng.gauss(0, 0.06))
    bars = int(song.length / song.meter.beats)
    wanted = int(rng.uniform(70, 190) * song.bpm / 60 / song.meter.beats)
    song = song.window(0 if number % 4 < 3 else max(0, bars - wanted), wanted)
    performance = perform(song, rng, ensemble)
    heard, moved = degrade(render(performance, rng), np.random.default_rng(number), number // 2 % 2)
    truth = dataset.truth(performance, song, moved, len(heard) / audio.SAMPLE_RATE)
    made = features.extract(heard, len(heard) / audio.SAMPLE_RATE)
    beats, places = np.asarray(truth["beats"]), np.asarray(truth["places"])
    spans, keys = ([tuple(s) for s in json.loads(str(truth[name]))] for name in ("sections", "keys"))
    bpm = 60 / float(np.median(np.diff(beats)))
    example = Example(song.name, made, beats, beats[places == 0], spans, keys, bpm)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{number:04d}.part").write_bytes(pickle.dumps(example))
    (folder / f"{number:04d}.part").replace(folder / f"{number:04d}.pkl")


def recorded(folder: Path) -> Iterator[Example]:
    """Yield the songs of a folder whose truth has bars and sections."""
    for path in sorted((folder / "audio").iterdir()):
        truth = json.loads((folder / "truth" / f"{path.stem}.json").read_text("utf-8"))
        if not truth.get("sections") or not truth.get("downbeats"):
            continue
        with closing(audio.decode(path, lambda _: None)) as recording:
            made = features.extract(recording.samples, recording.duration_sec)
        spans = [(s["start"], s["end"], s["label"]) for s in truth["sections"]]
        yield Example(path.stem, made, np.array(truth["beats"]), np.array(truth["downbeats"]), spans)
