"""Trains a task's network with checkpoints, a running average of the weights, and validation on held-out songs.

The pool of excerpts may grow while training runs. One process, one thread: the machine has other work.
"""

from __future__ import annotations

import logging
import math
import time
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from training.dataset import held_out
from training.tasks import Excerpt, Task

log = logging.getLogger(__name__)

_AVERAGE = 0.998
_REFRESH_SEC = 240.0
_SAVE_EVERY = 250
_WARM_UP = 100


class Pool:
    """The excerpts in a task's folders that have been read so far, split by song."""

    def __init__(self, task: Task, work: Path, most: int) -> None:
        self._task, self._most = task, most
        self._folders = [work / folder for folder in task.folders]
        self._seen: set[str] = set()
        self._learned: list[list[Excerpt]] = [[] for _ in task.folders]
        self.train: list[Excerpt] = []
        self.held: list[Excerpt] = []
        self._looked = 0.0
        self.refresh()

    def refresh(self) -> None:
        if self._looked and time.monotonic() - self._looked < _REFRESH_SEC:
            return
        for folder, learned in zip(self._folders, self._learned, strict=True):
            for path in sorted(folder.glob("*.npz")):
                if path.name in self._seen or len(self._seen) >= self._most:
                    continue
                self._seen.add(path.name)
                excerpt = self._task.read(path)
                if excerpt is not None:
                    (self.held if held_out(excerpt.song) else learned).append(excerpt)
        self.train = list(chain.from_iterable(self._learned))
        self._looked = time.monotonic()
        log.info("%s: %d excerpts to learn from, %d held out", self._task.name, len(self.train), len(self.held))

    def pick(self, rng: np.random.Generator) -> Excerpt:
        """Draw an excerpt to learn from, by the task's shares of its folders."""
        shares = self._task.shares
        learned = self._learned[int(rng.choice(len(shares), p=shares))] if shares else self.train
        return learned[int(rng.integers(len(learned)))]


def train(
    task: Task, work: Path, steps: int, seed: int, rate: float = 2.5e-3, decay: float = 1e-3, most: int = 9000
) -> Path:
    """Train up to `steps` steps in all, going on from a checkpoint; return the file of averaged weights."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    kept, best = (work / f"{task.name}-{seed}.{kind}" for kind in ("checkpoint", "average"))
    pool = Pool(task, work, most)
    module = task.build(pool.train)
    optimizer = torch.optim.AdamW(module.parameters(), lr=rate, weight_decay=decay)
    average = {k: v.clone() for k, v in module.state_dict().items()}
    step = 0
    if kept.exists():
        saved: dict[str, Any] = torch.load(kept, weights_only=True)
        module.load_state_dict(saved["module"])
        optimizer.load_state_dict(saved["optimizer"])
        average, step = saved["average"], saved["step"]
    rng = np.random.default_rng([seed, step])
    losses: list[dict[str, float]] = []
    begun = time.monotonic()
    module.train()
    while step < steps:
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, (step + 1) / _WARM_UP) * (0.51 + 0.5 * math.cos(math.pi * step / steps))
        picked = [pool.pick(rng) for _ in range(task.batch_size)]
        columns = zip(*(task.crop(e, rng) for e in picked), strict=True)
        batch = tuple(torch.from_numpy(np.stack(column)) for column in columns)
        with torch.autocast("cpu", torch.bfloat16, enabled=task.half):
            loss, parts = task.loss(module, batch)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(module.parameters(), 1.0)
        optimizer.step()
        step += 1
        blend = min(_AVERAGE, (1 + step) / (10 + step))
        for name, value in module.state_dict().items():
            average[name].lerp_(value, 1 - blend) if value.is_floating_point() else average[name].copy_(value)
        losses.append(parts)
        if step % _SAVE_EVERY == 0 or step == steps:
            _report(task, module, average, pool, losses, step, time.monotonic() - begun)
            losses = []
            state = {
                "module": module.state_dict(),
                "optimizer": optimizer.state_dict(),
                "average": average,
                "step": step,
            }
            torch.save(state, kept.with_suffix(".part"))
            kept.with_suffix(".part").replace(kept)
            torch.save(average, best)
            pool.refresh()
    return best


def _report(
    task: Task,
    module: nn.Module,
    average: dict[str, Tensor],
    pool: Pool,
    losses: list[dict[str, float]],
    step: int,
    seconds: float,
) -> None:
    learned = {k: round(float(np.nanmean([p[k] for p in losses])), 4) for k in losses[0]}
    held = validate(task, module, average, pool.held[:: max(1, len(pool.held) // 60)])
    log.info("%s step %d, %.0f s: %s held out %s", task.name, step, seconds, learned, held)


def validate(task: Task, module: nn.Module, state: dict[str, Tensor], excerpts: list[Excerpt]) -> dict[str, float]:
    """Return the mean of every part of the loss over whole excerpts, with the given weights."""
    current = {k: v.clone() for k, v in module.state_dict().items()}
    module.load_state_dict(state)
    module.eval()
    parts = []
    with torch.no_grad():
        for excerpt in excerpts:
            batch = tuple(torch.from_numpy(np.ascontiguousarray(a)[None]) for a in task.whole(excerpt))
            parts.append(task.loss(module, batch)[1])
    module.load_state_dict(current)
    module.train()
    return {k: round(float(np.nanmean([p[k] for p in parts])), 4) for k in parts[0]}
