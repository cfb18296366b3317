"""Fits what tells a song's key from its chords as a whole: `python -m training.keys --work DIR`.

A log-linear model (multinomial, the same weights seen from every tonic, see `analysis/tonic.py`) of the keys that
people wrote beside the chords of the songs in `DIR/sources`; no sound is needed. Where a song changes its key, each
part counts as one. It learns each as written, and parts of it with a chord finder's mistakes. Written are
resources/models/key.npz and its card, with what the model reaches on songs left out.
"""

from __future__ import annotations

import argparse
import logging
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import mir_eval
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from performia_desktop.analysis import tonic
from performia_desktop.analysis.chord import ChordSpan
from training import harmony, mistakes, run
from training.song import Song, Span

log = logging.getLogger(__name__)
Floats = NDArray[np.float64]

_SHORTEST_SEC = 16.0
_LEAST_HARMONY_SEC = 8.0
_PARTS = 6
_SHORTEST_PART_SEC = 30.0
_WHOLE, _RIGHT = 0.45, 0.35
"""Of the parts: how many are the whole all the same, and how many have no mistakes."""
_WORST = 0.6
_AS_WRITTEN = 0.4
"""The weight in the fit of a stretch as written; its parts share the rest."""
_DECAY = 2e-4
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Example:
    """A stretch in one key (0-11 major, 12-23 minor).

    `views` are descriptions of it, (1 + _PARTS, 12, tonic.COLUMNS): as written, then parts of it with mistakes.
    """

    song: str
    pool: str
    views: NDArray[np.float16]
    key: int


def examples(song: Song) -> list[Example]:
    """Return the stretches of a song that are long enough to tell their key."""
    beat = 60 / song.bpm
    chords = [_heard(span, beat) for span in song.chords]
    rng = np.random.default_rng(zlib.crc32(song.name.encode()))
    found = []
    for span in song.keys:
        start, end = span.start * beat + 0.01, span.end * beat - 0.01
        if end - start >= _SHORTEST_SEC and _harmony_sec(chords, start, end) >= _LEAST_HARMONY_SEC:
            name, mode = span.label.split()
            views = [tonic.describe(chords, start, end)]
            views += [_part(chords, start, end, beat, rng) for _ in range(_PARTS)]
            key = harmony.pitch_class(name) + (12 if mode == "minor" else 0)
            found.append(Example(song.name, song.pool, np.array(views, np.float16), key))
    return found


def _part(chords: Sequence[ChordSpan], start: float, end: float, beat: float, rng: np.random.Generator) -> Floats:
    """Describe a part of a stretch, most often shorter and with mistakes."""
    if end - start > _SHORTEST_PART_SEC and rng.random() > _WHOLE:
        length = float(np.exp(rng.uniform(np.log(_SHORTEST_PART_SEC), np.log(end - start))))
        start += rng.random() * (end - start - length)
        end = start + length
    severity = _WORST * rng.random() if rng.random() > _RIGHT else 0.0
    inside = [chord for chord in chords if chord.end > start and chord.start < end]
    return tonic.describe(mistakes.mistaken(inside, rng, severity, beat), start, end)


def _harmony_sec(chords: Sequence[ChordSpan], start: float, end: float) -> float:
    return sum(max(0.0, min(c.end, end) - max(c.start, start)) for c in chords if c.root is not None)


def _heard(span: Span, beat: float) -> ChordSpan:
    chord = harmony.parse(span.label) if span.label not in {"N", "X"} else None
    if chord is None:
        return ChordSpan(span.start * beat, span.end * beat, None, "N", 0, 1.0)
    quality = harmony.reduced(frozenset(chord.intervals)) or "maj"
    bass = (chord.bass - chord.root) % 12
    return ChordSpan(span.start * beat, span.end * beat, chord.root, quality, bass, 1.0)


