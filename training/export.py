"""Writes averaged weights as float16 and a card that says where they come from and how well they do."""

from __future__ import annotations

import json
import logging
from datetime import date
from pathlib import Path

import numpy as np
import torch

from training import nets
from training.tasks import Task
from training.train import Pool, validate

log = logging.getLogger(__name__)

_DATA = """Rendered excerpts of POP909 (music-x-lab/POP909-Dataset, MIT; grid, meter, keys and chords from \
AndyWeasley2004/POP909-CL-Dataset, MIT; phrases from Dsqvival/hierarchical-structure-analysis, MIT), of McGill \
Billboard (boomerr1/The-McGill-Billboard-Project, CC0; arrangement and lead are ours) and of songs composed by \
training/compose.py; SoundFonts FluidR3 GM and MuseScore General (MIT) and our own synthesis; degraded by \
training/degrade.py. No recording, nobody's voice, and nothing under a non-commercial licence."""
_SCORES = " In the second course scores of OpenScore/Lieder and OpenScore/StringQuartets (CC0) as well."


def export(task: Task, name: str, average: Path, work: Path, folder: Path, seed: int) -> None:
    """Write `name`.npz and its card `name`.md into `folder`."""
    pool = Pool(task, work, most=30000)
    module = task.build(pool.train)
    state = torch.load(average, weights_only=True)
    made = nets.exported(module, state)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{name}.npz"
    np.savez_compressed(target, **made)
    rows = [f"| all | {len(pool.held)} | {json.dumps(validate(task, module, state, pool.held))[1:-1]} |"]
    for strength, manner in enumerate(("light", "ordinary", "heavy")):
        some = [e for e in pool.held if e.facts["strength"] == str(strength)]
        rows.append(
            f"| {manner} degradation | {len(some)} | {json.dumps(validate(task, module, state, some))[1:-1]} |"
        )
    songs = len({e.song for e in pool.train})
    parameters = sum(w.size for w in made.values())
    card = [
        f"# {name}.npz",
        "",
        f"{task.__doc__} {parameters} parameters, {target.stat().st_size / 1000:.0f} kB, float16; read and run by "
        "`performia_desktop.analysis`.",
        "",
        f"- Made {date.today().isoformat()} by `python -m training.run`, seed {seed}.",
        f"- Learned from {len(pool.train)} excerpts of {songs} songs; held out by song: {len(pool.held)} excerpts "
        f"of {len({e.song for e in pool.held})} songs.",
        f"- Data: {_DATA}{_SCORES if 'scores' in task.folders else ''}",
        "- Licence: MIT, as the program.",
        "",
        "Losses per frame on the held-out songs:",
        "",
        "| excerpts | number | losses |",
        "|---|---|---|",
        *rows,
        "",
    ]
    (folder / f"{name}.md").write_text("\n".join(card), "utf-8")
    log.info("%s: %d parameters written to %s", name, parameters, target)
