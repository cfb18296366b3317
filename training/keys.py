"""Fits what tells a song's key from its chords as a whole: `python -m training.keys --work DIR`.

A log-linear model (multinomial, the same weights seen from every tonic, see `analysis/tonic.py`) of the keys that
people wrote beside the chords of the songs in `DIR/sources`; no sound is needed. Where a song changes its key, each
part counts as one. Written are resources/models/key.npz and its card, with what the model reaches on songs left out.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import mir_eval
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from performia_desktop.analysis import tonic
from performia_desktop.analysis.chord import ChordSpan
from training import harmony, run
from training.song import Song, Span

log = logging.getLogger(__name__)
Floats = NDArray[np.float64]

_SHORTEST_SEC = 16.0
_LEAST_HARMONY_SEC = 8.0
_DECAY = 5e-4
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Example:
    """A stretch in one key (0-11 major, 12-23 minor), as each tonic sees it, (12, 12 * COLUMNS)."""

    song: str
    pool: str
    seen: NDArray[np.float32]
    key: int


def examples(song: Song) -> list[Example]:
    """Return the stretches of a song that are long enough to tell their key."""
    beat = 60 / song.bpm
    chords = [_heard(span, beat) for span in song.chords]
    found = []
    for span in song.keys:
        start, end = span.start * beat, span.end * beat
        harmony_sec = sum(max(0.0, min(c.end, end) - max(c.start, start)) for c in chords if c.root is not None)
        if end - start >= _SHORTEST_SEC and harmony_sec >= _LEAST_HARMONY_SEC:
            name, mode = span.label.split()
            seen = tonic.rotated(tonic.describe(chords, start + 0.01, end - 0.01)).astype(np.float32)
            key = harmony.pitch_class(name) + (12 if mode == "minor" else 0)
            found.append(Example(song.name, song.pool, seen, key))
    return found


def _heard(span: Span, beat: float) -> ChordSpan:
    chord = harmony.parse(span.label) if span.label not in {"N", "X"} else None
    if chord is None:
        return ChordSpan(span.start * beat, span.end * beat, None, "N", 0, 1.0)
    quality = harmony.reduced(frozenset(chord.intervals)) or "maj"
    bass = (chord.bass - chord.root) % 12
    return ChordSpan(span.start * beat, span.end * beat, chord.root, quality, bass, 1.0)


def fit(learned: Sequence[Example]) -> tuple[Floats, Floats]:
    """Return the weights (2, 12 * COLUMNS), of major and minor keys, and their biases (2,)."""
    seen = np.array([e.seen for e in learned])
    count, _, size = seen.shape
    right = np.zeros((count, 2, 12))
    right.reshape(count, 24)[np.arange(count), [e.key for e in learned]] = 1

    def loss(parameters: Floats) -> tuple[float, Floats]:
        weight, bias = parameters[:-2].reshape(2, size), parameters[-2:]
        scores = (seen @ weight.T.astype(np.float32)).transpose(0, 2, 1) + bias[:, None]
        scores -= scores.max(axis=(1, 2), keepdims=True)
        told = scores - np.log(np.exp(scores).sum(axis=(1, 2), keepdims=True))
        off = (np.exp(told) - right) / count
        slope = np.tensordot(off.astype(np.float32), seen, axes=((0, 2), (0, 1))) + 2 * _DECAY * weight
        value = -(right * told).sum() / count + _DECAY * (weight**2).sum()
        return float(value), np.append(slope.ravel(), off.sum(axis=(0, 2)))

    found = minimize(loss, np.zeros(2 * size + 2), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    return found[:-2].reshape(2, size), found[-2:]


def told(weights: tuple[Floats, Floats], example: Example) -> int:
    """Return the key that the model takes a stretch for."""
    return int((example.seen @ weights[0].T + weights[1]).T.argmax())


def left_out(found: Sequence[Example]) -> dict[str, tuple[int, float, float]]:
    """Return, of the songs of each pool when left out: how many stretches, the share that is right, the MIREX score."""
    names = sorted({e.song for e in found})
    fold = dict(zip(np.random.default_rng(0).permutation(names), np.arange(len(names)) % _FOLDS, strict=True))
    pairs: dict[str, list[tuple[int, int]]] = {}
    for number in range(_FOLDS):
        weights = fit([e for e in found if fold[e.song] != number])
        for example in found:
            if fold[example.song] == number:
                pairs.setdefault(example.pool, []).append((example.key, told(weights, example)))
    return {
        pool: (len(p), float(np.mean([a == b for a, b in p])), float(np.mean([_mirex(a, b) for a, b in p])))
        for pool, p in sorted(pairs.items())
    }


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
        f"| {pool} | {count} | {100 * share:.1f} | {100 * mirex:.1f} |"
        for pool, (count, share, mirex) in left_out(found).items()
    )
    card = f"""# key.npz

Which key a stretch of chords is in, by the stretch as a whole. {weight.size + bias.size} parameters, float16; read and
run by `performia_desktop.analysis.tonic`.

- Made {date.today().isoformat()} by `python -m training.keys`; there is nothing random but the folds (seed 0).
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
