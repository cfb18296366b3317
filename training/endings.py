"""Learns where notes end: `python -m training.endings --work DIR`.

Follows the line through the excerpts that the melody network learned from (`DIR/data`, `DIR/interludes`) as the product
does, and fits a tiny network that tells, frame by frame around the end of each note that was found, whether it is still
held (see `analysis/ending.py`). Written are resources/models/ending.npz and its card.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from performia_desktop.analysis import ending, line_net, melody, net
from performia_desktop.analysis.notes import NoteSpan
from performia_desktop.assets import resource
from training import line, nets
from training.dataset import held_out

log = logging.getLogger(__name__)
Floats = NDArray[np.float64]

_NEAR_SEC = 0.08
_HIDDEN = 16
_EPOCHS = 12
_BATCH = 2048
_RATE = 6e-3
_NOISE = 0.05
_FAR_SEC = 0.4


@dataclass(frozen=True, slots=True)
class Example:
    """What `ending.cues` yields of an excerpt, for the notes whose true end is known: rows, and an end for each.

    `said` is when the notes end without the network.
    """

    song: str
    strength: str
    note: NDArray[np.int64]
    frames: NDArray[np.int64]
    cues: NDArray[np.float32]
    ends: Floats
    said: Floats


class EndingNet(nn.Module):
    """(rows, cues) to (rows,): log odds of a note being held."""

    def __init__(self, mean: Tensor, scale: Tensor) -> None:
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("scale", scale)
        self.first = nn.Linear(len(mean), _HIDDEN)
        self.second = nn.Linear(_HIDDEN, _HIDDEN)
        self.out = nn.Linear(_HIDDEN, 1)

    def forward(self, x: Tensor) -> Tensor:
        x = (x - self.mean) / self.scale
        if self.training:
            x = x + _NOISE * torch.randn_like(x)
        h = functional.elu(self.first(x))
        out: Tensor = self.out(functional.elu(self.second(h)))[:, 0]
        return out


def examples(work: Path) -> Iterator[Example]:
    """Follow the line through every excerpt."""
    weights = net.load(resource("models", "melody.npz"))
    for path in sorted(p for folder in line.Melody.folders for p in (work / folder).glob("*.npz")):
        with np.load(path) as d:
            facts, truth = json.loads(str(d["facts"])), d["lead"]
            notes, spectrum, bands = d["notes"], d["spectrum"], d["bands"]
        if not len(truth):
            continue
        # what an excerpt lacks only moves the beginnings of notes a little
        made: Any = SimpleNamespace(
            notes=np.repeat(notes.astype(np.float32) ** 2, 2, axis=0), onsets=np.zeros((1, 4)), level=np.zeros(1)
        )
        heard = line_net.evidence(notes, spectrum, bands, weights, line_net.LEAD)
        led = melody.in_register(heard.pitch)
        found = melody.follow(made, heard, led, np.zeros(0))
        ends = np.array([_true_end(truth, note) for note in found])
        for k, (note, frames, cues) in enumerate(ending.cues(bands, led, found)):
            some = slice(k * ending.BLOCK, (k + 1) * ending.BLOCK)
            known = ~np.isnan(ends[some][note])
            said = np.array([n.end for n in found[some]])
            yield Example(
                facts["song"], facts["strength"], note[known], frames[known], cues[known], ends[some], said
            )


def _true_end(truth: Floats, note: NoteSpan) -> float:
    """Return the end of the true note (start, end, MIDI) that begins with `note`, NaN if there is none."""
    same = (np.abs(truth[:, 0] - note.start) < _NEAR_SEC) & (np.abs(truth[:, 2] - note.midi) < 0.5)
    return float(truth[same.argmax(), 1]) if same.any() else np.nan


def learn(found: list[Example], seed: int) -> EndingNet:
    """Train on all rows; long stretches count for less per row, but for more than short ones."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    x = torch.from_numpy(np.concatenate([e.cues for e in found]))
    held = torch.from_numpy(
        np.concatenate([e.frames / net.BEAT_FPS < e.ends[e.note] for e in found]).astype(np.float32)
    )
    counts = np.concatenate([1 / np.sqrt(np.bincount(e.note)[e.note]) for e in found])
    weigh = torch.from_numpy(counts.astype(np.float32))
    # the weights ship in float16, so the network learns with what it will be given
    mean, scale = (t.half().float() for t in (x.mean(dim=0), x.std(dim=0) + 1e-3))
    module = EndingNet(mean, scale)
    batches = len(x) // _BATCH
    optimizer = torch.optim.AdamW(module.parameters(), lr=_RATE, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=_EPOCHS * batches)
    for _ in range(_EPOCHS):
        order = torch.randperm(len(x))
        for at in range(batches):
            rows = order[at * _BATCH : (at + 1) * _BATCH]
            each = functional.binary_cross_entropy_with_logits(module(x[rows]), held[rows], reduction="none")
            optimizer.zero_grad()
            ((each * weigh[rows]).sum() / weigh[rows].sum()).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return module.eval()


def errors(module: EndingNet, found: list[Example]) -> Floats:
    """Return by how much the ends of notes are late, (notes, 2): as the path says, and as the network does."""
    late = []
    for example in found:
        with torch.no_grad():
            odds = module(torch.from_numpy(example.cues)).numpy()
        for number, end in zip(*ending.latest(example.note, example.frames, odds), strict=True):
            late.append((example.said[number] - example.ends[number], end - example.ends[number]))
    return np.clip(late, -_FAR_SEC, _FAR_SEC)


def main() -> None:
    """Learn, and write the weights and their card."""
    parser = argparse.ArgumentParser(prog="python -m training.endings", description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder with the excerpts of `training.run`")
    parser.add_argument("--models", type=Path, default=Path("resources/models"), help="where the weights go")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    found = list(examples(options.work))
    learned, held = ([e for e in found if held_out(e.song) == out] for out in (False, True))
    module = learn(learned, options.seed)
    weights = nets.exported(module, module.state_dict())
    options.models.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(options.models / "ending.npz", **weights)
    rows = []
    for strength, name in enumerate(("light", "ordinary", "heavy")):
        late = errors(module, [e for e in held if e.strength == str(strength)])
        before, after = np.abs(late).mean(axis=0)
        rows.append(f"| {name} | {len(late)} | {1000 * before:.0f} | {1000 * after:.0f} |")
    table = "\n".join(rows)
    card = f"""# ending.npz

Whether a note of the leading line is still held, frame by frame around its end. {sum(w.size for w in weights.values())}
parameters, float16; read and run by `performia_desktop.analysis.ending`.

- Made {date.today().isoformat()} by `python -m training.endings`, seed {options.seed}.
- Learned from the notes that are found in {len(learned)} of the excerpts that `melody.npz` learned from, see its card.
- Licence: MIT, as the program.

Mean error of the ends of notes on songs held out, in ms, at most {1000 * _FAR_SEC:.0f} for each:

| degradation | notes | as the path says | with the network |
|---|---|---|---|
{table}
"""
    (options.models / "ending.md").write_text(card, "utf-8")
    log.info("%s", card)


if __name__ == "__main__":
    main()
