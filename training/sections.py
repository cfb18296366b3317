"""Learns what the sections are found by: `python -m training.sections --work DIR [--songs FOLDER ...]`.

Renders beginnings and ends of songs of one to three minutes (the excerpts that the other networks learn from are too
short to have a form), describes their bars as the product does, on the true bar lines and on those that the program
hears, and fits two things: three tiny networks that tell which bar lines begin a section (see `boundary`), and a
logistic model of which two sections are the same (`segment.KIN`). Folders of recordings with Song Maps of the truth
(`audio/*`, `truth/*.json`) can be added. Written are resources/models/sections.npz and its card. It comes last: it
hears through the other networks.
"""

from __future__ import annotations

import argparse
import logging
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.optimize import minimize
from torch import Tensor, nn
from torch.nn import functional

from performia_desktop.analysis import beat, boundary, chord, form, key, melody, meter, segment
from performia_desktop.analysis.evidence import Evidence
from training import nets, run
from training.forms import Example, make, recorded

log = logging.getLogger(__name__)
Floats = NDArray[np.float64]

_FEWEST_BARS = 12
_FOLDS = 4
_BATCH = 8
_MEMBERS = 3


@dataclass(frozen=True, slots=True)
class Cues:
    """Of one song: cues of its bar lines and of its pairs of sections, and whether each is a boundary, or the same."""

    lines: Floats
    begins: Floats
    pairs: Floats
    same: Floats


def cues(example: Example) -> list[Cues]:
    """Describe a song as `segment` does, on its true bar lines and on those that the program hears."""
    if len(example.downbeats) < _FEWEST_BARS or len(example.sections) < 2:
        return []
    heard = Evidence(example.features)
    beats = beat.track(example.features, heard)
    heard.settle(beats.times)
    bars = meter.bars(example.features, heard, beats)
    line = melody.transcribe(example.features, heard.lead, bars.beats)
    looked = chord.hear(example.features, bars, heard)
    chords = chord.decide(looked, key.find(example.features, chord.decide(looked)))
    shapes = [
        form.describe(example.features, downbeats, chords, line)
        for downbeats in (example.downbeats, bars.downbeats)
        if len(downbeats) >= _FEWEST_BARS
    ]
    return [judged(shape, example.sections) for shape in shapes]


def judged(shape: form.Form, sections: Sequence[tuple[float, float, str]]) -> Cues:
    """Return the cues of a song whose bars are described; a section begins with the nearest line, if one is near."""
    alike = boundary.likeness(shape)
    inner = shape.borders[1:-1]
    near = 0.5 * float(np.median(np.diff(shape.borders)))
    begins = np.zeros(len(inner))
    for start, _, _ in sections:
        closest = int(np.abs(inner - start).argmin())
        begins[closest] = max(begins[closest], float(abs(inner[closest] - start) < near))
    at = [[int(np.abs(shape.borders - t).argmin()) for t in (s[0], s[1])] for s in sections]
    known = [((a, b), s[2]) for (a, b), s in zip(at, sections, strict=True) if b > a]
    pairs = segment.pair_cues(shape, alike, [span for span, _ in known])
    same = np.array([known[x][1] == known[y][1] for x, y in pairs], float)
    rows = np.array(list(pairs.values())).reshape(-1, len(segment.KIN))
    return Cues(boundary.cues(shape, alike), begins, rows, same)


def logistic(x: Floats, y: Floats, ridge: float) -> tuple[Floats, float]:
    """Fit weights and a constant for x (n, cues) and y (n,), 0 or 1; the ridge counts for columns of deviation 1."""
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-6
    z = (x - mean) / scale

    def loss(p: Floats) -> tuple[float, Floats]:
        odds = z @ p[:-1] + p[-1]
        wrong = 1 / (1 + np.exp(-odds)) - y
        value = (np.logaddexp(0, odds) - y * odds).sum() + 0.5 * ridge * (p[:-1] ** 2).sum()
        return float(value), np.append(z.T @ wrong + ridge * p[:-1], wrong.sum())

    found = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B").x
    weights = found[:-1] / scale
    return weights, float(found[-1] - mean @ weights)


def area(odds: Floats, y: Floats) -> float:
    """Return the area under the ROC curve."""
    ranks = np.argsort(np.argsort(odds)).astype(float)
    ones = y.sum()
    return float((ranks[y > 0].mean() - (ones - 1) / 2) / (len(y) - ones))


