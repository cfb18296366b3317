"""The program's own analysis of samples, without a file: what the tests of whole songs and the table hear with.

``python -m tests.analysis.songs.listen [CASE ...] [--degradations]`` prints the scores of the cases in percent.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from performia_desktop.analysis import features, pipeline
from performia_desktop.analysis.assemble import assemble
from performia_desktop.analysis.audio import Source
from performia_desktop.songmap.model import SongMap
from tests.analysis.songs import cases
from tests.analysis.songs.band import RATE, Played, play
from tests.analysis.songs.degrade import DEGRADATIONS, F32, degraded, moved_map
from tests.analysis.songs.scores import scores

_COLUMNS = ("tempo", "beats", "steadily", "downbeats", "meter", "key", "chords", "melody", "voicing", "bass")


class _Heard:
    """A run of the pipeline whose recording is already decoded, and which keeps nothing."""

    def __init__(self, samples: F32) -> None:
        self._samples = samples
        self.notes: list[str] = []

    def stage(self, name: str, cls: type[Any], make: Callable[..., Any], **_: Any) -> Any:
        return make(lambda _: None)

    def listen(self, path: Path, tick: Callable[[float], None]) -> features.Features:
        return features.extract(self._samples, len(self._samples) / RATE, tick)


def listen(samples: F32) -> SongMap:
    """Return the Song Map of mono samples at 22.05 kHz."""
    findings = pipeline.analyse(Path("played.wav"), _Heard(np.ascontiguousarray(samples, np.float32)))  # type: ignore[arg-type]
    return assemble("00000000", Source("0" * 32, "played", ""), findings, {})


def after(name: str, song: Played) -> Played:
    """Return a song after a degradation, with its truth."""
    samples, moved = degraded(name, song.samples)
    seconds = len(samples) / RATE
    data = moved_map(song.truth.to_json(), moved, seconds)
    truth = SongMap.from_json({**song.truth.to_json(), **data})
    if song.truth.tempo.bpm_global is None:
        truth = replace(truth, tempo=song.truth.tempo)
    return Played(samples, truth)


def _row(title: str, result: dict[str, float]) -> str:
    cells = (f"{100 * result[c]:10.0f}" if c in result else " " * 9 + "-" for c in _COLUMNS)
    return f"{title:<14}" + "".join(cells)


def main(arguments: Sequence[str]) -> None:
    """Print a row for each case, and for each degradation of it if they are asked for."""
    chosen = [a for a in arguments if not a.startswith("-")]
    print(" " * 14 + "".join(c.rjust(10) for c in _COLUMNS))
    for case in cases.CASES:
        if chosen and case.name not in chosen:
            continue
        song = play(case)
        print(_row(case.name, scores(song.truth, listen(song.samples))), flush=True)
        for name in DEGRADATIONS if "--degradations" in arguments else ():
            worse = after(name, song)
            print(_row(f"  {name}", scores(worse.truth, listen(worse.samples))), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
