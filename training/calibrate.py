"""Fits `performia_desktop.analysis.confidence`: `python -m training.calibrate FOLDER [--forms DIR] [--check FOLDER]`.

A folder has `audio/*` and `truth/*.json` (Song Maps of the truth, with the fields that are known). Every recording
is analysed, and for every confidence it is noted whether the thing was right:

- tempo: within 4 %;
- key: tonic and mode, by time;
- chords: root and third (major or minor; no chord is right where there is none), by time;
- sections: the start is within 3 s of a start in the truth (of the first section, the end);
- melody, bass: the same pitch sounds in the truth during at least half of the note.

A song has one tempo and few keys, so the folders may be too small for these two; `--forms` adds to them the renders of
`training.sections`. Keys and sections get no curve: what their models say is a probability already.

The curves are monotone (pooled adjacent violators over bins of equal weight), with a few knots. Printed are the
curves, and for the songs of `--check`, which the curves have not seen, a table of predicted against observed.
"""

from __future__ import annotations

import argparse
import json
import logging
import pickle
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import mir_eval
import numpy as np
from numpy.typing import NDArray

from performia_desktop.analysis import confidence, pipeline
from performia_desktop.analysis.assemble import Findings, tiled
from performia_desktop.analysis.checkpoint import Checkpoints
from performia_desktop.analysis.chord import ChordSpan
from performia_desktop.analysis.features import Features, Tick
from performia_desktop.analysis.progress import Reporter
from performia_desktop.songmap import chord as names
from training.forms import Example

log = logging.getLogger(__name__)
Judged = list[tuple[float, float, float]]
"""(raw confidence, right 0 or 1, weight)."""

FIELDS = ("tempo", "key", "chords", "sections", "melody", "bass")
_BINS = {"tempo": 4, "key": 4}
_MOST_BINS = 6
_STEP_SEC = 0.25
_PROBABILITIES = {"key", "sections"}
_NEAR_SEC = 3.0


class _Heard(pipeline.Run):
    """An analysis of what has been heard already."""

    def __init__(self, folder: Path, features: Features | None) -> None:
        super().__init__(Reporter("calibrate", lambda _: None), Checkpoints(folder, "0"))
        self._features = features

    def listen(self, path: Path, tick: Tick) -> Features:
        return self._features or super().listen(path, tick)


def analysed(path: Path, kept: Path | None, features: Features | None = None) -> Findings:
    """Analyse a recording, or its features, or take what is kept of an earlier time."""
    stored = kept / f"{path.stem}.findings" if kept else None
    if stored and stored.exists():
        found: Findings = pickle.loads(stored.read_bytes())
        return found
    with tempfile.TemporaryDirectory() as folder:
        found = pipeline.analyse(path, _Heard(Path(folder), features))
    if stored:
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.write_bytes(pickle.dumps(found))
    return found


def judged(found: Findings, truth: dict[str, Any]) -> dict[str, Judged]:
    """Return for each field that the truth has what was claimed with which confidence, and whether it is right."""
    out: dict[str, Judged] = {field: [] for field in FIELDS}
    bpm = (truth.get("tempo") or {}).get("bpm_global")
    if bpm and found.bars.bpm:
        out["tempo"] = [(found.bars.confidence, float(abs(found.bars.bpm - bpm) <= 0.04 * bpm), 1.0)]
    if truth.get("key"):
        right = [(k["start"], k["end"], (names.pitch_class(k["tonic"]), k["mode"])) for k in truth["key"]]
        claimed = [(a, b, (k.tonic, k.mode), k.conf) for a, b, k in tiled(found.keys, found.duration_sec)]
        out["key"] = list(_by_time(claimed, right, lambda a, b: a == b))
    if truth.get("chords"):
        right = [(c["start"], c["end"], c["label"]) for c in truth["chords"]]
        claimed = [(a, b, _label(c), c.conf) for a, b, c in tiled(found.chords, found.duration_sec)]
        out["chords"] = list(_by_time(claimed, right, _same_third))
    starts = np.array([s["start"] for s in truth.get("sections") or []][1:])
    if len(starts):
        spans = found.sections
        times = [spans[0].end, *(s.start for s in spans[1:])] if len(spans) > 1 else []
        out["sections"] = [
            (s.conf, float(np.abs(starts - t).min() <= _NEAR_SEC), 1.0) for s, t in zip(spans, times, strict=False)
        ]
    for part, line in (("melody", found.melody), ("bass", found.bass)):
        notes = (truth.get("performance") or {}).get(part) or []
        if notes:
            known = np.array([(n["start"], n["end"], n["midi"]) for n in notes])
            out[part] = [(n.conf, float(_sounds(n.start, n.end, n.midi, known)), 1.0) for n in line]
    return out


def _label(span: ChordSpan) -> str:
    if span.root is None:
        return "N"
    return names.label(span.root, span.quality, names.spelling("C", "major"), span.bass)


def _by_time(
    claimed: Sequence[tuple[float, float, Any, float]], right: Sequence[tuple[float, float, Any]], same: Any
) -> Iterator[tuple[float, float, float]]:
    for start, end, value, conf in claimed:
        for known_start, known_end, known in right:
            overlap = min(end, known_end) - max(start, known_start)
            if overlap > 0:
                verdict = same(known, value)
                if verdict is not None:
                    yield conf, float(verdict), overlap / _STEP_SEC


