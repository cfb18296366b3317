"""Fits what decides the metrical level (`analysis/level.py`): `python -m training.levels --work DIR`.

Run it whenever the beat network has changed, whose log odds the fit weighs. It renders songs that the network has not
seen, each in its own tempo - in another, people would count otherwise -, finds the pulse as the program does, and
compares what a finer and a coarser pulse have for them with how the song is written. `--songs` adds recordings, whole
and degraded; nothing of what the program is measured with.
"""

from __future__ import annotations

import argparse
import json
import logging
import zlib
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from performia_desktop.analysis import audio, beat, features, level, net
from performia_desktop.analysis.onset import onset_curve, strengths
from training import dataset, run
from training.degrade import degrade
from training.render import render
from training.song import Song

log = logging.getLogger(__name__)

F64 = NDArray[np.float64]
Comparison = tuple[F64, bool]
"""The clues of two pulses, and whether the finer one is meant."""

_JOBS: Final = range(9500, 9700)
_ANOTHER: Final = 1_000_000  # jobs away is what replaces one that is no use here
_TEMPO, _NEAR_SEC, _MOST = 0.12, 0.07, 0.8
_L2: Final = 1.0


def main() -> None:
    """Render, compare, fit, and print what to write into `analysis/level.py`."""
    parser = argparse.ArgumentParser(prog="python -m training.levels", description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder with `sources`; what is made goes there")
    parser.add_argument("--weights", type=Path, default=Path("resources/models/beat.npz"))
    parser.add_argument("--songs", type=Path, nargs="*", default=[], help="folders with audio/ and truth/")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    songs = [s for s in run.songs(options.work) if dataset.held_out(s.name)]
    weights, found = net.load(options.weights), []
    kept = options.work / "levels"
    paths = [kept / f"{number}.npz" for number in _JOBS]
    for number, path in zip(_JOBS, paths, strict=True):
        if not path.exists():
            make(songs, number, path)
    for folder in options.songs:
        paths += [path for song in sorted((folder / "audio").iterdir()) for path in listened(folder, song, kept)]
    for path in paths:
        with np.load(path) as heard:
            found += comparisons(heard, weights)
    seen, meant = np.array([clues for clues, _ in found]), np.array([finer for _, finer in found])
    fitted = fit(seen, meant)
    right = (seen @ fitted[1:] + fitted[0] > 0) == meant
    log.info(
        "%d comparisons; BIAS %.2f, WEIGHTS %s; %.1f %% right",
        len(found),
        fitted[0],
        fitted[1:].round(2),
        100 * right.mean(),
    )


def make(songs: list[Song], number: int, path: Path) -> None:
    """Render a job's excerpt in its own tempo and keep what the program hears of it."""
    song, ensemble, rng = _plan(songs, number)
    performance = dataset.played(song, ensemble, rng, number)
    sound = render(performance, rng)
    heard, moved = degrade(sound, np.random.default_rng(rng.randrange(1 << 30)), number % 3)
    seconds = len(heard) / net.RATE
    keep(heard, np.asarray(dataset.truth(performance, song, moved, seconds)["beats"]), path)


def listened(folder: Path, song: Path, kept: Path) -> list[Path]:
    """Degrade a recording in three strengths, unless that was done, and return where each is kept."""
    truth = json.loads((folder / "truth" / f"{song.stem}.json").read_text("utf-8"))
    if not truth.get("beats"):
        return []
    paths = [kept / f"{song.stem}-{strength}.npz" for strength in range(3)]
    if not all(path.exists() for path in paths):
        with closing(audio.decode(song, lambda _: None)) as recording:
            sound = np.array(recording.samples)
        for strength, path in enumerate(paths):
            noise = np.random.default_rng(zlib.crc32(path.stem.encode()))
            heard, moved = degrade(sound.copy(), noise, strength)
            keep(heard, np.array([moved(beat) for beat in truth["beats"]]), path)
    return paths


def keep(heard: features.F32, beats: F64, path: Path) -> None:
    """Keep what the program hears of a sound, and its beats."""
    seconds = len(heard) / net.RATE
    made = features.extract(heard, seconds)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".part").open("wb") as file:
        np.savez(
            file,
            onsets=made.onsets.astype(np.float16),
            bands=made.bands,
            notes=net.note_view(made.notes),
            beats=beats[(beats >= 0) & (beats < seconds)],
        )
    path.with_suffix(".part").replace(path)


def _plan(songs: list[Song], number: int) -> tuple[Song, str, Random]:
    tempi = {song.name: song.bpm for song in songs}
    for again in count():
        song, ensemble, rng = dataset.plan(songs, number + again * _ANOTHER)
        if song.name in tempi and ensemble not in {"drums", "bass", "rhythm"}:
            return replace(song, bpm=tempi[song.name]), ensemble, rng
    raise AssertionError


def comparisons(heard: Any, weights: net.Weights) -> list[Comparison]:
    """Return both comparisons that `level.settle` may make of the pulse that is found, none where that is no pulse."""
    made: Any = SimpleNamespace(onsets=heard["onsets"].astype(np.float32))
    evidence, truth = net.beat_evidence(heard["bands"], heard["notes"], weights), heard["beats"]
    curve = onset_curve(made)
    pulse = beat.pulse_of(curve, evidence.beat)
    octaves = _octaves(pulse, truth) if min(len(pulse), len(truth)) >= 8 else None
    if octaves is None:
        return []
    curves = level.curves_of(made, curve)
    doubled, between = level.divided(curves, pulse)
    on, off = strengths(curves, pulse), strengths(curves, between)
    return [
        (level.clues(curves, evidence, doubled, pulse, on, off), octaves < 0),
        (level.clues(curves, evidence, pulse, *level.halves(curves, evidence, pulse)), octaves <= 0),
    ]


def _octaves(pulse: F64, truth: F64) -> int | None:
    """Return how many octaves the pulse is above the truth, None where it is neither that nor half nor double."""
    octaves = float(np.log2(np.median(np.diff(truth)) / np.median(np.diff(pulse))))
    fine, coarse = sorted((pulse, truth), key=len, reverse=True)
    near = np.abs(fine[:, None] - coarse).min(axis=0) < _NEAR_SEC
    known = abs(octaves - round(octaves)) <= _TEMPO and abs(round(octaves)) <= 1 and near.mean() >= _MOST
    return round(octaves) if known else None


def fit(seen: F64, meant: NDArray[np.bool_]) -> F64:
    """Return bias and weights of a logistic regression, pulled towards those before; that of silence stays."""
    before = np.concatenate([[level.BIAS], level.WEIGHTS])
    columns, sign = np.hstack([np.ones((len(seen), 1)), seen]), np.where(meant, 1, -1)

    def loss(free: F64) -> float:
        weights = np.append(free, before[-1])
        return float(np.logaddexp(0, -sign * (columns @ weights)).sum() + _L2 * np.square(weights - before).sum())

    return np.append(minimize(loss, before[:-1]).x, before[-1])


if __name__ == "__main__":
    main()