class BoundaryNet(nn.Module):
    """(B, cues, bar lines) to (B, bar lines): log odds of a section beginning."""

    def __init__(self, cues: int, channels: int = 12, dropout: float = 0.3) -> None:
        super().__init__()
        self.direct = nn.Conv1d(cues, 1, 1)
        self.enter = nn.Conv1d(cues, channels, 1)
        self.time = nn.ModuleList(
            nn.Conv1d(channels, channels, 3, padding=d, dilation=d) for d in boundary.DILATIONS
        )
        self.out = nn.Conv1d(channels, 1, 1)
        self._dropout = dropout

    def forward(self, x: Tensor) -> Tensor:
        h = functional.elu(self.enter(x))
        for layer in self.time:
            h = h + functional.elu(layer(functional.dropout(h, self._dropout, self.training)))
        out: Tensor = (self.direct(x) + self.out(h))[:, 0]
        return out


def learn(songs: Sequence[tuple[Floats, Floats]], seed: int, epochs: int = 30) -> BoundaryNet:
    """Train a network on standardised cues of songs (bar lines, cues) and whether a section begins (bar lines,)."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    module = BoundaryNet(songs[0][0].shape[1])
    optimizer = torch.optim.AdamW(module.parameters(), lr=4e-3, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.05, epochs)
    data = [(torch.tensor(x.T, dtype=torch.float32), torch.tensor(y, dtype=torch.float32)) for x, y in songs]
    for _ in range(epochs):
        order = rng.permutation(len(data))
        for at in range(0, len(order), _BATCH):
            batch = [data[k] for k in order[at : at + _BATCH]]
            losses = [
                functional.binary_cross_entropy_with_logits(module(x[None])[0], y, reduction="sum")
                for x, y in batch
            ]
            optimizer.zero_grad()
            (torch.stack(losses).sum() / sum(len(y) for _, y in batch)).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
        schedule.step()
    return module.eval()


def heard(modules: Sequence[BoundaryNet], x: Floats) -> Floats:
    """Return the mean odds of several networks for standardised cues."""
    with torch.no_grad():
        odds = [m(torch.tensor(x.T, dtype=torch.float32)[None])[0].numpy() for m in modules]
    return np.mean(odds, axis=0)


def left_out(songs: Sequence[tuple[Floats, Floats]]) -> float:
    """Return the area under the curve of networks on songs that they have not seen."""
    odds = [np.zeros(0)] * len(songs)
    block = -(-len(songs) // _FOLDS)  # neighbours are the same song
    for first in range(0, len(songs), block):
        module = learn([*songs[:first], *songs[first + block :]], first)
        odds[first : first + block] = [heard([module], x) for x, _ in songs[first : first + block]]
    return area(np.concatenate(odds), np.concatenate([y for _, y in songs]))


def main() -> None:
    """Render what is missing, learn, and write the weights and their card."""
    parser = argparse.ArgumentParser(prog="python -m training.sections", description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder with `sources`; renders go to `forms`")
    parser.add_argument("--songs", type=Path, nargs="*", default=[], help="folders with audio/ and truth/")
    parser.add_argument("--renders", type=int, default=160)
    parser.add_argument("--models", type=Path, default=Path("resources/models"), help="where the weights go")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(1)
    folder = options.work / "forms"
    for number in range(options.renders):
        if not (folder / f"{number:04d}.pkl").exists():
            make(run.songs(options.work), number, folder)
    rendered = (pickle.loads(path.read_bytes()) for path in sorted(folder.glob("*.pkl")))
    examples = chain(rendered, *(recorded(songs) for songs in options.songs))
    found = [c for example in examples for c in cues(example)]
    mean, scale = (f(np.concatenate([c.lines for c in found]), axis=0) for f in (np.mean, np.std))
    lines = [((c.lines - mean) / (scale + 1e-6), c.begins) for c in found]
    members = nn.ModuleList(learn(lines, seed) for seed in range(_MEMBERS))
    weights: dict[str, NDArray[Any]] = dict(nets.exported(members, members.state_dict()))
    kin, constant = logistic(
        *(np.concatenate(x) for x in zip(*((c.pairs, c.same) for c in found), strict=True)), 3.0
    )
    weights |= {
        name: np.asarray(value, np.float32)
        for name, value in (("mean", mean), ("scale", scale + 1e-6), ("kin.weight", kin), ("kin.bias", constant))
    }
    options.models.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(options.models / "sections.npz", **weights)
    card = f"""# sections.npz

Which bar lines begin a section ({_MEMBERS} networks, averaged) and which two sections are the same (logistic);
{sum(w.size for w in weights.values())} parameters; run by `performia_desktop.analysis.boundary` and `segment`.

- Made {date.today().isoformat()} by `python -m training.sections`, seeds 0 to {_MEMBERS - 1}.
- Learned from {len(found)} descriptions of songs of one to three minutes (on true bars and on heard ones): renders of
  POP909 (MIT) and McGill Billboard (CC0) songs; folders of recordings: {len(options.songs)}.
- Licence: MIT, as the program.
- Area under the curve on songs left out: {left_out(lines):.3f} for boundaries.
"""
    (options.models / "sections.md").write_text(card, "utf-8")
    log.info("%s", card)


if __name__ == "__main__":
    main()