def _same_third(known: str, found: str) -> bool | None:
    """Compare two chords as the majmin score does; None where it leaves the chord out."""
    verdict = mir_eval.chord.majmin([known], [found])[0]
    return None if verdict < 0 else bool(verdict)


def _sounds(start: float, end: float, midi: int, known: NDArray[np.float64]) -> bool:
    same = known[np.abs(known[:, 2] - midi) < 0.6]
    overlap = np.minimum(same[:, 1], end) - np.maximum(same[:, 0], start)
    return float(np.maximum(0, overlap).sum()) >= 0.5 * (end - start)


def curve(judgements: Judged, bins: int) -> list[tuple[float, float]]:
    """Fit a monotone curve: bins of equal weight, pooled while they fall, each drawn a little to the mean."""
    table = np.array(sorted(judgements))
    mean = np.average(table[:, 1], weights=table[:, 2])
    total = np.cumsum(table[:, 2])
    place = np.minimum((total - table[:, 2] / 2) / total[-1] * bins, bins - 1e-9).astype(int)
    pools: list[list[float]] = []
    for k in np.unique(place):
        raw, right, weight = table[place == k].T
        pools.append([float(raw @ weight), float(right @ weight) + 2 * float(mean), float(weight.sum()), 2.0])
        while len(pools) > 1 and (_value(pools[-2]) >= _value(pools[-1]) or _raw(pools[-2]) >= _raw(pools[-1])):
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    return [(_raw(p), round(_value(p), 3)) for p in pools]


def _raw(pool: list[float]) -> float:
    return round(pool[0] / pool[2], 3)


def _value(pool: list[float]) -> float:
    return pool[1] / (pool[2] + pool[3])


def table(judgements: Judged, points: Sequence[tuple[float, float]] | None, bins: int = 5) -> tuple[str, float]:
    """Return rows of predicted, observed and weight, and the expected calibration error."""
    raw, right, weight = np.array(judgements).T
    said = np.interp(raw, *zip(*points, strict=True)) if points else np.clip(raw, 0, 1)
    place = np.minimum((said * bins).astype(int), bins - 1)
    rows, error = [], 0.0
    for k in range(bins):
        inside = place == k
        if not inside.any():
            continue
        predicted, observed = (float(np.average(x[inside], weights=weight[inside])) for x in (said, right))
        share = float(weight[inside].sum() / weight.sum())
        error += share * abs(predicted - observed)
        rows.append(f"{predicted:.2f} -> {observed:.2f} ({100 * share:.0f} %)")
    return ", ".join(rows), error


def gathered(folder: Path, kept: Path | None) -> dict[str, Judged]:
    """Analyse and judge all recordings of a folder."""
    out: dict[str, Judged] = {field: [] for field in FIELDS}
    for path in sorted((folder / "audio").iterdir()):
        truth = json.loads((folder / "truth" / f"{path.stem}.json").read_text("utf-8"))
        for field, judgements in judged(analysed(path, kept), truth).items():
            out[field] += judgements
        log.info("%s", path.stem)
    return out


def rendered(folder: Path, kept: Path | None) -> dict[str, Judged]:
    """Judge tempo and keys of the renders in a folder."""
    out: dict[str, Judged] = {"tempo": [], "key": []}
    for path in sorted(folder.glob("*.pkl")):
        example: Example = pickle.loads(path.read_bytes())
        keys = [(start, end, label.split()) for start, end, label in example.keys]
        truth = {
            "tempo": {"bpm_global": example.bpm},
            "key": [{"start": a, "end": b, "tonic": tonic, "mode": mode} for a, b, (tonic, mode) in keys],
        }
        judgements = judged(analysed(path, kept, example.features), truth)
        for field in out:
            out[field] += judgements[field]
    return out


def main() -> None:
    """Fit the curves, print them, and check them on songs that they have not seen."""
    parser = argparse.ArgumentParser(prog="python -m training.calibrate", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="folders with audio/ and truth/")
    parser.add_argument("--forms", type=Path, nargs="*", default=[], help="folders of renders, for tempo and key")
    parser.add_argument("--check", type=Path, nargs="*", default=[])
    parser.add_argument("--keep", type=Path, help="folder where the analyses are kept for another time")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    fitted = [gathered(folder, options.keep) for folder in options.folders]
    fitted += [rendered(folder, options.keep) for folder in options.forms]
    checked = [gathered(folder, options.keep) for folder in options.check]
    curves: dict[str, list[tuple[float, float]]] = {}
    for field in FIELDS:
        judgements = [j for some in fitted for j in some.get(field, [])]
        if judgements and field not in _PROBABILITIES:
            curves[field] = curve(judgements, _BINS.get(field, _MOST_BINS))
            log.info('"%s": %s,', field, tuple(curves[field]))
    for field in FIELDS:
        judgements = [j for some in checked for j in some[field]]
        if judgements:
            for title, points in (
                ("raw", None),
                ("shipped", confidence.points(field)),
                ("fitted", curves.get(field)),
            ):
                rows, error = table(judgements, points)
                log.info("%s %s: error %.3f; %s", field, title, error, rows)


if __name__ == "__main__":
    main()
