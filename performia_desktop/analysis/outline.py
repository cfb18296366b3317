"""A recording's outline, for the waveform of the timeline: lowest and highest sample of every 5.8 ms."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from performia_desktop.analysis import audio
from performia_desktop.analysis.errors import AnalysisError
from performia_desktop.protocol import Outline, Outlined
from performia_desktop.songmap import waveform
from performia_desktop.songmap.waveform import Waveform

BLOCK: Final = 128
"""Samples a block, at audio.SAMPLE_RATE."""
_STEP: Final = BLOCK * 8192

_log = logging.getLogger(__name__)


def of(samples: audio.Samples) -> Waveform:
    """Return the outline of mono samples, scaled so that the loudest is waveform.FULL."""
    lows, highs = [np.zeros(0, np.float32)], [np.zeros(0, np.float32)]
    for at in range(0, len(samples), _STEP):
        part: NDArray[np.float32] = samples[at : at + _STEP]
        rest = -len(part) % BLOCK
        blocks = np.pad(part, (0, rest), mode="edge").reshape(-1, BLOCK)
        lows.append(blocks.min(axis=1))
        highs.append(blocks.max(axis=1))
    peaks = np.stack([np.concatenate(lows), np.concatenate(highs)], axis=1)
    loudest = float(np.abs(peaks).max(initial=0.0))
    if loudest > 0:
        peaks = peaks * (waveform.FULL / loudest)
    return Waveform(audio.SAMPLE_RATE / BLOCK, np.rint(peaks).astype(np.int8))


def keep(samples: audio.Samples, folder: str, content_hash: str) -> None:
    """Leave the outline of a recording under analysis; a disk that cannot take it costs the picture, not the song."""
    path = waveform.place(Path(folder), content_hash) if folder else None
    if path is None:
        return
    try:
        waveform.save(path, of(samples))
    except OSError as error:
        _log.info("the waveform was not kept: %s", error)


def make(request: Outline) -> Outlined:
    """Make the outline of a song that was analysed before.

    Raises
    ------
    AnalysisError
        The file is gone, cannot be decoded, or is not the recording that was analysed.
    """
    path = Path(request.input_file)
    target = waveform.place(Path(request.waveforms), request.content_hash)
    if target is None or audio.probe(path).content_hash != request.content_hash:
        raise AnalysisError(
            "missing", "The audio file is not the one that was analysed. Put that back to see its waveform."
        )
    recording = audio.decode(path)
    try:
        waveform.save(target, of(recording.samples))
    except OSError as error:
        raise AnalysisError(
            "results",
            "The waveform could not be kept. Free some space, or check that the data folder can be written.",
            str(error),
        ) from error
    finally:
        recording.close()
    return Outlined(request.job_id, str(target))
