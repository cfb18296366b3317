"""The analysis that most people would write with librosa's own functions: the yardstick for CPU time.

    python -m tests.bench.plain_librosa AUDIO

Prints the CPU seconds as JSON. Beats, chroma, key by correlation, chords by templates and Viterbi, sections by
agglomeration, melody by pYIN; its first ten seconds are analysed beforehand, so that compilation does not count.
"""

from __future__ import annotations

import json
import os
import sys

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import librosa  # noqa: E402
import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

F32 = NDArray[np.float32]


def analyse(samples: F32, rate: int) -> dict[str, object]:
    _, beats = librosa.beat.beat_track(y=samples, sr=rate)
    chroma = librosa.feature.chroma_cqt(y=samples, sr=rate)
    return {
        "beats": librosa.frames_to_time(beats, sr=rate),
        "key": _key(chroma),
        "chords": _chords(chroma),
        "sections": _sections(samples, rate, chroma, beats),
        "melody": librosa.pyin(samples, sr=rate, fmin=110, fmax=1200, frame_length=2048, hop_length=512)[0],
    }


def _key(chroma: F32) -> int:
    """Return the major key whose profile (Krumhansl) fits best, as the number of its tonic."""
    profile = np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88])
    mean = chroma.mean(axis=1)
    return int(np.argmax([np.corrcoef(np.roll(profile, tonic), mean)[0, 1] for tonic in range(12)]))


def _chords(chroma: F32) -> NDArray[np.int64]:
    triads = [np.isin(np.arange(12), [(root + s) % 12 for s in steps]) for root in range(12) for steps in _TRIADS]
    templates = np.array([*triads, np.full(12, 0.5)], float)
    templates /= np.linalg.norm(templates, axis=1, keepdims=True)
    fit = np.exp(6 * templates @ (chroma / (np.linalg.norm(chroma, axis=0) + 1e-9)))
    stay = librosa.sequence.transition_loop(len(templates), 0.95)
    states: NDArray[np.int64] = librosa.sequence.viterbi_discriminative(fit / fit.sum(axis=0), stay)
    return states


def _sections(samples: F32, rate: int, chroma: F32, beats: NDArray[np.int64]) -> NDArray[np.int64]:
    timbre = librosa.util.normalize(librosa.feature.mfcc(y=samples, sr=rate, n_mfcc=13), axis=1)
    size = min(chroma.shape[1], timbre.shape[1])
    frames = librosa.util.fix_frames(beats, x_max=size - 1)
    view = librosa.util.sync(np.vstack([chroma[:, :size], timbre[:, :size]]), frames)
    history = librosa.feature.stack_memory(view, n_steps=4, mode="edge")
    bounds: NDArray[np.int64] = librosa.segment.agglomerative(history, min(12, history.shape[1] - 1))
    return bounds


_TRIADS = ((0, 4, 7), (0, 3, 7))


def _cpu() -> float:
    return sum(os.times()[:4])


def main(path: str) -> None:
    analyse(*librosa.load(path, sr=22050, duration=10))
    before = _cpu()
    analyse(*librosa.load(path, sr=22050))
    print(json.dumps({"cpu_sec": _cpu() - before}))


if __name__ == "__main__":
    main(sys.argv[1])
