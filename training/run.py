"""Makes the shipped networks from the public sources: `python -m training.run --work DIR`.

Every step can be interrupted and goes on where it stopped: songs are read once, excerpts that exist are not
rendered again, training continues from its last checkpoint.
"""

from __future__ import annotations

import argparse
import logging
import os
import pickle
from collections.abc import Sequence
from pathlib import Path

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

from training import dataset, export, line, scores, sources, tasks, train  # noqa: E402
from training.song import Song  # noqa: E402

STEPS = ("render", "beat", "beat-again", "chord", "lines", "melody", "bass", "export")
NETWORKS = ("beat", "chord", "melody", "bass")
_POOLS = {"songs": sources.load, "scores": scores.load}


def songs(work: Path, pool: str = "songs") -> list[Song]:
    """Return the songs (or scores) of the clones in `work/sources`, read once."""
    kept = work / f"{pool}.pkl"
    if not kept.exists():
        read = _POOLS[pool](work / "sources")
        kept.with_suffix(".part").write_bytes(pickle.dumps(read))
        kept.with_suffix(".part").replace(kept)
    loaded: list[Song] = pickle.loads(kept.read_bytes())
    return loaded


def learn_bass(work: Path, steps: Sequence[int], seed: int) -> None:
    """Train the network of the bass in three courses."""
    for folder, jobs in dataset.BASS_AGAIN.items():
        dataset.run(songs(work), work / folder, jobs.start, len(jobs))
    first = train.train(line.Bass(), work, steps[0], seed, decay=2e-3)
    second = train.train(line.BassAgain(first), work, steps[1], seed, rate=1.5e-3, decay=5e-3)
    train.train(line.BassInRooms(second), work, steps[2], seed, rate=1.2e-3, decay=5e-3)


def main() -> None:
    """Run the steps that are asked for, all by default."""
    parser = argparse.ArgumentParser(prog="python -m training.run", description=__doc__)
    parser.add_argument(
        "--work", type=Path, required=True, help="folder with `sources`; everything made goes there"
    )
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=STEPS)
    parser.add_argument("--first", type=int, default=0, help="number of the first excerpt")
    parser.add_argument("--excerpts", type=int, default=570)
    parser.add_argument("--beat-steps", type=int, default=1750)
    parser.add_argument("--beat-again-steps", type=int, default=1000)
    parser.add_argument("--chord-steps", type=int, default=1400)
    parser.add_argument("--melody-steps", type=int, default=10000)
    parser.add_argument("--bass-steps", type=int, nargs=3, default=(8000, 6000, 3000), help="of its three courses")
    parser.add_argument("--export", nargs="+", choices=NETWORKS, default=NETWORKS, help="which to write")
    parser.add_argument("--models", type=Path, default=Path("resources/models"), help="where the weights go")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    work, seed = options.work, options.seed
    if "render" in options.steps:
        dataset.run(songs(work), work / "data", options.first, options.excerpts)
    beats, chords, lead = tasks.Beats(), tasks.Chords(), line.Melody()
    beats_again = tasks.BeatsAgain(work / f"{beats.name}-{seed}.average")
    if "beat" in options.steps:
        train.train(beats, work, options.beat_steps, seed)
    if "beat-again" in options.steps:
        for folder, jobs in dataset.BEATS_AGAIN.items():
            pool = songs(work, "scores" if jobs[0] in dataset.SCORES else "songs")
            dataset.run(pool, work / folder, jobs.start, len(jobs))
        train.train(beats_again, work, options.beat_again_steps, seed, rate=1e-3)
    if "chord" in options.steps:
        train.train(chords, work, options.chord_steps, seed, decay=2e-2)
    if "lines" in options.steps:
        for folder, ranges in dataset.LINES.items():
            for jobs in ranges:
                dataset.run(songs(work), work / folder, jobs.start, len(jobs))
    if "melody" in options.steps:
        train.train(lead, work, options.melody_steps, seed, rate=3e-3, decay=5e-3)
    if "bass" in options.steps:
        learn_bass(work, options.bass_steps, seed)
    if "export" in options.steps:
        shipped: dict[str, tasks.Task] = {
            "beat": beats_again,
            "chord": chords,
            "melody": lead,
            "bass": line.BassInRooms(),
        }
        for name in options.export:
            task = shipped[name]
            export.export(task, name, work / f"{task.name}-{seed}.average", work, options.models, seed)


if __name__ == "__main__":
    main()