def fit(learned: Sequence[Example]) -> tuple[Floats, Floats]:
    """Return the weights (2, 12 * COLUMNS), of major and minor keys, and their biases (2,)."""
    seen = np.concatenate([tonic.rotated(view).astype(np.float32) for e in learned for view in e.views])
    count, size = len(seen) // 12, seen.shape[1]
    right = np.zeros((count, 24))
    right[np.arange(count), np.repeat([e.key for e in learned], 1 + _PARTS)] = 1
    weigh = np.array([_AS_WRITTEN, *[(1 - _AS_WRITTEN) / _PARTS] * _PARTS]) / len(learned)
    counts = np.tile(weigh, len(learned))[:, None]

    def loss(parameters: Floats) -> tuple[float, Floats]:
        weight, bias = parameters[:-2].reshape(2, size), parameters[-2:]
        scores = (seen @ weight.T.astype(np.float32)).reshape(count, 12, 2).transpose(0, 2, 1) + bias[:, None]
        scores = scores.reshape(count, 24) - scores.max(axis=(1, 2))[:, None]
        told = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        off = ((np.exp(told) - right) * counts).reshape(count, 2, 12).transpose(1, 0, 2).reshape(2, -1)
        slope = off.astype(np.float32) @ seen + 2 * _DECAY * weight
        value = -(counts * right * told).sum() + _DECAY * (weight**2).sum()
        return float(value), np.append(slope.ravel(), off.sum(axis=1))

    found = minimize(loss, np.zeros(2 * size + 2), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return found[:-2].reshape(2, size), found[-2:]


def told(weights: tuple[Floats, Floats], view: NDArray[np.floating]) -> int:
    """Return the key that the model takes a description for."""
    return int((tonic.rotated(view) @ weights[0].T + weights[1]).T.argmax())


def left_out(found: Sequence[Example]) -> dict[tuple[str, str], tuple[int, float, float]]:
    """Return, of the songs of each pool when left out: how many stretches, the share that is right, the MIREX score.

    Once as written, and once of parts with mistakes.
    """
    names = sorted({e.song for e in found})
    fold = dict(zip(np.random.default_rng(0).permutation(names), np.arange(len(names)) % _FOLDS, strict=True))
    pairs: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for number in range(_FOLDS):
        weights = fit([e for e in found if fold[e.song] != number])
        for example in found:
            if fold[example.song] == number:
                for k, view in enumerate(example.views):
                    kind = "parts, with mistakes" if k else "as written"
                    pairs.setdefault((example.pool, kind), []).append((example.key, told(weights, view)))
    return {
        kind: (len(p), float(np.mean([a == b for a, b in p])), float(np.mean([_mirex(a, b) for a, b in p])))
        for kind, p in sorted(pairs.items())
    }


@cache
def _mirex(right: int, said: int) -> float:
    names = [f"{harmony.NAMES[key % 12]} {'major' if key < 12 else 'minor'}" for key in (right, said)]
    return float(mir_eval.key.weighted_score(*names))


def main() -> None:
    """Fit, and write the weights and their card."""
    parser = argparse.ArgumentParser(prog="python -m training.keys", description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder with `sources`")
    parser.add_argument("--models", type=Path, default=Path("resources/models"), help="where the weights go")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    found = [e for song in run.songs(options.work) for e in examples(song)]
    weight, bias = (part.astype(np.float16) for part in fit(found))
    options.models.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(options.models / "key.npz", weight=weight, bias=bias)
    rows = "\n".join(
        f"| {pool}, {kind} | {count} | {100 * share:.1f} | {100 * mirex:.1f} |"
        for (pool, kind), (count, share, mirex) in left_out(found).items()
    )
    card = f"""# key.npz

Which key a stretch of chords is in, by the stretch as a whole. {weight.size + bias.size} parameters, float16; read and
run by `performia_desktop.analysis.tonic`.

- Made {date.today().isoformat()} by `python -m training.keys`; what is random in it (parts, mistakes, folds) has
  fixed seeds.
- Learned from {len(found)} stretches in one key of {len({e.song for e in found})} songs: chords and keys of POP909-CL
  (AndyWeasley2004/POP909-CL-Dataset, MIT) and McGill Billboard (boomerr1/The-McGill-Billboard-Project, CC0).
- Licence: MIT, as the program.

In percent, on songs held out (one fold of five at a time):

| pool | stretches | right | MIREX |
|---|---|---|---|
{rows}
"""
    (options.models / "key.md").write_text(card, "utf-8")
    log.info("%s", card)


if __name__ == "__main__":
    main()
